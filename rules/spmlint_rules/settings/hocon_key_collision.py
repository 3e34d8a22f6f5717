"""In a HOCON file a Spark key is a value and the beginning of another key: one of the two is lost.

What it does
    Finds unquoted keys such as `spark.speculation` beside `spark.speculation.quantile`. To HOCON a dot opens an object, and a
    path is either a value or an object: the later one replaces the earlier one.
Why it hurts
    Nothing is said. Speculation is on with the default quantile, or the quantile is set and speculation is off.
Example: application.conf
    spark {
      contexts {
        nightly {
          spark.speculation = true
          spark.speculation.quantile = 0.9
        }
      }
    }
Use instead: application.conf
    spark {
      contexts {
        nightly {
          "spark.speculation" = true
          "spark.speculation.quantile" = 0.9
        }
      }
    }
Applies to
    Files whose reader cuts keys at dots; SeaTunnel keeps both.
References
    HOCON, "Path expressions" and "Duplicate keys and object merging"; spark-jobserver issue 1128.
"""

from __future__ import annotations

from spmlint.rule import WARNING, Finding, Iterator, Rule, Trouble

rule = Rule("SPM719", "hocon-key-collision")


@rule.check(WARNING, triggers=("hocon-collision",))
def one_is_lost(trouble: Trouble) -> Iterator[Finding]:
    yield rule.finding(trouble.span, f"{trouble.message}; write both keys in quotes")
