"""Node-pressure eviction: the kubelet's thresholds, what they leave to pods, and who goes first.

Source: pkg/kubelet/eviction/helpers.go and defaults_linux.go, cmd/kubelet/app/server.go,
pkg/kubelet/cm/node_container_manager_linux.go at 1.36.2. Sizes are bytes.
"""

from __future__ import annotations

from spmlint.answer import Senseless
from spmlint.kubernetes.quantity import QuantityError, bytes_of, parse_quantity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

MEMORY_AVAILABLE = "memory.available"
NODEFS_AVAILABLE = "nodefs.available"

SIGNALS = (
    MEMORY_AVAILABLE,
    "allocatableMemory.available",
    "nodefs.available",
    "nodefs.inodesFree",
    "imagefs.available",
    "imagefs.inodesFree",
    "containerfs.available",
    "containerfs.inodesFree",
    "pid.available",
)
"""Every eviction signal the kubelet knows."""

DEFAULT_HARD = {
    MEMORY_AVAILABLE: "100Mi",
    "nodefs.available": "10%",
    "nodefs.inodesFree": "5%",
    "imagefs.available": "15%",
    "imagefs.inodesFree": "5%",
}
"""``evictionHard`` of a Linux kubelet whose configuration has none."""

MONITORING_PERIOD_S = 10
"""Seconds between two looks; one pod at most is evicted at each."""

HARD_GRACE_S = 1
"""Seconds a pod is given by a hard eviction, whatever its own grace period (documentation: 0)."""


class ThresholdError(Senseless):
    """The kubelet does not start with this threshold. ``reason`` is a phrase."""

    def __init__(self, signal: str, text: str, reason: str) -> None:
        super().__init__(f"{signal}: {text!r}: {reason}")
        self.signal = signal
        self.text = text
        self.reason = reason


class Threshold:
    """A size in bytes, or a share of the capacity: exactly one of ``size`` and ``share`` is not None."""

    __slots__ = ("share", "size")

    def __init__(self, size: int | None = None, share: float | None = None) -> None:
        self.size = size
        self.share = share

    def of(self, capacity: int) -> int:
        """Bytes, on a node of ``capacity`` bytes."""
        return self.size if self.size is not None else int((self.share or 0) * capacity)


def parse_threshold(signal: str, text: str) -> Threshold | None:
    """One threshold of ``evictionHard`` or ``evictionSoft``, or None where ``0%`` or ``100%`` switches the signal off.

    Source: ``parseThresholdStatement``. Older kubelets let a percentage above 100 pass, and are then always under
    pressure.

    Raises:
        ThresholdError: unknown signal, no number or quantity, zero, negative, or more than 100 %.
    """
    if signal not in SIGNALS:
        raise ThresholdError(signal, text, "unknown eviction signal")
    if text.endswith("%"):
        return _parse_percentage(signal, text)
    try:
        nanos = parse_quantity(text)
    except QuantityError as error:
        raise ThresholdError(signal, text, error.reason) from error
    if nanos <= 0:
        raise ThresholdError(signal, text, "must be positive")
    return Threshold(size=bytes_of(text))


def _parse_percentage(signal: str, text: str) -> Threshold | None:
    if text in ("0%", "100%"):
        return None
    number = text.rstrip("%")
    try:
        share = float(number) / 100
    except ValueError:
        share = None
    if share is None or number != number.strip() or "_" in number:
        raise ThresholdError(signal, text, "not a number before the percent sign")
    if share < 0:
        raise ThresholdError(signal, text, "must be >= 0%")
    if not share <= 1:
        raise ThresholdError(signal, text, "must be <= 100%")
    return Threshold(share=share)


def hard_thresholds(written: Mapping[str, str] | None, *, merge_defaults: bool = False) -> dict[str, str]:
    """The hard thresholds in force, as text: what is written takes the place of *all* the defaults, unless merged.

    ``merge_defaults`` is ``mergeDefaultEvictionSettings``, false where it is not written.
    """
    if written is None:
        return dict(DEFAULT_HARD)
    return {**DEFAULT_HARD, **written} if merge_defaults else dict(written)


def hard_threshold(
    signal: str, written: Mapping[str, str] | None, *, capacity: int, merge_defaults: bool = False
) -> int:
    """Bytes below which the kubelet evicts for ``signal`` on a node of ``capacity`` bytes; 0 where it is off.

    Raises:
        ThresholdError: the threshold is not accepted.
    """
    text = hard_thresholds(written, merge_defaults=merge_defaults).get(signal)
    threshold = None if text is None else parse_threshold(signal, text)
    return 0 if threshold is None else threshold.of(capacity)


def hard_memory_threshold(written: Mapping[str, str] | None, *, capacity: int, merge_defaults: bool = False) -> int:
    """Bytes of available memory below which the kubelet evicts; 0 where memory eviction is off; raises the same."""
    return hard_threshold(MEMORY_AVAILABLE, written, capacity=capacity, merge_defaults=merge_defaults)


def allocatable_memory(
    capacity: int, *, system_reserved: int = 0, kube_reserved: int = 0, eviction_hard: int = 0, hugepages: int = 0
) -> int:
    """Memory the scheduler gives to pods, in bytes; not positive where the reservations exceed the node.

    ``hugepages`` are all the pre-allocated ones. Soft thresholds do not count. The cgroup of all pods is larger by
    ``eviction_hard`` and ``hugepages``: it is bounded by the reservations alone.
    """
    return capacity - system_reserved - kube_reserved - eviction_hard - hugepages
