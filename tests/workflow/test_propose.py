"""`dossier propose`: what is held against the article, what waits after it, and what an editor decided staying decided."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest
import yaml
from check_jsonschema.cli import main as check_jsonschema
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.support.repository import snapshot
from tests.support.yaml_files import read_yaml

from dossierkit.cli import main
from dossierkit.store import submissions
from dossierkit.store.proposal import load
from dossierkit.text.quote import fold_spaces, locate
from dossierkit.workflow.review.screen import Screen, Span
from dossierkit.workflow.submitting.submit import run
from dossierkit.workflow.terminal import by_page

# Dates stay the texts that they are: JSON has no other.
CASES = read_yaml(Path(__file__).with_name("propose_cases.yml"), texts=True)
ARTICLE = "2016/council-reopens-the-bridge"
PAGE = f"content/articles/{ARTICLE}.md"
SUGGESTED = "seeds/bridge.suggested.yml"
RECORD = "content/entities/ada-moreau.md"
VALLEY = {
    "kind": "entry",
    "date": "2016-05-28",
    "text": "A good day for the valley",
    "quote": "It was a good day for the valley",
}
BRIDGE = {"kind": "entity", "entity": {"title": "the old bridge", "type": "place"}, "quote": "the old bridge"}
MAKER = {"name": "Careful Model", "version": "2.1", "run": "a"}
TEXT = CASES["text"].split("\n\n", 1)[1].strip()


def dossier(root: Path, *arguments: str, code: int = 0, text: str | None = None):
    done = CliRunner().invoke(main, ["-C", str(root), *arguments], input=text)
    assert done.exit_code == code, done.output
    return done


def record(values: dict[str, object]) -> str:
    return f"---\n{yaml.safe_dump({'status': 'reviewed', **values}, sort_keys=False)}---\n"


@pytest.fixture(scope="module")
def added(tmp_path_factory) -> Path:
    root = tmp_path_factory.mktemp("propose") / "one"
    CliRunner().invoke(main, ["init", str(root)], catch_exceptions=False)
    for id_, values in CASES["records"].items():
        (root / "content/entities" / f"{id_}.md").write_text(record(values), encoding="utf-8")
    source = root.parent / "bridge.txt"
    source.write_text(CASES["text"], encoding="utf-8")
    other = root.parent / "ferry.txt"
    other.write_text(
        "Ferry sails again\n\nThe ferry to Lenn Island sails again from 3 June 2016.\n", encoding="utf-8"
    )
    dossier(root, "add", str(source), str(other), "--date", "2016-05-30", "--lang", "en")
    return root


@pytest.fixture
def root(added, tmp_path) -> Path:
    shutil.copytree(added, tmp_path / "one")
    return tmp_path / "one"


def sent(**values: object) -> str:
    return json.dumps({"article": ARTICLE, "maker": MAKER, **values}, default=str)


def answers(root: Path, *lines: str, code: int = 0) -> list[dict[str, object]]:
    done = dossier(root, "propose", "--format", "json", code=code, text="\n".join(lines))
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize("case", CASES["cases"], ids=lambda case: case["name"])
def test_a_proposal_is_held_against_its_article(root, case):
    before = snapshot(root)
    (answer,) = answers(root, sent(**case["send"]), code=int("code" in case))
    if "code" not in case:
        assert answer["accepted"], answer
        assert answer.get("already", False) == ("already" in case)
        assert (snapshot(root) == before) == ("already" in case)
        return
    assert (answer["accepted"], answer["code"]) == (False, case["code"]), answer
    assert case.get("says", "") in answer["why"]
    assert answer.get("nearest", {}).get("quote") == case.get(
        "nearest", answer.get("nearest", {}).get("quote")
    )
    assert snapshot(root) == before


def test_the_nearest_words_can_be_sent_as_they_are(root):
    wrong = {
        "kind": "entry",
        "date": "2016-05-28",
        "text": "Moreau speaks",
        "quote": "spoke at Lennburg on 28 May 2016",
    }
    (refused,) = answers(root, sent(**wrong), code=1)
    near = refused["nearest"]
    assert TEXT[near["start"] : near["end"]] == near["quote"]
    (taken,) = answers(root, sent(**{**wrong, "quote": near["quote"]}))
    assert taken["accepted"]


def test_what_is_taken_waits_with_its_maker_and_an_update_leaves_it(root):
    entry = VALLEY
    entity = BRIDGE
    relation = next(
        one["send"] for one in CASES["cases"] if one["name"] == "a relation whose quote names both"
    )
    assert all(one["accepted"] for one in answers(root, sent(**entry), sent(**entity), sent(**relation)))
    page = (root / PAGE).read_text(encoding="utf-8")
    waiting = yaml.safe_load(page.split("---")[1])["proposed"]
    assert "A good day for the valley" in [one["text"] for one in waiting["timeline"]]
    last = load((root / SUGGESTED).read_text(encoding="utf-8"))
    (made,) = [one for one in last.timeline if one.maker]
    assert (made.maker, made.run) == ("Careful Model 2.1", "a")
    assert "proposed:" in (root / "content/entities/ada-moreau.md").read_text(encoding="utf-8")
    before = snapshot(root)
    dossier(root, "update")
    assert snapshot(root) == before
    assert all(one["already"] for one in answers(root, sent(**entry), sent(**entity), sent(**relation)))
    assert snapshot(root) == before


class Walker(Screen):
    """Skips everything, and knows what it was shown."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []

    def head(self, place: str, title: str) -> None:
        self.shown.append(title)

    def say(self, words: str, style: str = "") -> None:
        pass

    def sentence(self, text: str, span: Span | None, lang: str) -> None:
        pass

    def ask(self, keys: Sequence[tuple[str, str]]) -> str:
        return "o" if "o" in dict(keys) else "s"


def test_a_review_can_be_kept_to_one_maker(root):
    answers(root, sent(**VALLEY), sent(**BRIDGE))
    model, own, every = Walker(), Walker(), Walker()
    by_page.run(root, Path(PAGE), model, maker="Careful Model 2.1")
    by_page.run(root, Path(PAGE), own, maker="dossierkit")
    by_page.run(root, Path(PAGE), every)
    assert sorted(title[:15] for title in model.shown) == ["2016-05-28 A go", "the old bridge "]
    assert own.shown
    assert not set(own.shown) & set(model.shown)
    assert {*own.shown, *model.shown} == set(every.shown)


def test_nothing_of_it_is_published_undecided(root):
    entry = VALLEY
    answers(root, sent(**entry))
    assert "10 undecided" in dossier(root, "publish", PAGE, code=1).stderr
    dossier(root, "publish", PAGE, "--accept", code=1)
    assert "status: draft" in (root / PAGE).read_text(encoding="utf-8")


def test_what_an_editor_took_out_is_refused_for_good(root):
    relation = next(
        one["send"] for one in CASES["cases"] if one["name"] == "a relation whose quote names both"
    )
    all_ = sent(**VALLEY), sent(**BRIDGE), sent(**relation)
    answers(root, *all_)
    page = (root / PAGE).read_text(encoding="utf-8")
    start = page.index("proposed:")
    (root / PAGE).write_text(page[:start] + page[page.index("---", start) :], encoding="utf-8")
    (root / RECORD).write_text(record(CASES["records"]["ada-moreau"]), encoding="utf-8")
    dossier(root, "update")
    assert [answer["code"] for answer in answers(root, *all_, code=1)] == ["D212", "D212", "D212"]
    counts = json.loads(dossier(root, "stats", "--format", "json").stdout)["quality"]["by_maker"]
    assert counts["Careful Model 2.1"]["rejected"] == 2


def test_one_name_is_offered_to_one_record(root):
    alias = {"kind": "alias", "text": "Noor Society", "quote": "The Noor Society – a charity"}
    first, other = answers(root, sent(**alias, record="noor-one"), sent(**alias, record="ada-moreau"), code=1)
    assert (first["accepted"], other.get("code")) == (True, "D303")


def test_what_the_site_decided_against_is_refused(root):
    (root / "seeds/decisions.yml").write_text("- {decision: junk, name: the old bridge}\n", encoding="utf-8")
    entity = BRIDGE
    (answer,) = answers(root, sent(**entity), code=1)
    assert answer["code"] == "D212"


@pytest.mark.parametrize("command", ["update", "propose"])
def test_what_an_editor_corrected_away_is_proposed_no_more(root, command):
    answers(root, sent(**VALLEY), sent(**BRIDGE))
    page = (root / PAGE).read_text(encoding="utf-8")
    head, _, body = page.rpartition("\n---\n")
    body = body.replace("for the valley", "for all").replace("the old bridge", "it")
    (root / PAGE).write_text(f"{head}\n---\n{body}", encoding="utf-8")
    other = {**VALLEY, "date": "2016-05-30", "text": "Welcomed", "quote": "“welcomed” the step"}
    dossier(root, command, text=sent(**other) if command == "propose" else None)
    assert "name: the old bridge" not in (root / PAGE).read_text(encoding="utf-8")
    assert "A good day for the valley" not in (root / PAGE).read_text(encoding="utf-8")


def test_the_same_twice_is_known_the_second_time(root):
    assert [bool(one.get("already")) for one in answers(root, sent(**VALLEY), sent(**VALLEY))] == [
        False,
        True,
    ]


@pytest.mark.parametrize(
    ("status", "suggested", "why"),
    [("withdrawn", True, "is withdrawn, or has no source"), ("draft", False, "nothing was proposed")],
)
def test_a_page_without_proposals_of_its_own_takes_none(root, status, suggested, why):
    page = (root / PAGE).read_text(encoding="utf-8")
    (root / PAGE).write_text(page.replace("status: draft", f"status: {status}"), encoding="utf-8")
    if not suggested:
        (root / SUGGESTED).unlink()
    before = snapshot(root)
    (answer,) = answers(root, sent(**VALLEY), code=1)
    assert (answer["code"], why in answer["why"]) == ("D213", True)
    assert snapshot(root) == before


def test_what_cannot_be_written_into_the_page_is_refused_after_all(root):
    page = (root / PAGE).read_text(encoding="utf-8")
    (root / PAGE).write_text(
        page.replace("timeline:\n", "proposed:\n  timeline: [\n    # none yet\n  ]\ntimeline:\n", 1),
        encoding="utf-8",
    )
    before = snapshot(root)
    (answer,) = answers(root, sent(**VALLEY), code=1)
    assert (answer["code"], "a comment there would be lost" in answer["why"]) == ("D213", True)
    assert snapshot(root) == before


def test_a_dry_run_writes_nothing_and_text_says_where_each_refusal_is(root):
    before = snapshot(root)
    good = sent(**VALLEY)
    done = dossier(root, "propose", "--dry-run", text=f"\n{good}\nno json\n", code=1)
    assert "stdin:3:1: D210" in done.stdout
    assert "1 taken, 0 known already, 1 refused" in done.stdout
    assert snapshot(root) == before


def test_a_json_list_is_the_same_as_lines(root):
    one = sent(**VALLEY)
    assert [answer["accepted"] for answer in answers(root, f"[{one}]")] == [True]
    dossier(root, "propose", text="[1, 2", code=2)


def test_the_schema_takes_what_the_reader_takes(tmp_path):
    schema = tmp_path / "schema.json"
    schema.write_text(dossier(tmp_path, "propose", "--schema").stdout, encoding="utf-8")
    for number, case in enumerate(CASES["cases"]):
        file = tmp_path / f"{number}.json"
        file.write_text(sent(**case["send"]), encoding="utf-8")
        (read,) = submissions.read(file.read_text(encoding="utf-8"))
        malformed = case.get("code") == "D210" and "control" not in case["name"]
        done = CliRunner().invoke(check_jsonschema, ["--schemafile", str(schema), str(file)])
        assert (done.exit_code != 0) == malformed, (case, read, done.output)


WORDS = TEXT.split(" ")


@st.composite
def corrupted(draw):
    """Words of the text with one thing changed: a letter, a word, or the order of two."""
    start = draw(st.integers(0, len(WORDS) - 6))
    quote = WORDS[start : start + draw(st.integers(4, 12))]
    at = draw(st.integers(0, len(quote) - 2))
    match draw(st.sampled_from(["letter", "drop", "double", "swap", "elsewhere"])):
        case "letter":
            word = quote[at]
            place = draw(st.integers(0, len(word) - 1))
            quote[at] = word[:place] + draw(st.sampled_from("aeiouxz19")) + word[place + 1 :]
        case "drop":
            del quote[at]
        case "double":
            quote.insert(at, quote[at])
        case "swap":
            quote[at], quote[at + 1] = quote[at + 1], quote[at]
        case "elsewhere":
            quote[at] = draw(st.sampled_from(WORDS))
    return " ".join(quote)


@settings(
    max_examples=150 * settings.default.max_examples // 100,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(corrupted())
def test_a_quote_is_taken_only_where_the_article_has_it_once(added, quote):
    line = sent(kind="entry", date="2016-05", text="x", quote=quote)
    (answer,) = run(added, submissions.read(line), dry_run=True)
    places = len(locate(fold_spaces(TEXT), quote))
    code = getattr(answer, "code", "")
    assert (code in {"D201", "D202"}) == (places != 1), (quote, answer)
    near = getattr(answer, "nearest", None)
    assert near is None or TEXT[near.start : near.end] == near.quote
