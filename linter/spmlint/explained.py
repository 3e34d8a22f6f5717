"""What `spmlint explain` found out about one job: what every picture of it is drawn from."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from spmlint.job import Job


class Explained:
    """One job in the world it is explained in: ``data`` is its JSON object, ``sums`` the sums by role."""

    __slots__ = ("data", "job", "sums")

    def __init__(self, job: Job, data: dict[str, Any], sums: dict[str, str]) -> None:
        self.job = job
        self.data = data
        self.sums = sums
