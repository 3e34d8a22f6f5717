"""Places as `explain` tells of them."""

NODE_FULL_OF_CPU = {
    "kind": "node",
    "name": "spark-pool-1",
    "path": "nodes.yaml",
    "line": 8,
    "dimensions": [
        {"name": "memory", "capacity": 61440, "per_executor": 14336, "fits": 4, "unit": "MiB"},
        {"name": "cpu", "capacity": 15890, "per_executor": 4000, "fits": 3, "unit": "millicores"},
        {"name": "ephemeral-storage", "capacity": 180.0, "per_executor": 7.5, "fits": 24, "unit": "GB"},
        {"name": "pods", "capacity": 110, "per_executor": 1, "fits": 110, "unit": "pods"},
    ],
    "executors": 3,
    "number": 6,
    "total": 17,
    "binding": "cpu",
    "wasted": {"memory": 18432, "cpu": 3890, "ephemeral-storage": 157.5, "pods": 107},
    "for_one_more": {"cpu": 3972},
    "note": "cpu 15890m holds 3 x 4000m",
}
