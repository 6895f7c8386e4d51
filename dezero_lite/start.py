"""Begins a reader's own framework: python -m dezero_lite.start my_dezero makes the folder and its first file."""

from __future__ import annotations

import argparse
import keyword
import locale
import os
import sys
from collections.abc import Sequence
from pathlib import Path

FIRST = {
    "en": '''\
"""My own framework, one step at a time."""

import numpy as np

# Type the listings of the pages here, step after step: a later one replaces an earlier one of the same name.
''',
    "ja": '''\
"""自分で作るフレームワーク。1ステップずつ書いていく。"""

import numpy as np

# ページに載っているコードを、ステップの順にここへ打ち込む。同じ名前のものが後で出てきたら、新しいもので置き換える。
''',
    "ko": '''\
"""한 단계씩 직접 만드는 나의 프레임워크."""

import numpy as np

# 페이지에 실린 코드를 단계 순서대로 여기에 입력합니다. 같은 이름이 나중에 다시 나오면 새것으로 바꿉니다.
''',
}
NEXT = {
    "en": """\
{file} is the first file of your framework. Now:
1. Read step 1 and type its listings into {file}.
2. {check}  {command}
3. Go on with the next step. Each message names the line of the page that your code differs from.
""",
    "ja": """\
{file}が、あなたのフレームワークの最初のファイルです。次のように進めます。
1. ステップ1を読み、載っているコードを{file}に打ち込みます。
2. {check}  {command}
3. 次のステップへ進みます。ページと違うところは、ページの何行目かがメッセージで分かります。
""",
    "ko": """\
내 프레임워크의 첫 파일을 만들었습니다: {file}
1. 1단계를 읽고 실린 코드를 이 파일에 입력하세요.
2. {check}  {command}
3. 다음 단계로 넘어가세요. 페이지와 다른 곳은 메시지가 페이지의 몇째 줄인지 알려 줍니다.
""",
}
CHECK = {
    "en": "Let the page check your code:",
    "ja": "ページに自分のコードを調べてもらいます:",
    "ko": "페이지로 내 코드를 확인하세요:",
}
# the installed package has no pages
DOWNLOAD = {
    "en": "The pages and their checks come with the sources of this package, a folder with docs/ in it. Download them, "
    "set them up as their README says, and let the page check your code there:",
    "ja": "ページとその検査は、このパッケージのソースコード（docs/のあるフォルダ）に入っています。ダウンロードし、"
    "READMEのとおりに準備してから、そのフォルダで、ページに自分のコードを調べてもらいます:",
    "ko": "페이지와 검사 도구는 이 패키지의 소스 코드(docs/가 있는 폴더)에 들어 있습니다. 내려받아 README대로 준비한 "
    "다음, 그 폴더에서 페이지로 내 코드를 확인하세요:",
}
NO_NAME = {
    "en": "{name!r} cannot be the name of a package; use letters, digits and _, as in my_dezero",
    "ja": "{name!r}はパッケージの名前にできません。my_dezeroのように、英字、数字、_だけを使ってください。",
    "ko": "{name!r}: 패키지 이름으로 쓸 수 없습니다. my_dezero처럼 영문자와 숫자, _로 쓰세요.",
}
TAKEN = {
    "en": "{name!r} is the name of another package, which Python would import instead; choose a different name, "
    "such as my_dezero",
    "ja": "{name!r}は別のパッケージの名前で、Pythonはそちらをインポートしてしまいます。my_dezeroのようにしてください。",
    "ko": "{name!r}: 다른 패키지의 이름이라서 파이썬이 그쪽을 임포트합니다. my_dezero처럼 다른 이름을 고르세요.",
}
EXISTS = {
    "en": "{name} exists already, and nothing in it was changed; choose a folder that doesn't exist yet",
    "ja": "{name}はすでにあります（何も変更していません）。まだ存在しない名前を指定してください。",
    "ko": "{name}: 이미 있는 폴더이며, 아무것도 바꾸지 않았습니다. 아직 없는 폴더의 이름을 쓰세요.",
}


def _main(arguments: Sequence[str] | None = None) -> None:
    """Make the folder and its first file, and say what to do next. Exits with a message where that cannot be."""
    parser = argparse.ArgumentParser(prog="python -m dezero_lite.start", description="Begin a framework of your own.")
    parser.add_argument("folder", type=Path, help="a new folder, whose name is that of your package: my_dezero")
    parser.add_argument(
        "--language", choices=sorted(FIRST), help="the language of its messages; by default that of your computer"
    )
    given = parser.parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # an old console may lack letters of another language
    said = _begin(given.folder, Path(__file__).resolve().parents[1], given.language or _language())
    print(said, end="")


def _language() -> str:
    """Return the reader's language if the pages are written in it, else English.

    The variables come first, in the order in which programs read them; Windows has none of them.
    """
    settings = [os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    name = next(filter(None, settings), None)
    if name is None and sys.platform == "win32":
        import ctypes

        name = locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage())
    code = (name or "")[:2].lower()
    return code if code in FIRST else "en"


def _begin(folder: Path, sources: Path, language: str) -> str:
    """Make a folder with a first file; return what to do next, in the reader's language.

    sources is where the pages are, if this is a checkout. Raises SystemExit with a message if the name will not do or
    is taken.
    """
    name = folder.name
    if not (name.isidentifier() and name.isascii()) or keyword.iskeyword(name):
        sys.exit(NO_NAME[language].format(name=name))
    if name in {"dezero_lite", *sys.stdlib_module_names}:
        sys.exit(TAKEN[language].format(name=name))
    if folder.exists():
        sys.exit(EXISTS[language].format(name=folder))
    folder.mkdir(parents=True)
    file = folder / "core.py"
    file.write_text(FIRST[language], encoding="utf-8", newline="\n")
    page = Path("docs", language, "stage1", "step01.md")
    there = (sources / page).is_file()
    # as somebody types it in the folder of the pages
    mine = folder if there and not folder.is_absolute() and Path.cwd() == sources else folder.resolve()
    command = f"pytest {page.as_posix()} --mine {mine}"
    check = (CHECK if there else DOWNLOAD)[language]
    return NEXT[language].format(file=file.as_posix(), check=check, command=command)


if __name__ == "__main__":
    _main()
