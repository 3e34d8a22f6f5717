"""The same key stands twice in one place, with different values: only the last one holds.

What it does
    Finds a key that one properties file, one map of a resource or request, or one command gives more than once in the same
    way, each time with another value, and defaults of a LimitRange that a later item of type Container gives anew. Equal
    repetitions say nothing new and are left alone.
Why it hurts
    The first value is dropped without a word. Whoever reads the file from the top believes it, and whoever deletes the second
    line later changes the job. In a LimitRange a `max` is a default too: an item that only bounds containers takes the place of
    the frugal defaults before it, and every container without limits of its own gets the maximum.
Example: spark-defaults.conf
    spark.memory.fraction  0.6
    spark.executor.memory  4g
    spark.memory.fraction  0.7
Use instead: spark-defaults.conf
    spark.executor.memory  4g
    spark.memory.fraction  0.7
Applies to
    Every platform and version. A value beaten by another field, flag or file is overridden-setting.
References
    java.util.Properties.load; SparkSubmitArguments (a later --conf replaces an earlier one); RFC 8259, section 4;
    defaultContainerResourceRequirements (plugin/pkg/admission/limitranger).
"""

from __future__ import annotations

from itertools import takewhile

from spmlint.rule import WARNING, Finding, Iterator, Opaque, Related, Resource, Rule, Setting, Written

TYPE_CHECKING = False
if TYPE_CHECKING:
    from spmlint.places.namespaces import Item

rule = Rule("SPM708", "duplicate-key")


@rule.check(WARNING, triggers=("spark.*",))
def written_again(written: Written) -> Iterator[Finding]:
    setting = written.setting
    again = _again(written)
    if again is None or setting.value.known() == again.value.known():
        return
    yield rule.finding(
        setting.name or setting,
        f"{setting.label} = {setting.value.value} has no effect: line {again.span().line} gives it again as "
        f"{again.value.value}, and the last one holds",
        related=[Related(again, f"{again.label} = {again.value.value} holds")],
        subject=setting.key,
    )


@rule.check(WARNING, triggers=("LimitRange",))
def defaulted_again(resource: Resource) -> Iterator[Finding]:
    from spmlint.kubernetes.limit_range import CONTAINER
    from spmlint.places.namespaces import items_of, say_amount

    items = [item for item in items_of(resource) if item.type == CONTAINER]
    for at, item in enumerate(items):
        for field in ("default", "defaultRequest"):
            for name, quantity in item.bound(field).items():
                last = _last_default(items[at + 1 :], field, name)
                if last is not None and last[1] != quantity.milli():
                    yield rule.finding(
                        quantity,
                        f"{field}.{name} {quantity.known()} never applies: a later item of type {CONTAINER} makes it "
                        f"{say_amount(name, last[1])}, and the last one holds",
                        related=[Related(last[0].view.place("type"), f"{say_amount(name, last[1])} holds")],
                        subject=f"{field}.{name}",
                    )


def _last_default(items: list[Item], field: str, name: str) -> tuple[Item, int] | None:
    """The last item that gives containers a default of this resource, in thousandths, be it by its ``max`` or ``min``."""
    for item in reversed(items):
        model = item.model()
        given = model.default if field == "default" else model.default_request
        if name in given:
            return item, given[name]
    return None


def _again(written: Written) -> Setting | None:
    """The last setting of the same key that is spelt the same way in the same layer.

    Raises:
        Opaque: template lines stand between the two, of which only one may be rendered.
    """
    setting = written.setting
    layer = setting.layer
    stronger = takewhile(lambda one: one is not setting, written.job.conf.by_strength(setting.key))
    last = next((one for one in stronger if one.layer is layer and _is_same(one, setting)), None)
    if last is not None and layer.opened:
        for rank, reason, place, _ in layer.opened:
            if setting.position < rank <= last.position:
                raise Opaque(reason, place)
    return last


def _is_same(one: Setting, other: Setting) -> bool:
    return one.key == other.key and one.label == other.label and one.span() != other.span()
