"""`extra.dossier` of mkdocs.yml: what holds, and what is told with its place and the nearest name."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest
import yaml

from dossierkit.build.options import options
from dossierkit.store.packaged import packaged_templates
from dossierkit.theme.theming import defaults, ratio, readable

CSS = (packaged_templates() / "assets/dossierkit/parts/tokens.css").read_text(encoding="utf-8")


def read(text, docs=Path()):
    text = "extra:\n  dossier:\n" + "".join(f"    {line}\n" for line in dedent(text).strip().splitlines())
    return options(yaml.safe_load(text)["extra"], {"mkdocs.yml": text}, docs, CSS)


def told(text, docs=Path()):
    return [(f"{one.line}:{one.col}", one.code, one.message) for one in read(text, docs).problems]


@pytest.mark.parametrize(
    ("text", "place", "code", "words"),
    [
        ("colours: {person: '#146dbd'}", "3:5", "D140", "did you mean `colors`?"),
        ("colors:\n  persson: '#146dbd'", "4:7", "D140", "did you mean `person`?"),
        ("colors:\n  person: {lite: '#146dbd'}", "4:16", "D140", "did you mean `light`?"),
        ("labels:\n  artikles: Stories", "4:7", "D140", "did you mean `articles`?"),
        ("labels:\n  types:\n    person: {mani: Folk}", "5:18", "D140", "did you mean `types.person.many`?"),
        ("csp: {image-src: x}", "3:11", "D140", "did you mean `img-src`?"),
        ("fonts: {texts: X}", "3:13", "D140", "did you mean `text`?"),
        ("zzz: 1", "3:5", "D140", "expected one of admin, "),
        ("colors: red", "3:5", "D141", "`colors` is a mapping"),
        ("colors: {person: red}", "3:14", "D141", "a colour as `#0d5063`"),
        ("fonts: {text: [a, b]}", "3:13", "D141", "one font family"),
        ("fonts:\n  files: [{family: A}]", "4:15", "D141", "needs `file`"),
        ("fonts:\n  files: [{family: A, file: no.woff2}]", "4:27", "D141", "no font file `no.woff2`"),
        ("csp: maybe", "3:5", "D141", "true, false, or a mapping"),
        ("admin: 3", "3:5", "D141", "true, false, or a mapping with `backend`"),
        ("cards: many", "3:5", "D141", "how many of the newest articles"),
        ("cards: -1", "3:5", "D141", "how many of the newest articles"),
        ("feeds: some", "3:5", "D141", "`all` or `cast`"),
        ("embeds: dossiers", "3:5", "D141", "`all` or `cast`"),
        ("data: [xls]", "3:5", "D141", "a list of jsonld, "),
        ("id: [a]", "3:5", "D141", "a text"),
        ("publisher: us", "3:5", "D141", "`publisher` is a mapping"),
        ("publisher: {mastheads: x}", "3:17", "D140", "did you mean `masthead`?"),
        ("publisher: {contact: call us}", "3:17", "D141", "an e-mail address or a web address"),
        ("publisher: {url: 'javascript:alert(1)'}", "3:17", "D141", "a web address"),
        ("publisher: {founded: long ago}", "3:17", "D141", "a year, month or day"),
        ("publisher: {ethics: [a]}", "3:17", "D141", "words, a web address"),
        ("publisher:\n  ethics: about/none.md", "4:7", "D141", "there is no `about/none.md`"),
        ("publisher: {ethics: ../secret.md}", "3:17", "D141", "there is no `../secret.md`"),
        ("names: banana", "3:5", "D141", "`model`, `none`, or `spacy:`"),
        ("colors: {person: '#ffd000'}", "3:14", "D142", "in the light scheme `person` (#ffd000) on `paper`"),
        (
            "colors:\n  paper: {light: '#888888'}",
            "4:7",
            "D142",
            "in the light scheme `soft` (#555d63) on `paper` (#888888)",
        ),
    ],
)
def test_what_cannot_hold_is_told_with_its_place(text, place, code, words):
    found = told(text)
    assert found, "nothing was said"
    assert found[0][:2] == (place, code)
    assert words in found[0][2]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("plugins:\n  - dossier:\n      unreviewed: mark\n", [("3:7", "it belongs under `extra: dossier:`")]),
        ("plugins: {dossier: {drafts: always, nonsense: 1}}\n", [("1:37", "what a site sets belongs under")]),
        ("plugins:\n  - dossier:\n      drafts: never\n  - search: {lang: en}\n", []),
        ("plugins:\n  - dossier\n", []),
        ("plugins:\n", []),
        ("plugins: dossier\n", []),
    ],
)
def test_a_setting_that_was_given_to_the_plugin_is_told_where_it_belongs(text, found):
    problems = options({}, {"mkdocs.yml": text}, Path(), CSS).problems
    assert [(f"{one.line}:{one.col}", one.code) for one in problems] == [(at, "D140") for at, _ in found]
    assert all(words in one.message for one, (_, words) in zip(problems, found, strict=True))


def test_only_a_colour_that_is_hard_to_read_lets_the_build_go_on():
    severities = {one.code: one.severity for one in read("colors: {person: '#ffd000'}\nzzz: 1").problems}
    assert severities == {"D140": "error", "D142": "warning"}


def test_the_colour_that_is_proposed_would_do():
    message = told("colors: {person: '#ffd000'}")[0][2]
    proposed = message.rpartition(": ")[2].split()[0]
    assert ratio(proposed, defaults(CSS)["paper"][0]) >= 4.5


def test_nothing_set_is_nothing_wrong():
    assert options({}, {"mkdocs.yml": "site_name: x\n"}, Path(), CSS).problems == ()
    assert options({}, {"mkdocs.yml": "site_name: x\n"}, Path(), CSS).look.sheet == ""


def test_our_own_colours_can_be_read():
    colours = defaults(CSS)
    text = "colors:\n" + "".join(
        f"  {name}: {{light: '{one}', dark: '{two}'}}\n" for name, (one, two) in colours.items()
    )
    assert told(text) == []


def test_one_colour_makes_the_other():
    sheet = read("colors: {brand: '#7a1f3d'}").look.sheet
    dark = sheet.rpartition(", ")[2].partition(")")[0]
    assert "--dk-brand: light-dark(#7a1f3d, #" in sheet
    assert ratio(dark, defaults(CSS)["paper"][1]) >= 5


def test_a_ground_given_for_one_scheme_leaves_the_other():
    assert "--dk-paper: light-dark(#ffffff, #16191b)" in read("colors: {paper: '#ffffff'}").look.sheet


def test_fonts_stand_before_ours(tmp_path):
    (tmp_path / "own.woff2").write_bytes(b"")
    made = read(
        "fonts:\n  text: Own Face\n  files: [{family: Own Face, file: own.woff2, weight: 400 700}]", tmp_path
    ).look
    assert 'src: url("../../own.woff2") format("woff2")' in made.sheet
    assert "font-weight: 400 700" in made.sheet
    assert '--dk-latin: "Own Face", "Literata"' in made.sheet
    assert made.preload == "own.woff2"


def test_labels_may_be_nested_or_dotted():
    labels = read(
        "labels:\n  articles: Stories\n  types.person.many: Folk\n  types: {place: {many: Spots}}"
    ).labels
    assert labels == {"articles": "Stories", "types.person.many": "Folk", "types.place.many": "Spots"}


def test_contrast_is_that_of_wcag():
    assert ratio("#000000", "#fff") == pytest.approx(21)
    assert ratio("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert readable("#777777", "#ffffff") != "#777777"
    assert readable("#767676", "#ffffff") == "#767676"
