"""``python -m spmlint``."""

import sys

from spmlint.cli import main

sys.exit(main())
