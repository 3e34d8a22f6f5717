"""Release labels, the Spark they carry, and what they have."""

from __future__ import annotations

import pytest

from spmlint.emr.releases import (
    DISK_TYPE,
    INTERACTIVE,
    MERGED_CONFIGURATION,
    SERVERLESS_STORAGE,
    SERVERLESS_STORAGE_1TB,
    UNBOUNDED_EXECUTORS,
    Release,
    default_max_executors,
    has_feature,
    parse_release,
    spark_version,
)

SPARK_OF = {
    "emr-6.3.0": "3.1.1",
    "emr-6.4.0": "3.1.2",
    "emr-6.5.0": "3.1.2",
    "emr-6.6.0": "3.2.0",
    "emr-6.7.0": "3.2.1",
    "emr-6.8.0": "3.3.0",
    "emr-6.8.1": "3.3.0",
    "emr-6.9.0": "3.3.0",
    "emr-6.10.0": "3.3.1",
    "emr-6.11.0": "3.3.2",
    "emr-6.11.1": "3.3.2",
    "emr-6.12.0": "3.4.0",
    "emr-6.13.0": "3.4.1",
    "emr-6.14.0": "3.4.1",
    "emr-6.15.0": "3.4.1",
    "emr-7.0.0": "3.5.0",
    "emr-7.1.0": "3.5.0",
    "emr-7.2.0": "3.5.1",
    "emr-7.3.0": "3.5.1",
    "emr-7.4.0": "3.5.2",
    "emr-7.5.0": "3.5.2",
    "emr-7.6.0": "3.5.3",
    "emr-7.7.0": "3.5.3",
    "emr-7.8.0": "3.5.4",
    "emr-7.9.0": "3.5.5",
    "emr-7.10.0": "3.5.5",
    "emr-7.11.0": "3.5.6",
    "emr-7.12.0": "3.5.6",
    "emr-7.13.0": "3.5.6",
    "emr-spark-8.0.0": "4.0.2",
    "emr-spark-8.0-preview": "4.0.1",
    "emr-spark-8.1.0": "4.1.1",
}
"""As the release pages say, without the -amzn- suffix."""


@pytest.mark.parametrize(("label", "spark"), SPARK_OF.items())
def test_spark_of_a_release(label: str, spark: str) -> None:
    assert spark_version(label) == tuple(int(part) for part in spark.split(".")[:2])


@pytest.mark.parametrize(
    ("label", "spark"), [("emr-5.36.0", (2, 4)), ("emr-6.2.0", (3, 0)), ("emr-4.9.1", (1, 6)), ("emr-7.14.0", (3, 5))]
)
def test_old_and_newest(label: str, spark: tuple[int, int]) -> None:
    assert spark_version(label) == spark


@pytest.mark.parametrize(
    "label", ["emr-7.15.0", "emr-8.0.0", "emr-6.16.0", "emr-spark-8.2.0", "emr-spark-7.0.0", "3.5.1", ""]
)
def test_unknown_releases_have_no_spark(label: str) -> None:
    assert spark_version(label) is None


@pytest.mark.parametrize(
    ("label", "series", "version"),
    [
        ("emr-7.5.0", "emr", (7, 5)),
        ("emr-7.5.0-latest", "emr", (7, 5)),
        ("emr-6.10.0-20230421", "emr", (6, 10)),
        ("emr-7.7.0-java8-latest", "emr", (7, 7)),
        ("notebook-spark/emr-7.13.0-latest", "emr", (7, 13)),
        (" emr-7.5.0 ", "emr", (7, 5)),
        ("emr-spark-8.0.0-latest", "emr-spark", (8, 0)),
    ],
)
def test_labels(label: str, series: str, version: tuple[int, int]) -> None:
    assert parse_release(label) == Release(series, version)


@pytest.mark.parametrize("label", ["emr", "emr-7", "emr-x.y.z", "7.5.0", "emr-7.5.0latest", "custom-build", "emr-${V}"])
def test_what_is_no_label(label: str) -> None:
    assert parse_release(label) is None


@pytest.mark.parametrize(
    ("feature", "last_without", "first_with"),
    [
        (DISK_TYPE, "emr-7.0.0", "emr-7.1.0"),
        (INTERACTIVE, "emr-6.13.0", "emr-6.14.0"),
        (SERVERLESS_STORAGE, "emr-7.11.0", "emr-7.12.0"),
        (SERVERLESS_STORAGE_1TB, "emr-7.13.0", "emr-7.14.0"),
        (SERVERLESS_STORAGE_1TB, "emr-spark-8.0.0", "emr-spark-8.1.0"),
        (MERGED_CONFIGURATION, "emr-spark-8.0.0", "emr-spark-8.1.0"),
        (UNBOUNDED_EXECUTORS, "emr-6.9.0", "emr-6.10.0"),
    ],
)
def test_features(feature: str, last_without: str, first_with: str) -> None:
    assert has_feature(last_without, feature) is False
    assert has_feature(first_with, feature) is True


def test_what_no_source_says() -> None:
    assert has_feature("emr-spark-8.0.0", SERVERLESS_STORAGE) is None
    assert has_feature("emr-7.14.0", MERGED_CONFIGURATION) is None
    assert has_feature("custom", DISK_TYPE) is None


def test_default_max_executors() -> None:
    assert default_max_executors("emr-6.9.0") == 100
    assert [
        default_max_executors(label) for label in ("emr-6.10.0", "emr-7.5.0", "emr-spark-8.0.0", "custom", None)
    ] == [None] * 5
