"""Paths in reports are written with slashes wherever the run happens.

What only POSIX systems have is found by mypy: .ci/run checks both packages as they would run on Windows.
"""

import os


def test_paths_are_written_with_slashes(folder, monkeypatch):
    folder.write("jobs\\spark-defaults.conf", "spark.executor.memory 400m\nspark.executor.cores {{ cores }}\n")
    monkeypatch.setattr(os, "sep", "\\")
    report = folder.check("jobs\\spark-defaults.conf", "jobs\\nowhere.conf")
    assert [finding.span.source.path for finding in report.findings] == ["jobs/spark-defaults.conf"]
    assert {entry.span.source.path for entry in report.not_checked} == {"jobs/spark-defaults.conf"}
    assert report.files == ["jobs/spark-defaults.conf"]
    assert [failure.path for failure in report.failures] == ["jobs/nowhere.conf"]
