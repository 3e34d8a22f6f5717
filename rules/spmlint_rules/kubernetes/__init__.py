"""Pods, kubelets and namespaces: SPM5xx."""
