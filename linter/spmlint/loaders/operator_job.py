"""The job and the object that a resource of an operator is."""

from __future__ import annotations

from spmlint.conf import Layer
from spmlint.fragment import Fragment, Loaded
from spmlint.loaders.kubernetes import resource_of
from spmlint.loaders.manifest_settings import open_where_templated

TYPE_CHECKING = False
if TYPE_CHECKING:
    from spmlint.answer import World
    from spmlint.document.node import Node
    from spmlint.document.text import Text


def add_job(
    loaded: Loaded,
    root: Node,
    kind: str,
    layers: list[Layer],
    world: World,
    *,
    complete: bool,
    main: Text | None = None,
    main_class: Text | None = None,
    version: Text | None = None,
) -> None:
    """Add both. What is not ``complete`` is a patch for another object, or a template."""
    spec = root.get("spec")
    hidden = Layer("a template")
    for node in (spec, spec.get("template") if spec is not None else None):
        if node is not None:
            open_where_templated(hidden, node)
    if hidden.opened:
        layers = [*layers, hidden]
    resource = resource_of(root, kind, partial=not complete)
    loaded.resources.append(resource)
    name = root.scalar("metadata", "name")
    fragment = Fragment(
        kind,
        name.text.span() if name else resource.place("kind"),
        layers,
        name=resource.name,
        namespace=resource.namespace,
        world=world,
        complete=complete,
        main=main,
        resource=resource,
    )
    fragment.root = root
    fragment.main_class = main_class
    fragment.version = version.value if version else None
    loaded.fragments.append(fragment)
