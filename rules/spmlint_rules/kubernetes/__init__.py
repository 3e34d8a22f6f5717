"""Rules about pods, kubelets and namespaces: QoS, swap, eviction, quantities."""
