"""What `dossier add` wrote passes, `dossier update` changes nothing, and order, batches and processes make no difference."""

from __future__ import annotations

import itertools
import json
import os
import random
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.support.yaml_files import read_yaml

from dossierkit.cli import main
from dossierkit.parallel.executor import FEW

CORPUS = read_yaml(Path(__file__).with_name("corpus.yml"))
INVENTED = {item["name"]: item["text"] for item in CORPUS}
GOLD = os.environ.get("DOSSIERKIT_GOLD")


def gold() -> dict[str, str]:
    """Documents of re3d as an editor might have received them, by the name of their file."""
    rows = [json.loads(line) for line in (Path(str(GOLD)) / "re3d.jsonl").read_text("utf-8").splitlines()]
    found = {}
    for number, row in enumerate(rows):
        title = (row.get("title") or "").strip() or f"Document {number}"
        stem = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:60]
        found[f"{number:03d}-{stem}"] = f"{title}\n\n{row['text']}"
    return found


def dossier(root: Path, *arguments: str) -> str:
    result = CliRunner().invoke(main, ["-C", str(root), *arguments])
    assert result.exit_code == 0, result.output
    return result.output


def files(root: Path) -> dict[str, bytes]:
    found = (path for path in sorted(root.rglob("*")) if path.is_file())
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in found
        if not path.relative_to(root).as_posix().startswith(".dossier/")
    }


def repository(place: Path, batches: list[list[Path]], jobs: int = 1) -> Path:
    CliRunner().invoke(main, ["init", str(place)], catch_exceptions=False)
    for batch in batches:
        dossier(place, "add", *map(str, batch), "--date", "2016-06-01", "--jobs", str(jobs))
    return place


def sources(folder: Path, texts: dict[str, str]) -> list[Path]:
    folder.mkdir()
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return sorted(folder.iterdir())


def in_batches(paths: list[Path], chance: random.Random) -> list[list[Path]]:
    shuffled = chance.sample(paths, len(paths))
    cuts = sorted(chance.sample(range(1, len(paths)), chance.randint(0, min(3, len(paths) - 1))))
    edges = [0, *cuts, len(paths)]
    return [shuffled[start:end] for start, end in itertools.pairwise(edges)]


def hold(tmp_path: Path, texts: dict[str, str], chance: random.Random) -> None:
    paths = sources(tmp_path / "in", texts)
    at_once = repository(tmp_path / "one", [paths])
    assert dossier(at_once, "check").splitlines()[-1].startswith("0 errors")
    before = files(at_once)
    assert not [path for path in before if re.match(r"(content|seeds)/entities/.*(md|yml)$", path)]
    for jobs in ((), ("--jobs", "1")):
        dossier(at_once, "update", *jobs)
        assert files(at_once) == before
    in_parts = repository(tmp_path / "two" / "one", in_batches(paths, chance), chance.choice((1, 2)))
    assert files(in_parts) == before


@pytest.mark.parametrize("seed", range(4))
def test_any_invented_articles_in_any_order_and_batches_give_one_result(tmp_path, seed):
    chance = random.Random(seed)  # noqa: S311 -- no secret
    names = chance.sample(sorted(INVENTED), chance.randint(4, len(INVENTED)))
    hold(tmp_path, {name: INVENTED[name] for name in names}, chance)


@pytest.mark.skipif(GOLD is None, reason="DOSSIERKIT_GOLD does not name the folder with the gold data")
@pytest.mark.parametrize("seed", range(3))
def test_any_gold_documents_in_any_order_and_batches_give_one_result(tmp_path, seed):
    chance = random.Random(seed)  # noqa: S311 -- no secret
    texts = gold()
    names = chance.sample(sorted(texts), chance.randint(8, 20))
    hold(tmp_path, {name: texts[name] for name in names}, chance)


@pytest.fixture(scope="module")
def everything(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("all")
    paths = sources(folder / "in", INVENTED)
    # For more at once the command starts a process, which loads all rules anew.
    batches = [paths[start : start + FEW - 1] for start in range(0, len(paths), FEW - 1)]
    return repository(folder / "one", batches)


def test_all_of_it_published_as_it_is_builds_strictly(everything, tmp_path):
    root = tmp_path / "one"
    shutil.copytree(everything, root)
    for kind in ("rest", "doubtful"):
        dossier(root, "review", "--bulk", "accept", "--kind", kind, "--yes")
    published = CliRunner().invoke(
        main, ["-C", str(root), "publish", "--accept", *map(str, (root / "content/articles").rglob("*.md"))]
    )
    codes = {line.split()[1] for line in published.stderr.splitlines()[:-1]}
    assert codes <= {
        "D811",
        "D812",
    }  # neither names in doubt that may be somebody else's nor questions are accepted
    assert dossier(root, "check").splitlines()[-1].startswith("0 errors")
    dossier(root, "build", "--strict")
    page = (root / "site/entities/ada-moreau-person/index.html").read_text(encoding="utf-8")
    assert "Ada Moreau" in page
    assert (root / "site/entities/ministry-of-water-and-rivers-organization/index.html").is_file()


def entities(root: Path, page: str) -> str:
    return (root / f"content/articles/2016/{page}.md").read_text(encoding="utf-8").split("timeline:")[0]


def test_a_form_that_two_bear_is_linked_to_neither_and_asked_about(everything):
    page = entities(everything, "two-moreaus-at-the-inquiry")
    assert "{name: Ada Moreau, type: person" in page
    assert "{name: Jean Moreau, type: person" in page
    assert not re.search(r"also: \[[^\]]*(?<!\w)Moreau", page)
    assert "name: Moreau" not in page
    asked = (everything / "seeds/moreaus.suggested.yml").read_text(encoding="utf-8")
    assert "form: Moreau" in asked
    assert "candidates: [ada-moreau-person, jean-moreau-person]" in asked


def test_a_form_that_one_bears_is_that_ones_form_in_this_article(everything):
    assert "{name: Ada Moreau, type: person, also: [Moreau]}" in entities(everything, "chair-resigns")


def test_what_waits_in_records_comes_out_the_same_in_any_order(tmp_path):
    record = "---\ntitle: Ministry of Water and Rivers\ntype: organization\nstatus: reviewed\n---\n"
    names = ("ministry-one", "ministry-two", "ministry-three")
    paths = sources(tmp_path / "in", {name: INVENTED[name] for name in names})
    found = []
    for number, batches in enumerate(([paths], [paths[::-1]], [[one] for one in reversed(paths)])):
        root = tmp_path / str(number) / "one"
        CliRunner().invoke(main, ["init", str(root)], catch_exceptions=False)
        (root / "content/entities/mwr.md").write_text(record, encoding="utf-8")
        for batch in batches:
            dossier(root, "add", *map(str, batch), "--date", "2016-06-01")
        before = files(root)
        dossier(root, "update")
        assert files(root) == before
        found.append(before)
    assert found[0] == found[1] == found[2]
