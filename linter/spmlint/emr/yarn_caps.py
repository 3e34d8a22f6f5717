"""How much memory YARN may give out on a node of EMR on EC2, by instance type.

Source: EMR release guide, emr-hadoop-task-config (last public text, 2023): ``yarn.nodemanager.resource.memory-mb``, which EMR
also makes ``yarn.scheduler.maximum-allocation-mb``. Families newer than that text (m6i, m7g, r7i ...) are not in it, and
m5zn.2xlarge is left out, because the page repeats the number of m5zn.xlarge there.
"""

from __future__ import annotations

# A family a line: size=MiB, or size=MiB/MiB with HBase installed where the page gives both.
_CAPS = """
c1 medium=1024 xlarge=5120/2560
c3 xlarge=5632/2816 2xlarge=11520/5760 4xlarge=23040/11520 8xlarge=53248/26624
c4 large=1792/896 xlarge=5632/2816 2xlarge=11520/5760 4xlarge=23040/11520 8xlarge=53248/26624
c5 xlarge=6144 2xlarge=12288 4xlarge=24576 9xlarge=65536 12xlarge=90112 18xlarge=139264 24xlarge=188416
c5a xlarge=5632 2xlarge=11712 4xlarge=23424 8xlarge=54272 12xlarge=90112 16xlarge=116736 24xlarge=179200
c5ad xlarge=5632 2xlarge=11712 4xlarge=23424 8xlarge=54272 12xlarge=85504 16xlarge=116736 24xlarge=179200
c5d xlarge=6144 2xlarge=12288 4xlarge=24576 9xlarge=65536 18xlarge=139264
c5n xlarge=8064 2xlarge=16128 4xlarge=34816 9xlarge=90112 18xlarge=188416
c6g xlarge=5632 2xlarge=11712 4xlarge=23424 8xlarge=54272 12xlarge=85504 16xlarge=116736
c6gd xlarge=5632 2xlarge=11712 4xlarge=23424 8xlarge=54272 12xlarge=85504 16xlarge=116736
c6gn xlarge=5632 2xlarge=11712 4xlarge=23424 8xlarge=54272 12xlarge=85504 16xlarge=116736
cc2 8xlarge=56320/28160
cg1 4xlarge=20480/10240
cr1 8xlarge=241664/211456
d2 xlarge=23424/11712 2xlarge=54272/27136 4xlarge=116736/87552 8xlarge=241664/211470
d3 xlarge=23424 2xlarge=54272 4xlarge=116736 8xlarge=241664
d3en xlarge=11712 2xlarge=23424 4xlarge=54272 6xlarge=85504 8xlarge=116736 12xlarge=179200
g2 2xlarge=12288/6144
g3 4xlarge=116736 8xlarge=241664 16xlarge=491520
g3s xlarge=23424
g4dn xlarge=12288 2xlarge=24576 4xlarge=57344 8xlarge=122880 12xlarge=188416 16xlarge=253952
hi1 4xlarge=53760/26880
hs1 8xlarge=56320/28160
i2 xlarge=23424/11712 2xlarge=54272/27136 4xlarge=116736/87552 8xlarge=241664/211456
i3 xlarge=23424 2xlarge=54272 4xlarge=116736 8xlarge=241664 16xlarge=491520
i3en xlarge=24576 2xlarge=57344 3xlarge=90112 6xlarge=188416 12xlarge=385024 24xlarge=778240
m1 medium=2048 large=5120/2560 xlarge=12288/6144
m2 xlarge=14336/7168 2xlarge=61440/15360 4xlarge=61440/30720
m3 2xlarge=23040/11520
m4 large=6144/3072 xlarge=12288/6144 2xlarge=24576/12288 4xlarge=57344/28672 10xlarge=155648/124544 16xlarge=253952
m5 xlarge=12288 2xlarge=24576 4xlarge=57344 8xlarge=122880 12xlarge=188416 16xlarge=253952 24xlarge=385024
m5a xlarge=12288 2xlarge=24576 4xlarge=57344 8xlarge=122880 12xlarge=188416 16xlarge=253952 24xlarge=385024
m5d xlarge=12288 2xlarge=24576 4xlarge=57344 8xlarge=122880 12xlarge=188416 16xlarge=253952 24xlarge=385024
m5zn xlarge=11520 3xlarge=38656 6xlarge=85504 12xlarge=179200
m6g xlarge=11712 2xlarge=23424 4xlarge=54272 8xlarge=116736 12xlarge=181248 16xlarge=241664
m6gd xlarge=11712 2xlarge=23424 4xlarge=54272 8xlarge=116736 12xlarge=181248 16xlarge=241664
p2 xlarge=54272 8xlarge=491520 16xlarge=741376
p3 2xlarge=54272 8xlarge=241664 16xlarge=491520
r3 xlarge=23424/11712 2xlarge=54272/27136 4xlarge=116736/87552 8xlarge=241664/211456
r4 xlarge=23424/11712 2xlarge=54272/27136 4xlarge=116736/87552 8xlarge=241664/211456 16xlarge=491520/460800
r5 xlarge=24576 2xlarge=57344 4xlarge=122880 8xlarge=253952 12xlarge=385024 16xlarge=516096 24xlarge=778240
r5a xlarge=24576 2xlarge=57344 4xlarge=122880 8xlarge=253952 12xlarge=385024 16xlarge=516096 24xlarge=778240
r5b xlarge=23424 2xlarge=54272 4xlarge=116736 8xlarge=241664 12xlarge=366592 16xlarge=491520 24xlarge=741376
r5d xlarge=24576 2xlarge=57344 4xlarge=122880 8xlarge=253952 12xlarge=385024 16xlarge=516096 24xlarge=778240
r5dn xlarge=23424 2xlarge=54272 4xlarge=116736 8xlarge=241664 12xlarge=366592 16xlarge=491520 24xlarge=741376
r6g xlarge=23424 2xlarge=54272 4xlarge=116736 8xlarge=241664 12xlarge=366592 16xlarge=491520
r6gd xlarge=23424 2xlarge=54272 4xlarge=116736 8xlarge=241664 12xlarge=366592 16xlarge=491520
z1d xlarge=24576 2xlarge=57344 3xlarge=90112 6xlarge=188416 12xlarge=385024
"""

_by_type: dict[str, tuple[int, int | None]] = {}


def yarn_cap_mib(instance_type: str, *, hbase: bool = False) -> int | None:
    """MiB that YARN hands out on one node of ``instance_type`` (``m5.xlarge``); None where the source does not say.

    With ``hbase``: what is left of it beside HBase.
    """
    alone, with_hbase = _table().get(instance_type, (None, None))
    return with_hbase if hbase else alone


def _table() -> dict[str, tuple[int, int | None]]:
    """The table by instance type, read from `_CAPS` when first needed."""
    if not _by_type:
        for line in _CAPS.split("\n"):
            family, *sizes = line.split() or [""]
            for entry in sizes:
                size, _, caps = entry.partition("=")
                alone, _, with_hbase = caps.partition("/")
                _by_type[f"{family}.{size}"] = int(alone), int(with_hbase) if with_hbase else None
    return _by_type
