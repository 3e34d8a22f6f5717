"""What the parts of Spark check for themselves while the driver starts.

Sources: ``SparkConf.validateSettings``, ``HeartbeatReceiver``, ``KryoSerializer``, ``CompressionCodec``.
"""

from __future__ import annotations

from spmlint.answer import V3_1, V3_2, V3_4, V4_0, V4_1
from spmlint.spark.durations import parse_duration
from spmlint.spark.formula import Conflict, check_written, read_whole, wrapped_int, wrapped_long
from spmlint.spark.numbers import parse_double
from spmlint.spark.reading import read

TYPE_CHECKING = False
if TYPE_CHECKING:
    from spmlint.answer import Version, Versions, World
    from spmlint.spark.formula import Conf
    from spmlint.spark.model import Model


def check_settings(model: Model) -> None:
    """What every new ``SparkContext`` checks first.

    Raises:
        Refused: a setting, or two together, are wrong.
    """
    conf, world = model.conf, model.world
    spark = world.spark
    _check_executor_options(conf, "spark.executor.extraJavaOptions")
    if conf.get("spark.executor.defaultJavaOptions") is not None and spark >= V4_0:
        _check_executor_options(conf, "spark.executor.defaultJavaOptions")
    for key in ("spark.memory.fraction", "spark.memory.storageFraction"):
        _check_fraction(conf, key, spark)
    mode = conf.get("spark.submit.deployMode")
    if mode is not None and mode not in ("client", "cluster"):
        raise Conflict(f"the deploy mode is client or cluster, not '{mode}'", "spark.submit.deployMode")
    _check_cores(conf, world)
    encrypted = read(conf, "spark.network.crypto.enabled", spark)
    key = "spark.network.crypto.enabled"
    if not encrypted:
        key = "spark.authenticate.enableSaslEncryption"
        encrypted = read(conf, key, spark)
    if encrypted and not read(conf, "spark.authenticate", spark):
        raise Conflict("encryption needs spark.authenticate", key, "spark.authenticate")
    timeout = read(conf, "spark.network.timeout", spark)
    interval = read(conf, "spark.executor.heartbeatInterval", spark)
    if wrapped_long(timeout * 1000) <= interval:
        raise Conflict(
            f"an executor is given up after {timeout} s and speaks only every {interval} ms",
            "spark.executor.heartbeatInterval",
            "spark.network.timeout",
        )


def _check_executor_options(conf: Conf, key: str) -> None:
    options = conf.get(key) or ""
    if "-Dspark" in options:
        raise Conflict("Spark's own settings do not go into Java options", key)
    if "-Xmx" in options:
        raise Conflict("the heap is set by spark.executor.memory, not by -Xmx", key, "spark.executor.memory")


def _check_fraction(conf: Conf, key: str, spark: Versions) -> None:
    text = conf.get(key)
    if text is None:
        return
    try:
        value = parse_double(text)
    except ValueError as refusal:
        raise Conflict(str(refusal), key) from refusal
    if value > 1 or value < 0 or (value != value and spark >= V4_0):
        raise Conflict(f"a part of the memory lies between 0 and 1: {text} does not", key)


def _check_cores(conf: Conf, world: World) -> None:
    maximum = conf.get("spark.cores.max")
    if maximum is None or conf.get("spark.executor.cores") is None:
        return
    read_whole("spark.cores.max", maximum)
    if read(conf, "spark.executor.cores", world.spark) == 0:
        raise Conflict("an executor without cores", "spark.executor.cores")


def silence_allowed_ms(conf: Conf, spark: Versions) -> tuple[int, str]:
    """After how many milliseconds without a word an executor is given up (``HeartbeatReceiver``), and the key that says so.

    Raises:
        Refused: it is no duration.
    """
    key = "spark.storage.blockManagerHeartbeatTimeoutMs"
    timeout = read(conf, key, spark)
    if timeout is None:
        key = "spark.network.timeout"
        timeout = parse_duration(f"{read(conf, key, spark)}s", "ms")
    return int(timeout), key


def check_heartbeat(model: Model) -> None:
    """Starts the driver's watch over its executors.

    Raises:
        Refused: it would look, or they would speak, less often than they are given up.
    """
    conf, world = model.conf, model.world
    spark = world.spark
    timeout, key = silence_allowed_ms(conf, spark)
    for name, verb in (
        ("spark.network.timeoutInterval", "are looked at"),
        ("spark.executor.heartbeatInterval", "speak"),
    ):
        interval = read(conf, name, spark)
        if interval > timeout:
            raise Conflict(f"executors {verb} every {interval} ms and are given up after {timeout} ms", key, name)


_READ_BY_KRYO: dict[str, Version] = {
    "spark.kryo.referenceTracking": V3_1,
    "spark.kryo.registrationRequired": V3_1,
    "spark.kryo.unsafe": V3_1,
    "spark.kryo.pool": V3_1,
}


def check_kryo(model: Model) -> None:
    """Makes a Kryo serializer, as Spark does whichever serializer is chosen.

    Raises:
        Refused: a buffer is 2 GiB or larger, or negative.
    """
    conf, world = model.conf, model.world
    spark = world.spark
    buffer = read(conf, "spark.kryoserializer.buffer", spark)
    maximum = read(conf, "spark.kryoserializer.buffer.max", spark)
    if not 0 <= buffer < 2 << 20:
        raise Conflict("the buffer has to be smaller than 2 GiB", "spark.kryoserializer.buffer")
    if not 0 <= wrapped_int(maximum) < 2 << 10:
        raise Conflict("the buffer has to be smaller than 2 GiB", "spark.kryoserializer.buffer.max")
    check_written(conf, spark, _READ_BY_KRYO)


CODECS = {"lz4": "LZ4", "lzf": "LZF", "snappy": "Snappy", "zstd": "ZStd"}
"""The short names of Spark's compression codecs, and how their classes begin."""


def check_codec(model: Model) -> None:
    """Makes the compression codec of shuffles and broadcasts. A class that is not Spark's own is taken to be there.

    Raises:
        Refused: there is no such codec, or not with this block size.
    """
    conf, world = model.conf, model.world
    spark = world.spark
    written = read(conf, "spark.io.compression.codec", spark)
    name = CODECS.get(written.lower())
    package, _, plain = written.rpartition(".")
    if name is None and package == "org.apache.spark.io":
        name = plain.removesuffix("CompressionCodec")
    if name is None and not package:
        raise Conflict(f"there is no codec '{written}': only {', '.join(CODECS)}", "spark.io.compression.codec")
    if name is not None and name not in CODECS.values():
        raise Conflict(f"there is no class {written}", "spark.io.compression.codec")
    if name in _BLOCK_SIZES:
        key, old_key = _BLOCK_SIZES[name]
        # Before 3.4 only the first block to be compressed would fail.
        if (conf.get(key) is not None or conf.get(old_key) is not None) and spark >= V3_4:
            read(conf, key, spark)
    elif name is not None:
        check_written(conf, spark, _READ_BY_CODEC[name])


_BLOCK_SIZES = {
    "LZ4": ("spark.io.compression.lz4.blockSize", "spark.io.compression.lz4.block.size"),
    "Snappy": ("spark.io.compression.snappy.blockSize", "spark.io.compression.snappy.block.size"),
}
_READ_BY_CODEC: dict[str, dict[str, Version]] = {
    "LZF": {"spark.io.compression.lzf.parallel.enabled": V4_0},
    "ZStd": {
        "spark.io.compression.zstd.level": V3_1,
        "spark.io.compression.zstd.bufferSize": V3_1,
        "spark.io.compression.zstd.bufferPool.enabled": V3_2,
        "spark.io.compression.zstd.workers": V4_0,
        "spark.io.compression.zstd.strategy": V4_1,
    },
}
