"""HOCON files: which are ours, whose they are, and what Spark gets of them."""

import pytest

from spmlint.answer import EMR_SERVERLESS, LOCAL, Opaque
from spmlint.conf import LAUNCH, Conf
from spmlint.loaders import load
from spmlint.loaders.recognition import recognise

from harness import FIXTURES, lines

HOCON = FIXTURES / "hocon"


def loaded(text, name="job.conf"):
    found = load(name, text.encode())
    assert found is not None
    return found


def fixture(name):
    return load(name, (HOCON / name).read_bytes())


def settings(fragment):
    """The settings of every layer, weakest first."""
    return [[(one.key, one.value.value) for one in layer.settings] for layer in fragment.layers]


# ---- whose file ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "text", "module"),
    [
        ("job.conf", "env {\n  spark.executor.memory = 1g\n}\n", "hocon"),
        ("job.conf", "env {   # all for Spark\r\n  spark.executor.memory = 1g\r\n}\r\n", "hocon"),
        ("job.conf.template", "spark\n{\n  spark.executor.memory = 1g\n}\n", "hocon"),
        ("server.conf", "spark {\n  contexts { a { num-cpu-cores = 2 } }\n}\n", "hocon"),
        ("bench.conf", "spark-bench = {\n  spark-submit-config = [{ }]\n}\n", "hocon"),
        ("application.conf", "spark.master = local", "hocon"),
        ("job.hocon", "spark.master = local", "hocon"),
        ("job.conf", "akka {\n  loglevel = INFO\n}\n", None),
        ("dev.conf", 'spark.master = "local[*]"\nspark.executor.memory = 2g\n', "hocon"),
        ("spark.conf", 'spark.master = "local[*]"\n', "spark_defaults"),
        ("spark.conf", "spark.executor.memory 1g\n", "spark_defaults"),
        ("spark.conf", "spark.app.name {job}\nspark.executor.memory {{ memory }}\n", "spark_defaults"),
        ("spark-defaults.conf", "spark.x {\n}\n", "spark_defaults"),
        ("spark.properties", "spark.x {\n}\n", "spark_defaults"),
        ("job.json", '{"env": {"spark.executor.memory": "1g"}, "source": [], "sink": []}', "hocon"),
        ("config.json", '{"session_configs": {}}', "livy_files"),
        ("batch.json", '{"file": "a.py", "conf": {}}', "livy_files"),
        ("pod.json", '{"apiVersion": "v1", "kind": "Pod", "conf": {}}', None),
        ("package.json", '{"file": "a.py"}', None),
    ],
)
def test_recognises(name, text, module):
    assert recognise(name, text.encode()) == module


def test_a_file_that_is_not_hocon_is_an_error_only_where_it_sets_spark_keys(folder):
    folder.write("nginx.conf", "http {\n  proxy_pass http://spark.example.com:80;\n}\n")
    folder.write("job.conf", "env {\n  spark.executor.memory = 1g\n  spark.master = k8s://https://host\n}\n")
    (found,) = lines(folder.check("nginx.conf", "job.conf", select=["SPM901"]))
    assert found.startswith("SPM901 error 3:21-3:22 an unquoted value cannot hold :")


# ---- SeaTunnel and Waterdrop ---------------------------------------------------------------------------------------


def test_seatunnel():
    (job,) = fixture("seatunnel.conf").fragments
    assert (job.kind, job.complete) == ("SeaTunnel", True)
    assert settings(job) == [
        [
            ("spark.app.name", "orders-to-lake"),
            ("spark.executor.instances", "6"),
            ("spark.executor.cores", "2"),
            ("spark.executor.memory", "5g"),
            ("spark.executor.memoryOverhead", "1g"),
            # SeaTunnel cuts keys at "->": these two do not collide.
            ("spark.speculation", "true"),
            ("spark.speculation.quantile", "0.9"),
            ("spark.sql.warehouse.dir", "hdfs:///lake/${zone}"),
        ]
    ]
    assert [one.key for one in job.layers[0].settings if one.value.holes] == ["spark.sql.warehouse.dir"]
    assert fixture("seatunnel.conf").troubles == []


def test_a_setting_knows_its_place():
    (job,) = fixture("seatunnel.conf").fragments
    memory, overhead = job.layers[0].settings[3:5]
    assert (memory.value.span().text, memory.name.span().text, memory.is_editable) == (
        "5g",
        "spark.executor.memory",
        True,
    )
    assert (overhead.name.span().text, overhead.value.span().line) == ("spark.executor.memoryOverhead", 11)


def test_waterdrop_has_no_spark_spark():
    (job,) = fixture("waterdrop.conf").fragments
    assert job.kind == "Waterdrop"
    assert [key for key, _ in settings(job)[0]] == [
        "spark.app.name",
        "spark.executor.instances",
        "spark.executor.memory",
    ]


def test_the_start_script_says_the_master_not_the_file():
    text = 'env {\n spark.master = "local"\n}\nsource {}\nsink {}\n'
    (job,) = loaded(text).fragments
    assert set(job.world.options("platform")) > {LOCAL}
    assert EMR_SERVERLESS not in job.world.options("platform")


@pytest.mark.parametrize(
    "text",
    [
        "env {\n parallelism = 1\n job.mode = STREAMING\n # spark.\n}\nsource {}\nsink {}\n",
        "env {\n spark {\n  executor.memory = 1g # spark.\n }\n}\nsource {}\nsink {}\n",
        'env = "spark.executor.memory"\nsource {\n}\nsink {}\n',
    ],
)
def test_seatunnel_without_spark_keys_is_no_job(text):
    assert loaded(text).fragments == []


def test_seatunnel_written_as_json():
    text = '{"env": {"job.mode": "BATCH", "spark.executor.memory": "1g"}, "source": [{"a": 1}], "sink": []}'
    (job,) = loaded(text, "job.json").fragments
    assert settings(job) == [[("spark.executor.memory", "1g")]]


def test_a_template_leaves_the_block_open():
    found = fixture("template.conf")
    (job,) = found.fragments
    assert [(one.key, bool(one.value.holes)) for one in job.layers[0].settings] == [
        ("spark.executor.memory", True),
        ("spark.executor.memory", False),
        ("spark.executor.cores", True),
        ("spark.app.name", True),
    ]
    with pytest.raises(Opaque) as caught:
        Conf(job.layers).get("spark.executor.memory")
    assert caught.value.reason == "template block {% endif %}"


def test_a_substituted_block_is_open():
    (job,) = loaded("env = ${base} {\n spark.executor.cores = 2\n}\nsource {}\nsink {}").fragments
    assert Conf(job.layers).get("spark.executor.cores") == "2"
    with pytest.raises(Opaque):
        Conf(job.layers).get("spark.executor.memory")


def test_a_block_replaced_by_a_substitution_is_not_known():
    (job,) = loaded("env {\n spark.executor.cores = 2\n}\nenv = ${base}\nsource {}\nsink {}").fragments
    with pytest.raises(Opaque):
        Conf(job.layers).get("spark.executor.cores")


def test_null_takes_a_setting_away():
    (job,) = loaded("env {\n spark.a = 1\n spark.b = 2\n spark.a = null\n}\nsource {}\nsink {}").fragments
    assert settings(job) == [[("spark.b", "2")]]


# ---- spark-jobserver -----------------------------------------------------------------------------------------------


def test_jobserver():
    defaults, nightly, adhoc = fixture("jobserver.conf").fragments
    assert [one.name for one in (defaults, nightly, adhoc)] == ["context-settings", "nightly", "adhoc"]
    assert not any(one.complete for one in (defaults, nightly, adhoc))
    assert settings(defaults) == [
        [("spark.driver.memory", "4g")],
        [("spark.cores.max", "4"), ("spark.executor.memory", "2g")],
        [("spark.executor.memory", "3g"), ("spark.dynamicAllocation.enabled", "false")],
        [("spark.ui.enabled", "false")],
    ]
    # A spark. key of the defaults beats the field of a context: both are merged before either is read.
    assert Conf(nightly.layers).winner("spark.executor.memory").value.value == "3g"
    assert Conf(adhoc.layers).get("spark.cores.max") == "2"
    # What a context says takes the place of the default: that is no value without effect.
    assert [one.value.value for one in Conf(nightly.layers).written("spark.cores.max")] == ["16"]
    with pytest.raises(Opaque):
        Conf(nightly.layers).get("spark.executor.cores")
    assert (defaults.world.manager.known, defaults.world.mode.known) == ("yarn", "client")


def test_a_collision_in_the_defaults_is_told_once():
    text = "spark {\n context-settings {\n  spark.speculation = true\n  spark.speculation.quantile = 1\n }\n"
    text += " contexts { a { num-cpu-cores = 1 }, b { num-cpu-cores = 2 } }\n}\n"
    assert len(loaded(text).troubles) == 1


def test_only_the_launcher_of_a_context_is_seen_at_launch():
    defaults = fixture("jobserver.conf").fragments[0]
    assert list(Conf(defaults.layers, LAUNCH).keys()) == ["spark.driver.memory"]


# ---- spark-bench ---------------------------------------------------------------------------------------------------


def test_spark_bench():
    first, second = fixture("spark-bench.conf").fragments
    assert Conf(first.layers).get("spark.executor.memory") == "5g"
    assert Conf(first.layers).get("spark.dynamicAllocation.enabled") == "false"
    assert first.layers[1].settings[1].label == "executor-memory"
    assert (first.world.manager.known, second.world.manager.known) == ("yarn", "local")
    assert first.complete


# ---- files of unknown programs -------------------------------------------------------------------------------------


def test_keys_spelt_with_spark_are_sparks_where_spark_has_them():
    found = fixture("application.conf")
    by_name = {one.name: one for one in found.fragments}
    assert {name: settings(one)[0] for name, one in by_name.items()} == {
        "app.spark": [
            ("spark.executor.memory", "6g"),
            ("spark.executor.cores", "${?EXECUTOR_CORES}"),
            ("spark.sql.shuffle.partitions", "64"),
        ],
        "app": [("spark.executor.instances", "3")],
        "app.batch.spark.conf": [("spark.driver.memory", "2g")],
        "": [("spark.master", "local[*]"), ("spark.speculation.multiplier", "2")],
    }
    assert not any(one.complete for one in found.fragments)
    assert by_name[""].world.manager.known == "local"


def test_a_block_named_spark_is_its_programs_own():
    text = 'spark {\n  master = "yarn-client"\n  executor.memory = 4\n  app { name = x }\n}\n# spark.\n'
    assert loaded(text).fragments == []


def test_an_include_may_bring_keys_before_but_not_over_later_ones():
    text = 'include "a"\nspark.executor.cores = 2\nx {\n}\n'
    (job,) = loaded(text).fragments
    assert Conf(job.layers).get("spark.executor.cores") == "2"
    with pytest.raises(Opaque):
        Conf(job.layers).get("spark.executor.memory")
    (job,) = loaded('spark.executor.cores = 2\ninclude "a"\nx {\n}\n').fragments
    with pytest.raises(Opaque):
        Conf(job.layers).get("spark.executor.cores")


def test_an_include_inside_a_spark_block_may_replace_what_stands_before():
    (job,) = loaded('spark.executor {\n memory = 4g\n include "x"\n}\nspark.driver.memory = 1g\n').fragments
    assert Conf(job.layers).get("spark.driver.memory") == "1g"
    with pytest.raises(Opaque):
        Conf(job.layers).get("spark.executor.memory")


@pytest.mark.parametrize("value", ["= [1]", "+= 1", "+= [1]"])
def test_a_list_is_no_setting(value):
    (job,) = loaded(f"env {{\n spark.a {value}\n spark.b = 2\n}}\nsource {{}}\nsink {{}}").fragments
    assert Conf(job.layers).get("spark.b") == "2"
    with pytest.raises(Opaque):
        Conf(job.layers).get("spark.a")


def test_a_key_spread_over_blocks_stands_at_its_last_piece_and_cannot_be_renamed():
    (job,) = loaded("spark.executor {\n  memory = 4g\n}\n").fragments
    name = job.layers[0].settings[0].name
    assert (name.value, name.span().text, name.is_verbatim) == ("spark.executor.memory", "memory", False)


def test_a_templated_key_opens_the_layer():
    (job,) = loaded("env {\n spark.${role}.memory = 4g\n spark.executor.cores = 2\n}\nsource {}\nsink {}").fragments
    with pytest.raises(Opaque) as caught:
        Conf(job.layers).get("spark.driver.memory")
    assert caught.value.reason == "templated key spark.${role}.memory"


@pytest.mark.parametrize(
    ("text", "kept", "message"),
    [
        (
            "spark.speculation = true\nspark.speculation.quantile = 0.9\nx {\n}\n",
            "spark.speculation.quantile",
            "spark.speculation loses its value: spark.speculation.quantile at line 2 makes an object of it",
        ),
        (
            "a {\n spark.speculation.quantile = 0.9\n spark.speculation = true\n}\n",
            "spark.speculation",
            "spark.speculation.quantile is lost: spark.speculation at line 3 is a value, not an object",
        ),
        ('"spark.speculation" = true\n"spark.speculation.quantile" = 0.9\nx {\n}\n', "spark.speculation", None),
    ],
)
def test_collisions(text, kept, message):
    found = loaded(text)
    assert kept in [one.key for one in found.fragments[0].layers[0].settings]
    assert [trouble.message for trouble in found.troubles] == ([message] if message else [])


# ---- Livy ----------------------------------------------------------------------------------------------------------


def test_sparkmagic_lays_configs_over_defaults():
    text = """{"kernel_python_credentials": {"url": "http://x"},
      "session_configs": {"executorMemory": "4g", "conf": {"spark.a": "2"}},
      "session_configs_defaults": {"executorMemory": "1g", "driverMemory": "2g",
                                   "conf": {"spark.a": "1", "spark.executor.memory": "3g"}}}"""
    (job,) = loaded(text, "config.json").fragments
    conf = Conf(job.layers)
    assert [conf.get(key) for key in ("spark.a", "spark.executor.memory", "spark.driver.memory")] == ["2", "4g", "2g"]
    assert [one.value.value for one in conf.written("spark.executor.memory")] == ["4g", "1g", "3g"]


@pytest.mark.parametrize(
    ("text", "kind", "language"),
    [
        ('{"file": "s3://b/a.py", "executorMemory": "2g"}', "Livy batch", "python"),
        ('{"file": "a.jar", "className": "A", "conf": {"spark.executor.memory": "2g"}}', "Livy batch", "jvm"),
        ('{"kind": "pyspark", "executorMemory": "2g"}', "Livy session", None),
    ],
)
def test_livy_requests(text, kind, language):
    (job,) = loaded(text, "request.json").fragments
    assert (job.kind, job.world.language.known) == (kind, language)
    assert Conf(job.layers).get("spark.executor.memory") == "2g"


@pytest.mark.parametrize(
    "text",
    [
        '{"file": "a", "conf": {}}',
        '{"kind": "Pod", "numExecutors": 2}',
        '{"jobs": [{"file": "a.py", "executorMemory": "2g"}]}',
        '{"file": "a.py", "executorMemory": "2g"',
        '[{"file": "a.py", "executorMemory": "2g"}]',
    ],
)
def test_other_json_is_nobodys(text):
    found = loaded(text, "request.json")
    assert (found.fragments, found.troubles) == ([], [])


def test_a_broken_sparkmagic_configuration_is_an_error():
    assert len(loaded('{"session_configs": {"executorMemory": "1g",}}', "config.json").troubles) == 1
