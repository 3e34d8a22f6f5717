"""What the launcher, the driver's JVM, spark-submit and EMR Serverless check before a driver starts.

Sources: ``SparkSubmitCommandBuilder.checkJavaOptions``, ``SparkSubmitArguments.validateSubmitArguments``,
``SparkSubmit.prepareSubmitEnvironment``; for EMR, the ValidationException texts of StartJobRun.
"""

from __future__ import annotations

from spmlint.answer import CLIENT, CLUSTER, KUBERNETES, PYTHON, STANDALONE, V3_1, V3_2, V3_3, V4_0
from spmlint.spark.formula import Conflict, check_written, read_whole
from spmlint.spark.java_options import split_options
from spmlint.spark.jvm import SMALLEST_XMX, xmx_bytes
from spmlint.spark.reading import read
from spmlint.spark.sizes import parse_size

TYPE_CHECKING = False
if TYPE_CHECKING:
    from spmlint.answer import Version, Versions, World
    from spmlint.spark.formula import Conf
    from spmlint.spark.model import Model

DEFAULT_XMX = "1g"
_OPTIONS = ("spark.driver.defaultJavaOptions", "spark.driver.extraJavaOptions")


def driver_xmx(conf: Conf) -> str:
    """The text that stands after -Xmx of a driver that spark-submit starts itself (client mode, and in driver pods)."""
    return conf.get("spark.driver.memory") or DEFAULT_XMX


def check_launcher(model: Model) -> None:
    """Writes the command line of the driver's JVM.

    Raises:
        Refused: the driver's Java options hold -Xmx, or cannot be split.
    """
    conf, world = model.conf, model.world
    for key in _OPTIONS:
        text = conf.get(key)
        if not text:
            continue
        inside = "Xmx" in text
        try:
            pasted = any(word.startswith("-Xmx") for word in split_options(text))
        except ValueError as refusal:
            # Since 4.0 it is split at once, before only where it is handed to a JVM.
            if inside or world.mode == CLIENT or world.manager == KUBERNETES or world.spark >= V4_0:
                raise Conflict(str(refusal), key) from refusal
            continue
        if inside != pasted:
            pasted = pasted if world.spark >= V4_0 else inside
        if pasted:
            raise Conflict("the heap is set by spark.driver.memory, not by -Xmx", key, "spark.driver.memory")


def check_xmx(model: Model) -> None:
    """Starts the driver's JVM with the text of `spark.driver.memory` after -Xmx.

    Raises:
        Refused: the JVM does not take it.
    """
    conf = model.conf
    text = driver_xmx(conf)
    size = xmx_bytes(text)
    if size is None:
        raise Conflict(f"-Xmx{text}: a JVM takes digits and at most one letter k, m, g or t", "spark.driver.memory")
    if size < SMALLEST_XMX:
        raise Conflict(f"-Xmx{text}: that is {size} bytes, too small for a JVM to start", "spark.driver.memory")


_MASTERS = ("yarn", "spark", "k8s", "local")
_READ_BY_SUBMIT: dict[str, Version] = {
    "spark.buffer.size": V3_1,
    "spark.submit.proxyUser.allowCustomClasspathInClusterMode": V3_3,
}


def check_submission(model: Model) -> None:
    """Checks the arguments, as spark-submit does whatever they are for.

    Raises:
        Refused: one is wrong.
    """
    conf, world = model.conf, model.world
    spark = world.spark
    _check_rest_flag(conf)
    _check_size(conf, spark, "spark.driver.memory")
    try:
        _check_count(conf, "spark.driver.cores")
    except Conflict:
        if spark >= V3_2:
            raise
    _check_size(conf, spark, "spark.executor.memory")
    _check_count(conf, "spark.executor.cores")
    _check_count(conf, "spark.cores.max")
    if (conf.get("spark.dynamicAllocation.enabled") or "").lower() != "true":
        _check_count(conf, "spark.executor.instances")
    _check_master(conf, world)
    _check_packages(conf)
    check_written(conf, spark, _READ_BY_SUBMIT)
    for key in ("spark.authenticate", "spark.acls.enable"):
        if conf.get(key) is not None and world.mode == CLIENT and not spark >= V3_2:
            read(conf, key, spark)


def _check_rest_flag(conf: Conf) -> None:
    key = "spark.master.rest.enabled"
    text = conf.get(key)
    if text is not None and text.lower() not in ("true", "false"):
        raise Conflict(f"'{text}' is neither true nor false", key)


def _check_size(conf: Conf, spark: Versions, key: str) -> None:
    text = conf.get(key)
    if text is None:
        return
    try:
        positive = parse_size(text, "b", spark) > 0
    except ValueError as refusal:
        raise Conflict(str(refusal), key) from refusal
    if not positive:
        raise Conflict(f"{text} is no memory at all", key)


def _check_count(conf: Conf, key: str) -> None:
    text = conf.get(key)
    if text is not None and read_whole(key, text) <= 0:
        raise Conflict(f"it has to be above 0, not {text}", key)


def _check_master(conf: Conf, world: World) -> None:
    master = conf.get("spark.master")
    if master is None:
        return
    known = master == "yarn" or master.startswith(_MASTERS[1:])
    if not known and not (master.startswith("mesos") and not world.spark >= V4_0):
        raise Conflict(f"there is no master '{master}'", "spark.master")
    if master.startswith("local") and world.mode == CLUSTER:
        raise Conflict("a local master has no cluster mode", "spark.master", "spark.submit.deployMode")
    if world.manager == STANDALONE and world.mode == CLUSTER and world.language == PYTHON:
        raise Conflict("standalone clusters run Python in client mode only", "spark.submit.deployMode", "spark.master")


def _check_packages(conf: Conf) -> None:
    for coordinate in (conf.get("spark.jars.packages") or "").split(","):
        parts = coordinate.replace("/", ":").split(":")
        if coordinate and not (len(parts) == 3 and all(part.strip() for part in parts)):
            raise Conflict(f"'{coordinate}' is not group:artifact:version", "spark.jars.packages")
    directory = conf.get("spark.jars.ivy")
    if directory and not directory.startswith("/"):
        raise Conflict("the directory has to be absolute", "spark.jars.ivy")


_REFUSED_BY_EMR = ("spark.master", "spark.driver.extraClassPath")


def check_emr_options(model: Model) -> None:
    """Sends the job to EMR Serverless.

    Raises:
        Refused: an option is not the user's to set.
    """
    conf = model.conf
    for key in _REFUSED_BY_EMR:
        if conf.get(key) is not None:
            raise Conflict("EMR Serverless does not take this option", key)
