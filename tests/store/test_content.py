"""Pages on disk -> nouns: what the editor typed is what is read, and what is wrong has its place."""

from __future__ import annotations

import pytest

from dossierkit.model.diagnostic import DiagnosticsError
from dossierkit.model.page import EntityRef, TimelineEntry
from dossierkit.model.record import Name
from dossierkit.store.content import load_content, load_records
from dossierkit.store.page_parser import article, dossier, record


def read(kind, head, body="Text.\n"):
    page, warnings = kind("some-id", "content/x.md", f"---\n{head}---\n{body}")
    assert not warnings
    return page


def wrong(kind, text):
    with pytest.raises(DiagnosticsError) as caught:
        kind("some-id", "content/x.md", text)
    return caught.value.problems


def problems(kind, text):
    return [(problem.line, problem.col, problem.code) for problem in wrong(kind, text)]


@pytest.mark.parametrize("value", ["no", "007", "12:30:00", "1e3", "on", "0x1F", "2016-05-30"])
def test_values_stay_what_the_editor_typed(value):
    assert read(article, f"title: {value}\n").title == value


@pytest.mark.parametrize(
    "date", ["2016-05-30", "2016", "2016-05", "2012/..", "XXXX-04", "2016-01-21~/2016-01-31"]
)
def test_dates_are_edtf_whatever_yaml_would_make_of_them(date):
    assert read(article, f"title: x\ndate: {date}\n").date == date


def test_items_are_ids_or_mappings():
    page = read(
        article,
        "title: x\nentities:\n  - a\n  - {id: b, also: [the B, B.]}\ntimeline:\n  - {date: 2016, text: t, quote: q}\n",
    )
    assert page.entities == (EntityRef("a", (), 4, 5), EntityRef("b", ("the B", "B."), 5, 5))
    assert page.timeline == (TimelineEntry("t", "q", "2016", line=7, col=5),)


def test_names_may_say_their_language():
    page = read(record, "title: Geneva\ntype: place\naliases: [Genf, {name: جنيف, lang: ar}]\n")
    assert page.aliases == (Name("Genf"), Name("جنيف", "ar"))


def test_keys_of_the_ecosystem_pass_through():
    page = read(dossier, "title: x\nhide: [navigation]\nsearch: {exclude: true}\n")
    assert page.extra == (("hide", ["navigation"]), ("search", {"exclude": True}))


def test_the_body_keeps_its_text_and_its_line():
    page = read(article, "title: x\n", "\n\n  First.\n\nLast.  \n\n")
    assert page.body == "  First.\n\nLast.  \n\n"
    assert page.body_line == 6


def test_windows_line_breaks_and_a_byte_order_mark_are_read(tmp_path):
    folder = tmp_path / "content" / "articles"
    folder.mkdir(parents=True)
    (folder / "a.md").write_bytes("\ufeff---\r\ntitle: x\r\n---\r\nText.\r\n".encode())
    content, found = load_content(tmp_path / "content")
    assert not found
    assert content.articles["a"].body == "Text.\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Text only.\n", [(1, 1, "D101")]),
        ("---\ntitle: x\n", [(1, 1, "D101")]),
        ("---\ntitle: x: y\n---\n", [(2, 9, "D102")]),
        ("---\ntitle: [x\n---\n", [(2, 8, "D102")]),
        ("---\n- x\n---\n", [(2, 1, "D102")]),
        ("---\ntitle: x\ntitle: y\n---\n", [(3, 1, "D103")]),
        ("---\ntitle: x\nsource: {url: a, url: b}\n---\n", [(3, 18, "D103")]),
        ("---\ndate: 2016\n---\n", [(2, 1, "D104")]),
        ("---\ntitle: [x]\n---\n", [(2, 8, "D105")]),
        ("---\ntitle: x\ntags: {a: b}\n---\n", [(3, 7, "D105")]),
        ("---\ntitle: x\nstatus: ready\ndate: soon\n---\n", [(3, 9, "D106"), (4, 7, "D107")]),
        ("---\ntitle: x\nsample: maybe\n---\n", [(3, 9, "D105")]),
        ("---\ntitle: x\ntimeline: [{date: 2016, text: t}]\n---\n", [(3, 12, "D104")]),
        ("---\ntitle: x\nentities: [{id: a, colour: b}]\n---\n", [(3, 12, "D105")]),
        ("---\ntitle: x\nentities: [{id: a, name: b, type: person}]\n---\n", [(3, 12, "D104")]),
        ("---\ntitle: x\nentities: [{name: b}]\n---\n", [(3, 12, "D104")]),
        ("---\ntitle: x\nentities: [{name: b, type: ship}]\n---\n", [(3, 28, "D106")]),
        ('---\ntitle: "\x07"\n---\n', [(1, 1, "D102")]),
        ('---\ntitle: ""\n---\n', [(2, 8, "D104")]),
        ('---\ntitle: "\\0"\n---\n', [(2, 8, "D104")]),
        ('---\ntitle: " \\u200b "\n---\n', [(2, 8, "D104")]),
        ("---\ntitle: x\nfoo: &a [*a]\n---\n", [(3, 6, "D102")]),
        ("---\ntitle: &a x\nlang: *a\n---\n", [(2, 8, "D102")]),
    ],
)
def test_what_is_wrong_is_told_with_its_place(text, expected):
    assert problems(article, text) == expected


def test_a_text_may_have_20_000_characters_and_its_message_does_not_repeat_it():
    assert read(article, f"title: {'x' * 20_000}\n").title == "x" * 20_000
    places = {"title: {}": (2, 8), "title: x\ntags: [a, {}]": (3, 11), "title: x\nlang: {}": (3, 7)}
    for lines, place in places.items():
        (problem,) = wrong(article, f"---\n{lines.format('x' * 20_001)}\n---\n")
        assert (problem.line, problem.col, problem.code) == (*place, "D105")
        assert "20,001 characters" in problem.message
        assert "xx" not in problem.message


@pytest.mark.parametrize(
    ("lines", "at", "words"),
    [
        ("tags:\n\t- x\n", (4, 1), "with spaces, not with tabs"),
        ("lang: en\n\ttags: x\n", (4, 1), "with spaces, not with tabs"),
        ("tags:\n  - x\n y\n", (5, 2), "indent the line like those beside it"),
        ("timeline:\n  - date: 2016\n   text: x\n", (5, 4), "indent the lines of one item alike"),
        ("date:2016\nlang: en\n", (3, 1), "with a space after the colon"),
        (
            "entities:\n  - {name: Ada, type: person\ntimeline:\n  - {text: x}\n",
            (4, 5),
            "the `{` here is not closed",
        ),
        ("tags: [a, b\ntimeline: []\n", (3, 7), "the `[` here is not closed"),
        ("description: Pledge: yes\n", (3, 20), "quote a value that holds `: `"),
        ('description: "Pledge\n', (3, 14), "the quotation mark here is not closed"),
        ("description: @ada\n", (3, 14), "quote a value that begins with this character"),
        ('description: "A" b\n', (3, 18), "quote the whole value"),
        ('description: "Pledge\nlang: en\ntags: "b"\n', (3, 14), "the quotation mark here is not closed"),
        ("description: 'Pledge\nlang: 'en'\n", (3, 14), "the quotation mark here is not closed"),
        (
            'timeline:\n  - text: "Opens\n    quote: "opened"\n',
            (4, 11),
            "the quotation mark here is not closed",
        ),
        ('timeline:\n  - {text: "Opens, quote: "opened"}\n', (4, 28), "a quotation mark is one too many"),
        ("source:\n\u00a0 publisher: P\n  url: x\n", (4, 1), "in place of the no-break space (U+00A0)"),
        ("\u00a0lang: en\n", (3, 1), "in place of the no-break space (U+00A0)"),
        ("lang:\u00a0en\ntags: [x]\n", (3, 6), "in place of the no-break space (U+00A0)"),
        ("\u3000lang: en\n", (3, 1), "in place of the ideographic space (U+3000)"),
        ("entities:\n  - ada\n  geneva\n  - un\n", (5, 3), "write `- ` before it"),
        ("entities:\n  - ada\n  geneva\ntags: []\n", (5, 3), "write `- ` before it"),
        (
            "timeline:\n  - date: 2016\n    text: x\n  date: 2017\n",
            (6, 3),
            "begin each item with `- `",
        ),
    ],
)
def test_what_is_no_yaml_is_told_where_it_begins_and_what_to_do(lines, at, words):
    (found,) = wrong(article, f"---\ntitle: x\n{lines}---\n")
    assert (found.line, found.col, found.code) == (*at, "D102")
    assert words in found.message


def test_endless_nesting_is_refused():
    assert [code for _, _, code in problems(article, f"---\ntitle: {'[' * 50_000}\n---\n")] == ["D102"]


@pytest.mark.parametrize("text", ["Il dit\u00a0: oui", "a\u00a0b"])
def test_a_no_break_space_in_a_text_is_a_part_of_it(text):
    assert read(article, f'title: "{text}"\n').title == text


def test_a_key_that_is_there_twice_in_an_item_may_want_a_dash():
    (found,) = wrong(article, "---\ntitle: x\nentities:\n  - name: a\n    type: person\n    name: b\n---\n")
    assert found.message.endswith("keep one, or begin the next item of the list with `- `")


@pytest.mark.parametrize(
    ("data", "at", "words"),
    [
        ("---\ntitle: é x é\n".encode() + b"lang: fr\n---\n\xc9 et \xe9t\xe9.\n", (5, 1), "the byte C9 is not UTF-8, and would be `É` in"),
        ("---\ntitle: é x ".encode() + b"\xe9\n---\n", (2, 12), "the byte E9 is not UTF-8, and would be `é` in Windows-1252"),
        ("---\ntitle: é\n---\n".encode("utf-16"), (1, 1), "the file is in UTF-16"),
        (b"---\ntitle: \x81\n---\n", (2, 8), "the byte 81 is not UTF-8: open the file"),
    ],
)  # fmt: skip
def test_bytes_that_are_not_utf_8_are_told_with_their_place_and_the_likely_encoding(
    tmp_path, data, at, words
):
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles/a.md").write_bytes(data)
    _, (found,) = load_content(tmp_path, tmp_path)
    assert (found.code, (found.line, found.col)) == ("D100", at)
    assert words in found.message


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("derna-DESKTOP-AB12", True),
        ("derna-MACBOOK", True),
        ("Some Name", False),
        ("derna-De", False),
        ("derna\n", False),
    ],
)
def test_a_copy_of_a_synchronised_folder_is_not_renamed_into_a_second_page(name, told):
    with pytest.raises(DiagnosticsError) as caught:
        record(name, f"content/entities/{name}.md", "---\ntitle: x\ntype: place\n---\n")
    (found,) = caught.value.problems
    assert ("as a copy of `derna.md`, take over what is missing there and delete it" in found.message) == told


def test_a_misspelt_key_is_a_warning_that_names_the_right_one():
    _, (warning,) = article("x", "content/x.md", "---\ntitle: x\ntimelne: []\n---\n")
    assert (warning.code, warning.line, warning.severity) == ("D109", 3, "warning")
    assert "`timeline`" in warning.message


@pytest.mark.parametrize("key", ["dossier", "dossiers"])
def test_an_article_that_names_its_dossier_is_told_that_dossiers_choose_their_articles(key):
    text = f"---\ntitle: x\n{key}: [first]\n---\n"
    _, (warning,) = article("x", "content/x.md", text)
    assert (warning.code, warning.line, warning.severity) == ("D109", 3, "warning")
    assert "content/dossiers/" in warning.message
    assert record("x", "content/x.md", text.replace("title: x", "title: x\ntype: place"))[1] == []


@pytest.mark.parametrize(
    "key",
    ["embargo_until", "Embargo", "EMBARGO", "embrago", "embargos", "emargo", "embаrgo", "publish_at", "publishAt",
     "publish-on", "Release date", "embargoed until", '"embargo "', "not_before"],
)  # fmt: skip
@pytest.mark.parametrize("read", [article, record, dossier])
def test_what_looks_like_an_embargo_and_is_none_is_an_error(read, key):
    text = f"---\ntitle: x\ntype: person\nstatus: published\n{key}: 2099-12-01T06:00Z\n---\n"
    (found,) = wrong(read, text)
    assert (found.line, found.col, found.code) == (5, 1, "D112")
    assert "write `embargo: " in found.message


def test_a_second_key_beside_an_embargo_is_to_go():
    (found,) = wrong(article, "---\ntitle: x\nembargo: 2099-12-01T06:00Z\nembargo_until: x\n---\n")
    assert found.message == "`embargo_until` holds nothing back, only `embargo` does: remove it"


@pytest.mark.parametrize(
    "key", ["published", "updated", "margin", "publisher", "cargo", "barge", "template", "tags", "author"]
)
def test_a_key_of_a_theme_is_no_embargo(key):
    _, found = article("x", "content/x.md", f"---\ntitle: x\n{key}: x\n---\n")
    assert "D112" not in [one.code for one in found]


def test_a_file_name_that_is_no_id_is_refused():
    with pytest.raises(DiagnosticsError) as caught:
        article("Some Name", "content/articles/Some Name.md", "---\ntitle: x\n---\n")
    assert [problem.code for problem in caught.value.problems] == ["D110"]


def test_bytes_that_are_not_utf_8_are_refused(tmp_path):
    folder = tmp_path / "entities"
    folder.mkdir()
    (folder / "a.md").write_bytes("---\ntitle: caf\xe9\ntype: place\n---\n".encode("latin-1"))
    with pytest.raises(DiagnosticsError) as caught:
        load_records(folder)
    assert [problem.code for problem in caught.value.problems] == ["D100"]
