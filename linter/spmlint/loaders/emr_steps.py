"""Steps of EMR on EC2: ``HadoopJarStep`` with the words of a command (RunJobFlow, AddJobFlowSteps).

``command-runner.jar`` runs its arguments as a command on the master node, where YARN is the cluster manager.
"""

from __future__ import annotations

from spmlint.answer import EMR_ON_EC2, World
from spmlint.document.json import read_json
from spmlint.document.node import Mapping, Node, Scalar, Sequence, resolve
from spmlint.document.text import Source
from spmlint.fragment import NO_COMMENTS, Loaded
from spmlint.loaders.shell_script import load_words
from spmlint.loaders.spark_submit import Carrier, load_options

COMMENTS = NO_COMMENTS


def load(source: Source, loaded: Loaded) -> None:
    """Add the job of each step in the file."""
    load_object(read_json(source.whole()), loaded)


def load_object(root: Node, loaded: Loaded) -> None:
    """Add the job of each step that stands anywhere in a request."""
    carrier = Carrier(loaded, World().narrowed("platform", (EMR_ON_EC2,)))
    pending: list[Node | None] = [root]
    seen: set[int] = set()
    while pending:
        node = resolve(pending.pop())
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, Sequence):
            pending.extend(reversed(node.nodes))
        elif isinstance(node, Mapping):
            _load_step(node, carrier)
            pending.extend(value for _, value in reversed(node.own))


def _load_step(node: Mapping, carrier: Carrier) -> None:
    words = [item.marked for item in node.items("Args") if isinstance(item, Scalar)]
    if not words:
        return
    if node.string("Type") == "Spark":
        load_options(words[0], words, carrier)  # the command line's own form: spark-submit is left out
    else:
        load_words(words, carrier)
