"""The queue: nothing accepted is lost, nothing is done twice."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from pipeline.errors import FileDamaged, FileMissing
from pipeline.workflow.queue import JobQueue, failure


@pytest.fixture
def queue(tmp_path: Path) -> JobQueue:
    return JobQueue(tmp_path / "queue")


def put(queue: JobQueue, name: str = "a.txt", data: bytes = b"x") -> int:
    return queue.put(name, data, actor="Lan", role="văn thư", origin="tải lên").id


def test_a_file_is_on_the_disk_once_it_is_accepted_and_goes_when_it_is_done(queue: JobQueue) -> None:
    number = put(queue, "công văn.pdf", b"%PDF-")
    path = queue.path(number, "công văn.pdf")
    assert path.read_bytes() == b"%PDF-"
    assert path.name == "công văn.pdf"
    queue.take("w")
    queue.finish(number, "added", {"records": ["r-1"]})
    assert not path.exists()
    assert queue.job(number).result == {"records": ["r-1"]}


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("a.pdf", "a.pdf"), ("../../etc/passwd", "passwd"), ("C:\\quét\\01.pdf", "01.pdf"), ("..", "tep"), ("", "tep"),
        ("ệ" * 200 + ".pdf", "ệ" * 65 + ".pdf"),
    ],
)  # fmt: skip
def test_names_stay_in_the_folder(queue: JobQueue, given: str, kept: str) -> None:
    number = put(queue, given)
    path = queue.path(number, given)
    assert (path.name, path.parent.parent) == (kept, queue.folder / "files")
    assert path.is_file()


def test_jobs_are_taken_once_and_in_order(queue: JobQueue) -> None:
    numbers = [put(queue, f"{i}.txt") for i in range(12)]
    taken: list[int] = []

    def work(worker: str) -> None:
        own = JobQueue(queue.folder)
        while (job := own.take(worker)) is not None:
            taken.append(job.id)
            own.finish(job.id, "added", {})

    threads = [threading.Thread(target=work, args=(f"w{i}",)) for i in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == numbers
    assert queue.counts()["added"] == 12


def test_a_dead_workers_job_is_taken_again_and_given_up_when_two_died_on_it(queue: JobQueue) -> None:
    number = put(queue)
    assert queue.take("w1") is not None
    assert queue.recover(older_than=60) == 0  # it still gives signs of life
    assert queue.recover(older_than=-1) == 1
    again = queue.take("w2")
    assert again is not None
    assert (again.id, again.tries) == (number, 2)
    queue.recover(older_than=-1)
    job = queue.job(number)
    assert job.state == "failed"
    assert job.result["error"]["code"] == "worker_died"
    assert queue.path(number, "a.txt").is_file()
    queue.retry(number)
    assert queue.take("w3") is not None


def test_progress_and_failure_are_kept(queue: JobQueue) -> None:
    number = put(queue)
    queue.take("w")
    queue.progress(number, 2, 5)
    assert (queue.job(number).pages_done, queue.job(number).pages_total) == (2, 5)
    error = FileDamaged("a.txt", reason="cụt")
    queue.finish(number, "failed", failure(error))
    assert queue.job(number).result["error"]["message"] == error.message
    queue.clear()
    assert queue.jobs() == []
    with pytest.raises(ValueError, match="waiting"):
        queue.finish(number, "waiting", {})


def test_a_watched_file_is_taken_once_for_each_content(queue: JobQueue, tmp_path: Path) -> None:
    path = tmp_path / "den.txt"
    path.write_text("một")
    how = {"actor": "thư mục theo dõi", "role": "văn thư", "origin": str(tmp_path)}
    assert queue.put_arrival(path, **how) is not None
    assert queue.put_arrival(path, **how) is None
    path.write_text("hai ba")
    assert queue.put_arrival(path, **how) is not None
    assert path.read_text() == "hai ba"
    with pytest.raises(FileMissing):
        queue.put_arrival(tmp_path / "khong-co.txt", **how)


def test_the_list_shows_work_first_then_what_waits_then_the_newest(queue: JobQueue) -> None:
    done, failed, reading, waiting, later = (put(queue, f"{i}.txt") for i in range(5))
    for number, state in ((done, "added"), (failed, "failed")):
        queue.take("w")
        queue.finish(number, state, {})  # type: ignore[arg-type]
    queue.take("w")
    assert [job.id for job in queue.jobs()] == [reading, waiting, later, failed, done]
