"""What a loader met and could not read."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from spmlint.document.text import Span

CANNOT_PARSE, TOO_LARGE, NOT_UTF8 = "cannot-parse", "too-deep-or-large", "not-utf8"

CELL_IGNORED, CELL_NOT_FORCED, CELL_DEAD, CELL_REPLACED = (
    "cell-ignored",
    "cell-not-forced",
    "cell-dead",
    "cell-replaced",
)
"""A %%configure cell whose body is not JSON; without -f while a session runs; replaced before, or after, a session used it."""

CELL_BRACE = "cell-brace-on-magic-line"
"""A %%configure cell whose JSON begins on the magic's own line, where it is taken for arguments."""

HOCON_COLLISION = "hocon-collision"
"""A Spark key of a HOCON file that loses its value because a longer key, or a shorter one, is written too."""

COMMAND_REFUSED, COMMAND_UNFINISHED, COMMAND_DASH, COMMAND_KEY = (
    "command-refused",
    "command-unfinished",
    "command-dash",
    "command-key",
)
"""A word that spark-submit refuses; a command without its application; a typographic dash where hyphens are meant; a key
of ``--conf`` with blanks round it."""

API_GROUP_MISSPELLED, API_VERSION_NOT_SERVED, API_VERSION_OLD = (
    "api-group-misspelled",
    "api-version-not-served",
    "api-version-old",
)
"""A Spark resource of a group that is nearly an operator's; of a version no release of its operator serves, or only old ones
do. ``hint`` holds the apiVersion to write."""

KEY_DROPPED = "key-dropped"
"""A key of Spark's own defaults file that does not begin with ``spark.``, which Spark does not take."""

FACTS_REFUSED = "facts-refused"
"""A part of a facts file that is not what its schema says."""

UNUSED_COMMENT, UNUSED_ANNOTATION = "unused-comment", "unused-annotation"
"""A suppression that silences nothing: written as a comment, or as an annotation of an object."""


class Trouble:
    """Something a loader met and could not read: ``kind`` is what checks subscribe to."""

    __slots__ = ("hint", "kind", "message", "span")

    def __init__(self, kind: str, span: Span, message: str, hint: str = "") -> None:
        self.kind = kind
        self.span = span
        self.message = message
        self.hint = hint
