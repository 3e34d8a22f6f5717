"""Commands that start Spark, in every file that carries them: what is found, what it sets, and where it stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spmlint.answer import (
    CLIENT,
    CLUSTER,
    EMR_ON_EC2,
    EMR_ON_EKS,
    EMR_SERVERLESS,
    JVM,
    KUBERNETES,
    LOCAL,
    PYTHON,
    STANDALONE,
    YARN,
    Opaque,
    R,
)
from spmlint.conf import Conf
from spmlint.linking.link import link
from spmlint.loaders import load
from spmlint.loaders.recognition import recognise

from harness import FIXTURES


def loaded(text, name="job.sh"):
    return load(name, text.encode())


def fixture(name):
    return load(name, (FIXTURES / "commands" / name).read_bytes())


def jobs(one):
    return link([one]).jobs


def only(text):
    (job,) = jobs(loaded(text))
    return job


def settings(fragment):
    return {setting.label: setting.value.value for layer in fragment.layers for setting in layer.settings}


def answers(world):
    return world.manager.known, world.mode.known, world.language.known


# ---- one command ---------------------------------------------------------------------------------------------------


def test_labels_names_and_places():
    (fragment,) = loaded(
        "spark-submit --executor-memory=4g \\\n  --conf 'spark.x=a b' -c spark.y=1 --verbose a.jar"
    ).fragments
    found = [(s.label, s.key, s.name.value, s.value.value, s.span().text) for s in fragment.layers[0].settings]
    assert found == [
        ("--conf spark.x", "spark.x", "spark.x", "a b", "a b"),
        ("--conf spark.y", "spark.y", "spark.y", "1", "1"),
        ("--executor-memory", "spark.executor.memory", "--executor-memory", "4g", "4g"),
    ]
    assert (fragment.name, fragment.main.value, fragment.place.text) == ("a.jar", "a.jar", "spark-submit")


@pytest.mark.parametrize(
    ("options", "key", "value"),
    [
        ("--conf spark.executor.memory=1g --conf spark.executor.memory=2g", "spark.executor.memory", "2g"),
        ("--executor-memory 3g --conf spark.executor.memory=2g", "spark.executor.memory", "3g"),
        ("--driver-memory 3g --conf spark.driver.memory=2g", "spark.driver.memory", "2g"),
        ("--conf spark.driver.memory=2g --driver-memory 3g", "spark.driver.memory", "3g"),
        ("--name b --conf spark.app.name=a", "spark.app.name", "b"),
    ],
)
def test_which_of_two_writers_wins(options, key, value):
    assert only(f"spark-submit {options} a.jar").conf.get(key) == value


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("spark-submit --master yarn a.py", (YARN, CLIENT, PYTHON)),
        ("spark-submit --master yarn --deploy-mode cluster a.jar", (YARN, CLUSTER, JVM)),
        (
            "spark-submit --conf spark.master=k8s://https://x --conf spark.submit.deployMode=cluster a.R",
            (KUBERNETES, CLUSTER, R),
        ),
        ("spark-submit --master spark://$(hostname):7077 a.py", (STANDALONE, CLIENT, PYTHON)),
        ("spark-submit --master yarn-cluster a.jar", (YARN, CLUSTER, JVM)),
        ("spark-submit --master 'local[*]' a.jar", (LOCAL, CLIENT, JVM)),
        ("spark-submit --master $MASTER a.jar", (None, CLIENT, JVM)),
        ("spark-submit --deploy-mode $MODE a.jar", (None, None, JVM)),
        ("spark-submit --properties-file my.conf a.jar", (None, None, JVM)),
        ("spark-submit $OPTIONS a.jar", (None, None, JVM)),
        ("spark-submit --class Main $APP_JAR --day 1", (None, CLIENT, JVM)),
        ("spark-submit $APP_JAR", (None, CLIENT, None)),
        ("spark-submit dist/$VERSION.jar", (None, CLIENT, JVM)),
        ("pyspark --master yarn", (YARN, CLIENT, PYTHON)),
        ("spark-shell", (None, CLIENT, JVM)),
        ("sparkR", (None, CLIENT, R)),
        ("$SPARK_HOME/sbin/start-connect-server.sh --driver-memory=2g", (None, CLIENT, JVM)),
        ("spark-class org.apache.spark.deploy.SparkSubmit --master yarn a.py", (YARN, CLIENT, PYTHON)),
    ],
)
def test_what_a_command_says_of_its_world(command, expected):
    assert answers(only(command).world) == expected


@pytest.mark.parametrize(
    "wrapped",
    [
        "exec {}",
        "nohup {} &",
        "sudo -u spark {}",
        "env A=1 {}",
        "docker exec -it master {}",
        "docker compose exec -T client {}",
        "docker run --rm spark:3.5 {}",
        "kubectl exec -it driver -- {}",
        "conda run -n spark {}",
        "gosu spark /usr/bin/tini -s -- {}",
        "ssh edge {}",
        "ssh edge 'cd /srv && {}'",
        "bash -lc '{}'",
        "sudo su - spark -c '{}'",
        "eval {}",
        "bash <<'END'\n{}\nEND",
        "ID=$({} | tail -1)",
        "if {}; then echo done; fi",
        "run() {{\n  {}\n}}",
        "timeout 2h {} || exit 1",
        "$ {}",
        "$PREFIX {}",
    ],
)
def test_commands_behind_other_commands(wrapped):
    (fragment,) = loaded(wrapped.format("/opt/spark/bin/spark-submit --executor-memory 4g a.py")).fragments
    assert settings(fragment) == {"--executor-memory": "4g"}


@pytest.mark.parametrize(
    "text",
    [
        "echo spark-submit --executor-memory 4g a.py",
        "which spark-submit",
        "command -v spark-submit",
        "docker build -t spark-submit --build-arg a=b .",
        "docker push spark-submit",
        "pip install pyspark",
        "sudo pip install pyspark --quiet",
        "kubectl delete pod spark-submit --namespace x",
        "cp conf spark-submit",
        "spark-submit",
        "spark-submit --version",
        "spark-submit --kill driver-1 --master spark://x",
        "# spark-submit --executor-memory 4g a.py",
        "SPARK_SUBMIT=/opt/spark/bin/spark-submit",
        "cat <<EOF\nspark-submit --executor-memory 4g a.py\nEOF",
        "case $1 in\n  spark-submit|pyspark) shift ;;\nesac",
    ],
)
def test_what_is_no_command_of_spark(text):
    found = loaded(text)
    assert (found.fragments, found.troubles) == ([], [])


# ---- what cannot be known ------------------------------------------------------------------------------------------


def test_options_of_another_program_in_a_variable_are_not_sparks():
    assert loaded('OPTIONS="--conf tony.docker.enabled=true --conf tony.x=1"\n# for spark-submit\n').fragments == []
    (job,) = jobs(loaded('OPTIONS="--conf tony.x=1 --conf spark.executor.memory=4g"\n# for spark-submit\n'))
    assert [setting.key for setting in job.conf.settings()] == ["tony.x", "spark.executor.memory"]


def conf_of(text):
    return only(text).conf


def test_hidden_options_leave_open_what_they_may_set():
    conf = conf_of(
        "spark-submit --conf spark.a=1 --executor-cores 2 $OPTIONS --conf spark.b=2 --executor-memory 4g a.py"
    )
    # What stands behind them wins, but only an option beats an option.
    assert (conf.get("spark.b"), conf.get("spark.executor.memory")) == ("2", "4g")
    for key in ("spark.a", "spark.executor.cores", "spark.c"):
        with pytest.raises(Opaque):
            conf.get(key)


def test_a_hidden_option_may_beat_conf_behind_it():
    conf = conf_of("spark-submit $OPTIONS --conf spark.executor.memory=4g --conf spark.driver.memory=1g a.py")
    with pytest.raises(Opaque):
        conf.get("spark.executor.memory")
    assert conf.get("spark.driver.memory") == "1g"  # the launcher makes --conf of --driver-memory


@pytest.mark.parametrize(
    "options", ['"$@"', "$EXTRA_ARGS", '"${CONF[@]}"', "--conf $PAIR", "--conf $KEY=1", "--$FLAG 3"]
)
def test_options_that_cannot_be_seen(options):
    with pytest.raises(Opaque):
        conf_of(f"spark-submit {options} --conf spark.z=1 a.py").get("spark.a")


@pytest.mark.parametrize(
    "rest", ["$APP_JAR", '"$X"', "$JAR --input a --output b", "{{ app_file }} x", "<application-jar> [arguments]"]
)
def test_the_application_may_be_a_placeholder(rest):
    conf = conf_of(f"spark-submit --conf spark.z=1 {rest}")
    assert (conf.get("spark.z"), conf.get("spark.a")) == ("1", None)


def test_options_of_the_application_are_its_own():
    job = only("spark-submit --conf spark.z=1 a.py --conf spark.a=2 --executor-memory 9g")
    assert [setting.key for setting in job.conf.settings()] == ["spark.z"]


def test_options_of_shells_mix_with_their_own():
    job = only("spark-sql -e 'select 1' --conf spark.z=1 -f x.sql --executor-memory 2g")
    assert [setting.key for setting in job.conf.settings()] == ["spark.z", "spark.executor.memory"]


def test_a_default_in_a_reference_is_not_its_value():
    with pytest.raises(Opaque) as hidden:
        conf_of("spark-submit --driver-memory ${DRIVER_MEMORY:-8G} a.jar").get("spark.driver.memory")
    assert hidden.value.place.span().text == "${DRIVER_MEMORY:-8G}"


def test_values_of_variables_can_be_used_elsewhere_so_no_fix_touches_them():
    (fragment,) = loaded("M=4g\nspark-submit --driver-memory $M --executor-memory 4g a.py").fragments
    assert {s.label: (s.span().line, s.is_editable) for s in fragment.layers[0].settings} == {
        "--driver-memory": (1, False),
        "--executor-memory": (2, True),
    }


# ---- what is wrong with a command ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("command", "kind", "place"),
    [
        ("spark-submit --master yarn\na.py", "command-unfinished", "yarn"),
        ("spark-submit --executor-memory 4g --no-such-option 1 a.py", "command-refused", "--no-such-option"),
        ("spark-submit --conf spark.x a.py", "command-refused", "spark.x"),
        ("spark-submit --conf", "command-refused", "--conf"),
        ("spark-submit —master yarn a.py", "command-dash", "—"),
        ("spark-submit --conf 'spark.x = 1' a.py", "command-key", "spark.x "),
    ],
)
def test_troubles(command, kind, place):
    found = loaded(command).troubles
    assert [(trouble.kind, trouble.span.text) for trouble in found] == [(kind, place)]


@pytest.mark.parametrize(
    "command",
    [
        'spark-submit --master yarn "$@"',
        "spark-submit $ARGS",
        "spark-submit --class org.apache.spark.repl.Main --name x",
        "spark-submit --conf $X a.py",
        "spark-submit $OPTIONS --my-own-option a",
        "pyspark --my-own-option",
        "spark-submit --status driver-1",
    ],
)
def test_no_trouble_where_nothing_is_certainly_wrong(command):
    assert loaded(command).troubles == []


def test_a_lost_continuation_is_named_and_leaves_the_rest_open():
    found = fixture("lost-continuation.sh")
    (trouble,) = found.troubles
    assert (trouble.kind, trouble.span.line) == ("command-unfinished", 3)
    assert "line 3 lacks a backslash" in trouble.hint
    (job,) = jobs(found)
    with pytest.raises(Opaque):
        job.conf.get("spark.executor.memory")


# ---- properties files ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("script", "named"), [("submit.sh", "conf/my.conf"), ("bin/submit.sh", "../conf/my.conf")])
def test_a_properties_file_in_the_run_stands_below_the_command(folder, script, named):
    names = [
        folder.write("conf/my.conf", "spark.executor.memory 4g\nspark.executor.cores 2\n"),
        folder.write(script, f"spark-submit --properties-file {named} --executor-cores 3 a.py\n"),
    ]
    found = [load(name, (folder.path / name).read_bytes()) for name in names]
    job = next(job for job in link(found).jobs if job.kind == "spark-submit")
    assert (job.conf.get("spark.executor.memory"), job.conf.get("spark.executor.cores")) == ("4g", "3")
    (alone,) = link(found[1:]).jobs
    assert alone.conf.get("spark.executor.cores") == "3"
    with pytest.raises(Opaque) as hidden:
        alone.conf.get("spark.executor.memory")
    assert hidden.value.place.span().text == named


# ---- carriers ------------------------------------------------------------------------------------------------------


def test_a_script_with_arrays_and_variables():
    nightly, report = fixture("nightly.sh").fragments
    assert settings(nightly) == {
        "--master": "yarn",
        "--deploy-mode": "cluster",
        "--conf spark.sql.shuffle.partitions": "400",
        "--conf spark.executor.memoryOverhead": "1g",
        "--name": "nightly",
        "--executor-memory": "6g",
        "--driver-memory": "${DRIVER_MEMORY:-2g}",
        "--py-files": "lib/dates-1.2-py3.egg,lib/money-0.4-py3.egg",
        "--conf spark.executor.extraJavaOptions": "-XX:+UseG1GC -Dregion=$REGION",
    }
    assert (nightly.name, nightly.main.value) == ("nightly", "jobs/nightly.py")
    assert answers(nightly.world) == (YARN, CLUSTER, PYTHON)
    memory = next(s for s in nightly.layers[0].settings if s.label == "--executor-memory")
    assert memory.span().line == 6
    assert settings(report)["--num-executors"] == "4"
    assert report.layers[0].opened
    assert report.main.value == "jobs/report.jar"


def test_options_in_an_array_that_another_script_reads():
    (fragment,) = fixture("options.template").fragments
    assert (fragment.kind, fragment.name, fragment.complete) == ("spark-submit options", "SUBMIT_OPTIONS", False)
    (job,) = jobs(fixture("options.template"))
    assert job.conf.get("spark.executor.cores") == "4"
    for key in ("spark.executor.memory", "spark.driver.memory"):
        with pytest.raises(Opaque):
            job.conf.get(key)


def test_arguments_for_pyspark_in_a_variable():
    for text in (
        'export PYSPARK_SUBMIT_ARGS="--executor-memory 3g pyspark-shell"',
        'PYSPARK_SUBMIT_ARGS="--executor-memory 3g pyspark-shell" python a.py # pyspark',
    ):
        (fragment,) = loaded(text).fragments
        assert (settings(fragment), fragment.complete) == ({"--executor-memory": "3g"}, True)


def test_calls_of_emr_serverless():
    found = fixture("emr.sh")
    fragment = found.fragments[0]
    assert fragment.name == "nightly"
    assert fragment.world.platform.known == EMR_SERVERLESS
    assert fragment.refers["application"].value == "00f1abcd2345678"
    conf = Conf(fragment.layers)
    assert [(key, conf.get(key)) for key in ("spark.executor.cores", "spark.executor.memory")] == [
        ("spark.executor.cores", "4"),
        ("spark.executor.memory", "14g"),
    ]
    assert conf.setting("spark.executor.memory").span().text == "14g"
    application = next(resource for resource in found.resources if resource.kind == "EmrServerlessApplication")
    assert (application.kind, application.name) == ("EmrServerlessApplication", "etl")
    assert application.value("maximumCapacity", "memory").span().text == "160 GB"
    assert application.word("releaseLabel") == "emr-7.1.0"


def test_a_call_of_emr_on_eks():
    job = jobs(fixture("emr.sh"))[-1]
    assert (job.name, job.world.platform.known, job.world.spark.known) == ("report", EMR_ON_EKS, (3, 3))
    assert answers(job.world) == (KUBERNETES, CLUSTER, JVM)
    assert job.conf.setting("spark.executor.memory").span().text == "6g"
    with pytest.raises(Opaque):
        job.conf.get("spark.kubernetes.container.image")


def test_a_call_whose_json_cannot_be_read_is_noted():
    found = loaded("aws emr-serverless start-job-run --job-driver '{oops'")
    assert found.fragments == []
    assert next(reason for _, reason in found.unread).startswith("not read as JSON")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "Dockerfile",
            [
                ("seed.py", {"--master": "local[2]", "--driver-memory": "1g"}),
                ("main.py", {"--master": "spark://spark:7077", "--executor-memory": "4g"}),
            ],
        ),
        (
            "Makefile",
            [
                (
                    "nightly.py",
                    {
                        "--conf spark.yarn.queue": "$QUEUE",
                        "--master": "yarn",
                        "--executor-memory": "$(MEMORY)",
                        "--executor-cores": "2",
                    },
                )
            ],
        ),
        (
            "compose.yaml",
            [
                ("nightly.py", {"--master": "spark://master:7077", "--executor-memory": "2g"}),
                ("report.jar", {"--driver-memory": "2g"}),
            ],
        ),
        (
            "workflows/ci.yml",
            [("nightly.py", {"--conf spark.app.build": "${{ github.run_id }}", "--driver-memory": "2g"})],
        ),
        (
            "job.yaml",
            [
                (
                    "nightly.jar",
                    {
                        "--master": "k8s://https://kubernetes.default.svc",
                        "--deploy-mode": "cluster",
                        "--executor-memory": "4g",
                    },
                )
            ],
        ),
        (
            "steps.json",
            [
                ("nightly.py", {"--deploy-mode": "cluster", "--executor-memory": "4g"}),
                ("report.jar", {"--executor-cores": "3"}),
            ],
        ),
    ],
)
def test_carriers(name, expected):
    found = fixture(name)
    assert [(fragment.name, settings(fragment)) for fragment in found.fragments] == expected
    assert found.troubles == []
    for fragment in found.fragments:
        for setting in fragment.layers[0].settings:
            if not setting.value.holes:
                assert setting.span().text == setting.value.value


def test_what_carriers_add():
    (job,) = fixture("job.yaml").fragments
    assert job.namespace == "etl"
    assert all(step.world.platform.known == EMR_ON_EC2 for step in fixture("steps.json").fragments)


def test_markdown_blocks_are_examples():
    found = fixture("guide.md")
    whole, form, half = found.fragments
    assert (whole.name, settings(whole), whole.complete) == (
        "nightly.py",
        {"--master": "yarn", "--executor-memory": "4g"},
        True,
    )
    assert all(setting.value.holes for setting in form.layers[0].settings)
    assert (settings(half), half.complete) == ({"--conf spark.executor.cores": "4"}, False)
    assert found.troubles == []


@pytest.mark.parametrize(
    ("name", "data", "module"),
    [
        ("a.sh", b"spark-submit a.py", "shell_script"),
        ("a.bash", b"echo hi", None),
        ("bin/submit", b"#!/usr/bin/env bash\nspark-submit a.py", "shell_script"),
        ("bin/submit", b"#!/usr/bin/env python\nspark-submit a.py", None),
        ("submit", b"spark-submit a.py", None),
        ("Dockerfile.spark", b"CMD spark-submit a.py", "dockerfile"),
        ("Makefile", b"a:\n\tspark-submit a.py", "makefile"),
        ("README.md", b"```\nspark-submit a.py\n```", "markdown"),
        ("compose.yml", b"services:\n  a:\n    command: spark-submit a.py", "yaml_commands"),
        ("values.yml", b"a: spark-submit", None),
        ("job.json", b'{"jobDriver": {"sparkSubmitJobDriver": {}}}', "emr_containers"),
        ("steps.json", b'[{"Args": ["spark-submit"]}]', "emr_steps"),
        ("spark-env.sh.template", b"# spark-submit\n", "shell_script"),
    ],
)
def test_recognition_looks_at_bytes_alone(name, data, module):
    assert recognise(name, data) == module


words = st.text("abc=-. '\"$\\{}", max_size=8)


@given(st.lists(words, max_size=6))
def test_no_command_breaks_the_loader(arguments):
    found = loaded("spark-submit " + " ".join(arguments) + "\n")
    for job in jobs(found):
        for setting in job.conf.settings():
            assert 0 <= setting.span().start <= setting.span().end <= len(found.source.text)


@given(
    st.dictionaries(
        st.sampled_from(["spark.a", "spark.b", "spark.executor.memory"]), st.text("ab 4g\"'\\", max_size=5), max_size=3
    )
)
def test_quoted_settings_come_back(pairs):
    import shlex

    text = "spark-submit " + " ".join(f"--conf {shlex.quote(f'{k}={v}')}" for k, v in pairs.items()) + " a.py"
    (fragment,) = loaded(text).fragments
    assert {s.key: s.value.value for s in fragment.layers[0].settings} == pairs


def test_a_comment_before_a_command_speaks_of_all_its_lines(folder):
    command = "spark-submit --master yarn \\\n  --executor-memory 100m \\\n  a.jar\n"
    plain = folder.check(folder.write("plain.sh", command))
    assert [(finding.rule, finding.span.line) for finding in plain.findings] == [("SPM101", 2)]
    silent = folder.check(folder.write("silent.sh", f"# spmlint: ignore[SPM101] a test\n{command}"))
    assert (silent.findings, silent.suppressed) == ([], 1)


def test_a_value_glued_to_a_variable_stands_in_the_command():
    text = "BAR=4g\nspark-submit --name a=$BAR a.jar\n"
    (fragment,) = load("a.sh", text.encode()).fragments
    (setting,) = fragment.layers[0].settings
    span = setting.span()
    assert (setting.value.value, span.text, span.line) == ("a=4g", "a=", 2)
    assert not setting.is_editable
