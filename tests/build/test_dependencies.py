"""What pages read is written down: nothing can be read beside that, and all of it has a digest."""

from __future__ import annotations

import gc
from dataclasses import fields, replace
from functools import cached_property

import pytest

from dossierkit.build.dependencies import reads as reads_module
from dossierkit.build.dependencies.digests import Digests
from dossierkit.build.dependencies.facets import facets
from dossierkit.build.dependencies.reads import ALL, Reads, TrackedMapping, UntrackedError
from dossierkit.build.dependencies.tracked_context import TrackedContext, TrackedEvents, tracked
from dossierkit.build.dependencies.tracked_values import (
    TrackedArticle,
    TrackedArticlePage,
    TrackedDossier,
    TrackedEvent,
    TrackedRecord,
)
from dossierkit.build.load_site import SiteSettings, compiled
from dossierkit.evidence.backreferences import Backreferences
from dossierkit.evidence.events.joined import Events, JoinedEvent
from dossierkit.evidence.gathering import Evidence
from dossierkit.model.page import ArticlePage, Content, DossierPage, TimelineEntry
from dossierkit.model.record import Record
from dossierkit.site.context import Context
from dossierkit.site.interface import Site


@pytest.mark.parametrize(
    ("kind", "base"),
    [
        (TrackedArticle, Evidence),
        (TrackedArticlePage, ArticlePage),
        (TrackedRecord, Record),
        (TrackedDossier, DossierPage),
        (TrackedEvent, JoinedEvent),
    ],
)
def test_every_field_of_what_pages_are_given_is_read_through_a_property(kind, base):
    kept = {name for name, value in vars(base).items() if isinstance(value, cached_property)}
    assert {field.name for field in fields(base)} | kept <= {
        name for name, value in vars(kind).items() if isinstance(value, property)
    }


def test_whatever_a_frame_works_out_is_worked_out_by_what_writes_down():
    known = {name for name, value in vars(Context).items() if isinstance(value, cached_property)}
    assert known <= vars(TrackedContext).keys()
    worked_out = {name for name, value in vars(Events).items() if isinstance(value, cached_property)}
    assert worked_out - {"_several"} | {"places", "at", "count", "one", "group"} <= vars(TrackedEvents).keys()
    assert {"named", "claims", "placed", "passages", "_by_entity"} <= vars(TrackedArticle).keys()


def test_every_collection_of_a_frame_writes_down_or_refuses(frame):
    shown = tracked(frame, Reads())
    assert {field.name for field in fields(Context)} == {"site", "content", "graph"}
    for holder in (shown.content, shown.graph):
        for field in fields(type(holder)):
            value = getattr(holder, field.name)
            if not isinstance(value, TrackedMapping):
                with pytest.raises(UntrackedError):
                    list(value)
    given = {"withdrawn"}  # stated by the page that shows it, in `Later.given`
    fixed = given | {
        "render",
        "template",
        "strings",
        "urls",
        "drafts",
        "publication",
        "derived",
        "apart",
        "remembered",
        "marks",
        "framed",
        "sheet",
        "withdrawn",
    }  # the same for the whole site, but for what was withdrawn: the page that lists it has it as given
    for field in fields(Site):
        value = getattr(shown.site, field.name)
        if field.name not in fixed and not isinstance(value, TrackedMapping):
            with pytest.raises(UntrackedError):
                value > ""  # noqa: B015 - asked for the refusal


@pytest.mark.parametrize("key", ["a", "b"])
def test_a_collection_writes_down_what_is_asked_of_it_whether_it_is_there(key):
    reads, shown = Reads(), []
    seen_ = TrackedMapping("letters", {"a": 1}, reads, lambda item: shown.append(item) or f"{item}!")
    for ask in (seen_.get, seen_.__contains__, lambda asked: seen_.get(asked, "none")):
        assert reads.during(lambda ask=ask: ask(key))[1] == {("letters", key)}
    assert [seen_.get("a"), seen_.get("b"), seen_.get("b", "none"), seen_["a"]] == ["1!", None, "none", "1!"]


def test_items_are_made_once_until_they_are_many(monkeypatch):
    monkeypatch.setattr(reads_module, "SHOWN", 2)
    reads, shown = Reads(), []
    seen_ = TrackedMapping(
        "letters", {"a": 1, "b": 2, "c": 3}, reads, lambda item: shown.append(item) or f"{item}!"
    )
    for page in ("a", "aab", "ab", "abc", "a"):
        assert reads.during(lambda page=page: [seen_[key] for key in page])[1] == {
            ("letters", key) for key in page
        }
    assert shown == [1, 2, 3, 1]


@pytest.fixture
def result(repository):
    repository.write(
        "dossiers/talks.md",
        "---\ntitle: The talks\nselect: {tags: [a]}\narticles: [2016/talks]\ncast: [geneva]\n---\n",
    )
    repository.write(
        "articles/2017/more.md",
        "---\ntitle: More\ndate: 2017-01-01\nstatus: published\nentities: [geneva, jane-doe]\ntags: [a]\n"
        "corrections: [{date: 2017-02-01, what: A name}]\n---\n\nJane Doe left Geneva.\n",
    )
    repository.write(
        "entities/acme.md",
        "---\ntitle: Acme\ntype: organization\nstatus: reviewed\nrelations: [{type: of, to: jane-doe, article: 2016/talks}]\n---\n",
    )
    reads = Reads()
    return compiled(
        SiteSettings(docs=repository.content), later=True, reads=reads, bytecode=repository.templates
    ), reads


@pytest.fixture
def frame(result):
    return result[0].frame


def test_everything_that_is_read_has_a_digest(result):
    made, reads = result
    digests = Digests(made.frame, {id_: facets(one) for id_, one in made.frame.graph.articles.items()})
    read = {key for page in made.later for key in reads.during(page.make)[1]}
    assert len({kind for kind, _ in read}) > 20
    assert not [key for key in read if not digests.of(key)]
    assert not [kind for kind, _ in read if not digests.of((kind, ALL))]
    assert digests.of(("of a kind that nobody knows", "x")) == ""


def test_without_a_cache_what_depends_on_events_is_computed_once(frame):
    computed = []
    for context in (frame, replace(frame, site=replace(frame.site, urls=frame.site.urls.as_served()))):
        context.events.derived("anything", lambda: computed.append(1) or "value")
    assert computed == [1]
    other = replace(frame, content=replace(frame.content, records={}))
    assert other.events.derived("anything", lambda: "another") == "another"


def test_pages_are_the_same_whether_what_they_read_is_written_down(result, repository):
    made, reads = result
    plain = compiled(SiteSettings(docs=repository.content), later=True, bytecode=repository.templates)
    assert [reads.during(page.make)[0] for page in made.later] == [page.make() for page in plain.later]


def test_what_pages_were_shown_is_let_go(result, monkeypatch):
    """All that is shown of a large site is more than fits into memory."""
    monkeypatch.setattr(reads_module, "SHOWN", 0)
    made, reads = result

    def held():
        gc.collect()
        return sum(isinstance(one, JoinedEvent | TrackedArticle | TimelineEntry) for one in gc.get_objects())

    before = held()
    for page in made.later:
        reads.during(page.make)
    assert held() == before


MORE = "articles/2017/more.md"
EDITS = {
    "a text": (MORE, "left Geneva", "came to Geneva"),
    "a title": (MORE, "title: More", "title: Most"),
    "an order": (MORE, "date: 2017-01-01", "date: 2015-01-01"),
    "a correction": (MORE, "date: 2017-02-01", "date: 2017-03-01"),
    "a member": (MORE, "tags: [a]", "tags: [b]"),
    "a name": ("entities/acme.md", "title: Acme", "title: Acme Ltd"),
    "whom it names": (MORE, "entities: [geneva, jane-doe]", "entities: [geneva]"),
    "a dossier": ("dossiers/talks.md", "title: The talks", "title: Talks"),
    "a source": ("articles/2016/talks.md", "The Paper", "A Paper"),
}


def told(repository):
    """The files of each unit that rests on what was read for it, and the digests of that."""
    reads = Reads()
    made = compiled(
        SiteSettings(docs=repository.content), later=True, reads=reads, bytecode=repository.templates
    )
    digests = Digests(made.frame, {id_: facets(one) for id_, one in made.frame.graph.articles.items()})
    found = {}
    for unit in (unit for one in made.written for unit in one.units if unit.rests == "reads"):
        files, keys = reads.during(lambda unit=unit: list(unit.make()))
        found[unit.paths] = (files, {key: digests.of(key) for key in keys})
    return found


@pytest.mark.parametrize(("path", "old", "new"), EDITS.values(), ids=EDITS)
def test_feeds_change_only_with_what_was_read_for_them(result, repository, path, old, new):
    before = told(repository)
    file = repository.content / path
    assert old in file.read_text(encoding="utf-8")
    file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    after = told(repository)
    assert before.keys() == after.keys()
    for paths, (files, rests) in after.items():
        assert "" not in rests.values()
        assert files == before[paths][0] or rests != before[paths][1], paths
    assert before != after
    assert [paths for paths in after if after[paths][1] == before[paths][1]]


def test_every_page_says_what_it_was_given(result):
    """The data page alone has what is not told: a preview makes it whenever it is asked for."""
    assert [page.path for page in result[0].later if page.given is None] == ["data/index.md"]


def test_graphs_have_no_field_that_is_not_looked_after():
    assert {field.name for field in fields(Backreferences)} == {
        "articles", "naming", "together", "elsewhere", "shared",
    }  # fmt: skip
    assert {field.name for field in fields(Content)} == {
        "articles", "records", "dossiers", "unreadable", "decisions",
    }  # fmt: skip


def test_an_article_rests_on_the_pages_of_those_alone_that_it_shows(repository):
    """Its names stand in many others: who these are is asked, and what their pages say is not."""
    repository.write("entities/jane-doe.md", "---\ntitle: Jane Doe\ntype: person\nstatus: reviewed\n---\n")
    repository.write("entities/geneva.md", "---\ntitle: Geneva\ntype: place\nstatus: reviewed\n---\n")
    for number in range(12):
        text = f"---\ntitle: No {number}\ndate: 2016-01-01\nstatus: published\nentities: [jane-doe, geneva]\n---\n\nJane Doe came to Geneva.\n"
        repository.write(f"articles/2016/n{number:02}.md", text)
    reads = Reads()
    settings = SiteSettings(docs=repository.content)
    made = compiled(settings, later=True, reads=reads, bytecode=repository.templates)
    pages = {one.path: reads.during(one.make)[1] for one in made.later}
    read = {key for kind, key in pages["articles/2016/n11.md"] if kind == "article.page"}
    assert {"2016/n11", "2016/n00"} <= read
    assert len(read) == 5
    assert not {key for kind, key in pages["articles/2016/n11.md"] if kind == "naming"}
    entity = {key for kind, key in pages["entities/geneva.md"] if kind in {"naming", "shared"}}
    assert entity == {"geneva", "geneva jane-doe"}
