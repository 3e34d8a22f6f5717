"""Which kind of file this is, from its name and its bytes alone: no parser is imported for a file that is not ours."""

from __future__ import annotations

_MAIL = (b"MIME-Version:", b"Content-Type: multipart/")
"""How user data of several parts begins, whatever its name says; a kubelet's configuration may be one of them."""
_KUBERNETES_MARKS = (
    (b"KubeletConfiguration",),
    (b"LimitRange",),
    (b"ResourceQuota",),
    (b"kind: Node",),
    (b'"Node"',),
    (b"containers:",),
    (b'"containers"',),
    (b"PersistentVolumeClaim", b"accessModes"),
)
_SPARK_MANIFEST_MARKS = (
    (b"SparkApplication",),
    (b"SparkConnect",),
    (b"SparkCluster",),
    (b"SparkHistoryServer",),
    (b"HelmRelease", b"spark."),
    (b"ConfigMap", b"spark"),
    (b"PodDisruptionBudget", b"spark-"),
    (b"argoproj.io", b"spark"),
)
"""Marks of which all of one line stand in a manifest that is read; those of Spark all hold ``park``."""
_FACTS_MARKS = (b"spmlint: facts", b'"spmlint": "facts"')
_VALUES_MARKS = (b"spark.", b"spark-operator", b"spark-kubernetes-operator", b"spark-k8s-operator")
_KUSTOMIZATIONS = ("kustomization.yaml", "kustomization.yml", "kustomization")
_MAGIC_MARKS = (b"%%configure", b"run_cell_magic")
_PYTHON_MARKS = (
    *((mark,) for mark in _MAGIC_MARKS),
    (b"SparkConf(",),
    (b"SparkSession", b".config("),
    (b"SparkSession", b".master("),
    (b"SparkSubmitOperator",),
    (b"SparkKubernetesOperator",),
    (b"LivyOperator",),
    (b"EmrServerless",),
    (b"EmrContainerOperator",),
    (b"EmrAddStepsOperator",),
    (b"EmrCreateJobFlowOperator",),
    (b"BashOperator", b"spark-submit"),
    (b"SSHOperator", b"spark-submit"),
    (b"KubernetesPodOperator", b"spark-submit"),
    (b"subprocess", b"spark-submit"),
    (b"os.system", b"spark-submit"),
    (b"PYSPARK_SUBMIT_ARGS",),
    (b"start_job_run",),
    (b"sparkSubmitParameters",),
    (b"run_job_flow",),
    (b"add_job_flow_steps",),
    (b"create_application", b"emr-serverless"),
    (b"update_application", b"emr-serverless"),
)
"""Names that a Python file has to hold to set or start anything of Spark's."""
_EMR_SERVERLESS_MARKS = (
    (b'"maximumCapacity"', b'"cpu"'),
    (b'"initialCapacity"', b'"workerCount"'),
    (b'"releaseLabel"', b'"type"'),
    (b'"sparkSubmit"',),
)
"""Marks of which all of one line stand in a request; each field's name alone may be another service's."""
_TEMPLATE_ENDINGS = (".yaml", ".yml", ".json", ".template")
_CLOUDFORMATION_MARKS = (b"AWS::EMRServerless::Application", b"AWS::EMR::Cluster", b"AWS::EMR::Step")
_STEP_FUNCTIONS_MARKS = (b":startJobRun", b"elasticmapreduce:", b"emr:")
_EMR_CLUSTER_MARKS = (b'"Classification"', b'"JobFlow')
_TERRAFORM_MARKS = (
    (b"aws_emrserverless_application",),
    (b"aws_sfn_state_machine", b"tartJobRun"),
    (b"aws_emr_cluster",),
    (b"kubernetes_manifest", b"sparkConf"),
    (b"kubectl_manifest", b"sparkConf"),
)
_SEATUNNEL_MARKS = (b'"env"', b'"source"', b'"sink"', b'"spark.')
_LIVY_MARKS = (
    (b'"session_configs',),
    *(
        (kind, field)
        for kind in (b'"file"', b'"kind"')
        for field in (b'"conf"', b'Memory"', b'Cores"', b'"numExecutors"')
    ),
)
_HOCON_MARKS = (b"spark.", b"context-settings", b"num-cpu-cores", b"spark-submit-config")
_HOCON_NAMES = ("application.conf", "reference.conf")
_HOCON_ENDINGS = (".conf", ".conf.template", ".hocon")
_SHELL_ENDINGS = (".sh", ".bash", ".zsh", ".ksh", ".sh.j2", ".sh.tmpl", ".sh.template")
_COMMAND_MARKS = (
    b"spark-submit",
    b"spark2-submit",
    b"spark3-submit",
    b"SPARK_SUBMIT",
    b"spark-shell",
    b"spark-sql",
    b"pyspark",
    b"sparkR",
    b"start-thriftserver.sh",
    b"start-connect-server.sh",
    b"run-example",
    b"spark-class",
    b"--conf",
    b"emr-serverless",
    b"emr-containers",
)
"""Programs that start Spark, the option they share, and the services whose calls are read."""
_WRITTEN_MARKS = ((b"SparkApplication",), (b"spark-defaults",))
"""What stands in the files that scripts write by here-documents."""
_YAML_COMMANDS = (b"services:", b"steps:", b"script:")
_YAML_ENDINGS = (".yaml", ".yml", ".yaml.j2", ".yml.j2", ".yaml.tmpl", ".yml.tmpl", ".yaml.template", ".yml.template")
_PROPERTIES_ENDINGS = (".conf", ".properties", ".conf.template", ".txt", ".ini", ".cfg")

_COMMAND_GATE = (b"park", b"PARK", b"--conf", b"emr-", b"run-example", b"server.sh")
_YAML_GATE = (*_COMMAND_GATE, b"AWS::EMR", b"spmlint", *(marks[0] for marks in _KUBERNETES_MARKS))
_GATES = {
    "yaml": _YAML_GATE,
    "yml": _YAML_GATE,
    "json": (
        *(b"park", b"spmlint", b"AWS::EMR", b'"apiVersion"', b":states:::", b'"Args"', b'"JobFlow', b'lassification"'),
        *(b'Capacity"', b'"releaseLabel"', b'"session_configs', b'"conf"', b'Memory"', b'Cores"', b'"numExecutors"'),
    ),
    "py": (
        b"park",
        b"PARK",
        b"Emr",
        b"emr-serverless",
        b"Livy",
        b"_job_run",
        b"job_flow",
        b"%%configure",
        b"cell_magic",
    ),
    "sh": _COMMAND_GATE,
}
"""By the ending of a name, parts of all marks: a file that holds none of them is not looked at any closer.

In a large repository that is nearly every file.
"""


def recognise(path: str, data: bytes) -> str | None:
    """The module that reads this file, or None where it is not ours. Looks at the name and the bytes alone."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        # UTF-16 behind a byte order mark: the marks below are written in ASCII.
        data = data.decode("utf-16", "replace").encode()
    name = path.replace("\\", "/").rsplit("/", 1)[-1].lower()
    gate = _GATES.get(name.rpartition(".")[2])
    if gate is not None and not _has_any(data, gate) and name not in _KUSTOMIZATIONS:
        return None
    if data.startswith(_MAIL):
        return None
    if name.endswith(".ipynb"):
        return "notebook" if b"%%configure" in data or is_python(data) else None
    if name.endswith((".md", ".markdown")) and (
        _has_commands(data) or is_python(data) or (b"```" in data and _has_objects(data))
    ):
        return "markdown"
    if name.endswith(".py"):
        return "python_code" if is_python(data) else None
    if name.endswith(".md"):
        return "configure_text" if _has_any(data, _MAGIC_MARKS) else None
    if name in _KUSTOMIZATIONS:
        return "kustomization"
    if name.endswith(_TEMPLATE_ENDINGS) and _has_any(data, _CLOUDFORMATION_MARKS):
        return "cloudformation"
    if name.endswith(_TEMPLATE_ENDINGS) and _has_any(data, _FACTS_MARKS):
        return "facts"
    if name.endswith(_YAML_ENDINGS):
        if "values" in name and _has_any(data, _VALUES_MARKS):
            return "helm_values"
        if _is_manifest(data):
            return "kubernetes"
        if _has_any(data, _YAML_COMMANDS) and _has_commands(data):
            return "yaml_commands"
        return "yaml_settings" if b"spark." in data and _has_settings(data) else None
    if name == "yarn-site.xml":
        return "yarn_site"
    if name.endswith((".tf", ".tfvars")):
        return "terraform" if name.endswith(".tfvars") or _has_marks(data, _TERRAFORM_MARKS) else None
    if name.endswith(".json"):
        if b":states:::" in data and _has_any(data, _STEP_FUNCTIONS_MARKS):
            return "step_functions"
        if b'"sparkSubmitJobDriver"' in data:
            return "emr_containers"
        if b'"virtualClusterId"' not in data and _has_marks(data, _EMR_SERVERLESS_MARKS):
            return "emr_serverless"
        if _has_any(data, _EMR_CLUSTER_MARKS) or _is_configurations(data):
            return "emr_cluster"
        if b'"Args"' in data and _has_commands(data):
            return "emr_steps"
        if b'"apiVersion"' in data:
            return "kubernetes_json" if _is_manifest(data) else None
        if all(mark in data for mark in _SEATUNNEL_MARKS):
            return "hocon"
        return "livy_files" if _has_marks(data, _LIVY_MARKS) else None
    for module, is_kind in (("dockerfile", _is_dockerfile), ("makefile", _is_makefile), ("shell_script", _is_shell)):
        if is_kind(name, data):
            return module if _has_commands(data) or (b"<<" in data and _has_marks(data, _WRITTEN_MARKS)) else None
    if _is_hocon(name, data):
        return "hocon"
    if name.startswith("spark-blacklist"):  # Livy's list of keys
        return None
    if name.startswith("spark-default") or (name.endswith(_PROPERTIES_ENDINGS) and b"spark." in data):
        return "spark_defaults"
    return None


def _is_manifest(data: bytes) -> bool:
    return (b"park" in data and _has_marks(data, _SPARK_MANIFEST_MARKS)) or _has_marks(data, _KUBERNETES_MARKS)


def _has_settings(data: bytes) -> bool:
    """Whether a line of YAML gives a key of Spark's a value."""
    import re

    return re.search(rb"^[ \t]*[\"']?spark\.[A-Za-z][\w.]*[\"']?[ \t]*:(?:[ \t]|$)", data, re.M) is not None


def _has_objects(data: bytes) -> bool:
    """Whether a text may hold a resource of an operator, or a request to EMR."""
    return b"SparkApplication" in data or _has_marks(data, _EMR_SERVERLESS_MARKS) or b"sparkSubmitJobDriver" in data


def is_python(data: bytes) -> bool:
    """Whether a program in Python, or a notebook, holds a name that it needs to set or start anything of Spark's."""
    return _has_marks(data, _PYTHON_MARKS)


def _has_marks(data: bytes, alternatives: tuple[tuple[bytes, ...], ...]) -> bool:
    # Loops and not `any(all(...))`: in a large repository nearly all of the time is spent here.
    for marks in alternatives:
        for mark in marks:
            if mark not in data:
                break
        else:
            return True
    return False


def _has_any(data: bytes, marks: tuple[bytes, ...]) -> bool:
    for mark in marks:  # noqa: SIM110  # as above
        if mark in data:
            return True
    return False


def _has_commands(data: bytes) -> bool:
    return _has_any(data, _COMMAND_MARKS)


def _is_configurations(data: bytes) -> bool:
    """Whether a JSON file is a bare list of EMR configurations in the lower-case spelling."""
    return b'"classification"' in data and b'"properties"' in data and data.lstrip().startswith(b"[")


def _is_dockerfile(name: str, data: bytes) -> bool:
    return name.startswith(("dockerfile", "containerfile")) or name.endswith((".dockerfile", ".containerfile"))


def _is_makefile(name: str, data: bytes) -> bool:
    return name in ("makefile", "gnumakefile") or name.endswith((".mk", ".make"))


def _is_shell(name: str, data: bytes) -> bool:
    """Whether a file is a shell script, by its ending or by its first line."""
    if name.endswith(_SHELL_ENDINGS):
        return True
    if name.endswith(".template"):
        return not name.endswith(_HOCON_ENDINGS) and b"--conf" in data and not data.lstrip().startswith((b"{", b"<"))
    return data.startswith(b"#!") and b"sh" in data[:80].split(b"\n", 1)[0]


def _is_hocon(name: str, data: bytes) -> bool:
    """Whether a configuration file is HOCON and no properties file.

    By its name, or by what properties files do not have: blocks that open and close on lines of their own, and values in
    double quotes (0 of 1,571 settings in 153 real files), unless the name says that it is Spark's own file.
    """
    if not name.endswith(_HOCON_ENDINGS) or name.startswith("spark-default"):
        return False
    if not _has_any(data, _HOCON_MARKS):
        return False
    if name in _HOCON_NAMES or name.endswith(".hocon"):
        return True
    import re

    if re.search(rb"^(?:[^#!\n]*[^#!\n{$])?\{[ \t]*(?:(?:#|//)[^\n]*)?\r?$", data, re.M):
        return re.search(rb"^[ \t]*[}\]]", data, re.M) is not None
    return not name.startswith("spark") and re.search(rb'^[ \t]*[\w."-]+[ \t]*[=:][ \t]*"', data, re.M) is not None
