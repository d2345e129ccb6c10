"""Records merged, split and renamed in a real git repository: what is rewritten, what is refused, what a revert restores."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest
from click.testing import CliRunner
from tests.support.git import git

from dossierkit.build.bytecode import Bytecode
from dossierkit.build.load_site import SiteSettings, compiled
from dossierkit.cli import main
from dossierkit.store.edit import front_matter_values
from dossierkit.store.lock import locked

PAGES = {
    "entities/islamic-state.md": """\
        ---
        title: Islamic State
        type: organization
        aliases:
          - ISIS  # as most papers write
        same_as: "wikidata:Q2429253"
        status: reviewed
        ---

        Written of the one.
        """,
    "entities/daesh.md": """\
        ---
        title: Daesh
        type: organization
        aliases: [{name: داعش, lang: ar}]
        weak_aliases: [the Group]
        same_as: ["wikidata:Q2429253", "https://daesh.example/"]
        description: The armed group.
        relations:
          - {type: fought in, to: raqqa, article: 2016/one, quote: fought in Raqqa}
        tags: [armed]
        redirects: [isil]
        status: reviewed
        ---

        Written of the other, with [a link](islamic-state.md).
        """,
    "entities/raqqa.md": """\
        ---
        title: Raqqa
        type: place
        status: reviewed
        relations:
          - {type: held by, to: daesh}
          - {type: held by, to: islamic-state}
        not_same_as: [daesh]   # really
        ---

        See [them](daesh.md#top "their page").
        """,
    "articles/2016/one.md": """\
        ---
        title: 'One'
        date: 2016-02-01
        status: published
        entities:
          - raqqa
          - daesh   # the paper's word
        timeline:
          - {date: 2016-01-29, text: They fought, quote: fought in Raqqa, entities: [daesh, raqqa]}
        ---

        Daesh fought in Raqqa.
        """,
    "articles/2016/two.md": """\
        ---
        title: Two
        status: draft
        entities: [islamic-state, {id: daesh, also: [the Caliphate]}, raqqa]
        proposed:
          entities:
            - daesh
        ---

        ISIS, that is Daesh, or the Caliphate, was in Raqqa.
        """,
    "dossiers/war.md": """\
        ---
        title: War
        status: published
        articles: [2016/one]
        select: {entities_any: daesh}
        cast:
          - daesh
          - raqqa
        ---

        On [Daesh](../entities/daesh.md).
        """,
}


class Repository:
    """Pages in git, and the command run on them."""

    def __init__(self, root: Path, templates: Bytecode) -> None:
        self.root, self.templates = root, templates
        self.git("init", "-q")
        (root / "mkdocs.yml").write_text("site_name: x\n", encoding="utf-8")

    def git(self, *arguments):
        return git(self.root, "-c", "core.autocrlf=false", *arguments)

    def commit(self):
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "x")

    def write(self, path, text):
        file = self.root / "content" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(dedent(text).encode())

    def read(self, path):
        return (self.root / "content" / path).read_bytes().decode()

    def tree(self):
        return {
            file.relative_to(self.root).as_posix(): file.read_bytes()
            for file in sorted(self.root.rglob("*"))
            if file.is_file() and ".git" not in file.parts
        }

    def run(self, *arguments):
        return CliRunner().invoke(main, ["-C", str(self.root), *arguments], catch_exceptions=False)

    def compile(self, **settings):
        return compiled(SiteSettings(docs=self.root / "content", **settings), bytecode=self.templates)

    def problems(self):
        found = self.compile(extensions=("tables",), drafts=True).problems
        return [str(problem) for problem in found]


@pytest.fixture
def repository(tmp_path, templates):
    made = Repository(tmp_path, templates)
    for path, text in PAGES.items():
        made.write(path, text)
    made.commit()
    return made


def test_a_merge_unites_the_records(repository):
    assert repository.run("merge", "islamic-state", "daesh").exit_code == 0
    text = repository.read("entities/islamic-state.md")
    assert front_matter_values(text) == {
        "title": "Islamic State",
        "type": "organization",
        "aliases": ["ISIS", "Daesh", {"name": "داعش", "lang": "ar"}],
        "weak_aliases": ["the Group"],
        "same_as": ["wikidata:Q2429253", "https://daesh.example/"],
        "status": "reviewed",
        "description": "The armed group.",
        "tags": ["armed"],
        "redirects": ["isil", "daesh"],
        "relations": [
            {"type": "fought in", "to": "raqqa", "article": "2016/one", "quote": "fought in Raqqa"}
        ],
    }
    assert "  - ISIS  # as most papers write\n" in text
    assert text.endswith(
        "---\n\nWritten of the one.\n\nWritten of the other, with [a link](islamic-state.md).\n"
    )
    assert not (repository.root / "content/entities/daesh.md").exists()
    assert repository.problems() == []


ONE = """\
    ---
    title: Islamic State
    type: organization
    aliases: [ISIS]
    weak_aliases: [the State, the Group]
    not_same_as: [daesh, raqqa]
    same_as: ["https://one.example/"]
    description: Ours.
    relations:
      - {type: held, to: raqqa}
      - {type: rival of, to: daesh}
      - {type: founded in, to: raqqa}
    corrections:
      - {date: 2016-02-01, what: The year was wrong.}
    sources:
      - {name: A list, date: 2026-01-01}
    authors: [{name: Ada Moreau}]
    media: [{src: media/a.webm, alt: A room}]
    tags: [armed]
    status: reviewed
    ---
    """
OTHER = """\
    ---
    title: Daesh
    type: organization
    aliases: [the State, ISIS, IS, IS]
    weak_aliases: [ISIS, the Group, the Group]
    not_same_as: [war-party]
    same_as: ["https://two.example/"]
    description: Theirs.
    relations:
      - {type: held, to: raqqa}
      - {type: rival of, to: islamic-state}
      - {type: left, to: raqqa}
      - {type: left, to: raqqa}
    corrections:
      - {date: 2016-02-01, what: The year was wrong.}
      - {date: 2016-02-03, what: So was the name.}
    sources:
      - {name: Another list, date: 2026-01-02}
    authors: [{name: Eve Morel}]
    media: [{src: media/b.webm, alt: A road}]
    tags: [armed, army, army]
    status: reviewed
    ---
    """


def test_a_merge_keeps_what_people_wrote_into_both_each_once_and_nothing_between_the_two(repository):
    repository.write("entities/islamic-state.md", ONE)
    repository.write("entities/daesh.md", OTHER)
    repository.write("entities/war-party.md", "---\ntitle: War party\ntype: organization\n---\n")
    done = repository.run("merge", "islamic-state", "daesh", "--force")
    assert done.exit_code == 0, done.output
    text = repository.read("entities/islamic-state.md")
    one, other = (front_matter_values(dedent(page)) for page in (ONE, OTHER))
    assert front_matter_values(text) == {
        **one,
        "aliases": ["ISIS", "Daesh", "the State", "IS"],
        "weak_aliases": ["the State", "the Group"],
        "not_same_as": ["raqqa", "war-party"],
        "same_as": ["https://one.example/", "https://two.example/"],
        "relations": [one["relations"][0], one["relations"][2], other["relations"][2]],
        "corrections": other["corrections"],
        **{key: [*one[key], *other[key]] for key in ("sources", "authors", "media")},
        "tags": ["armed", "army"],
        "redirects": ["daesh"],
    }
    assert text.endswith("\n---\n")


def test_a_merge_rewrites_every_page_that_names_the_record_and_no_other_byte(repository):
    assert repository.run("merge", "islamic-state", "daesh").exit_code == 0
    changed = {
        path: repository.read(path)
        for path in PAGES
        if path.rpartition("/")[2] not in {"daesh.md", "islamic-state.md"}
    }
    before = {path: dedent(text) for path, text in PAGES.items()}
    raqqa = (
        before["entities/raqqa.md"]
        .replace("to: daesh", "to: islamic-state")
        .replace("[daesh]", "[islamic-state]")
    )
    raqqa = raqqa.replace("  - {type: held by, to: islamic-state}\n", "", 1).replace(
        "](daesh.md#top", "](islamic-state.md#top"
    )
    one = (
        before["articles/2016/one.md"]
        .replace("- daesh ", "- islamic-state ")
        .replace("[daesh, raqqa]", "[islamic-state, raqqa]")
    )
    two = before["articles/2016/two.md"].replace(
        "[islamic-state, {id: daesh, also: [the Caliphate]}, raqqa]",
        "[{id: islamic-state, also: [the Caliphate]}, raqqa]",
    )
    war = (
        before["dossiers/war.md"]
        .replace("any: daesh", "any: islamic-state")
        .replace("- daesh", "- islamic-state")
    )
    assert changed == {
        "entities/raqqa.md": raqqa,
        "articles/2016/one.md": one,
        "articles/2016/two.md": two.replace("    - daesh\n", "    - islamic-state\n"),
        "dossiers/war.md": war.replace("entities/daesh.md", "entities/islamic-state.md"),
    }


@pytest.mark.parametrize(
    "arguments",
    [
        ("merge", "islamic-state", "daesh"),
        ("rename", "daesh", "isis"),
        (
            "split",
            "daesh",
            "--into",
            "daesh-two",
            "--title",
            "Daesh two",
            "--articles",
            "2016/one",
            "--force",
        ),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_revert_restores_the_same_bytes(repository, arguments, newline):
    for path in PAGES:
        file = repository.root / "content" / path
        file.write_bytes(file.read_bytes().replace(b"\n", newline.encode()))
    repository.git("commit", "-q", "--allow-empty", "-a", "-m", "line breaks")
    before = repository.tree()
    assert repository.run(*arguments).exit_code == 0
    assert repository.tree() != before
    assert all(
        data.count(b"\n") == data.count(newline.encode())
        for path, data in repository.tree().items()
        if path.startswith("content/") and path in before
    )
    repository.commit()
    repository.git("revert", "--no-edit", "HEAD")
    assert repository.tree() == before


def test_an_address_of_before_leads_on(repository):
    repository.run("merge", "islamic-state", "daesh")
    found = {page.path: page for page in repository.compile().pages}
    for old in ("daesh", "isil"):
        page = found[f"entities/{old}.md"]
        assert page.meta["redirect"] == "entities/islamic-state/"
        assert page.meta["robots"] == "noindex"
        assert 'href="../islamic-state/"' in page.body


def test_names_that_would_bite_are_shown_before_anything_is_written(repository):
    repository.write(
        "articles/2016/three.md",
        "---\ntitle: Three\nstatus: published\nentities: [islamic-state]\n---\n\nISIS held what the Daesh of the tale held.\n",
    )
    repository.commit()
    before = repository.tree()
    done = repository.run("merge", "islamic-state", "daesh")
    assert done.exit_code == 1
    assert (
        "content/articles/2016/three.md:0:0: D805 “Daesh” would become a mention of `islamic-state`: is it?"
        in done.output
    )
    assert repository.tree() == before
    assert repository.run("merge", "islamic-state", "daesh", "--force").exit_code == 0
    assert repository.tree() != before


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("not_same_as: [daesh]", "stated not to be the same"),
        ("same_as: ['wikidata:Q1']", "is wikidata:Q1 elsewhere, `daesh` is wikidata:Q2429253"),
        (
            "same_as: ['https://www.wikidata.org/wiki/Q1']",
            "is wikidata:Q1 elsewhere, `daesh` is wikidata:Q2429253",
        ),
        ("type: place", "`islamic-state` is of type place, `daesh` of type organization"),
    ],
)
def test_what_speaks_against_a_merge_stops_it(repository, key, words):
    type_ = "" if key.startswith("type") else "type: organization\n"
    repository.write(
        "entities/islamic-state.md",
        f"---\ntitle: Islamic State\naliases: [ISIS]\n{type_}{key}\nstatus: reviewed\n---\n",
    )
    before = repository.tree()
    done = repository.run("merge", "islamic-state", "daesh")
    assert done.exit_code == 1
    assert words in done.output
    assert "now" not in done.output, "nothing was written"
    assert repository.tree() == before
    assert repository.run("merge", "islamic-state", "daesh", "--force").exit_code == 0
    assert "not_same_as" not in repository.read("entities/islamic-state.md")


def test_the_other_record_may_say_that_they_are_not_the_same(repository):
    text = PAGES["entities/daesh.md"].replace("tags:", "not_same_as: [islamic-state, raqqa]\n        tags:")
    repository.write("entities/daesh.md", text)
    done = repository.run("merge", "islamic-state", "daesh")
    assert (done.exit_code, "stated not to be the same" in done.output) == (1, True)


def test_an_identifier_that_both_have_in_another_spelling_stays_once(repository):
    repository.write(
        "entities/islamic-state.md",
        "---\ntitle: Islamic State\ntype: organization\nsame_as: ['https://www.wikidata.org/wiki/Q2429253']\n---\n",
    )
    assert repository.run("merge", "islamic-state", "daesh").exit_code == 0
    assert repository.read("entities/islamic-state.md").count("Q2429253") == 1


@pytest.mark.parametrize("own", ["the Group", "[the Group]"])
def test_an_article_that_names_both_keeps_the_forms_of_both(repository, own):
    both = "entities: [{{id: islamic-state, also: {}}}, {}raqqa]".format
    gone = "{id: daesh, also: [the Caliphate, the Group]}, "
    text = PAGES["articles/2016/two.md"].replace(
        "entities: [islamic-state, {id: daesh, also: [the Caliphate]}, raqqa]", both(own, gone)
    )
    repository.write("articles/2016/two.md", text)
    repository.run("merge", "islamic-state", "daesh", "--force")
    merged = repository.read("articles/2016/two.md")
    assert both("[the Group, the Caliphate]", "") in merged


def test_a_page_that_cannot_be_rewritten_in_place_stops_the_merge(repository):
    """Two items become one, and the one that would go has a comment."""
    text = PAGES["articles/2016/two.md"].replace(
        "entities: [islamic-state, {id: daesh, also: [the Caliphate]}, raqqa]",
        "entities:\n          - islamic-state\n          - daesh  # mind this",
    )
    repository.write("articles/2016/two.md", text)
    before = repository.tree()
    done = repository.run("merge", "islamic-state", "daesh")
    assert (done.exit_code, "content/articles/2016/two.md" in done.output) == (1, True)
    assert repository.tree() == before


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("merge", "islamic-state", "isil"), "`isil` is a retired id: the record is `daesh` now"),
        (
            ("merge", "islamic-state", "nobody"),
            "no authority record `nobody`: name a file below content/entities/",
        ),
        (("merge", "islamic-stat", "daesh"), "`islamic-stat`: did you mean `islamic-state`?"),
        (("rename", "raqa", "al-raqqa"), "`raqa`: did you mean `raqqa`?"),
        (("merge", "daesh", "daesh"), "name two records"),
        (("rename", "daesh", "raqqa"), "the record `raqqa` exists already"),
        (("rename", "raqqa", "isil"), "`isil` leads to `daesh`: an id is never reused"),
        (("rename", "raqqa", "Ar Raqqa"), "is not an id"),
        (
            ("split", "daesh", "--into", "x", "--title", "X", "--articles", "2016/none"),
            "no article `2016/none`",
        ),
        (
            ("split", "islamic-state", "--into", "x", "--title", "X", "--articles", "2016/one"),
            "does not name",
        ),
        (
            ("split", "daesh", "--into", "x", "--title", "X", "--articles", "2016/one", "--aliases", "Y"),
            "“Y” is not an alias",
        ),
    ],
)
def test_what_cannot_be_done_is_said(repository, arguments, words):
    before = repository.tree()
    done = repository.run(*arguments)
    assert (done.exit_code, words in " ".join(done.output.replace("│", " ").split())) == (2, True), (
        done.output
    )
    assert repository.tree() == before


def test_a_rename_keeps_the_old_address(repository):
    assert repository.run("rename", "daesh", "isis-group").exit_code == 0
    assert "redirects: [isil, daesh]" in repository.read("entities/isis-group.md")
    assert "[a link](islamic-state.md)" in repository.read("entities/isis-group.md")
    assert "- isis-group   # the paper's word" in repository.read("articles/2016/one.md")
    assert repository.problems() == []
    assert repository.run("rename", "isis-group", "isil").exit_code == 0
    assert "redirects: [daesh, isis-group]" in repository.read("entities/isil.md")
    assert repository.problems() == []


def test_a_split_gives_articles_to_a_record_of_their_own(repository):
    done = repository.run(
        "split",
        "daesh",
        "--into",
        "daesh-tale",
        "--title",
        "Daesh (tale)",
        "--articles",
        "2016/one",
        "--aliases",
        "the Group",
    )
    assert done.exit_code == 0, done.output
    assert repository.read("entities/daesh-tale.md") == dedent("""\
        ---
        title: "Daesh (tale)"
        type: organization
        weak_aliases: [the Group]
        not_same_as: [daesh]
        status: reviewed
        ---
        """)
    assert front_matter_values(repository.read("entities/daesh.md"))["not_same_as"] == ["daesh-tale"]
    assert "the Group" not in repository.read("entities/daesh.md")
    assert "- {id: daesh-tale, also: [Daesh]}   # the paper's word" in repository.read("articles/2016/one.md")
    assert "entities: [daesh-tale, raqqa]" in repository.read("articles/2016/one.md")
    assert "`daesh` fought in `raqqa` rests on `2016/one`" in done.output
    assert "the cast of the dossier `war` has `daesh`" in done.output
    assert repository.problems() == []


def test_pages_that_use_a_retired_id_are_told_the_new_one(repository):
    repository.run("merge", "islamic-state", "daesh")
    repository.write("articles/2016/one.md", PAGES["articles/2016/one.md"])
    assert repository.problems() == [
        "content/articles/2016/one.md:7:5: D801 `daesh` is `islamic-state` now: write `islamic-state`",
        "content/articles/2016/one.md:9:78: D801 `daesh` is `islamic-state` now: write `islamic-state`",
    ]
    repository.write("entities/daesh.md", "---\ntitle: Other\ntype: place\n---\n")
    assert any("D802 `daesh` cannot lead here" in problem for problem in repository.problems())


def test_a_second_command_waits_its_turn(repository):
    before = repository.tree()
    with locked(repository.root):
        assert repository.run("merge", "islamic-state", "daesh").exit_code == 1
    assert repository.tree() == before


@pytest.mark.parametrize("fails_at", range(1, 8))
def test_a_failure_at_any_write_leaves_all_or_is_made_good(repository, monkeypatch, fails_at):
    """The journal finishes what was begun, whichever of the renames and removals fails."""
    before, calls = repository.tree(), 0
    steps = {name: getattr(Path, name) for name in ("replace", "unlink")}

    def failing(name):
        def step(self, *arguments, **options):
            nonlocal calls
            if name == "replace" or self.suffix == ".md":
                calls += 1
                if calls == fails_at:
                    raise OSError(28, "No space left on device")
            return steps[name](self, *arguments, **options)

        return step

    for name in steps:
        monkeypatch.setattr(Path, name, failing(name))
    failed = repository.run("merge", "islamic-state", "daesh").exit_code != 0
    monkeypatch.undo()
    repository.run("rename", "raqqa", "raqqa")
    after = repository.tree()
    if after != before:
        repository.git("checkout", "-q", "--", ".")
        repository.run("merge", "islamic-state", "daesh")
        assert after == repository.tree()
    else:
        assert failed
