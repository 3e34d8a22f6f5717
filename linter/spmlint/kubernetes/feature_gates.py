"""The feature gates that decide about a pod's memory: when each came and what it is when nobody sets it.

Source: pkg/features/kube_features.go at 1.36.2. What is said of 1.37 comes from KEP-2570 (MemoryQoS) and from the
documentation of the gates at 1.37 (the QoS fix); it has not been read in released code.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from spmlint.answer import Version, Versions

NODE_SWAP = "NodeSwap"
POD_LEVEL_RESOURCES = "PodLevelResources"
POD_LEVEL_QOS_FIX = "PodLevelResourcesFixKubeletQOSClass"
MEMORY_QOS = "MemoryQoS"

Stage = tuple["Version", bool, bool]
"""Since which release; on by default; locked to that."""

_STAGES: dict[str, tuple[Stage, ...]] = {
    NODE_SWAP: (((1, 22), False, False), ((1, 30), True, False), ((1, 34), True, True)),
    POD_LEVEL_RESOURCES: (((1, 32), False, False), ((1, 34), True, False)),
    POD_LEVEL_QOS_FIX: (((1, 37), True, False),),
    MEMORY_QOS: (((1, 22), False, False), ((1, 37), True, False)),
}


def gate_enabled(gate: str, kubernetes: Versions, written: bool | None = None) -> bool:
    """Whether ``gate`` is on, where a configuration says ``written`` of it (None: nothing).

    Raises:
        Split, Opaque: the releases still possible disagree, or none is modelled.
    """
    for since, default, locked in reversed(_STAGES[gate]):
        if kubernetes >= since:
            return default if written is None or locked else written
    return False


def gate_refused(gate: str, kubernetes: Versions, written: bool) -> bool:
    """Whether a component will not start because ``gate`` is set to ``written`` though locked to the other value.

    Raises:
        Split, Opaque: as `gate_enabled`.
    """
    return any(locked and default != written and kubernetes >= since for since, default, locked in _STAGES[gate])
