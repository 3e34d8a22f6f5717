"""A size in a request to EMR Serverless is spelt in a way the service refuses.

What it does
    Reads `cpu`, `memory`, `disk` and `diskType` of maximumCapacity and initialCapacity by the patterns of the API: whole
    numbers, `vCPU` and `GB` behind at most one blank, and a disk never without its unit.
Why it hurts
    "ValidationException: Value '16g' at 'maximumCapacity.memory' failed to satisfy constraint". The SDK and the command line
    do not check it, so it comes back from the service, perhaps from a pipeline.
Example: application.json
    {
      "releaseLabel": "emr-7.5.0",
      "type": "SPARK",
      "maximumCapacity": {"cpu": "100 vCPU", "memory": "400g", "disk": "2000"}
    }
Use instead: application.json
    {
      "releaseLabel": "emr-7.5.0",
      "type": "SPARK",
      "maximumCapacity": {"cpu": "100 vCPU", "memory": "400 GB", "disk": "2000 GB"}
    }
Fix safety
    Unsafe: the unit is a guess, though the service takes no other.
Applies to
    Fields of the EMR Serverless API. Spark's own properties (`spark.emr-serverless.executor.disk`) take `20G`.
References
    botocore, emr-serverless/2021-07-13: CpuSize, MemorySize, DiskSize, DiskType.
"""

from __future__ import annotations

from spmlint.emr.pools import INITIAL_CAPACITY, SIZE
from spmlint.emr.sizes import SizeError, parse_cpu, parse_disk_gb, parse_disk_type, parse_memory_gb
from spmlint.rule import ERROR, UNSAFE, Edit, Finding, Fix, Iterator, Resource, Rule, View

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

rule = Rule("SPM606", "size-string-invalid", fixable=UNSAFE)

FIELDS: dict[str, Callable[[str], object]] = {
    "cpu": parse_cpu,
    "memory": parse_memory_gb,
    "disk": parse_disk_gb,
    "diskType": parse_disk_type,
}


@rule.check(ERROR, triggers=("EmrServerlessApplication",))
def service_refuses(resource: Resource) -> Iterator[Finding]:
    yield from _of(resource.at("maximumCapacity"), "maximumCapacity")
    for name, pool in resource.parts(INITIAL_CAPACITY).items():
        yield from _of(pool.at(SIZE), f"{INITIAL_CAPACITY} of {name}")


def _of(sizes: View | None, owner: str) -> Iterator[Finding]:
    for field, parse in FIELDS.items():
        text = sizes.word(field) if sizes is not None else None
        if sizes is None or text is None:
            continue
        try:
            parse(text)
        except SizeError as error:
            hint = "" if error.suggestion is None else f"; write {error.suggestion}"
            yield rule.finding(
                sizes.place(field),
                f"{field} of {owner}: '{text}' is refused: {error.reason}{hint}",
                fix=_fix(sizes, field, error.suggestion),
                subject=f"{owner} {field}",
            )


def _fix(sizes: View, field: str, suggestion: str | None) -> Fix | None:
    if suggestion is None or not sizes.is_editable(field):
        return None
    return Fix(f"write {suggestion}", [Edit(sizes.place(field), suggestion)], UNSAFE)
