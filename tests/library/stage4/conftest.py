"""What several tests of stage 4 ask for."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest


@pytest.fixture
def no_gc() -> Iterator[None]:
    """Within the test, memory comes back by counting references alone."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()
