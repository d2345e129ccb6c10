"""`dossier add`: the files that it writes, what it notes and refuses, and that a refusal writes nothing."""

from __future__ import annotations

import hashlib
import re
import shutil
import textwrap
from dataclasses import replace
from pathlib import Path

import click
import pytest
import yaml

from dossierkit.evidence.body_html import renderer
from dossierkit.evidence.layer import layer
from dossierkit.evidence.visibility import visible
from dossierkit.ingest.clean import clean
from dossierkit.model.diagnostic import DiagnosticsError
from dossierkit.model.proposal import Proposal, ProposedEntity, ProposedEntry
from dossierkit.store.content import load_content
from dossierkit.store.proposal import load as load_proposal
from dossierkit.store.seeds import safe_name
from dossierkit.store.yamltext import scalar
from dossierkit.text.quote import fold_spaces, locate
from dossierkit.workflow.adding.add import AddOptions, UnreadableSourcesError, run

PAGES = Path(__file__).parents[1] / "ingest" / "pages"
TEXT = textwrap.dedent("""\
    Daily: “Lead” Negotiator Quits

    The lead negotiator said on Sunday that he is quitting.

    He spoke of a transition without [President] Example.The talks ended last week.
    """)


def proposed(article) -> Proposal:
    """Two entities and two entries that stand in TEXT, without an extractor."""
    quote = "The talks ended last week."
    start = article.text.find(quote)
    entity = ProposedEntity("e1", "no-person", "No", "person", False, ("Lead",), 1, 4, 8, "q", 0.9, "rule")
    other = ProposedEntity(
        "e2", "envoy-person", "Envoy", "person", False, ("Envoy",), 1, 4, 8, "q", 0.9, "rule", ("he: [x]",)
    )
    dated = "2016-05-23/2016-05-29" if article.published == "2016-05-30" else ""
    entry = ProposedEntry(
        "t1",
        dated,
        "last week",
        "Talks end: #1",
        quote,
        "Example.",
        "",
        ("envoy-person",),
        start,
        start + len(quote),
        0.8,
        "rule",
    )
    return Proposal(
        "test 1",
        hashlib.sha256(article.text.encode()).hexdigest(),
        (entity, other),
        (entry,) if start >= 0 else (),
    )


def nothing(article) -> Proposal:
    return Proposal("test 1", "")


@pytest.fixture
def root(tmp_path) -> Path:
    folder = tmp_path / "repository"
    folder.mkdir()
    return folder


@pytest.fixture
def source(tmp_path) -> Path:
    return written(tmp_path / "in" / "article.txt", TEXT)


def written(path: Path, text: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def files(root: Path) -> list[str]:
    """All files of the repository."""
    return [path.relative_to(root).as_posix() for path in sorted(root.rglob("*")) if path.is_file()]


def add(root, *paths, propose=proposed, **options):
    return run(root, paths, propose=propose, **options)


def refused(root, *paths, error=DiagnosticsError, **options) -> str:
    before = files(root)
    with pytest.raises(error) as raised:
        add(root, *paths, add_options=AddOptions(keep_going=False), **options)
    assert files(root) == before
    return str(raised.value)


def test_source_proposal_and_page_are_written(root, source, capsys):
    add(root, source, date="2016-05-30", publisher="The Paper")
    assert files(root) == [
        "content/articles/2016/daily-lead-negotiator-quits.md",
        "seeds/article.suggested.yml",
        "seeds/article.txt",
    ]
    assert (root / "seeds/article.txt").read_bytes() == source.read_bytes()
    assert "draft with 2 entities (2 new) and 1 timeline entry " in capsys.readouterr().out


def test_names_of_which_the_network_is_not_sure_wait_under_proposed(root, source, capsys):
    def unsure(article):
        found = proposed(article)
        lead, envoy = found.entities
        doubtful = replace(envoy, reason="name model", score=0.94)
        listed = replace(doubtful, key="e3", entity="geneva-place", name="Geneva", type="place", also=())
        return replace(found, entities=(replace(lead, reason="name model", score=0.95), doubtful, listed))

    add(root, source, date="2016-05-30", propose=unsure)
    assert (
        "draft with 3 entities (3 new) and 1 timeline entry from seeds/article.txt\n"
        "  in doubt, so under `proposed:` until you decide: 1 entity\n"
    ) in capsys.readouterr().out
    page = (root / "content/articles/2016/daily-lead-negotiator-quits.md").read_text(encoding="utf-8")
    front = yaml.load(page.split("---\n")[1], Loader=yaml.BaseLoader)  # noqa: S506 -- makes nothing but texts
    assert [one["name"] for one in front["entities"]] == ["No", "Geneva"]
    assert front["proposed"] == {"entities": [{"name": "Envoy", "type": "person", "also": ["he: [x]"]}]}
    assert "entities" not in front["timeline"][0]
    last = load_proposal((root / "seeds/article.suggested.yml").read_text(encoding="utf-8"), "article")
    assert last.drafted == ("e1", "e3", "t1")
    assert [entity.key for entity in last.entities] == ["e1", "e2", "e3"]


def test_names_that_pages_have_already_are_not_called_new(root, source, tmp_path, capsys):
    add(root, source)
    capsys.readouterr()
    more = [written(tmp_path / f"more{at}.txt", f"More {at}\n\n{TEXT}{at} more.\n") for at in (1, 2)]
    add(root, more[0])
    assert "2 entities (0 new, 2 seen before)" in capsys.readouterr().out
    add(root, more[1], propose=nothing)
    assert "0 entities (0 new) and" in capsys.readouterr().out


def test_the_last_line_says_in_which_languages_no_names_are_found(root, tmp_path, capsys):
    def without_rules(article):
        note = f"language {article.lang}: no rules for its names, so names are those of records only"
        return Proposal("test 1", "", notes=(note,) if article.lang == "ru" else ())

    texts = [written(tmp_path / f"{at}.txt", f"Title {at}\n\nWords {at}.\n") for at in range(3)]
    add(root, *texts[:2], propose=without_rules, lang="ru")
    assert (
        capsys.readouterr()
        .out.splitlines()[-1]
        .startswith("2 articles are in a language without rules for names (ru)")
    )
    add(root, texts[2], propose=without_rules, lang="en")
    assert "without rules for names" not in capsys.readouterr().out


def test_a_note_of_many_sources_is_printed_with_three_and_then_counted(root, tmp_path, capsys):
    texts = [written(tmp_path / f"{at}.txt", f"Title {at}\n\n{TEXT}{at}.\n") for at in range(5)]
    add(root, *texts[:4], propose=nothing, date="2016-05-30")
    lines = capsys.readouterr().out.splitlines()
    assert sum(line.startswith("  note: the language was not stated") for line in lines) == 3
    assert lines[-1].startswith("the same note for 1 more source: the language was not stated")
    add(root, texts[4], propose=nothing, date="2016-05-30")
    assert "the same note" not in capsys.readouterr().out


def test_new_entities_stand_in_the_page_by_name_so_that_no_record_is_written(root, source):
    add(root, source, propose=None, date="2016-05-30")
    content, problems = load_content(root / "content")
    assert not problems
    (page,) = content.articles.values()
    assert [(ref.name, ref.type, ref.id) for ref in page.entities] == [
        ("Example", "person", "example-person")
    ]
    assert content.records == {}
    assert list(visible(content, drafts=True).records) == ["example-person"]


def test_a_record_that_stands_is_left_alone(root, source):
    standing = written(
        root / "content/entities/the-envoy.md", "---\ntitle: Envoy\ntype: person\n---\nOurs.\n"
    )
    add(root, source, date="2016-05-30")
    assert standing.read_text(encoding="utf-8").endswith("Ours.\n")


def test_the_page_is_as_documented(root, source):
    add(root, source, date="2016-05-30", publisher="The Paper", url="https://news.example/a")
    digest = hashlib.sha256(TEXT.encode()).hexdigest()
    assert (root / "content/articles/2016/daily-lead-negotiator-quits.md").read_text() == textwrap.dedent(f"""\
        ---
        title: "Daily: “Lead” Negotiator Quits"
        date: 2016-05-30
        lang: en
        source:
          publisher: The Paper
          url: "https://news.example/a"
          file: seeds/article.txt
          sha256: {scalar(digest)}
        status: draft
        tags: []
        entities:
          - {{name: "No", type: person}}
          - {{name: Envoy, type: person, also: ["he: [x]"]}}
        timeline:
          - date: 2016-05-23/2016-05-29
            when: last week
            text: "Talks end: #1"
            quote: The talks ended last week.
            prefix: Example.
            entities: [envoy-person]
        ---
        The lead negotiator said on Sunday that he is quitting.

        He spoke of a transition without \\[President\\] Example.The talks ended last week.
        """)


def test_what_is_written_is_read_back(root, source):
    (addition,) = add(root, source, date="2016-05-30")
    content, problems = load_content(root / "content")
    assert problems == ()
    (page,) = content.articles.values()
    assert (page.title, page.date, page.status) == ("Daily: “Lead” Negotiator Quits", "2016-05-30", "draft")
    assert [ref.id for ref in page.entities] == ["no-person", "envoy-person"]
    assert page.timeline[0].quote == "The talks ended last week."
    assert load_proposal((root / "seeds/article.suggested.yml").read_text()) == addition.proposal


def test_adding_gives_the_same_bytes_everywhere(root, source, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    assert add(root, source, date="2016")[0].written == add(other, source, date="2016")[0].written


def test_without_a_date_the_page_has_none_and_says_so(root, source, capsys):
    add(root, source)
    page = (root / "content/articles/undated/daily-lead-negotiator-quits.md").read_text()
    assert "\ndate:" not in page
    assert "  - when: last week\n" in page
    assert "no date of publication" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("date", "folder"),
    [
        ("2016-05", "2016"),
        ("2016", "2016"),
        ("2016-05-23/2016-05-29", "2016"),
        ("2016-05~", "2016"),
        ("XXXX-04", "undated"),
    ],
)
def test_the_year_of_the_folder(root, source, date, folder):
    assert add(root, source, date=date)[0].page.startswith(f"content/articles/{folder}/")


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("date", "30 May 2016"),
        ("date", "2016-02-30"),
        ("url", "javascript:alert(1)"),
        ("url", "news.example"),
        ("lang", "english!"),
        ("slug", "../x"),
        ("slug", "CON"),
        ("slug", "con"),
    ],
)
def test_options_that_cannot_hold_are_usage_errors(root, source, option, value):
    assert f"--{option}" in refused(root, source, error=click.UsageError, **{option: value})


def test_options_for_one_file_are_refused_for_several(root, source, tmp_path):
    other = written(tmp_path / "b.txt", "B\n\ntext")
    for option in ("title", "url", "slug"):
        assert f"--{option} is for one file" in refused(
            root, source, other, error=click.UsageError, **{option: "https://a.b/"}
        )
    refused(root, error=click.UsageError)


def test_the_same_bytes_again_are_passed_over_with_where_they_stand(root, source, tmp_path, capsys):
    add(root, source, date="2016-05-30")
    copy = written(tmp_path / "copy.txt", TEXT)
    before = files(root)
    for again in (copy, source, root / "seeds/article.txt"):
        capsys.readouterr()
        assert add(root, again) == ()
        message = capsys.readouterr().out
        assert f"{again}: was added already" in message
        assert "content/articles/2016/daily-lead-negotiator-quits.md" in message
        assert "seeds/article.txt" in message
    assert files(root) == before


def test_the_page_is_found_wherever_the_editor_moved_it(root, source, capsys):
    add(root, source, date="2016-05-30")
    (root / "content/articles/2016/daily-lead-negotiator-quits.md").rename(
        root / "content/articles/elsewhere.md"
    )
    assert add(root, source) == ()
    assert "content/articles/elsewhere.md" in capsys.readouterr().out


def test_a_seed_that_stands_in_the_repository_is_added_in_place(root):
    seed = written(root / "seeds" / "article.txt", TEXT)
    add(root, seed, date="2016-05-30")
    assert len(files(root)) == 3


def test_a_seed_without_a_page_is_pointed_to(root, source):
    written(root / "seeds" / "there.txt", TEXT)
    assert "run `dossier add seeds/there.txt`" in refused(root, source)


def test_one_file_given_twice_is_refused(root, source, tmp_path):
    assert "same bytes as" in refused(root, source, written(tmp_path / "copy.txt", TEXT))


def test_a_taken_slug_gets_an_answer(root, source, tmp_path):
    add(root, source, date="2016-05-30")
    other = written(tmp_path / "other.txt", TEXT + "\nMore.")
    assert "--slug" in refused(root, other, date="2016-05-30")
    add(root, other, date="2016-05-30", slug="another-one")
    assert (root / "content/articles/2016/another-one.md").exists()


@pytest.mark.parametrize("name", ["article.txt", "Article.TXT", "article.md"])
def test_a_name_that_is_taken_in_seeds_gets_an_answer(root, source, tmp_path, name):
    add(root, source)
    assert "rename the file" in refused(root, written(tmp_path / "x" / name, "# Other\n\nOther text."))


def test_two_new_files_of_one_name_get_an_answer(root, source, tmp_path):
    assert "rename one of them" in refused(
        root, source, written(tmp_path / "x" / "article.md", "# Other\n\nOther text.")
    )


def test_what_the_curator_knows_is_read_and_kept_and_options_win(root, source):
    knowledge = "date: 2016-05-30\npublisher: The Paper\nrights: 'All rights: The Paper'\nlang: en-GB\n"
    written(source.with_suffix(".yml"), knowledge)
    add(root, source, publisher="Another")
    page = yaml.safe_load(
        (root / "content/articles/2016/daily-lead-negotiator-quits.md").read_text().split("---\n")[1]
    )
    assert page["source"]["publisher"] == "Another"
    assert page["source"]["rights"] == "All rights: The Paper"
    assert page["lang"] == "en-GB"
    assert (root / "seeds/article.yml").read_text() == knowledge


@pytest.mark.parametrize(
    ("knowledge", "message"),
    [
        ("date: yesterday", "article.yml:1:"),
        ("\npublsher: x", "`publsher`"),
        ("date: 2016\ndate: 2017", "article.yml:2:.*twice"),
        ("- a", "key: value"),
        ("url: javascript:alert(1)", "not a web address"),
        (b"title: caf\xe9", "not UTF-8"),
    ],
)
def test_a_curators_file_that_is_wrong_is_refused(root, source, knowledge, message):
    written(source.with_suffix(".yml"), knowledge)
    assert re.search(message, refused(root, source))


def test_the_encoding_can_be_said_when_it_cannot_be_told(root, tmp_path):
    file = written(tmp_path / "a.txt", "Café\n\nÀ Genève.".encode("latin-1"))
    assert "cannot be recognised" in refused(root, file, propose=nothing) or "unknown" in refused(
        root, file, propose=nothing
    )
    assert (
        "À Genève."
        in add(root, file, propose=nothing, encoding="iso-8859-1")[0]
        .written["content/articles/undated/cafe.md"]
        .decode()
    )


def test_all_problems_are_told_at_once_and_nothing_is_written(root, source, tmp_path):
    bad = written(tmp_path / "bad.txt", b"a\x00b")
    message = refused(root, source, bad, tmp_path / "missing.txt", tmp_path)
    assert all(str(path) in message for path in (bad, tmp_path / "missing.txt", tmp_path))


def test_a_bad_source_is_told_and_does_not_stop_the_rest(root, source, tmp_path):
    bad = written(tmp_path / "bad.pdf", b"%PDF-1.7")
    with pytest.raises(DiagnosticsError, match=r"bad\.pdf:0:0: D401 .*not a PDF") as raised:
        add(root, bad, source)
    assert not isinstance(raised.value, UnreadableSourcesError)
    assert "seeds/article.txt" in files(root)


def test_nothing_but_unreadable_sources_is_unreadable_input(root, tmp_path):
    with pytest.raises(UnreadableSourcesError) as raised:
        add(root, written(tmp_path / "bad.pdf", b"%PDF-1.7"), tmp_path / "missing.txt")
    assert raised.value.exit_code == 2


def test_markdown_brings_its_tags(root, tmp_path):
    file = written(
        tmp_path / "a.md", "---\ntitle: 'yes'\ndate: 2016-05-30\ntags: [talks, 'no']\n---\nSome *text*."
    )
    page = add(root, file, propose=nothing)[0].written["content/articles/2016/yes.md"].decode()
    assert yaml.safe_load(page.split("---\n")[1])["tags"] == ["talks", "no"]
    assert page.endswith("Some *text*.\n")


def test_a_file_without_title_needs_one(root, tmp_path):
    file = written(tmp_path / "a.md", "Some text.")
    assert "has no title" in refused(root, file, propose=nothing)
    add(root, file, propose=nothing, title="A title: given")
    assert 'title: "A title: given"' in (root / "content/articles/undated/a-title-given.md").read_text()


def test_an_arabic_text_is_taken_as_arabic_and_said(root, tmp_path, capsys):
    file = written(tmp_path / "a.txt", "عنوان\n\nأعلن كبير المفاوضين استقالته يوم الأحد.")
    (addition,) = add(root, file, propose=nothing)
    assert b"\nlang: ar\n" in addition.written[addition.page]
    assert "taken as `ar`" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "title", "page"),
    [
        ("2016-05-30_bridge", "तालिबान बोला, 31 अगस्त तक चला जाए", "2016-05-30-bridge"),
        ("2016-05-30_bridge", "Мост открыли", "most-otkryli"),
        ("桥", "桥重新开放", "name-"),
    ],
)
def test_a_title_without_latin_letters_gives_the_page_the_name_of_its_file(root, tmp_path, name, title, page):
    add(root, written(tmp_path / f"{name}.txt", f"{title}\n\nText."), date="2016-05-30")
    (made,) = (root / "content/articles/2016").iterdir()
    assert made.name.startswith(page)


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("Договор подписан в понедельник, сообщил министр.", ("ru", "no rules for its names")),
        ("ድልድዩ ትናንት ተከፈተ፡፡", ("am", "dates by months of its own calendar alone")),
        ("ေရးေကာင္စီ ေျပာၾကားသည္။ ေအးေအးေဆးေဆး ေနသည္။", ("my", "the text is in the Zawgyi encoding")),
    ],
)
def test_what_was_not_looked_for_in_a_language_without_rules_is_said(root, tmp_path, capsys, text, note):
    lang, said = note
    add(root, written(tmp_path / "a.txt", f"Title\n\n{text}"), propose=None, lang=lang)
    out = capsys.readouterr().out
    assert any(line.startswith(f"  note: language {lang}: ") and said in line for line in out.splitlines())


def test_burmese_in_unicode_is_not_taken_for_another_encoding(root, tmp_path, capsys):
    add(
        root,
        written(tmp_path / "a.txt", "Title\n\nတံတားကို ရေးမြို့တွင် မေလ ၁၈ ရက်နေ့က ဖွင့်ခဲ့သည်။"),
        propose=None,
        lang="my",
    )
    assert "Zawgyi" not in capsys.readouterr().out


def test_the_text_that_is_proposed_from_is_what_readers_see(root, source):
    seen = []
    add(
        root,
        source,
        propose=lambda article: (seen.append(article.text), nothing(article))[1],
    )
    assert [line for line in seen[0].split("\n") if line] == TEXT.strip().split("\n\n")[1:]


HOSTILE = {
    "script": "T\n\n<script>alert(1)</script> <img src=x onerror=alert(1)>",
    "templates": "T {{ 7*7 }}\n\n{{ 7*7 }} {% include 'x' %} {# c #}",
    "yaml": "--- title: x\n\n---\n\ntitle: y\n\n- a: [b\n\n---\n\nkey: !!python/object:x",
    "markdown": '# T\n\n> q\n\n1. a\n\n| a |\n\n[x](javascript:alert(1)) ![x](y) --8<-- "x"',
    "bidi": "T\u202eitle\n\n\u2066Text\u2069 and \u202a more",
    "control": "Title\x07\n\nA long enough text \x1b with two.",
    "quotes": "T \"q\" 'q' \\n \\u0041 # & * !\n\nText",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_untrusted_text_is_a_page_that_says_the_same(root, tmp_path, name):
    text = clean(HOSTILE[name])[0]
    (addition,) = add(root, written(tmp_path / "a.txt", HOSTILE[name]), propose=nothing)
    content, problems = load_content(root / "content")
    assert problems == ()
    (page,) = content.articles.values()
    title, *paragraphs = [line for line in text.split("\n") if line]
    assert page.title == " ".join(title.split())
    shown = layer(
        renderer(["attr_list", "tables", "md_in_html", "admonition", "pymdownx.snippets"], {})(page.body)
    ).text
    assert shown.split() == " ".join(paragraphs).split()
    assert b"{{" not in addition.written[addition.page].split(b"\n---\n", 1)[1]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("../../x.txt", "x.txt"),
        ("..\\..\\x.txt", "x.txt"),
        ("CON", "source-CON"),
        ("con.txt", "source-con.txt"),
        ("LPT1.tar.txt", "source-LPT1.tar.txt"),
        ("COM¹.txt", "source-COM¹.txt"),
        ("...txt", "txt"),
        (".", "source"),
        ("a b: c?.HTML", "a-b-c.html"),
        ("e\u0301t\u202exe.txt", "étxe.txt"),
        ("-rf.txt", "rf.txt"),
        ("\x00\n.txt", "txt"),
        ("عنوان.txt", "عنوان.txt"),
        ("x" * 300 + ".txt", "x" * 120 + ".txt"),
        ("ع" * 200 + ".txt", "ع" * 60 + ".txt"),
    ],
)
def test_names_are_made_safe(name, expected):
    assert safe_name(name) == expected
    assert safe_name(expected) == expected


@pytest.mark.parametrize(
    "name", ["CON", "nul.txt", "a b.txt", "x" * 200 + ".txt", "{{7*7}}.txt", "$(touch x).txt", "..txt"]
)
def test_a_strange_name_is_added_inside_or_refused(root, tmp_path, name):
    add(root, written(tmp_path / "in" / name, TEXT))
    assert len(files(root)) == 3
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in", "repository"]


def test_seeds_that_are_a_link_out_are_not_followed(root, source, tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (root / "seeds").symlink_to(outside)
    assert "symbolic link" in refused(root, source)
    assert list(outside.iterdir()) == []


def test_what_a_curators_file_leads_to_is_not_read(root, tmp_path):
    """A branch may bring a source, and beside it a link to a file of whoever adds it."""
    outside = tmp_path / "outside.yml"
    outside.write_text("author: Nina Holm\n", encoding="utf-8")
    source = written(root / "seeds" / "talks.txt", TEXT)
    source.with_suffix(".yml").symlink_to(outside)
    assert "is a link out of the repository" in refused(root, source)
    assert not (root / "content/articles").exists()


def test_ten_megabytes_on_one_line_are_refused(root, tmp_path):
    file = written(tmp_path / "a.txt", "Title\n" + "The talks failed. " * 580_000)
    assert "not an article" in refused(root, file)


def test_saved_pages_are_added(root):
    (addition,) = add(root, PAGES / "json-ld.html", propose=nothing)
    assert addition.page == "content/articles/2016/negotiator-leaves-geneva-talks.md"
    page = yaml.safe_load(addition.written[addition.page].decode().split("---\n")[1])
    assert page["source"]["author"] == "Mona Example, Karl Sample"
    assert page["source"]["url"] == "https://news.example/2016/negotiator-leaves"


def test_many_files_are_added_at_once(root, tmp_path, capsys):
    paths = [
        written(tmp_path / "in" / f"{number}.txt", f"Title {number}\n\nText {number}.")
        for number in range(30)
    ]
    assert len(add(root, *paths, propose=nothing)) == 30
    assert capsys.readouterr().out.count("draft with") == 30


def test_a_newsroom_can_have_its_own_page_template(root, source):
    written(root / "templates" / "pages" / "article.md", "---\ntitle: {{ page.title | yaml }}\n---\nOurs.\n")
    shutil.copy(source, source.with_name("b.txt"))
    (addition,) = add(root, source)
    assert (
        addition.written[addition.page]
        == '---\ntitle: "Daily: “Lead” Negotiator Quits"\n---\nOurs.\n'.encode()
    )


SEED = Path(__file__).parents[2] / "seeds" / "000_dd9232ff1f39c6c6.txt"


def test_the_seed_comes_out_right(root, capsys):
    (addition,) = run(root, [SEED], date="2016-05-30", publisher="MESOP")
    content, problems = load_content(root / "content")
    assert problems == ()
    (page,) = content.articles.values()
    assert page.title == "MESOP Syria Daily: Lead Opposition-Rebel Negotiator Alloush Quits"
    assert (page.date, page.source.publisher) == ("2016-05-30", "MESOP")
    paragraphs = page.body.strip().split("\n\n")
    words = SEED.read_text(encoding="utf-8").strip().split("\n\n")[1:]
    assert [paragraph.replace("\\[President\\]", "[President]") for paragraph in paragraphs] == words
    assert "without \\[President\\] al-Assad and his criminal gang.The International" in paragraphs[1]
    assert (root / addition.source.seed).read_bytes() == SEED.read_bytes()
    assert "draft with" in capsys.readouterr().out


@pytest.mark.parametrize("date", ["2016-05-30", None])
def test_every_quote_that_the_extractor_proposes_stands_once(root, date):
    run(root, [SEED], date=date)
    content, _ = load_content(root / "content")
    (page,) = content.articles.values()
    text = fold_spaces(layer(renderer(["tables"], {})(page.body)).text)
    assert page.timeline
    assert [len(locate(text, entry.quote, entry.prefix, entry.suffix)) for entry in page.timeline] == [
        1
    ] * len(page.timeline)


def test_without_a_date_nothing_is_dated_by_guess(root):
    run(root, [SEED])
    content, _ = load_content(root / "content")
    (page,) = content.articles.values()
    assert page.date == ""
    years = {year for entry in page.timeline for year in re.findall(r"[0-9X]{4}", entry.date)}
    assert years == set()  # a day without a year is no date for readers
    assert {entry.when for entry in page.timeline if not entry.date} == {"Sunday", "Last week"}
