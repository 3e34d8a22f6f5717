"""What an application offers and a job asks for, as they are written."""

import pytest

from spmlint.answer import EMR_SERVERLESS, YARN, Split, World
from spmlint.emr.application import SESSION, Room, job_worker, maximum_capacity, runs_here
from spmlint.emr.capacity import Capacity
from spmlint.emr.workers import Worker


class Application:
    def __init__(self, **capacity):
        self.capacity = capacity

    def word(self, *path):
        return self.capacity.get(path[-1])


@pytest.mark.parametrize(
    ("capacity", "expected"),
    [
        ({"cpu": "100 vCPU", "memory": "400GB", "disk": "150 gb"}, Capacity(100, 400, 150)),
        ({"cpu": "100", "memory": "400"}, Capacity(100, 400)),
        ({"cpu": "100 vCPU", "memory": "400 GB", "disk": "150"}, None),
        ({"cpu": "100 cores", "memory": "400 GB"}, None),
        ({"cpu": "100 vCPU"}, None),
        ({}, None),
    ],
)
def test_maximum_capacity(capacity, expected):
    assert maximum_capacity(Application(**capacity)) == expected


@pytest.mark.parametrize(
    ("cores", "need_mib", "disk", "expected"),
    [
        (2, 4505, None, Worker(2, 5, 20)),
        (2, 4505, "200g", Worker(2, 5, 200)),
        (4, 30 * 1024, None, Worker(4, 30)),
        (4, 30 * 1024 + 1, None, None),
        (3, 4505, None, None),
        (2, 4505, "20Gi", None),
    ],
)
def test_the_worker_of_a_role(cores, need_mib, disk, expected):
    conf = {} if disk is None else {"spark.emr-serverless.executor.disk": disk}
    assert job_worker(conf, "executor", cores, need_mib) == expected


def test_a_notebook_has_two_counts_and_a_job_has_one():
    maximum, driver, executor = Capacity(400, 3000, 150), Worker(1, 5), Worker(2, 5)
    notebook, job = (Room(maximum, driver, executor, notebook=kind) for kind in (True, False))
    assert notebook.counts() == "disk allows 6 executors beside the driver, 5 beside driver and notebook kernel"
    assert (notebook.least.executors, job.least.executors) == (5, 6)
    assert job.counts() == "disk allows 6 executors beside the driver"
    assert [line for line in notebook.derivation() if line.startswith("disk")] == [
        "disk: 150 GB - 20 (driver) = 130 GB: 6 x 20 GB per executor",
        "disk: 150 GB - 20 (driver) - 20 (kernel) = 110 GB: 5 x 20 GB per executor",
    ]


class Job:
    def __init__(self, kind, *platforms):
        self.kind = kind
        self.world = World().narrowed("platform", platforms)


@pytest.mark.parametrize("kind", ["EMR Serverless job run", SESSION])
def test_a_job_whose_files_say_so_runs_here(kind):
    assert runs_here(Job(kind, EMR_SERVERLESS))
    assert not runs_here(Job(kind, YARN))


def test_a_session_of_an_unknown_platform_is_asked_and_a_command_is_not():
    with pytest.raises(Split):
        runs_here(Job(SESSION, EMR_SERVERLESS, YARN))
    assert not runs_here(Job("spark-submit", EMR_SERVERLESS, YARN))
