"""The sizes of driver and executor pods, and what Spark refuses while it builds them.

Sources: ``BasicDriverFeatureStep``, ``BasicExecutorFeatureStep``, ``DriverServiceFeatureStep``,
``KerberosConfDriverFeatureStep``, ``KubernetesUtils``, ``ResourceProfile.getResourcesForClusterManager``.
"""

from __future__ import annotations

from spmlint.answer import CLUSTER, JVM, PYTHON, V3_1, V3_2, V3_3, V3_4, V4_1, V4_2, V4_3
from spmlint.spark import quantities
from spmlint.spark.container import (
    DRIVER,
    EXECUTOR,
    Container,
    Cpu,
    computed_overhead_mib,
    least_overhead_mib,
    written_factor,
)
from spmlint.spark.formula import Conflict, check_written, read_whole, silent, wrapped_long
from spmlint.spark.kubernetes_volumes import mount_volumes, read_volumes
from spmlint.spark.profile import (
    EXECUTOR_RESOURCE,
    check_profile,
    custom_resources,
    executor_heap_mib,
    off_heap_mib,
    pyspark_mib,
    written_overhead_mib,
)
from spmlint.spark.reading import read

TYPE_CHECKING = False
if TYPE_CHECKING:
    from spmlint.answer import Version, Versions, World
    from spmlint.spark.formula import Conf, Note

FACTOR = "spark.kubernetes.memoryOverheadFactor"
DRIVER_RESOURCE = "spark.driver.resource."
NON_JVM_FACTOR = 0.4

# Entries whose values matter to nothing here, but which the builders read, and the release that first read them.
_READ_FOR_BOTH: dict[str, Version] = {
    "spark.buffer.size": V3_1,
    "spark.kubernetes.container.image.pullPolicy": V3_1,
    "spark.kubernetes.local.dirs.tmpfs": V3_1,
    "spark.kubernetes.legacy.useReadWriteOnceAccessMode": V3_4,
    "spark.kubernetes.securityContext.allowPrivilegeEscalation": V4_3,
}
_READ_FOR_DRIVER: dict[str, Version] = {
    **_READ_FOR_BOTH,
    "spark.driver.cores": V3_1,
    "spark.ui.port": V3_1,
    "spark.kubernetes.driver.service.ipFamilies": V3_4,
    "spark.kubernetes.driver.service.ipFamilyPolicy": V3_4,
    "spark.kubernetes.driver.securityContext.allowPrivilegeEscalation": V4_3,
    "spark.kubernetes.driver.service.publishNotReadyAddresses": V4_3,
    "spark.security.directCredentialProviders.enabled": V4_3,
}
_READ_FOR_EXECUTOR: dict[str, Version] = {
    **_READ_FOR_BOTH,
    "spark.acls.enable": V3_1,
    "spark.authenticate": V3_1,
    "spark.decommission.enabled": V3_1,
    "spark.kubernetes.configMap.maxSize": V3_1,
    "spark.kubernetes.executor.disableConfigMap": V3_2,
    "spark.kubernetes.executor.podNamePrefix": V3_3,
    "spark.kubernetes.executor.terminationGracePeriodSeconds": V4_1,
    "spark.kubernetes.executor.useDriverPodIP": V4_1,
    "spark.kubernetes.allocation.recoveryMode.enabled": V4_2,
    "spark.kubernetes.executor.securityContext.allowPrivilegeEscalation": V4_3,
}


def driver_container(conf: Conf, world: World, note: Note = silent) -> Container:
    """The memory of the driver pod in cluster mode. Off-heap and PySpark memory are never part of it.

    Raises:
        Refused: Spark cannot compute it.
    """
    spark = world.spark
    heap = read(conf, "spark.driver.memory", spark)
    note("heap", heap, "spark.driver.memory")
    written = read(conf, "spark.driver.memoryOverhead", spark)
    own = written_factor(conf, spark, DRIVER)
    least = least_overhead_mib(conf, spark, DRIVER)
    if written is not None:
        overhead = int(written)
        note("overhead", overhead, "spark.driver.memoryOverhead")
    elif own is not None:
        overhead = computed_overhead_mib(heap, own, least, "spark.driver.memoryOverheadFactor", note)
    else:
        factor, how = _job_factor(conf, world)
        overhead = computed_overhead_mib(heap, factor, least, how, note)
    return Container(heap, overhead, 0, 0, wrapped_long(heap + overhead))


def _job_factor(conf: Conf, world: World) -> tuple[float, str]:
    """The factor that holds for both pods, and where it comes from."""
    if conf.get(FACTOR) is not None:
        factor = read(conf, FACTOR, world.spark)
        return factor, FACTOR
    if world.language == JVM:
        return 0.1, "the default"
    return NON_JVM_FACTOR, "Python or R on Kubernetes"


def executor_container(conf: Conf, world: World, note: Note = silent) -> Container:
    """The memory of an executor pod.

    In cluster mode the driver's own builder hands on the factor for Python and R, and that the job is Python, so that
    PySpark memory is added. In client mode nobody does: the factor is 0.1, and PySpark memory is left out unless
    `spark.kubernetes.resource.type` says python.

    Raises:
        Refused: Spark cannot compute it.
    """
    spark = world.spark
    heap = executor_heap_mib(conf, spark)
    note("heap", heap, "spark.executor.memory")
    written = written_overhead_mib(conf, spark)
    own = written_factor(conf, spark, EXECUTOR)
    least = least_overhead_mib(conf, spark, EXECUTOR)
    if written is not None:
        overhead = written
        note("overhead", overhead, "spark.executor.memoryOverhead")
    elif own is not None:
        overhead = computed_overhead_mib(heap, own, least, "spark.executor.memoryOverheadFactor", note)
    else:
        factor, how = _handed_on_factor(conf, world)
        overhead = computed_overhead_mib(heap, factor, least, how, note)
    off_heap = off_heap_mib(conf, spark)
    if off_heap:
        note("off-heap", off_heap, "spark.memory.offHeap.size")
    pyspark = pyspark_mib(conf, spark)
    if pyspark and _is_python(conf, world):
        note("PySpark", pyspark, "spark.executor.pyspark.memory")
    else:
        pyspark = 0
    return Container(heap, overhead, off_heap, pyspark, wrapped_long(heap + overhead + off_heap + pyspark))


def _handed_on_factor(conf: Conf, world: World) -> tuple[float, str]:
    if conf.get(FACTOR) is not None or world.mode == CLUSTER:
        return _job_factor(conf, world)
    return 0.1, "the default; in client mode for every language"


def _is_python(conf: Conf, world: World) -> bool:
    if world.mode == CLUSTER:
        return world.language == PYTHON
    resource_type = read(conf, "spark.kubernetes.resource.type", world.spark)
    return bool(resource_type == "python")


def cpu(conf: Conf, spark: Versions, role: str) -> Cpu:
    """The cpu quantities of a pod's container: `spark.kubernetes.ROLE.request.cores`, or the cores the role has.

    Raises:
        Refused: the cores are no whole number.
    """
    request = conf.get(f"spark.kubernetes.{role}.request.cores")
    if request is None:
        request = str(read(conf, f"spark.{role}.cores", spark))
    return Cpu(request, conf.get(f"spark.kubernetes.{role}.limit.cores"))


def guaranteed_cpu(made: Cpu) -> bool:
    """Whether the limit equals the request, as the Guaranteed class of a pod needs (memory always has both)."""
    try:
        return made.limit is not None and quantities.amount(made.limit) == quantities.amount(made.request)
    except ValueError:
        return False


def check_driver_pod(conf: Conf, world: World) -> None:
    """Builds the driver pod, as spark-submit does in cluster mode.

    Raises:
        Refused: Spark cannot build it. A pod template is taken to be there.
    """
    spark = world.spark
    read_volumes(conf, spark, EXECUTOR)  # so that they are known to be right before there is a driver
    _check_image(conf, DRIVER)
    driver_container(conf, world)
    if conf.get(FACTOR) is not None:  # read to be handed on, even where it does not count
        read(conf, FACTOR, spark)
    check_written(conf, spark, _READ_FOR_DRIVER)
    _check_quantities(conf, spark, DRIVER)
    for resource in custom_resources(conf, DRIVER_RESOURCE):
        if resource.vendor is None:
            raise Conflict(f"{resource.name} has no vendor", f"{DRIVER_RESOURCE}{resource.name}.vendor")
    _check_ports(conf, "spark.driver.port", "spark.driver.blockManager.port", "spark.blockManager.port")
    if spark >= V4_1:
        _check_ports(conf, "spark.connect.grpc.binding.port")
    for key in ("spark.driver.host", "spark.driver.bindAddress"):
        if conf.get(key) is not None:
            raise Conflict("on Kubernetes the driver's address is its service's", key)
    mount_volumes(conf, spark, DRIVER)
    _check_pairs(conf)
    _check_uploads(conf)
    key = "spark.kubernetes.pyspark.pythonVersion"
    if conf.get(key) is not None and world.language == PYTHON and not spark >= V4_1:
        read(conf, key, spark)


def check_executor_pod(conf: Conf, world: World) -> None:
    """Builds an executor pod, as the driver does.

    Raises:
        Refused: Spark cannot build it. A pod template is taken to be there.
    """
    spark = world.spark
    _check_image(conf, EXECUTOR)
    check_profile(conf, spark)
    executor_container(conf, world)
    if conf.get(FACTOR) is not None and written_factor(conf, spark, EXECUTOR) is None:
        read(conf, FACTOR, spark)
    if world.mode != CLUSTER and conf.get("spark.kubernetes.resource.type") is not None:
        read(conf, "spark.kubernetes.resource.type", spark)
    check_written(conf, spark, _READ_FOR_EXECUTOR)
    _check_ports(conf, "spark.driver.port", "spark.blockManager.port")
    port = conf.get("spark.blockManager.port")
    if port is not None and not (port.strip("+-0") == "" or 1024 <= int(port) < 65536):
        raise Conflict(f"the port is 0 or from 1024 to 65535, not {port}", "spark.blockManager.port")
    _check_quantities(conf, spark, EXECUTOR)
    for resource in custom_resources(conf, EXECUTOR_RESOURCE):
        if not resource.vendor:
            raise Conflict(f"{resource.name} has no vendor", f"{EXECUTOR_RESOURCE}{resource.name}.vendor")
    mount_volumes(conf, spark, EXECUTOR)


def _check_image(conf: Conf, role: str) -> None:
    keys = f"spark.kubernetes.{role}.container.image", "spark.kubernetes.container.image"
    # A configuration without a master is not the whole submission: who adds the master adds the image too.
    if all(conf.get(key) is None for key in keys) and conf.get("spark.master") is not None:
        raise Conflict(f"the {role} pod has no container image", "spark.kubernetes.container.image")


def _check_quantities(conf: Conf, spark: Versions, role: str) -> None:
    made = cpu(conf, spark, role)
    limit_key, request_key = f"spark.kubernetes.{role}.limit.cores", f"spark.kubernetes.{role}.request.cores"
    try:
        quantities.check(made.request, spark)
    except ValueError as refusal:
        raise Conflict(str(refusal), request_key) from refusal
    if made.limit is None:
        return
    try:
        quantities.check(made.limit, spark)
        exceeds = role == EXECUTOR and spark >= V4_1 and quantities.amount(made.request) > quantities.amount(made.limit)
    except ValueError as refusal:
        raise Conflict(str(refusal), limit_key, request_key) from refusal
    if exceeds:
        raise _above_limit(made, role)


def check_driver_limit(conf: Conf, world: World) -> None:
    """Sends the driver pod to the API server, which does what Spark leaves undone.

    Raises:
        Refused: the container asks for more cpu than its limit.
    """
    _check_limit(conf, world.spark, DRIVER)


def check_executor_limit(conf: Conf, world: World) -> None:
    """Sends an executor pod to the API server, where Spark has not compared request and limit itself (before 4.1).

    Raises:
        Refused: the container asks for more cpu than its limit.
    """
    if conf.get("spark.kubernetes.executor.limit.cores") is not None and not world.spark >= V4_1:
        _check_limit(conf, world.spark, EXECUTOR)


def _check_limit(conf: Conf, spark: Versions, role: str) -> None:
    if conf.get(f"spark.kubernetes.{role}.limit.cores") is None:
        return
    made = cpu(conf, spark, role)
    try:
        exceeds = made.limit is not None and quantities.amount(made.request) > quantities.amount(made.limit)
    except ValueError:
        return  # no quantity at all, which is another matter
    if exceeds:
        raise _above_limit(made, role)


def _above_limit(made: Cpu, role: str) -> Conflict:
    return Conflict(
        f"the request of {made.request} cpu is above the limit of {made.limit}",
        f"spark.kubernetes.{role}.limit.cores",
        f"spark.kubernetes.{role}.request.cores",
    )


def _check_ports(conf: Conf, *keys: str) -> None:
    for key in keys:
        text = conf.get(key)
        if text is not None:
            read_whole(key, text)


_PAIRS = (
    ("spark.kerberos.keytab", "spark.kerberos.principal"),
    ("spark.kubernetes.kerberos.tokenSecret.name", "spark.kubernetes.kerberos.tokenSecret.itemKey"),
)


def _check_pairs(conf: Conf) -> None:
    for first, second in _PAIRS:
        if (conf.get(first) is None) != (conf.get(second) is None):
            written, missing = (first, second) if conf.get(second) is None else (second, first)
            raise Conflict(f"it needs {missing} beside it", written, missing)


_UPLOADED = ("spark.jars", "spark.files", "spark.archives", "spark.submit.pyFiles")


def _check_uploads(conf: Conf) -> None:
    if conf.get("spark.kubernetes.file.upload.path") is not None:
        return
    for key in _UPLOADED:
        for uri in (conf.get(key) or "").split(","):
            scheme, colon, _ = uri.strip().partition(":")
            if uri.strip() and (not colon or scheme == "file"):
                raise Conflict(
                    f"{uri.strip()} lies on the submitting machine, and nothing says where to upload it",
                    key,
                    "spark.kubernetes.file.upload.path",
                )
