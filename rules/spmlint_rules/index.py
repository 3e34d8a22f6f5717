"""Every rule: code, name, module, and what each check declares (`spmlint.registry.Declared`).

Written by ``python -m spmlint_rules``; a test keeps it true. It lets a run import only the rules that have something to
look at.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from spmlint.registry import Row

INDEX: tuple[Row, ...] = (
    (
        "SPM101",
        "heap-below-minimum",
        "heap.heap_below_minimum",
        (
            ("job", ("spark.executor.memory",), ("umm_driver", "umm_executor"), (), False),
            ("job", ("spark.driver.memory",), ("umm_driver",), (), False),
            ("job", ("spark.executor.memory",), (), (), False),
        ),
    ),
    (
        "SPM102",
        "unitless-heap",
        "heap.unitless_heap",
        (
            ("job", ("spark.executor.memory",), ("umm_driver", "umm_executor"), (), False),
        ),
    ),
    (
        "SPM103",
        "driver-heap-not-a-jvm-size",
        "heap.driver_heap_not_a_jvm_size",
        (
            ("job", ("spark.driver.memory",), ("launcher",), (), False),
            ("job", ("spark.driver.memory",), (), (), False),
            ("job", ("spark.driver.memory",), (), (), False),
        ),
    ),
    (
        "SPM104",
        "heap-size-in-java-options",
        "heap.heap_size_in_java_options",
        (
            ("job", ("spark.executor.defaultJavaOptions", "spark.executor.extraJavaOptions"), ("validate",), (), False),
            ("job", ("spark.driver.defaultJavaOptions", "spark.driver.extraJavaOptions"), ("launcher",), (), False),
            ("job", ("spark.yarn.am.extraJavaOptions",), (), (), False),
            ("job", ("spark.executor.defaultJavaOptions", "spark.executor.extraJavaOptions"), (), (), False),
            ("job", ("spark.executor.defaultJavaOptions", "spark.executor.extraJavaOptions", "spark.driver.defaultJavaOptions", "spark.driver.extraJavaOptions"), (), (), False),
        ),
    ),
    (
        "SPM105",
        "memory-fraction-out-of-range",
        "heap.memory_fraction_out_of_range",
        (
            ("job", ("spark.memory.fraction", "spark.memory.storageFraction"), ("validate", "umm_driver", "umm_executor", "entries"), (), False),
            ("job", ("spark.memory.fraction",), (), (), True),
        ),
    ),
    (
        "SPM106",
        "parallel-gc-shrinks-heap",
        "heap.parallel_gc_shrinks_heap",
        (
            ("role", ("spark.driver.defaultJavaOptions", "spark.executor.defaultJavaOptions", "spark.driver.extraJavaOptions", "spark.executor.extraJavaOptions", "spark.kubernetes.driver.limit.cores", "spark.kubernetes.executor.limit.cores"), (), (), False),
        ),
    ),
    (
        "SPM107",
        "heap-loses-compressed-oops",
        "heap.heap_loses_compressed_oops",
        (
            ("role", ("spark.driver.memory", "spark.executor.memory"), (), (), True),
        ),
    ),
    (
        "SPM108",
        "result-size-exceeds-driver",
        "heap.result_size_exceeds_driver",
        (
            ("job", ("spark.driver.maxResultSize",), (), (), False),
        ),
    ),
    (
        "SPM109",
        "broadcast-threshold-too-large",
        "heap.broadcast_threshold_too_large",
        (
            ("job", ("spark.sql.autoBroadcastJoinThreshold", "spark.sql.adaptive.autoBroadcastJoinThreshold", "spark.sql.maxBroadcastTableSize"), (), (), False),
            ("job", ("spark.sql.autoBroadcastJoinThreshold", "spark.sql.adaptive.autoBroadcastJoinThreshold"), (), (), False),
        ),
    ),
    (
        "SPM110",
        "kryo-buffer-too-large",
        "heap.kryo_buffer_too_large",
        (
            ("job", ("spark.kryoserializer.buffer.max", "spark.kryoserializer.buffer", "spark.kryoserializer.buffer.max.mb", "spark.kryoserializer.buffer.mb"), ("kryo",), (), False),
        ),
    ),
    (
        "SPM111",
        "little-memory-per-task",
        "heap.little_memory_per_task",
        (
            ("job", ("spark.executor.memory", "spark.executor.cores"), (), (), True),
        ),
    ),
    (
        "SPM112",
        "inert-memory-flags",
        "heap.inert_memory_flags",
        (
            ("role", ("spark.driver.defaultJavaOptions", "spark.driver.extraJavaOptions", "spark.executor.defaultJavaOptions", "spark.executor.extraJavaOptions"), (), (), False),
            ("job", ("spark.executor.defaultJavaOptions", "spark.executor.extraJavaOptions"), (), (), False),
        ),
    ),
    (
        "SPM201",
        "overhead-does-not-cover-pyspark",
        "container.overhead_does_not_cover_pyspark",
        (
            ("job", ("spark.executor.pyspark.memory",), (), (), False),
            ("job", ("spark.executor.pyspark.memory",), (), (), False),
            ("job", ("spark.executor.memoryOverhead", "spark.executor.memoryOverheadFactor", "spark.kubernetes.memoryOverheadFactor", "spark.emr-serverless.memoryOverheadFactor"), (), (), False),
            ("job", ("spark.executor.memory",), (), (), True),
        ),
    ),
    (
        "SPM202",
        "overhead-below-default",
        "container.overhead_below_default",
        (
            ("role", ("spark.driver.memoryOverhead", "spark.executor.memoryOverhead"), (), (), False),
        ),
    ),
    (
        "SPM203",
        "dead-overhead-setting",
        "container.dead_overhead_setting",
        (
            ("written", ("spark.driver.memoryOverhead", "spark.executor.memoryOverhead", "spark.driver.memoryOverheadFactor", "spark.executor.memoryOverheadFactor", "spark.driver.minMemoryOverhead", "spark.executor.minMemoryOverhead", "spark.kubernetes.memoryOverheadFactor"), (), (), False),
        ),
    ),
    (
        "SPM204",
        "off-heap-half-set",
        "container.off_heap_half_set",
        (
            ("job", ("spark.memory.offHeap.enabled",), ("umm_driver", "umm_executor", "tasks", "profile", "executor_pod", "yarn_client", "dynalloc"), (), False),
            ("job", ("spark.memory.offHeap.size",), (), (), False),
        ),
    ),
    (
        "SPM205",
        "off-heap-below-one-mib",
        "container.off_heap_below_one_mib",
        (
            ("job", ("spark.memory.offHeap.size",), ("tasks", "profile", "executor_pod", "yarn_client", "dynalloc"), (), False),
        ),
    ),
    (
        "SPM206",
        "off-heap-not-in-container",
        "container.off_heap_not_in_container",
        (
            ("job", ("spark.memory.offHeap.enabled",), (), (), False),
            ("job", ("spark.memory.offHeap.enabled",), (), (), False),
        ),
    ),
    (
        "SPM207",
        "pyspark-memory-without-python",
        "container.pyspark_memory_without_python",
        (
            ("job", ("spark.executor.pyspark.memory",), (), (), False),
        ),
    ),
    (
        "SPM208",
        "little-pyspark-memory-per-worker",
        "container.little_pyspark_memory_per_worker",
        (
            ("job", ("spark.executor.pyspark.memory",), (), (), False),
        ),
    ),
    (
        "SPM209",
        "overhead-looks-like-wrong-unit",
        "container.overhead_looks_like_wrong_unit",
        (
            ("written", ("spark.driver.memoryOverhead", "spark.executor.memoryOverhead"), ("entries",), (), False),
            ("written", ("spark.driver.memoryOverhead", "spark.executor.memoryOverhead", "spark.driver.minMemoryOverhead", "spark.executor.minMemoryOverhead", "spark.yarn.am.memoryOverhead", "spark.yarn.driver.memoryOverhead", "spark.yarn.executor.memoryOverhead"), (), (), False),
            ("role", ("spark.driver.memoryOverhead", "spark.executor.memoryOverhead"), (), (), True),
        ),
    ),
    (
        "SPM210",
        "tmpfs-without-overhead",
        "container.tmpfs_without_overhead",
        (
            ("job", ("spark.kubernetes.driver.volumes.emptyDir.spark-local-dir-*", "spark.kubernetes.executor.volumes.emptyDir.spark-local-dir-*"), (), (), False),
            ("job", ("spark.kubernetes.local.dirs.tmpfs", "spark.kubernetes.driver.volumes.emptyDir.spark-local-dir-*", "spark.kubernetes.executor.volumes.emptyDir.spark-local-dir-*"), (), (), False),
            ("job", ("spark.kubernetes.local.dirs.tmpfs",), (), (), False),
        ),
    ),
    (
        "SPM211",
        "container-exceeds-capacity",
        "container.container_exceeds_capacity",
        (
            ("role", ("Node",), (), (), False),
            ("role", ("Node",), (), (), False),
            ("job", ("YarnCluster",), ("yarn_fits",), (), False),
            ("role", ("YarnCluster",), (), (), False),
        ),
    ),
    (
        "SPM212",
        "native-memory-exceeds-overhead",
        "container.native_memory_exceeds_overhead",
        (
            ("role", ("spark.driver.defaultJavaOptions", "spark.driver.extraJavaOptions", "spark.executor.defaultJavaOptions", "spark.executor.extraJavaOptions"), (), (), False),
        ),
    ),
    (
        "SPM213",
        "pod-template-resources-ignored",
        "container.pod_template_resources_ignored",
        (
            ("role", ("spark.*",), (), (), False),
            ("resource", ("Pod", "PodTemplate"), (), (), False),
        ),
    ),
    (
        "SPM214",
        "memory-limit-misread",
        "container.memory_limit_misread",
        (
            ("role", ("spark.driver.memory", "spark.executor.memory"), (), (), False),
            ("role", ("spark.driver.memory", "spark.executor.memory"), (), (), False),
            ("role", ("SparkOperator",), (), (), False),
        ),
    ),
    (
        "SPM215",
        "connect-server-without-memory",
        "container.connect_server_without_memory",
        (
            ("job", ("SparkConnect",), (), (), False),
            ("job", ("SparkConnect",), (), (), False),
            ("job", ("SparkConnect",), (), (), False),
        ),
    ),
    (
        "SPM216",
        "stackable-overhead-collapse",
        "container.stackable_overhead_collapse",
        (
            ("role", ("SparkApplication.spark.stackable.tech",), (), (), False),
        ),
    ),
    (
        "SPM217",
        "negative-driver-overhead",
        "container.negative_driver_overhead",
        (
            ("job", ("spark.driver.memoryOverhead", "spark.yarn.driver.memoryOverhead"), (), (), False),
        ),
    ),
    (
        "SPM218",
        "python-worker-memory-grammar",
        "container.python_worker_memory_grammar",
        (
            ("written", ("spark.python.worker.memory",), (), (), False),
        ),
    ),
    (
        "SPM219",
        "type-disagrees-with-main-file",
        "container.type_disagrees_with_main_file",
        (
            ("resource", ("SparkApplication", "ScheduledSparkApplication"), (), (), False),
        ),
    ),
    (
        "SPM301",
        "disk-capacity-below-executors",
        "disk.disk_capacity_below_executors",
        (
            ("job", ("EmrServerlessApplication",), (), (), False),
            ("job", ("EmrServerlessApplication",), (), (), False),
            ("job", ("EmrServerlessApplication",), (), (), False),
            ("job", ("ResourceQuota",), (), (), False),
            ("job", ("Node", "ResourceQuota", "YarnCluster"), (), (), False),
            ("job", ("Node", "ResourceQuota", "YarnCluster"), (), (), False),
            ("job", ("Node",), (), (), False),
            ("job", ("ResourceQuota",), (), (), False),
            ("job", ("ResourceQuota",), (), (), False),
        ),
    ),
    (
        "SPM302",
        "worker-disk-out-of-range",
        "disk.worker_disk_out_of_range",
        (
            ("role", ("spark.emr-serverless.driver.disk", "spark.emr-serverless.executor.disk"), (), (), False),
            ("role", ("spark.emr-serverless.driver.disk.type", "spark.emr-serverless.executor.disk.type"), (), (), False),
            ("resource", ("EmrServerlessApplication",), (), (), False),
            ("resource", ("EmrServerlessApplication",), (), (), False),
        ),
    ),
    (
        "SPM303",
        "local-dir-on-node-disk",
        "disk.local_dir_on_node_disk",
        (
            ("job", ("spark.master", "spark.kubernetes.*", "spark.executor.*"), (), (), False),
            ("job", ("spark.master", "spark.kubernetes.*", "spark.executor.*"), (), (), True),
        ),
    ),
    (
        "SPM304",
        "one-claim-for-many-executors",
        "disk.one_claim_for_many_executors",
        (
            ("job", ("spark.kubernetes.executor.volumes.persistentVolumeClaim.*",), (), (), False),
            ("job", ("spark.kubernetes.executor.volumes.persistentVolumeClaim.*",), (), (), False),
            ("job", ("spark.kubernetes.executor.volumes.persistentVolumeClaim.*",), (), (), False),
        ),
    ),
    (
        "SPM305",
        "on-demand-claim-incomplete",
        "disk.on_demand_claim_incomplete",
        (
            ("role", ("spark.kubernetes.driver.volumes.persistentVolumeClaim.*", "spark.kubernetes.executor.volumes.persistentVolumeClaim.*"), (), (), False),
        ),
    ),
    (
        "SPM306",
        "volume-is-not-a-local-dir",
        "disk.volume_is_not_a_local_dir",
        (
            ("role", ("spark.local.dir",), (), (), False),
            ("role", ("spark.local.dir",), (), (), False),
            ("role", ("spark.kubernetes.driver.volumes.*", "spark.kubernetes.executor.volumes.*"), (), (), False),
            ("resource", ("SparkApplication", "ScheduledSparkApplication"), (), (), False),
            ("resource", ("SparkApplication", "ScheduledSparkApplication"), (), (), False),
        ),
    ),
    (
        "SPM307",
        "memory-volume-without-limit",
        "disk.memory_volume_without_limit",
        (
            ("role", ("spark.kubernetes.driver.volumes.emptyDir.*", "spark.kubernetes.executor.volumes.emptyDir.*"), (), (), False),
            ("resource", ("Pod", "PodTemplate", "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "Job", "CronJob", "SparkApplication", "ScheduledSparkApplication", "SparkApplication.spark.apache.org", "SparkApplication.spark.stackable.tech", "SparkConnect", "SparkCluster.spark.apache.org"), (), (), False),
        ),
    ),
    (
        "SPM308",
        "claim-reuse-incomplete",
        "disk.claim_reuse_incomplete",
        (
            ("job", ("spark.kubernetes.driver.reusePersistentVolumeClaim",), (), (), False),
            ("job", ("spark.kubernetes.driver.waitToReusePersistentVolumeClaim",), (), (), False),
            ("job", ("spark.kubernetes.driver.reusePersistentVolumeClaim",), (), (), False),
        ),
    ),
    (
        "SPM309",
        "volume-size-not-a-quantity",
        "disk.volume_size_not_a_quantity",
        (
            ("written", ("spark.kubernetes.driver.volumes.*", "spark.kubernetes.executor.volumes.*"), ("driver_pod", "executor_pod"), (), False),
            ("role", ("spark.kubernetes.driver.volumes.*", "spark.kubernetes.executor.volumes.*"), ("driver_pod", "executor_pod"), (), False),
        ),
    ),
    (
        "SPM401",
        "dynamic-allocation-bounds",
        "executors.dynamic_allocation_bounds",
        (
            ("job", ("spark.dynamicAllocation.minExecutors", "spark.dynamicAllocation.maxExecutors", "spark.dynamicAllocation.initialExecutors", "spark.executor.instances", "spark.dynamicAllocation.executorAllocationRatio", "spark.dynamicAllocation.schedulerBacklogTimeout", "spark.dynamicAllocation.sustainedSchedulerBacklogTimeout"), ("dynalloc", "initial_executors"), (), False),
            ("job", ("spark.dynamicAllocation.initialExecutors",), (), (), False),
        ),
    ),
    (
        "SPM402",
        "dynamic-allocation-minimum",
        "executors.dynamic_allocation_minimum",
        (
            ("job", ("spark.dynamicAllocation.maxExecutors",), ("initial_executors",), ("emr-serverless",), False),
            ("job", ("spark.executor.instances",), (), ("emr-serverless",), False),
        ),
    ),
    (
        "SPM403",
        "dynamic-allocation-without-shuffle-data",
        "executors.dynamic_allocation_without_shuffle_data",
        (
            ("job", ("spark.dynamicAllocation.enabled",), ("dynalloc",), (), False),
            ("job", ("spark.dynamicAllocation.enabled",), (), (), False),
        ),
    ),
    (
        "SPM404",
        "shuffle-service-on-kubernetes",
        "executors.shuffle_service_on_kubernetes",
        (
            ("job", ("spark.shuffle.service.enabled",), (), (), False),
        ),
    ),
    (
        "SPM405",
        "unbounded-dynamic-allocation",
        "executors.unbounded_dynamic_allocation",
        (
            ("job", ("spark.dynamicAllocation.enabled",), (), (), False),
        ),
    ),
    (
        "SPM406",
        "instances-under-dynamic-allocation",
        "executors.instances_under_dynamic_allocation",
        (
            ("job", ("spark.executor.instances",), (), (), False),
        ),
    ),
    (
        "SPM407",
        "cores-below-task-cpus",
        "executors.cores_below_task_cpus",
        (
            ("job", ("spark.executor.cores", "spark.task.cpus"), ("tasks", "dynalloc"), (), False),
            ("job", ("spark.task.cpus",), (), (), True),
        ),
    ),
    (
        "SPM408",
        "cpu-limit-below-request",
        "executors.cpu_limit_below_request",
        (
            ("role", ("spark.kubernetes.driver.limit.cores", "spark.kubernetes.executor.limit.cores"), ("driver_pod", "executor_pod"), (), False),
        ),
    ),
    (
        "SPM409",
        "fractional-cores",
        "executors.fractional_cores",
        (
            ("written", ("spark.driver.cores", "spark.executor.cores", "spark.yarn.am.cores", "spark.executor.instances", "spark.task.cpus"), ("entries", "submit", "driver_pod", "executor_pod", "tasks", "dynalloc"), (), False),
        ),
    ),
    (
        "SPM410",
        "dead-dynamic-allocation-settings",
        "executors.dead_dynamic_allocation_settings",
        (
            ("job", ("spark.dynamicAllocation.*",), (), (), False),
        ),
    ),
    (
        "SPM411",
        "operator-tolerance-never-met",
        "executors.operator_tolerance_never_met",
        (
            ("job", ("SparkApplication.spark.apache.org",), (), (), False),
            ("job", ("SparkApplication.spark.apache.org",), (), (), False),
        ),
    ),
    (
        "SPM412",
        "flag-unused-by-manager",
        "executors.flag_unused_by_manager",
        (
            ("written", ("spark.executor.instances", "spark.cores.max", "spark.executor.*", "spark.driver.*", "spark.yarn.*", "spark.kubernetes.*"), (), (), False),
        ),
    ),
    (
        "SPM413",
        "decommission-shorter-than-grace",
        "executors.decommission_shorter_than_grace",
        (
            ("job", ("spark.decommission.enabled",), (), (), False),
        ),
    ),
    (
        "SPM415",
        "cpu-quantity-invalid",
        "executors.cpu_quantity_invalid",
        (
            ("written", ("spark.kubernetes.driver.request.cores", "spark.kubernetes.driver.limit.cores", "spark.kubernetes.executor.request.cores", "spark.kubernetes.executor.limit.cores"), ("driver_pod", "executor_pod"), (), False),
            ("resource", ("Pod", "PodTemplate", "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "Job", "CronJob", "SparkApplication", "ScheduledSparkApplication", "SparkApplication.spark.apache.org", "SparkApplication.spark.stackable.tech", "SparkConnect", "SparkCluster.spark.apache.org", "LimitRange", "ResourceQuota"), (), (), False),
            ("resource", ("Pod", "PodTemplate", "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "Job", "CronJob", "SparkApplication", "ScheduledSparkApplication", "SparkApplication.spark.apache.org", "SparkApplication.spark.stackable.tech", "SparkConnect", "SparkCluster.spark.apache.org"), (), (), False),
        ),
    ),
    (
        "SPM416",
        "executors-above-allocation-maximum",
        "executors.executors_above_allocation_maximum",
        (
            ("job", ("spark.kubernetes.allocation.maximum",), (), (), False),
            ("job", ("spark.kubernetes.allocation.maximum",), (), (), False),
        ),
    ),
    (
        "SPM501",
        "swap-never-reaches-spark",
        "kubernetes.swap_never_reaches_spark",
        (
            ("role", ("KubeletConfiguration",), (), (), False),
            ("resource", ("Pod", "PodTemplate", "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "Job", "CronJob"), (), (), False),
        ),
    ),
    (
        "SPM502",
        "swap-pairing",
        "kubernetes.swap_pairing",
        (
            ("resource", ("KubeletConfiguration",), (), (), False),
            ("resource", ("KubeletConfiguration",), (), (), False),
            ("resource", ("KubeletConfiguration",), (), (), False),
            ("resource", ("KubeletConfiguration",), (), (), False),
        ),
    ),
    (
        "SPM503",
        "spark-container-will-swap",
        "kubernetes.spark_container_will_swap",
        (
            ("role", ("KubeletConfiguration",), (), (), False),
            ("resource", ("Pod", "PodTemplate", "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "Job", "CronJob"), (), (), False),
        ),
    ),
    (
        "SPM504",
        "best-effort-spark-pod",
        "kubernetes.best_effort_spark_pod",
        (
            ("resource", ("Pod", "PodTemplate", "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "Job", "CronJob"), (), (), False),
        ),
    ),
    (
        "SPM505",
        "not-quite-guaranteed",
        "kubernetes.not_quite_guaranteed",
        (
            ("role", ("spark.kubernetes.driver.limit.cores", "spark.kubernetes.executor.limit.cores"), (), (), False),
            ("resource", ("Pod", "PodTemplate", "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "Job", "CronJob"), (), (), False),
        ),
    ),
    (
        "SPM506",
        "empty-pod-level-resources",
        "kubernetes.empty_pod_level_resources",
        (
            ("resource", ("Pod", "PodTemplate", "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "Job", "CronJob"), (), (), False),
        ),
    ),
    (
        "SPM507",
        "memory-quantity-mistake",
        "kubernetes.memory_quantity_mistake",
        (
            ("resource", ("Pod", "PodTemplate", "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "Job", "CronJob", "SparkApplication", "ScheduledSparkApplication", "SparkApplication.spark.apache.org", "SparkApplication.spark.stackable.tech", "SparkConnect", "SparkCluster.spark.apache.org", "LimitRange", "ResourceQuota", "KubeletConfiguration"), (), (), False),
            ("resource", ("Pod", "PodTemplate", "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "Job", "CronJob", "SparkApplication", "ScheduledSparkApplication", "SparkApplication.spark.apache.org", "SparkApplication.spark.stackable.tech", "SparkConnect", "SparkCluster.spark.apache.org"), (), (), False),
            ("resource", ("Pod", "PodTemplate", "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "Job", "CronJob", "SparkApplication", "ScheduledSparkApplication", "SparkApplication.spark.apache.org", "SparkApplication.spark.stackable.tech", "SparkConnect", "SparkCluster.spark.apache.org", "LimitRange", "ResourceQuota", "KubeletConfiguration"), (), (), False),
            ("resource", ("Pod", "PodTemplate", "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "Job", "CronJob", "SparkApplication", "ScheduledSparkApplication", "SparkApplication.spark.apache.org", "SparkApplication.spark.stackable.tech", "SparkConnect", "SparkCluster.spark.apache.org", "LimitRange", "ResourceQuota", "KubeletConfiguration"), (), (), False),
            ("resource", ("Pod", "PodTemplate", "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "Job", "CronJob", "SparkApplication", "ScheduledSparkApplication", "SparkApplication.spark.apache.org", "SparkApplication.spark.stackable.tech", "SparkConnect", "SparkCluster.spark.apache.org", "LimitRange", "ResourceQuota", "KubeletConfiguration"), (), (), False),
            ("resource", ("Pod", "PodTemplate", "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "Job", "CronJob", "SparkApplication", "ScheduledSparkApplication", "SparkApplication.spark.apache.org", "SparkApplication.spark.stackable.tech", "SparkConnect", "SparkCluster.spark.apache.org", "LimitRange", "ResourceQuota", "KubeletConfiguration"), (), (), False),
        ),
    ),
    (
        "SPM508",
        "request-exceeds-limit",
        "kubernetes.request_exceeds_limit",
        (
            ("resource", ("Pod", "PodTemplate", "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "Job", "CronJob", "SparkApplication", "ScheduledSparkApplication", "SparkApplication.spark.apache.org", "SparkApplication.spark.stackable.tech", "SparkConnect", "SparkCluster.spark.apache.org"), (), (), False),
            ("resource", ("Pod", "PodTemplate", "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "Job", "CronJob", "SparkApplication", "ScheduledSparkApplication", "SparkApplication.spark.apache.org", "SparkApplication.spark.stackable.tech", "SparkConnect", "SparkCluster.spark.apache.org"), (), (), False),
            ("resource", ("LimitRange",), (), (), False),
        ),
    ),
    (
        "SPM509",
        "eviction-defaults-lost",
        "kubernetes.eviction_defaults_lost",
        (
            ("resource", ("KubeletConfiguration",), (), (), False),
        ),
    ),
    (
        "SPM510",
        "eviction-threshold-invalid",
        "kubernetes.eviction_threshold_invalid",
        (
            ("resource", ("KubeletConfiguration",), (), (), False),
            ("resource", ("KubeletConfiguration",), (), (), False),
            ("resource", ("KubeletConfiguration",), (), (), False),
        ),
    ),
    (
        "SPM511",
        "no-reserved-memory",
        "kubernetes.no_reserved_memory",
        (
            ("resource", ("KubeletConfiguration",), (), (), False),
            ("resource", ("KubeletConfiguration",), (), (), False),
            ("resource", ("KubeletConfiguration",), (), (), False),
        ),
    ),
    (
        "SPM512",
        "disruption-budget-on-executors",
        "kubernetes.disruption_budget_on_executors",
        (
            ("resource", ("PodDisruptionBudget",), (), (), False),
        ),
    ),
    (
        "SPM513",
        "memory-qos-throttles-spark",
        "kubernetes.memory_qos_throttles_spark",
        (
            ("job", ("KubeletConfiguration",), (), (), False),
            ("role", ("KubeletConfiguration",), (), (), False),
        ),
    ),
    (
        "SPM514",
        "driver-easy-to-kill",
        "kubernetes.driver_easy_to_kill",
        (
            ("job", ("spark.driver.*", "spark.kubernetes.*"), (), (), True),
        ),
    ),
    (
        "SPM515",
        "namespace-policy-conflict",
        "kubernetes.namespace_policy_conflict",
        (
            ("role", ("LimitRange", "ResourceQuota"), (), (), False),
            ("resource", ("Pod", "PodTemplate", "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "Job", "CronJob"), (), (), False),
        ),
    ),
    (
        "SPM516",
        "python-oom-takes-executor",
        "kubernetes.python_oom_takes_executor",
        (
            ("job", ("KubeletConfiguration", "Node"), (), (), False),
        ),
    ),
    (
        "SPM517",
        "kubelet-value-refused",
        "kubernetes.kubelet_value_refused",
        (
            ("resource", ("KubeletConfiguration",), (), (), False),
            ("resource", ("KubeletConfiguration",), (), (), False),
            ("resource", ("KubeletConfiguration",), (), (), False),
        ),
    ),
    (
        "SPM518",
        "system-priority-on-spark",
        "kubernetes.system_priority_on_spark",
        (
            ("resource", ("Pod", "PodTemplate", "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "Job", "CronJob", "SparkApplication", "ScheduledSparkApplication", "SparkApplication.spark.apache.org", "SparkApplication.spark.stackable.tech", "SparkConnect", "SparkCluster.spark.apache.org"), (), (), False),
        ),
    ),
    (
        "SPM519",
        "hugepages-shape",
        "kubernetes.hugepages_shape",
        (
            ("resource", ("Pod", "PodTemplate", "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "Job", "CronJob", "SparkApplication", "ScheduledSparkApplication", "SparkApplication.spark.apache.org", "SparkApplication.spark.stackable.tech", "SparkConnect", "SparkCluster.spark.apache.org"), (), (), False),
        ),
    ),
    (
        "SPM520",
        "eviction-loses-to-the-kernel",
        "kubernetes.eviction_loses_to_the_kernel",
        (
            ("job", ("KubeletConfiguration",), (), (), False),
        ),
    ),
    (
        "SPM601",
        "worker-exceeds-size",
        "emr.worker_exceeds_size",
        (
            ("role", ("spark.driver.memory", "spark.driver.memoryOverhead", "spark.driver.cores", "spark.executor.memory", "spark.executor.memoryOverhead", "spark.executor.cores", "spark.emr-serverless.memoryOverheadFactor"), (), ("emr-serverless",), False),
        ),
    ),
    (
        "SPM602",
        "worker-cores-off-grid",
        "emr.worker_cores_off_grid",
        (
            ("role", ("spark.driver.cores", "spark.executor.cores"), (), ("emr-serverless",), False),
            ("role", ("spark.driver.cores", "spark.executor.cores"), (), ("emr-serverless",), False),
        ),
    ),
    (
        "SPM603",
        "initial-exceeds-maximum",
        "emr.initial_exceeds_maximum",
        (
            ("resource", ("EmrServerlessApplication",), (), (), False),
        ),
    ),
    (
        "SPM604",
        "capacity-off-grid",
        "emr.capacity_off_grid",
        (
            ("resource", ("EmrServerlessApplication",), (), (), False),
            ("resource", ("EmrServerlessApplication",), (), (), False),
        ),
    ),
    (
        "SPM605",
        "pool-cannot-serve-job",
        "emr.pool_cannot_serve_job",
        (
            ("role", ("EmrServerlessApplication",), (), (), False),
        ),
    ),
    (
        "SPM606",
        "size-string-invalid",
        "emr.size_string_invalid",
        (
            ("resource", ("EmrServerlessApplication",), (), (), False),
        ),
    ),
    (
        "SPM607",
        "option-not-supported",
        "emr.option_not_supported",
        (
            ("written", ("spark.master", "spark.driver.extraClassPath"), ("emr_options",), (), False),
            ("written", ("spark.master", "spark.executor.extraClassPath", "spark.submit.deployMode", "spark.shuffle.service.enabled", "spark.yarn.*", "spark.kubernetes.*"), ("emr_options",), (), False),
        ),
    ),
    (
        "SPM608",
        "serverless-storage-restrictions",
        "emr.serverless_storage_restrictions",
        (
            ("job", ("spark.aws.serverlessStorage.enabled",), (), (), False),
            ("role", ("spark.aws.serverlessStorage.enabled",), (), (), False),
            ("job", ("spark.aws.serverlessStorage.enabled",), (), (), False),
            ("job", ("spark.aws.serverlessStorage.enabled",), (), (), False),
        ),
    ),
    (
        "SPM609",
        "classification-replaced",
        "emr.classification_replaced",
        (
            ("job", ("EmrServerlessApplication",), (), (), False),
        ),
    ),
    (
        "SPM610",
        "too-many-properties",
        "emr.too_many_properties",
        (
            ("resource", ("EmrServerlessApplication", "EmrServerlessJobRun", "EmrContainersJobRun"), (), (), False),
            ("resource", ("EmrServerlessJobRun", "EmrContainersJobRun"), (), (), False),
        ),
    ),
    (
        "SPM611",
        "rounding-waste",
        "emr.rounding_waste",
        (
            ("role", ("spark.driver.memory", "spark.driver.memoryOverhead", "spark.driver.cores", "spark.executor.memory", "spark.executor.memoryOverhead", "spark.executor.cores"), (), ("emr-serverless",), True),
        ),
    ),
    (
        "SPM612",
        "maximize-resource-allocation-conflict",
        "emr.maximize_resource_allocation_conflict",
        (
            ("resource", ("EmrClusterConfiguration",), (), (), False),
            ("resource", ("EmrCluster",), (), (), False),
            ("written", ("spark.maximizeResourceAllocation",), (), (), False),
        ),
    ),
    (
        "SPM613",
        "container-exceeds-yarn-cap",
        "emr.container_exceeds_yarn_cap",
        (
            ("role", ("EmrCluster",), (), (), False),
            ("role", ("EmrCluster",), (), (), False),
        ),
    ),
    (
        "SPM614",
        "undocumented-emr-key",
        "emr.undocumented_emr_key",
        (
            ("job", ("spark.emr-serverless.*",), (), (), False),
        ),
    ),
    (
        "SPM615",
        "capacity-cannot-be-used",
        "emr.capacity_cannot_be_used",
        (
            ("resource", ("EmrServerlessApplication",), (), (), False),
            ("resource", ("EmrServerlessApplication",), (), (), False),
            ("resource", ("EmrServerlessApplication",), (), (), False),
        ),
    ),
    (
        "SPM616",
        "idle-pool-never-stops",
        "emr.idle_pool_never_stops",
        (
            ("resource", ("EmrServerlessApplication",), (), (), False),
        ),
    ),
    (
        "SPM617",
        "start-exceeds-account-quota",
        "emr.start_exceeds_account_quota",
        (
            ("job", ("spark.executor.instances", "spark.dynamicAllocation.initialExecutors", "spark.dynamicAllocation.minExecutors", "spark.executor.cores", "spark.driver.cores"), (), ("emr-serverless",), False),
        ),
    ),
    (
        "SPM618",
        "emr-field-out-of-range",
        "emr.emr_field_out_of_range",
        (
            ("resource", ("EmrServerlessApplication",), (), (), False),
            ("resource", ("EmrServerlessApplication",), (), (), False),
            ("resource", ("EmrServerlessApplication", "EmrServerlessJobRun", "EmrContainersJobRun"), (), (), False),
        ),
    ),
    (
        "SPM619",
        "retry-policy-mode-mismatch",
        "emr.retry_policy_mode_mismatch",
        (
            ("resource", ("EmrServerlessJobRun",), (), (), False),
        ),
    ),
    (
        "SPM620",
        "yarn-allocation-above-node",
        "emr.yarn_allocation_above_node",
        (
            ("resource", ("EmrClusterConfiguration",), (), (), False),
        ),
    ),
    (
        "SPM701",
        "misspelled-key",
        "settings.misspelled_key",
        (
            ("job", ("spark.*",), (), (), False),
        ),
    ),
    (
        "SPM702",
        "deprecated-key",
        "settings.deprecated_key",
        (
            ("written", ("spark.*",), (), (), False),
            ("written", ("spark.*",), (), (), False),
        ),
    ),
    (
        "SPM703",
        "removed-key",
        "settings.removed_key",
        (
            ("written", ("spark.*",), (), (), False),
        ),
    ),
    (
        "SPM704",
        "size-not-accepted",
        "settings.size_not_accepted",
        (
            ("written", ("spark.*",), ("entries", "sql", "launcher", "submit", "emr_options", "driver_pod", "yarn_client", "validate", "heartbeat", "umm_driver", "kryo", "codec", "tasks", "dynalloc", "initial_executors", "profile", "executor_pod", "umm_executor"), (), False),
        ),
    ),
    (
        "SPM705",
        "value-not-accepted",
        "settings.value_not_accepted",
        (
            ("written", ("spark.*",), ("entries", "sql", "launcher", "submit", "emr_options", "driver_pod", "yarn_client", "validate", "heartbeat", "umm_driver", "kryo", "codec", "tasks", "dynalloc", "initial_executors", "profile", "executor_pod", "umm_executor"), (), False),
            ("written", ("spark.*",), (), (), False),
        ),
    ),
    (
        "SPM706",
        "text-around-value",
        "settings.text_around_value",
        (
            ("written", ("spark.*",), ("entries", "sql", "launcher", "submit", "emr_options", "driver_pod", "yarn_client", "validate", "heartbeat", "umm_driver", "kryo", "codec", "tasks", "dynalloc", "initial_executors", "profile", "executor_pod", "umm_executor"), (), False),
            ("written", ("spark.*",), (), (), False),
            ("written", ("spark.*",), (), (), False),
        ),
    ),
    (
        "SPM707",
        "overridden-setting",
        "settings.overridden_setting",
        (
            ("written", (), (), (), False),
            ("written", (), (), (), True),
        ),
    ),
    (
        "SPM708",
        "duplicate-key",
        "settings.duplicate_key",
        (
            ("written", ("spark.*",), (), (), False),
            ("resource", ("LimitRange",), (), (), False),
        ),
    ),
    (
        "SPM709",
        "not-a-spark-key",
        "settings.not_a_spark_key",
        (
            ("trouble", ("key-dropped",), (), (), False),
            ("job", (), (), (), False),
            ("resource", ("LivyRequest",), (), (), False),
        ),
    ),
    (
        "SPM710",
        "unknown-field",
        "settings.unknown_field",
        (
            ("resource", ("SparkApplication", "ScheduledSparkApplication", "SparkConnect", "UnservedSparkResource", "LivyRequest", "EmrServerlessApplication", "EmrServerlessJobRun", "EmrContainersJobRun"), (), (), False),
            ("resource", ("Pod", "PodTemplate", "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "Job", "CronJob", "SparkApplication", "ScheduledSparkApplication", "SparkApplication.spark.apache.org", "SparkApplication.spark.stackable.tech", "SparkConnect", "SparkCluster.spark.apache.org"), (), (), False),
        ),
    ),
    (
        "SPM711",
        "configure-cell-ignored",
        "settings.configure_cell_ignored",
        (
            ("trouble", ("cell-ignored",), (), (), False),
            ("trouble", ("cell-not-forced", "cell-dead", "cell-brace-on-magic-line"), (), (), False),
            ("trouble", ("cell-replaced",), (), (), False),
        ),
    ),
    (
        "SPM712",
        "setting-applied-too-late",
        "settings.setting_applied_too_late",
        (
            ("job", ("SparkConf", "SparkSession builder"), (), (), False),
            ("job", ("SparkConf", "SparkSession builder"), (), (), False),
        ),
    ),
    (
        "SPM713",
        "yaml-type-trap",
        "settings.yaml_type_trap",
        (
            ("resource", ("SparkApplication", "ScheduledSparkApplication", "SparkConnect", "EmrServerlessJobRun", "EmrContainersJobRun"), (), (), False),
            ("resource", ("LivyRequest",), (), (), False),
        ),
    ),
    (
        "SPM714",
        "pod-template-dropped",
        "settings.pod_template_dropped",
        (
            ("written", ("spark.kubernetes.driver.podTemplateFile", "spark.kubernetes.executor.podTemplateFile"), (), (), False),
        ),
    ),
    (
        "SPM715",
        "legacy-master",
        "settings.legacy_master",
        (
            ("job", ("spark.master",), ("submit",), (), False),
        ),
    ),
    (
        "SPM716",
        "broken-command",
        "settings.broken_command",
        (
            ("trouble", ("command-refused", "command-unfinished", "command-dash"), (), (), False),
            ("trouble", ("command-key",), (), (), False),
        ),
    ),
    (
        "SPM717",
        "wrong-api-group",
        "settings.wrong_api_group",
        (
            ("trouble", ("api-group-misspelled", "api-version-not-served"), (), (), False),
            ("trouble", ("api-version-old",), (), (), False),
        ),
    ),
    (
        "SPM718",
        "refused-by-spark",
        "settings.refused_by_spark",
        (
            ("job", ("spark.*",), ("*",), (), False),
            ("job", ("spark.*",), ("*",), (), False),
            ("job", ("spark.*",), ("*",), (), False),
            ("job", ("spark.*",), ("*",), (), False),
            ("job", ("spark.*",), ("*",), (), False),
            ("job", ("spark.*",), ("*",), (), False),
            ("job", ("spark.*",), ("*",), (), False),
            ("job", ("spark.*",), ("*",), (), False),
            ("job", ("spark.*",), ("*",), (), False),
            ("job", ("spark.*",), ("*",), (), False),
            ("job", ("spark.*",), ("*",), (), False),
            ("job", ("spark.*",), ("*",), (), False),
            ("job", ("spark.*",), ("*",), (), False),
            ("job", ("spark.*",), ("*",), (), False),
            ("job", ("spark.*",), ("*",), (), False),
            ("job", ("spark.*",), ("*",), (), False),
            ("job", ("spark.*",), ("*",), (), False),
            ("job", ("spark.*",), ("*",), (), False),
            ("job", ("spark.*",), ("*",), (), False),
        ),
    ),
    (
        "SPM719",
        "hocon-key-collision",
        "settings.hocon_key_collision",
        (
            ("trouble", ("hocon-collision",), (), (), False),
        ),
    ),
    (
        "SPM720",
        "refused-by-operator",
        "settings.refused_by_operator",
        (
            ("resource", ("SparkApplication", "ScheduledSparkApplication", "SparkApplication.spark.apache.org"), (), (), False),
            ("resource", ("SparkApplication", "ScheduledSparkApplication", "SparkApplication.spark.apache.org"), (), (), False),
        ),
    ),
    (
        "SPM721",
        "spark-config-map-not-read",
        "settings.spark_config_map_not_read",
        (
            ("resource", ("SparkApplication", "ScheduledSparkApplication"), (), (), False),
        ),
    ),
    (
        "SPM722",
        "livy-denied-key",
        "settings.livy_denied_key",
        (
            ("job", ("Livy*",), (), (), False),
        ),
    ),
    (
        "SPM801",
        "heartbeat-not-below-timeout",
        "time.heartbeat_not_below_timeout",
        (
            ("job", ("spark.executor.heartbeatInterval", "spark.network.timeout", "spark.network.timeoutInterval", "spark.storage.blockManagerHeartbeatTimeoutMs", "spark.storage.blockManagerSlaveTimeoutMs"), ("validate", "heartbeat"), (), False),
            ("job", ("spark.executor.heartbeatInterval", "spark.network.timeout", "spark.storage.blockManagerHeartbeatTimeoutMs"), (), (), True),
        ),
    ),
    (
        "SPM802",
        "timeout-unit-mistake",
        "time.timeout_unit_mistake",
        (
            ("written", ("spark.executor.heartbeatInterval", "spark.network.timeoutInterval", "spark.storage.blockManagerHeartbeatTimeoutMs", "spark.storage.blockManagerSlaveTimeoutMs", "spark.storage.blockManagerTimeoutIntervalMs", "spark.locality.wait", "spark.locality.wait.node", "spark.locality.wait.process", "spark.locality.wait.rack", "spark.dynamicAllocation.shuffleTracking.timeout", "spark.kubernetes.allocation.batch.delay", "spark.kubernetes.allocation.executor.timeout", "spark.kubernetes.executor.missingPodDetectDelta", "spark.network.timeout", "spark.rpc.askTimeout", "spark.rpc.lookupTimeout", "spark.sql.broadcastTimeout", "spark.dynamicAllocation.executorIdleTimeout", "spark.dynamicAllocation.cachedExecutorIdleTimeout", "spark.dynamicAllocation.schedulerBacklogTimeout", "spark.dynamicAllocation.sustainedSchedulerBacklogTimeout", "spark.executor.decommission.killInterval", "spark.executor.decommission.forceKillTimeout", "spark.kubernetes.executor.terminationGracePeriodSeconds"), (), (), False),
        ),
    ),
    (
        "SPM803",
        "idle-timeout-drops-cache",
        "time.idle_timeout_drops_cache",
        (
            ("job", ("spark.dynamicAllocation.cachedExecutorIdleTimeout",), (), (), True),
            ("job", ("spark.memory.storageFraction", "spark.sql.inMemoryColumnarStorage.batchSize", "spark.sql.inMemoryColumnarStorage.compressed", "spark.sql.defaultCacheStorageLevel"), (), (), True),
        ),
    ),
    (
        "SPM901",
        "cannot-parse",
        "file.cannot_parse",
        (
            ("trouble", ("cannot-parse", "facts-refused"), (), (), False),
        ),
    ),
    (
        "SPM903",
        "unused-suppression",
        "file.unused_suppression",
        (
            ("trouble", ("unused-comment", "unused-annotation"), (), (), False),
        ),
    ),
    (
        "SPM904",
        "too-deep-or-large",
        "file.too_deep_or_large",
        (
            ("trouble", ("too-deep-or-large",), (), (), False),
        ),
    ),
    (
        "SPM905",
        "not-utf8",
        "file.not_utf8",
        (
            ("trouble", ("not-utf8",), (), (), False),
        ),
    ),
)
