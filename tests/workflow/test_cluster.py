"""A Dask cluster as executor: a real scheduler and workers as processes, killed and refused in the middle of a run."""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import pytest
from tests.support.repository import contents
from tests.support.waiting import PATIENCE

import dossierkit
from dossierkit.cache.extractions import FOLDER
from dossierkit.ingest.place import Place, Url
from dossierkit.model.diagnostic import DiagnosticsError
from dossierkit.parallel.executor import Executor, StoppedError, in_this_process
from dossierkit.parallel.requirements import UnlikeError, compare, installed
from dossierkit.store.seeds import Knowledge, known_sources
from dossierkit.store.state import cache_folder, state_folder
from dossierkit.workflow.adding.add import AddOptions, add_sources
from dossierkit.workflow.adding.admission import Admission
from dossierkit.workflow.adding.preparing import AddContext
from dossierkit.workflow.updating.update import run as update

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")

COUNT = 40
DATE = "2016-05-30"
PEOPLE = ("Mona Example", "Karl Sample", "Ines Muster", "Omar Beispiel", "Lena Ejemplo")


@pytest.fixture(scope="module")
def sources(tmp_path_factory) -> list[Path]:
    folder = tmp_path_factory.mktemp("sources")
    made = []
    for number in range(COUNT):
        one, other = PEOPLE[number % 5], PEOPLE[(number // 5) % 5]
        text = (
            f"Report {number} from the talks\n\n{one} met Dr {other} in Geneva on Monday. The Northern River Commission "
            f"said on {number % 28 + 1} May 2016 that talks would open. {other.split()[1]} spoke last week.\n"
        )
        made.append(folder / f"s{number:02}.txt")
        made[-1].write_text(text, encoding="utf-8")
    (folder / "s03.yml").write_text("publisher: The Paper\n", encoding="utf-8")
    return made


def repository(folder: Path, names: str = "none") -> Path:
    """With a template of its own that includes another, as a newsroom may have."""
    (folder / "templates" / "pages").mkdir(parents=True)
    (folder / "mkdocs.yml").write_text(
        f"site_name: x\nextra: {{dossier: {{names: {names}}}}}\n", encoding="utf-8"
    )
    shutil.copytree(
        Path(__file__).parents[2] / "templates" / "pages", folder / "templates" / "pages", dirs_exist_ok=True
    )
    article = folder / "templates" / "pages" / "article.md"
    article.write_text(
        article.read_text(encoding="utf-8") + "{% include 'pages/below.md' %}\n", encoding="utf-8"
    )
    (folder / "templates" / "pages" / "below.md").write_text("\nAsk the desk.\n", encoding="utf-8")
    (folder / "seeds").mkdir()
    (folder / "seeds" / "s05.yml").write_text("author: Ada Vance\n", encoding="utf-8")
    return folder


def found(root: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (cache_folder(root) / FOLDER).glob("*/*")}


def add(
    root: Path,
    sources: Sequence[Place],
    executor: Executor | None,
    seen: Callable[[int], None] = lambda _: None,
) -> list[str]:
    """The pages that were added; `seen` is told how many there are by now. `executor`: None for this process, which has read the
    rules already.
    """
    pages: list[str] = []

    def one(addition) -> None:
        pages.append(addition.page)
        seen(len(pages))

    add_sources(
        root, sources, one, add_options=AddOptions(executor=executor or in_this_process(None)), date=DATE
    )
    return pages


@pytest.fixture(scope="module")
def reference(tmp_path_factory, sources) -> Path:
    """A repository that this process filled."""
    root = repository(tmp_path_factory.mktemp("reference") / "one")
    add(root, sources, None)
    return root


@pytest.fixture
def root(tmp_path) -> Path:
    return repository(tmp_path / "root")


def test_a_cluster_gives_the_same_bytes_with_bad_sources_among_them(two, root, sources, reference, capsys):
    bad = {
        "picture.txt": (b"\x89PNG\r\n\x1a\n\x00\x00", "D401"),
        "copy.txt": (sources[0].read_bytes(), "D402"),
    }
    for name, (data, _) in bad.items():
        (root.parent / name).write_bytes(data)
    mixed = [*sources[:5], *(root.parent / name for name in bad), root.parent / "missing.txt", *sources[5:]]
    with pytest.raises(DiagnosticsError) as raised:
        add(root, mixed, two.executor)
    assert {(Path(one.path).name, one.code) for one in raised.value.problems} == {
        *((name, code) for name, (_, code) in bad.items()),
        ("missing.txt", "D401"),
    }
    assert contents(root) == contents(reference)
    assert found(root) == found(reference), "what workers found is kept here, for the next update"
    told = [
        line.split(" from ")[1] for line in capsys.readouterr().out.splitlines() if " from seeds/" in line
    ]
    assert told == [f"seeds/{source.name}" for source in sources]
    assert add(root, sources, two.executor) == []


def test_every_format_is_read_alike_there(two, root, tmp_path, every_format):
    here = repository(tmp_path / "here")
    for folder, executor in ((here, None), (root, two.executor)):
        with pytest.raises(DiagnosticsError) as raised:
            add(folder, sorted(every_format.iterdir()), executor)
        assert [Path(one.path).name for one in raised.value.problems] == ["broken.odt", "locked.pdf"]
    assert contents(root) == contents(here)


def test_addresses_are_read_by_the_workers(two, root, sources, reference, tmp_path):
    folder = sources[0].parent
    urls = [
        Url(f"file://{folder}/s*.txt"),
        Url(f"file://{folder}/missing.txt"),
        Url(f"file://{folder}/none*.txt"),
    ]
    with pytest.raises(DiagnosticsError) as raised:
        add(root, urls, two.executor)
    assert [(one.path, one.code) for one in raised.value.problems] == [
        (f"file://{folder}/missing.txt", "D401"),
        (f"file://{folder}/none*.txt", "D401"),
    ]
    assert contents(root) == contents(reference)
    here = repository(tmp_path / "here")
    add(here, urls[:1], None)
    assert contents(here) == contents(reference)
    assert add(root, urls[:1], two.executor) == []


def test_a_worker_killed_in_the_middle_loses_nothing(idle, root, sources, reference):
    first, _ = idle.worker("--no-nanny"), idle.worker("--no-nanny")

    def kill(done: int) -> None:
        if done == 1:
            first.send_signal(signal.SIGKILL)

    assert len(add(root, sources, idle.executor, kill)) == COUNT
    assert first.wait() == -signal.SIGKILL
    assert idle.count() == 1
    assert contents(root) == contents(reference)


def test_the_only_worker_may_be_killed_where_another_comes(idle, root, sources, reference):
    alone = idle.worker("--no-nanny")

    def replace(done: int) -> None:
        if done == 1:
            alone.send_signal(signal.SIGKILL)
            alone.wait()
            idle.worker("--no-nanny")

    assert len(add(root, sources, idle.executor, replace)) == COUNT
    assert contents(root) == contents(reference)


def test_an_update_gives_the_same_bytes(two, tmp_path, sources):
    outcomes = []
    for name, by in (("here", in_this_process(None)), ("there", two.executor)):
        root = repository(tmp_path / name)
        add(root, sources[:12], None)
        for record in sorted((root / "content" / "entities").glob("*.md"))[::2]:
            record.unlink()
        for proposal in (root / "seeds").glob("*.suggested.yml"):
            proposal.unlink()
        (root / "seeds" / "s01.txt").write_text("Other words\n\nThan were added.\n", encoding="utf-8")
        (root / "seeds" / "s02.txt").unlink()
        shutil.rmtree(cache_folder(root) / FOLDER)
        told, problems = update(root, executor=by)
        assert {(one.path.rpartition("/")[2], one.code) for one in problems} == {
            ("report-1-from-the-talks.md", "D501"),
            ("report-2-from-the-talks.md", "D501"),
        }
        outcomes.append((told, problems, contents(root), found(root)))
    assert outcomes[0] == outcomes[1]
    assert any(outcome.written for outcome in outcomes[0][0])


def test_the_name_model_finds_the_same_there(two, tmp_path, sources):
    made = []
    for name, by in (("here", None), ("there", two.executor)):
        root = repository(tmp_path / name, "model")
        add(root, sources[:8], by)
        made.append(contents(root))
    assert made[0] == made[1]


def other_package(folder: Path, change: Callable[[Path], None]) -> Path:
    """A folder with this package in it, changed."""
    shutil.copytree(
        Path(dossierkit.__file__).parent, folder / "dossierkit", ignore=shutil.ignore_patterns("__pycache__")
    )
    change(folder / "dossierkit")
    return folder


def another_version(package: Path) -> None:
    file = package / "__init__.py"
    file.write_text(
        re.sub(r'(__version__ = )".*"', r'\1"0.0.9"', file.read_text(encoding="utf-8")), encoding="utf-8"
    )


def another_model(package: Path) -> None:
    with (package / "extract" / "names" / "model" / "names.onnx").open("ab") as file:
        file.write(b"\0")


def no_package(package: Path) -> None:
    shutil.rmtree(package)
    package.mkdir()
    (package / "__init__.py").touch()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (another_version, "Dossierkit is 0.0.9 there"),
        (another_model, "files of Dossierkit is"),
        (no_package, "Dossierkit is missing there"),
    ],
)
def test_a_worker_that_could_give_other_results_is_refused(idle, root, sources, change, told):
    idle.worker("--no-nanny")
    idle.worker("--no-nanny", path=other_package(root.parent / "other", change))
    with pytest.raises(UnlikeError, match=rf"the worker tcp://[\d.:]+ was refused.*{told}.*Install there"):
        add(root, sources, idle.executor)
    assert not (root / "content").exists()


@pytest.mark.parametrize("change", [another_version, no_package])
def test_such_a_worker_is_refused_when_it_joins_later(idle, root, sources, reference, change):
    first = idle.worker("--no-nanny")

    def replace(done: int) -> None:
        if done == 1:
            idle.worker("--no-nanny", path=other_package(root.parent / "other", change))
            first.send_signal(signal.SIGKILL)

    with pytest.raises(UnlikeError, match="refused"):
        add(root, sources, idle.executor, replace)
    add(root, sources, None)
    assert contents(root) == contents(reference)


def test_another_python_is_refused():
    with pytest.raises(UnlikeError, match=r"worker w was refused.*Python is 3\.9 cpython there, 3"):
        compare(installed(), {**installed(), "Python": "3.9 cpython"}, "w")


def test_ctrl_c_keeps_what_is_ready_and_calls_the_rest_back(two, root, sources, reference):
    command = [sys.executable, "-m", "dossierkit", "-C", str(root), "add", "--date", DATE]
    process = subprocess.Popen(
        [*command, "--executor", two.address.replace("tcp", "dask"), *map(str, sources)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    while not (state_folder(root) / "adding").is_file():
        assert process.poll() is None, "it ended before it could be stopped"
        time.sleep(0.002)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=PATIENCE)
    assert process.returncode == 130, said
    assert f"of {COUNT} sources have been added: run the same command again to continue" in said
    assert "Traceback" not in said
    add(root, sources, two.executor)
    assert contents(root) == contents(reference)


def test_a_scheduler_killed_in_the_middle_keeps_what_is_ready(own, root, sources, reference):
    own.worker("--no-nanny")

    def kill(done: int) -> None:
        if done == 1:
            own.running[0].kill()

    with pytest.raises(
        StoppedError, match=r"the scheduler of the cluster went away\. \d\d of 40 sources have been added"
    ):
        add(root, sources, own.executor, kill)
    assert len(list((root / "content" / "articles").rglob("*.md"))) >= 16
    add(root, sources, None)
    assert contents(root) == contents(reference)


def test_a_scheduler_gone_for_long_is_told_alike(own, root, sources):
    """The client of a scheduler gives up after seconds, and refuses its own calls from then on."""
    own.worker("--no-nanny")

    def kill(done: int) -> None:
        if done == 1:
            own.running[0].kill()
            time.sleep(8)

    with pytest.raises(StoppedError, match="the scheduler of the cluster went away"):
        add(root, sources, own.executor, kill)


def no_result(task, loss):
    return task, loss.limit


def test_a_task_that_takes_too_long_is_lost_and_its_worker_started_anew(own, root):
    from dossierkit.parallel.dask_cluster import Cluster  # noqa: PLC0415 -- every process that runs tests collects this file

    own.worker()  # with a nanny, which starts it anew
    ground = AddContext(root, {}, frozenset(), Admission(root, Knowledge(), known_sources(root)))
    sleeping = partial(
        {"work": time.sleep}.get, "work"
    )  # start(ground) gives sleep: a worker has no file of tests
    tasks = [0.01, 3600.0, 0.02, 0.03, 0.04]
    results = list(Cluster(own.address, limit=1.5).in_order(sleeping, ground, tasks, no_result))
    assert results == [None, (3600.0, 1.5), None, None, None]
