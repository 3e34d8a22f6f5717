"""Every rule: code, name, module, and each check's subject and triggers.

Written by ``python -m spmlint_rules``; a test keeps it true. It lets a run import only the rules that have something to
look at.
"""

INDEX: tuple[tuple[str, str, str, tuple[tuple[str, tuple[str, ...]], ...]], ...] = (
    (
        "SPM101",
        "heap-below-minimum",
        "heap.heap_below_minimum",
        (
            ("job", ("spark.executor.memory",)),
            ("job", ("spark.driver.memory",)),
            ("job", ("spark.executor.memory",)),
        ),
    ),
    (
        "SPM102",
        "unitless-heap",
        "heap.unitless_heap",
        (
            ("job", ("spark.executor.memory",)),
        ),
    ),
    (
        "SPM103",
        "driver-heap-not-a-jvm-size",
        "heap.driver_heap_not_a_jvm_size",
        (
            ("job", ("spark.driver.memory",)),
            ("job", ("spark.driver.memory",)),
            ("job", ("spark.driver.memory",)),
        ),
    ),
    (
        "SPM201",
        "overhead-does-not-cover-pyspark",
        "container.overhead_does_not_cover_pyspark",
        (
            ("job", ("spark.executor.pyspark.memory",)),
            ("job", ("spark.executor.pyspark.memory",)),
            ("job", ("spark.executor.memoryOverhead", "spark.executor.memoryOverheadFactor", "spark.kubernetes.memoryOverheadFactor", "spark.emr-serverless.memoryOverheadFactor")),
            ("job", ("spark.executor.memory",)),
        ),
    ),
    (
        "SPM202",
        "overhead-below-default",
        "container.overhead_below_default",
        (
            ("role", ("spark.driver.memoryOverhead", "spark.executor.memoryOverhead")),
        ),
    ),
    (
        "SPM301",
        "disk-capacity-below-executors",
        "disk.disk_capacity_below_executors",
        (
            ("job", ("EmrServerlessApplication",)),
            ("job", ("EmrServerlessApplication",)),
            ("job", ("EmrServerlessApplication",)),
            ("job", ("ResourceQuota",)),
            ("job", ("ResourceQuota",)),
        ),
    ),
    (
        "SPM401",
        "dynamic-allocation-bounds",
        "executors.dynamic_allocation_bounds",
        (
            ("job", ("spark.dynamicAllocation.minExecutors", "spark.dynamicAllocation.maxExecutors", "spark.dynamicAllocation.initialExecutors", "spark.executor.instances", "spark.dynamicAllocation.executorAllocationRatio", "spark.dynamicAllocation.schedulerBacklogTimeout", "spark.dynamicAllocation.sustainedSchedulerBacklogTimeout")),
            ("job", ("spark.dynamicAllocation.initialExecutors",)),
        ),
    ),
    (
        "SPM402",
        "dynamic-allocation-minimum",
        "executors.dynamic_allocation_minimum",
        (
            ("job", ("spark.dynamicAllocation.maxExecutors",)),
            ("job", ("spark.executor.instances",)),
        ),
    ),
    (
        "SPM403",
        "dynamic-allocation-without-shuffle-data",
        "executors.dynamic_allocation_without_shuffle_data",
        (
            ("job", ("spark.dynamicAllocation.enabled",)),
            ("job", ("spark.dynamicAllocation.enabled",)),
        ),
    ),
    (
        "SPM501",
        "swap-never-reaches-spark",
        "kubernetes.swap_never_reaches_spark",
        (
            ("role", ("spark.driver.memory", "spark.executor.memory", "spark.kubernetes.*")),
            ("resource", ("Pod", "PodTemplate", "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "Job", "CronJob")),
        ),
    ),
    (
        "SPM502",
        "swap-pairing",
        "kubernetes.swap_pairing",
        (
            ("resource", ("KubeletConfiguration",)),
            ("resource", ("KubeletConfiguration",)),
            ("resource", ("KubeletConfiguration",)),
            ("resource", ("KubeletConfiguration",)),
        ),
    ),
    (
        "SPM503",
        "spark-container-will-swap",
        "kubernetes.spark_container_will_swap",
        (
            ("role", ("spark.driver.memory", "spark.executor.memory")),
            ("resource", ("Pod", "PodTemplate", "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "Job", "CronJob")),
        ),
    ),
    (
        "SPM504",
        "best-effort-spark-pod",
        "kubernetes.best_effort_spark_pod",
        (
            ("resource", ("Pod", "PodTemplate", "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "Job", "CronJob")),
        ),
    ),
    (
        "SPM505",
        "not-quite-guaranteed",
        "kubernetes.not_quite_guaranteed",
        (
            ("role", ("spark.kubernetes.driver.limit.cores", "spark.kubernetes.executor.limit.cores")),
            ("resource", ("Pod", "PodTemplate", "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "Job", "CronJob")),
        ),
    ),
    (
        "SPM506",
        "empty-pod-level-resources",
        "kubernetes.empty_pod_level_resources",
        (
            ("resource", ("Pod", "PodTemplate", "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "Job", "CronJob")),
        ),
    ),
    (
        "SPM507",
        "memory-quantity-mistake",
        "kubernetes.memory_quantity_mistake",
        (
            ("resource", ("Pod", "PodTemplate", "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "Job", "CronJob", "SparkApplication", "ScheduledSparkApplication", "LimitRange", "ResourceQuota", "KubeletConfiguration")),
            ("resource", ("Pod", "PodTemplate", "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "Job", "CronJob", "SparkApplication", "ScheduledSparkApplication")),
            ("resource", ("Pod", "PodTemplate", "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "Job", "CronJob", "SparkApplication", "ScheduledSparkApplication", "LimitRange", "ResourceQuota", "KubeletConfiguration")),
            ("resource", ("Pod", "PodTemplate", "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "Job", "CronJob", "SparkApplication", "ScheduledSparkApplication", "LimitRange", "ResourceQuota", "KubeletConfiguration")),
            ("resource", ("Pod", "PodTemplate", "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "Job", "CronJob", "SparkApplication", "ScheduledSparkApplication", "LimitRange", "ResourceQuota", "KubeletConfiguration")),
            ("resource", ("Pod", "PodTemplate", "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "Job", "CronJob", "SparkApplication", "ScheduledSparkApplication", "LimitRange", "ResourceQuota", "KubeletConfiguration")),
        ),
    ),
    (
        "SPM508",
        "request-exceeds-limit",
        "kubernetes.request_exceeds_limit",
        (
            ("resource", ("Pod", "PodTemplate", "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "Job", "CronJob", "SparkApplication", "ScheduledSparkApplication")),
            ("resource", ("Pod", "PodTemplate", "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "Job", "CronJob", "SparkApplication", "ScheduledSparkApplication")),
            ("resource", ("LimitRange",)),
        ),
    ),
    (
        "SPM509",
        "eviction-defaults-lost",
        "kubernetes.eviction_defaults_lost",
        (
            ("resource", ("KubeletConfiguration",)),
        ),
    ),
    (
        "SPM510",
        "eviction-threshold-invalid",
        "kubernetes.eviction_threshold_invalid",
        (
            ("resource", ("KubeletConfiguration",)),
            ("resource", ("KubeletConfiguration",)),
            ("resource", ("KubeletConfiguration",)),
        ),
    ),
    (
        "SPM511",
        "no-reserved-memory",
        "kubernetes.no_reserved_memory",
        (
            ("resource", ("KubeletConfiguration",)),
            ("resource", ("KubeletConfiguration",)),
        ),
    ),
    (
        "SPM515",
        "namespace-policy-conflict",
        "kubernetes.namespace_policy_conflict",
        (
            ("role", ("spark.driver.memory", "spark.executor.memory", "spark.kubernetes.*")),
            ("resource", ("Pod", "PodTemplate", "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "Job", "CronJob")),
        ),
    ),
    (
        "SPM517",
        "kubelet-value-refused",
        "kubernetes.kubelet_value_refused",
        (
            ("resource", ("KubeletConfiguration",)),
            ("resource", ("KubeletConfiguration",)),
            ("resource", ("KubeletConfiguration",)),
        ),
    ),
    (
        "SPM518",
        "system-priority-on-spark",
        "kubernetes.system_priority_on_spark",
        (
            ("resource", ("Pod", "PodTemplate", "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "Job", "CronJob", "SparkApplication", "ScheduledSparkApplication")),
        ),
    ),
    (
        "SPM519",
        "hugepages-shape",
        "kubernetes.hugepages_shape",
        (
            ("resource", ("Pod", "PodTemplate", "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "Job", "CronJob", "SparkApplication", "ScheduledSparkApplication")),
        ),
    ),
    (
        "SPM704",
        "size-not-accepted",
        "settings.size_not_accepted",
        (
            ("written", ("spark.*",)),
        ),
    ),
    (
        "SPM707",
        "overridden-setting",
        "settings.overridden_setting",
        (
            ("written", ()),
            ("written", ()),
        ),
    ),
    (
        "SPM711",
        "configure-cell-ignored",
        "settings.configure_cell_ignored",
        (
            ("trouble", ("cell-ignored",)),
            ("trouble", ("cell-not-forced", "cell-dead", "cell-brace-on-magic-line")),
            ("trouble", ("cell-replaced",)),
        ),
    ),
    (
        "SPM901",
        "cannot-parse",
        "file.cannot_parse",
        (
            ("trouble", ("cannot-parse",)),
        ),
    ),
    (
        "SPM904",
        "too-deep-or-large",
        "file.too_deep_or_large",
        (
            ("trouble", ("too-deep-or-large",)),
        ),
    ),
    (
        "SPM905",
        "not-utf8",
        "file.not_utf8",
        (
            ("trouble", ("not-utf8",)),
        ),
    ),
)
