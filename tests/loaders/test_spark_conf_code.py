"""Settings in Python programs: which object they are of, what certainly holds, and what hides it."""

import pytest

from spmlint.answer import LOCAL, PYTHON, YARN, Opaque
from spmlint.conf import START, Conf
from spmlint.loaders import load
from spmlint.loaders.recognition import recognise

from harness import FIXTURES

MEMORY, CORES = "spark.executor.memory", "spark.executor.cores"


def fragments(source):
    return load("job.py", source.encode()).fragments


def conf_of(source):
    (fragment,) = fragments(source)
    return Conf(fragment.layers)


def settings(fragment):
    return [(s.key, s.value.value) for layer in fragment.layers for s in layer.settings]


@pytest.mark.parametrize(
    "source",
    [
        f"SparkConf().set('{MEMORY}', '4g')",
        f"pyspark.SparkConf().set(key='{MEMORY}', value='4g')",
        f"conf = SparkConf(loadDefaults=False)\nconf.set('{MEMORY}', '4g')",
        f"conf = SparkConf().setAll([('{MEMORY}', '4g')])",
        f"conf: SparkConf = SparkConf()\nconf.set('{MEMORY}', '4g')",
        f"SparkConf().setAll({{'{MEMORY}': '4g'}}.items())",
        f"SparkSession.builder.config('{MEMORY}', '4g').getOrCreate()",
        f"pyspark.sql.SparkSession.builder.config(map={{'{MEMORY}': '4g'}})",
        f"SparkSession.Builder().config(key='{MEMORY}', value='4g')",
        f"b = SparkSession.builder\nb = b.config('{MEMORY}', '4g')\nb.getOrCreate()",
        f"spark = (SparkSession\n  .builder\n  .config('{MEMORY}',\n          '4g')\n  .getOrCreate())",
        f"conf = SparkConf().set('{MEMORY}', '4g')\nSparkSession.builder.config(conf=conf).getOrCreate()",
        f"SparkSession.builder.config(conf=SparkConf().set('{MEMORY}', '4g'))",
        f"def f(x):\n  return g(SparkSession.builder.config('{MEMORY}', '4g').getOrCreate())",
        f"M = '4g'\nif x:\n  with y:\n    SparkConf().set('{MEMORY}', M)",
        f"sc = SparkContext(conf=SparkConf().set('{MEMORY}', '4g'))",
    ],
)
def test_every_way_to_set_a_key(source):
    (fragment,) = fragments(source)
    (setting,) = [s for layer in fragment.layers for s in layer.settings]
    assert (setting.key, setting.value.value, setting.span().text) == (MEMORY, "4g", "4g")
    assert {layer.moment for layer in fragment.layers} == {START}
    assert (fragment.complete, fragment.world.language.known) == (False, PYTHON)
    assert len(fragment.world.mode.options) == 2


@pytest.mark.parametrize(
    ("call", "key"),
    [
        ("setMaster('x')", "spark.master"),
        ("setAppName('x')", "spark.app.name"),
        ("setSparkHome('x')", "spark.home"),
        ("setExecutorEnv('A', 'x')", "spark.executorEnv.A"),
    ],
)
def test_methods_that_set_one_key(call, key):
    assert conf_of(f"SparkConf().{call}").get(key) == "x"


@pytest.mark.parametrize(("master", "known"), [("local[*]", LOCAL), ("yarn", YARN), ("k8s://x", "kubernetes")])
def test_the_master_says_the_manager(master, known):
    (fragment,) = fragments(f"SparkSession.builder.master('{master}').getOrCreate()")
    assert fragment.world.manager.known == known


def test_of_two_masters_the_last_one_counts():
    (fragment,) = fragments("c = SparkConf().setMaster('yarn')\nSparkSession.builder.config(conf=c).master('local')")
    assert fragment.world.manager.known == LOCAL


def test_the_last_call_wins_and_losers_stay():
    conf = conf_of(
        f"c = SparkConf().set('{MEMORY}', '1g')\n"
        f"SparkSession.builder.config('{MEMORY}', '0g').config(conf=c).config('{MEMORY}', '2g')"
    )
    assert [s.value.value for s in conf.written(MEMORY)] == ["2g", "1g", "0g"]


@pytest.mark.parametrize("value", ["x", "f(1)", "x.y", "1 + 1"])
def test_what_is_no_literal_is_a_placeholder(value):
    with pytest.raises(Opaque):
        conf_of(f"SparkConf().set('{MEMORY}', {value})").get(MEMORY)


def test_numbers_and_truth_values_are_as_spark_is_told():
    conf = conf_of("SparkSession.builder.config('spark.a', 4096).config('spark.b', True).config('spark.c', -1)")
    assert [conf.get(key) for key in ("spark.a", "spark.b", "spark.c")] == ["4096", "true", "-1"]
    assert not conf.winner("spark.a").is_editable


@pytest.mark.parametrize(
    "more",
    [
        "c.set(x, '1')",
        "c.setAll(pairs)",
        "c.setAll([*pairs])",
        "c.set(*pair)",
        "fill(c)",
        "x.fill(conf=c)",
        "for k in x:\n  c.set(k, '1')",
        f"if x:\n  c.set('{MEMORY}', '8g')",
        f"def f():\n  c.set('{MEMORY}', '8g')",
        f"try:\n  c.set('{MEMORY}', '8g')\nexcept E:\n  pass",
    ],
)
def test_what_may_set_the_key_hides_it(more):
    first = fragments(f"c = SparkConf()\nc.set('{MEMORY}', '4g')\n{more}\n")[0]
    assert settings(first) == [(MEMORY, "4g")]
    with pytest.raises(Opaque):
        Conf(first.layers).get(MEMORY)


@pytest.mark.parametrize(
    "more",
    [
        f"if x:\n  c.set('{CORES}', '8')",
        "print(c)",
        "SparkContext(conf=c)",
        "c = 1",
        f"def f(c):\n  c.set('{MEMORY}', '8g')",
        f"if x:\n  c = SparkConf().set('{MEMORY}', '8g')",
        f"if x:\n  c = SparkConf()\nc.set('{MEMORY}', '8g')",
        f"d.set('{MEMORY}', '8g')",
        "c.get('a').set(x, y)",
    ],
)
def test_what_does_not_concern_the_key_leaves_it(more):
    first = fragments(f"c = SparkConf()\nc.set('{MEMORY}', '4g')\n{more}\n")[0]
    assert Conf(first.layers).get(MEMORY) == "4g"


def test_a_branch_is_a_job_of_its_own():
    base, debug, other = fragments(
        f"c = SparkConf().set('{MEMORY}', '4g')\nif x:\n  c.set('{CORES}', '1')\nelse:\n  c.set('{CORES}', '2')\n"
    )
    assert [settings(one) for one in (base, debug, other)] == [[(MEMORY, "4g")], [(CORES, "1")], [(CORES, "2")]]
    with pytest.raises(Opaque):
        Conf(base.layers).get(CORES)
    assert Conf(debug.layers).get(CORES) == "1"


def test_a_setting_behind_the_branch_beats_it():
    base = fragments(f"c = SparkConf()\nif x:\n  c.set('{CORES}', '1')\nc.set('{CORES}', '2')\n")[0]
    assert Conf(base.layers).get(CORES) == "2"


def test_set_if_missing_gives_way():
    conf = conf_of(f"SparkConf().set('{MEMORY}', '4g').setIfMissing('{MEMORY}', '8g').setIfMissing('{CORES}', '2')")
    assert conf.get(MEMORY) == "4g"
    with pytest.raises(Opaque):
        conf.get(CORES)


def test_what_shapes_the_driver_process_may_come_too_late():
    conf = conf_of("SparkConf().set('spark.driver.memory', '4g')")
    assert conf.winner("spark.driver.memory").value.value == "4g"
    with pytest.raises(Opaque, match="counts only where no spark-submit starts it"):
        conf.get("spark.driver.memory")


@pytest.mark.parametrize(
    "source",
    [
        "x.builder.config('spark.a', 'b')",
        "spark.conf.set('spark.sql.shuffle.partitions', 3)",
        "SparkConf()",
        "SparkConf().get('spark.a')",
        "SparkConf().set('other.key', 'x')",
        "DeltaTable.builder.config('spark.a', 'b')",
        "print 'SparkConf('",
    ],
)
def test_nothing_is_made_of_anything_else(source):
    assert fragments(source + "  # SparkConf(") == []


def test_files_without_the_names_are_not_read():
    assert recognise("a.py", b"conf.set('spark.executor.memory', '4g')\nimport pandas") is None


def test_the_fixture():
    loaded = load("session.py", (FIXTURES / "carriers/session.py").read_bytes())
    nightly, debug = loaded.fragments
    assert nightly.name == "nightly"
    assert settings(nightly) == [
        ("spark.master", "yarn"),
        ("spark.app.name", "nightly"),
        (MEMORY, "6g"),
        (CORES, "2"),
        ("spark.sql.shuffle.partitions", "64"),
        ("spark.speculation", "true"),
    ]
    (name,) = [s.name for layer in nightly.layers for s in layer.settings if s.key.endswith("partitions")]
    assert name.span(10, 17).text == "shuffle"
    assert settings(debug) == [("spark.executor.instances", "1")]
