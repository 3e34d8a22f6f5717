"""``python -m spmlint_rules``: write ``index.py`` anew after a rule was added or its triggers changed."""

import os
from pathlib import Path

from spmlint_rules.reindex import render

index = Path(__file__).with_name("index.py")
draft = index.with_suffix(".new")
draft.write_text(render(), encoding="utf-8")
os.replace(draft, index)
