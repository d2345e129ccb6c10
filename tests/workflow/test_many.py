"""Many articles at once: the same bytes from any number of processes, after a kill, after Ctrl-C; bad ones among them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from tests.support.repository import contents
from tests.support.tasks import lost, squarer
from tests.support.waiting import PATIENCE, until

from dossierkit.model.diagnostic import DiagnosticsError
from dossierkit.parallel.executor import FEW, Local, in_this_process, processes
from dossierkit.store.state import state_folder
from dossierkit.workflow.adding.add import AddOptions, run
from dossierkit.workflow.updating.update import run as update

pytestmark = pytest.mark.usefixtures("copies")

PEOPLE = ("Mona Example", "Karl Sample", "Ines Muster", "Omar Beispiel", "Lena Ejemplo")
PLACES = ("Geneva", "Vienna", "Cairo")
DATE = "2016-05-30"
COUNT = 40


def text(number: int) -> str:
    one, other = PEOPLE[number % 5], PEOPLE[(number // 5) % 5]
    return (
        f"Report {number} from the talks\n\n"
        f"{one} met Dr {other} in {PLACES[number % 3]} on Monday. The Northern River Commission said on "
        f"{number % 28 + 1} May 2016 that talks would open.\n\n{other.split()[1]} spoke to reporters last week.\n"
    )


@pytest.fixture(scope="module")
def sources(tmp_path_factory) -> list[Path]:
    folder = tmp_path_factory.mktemp("sources")
    files = []
    for number in range(COUNT):
        encoding = "cp1252" if number % 7 == 3 else "utf-8"
        files.append(folder / f"s{number:02}.txt")
        files[-1].write_bytes(text(number).replace("Dr ", "Dr\u00a0").encode(encoding))
    return files


@pytest.fixture
def bad(tmp_path) -> dict[str, tuple[Path, str]]:
    """Sources that cannot be added, with the code of each."""
    made = {
        "picture.txt": (b"\x89PNG\r\n\x1a\n\x00\x00", "D401"),
        "empty.txt": (b"", "D401"),
        "copy.txt": (text(0).replace("Dr ", "Dr\u00a0").encode(), "D402"),
        "s01.md": (b"# Another\n\nOf the same name.\n", "D404"),
    }
    for name, (data, _) in made.items():
        (tmp_path / name).write_bytes(data)
    return {name: (tmp_path / name, code) for name, (_, code) in made.items()} | {
        "missing.txt": (tmp_path / "missing.txt", "D401")
    }


def repository(folder: Path) -> Path:
    """Without the name model: what it finds is tested elsewhere, and it takes its time to load."""
    folder.mkdir()
    (folder / "mkdocs.yml").write_text("site_name: x\nextra: {dossier: {names: none}}\n", encoding="utf-8")
    return folder


def add(root: Path, sources: list[Path], jobs: int | None = None) -> tuple[str, ...]:
    """The pages that were added, by so many processes or by this one, which has read the rules already.

    To load what tells languages apart takes a third of the start of a process: the test of every format has it in each.
    """
    executor = None if jobs else in_this_process(None)
    options = AddOptions(jobs=jobs, executor=executor)
    return tuple(one.page for one in run(root, sources, add_options=options, date=DATE, lang="en"))


@pytest.fixture(scope="module")
def reference(tmp_path_factory, sources) -> dict[str, bytes]:
    """What this process writes where nothing stops it."""
    root = repository(tmp_path_factory.mktemp("reference") / "one")
    add(root, sources)
    return contents(root)


@pytest.fixture(params=[2, 3])
def repository_of(tmp_path, request) -> tuple[Path, int]:
    """A repository, and how many processes are to work in it."""
    return repository(tmp_path / "many"), request.param


def test_any_number_of_processes_gives_the_same_bytes_in_the_order_of_the_sources(
    repository_of, sources, bad, reference, capsys
):
    root, jobs = repository_of
    mixed = [*sources[:5], *(path for path, _ in bad.values()), *sources[5:]]
    with pytest.raises(DiagnosticsError) as raised:
        add(root, mixed, jobs)
    assert {(one.path, one.code) for one in raised.value.problems} == {
        (str(path), code) for path, code in bad.values()
    }
    assert contents(root) == reference
    told = [
        line.split(" from ")[1] for line in capsys.readouterr().out.splitlines() if " from seeds/" in line
    ]
    assert told == [f"seeds/{source.name}" for source in sources]


def test_every_format_gives_the_same_bytes_from_this_process_and_from_two(tmp_path, every_format, capsys):
    written, told = [], []
    for name, options in (
        ("here", AddOptions(executor=in_this_process(None))),
        ("there", AddOptions(jobs=2)),
    ):
        root = repository(tmp_path / name)
        with pytest.raises(DiagnosticsError) as raised:
            run(root, sorted(every_format.iterdir()), add_options=options)
        assert [(Path(one.path).name, one.code) for one in raised.value.problems] == [
            ("broken.odt", "D401"),
            ("locked.pdf", "D401"),
        ]
        written.append(contents(root))
        told.append(capsys.readouterr().out)
    assert written[0] == written[1]
    assert told[0] == told[1]
    seeds = {Path(name).suffix for name in written[0] if name.startswith("seeds/")}
    assert seeds == {".pdf", ".docx", ".odt", ".eml", ".epub", ".warc", ".xml", ".json", ".yml"}


def test_what_was_added_is_passed_over(tmp_path, sources, reference, capsys):
    root = repository(tmp_path / "again")
    add(root, sources[:20])
    add(root, sources[15:], 2)
    capsys.readouterr()
    assert add(root, sources, 2) == ()
    said = capsys.readouterr().out
    assert f"{sources[0]}: was added already: its page is content/articles/" in said
    assert f"{COUNT} sources in all were skipped, since they were added before" in said
    assert contents(root).keys() == reference.keys()


def started(root: Path, sources: list[Path]) -> subprocess.Popen[str]:
    """`dossier add` in a process group of its own."""
    command = [
        sys.executable,
        "-m",
        "dossierkit",
        "-C",
        str(root),
        "add",
        "--date",
        DATE,
        "--lang",
        "en",
        "--jobs",
        "2",
    ]
    return subprocess.Popen(
        [*command, *map(str, sources)],
        start_new_session=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def await_pages(root: Path, least: int, process: subprocess.Popen[str]) -> None:
    """Wait until pages were written, or are about to be where none is asked for."""

    def written() -> bool:
        begun = (state_folder(root) / "adding").is_file()
        done = begun and len(list((root / "content" / "articles").rglob("*.md"))) >= least
        assert done or process.poll() is None, "it ended before it could be stopped"
        return done

    until(written, "a page", pause=0.005)


def group_is_gone(process: subprocess.Popen[str]) -> bool:
    try:
        os.killpg(process.pid, 0)
    except ProcessLookupError:
        return True
    return False


@pytest.mark.skipif(sys.platform == "win32", reason="signals and process groups of POSIX")
@pytest.mark.parametrize("least", [0, 16])
def test_a_killed_run_leaves_each_article_whole_or_absent_and_is_gone_on_with(
    tmp_path, sources, reference, least
):
    root = repository(tmp_path / "killed")
    process = started(root, sources)
    await_pages(root, least, process)
    process.kill()
    process.communicate()
    until(lambda: group_is_gone(process), "an end of the workers, which outlive the command")
    if not (state_folder(root) / "pending.json").exists():
        for page in (root / "content" / "articles").rglob("*.md"):
            name = f"s{int(page.stem.split('-')[1]):02}"
            assert (root / "seeds" / f"{name}.txt").is_file()
            assert (root / "seeds" / f"{name}.suggested.yml").is_file()
    assert len(contents(root)) < len(reference)
    add(root, sources, 2)
    assert contents(root) == reference
    assert not (state_folder(root) / "adding").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="signals and process groups of POSIX")
def test_ctrl_c_keeps_what_is_ready_and_says_how_to_go_on(tmp_path, sources, reference):
    root = repository(tmp_path / "stopped")
    process = started(root, sources)
    await_pages(root, 0, process)
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=PATIENCE)
    assert process.returncode == 130, said
    assert f"of {COUNT} sources have been added: run the same command again to continue" in said
    assert "Traceback" not in said
    add(root, sources)
    assert contents(root) == reference


def test_an_update_gives_the_same_bytes_from_any_number_of_processes(tmp_path, sources):
    outcomes = []
    for name, by in (("here", in_this_process(None)), ("there", Local(2))):
        root = repository(tmp_path / name)
        add(root, sources[:12])
        for record in sorted((root / "content" / "entities").glob("*.md"))[::2]:
            record.unlink()
        for proposal in (root / "seeds").glob("*.suggested.yml"):
            proposal.unlink()
        told, problems = update(root, executor=by)
        outcomes.append((told, problems, contents(root)))
    assert outcomes[0] == outcomes[1]
    assert any(outcome.written for outcome in outcomes[0][0])


def test_few_sources_stay_in_one_process():
    assert processes(FEW - 1, 4) == 1
    assert processes(FEW, 4) == 4
    assert processes(1000, 1) == 1
    assert processes(1000) >= 1


def test_few_tasks_are_under_way_at_a_time():
    taken = []

    def tasks():
        for number in range(60):
            taken.append(number)
            yield number

    for done, result in enumerate(Local(2).in_order(squarer, None, tasks(), lost)):
        assert result == done * done
        assert len(taken) - done <= 8
