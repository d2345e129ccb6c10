"""`dossier suggest` with a real server process: what is sent, what is taken, what is kept, and what goes wrong."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.support.waiting import until

from dossierkit.cli import main

ARTICLE = "2016/council-reopens-the-bridge"
PAGE = f"content/articles/{ARTICLE}.md"
TEXT = """\
Council reopens the bridge

LENNBURG, May 30 - The Lenn Valley Council reopened the old bridge on 27 May 2016. Ada Moreau, who chairs the council, spoke in Lennburg on 28 May 2016. It was a good day for the valley.
"""
GOOD = {
    "kind": "entry",
    "date": "2016-05-28",
    "text": "A good day for the valley",
    "quote": "It was a good day for the valley",
}
BAD = {
    "kind": "entry",
    "date": "2016-05-28",
    "text": "Moreau sings",
    "quote": "who leads the council, sang in Lennburg",
}


@pytest.fixture(scope="module")
def added(tmp_path_factory) -> Path:
    root = tmp_path_factory.mktemp("suggest") / "one"
    CliRunner().invoke(main, ["init", str(root)], catch_exceptions=False)
    source = root.parent / "bridge.txt"
    source.write_text(TEXT, encoding="utf-8")
    CliRunner().invoke(
        main,
        ["-C", str(root), "add", str(source), "--date", "2016-05-30", "--lang", "en"],
        catch_exceptions=False,
    )
    return root


@pytest.fixture
def root(added, tmp_path, monkeypatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    shutil.copytree(added, tmp_path / "one")
    return tmp_path / "one"


@dataclass
class Model:
    address: str
    log: Path

    @property
    def asked(self) -> list[dict]:
        return [json.loads(line) for line in self.log.read_text(encoding="utf-8").splitlines()]


@contextmanager
def answering(folder: Path, *answers: dict) -> Iterator[Model]:
    """A model that gives these answers one after the other."""
    script, port, log = (folder / name for name in ("script.json", "port", "log"))
    script.write_text(json.dumps(answers), encoding="utf-8")
    port.unlink(missing_ok=True)
    log.write_text("", encoding="utf-8")
    server = str(Path(__file__).with_name("model_server.py"))
    process = subprocess.Popen([sys.executable, server, str(script), str(port), str(log)])
    try:
        number = until(lambda: port.is_file() and port.read_text(encoding="utf-8"), "the model's port")
        yield Model(f"http://127.0.0.1:{number}/v1", log)
    finally:
        process.kill()
        process.wait()


def items(*listed: dict) -> dict:
    return {"content": json.dumps({"items": listed})}


def suggest(root: Path, model: Model, *options: str, code: int = 0):
    arguments = ["-C", str(root), "suggest", "--model", "small", "--endpoint", model.address, *options]
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == code, done.output
    return done


def test_what_a_model_proposes_is_judged_asked_again_once_and_waits(root, tmp_path):
    corrected = {**BAD, "quote": "spoke in Lennburg on 28 May 2016", "text": "Moreau speaks"}
    with answering(tmp_path, items(GOOD, BAD), items(corrected)) as model:
        done = suggest(root, model)
    assert "1 taken, 1 known already, 0 refused" in done.output
    first, second = model.asked
    assert (first["path"], first["body"]["model"], first["key"]) == ("/v1/chat/completions", "small", "")
    assert "Ada Moreau, who chairs the council" in first["body"]["messages"][1]["content"]
    back = json.loads(second["body"]["messages"][-1]["content"].partition("\n")[2])
    assert [(one["item"], one["code"]) for one in back] == [(BAD, "D201")]
    assert "A good day for the valley" in (root / PAGE).read_text(encoding="utf-8").split("proposed:")[1]


def test_a_model_cannot_write_about_another_article_or_as_somebody_else(root, tmp_path):
    forged = {**GOOD, "article": "2016/other", "maker": {"name": "Editor", "version": "9"}}
    with answering(tmp_path, items(forged)) as model:
        suggest(root, model, "--no-retry")
    last = (root / "seeds/bridge.suggested.yml").read_text(encoding="utf-8")
    assert "maker: small prompt-" in last
    assert "Editor" not in last


def test_what_was_answered_is_not_asked_again(root, tmp_path):
    with answering(tmp_path, items(BAD)) as model:
        suggest(root, model, "--no-retry")
        done = suggest(root, model, "--no-retry")
        assert len(model.asked) == 1
    assert "1 refused" in done.output


def test_a_dry_run_writes_nothing(root, tmp_path):
    before = (root / PAGE).read_bytes()
    with answering(tmp_path, items(GOOD)) as model:
        done = suggest(root, model, "--dry-run")
    assert "1 taken" in done.output
    assert (root / PAGE).read_bytes() == before


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        ({"content": "I would rather talk."}, "not a list of proposals"),
        ({"content": '{"items": 5}'}, "not a list of proposals"),
        ({"content": "[" * 100_000}, "not a list of proposals"),
        ({"status": 404, "body": "no such model"}, "404: no such model"),
        ({"body": "{}"}, "choices[0]"),
        ({"location": "http://127.0.0.1:1/v1"}, "leads on to"),
    ],
    ids=["talk", "number", "depth", "model", "protocol", "redirect"],
)
def test_an_answer_that_cannot_be_used_is_said_and_the_page_stays(root, tmp_path, answer, says):
    before = (root / PAGE).read_bytes()
    with answering(tmp_path, answer) as model:
        done = suggest(root, model, code=1)
    assert says in done.output
    assert (root / PAGE).read_bytes() == before


def test_fenced_json_is_read_and_malformed_items_are_refused_one_by_one(root, tmp_path):
    fenced = f"```json\n{json.dumps({'items': [GOOD, {'kind': 'page'}]})}\n```"
    with answering(tmp_path, {"content": fenced}) as model:
        done = suggest(root, model, "--no-retry")
    assert "1 taken, 0 known already, 1 refused" in done.output


def test_a_key_comes_from_the_environment(root, tmp_path, monkeypatch):
    monkeypatch.setenv("DOSSIER_API_KEY", "sesame")
    with answering(tmp_path, items()) as model:
        suggest(root, model)
    assert [one["key"] for one in model.asked] == ["Bearer sesame"]


def test_an_address_elsewhere_is_warned_of_and_one_that_is_none_is_refused(root):
    elsewhere = CliRunner().invoke(
        main,
        [
            "-C",
            str(root),
            "suggest",
            "--model",
            "x",
            "--endpoint",
            "http://models.invalid/v1",
            "--timeout",
            "1",
        ],
    )
    assert "models.invalid is not this machine: title, date and text" in elsewhere.output
    none = CliRunner().invoke(
        main, ["-C", str(root), "suggest", "--model", "x", "--endpoint", "file:///etc/passwd"]
    )
    assert none.exit_code == 2
    assert "is not an endpoint" in none.output
