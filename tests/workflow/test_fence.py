"""A fence round each source: whatever goes wrong with one is its own problem, and the rest goes on."""

from __future__ import annotations

import json
import shutil
import sys
import time
from errno import EPROTO
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.support.tasks import (
    BUSY,
    BUSY_HELD,
    DIE,
    HANG,
    HANG_HELD,
    dying,
    lost,
    slow_to_start,
    waiting,
    worker,
)
from tests.support.waiting import PATIENCE

from dossierkit.cli import main
from dossierkit.extract import pipeline
from dossierkit.model.diagnostic import DiagnosticsError
from dossierkit.model.proposal import Proposal
from dossierkit.parallel.executor import Local, StoppedError
from dossierkit.parallel.fence import LIMIT
from dossierkit.store.state import cache_folder
from dossierkit.workflow import extract as extract_command
from dossierkit.workflow.adding import preparing, record_names
from dossierkit.workflow.adding.add import AddOptions
from dossierkit.workflow.adding.add import run as add
from dossierkit.workflow.updating.update import run as update

pytestmark = pytest.mark.usefixtures("copies")

TEXT = "Talks open in {0}\n\nMona Example met Karl Sample in {0} on Monday.\n"
CITIES = ("Geneva", "Vienna", "Cairo", "Paris")
FAULTS = (
    KeyError("quarter"),
    RecursionError(),
    MemoryError(),
    UnicodeDecodeError("utf-8", b"\xff", 0, 1, "x"),
    OSError(EPROTO, "Protocol error"),
)
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")


@pytest.fixture
def root(tmp_path) -> Path:
    folder = tmp_path / "repository"
    folder.mkdir()
    (folder / "mkdocs.yml").write_text("site_name: x\nextra: {dossier: {names: none}}\n", encoding="utf-8")
    return folder


@pytest.fixture
def sources(tmp_path) -> list[Path]:
    files = [tmp_path / f"{city.lower()}.txt" for city in CITIES]
    for file, city in zip(files, CITIES, strict=True):
        file.write_text(TEXT.format(city), encoding="utf-8")
    return files


def dossier(root: Path, *args: object, **env: str):
    return CliRunner().invoke(main, ["-C", str(root), *map(str, args)], env=env or None)


def record(root: Path, id_: str, title: str) -> None:
    file = root / "content" / "entities" / f"{id_}.md"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"---\ntitle: {title}\ntype: person\nstatus: reviewed\n---\n", encoding="utf-8")


def pages(root: Path) -> list[str]:
    return sorted(
        file.stem.removeprefix("talks-open-in-") for file in (root / "content" / "articles").rglob("*.md")
    )


def seeds(root: Path) -> list[str]:
    return sorted(file.name for file in (root / "seeds").iterdir() if file.is_file())


def whole(root: Path, *names: str) -> bool:
    """Whether these sources were added, each with all its files, and no file of any other is there."""
    made = [f"{name}{end}" for name in names for end in (".suggested.yml", ".txt")]
    return pages(root) == sorted(names) and seeds(root) == sorted(made)


@pytest.fixture(params=FAULTS, ids=lambda fault: type(fault).__name__)
def broken_extraction(monkeypatch, request):
    """Extraction raises for what is about Vienna."""
    original = pipeline.extract

    def extract(article, *rest):
        if "Vienna" in article.text:
            raise request.param
        return original(article, *rest)

    monkeypatch.setattr(pipeline, "extract", extract)
    monkeypatch.setattr(extract_command, "extract", extract)


@pytest.mark.usefixtures("broken_extraction")
def test_a_source_at_which_extraction_breaks_does_not_stop_the_others(root, sources):
    result = dossier(root, "add", *sources)
    assert result.exit_code == 1, result.output
    assert f"{sources[1]}:0:0: D409 something went wrong inside Dossierkit" in result.output
    assert "DOSSIER_TRACE=1" in result.output
    assert "Traceback" not in result.output
    assert whole(root, "cairo", "geneva", "paris")


@pytest.mark.parametrize("broken_extraction", [OSError(28, "No space left on device")], indirect=True)
@pytest.mark.usefixtures("broken_extraction")
def test_what_the_system_refuses_is_not_reported_as_a_fault_of_dossierkit(root, sources):
    result = dossier(root, "add", *sources)
    assert result.exit_code == 1
    assert f"{sources[1]}:0:0: D409 the system refused it (No space left on device)" in result.output
    assert "report it" not in result.output


@pytest.mark.usefixtures("broken_extraction")
def test_with_all_or_none_nothing_is_written_where_one_breaks(root, sources):
    assert dossier(root, "add", "--all-or-none", *sources).exit_code == 1
    assert not (root / "content").exists()


@pytest.mark.usefixtures("broken_extraction")
def test_the_trace_is_shown_where_it_is_asked_for(root, sources):
    result = dossier(root, "add", *sources, DOSSIER_TRACE="1")
    assert "Traceback (most recent call last)" in result.output
    assert "test_fence.py" in result.output


def test_a_page_at_which_extraction_breaks_is_left_and_the_others_are_updated(root, sources):
    add(root, sources)
    for proposal in (root / "seeds").glob("*.suggested.yml"):
        proposal.unlink()
    before = (root / "content/articles/undated/talks-open-in-vienna.md").read_bytes()
    shutil.rmtree(cache_folder(root) / "findings")
    original = pipeline.extract

    def extract(article, *rest):
        if "Vienna" in article.text:
            raise KeyError("quarter")
        return original(article, *rest)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pipeline, "extract", extract)
        result = dossier(root, "update")
    assert result.exit_code == 1
    assert "content/articles/undated/talks-open-in-vienna.md:0:0: D409" in result.output
    assert (root / "content/articles/undated/talks-open-in-vienna.md").read_bytes() == before
    assert [name for name in seeds(root) if name.endswith(".suggested.yml")] == [
        "cairo.suggested.yml",
        "geneva.suggested.yml",
        "paris.suggested.yml",
    ]


@pytest.mark.usefixtures("broken_extraction")
def test_an_article_at_which_extraction_breaks_has_an_error_in_its_line(tmp_path):
    given, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    lines = [json.dumps({"id": city, "text": TEXT.format(city)}) for city in CITIES]
    given.write_text("\n".join(lines), encoding="utf-8")
    result = dossier(tmp_path, "extract", "--jsonl", given, "--out", out, "--no-model")
    assert result.exit_code == 1, result.output
    assert f"{given}: Vienna:0:0: D409" in result.output
    found = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [one["id"] for one in found] == list(CITIES)
    assert [one.get("error", {}).get("code") for one in found] == [None, "D409", None, None]
    assert all("entities" in one for one in found if "error" not in one)


def test_records_that_cannot_be_merged_do_not_take_the_articles_with_them(root, sources, monkeypatch):
    def broken(*_):
        raise KeyError("x")

    record(root, "mona-example", "Mona Example")
    monkeypatch.setattr("dossierkit.workflow.records.record_offers.merge_records", broken)
    result = dossier(root, "add", *sources)
    assert result.exit_code == 1
    assert "content/entities:0:0: D409" in result.output
    assert whole(root, *(city.lower() for city in CITIES))
    assert list(record_names.noted_pages(root))
    monkeypatch.undo()
    assert dossier(root, "add", *sources).exit_code == 0
    assert not list(record_names.noted_pages(root)), "the next command did not go on with the records"


@POSIX
def test_what_stands_in_the_way_of_one_source_stops_no_other(root, sources, tmp_path):
    (root / "content" / "articles").mkdir(parents=True)
    (root / "content" / "articles" / "2016").write_text("no folder", encoding="utf-8")
    sources[1].with_suffix(".yml").write_text("date: 2016-05-30\n", encoding="utf-8")
    outside = tmp_path / "elsewhere"
    outside.mkdir()
    (root / "content" / "articles" / "2017").symlink_to(outside)
    sources[2].with_suffix(".yml").write_text("date: 2017-05-30\n", encoding="utf-8")
    result = dossier(root, "add", *sources)
    assert result.exit_code == 1
    said = " ".join(result.output.split())
    assert f"{sources[1]}:0:0: D404 what is made of it cannot be written" in said
    assert f"{sources[2]}:0:0: D404" in said
    assert pages(root) == ["geneva", "paris"]
    assert list(outside.iterdir()) == []


def test_a_curators_file_that_cannot_be_read_is_that_sources_problem(root, sources, monkeypatch):
    known = sources[1].with_suffix(".yml")
    known.write_text("date: 2016-05-30\n", encoding="utf-8")
    original = Path.read_bytes

    def read_bytes(file):
        if file == known:
            raise PermissionError(13, "Permission denied", str(file))
        return original(file)

    monkeypatch.setattr(Path, "read_bytes", read_bytes)
    result = dossier(root, "add", *sources)
    assert "vienna.yml:0:0: D401 cannot be read (Permission denied)" in result.output
    assert whole(root, "cairo", "geneva", "paris")


@POSIX
def test_a_source_that_takes_too_long_is_refused_in_one_process(root, sources):
    def propose(article):
        while "Vienna" in article.text:
            pass
        return Proposal("", "")

    with pytest.raises(DiagnosticsError) as raised:
        add(root, sources, add_options=AddOptions(limit=3.0), propose=propose)
    assert [(one.path, one.code) for one in raised.value.problems] == [(str(sources[1]), "D408")]
    assert "more than 3 seconds of processor time" in raised.value.problems[0].message
    assert whole(root, "cairo", "geneva", "paris")


@POSIX
def test_a_page_that_takes_too_long_is_left_in_one_process(root, sources):
    add(root, sources)

    def make(_records):
        def propose(article):
            while "Vienna" in article.text:  # waits, and takes next to no processor time
                time.sleep(0.01)
            return Proposal("", "")

        return propose

    _, problems = update(root, make=make, limit=0.5)
    assert [(one.path, one.code) for one in problems] == [
        ("content/articles/undated/talks-open-in-vienna.md", "D408")
    ]


def test_the_option_takes_seconds(root, sources):
    assert dossier(root, "add", "--timeout", "0", *sources).exit_code == 2
    assert dossier(root, "add", "--timeout", "60", *sources).exit_code == 0
    assert dossier(root, "update", "--timeout", "60").exit_code == 0
    assert LIMIT >= 60


@POSIX
@pytest.mark.parametrize("jobs", [1, 3])
def test_processes_that_hang_or_die_are_replaced_and_nothing_else_is_lost(jobs):
    results = list(Local(jobs, limit=0.5).in_order(worker, None, range(12), lost))
    expected: list[object] = [number * number for number in range(12)]
    for one in (HANG, HANG_HELD, BUSY, BUSY_HELD):
        expected[one] = (one, 0.5)
    expected[DIE] = (DIE, None)
    assert results == expected


@POSIX
@pytest.mark.parametrize("apart", [False, True])
def test_a_machine_that_is_busy_with_something_else_refuses_nothing(apart):
    """A process that gets no processor stands still as one that sleeps: the limit is of processor time."""
    assert list(Local(1, limit=1.0, apart=apart).in_order(waiting, None, [2.0, 0.0], lost)) == [2.0, 0.0]


def test_a_process_that_cannot_start_ends_the_command_with_advice():
    with pytest.raises(StoppedError, match="continue with fewer"):
        list(Local(2).in_order(dying, None, range(4), lost))


@POSIX
def test_leaving_early_ends_the_processes_at_once():
    results = Local(2, limit=600).in_order(worker, None, range(HANG + 1), lost)
    assert next(results) == 0
    start = time.monotonic()
    results.close()
    assert time.monotonic() - start < PATIENCE


def test_what_is_lost_is_told_as_the_sources_problem(root, sources):
    task = next(iter(_tasks(root, sources)))
    from dossierkit.parallel.fence import Loss  # noqa: PLC0415

    (slow,), (ended,) = preparing._lost(task, Loss(300.0)), preparing._lost(task, Loss())
    assert (slow.path, slow.code) == (str(sources[0]), "D408")
    assert "--timeout" in slow.message
    assert (ended.path, ended.code) == (str(sources[0]), "D409")
    assert "ended from outside" in ended.message


def _tasks(root, sources):
    from dossierkit.store.seeds import Knowledge, known_sources  # noqa: PLC0415
    from dossierkit.workflow.adding.admission import Admission  # noqa: PLC0415
    from dossierkit.workflow.adding.containers import Splitting  # noqa: PLC0415
    from dossierkit.workflow.adding.intake import Intake  # noqa: PLC0415

    return Intake(Admission(root, Knowledge(), known_sources(root)), Splitting()).sources(sources)


@POSIX
def test_leaving_while_processes_start_waits_for_no_task():
    def tasks():
        yield HANG
        yield HANG
        raise KeyboardInterrupt

    start = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        list(Local(2, limit=600).in_order(slow_to_start, None, tasks(), lost))
    assert time.monotonic() - start < PATIENCE
