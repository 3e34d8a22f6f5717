"""How the Kubeflow Spark operator reads ``memoryLimit``, the one field in which it takes Java's sizes and Kubernetes' alike.

Source: ``ConvertJavaMemoryStringToK8sMemoryString``, pkg/util/util.go, and ``addMemoryLimit``,
internal/webhook/sparkpod_defaulter.go of kubeflow/spark-operator, since 2.2.
"""

from __future__ import annotations

from spmlint.kubernetes.quantity import bytes_of

JAVA_UNITS = ("k", "kb", "m", "mb", "g", "gb", "t", "tb", "p", "pb")


def limit_bytes(text: str) -> int:
    """The limit in bytes: ``4g`` and ``4gb`` are ``4Gi``, everything else is a quantity.

    A unit is recognised in any case but only cut off in small letters, so ``4G`` becomes ``4GGi``.

    Raises:
        QuantityError: what comes out is no quantity; the operator's webhook then refuses the pod.
    """
    for unit in JAVA_UNITS:
        if text.lower().endswith(unit):
            return bytes_of(f"{text.removesuffix(unit)}{unit[0].upper()}i")
    return bytes_of(text)
