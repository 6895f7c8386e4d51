"""A system that lacks what only POSIX has: a sitecustomize.py for a project, which each of its Pythons loads."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

# What Windows does not have. The modules above the removal have taken what they need themselves.
WITHOUT = '''
import logging, multiprocessing, os, random, shutil, signal, subprocess, sys, tempfile, threading
import multiprocessing.connection, multiprocessing.process

try:
    import platformdirs, psutil
except ImportError:  # in a new environment that has no packages
    pass


def _symlink(*args, **kwargs):
    raise OSError(1314, "a required privilege is not held by the client")


NAMES = """
    chown chroot ctermid fchmod fchown fork forkpty getegid geteuid getgid getgroups getloadavg getpgid getpgrp
    getpriority getsid getuid initgroups killpg lchown lockf mkfifo mknod nice openpty pathconf pipe2 posix_fadvise
    posix_spawn posix_spawnp pread preadv pwrite pwritev readv register_at_fork sched_getaffinity
    sched_setaffinity sched_yield setegid seteuid setgid setgroups setpgid setpgrp setpriority setregid
    setreuid setsid setuid statvfs sync sysconf tcgetpgrp tcsetpgrp ttyname wait wait3 wait4 waitid writev
"""
for name in NAMES.split():
    if hasattr(os, name):
        delattr(os, name)
os.symlink = _symlink
for name in ("SIGALRM", "SIGHUP", "SIGUSR1", "SIGUSR2", "alarm", "pthread_kill", "setitimer"):
    if hasattr(signal, name):
        delattr(signal, name)
for name in ("fcntl", "grp", "pty", "pwd", "resource", "syslog", "termios", "tty"):
    sys.modules[name] = None
'''


def run_elsewhere(root: Path, *arguments: str, timeout: float | None = None) -> tuple[int, str]:
    """Run Python in a project on such a system; return its exit code and all that it wrote.

    The project has a sitecustomize.py afterwards; its pages' processes load it too.
    """
    (root / "sitecustomize.py").write_text(WITHOUT)
    kept = {name: value for name, value in os.environ.items() if name != "PYTEST_ADDOPTS"}
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=root,
        env={**kept, "PYTHONPATH": str(root), "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=timeout,
    )
    return done.returncode, done.stdout + done.stderr
