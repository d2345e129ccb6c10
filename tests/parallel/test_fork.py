"""Work in several processes: the same results in the same order, and no process left behind."""

from __future__ import annotations

import os
import signal
import time
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossierkit.parallel import fork
from dossierkit.parallel.fork import Work, apart, spread

CHILDREN = Path(f"/proc/self/task/{os.getpid()}/children")

pytestmark = pytest.mark.skipif(not CHILDREN.exists(), reason="the system does not tell a process's children")


@pytest.fixture(autouse=True)
def _nothing_left():
    before = CHILDREN.read_text(encoding="ascii")
    yield
    assert CHILDREN.read_text(encoding="ascii") == before


def _killed_apart_from(here):
    assert os.getpid() != here, "nothing was forked"
    os.kill(os.getpid(), signal.SIGKILL)


@given(st.integers(1, 3), st.integers(0, 5000))
def test_results_come_in_the_order_of_the_items(processes, number):
    assert Work(str, range(number), processes).results() == [str(item) for item in range(number)]


@pytest.mark.parametrize("processes", [1, 2, 3])
def test_an_item_that_comes_back_is_the_item(processes):
    items = [[number] for number in range(100)]
    found = Work(lambda item: {"given": item, "number": item[0]}, items, processes).results()
    assert [one["number"] for one in found] == list(range(100))
    assert all(one["given"] is item for one, item in zip(found, items, strict=True))


@pytest.mark.parametrize("processes", [1, 2, 3])
def test_what_a_process_raises_is_raised_here(processes):
    with pytest.raises(ValueError, match="invalid literal"):
        Work(int, [*"1234567", "x"], processes).results()


def test_processes_begin_at_once(tmp_path):
    file = tmp_path / "begun"
    work = Work(lambda path: path.write_text(str(os.getpid()), encoding="utf-8"), [file], 2)
    while not (file.exists() and file.read_text(encoding="utf-8")):
        time.sleep(0.01)
    assert int(file.read_text(encoding="utf-8")) != os.getpid()
    work.results()


def test_every_process_takes_what_the_others_have_not_taken():
    """One is kept busy by its first item; the other has done the rest by then."""
    reading, writing = os.pipe()

    def done(number):
        if number == 0:
            os.read(reading, 1)
        if number == 50:
            os.write(writing, b".")
        return os.getpid()

    found = Work(done, range(51), 2).results()
    os.close(reading)
    os.close(writing)
    assert len(set(found[1:])) == 1
    assert found[0] != found[1]


def test_work_that_is_stopped_leaves_no_process():
    work = Work(time.sleep, [60, 60], 3)
    work.stop()


def test_a_break_stops_all():
    """As Ctrl-C: the process that waits is interrupted while the others work."""

    def item(number):
        if os.getpid() == here:
            os.kill(here, signal.SIGINT)
        time.sleep(60)
        return number

    here = os.getpid()
    with pytest.raises(KeyboardInterrupt):
        Work(item, range(4), 2).results()


def test_a_process_that_is_killed_is_told_of():
    """This one takes nothing more before the other is dead: only that one still holds the end of the pipe that is written to."""
    here = os.getpid()
    reading, writing = os.pipe()

    def item(number):
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        os.read(reading, 1)
        return number

    work = Work(item, range(100), 2)
    os.close(writing)
    with pytest.raises(ChildProcessError):
        work.results()
    os.close(reading)


def test_what_is_worked_out_apart_leaves_nothing_here():
    here, seen = os.getpid(), []
    assert apart(lambda: (os.getpid(), seen.append(1)))[0] != here
    assert seen == []


def test_this_process_works_while_another_does():
    """The other one waits for what this one does meanwhile."""
    reading, writing = os.pipe()
    assert apart(lambda: os.read(reading, 1), lambda: os.write(writing, b".")) == b"."
    os.close(reading)
    os.close(writing)


def test_what_is_raised_meanwhile_ends_the_other_process():
    with pytest.raises(ZeroDivisionError):
        apart(lambda: time.sleep(60), lambda: 1 // 0)


def test_what_is_raised_apart_is_raised_here():
    with pytest.raises(ZeroDivisionError):
        apart(lambda: 1 // 0)


def test_what_is_killed_apart_is_told_of():
    with pytest.raises(ChildProcessError):
        apart(partial(_killed_apart_from, os.getpid()))


def test_results_that_are_taken_one_by_one_are_not_all_there_at_a_time(monkeypatch):
    monkeypatch.setattr(fork, "_AT_A_TIME", 10)
    done = []
    results = spread(lambda number: done.append(number) or str(number), range(35))
    assert next(results) == "0"
    assert done == list(range(10))
    assert [*results] == [str(number) for number in range(1, 35)]


def test_few_items_are_work_for_one_process(monkeypatch):
    monkeypatch.setattr(fork, "_FEWEST", 4)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1})
    assert set(spread(lambda _: os.getpid(), range(7))) == {os.getpid()}
    assert fork.processors(8) == 2
