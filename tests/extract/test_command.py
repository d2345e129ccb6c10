"""`dossier extract`: a line of JSON for each line of JSON."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from dossierkit.model.diagnostic import DiagnosticsError
from dossierkit.workflow.extract import run

LINES = [
    {"id": "a", "text": "John Kerry left Geneva on Sunday. Kerry smiled.", "published": "2016-05-30"},
    {
        "id": "b",
        "text": "Sergei Lavrov and John Kerry met in Geneva, the UN said in March 2016.",
        "lang": "en",
    },
    {"id": "c", "text": ""},
]


def written(path: Path, *lines: object) -> Path:
    path.write_text("".join(f"{json.dumps(line)}\n" for line in lines), encoding="utf-8")
    return path


def test_each_line_gives_a_line_in_the_same_order(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    assert run(written(tmp_path / "in.jsonl", *LINES), out, model=False) == ()
    rows = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [row["id"] for row in rows] == ["a", "b", "c"]
    assert rows[0]["entities"][0] == {
        "start": 0, "end": 10, "text": "John Kerry", "type": "person", "entity": "john-kerry"
    }  # fmt: skip
    assert {e["entity"] for e in rows[0]["entities"]} & {e["entity"] for e in rows[1]["entities"]} == {
        "john-kerry", "geneva"
    }  # fmt: skip
    event = rows[0]["events"][0]
    assert (event["date"], event["entities"], event["timex"]) == ("2016-05-29", ["john-kerry", "geneva"], 0)
    assert event["reason"].startswith("date in the sentence")
    assert rows[0]["timexes"][0]["anchor"] == "published 2016-05-30"
    assert "anchor" not in rows[1]["timexes"][0]
    assert rows[2] == {
        "id": "c", "sentences": [], "entities": [], "timexes": [], "events": [], "notes": rows[2]["notes"]
    }  # fmt: skip


def test_records_give_their_ids(tmp_path: Path) -> None:
    entities = tmp_path / "entities"
    entities.mkdir()
    (entities / "jk.md").write_text("---\ntitle: John Kerry\ntype: person\n---\n", encoding="utf-8")
    out = tmp_path / "out.jsonl"
    run(written(tmp_path / "in.jsonl", *LINES), out, entities, model=False)
    assert json.loads(out.read_text(encoding="utf-8").splitlines()[0])["entities"][0]["entity"] == "jk"


def test_a_line_may_name_its_publisher(tmp_path: Path) -> None:
    line = {"id": "a", "text": "Soldiers entered Geneva on Sunday.", "published": "2016-05-30"}
    source, out = written(tmp_path / "in.jsonl", line | {"publisher": "Norland Army"}), tmp_path / "out.jsonl"
    run(source, out, model=False)
    event = json.loads(out.read_text(encoding="utf-8"))["events"][0]
    assert event["text"] == "Soldiers entered Geneva, according to the Norland Army"


@pytest.mark.parametrize(
    ("line", "place", "message"),
    [
        (b'{"id": "a", "text": ', ":2:21: D420 ", "is not JSON"),
        (b"[1]", ":2:1: D420 ", "is a list"),
        (b'{"id": "x"}', ":2:1: D420 ", "has no `text`"),
        (b'{"id": 7, "text": "x"}', ":2:1: D420 ", "`id` is a int"),
        (b'{"id": "x", "text": "x", "published": "soon"}', ":2:1: D420 ", "`published`"),
        (b'{"id": "ok", "text": "x"}', ":2:1: D420 ", "already in line 1"),
        (b'{"id": "\xff"}', ":2:9: D420 ", "not UTF-8"),
    ],
)
def test_a_wrong_line_is_shown_and_nothing_written(
    tmp_path: Path, line: bytes, place: str, message: str
) -> None:
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_bytes(b'{"id": "ok", "text": "x"}\n' + line + b"\n")
    with pytest.raises(DiagnosticsError) as error:
        run(source, out, model=False)
    assert f"{source}{place}" in str(error.value)
    assert message in str(error.value)
    assert list(tmp_path.iterdir()) == [source]


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(DiagnosticsError, match="cannot be read"):
        run(tmp_path / "none.jsonl", tmp_path / "out.jsonl", model=False)


def test_the_same_input_gives_the_same_bytes_whatever_the_hash_seed(tmp_path: Path) -> None:
    source = written(tmp_path / "in.jsonl", *LINES)
    code = "import sys; from pathlib import Path; from dossierkit.workflow.extract import run; run(Path(sys.argv[1]), Path(sys.argv[2]), model=False)"
    for seed in ("0", "1", "77"):
        env = {**os.environ, "PYTHONHASHSEED": seed}
        subprocess.run([sys.executable, "-c", code, source, tmp_path / seed], check=True, env=env)
    assert len({(tmp_path / seed).read_bytes() for seed in ("0", "1", "77")}) == 1
