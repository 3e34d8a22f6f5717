"""What a loader makes of a file: pieces of jobs, objects, and what could not be read.

Loaders emit Fragments and nothing else; `spmlint.linking.link` joins them and is the only maker of Jobs.
"""

from __future__ import annotations

from spmlint.answer import World
from spmlint.document.text import Source, Span, Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from spmlint.conf import Layer
    from spmlint.document.node import Alias, Node, Sequence
    from spmlint.place import Resource
    from spmlint.trouble import Trouble

PROPERTIES_FILE = "properties file"
"""What a fragment calls the file whose settings stand below its own."""


NO_COMMENTS, OWN_LINE, END_OF_LINE = "none", "own line", "end of line"
"""Where a format has comments: nowhere (JSON), on lines of their own (properties, shell commands), behind a value too. A
loader module that differs from the last says so in ``COMMENTS``."""


class Fragment:
    """A piece of a job.

    ``kind`` names its carrier (``spark-defaults``, ``SparkApplication`` ...); ``world`` holds what its file says of version,
    platform, mode and language; an incomplete fragment assumes no defaults. ``refers`` maps what it names literally
    (``application``: an EMR application id; `PROPERTIES_FILE`) to the Text that names it. ``resource`` is the object it was
    read from, where it is one.
    """

    __slots__ = (
        "complete",
        "kind",
        "layers",
        "main",
        "main_class",
        "name",
        "namespace",
        "place",
        "refers",
        "resource",
        "root",
        "stream",
        "version",
        "world",
    )

    def __init__(
        self,
        kind: str,
        place: Span,
        layers: list[Layer],
        *,
        name: str = "",
        namespace: str | None = None,
        world: World | None = None,
        complete: bool = False,
        main: Text | None = None,
        resource: Resource | None = None,
    ) -> None:
        self.kind = kind
        self.place = place
        self.layers = layers
        self.name = name
        self.namespace = namespace
        self.world = world or World()
        self.complete = complete
        self.main = main
        self.resource = resource
        self.root: Node | None = None
        """The tree of the object that a patch may change."""
        self.refers: dict[str, Text] = {}
        self.stream = place.source.path
        self.main_class: Text | None = None
        """The class that is run, where the file names one."""
        self.version: str | None = None
        """The Spark version as the file spells it; ``world`` knows its minor."""


class Patch:
    """What a kustomization changes of its bases.

    ``path`` is the file that holds it: that of the kustomization itself for one written there, empty for a change that
    cannot be read. ``text`` names or holds it. ``kind``, ``name`` and ``group`` are the expressions of its target, None
    where it has none and says itself what it patches. ``operations`` are those of a JSON patch that is written there.
    """

    __slots__ = ("group", "is_selective", "kind", "name", "operations", "path", "text")

    def __init__(self, path: str, text: Text) -> None:
        self.path = path
        self.text = text
        self.kind: str | None = None
        self.name: str | None = None
        self.group: str | None = None
        self.is_selective = False
        """Whether its target says more than that: labels, annotations, a namespace."""
        self.operations: Sequence | None = None

    @property
    def has_target(self) -> bool:
        return self.is_selective or any(part is not None for part in (self.kind, self.name, self.group))


class Kustomization:
    """What a kustomization.yaml names: files and folders it takes as ``bases``, and its ``patches``.

    Paths are normal and relative to where those of the run are.
    """

    __slots__ = ("bases", "folder", "patches")

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.bases: list[str] = []
        self.patches: list[Patch] = []


class Loaded:
    """Everything one file gave."""

    __slots__ = (
        "base",
        "comments",
        "facts",
        "fragments",
        "ignores",
        "is_companion",
        "kustomizations",
        "module",
        "operations",
        "references",
        "resources",
        "root",
        "source",
        "troubles",
        "unread",
        "variables",
    )

    def __init__(self, source: Source, module: str = "") -> None:
        self.source = source
        self.module = module
        """The loader that read it."""
        self.root = ""
        """The project's folder, spelt like the path of the file: what the file names may stand under it."""
        self.is_companion = False
        """Whether it was read only because a checked file names it: what it holds counts, but is not checked itself."""
        self.comments = END_OF_LINE
        """Where this kind of file may hold a comment that silences a rule."""
        self.base = World()
        """What the configuration answers where the file does not say."""
        self.facts: list[Resource] = []
        """The objects the configuration says its jobs meet."""
        self.fragments: list[Fragment] = []
        self.kustomizations: list[Kustomization] = []
        self.operations: Sequence | None = None
        """What a file of JSON patches holds."""
        self.resources: list[Resource] = []
        self.references: list[Alias] = []
        """Values that are variables of Terraform, each with a placeholder for its target."""
        self.variables: dict[str, Node] = {}
        """What the file gives as the values of such variables."""
        self.troubles: list[Trouble] = []
        self.unread: list[tuple[Span, str]] = []
        """Parts that are ours but cannot be read before a template engine has run: (place, reason)."""
        self.ignores: list[tuple[Span, Text]] = []
        """Suppressions that an object carries as an annotation: (what they cover, the annotation's value)."""
