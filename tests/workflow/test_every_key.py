"""What each stage does with every key of an article: an update merges it, a draft has it, the desk's form edits it, `dossier diff` tells of it,
a table of the exports has it; or `every_key.yml` says why not.
"""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.support.yaml_files import read_yaml

from dossierkit.check.changes.compare import compare
from dossierkit.check.changes.snapshot import SnapshotReader
from dossierkit.evidence.plain_text import plain_text
from dossierkit.export.dataset import Dataset
from dossierkit.export.tables import TABLES, rows
from dossierkit.merge.fields import merge_fields
from dossierkit.merge.page import merge_page
from dossierkit.merge.page_items import FIELDS as MERGED
from dossierkit.merge.page_items import open_page
from dossierkit.model.proposal import Proposal, ProposedEntity, ProposedEntry
from dossierkit.store import page_parser
from dossierkit.store.draft import Draft, write_draft
from dossierkit.store.edit import Put, Remove, apply, front_matter_values
from dossierkit.store.schema import ARTICLE, ENTRY, SOURCE, before, names
from dossierkit.store.seeds import KNOWLEDGE
from dossierkit.workflow.editing import article_edits
from dossierkit.workflow.editing.field_edits import with_fields

CASES = read_yaml(Path(__file__).parent / "every_key.yml")
VALUES: dict[str, list[Any]] = CASES["values"]
PATH = "content/articles/2016/talks.md"
TEMPLATES = [Path(__file__).parents[2] / "templates"]
BODY = "The talks opened on Friday. Jane Doe came to Geneva and spoke.\n"
FORMS = ("jane-doe", "geneva")


def own(keys):
    """The keys, of groups that exclude each other only the first."""
    for key in keys:
        apart = {name for group in key.either[1:] for name in group}
        yield key, [sub for sub in key.of if sub.name not in apart]


def paths(keys, head: str = ""):
    """The dotted names of all keys that have no keys of their own."""
    for key, subs in own(keys):
        here = f"{head}{key.name}"
        yield from paths(subs, f"{here}.") if subs else [here]


EVERY = list(paths(ARTICLE))


def page(other: str = "", keys=ARTICLE, head: str = "") -> dict[str, Any]:
    """The front matter with the first value of every key, with the second one of `other`; lists of mappings have one item."""
    found: dict[str, Any] = {}
    for key, subs in own(keys):
        path = f"{head}{key.name}"
        inner = page(other, subs, f"{path}.") if subs else VALUES[path][path == other]
        found[key.name] = [inner] if key.kind == "items" else deepcopy(inner)
    return found


def text(values: dict[str, Any]) -> str:
    return f"---\n{yaml.safe_dump(values, sort_keys=False, allow_unicode=True)}---\n{BODY}"


def value_of(text: str, path: str) -> Any:
    found: Any = front_matter_values(text)
    for name in path.split("."):
        found = found[0] if isinstance(found, list) else found
        found = (found or {}).get(name) if isinstance(found, dict) else None
    return found


def proposal(values: dict[str, Any], names_: tuple[str, ...]) -> Proposal:
    """What would be proposed for the page, as far as a proposal can say it."""
    given = {
        name: values["timeline"][0].get(name, "")
        for name in ("date", "when", "dated_by", "text", "quote", "prefix", "suffix")
    }
    about = tuple(values["timeline"][0].get("entities", ()))
    entry = ProposedEntry(key="e", entities=about, start=0, end=0, score=0.9, reason="", **given)
    entities = tuple(
        ProposedEntity(id_, id_, id_, "person", True, ("Jane Doe", "Geneva"), 1, 0, 0, "", 0.9, "", tuple(also))
        for id_, also in zip(names_, (values["entities"][0].get("also", ()), ()), strict=True)
    )  # fmt: skip
    return Proposal("x", "", entities, (entry,))


def merged(path: str) -> bool:
    """Whether an update takes another value into a draft's page that has the proposed one."""
    if path in MERGED:
        first, other = map(as_text, VALUES[path])
        before = open_page(PATH, text({**page(), "status": "draft"}), plain_text)
        return merge_fields(before, {path: first}, {path: other}).values[path] == other
    before_, after = page(), page(path)
    if path == "timeline.quote":  # its context stands beside other words
        for values in (before_, after):
            del values["timeline"][0]["prefix"], values["timeline"][0]["suffix"]
    before = open_page(PATH, text({**before_, "status": "draft"}), plain_text)
    last, new = proposal(before_, FORMS), proposal(after, FORMS)
    done = merge_page(before, last, new, merge_fields(before, {}, {}), FORMS)
    return bool(value_of(done.text, path) == VALUES[path][1])


def as_text(value: Any) -> str:
    return ", ".join(value) if isinstance(value, list) else value


def drafted(path: str) -> bool:
    values = page()
    article, _ = page_parser.article("2016/talks", PATH, text(values))
    draft = Draft(
        article.title, article.date, article.lang, article.source, article.tags, proposal(values, FORMS), BODY
    )
    return bool(value_of(write_draft(draft, TEMPLATES), path) == VALUES[path][0])


def edited(path: str) -> bool:
    """Whether the form of the desk shows it, and writes another value."""
    before = text(page())
    article, _ = page_parser.article("2016/talks", PATH, before)
    if path not in article_edits.fields_of(article):
        return False
    other = VALUES[path][1]
    changed = with_fields(before, PATH, [(tuple(path.split(".")), other)], ())
    assert path in article_edits.FIELDS
    return bool(value_of(changed, path) == other)


def compared(path: str) -> bool:
    """Whether a change of it is told."""
    reader = SnapshotReader()
    one, other = (reader.snapshot({PATH: text(page(which))}) for which in ("", path))
    assert not one.unreadable + other.unreadable
    return bool(compare(one, other, plain_text))


@pytest.fixture(scope="module")
def cells(tmp_path_factory, furnish) -> set[str]:
    """Everything that the tables have of the page."""
    repository = furnish(tmp_path_factory.mktemp("keys"))
    values = {**page(), "status": "published"}
    del values["withdrawn"], values["media"], values["image"], values["embargo"]
    repository.write("articles/2016/talks.md", text(values))
    for id_, type_ in (("jane-doe", "person"), ("geneva", "place")):
        title = id_.replace("-", " ").title()
        repository.write(f"entities/{id_}.md", f"---\ntitle: {title}\ntype: {type_}\nstatus: reviewed\n---\n")
    data = Dataset(repository.compile().frame)
    return {str(cell) for table in TABLES for row in rows(data, table.name) for cell in row.values()}


def unhandled(stage: str) -> set[str]:
    """The keys that a stage says to leave out: a name stands for all keys below it."""
    reasons = CASES[stage]
    assert all(reasons.values())
    found = {name: {path for path in EVERY if f"{path}.".startswith(f"{name}.")} for name in reasons}
    assert [name for name, below in found.items() if not below] == []
    return set().union(*found.values())


def test_there_are_values_of_every_key():
    assert list(VALUES) == EVERY


@pytest.mark.parametrize("stage", [merged, drafted, edited, compared], ids=lambda stage: stage.__name__)
def test_a_stage_handles_every_key_or_says_why_not(stage):
    assert {path for path in EVERY if not stage(path)} == unhandled(stage.__name__)


def test_tables_have_every_key_or_say_why_not(cells):
    shown = {"true": "1", "false": "0"}
    values = {path: as_text(VALUES[path][0]) for path in EVERY}
    missing = {path for path, value in values.items() if shown.get(value, value) not in cells}
    assert missing == unhandled("tables")


def test_a_curator_can_state_what_a_source_can():
    stated = {
        "title",
        "date",
        "lang",
        "tags",
        *(f"source.{key.name}" for key in SOURCE if key.by == "source"),
    }
    assert set(MERGED) == stated
    assert {name.rpartition(".")[2] for name in stated} == {key.name for key in KNOWLEDGE} - {"encoding"}


@pytest.mark.parametrize(
    ("holder", "keys", "name"),
    [
        *((("source",), SOURCE, name) for name in names(SOURCE)),
        *((("timeline", 0), ENTRY, name) for name in names(ENTRY)),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_key_is_written_at_its_place(holder, keys, name):
    whole = text({**page(), "status": "draft"})
    in_order = apply(whole, [Remove((*holder, name))])
    again = apply(in_order, [Put((*holder, name), "x", before(keys, name))])
    found: Any = front_matter_values(again)
    for step in holder:
        found = found[step]
    assert list(found) == list(names(keys))
