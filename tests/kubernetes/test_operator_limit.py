"""The Kubeflow operator's memoryLimit takes two languages, and one of them only in small letters."""

from __future__ import annotations

import pytest

from spmlint.kubernetes.operator_limit import limit_bytes
from spmlint.kubernetes.quantity import QuantityError

MIB = 2**20


@pytest.mark.parametrize(
    ("text", "mib"),
    [("4g", 4096), ("4gb", 4096), ("512m", 512), ("512mb", 512), ("4Gi", 4096), ("1.5g", 1536), ("1048576", 1)],
)
def test_java_and_kubernetes_spellings(text: str, mib: int) -> None:
    assert limit_bytes(text) == mib * MIB


@pytest.mark.parametrize("text", ["4G", "4GB", "4Gb", "512M", "4 gib", "", "four"])
def test_what_the_webhook_refuses(text: str) -> None:
    with pytest.raises(QuantityError):
        limit_bytes(text)
