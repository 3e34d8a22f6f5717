"""What Kubernetes makes of a pod: quantities, resources, QoS, OOM scores, swap and eviction. Pure, no I/O."""
