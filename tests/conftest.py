"""Fixtures of the whole test suite."""

import os
import sys
from pathlib import Path

import pytest
from hypothesis import settings

sys.path.insert(0, str(Path(__file__).parent))

from harness import Folder

# A property holds or it does not; how long a busy machine takes to show it is for benchmarks.
settings.register_profile("spmlint", deadline=None)
settings.load_profile("spmlint")

os.environ.pop("GITHUB_ACTIONS", None)  # it changes what is printed; the tests of that set it


@pytest.fixture
def folder(tmp_path):
    """An empty folder to write files to and check them in."""
    return Folder(tmp_path)
