"""Fixtures of the whole test suite."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from harness import Folder


@pytest.fixture
def folder(tmp_path):
    """An empty folder to write files to and check them in."""
    return Folder(tmp_path)
