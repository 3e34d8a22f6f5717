"""What Spark refuses while it builds the pods of driver and executors, and the API server when it is sent them.

Sources: ``BasicDriverFeatureStep``, ``BasicExecutorFeatureStep``, ``DriverServiceFeatureStep``,
``KerberosConfDriverFeatureStep``, ``KubernetesUtils``.
"""

from __future__ import annotations

from spmlint.answer import CLUSTER, PYTHON, V3_1, V3_2, V3_3, V3_4, V4_1, V4_2, V4_3
from spmlint.spark import quantities
from spmlint.spark.container import DRIVER, EXECUTOR, written_factor
from spmlint.spark.formula import Conflict, check_written, read_whole
from spmlint.spark.kubernetes_pods import FACTOR, limit_key, request_key
from spmlint.spark.kubernetes_volumes import mount_volumes, read_volumes
from spmlint.spark.profile import EXECUTOR_RESOURCE, custom_resources
from spmlint.spark.reading import read

TYPE_CHECKING = False
if TYPE_CHECKING:
    from spmlint.answer import Version
    from spmlint.spark.formula import Conf
    from spmlint.spark.model import Model

DRIVER_RESOURCE = "spark.driver.resource."

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


def check_driver_pod(model: Model) -> None:
    """Builds the driver pod, as spark-submit does in cluster mode.

    Raises:
        Refused: Spark cannot build it. A pod template is taken to be there.
    """
    conf, world = model.conf, model.world
    spark = world.spark
    read_volumes(conf, spark, EXECUTOR)  # so that they are known to be right before there is a driver
    _check_image(conf, DRIVER)
    model.container(DRIVER)
    if conf.get(FACTOR) is not None:  # read to be handed on, even where it does not count
        read(conf, FACTOR, spark)
    check_written(conf, spark, _READ_FOR_DRIVER)
    _check_quantities(model, DRIVER)
    for resource in custom_resources(conf, DRIVER_RESOURCE):
        if resource.vendor is None:
            raise _without_vendor(f"{DRIVER_RESOURCE}{resource.name}")
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


def check_executor_pod(model: Model) -> None:
    """Builds an executor pod, as the driver does.

    Raises:
        Refused: Spark cannot build it. A pod template is taken to be there.
    """
    conf, world = model.conf, model.world
    spark = world.spark
    _check_image(conf, EXECUTOR)
    model.make_profile()
    model.container(EXECUTOR)
    if conf.get(FACTOR) is not None and written_factor(conf, spark, EXECUTOR) is None:
        read(conf, FACTOR, spark)
    if world.mode != CLUSTER and conf.get("spark.kubernetes.resource.type") is not None:
        read(conf, "spark.kubernetes.resource.type", spark)
    check_written(conf, spark, _READ_FOR_EXECUTOR)
    _check_ports(conf, "spark.driver.port", "spark.blockManager.port")
    port = conf.get("spark.blockManager.port")
    if port is not None and not (port.strip("+-0") == "" or 1024 <= int(port) < 65536):
        raise Conflict(f"the port is 0 or from 1024 to 65535, not {port}", "spark.blockManager.port")
    _check_quantities(model, EXECUTOR)
    _check_executor_quantities(model)
    for resource in custom_resources(conf, EXECUTOR_RESOURCE):
        if not resource.vendor:
            raise _without_vendor(f"{EXECUTOR_RESOURCE}{resource.name}")
    mount_volumes(conf, spark, EXECUTOR)


def _without_vendor(resource: str) -> Conflict:
    return Conflict("on Kubernetes it needs a vendor beside it", f"{resource}.vendor", f"{resource}.amount")


def _check_image(conf: Conf, role: str) -> None:
    keys = f"spark.kubernetes.{role}.container.image", "spark.kubernetes.container.image"
    # A configuration without a master is not the whole submission: who adds the master adds the image too.
    if all(conf.get(key) is None for key in keys) and conf.get("spark.master") is not None:
        image = "spark.kubernetes.container.image"
        raise Conflict(f"the {role} pod has no container image, {image} is not set", image)


def _check_quantities(model: Model, role: str) -> None:
    made, spark = model.cpu(role), model.world.spark
    if made is None:
        return
    for text, key in ((made.request, request_key(role)), (made.limit, limit_key(role))):
        try:
            quantities.check("0" if text is None else text, spark)
        except ValueError as refusal:
            raise Conflict(str(refusal), key) from refusal


def _compare_quantities(model: Model, role: str) -> Conflict | None:
    """What is wrong with request and limit together, whoever looks at it.

    Raises:
        ValueError: one of them is no number.
    """
    made = model.cpu(role)
    if made is None or made.limit is None or quantities.nanos(made.request) <= quantities.nanos(made.limit):
        return None
    return Conflict(
        f"the request of {made.request} cpu is above the limit of {made.limit}", limit_key(role), request_key(role)
    )


def _check_executor_quantities(model: Model) -> None:
    try:
        wrong = _compare_quantities(model, EXECUTOR)
    except ValueError as refusal:
        wrong = Conflict(str(refusal), limit_key(EXECUTOR), request_key(EXECUTOR))
    if wrong is not None and model.world.spark >= V4_1:
        raise wrong


def check_driver_limit(model: Model) -> None:
    """Sends the driver pod to the API server, which does what Spark leaves undone.

    Raises:
        Refused: the container asks for more cpu than its limit.
    """
    wrong = _sent(model, DRIVER)
    if wrong is not None:
        raise wrong


def check_executor_limit(model: Model) -> None:
    """Sends an executor pod to the API server, where Spark has not compared request and limit itself (before 4.1).

    Raises:
        Refused: the container asks for more cpu than its limit.
    """
    wrong = _sent(model, EXECUTOR)
    if wrong is not None and not model.world.spark >= V4_1:
        raise wrong


def _sent(model: Model, role: str) -> Conflict | None:
    try:
        return _compare_quantities(model, role)
    except ValueError:
        return None  # what is no quantity is wrong by itself


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
