"""The interface in every language: the same keys and placeholders, and the plural forms that each language has."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dossierkit.site.strings import Strings, category, keys
from dossierkit.text.data import load, names

LANGUAGES = names("strings")
# Per language: numbers with their category, as in the samples of CLDR's plurals.xml.
SAMPLES = {
    "en": {0: "other", 1: "one", 2: "other", 101: "other"},
    "fr": {0: "one", 1: "one", 2: "other", 999_999: "other", 1_000_000: "many", 2_000_000: "many"},
    "ar": {
        0: "zero",
        1: "one",
        2: "two",
        3: "few",
        10: "few",
        11: "many",
        99: "many",
        100: "other",
        101: "other",
        102: "other",
        103: "few",
        110: "few",
        111: "many",
        1000: "other",
    },
}
each_language = pytest.mark.parametrize("lang", LANGUAGES)


def forms(lang):
    """The nodes of what is counted: those with the form `other`."""
    return {key.removesuffix(".other") for key in keys(lang) if key.endswith(".other")}


def counted(key, lang):
    return key.rpartition(".")[0] in forms(lang)


def plain(lang):
    return {key for key in keys(lang) if not counted(key, lang)}


def placeholders(text):
    return sorted(re.findall(r"\{\w*\}", text))


def test_the_interface_speaks_english_french_and_arabic():
    assert {"ar", "en", "fr"} <= set(LANGUAGES)
    assert set(SAMPLES) == set(LANGUAGES), "say here which numbers take which form"


@each_language
def test_no_key_is_missing_or_too_many(lang):
    assert plain(lang) ^ plain("en") == set()
    assert forms(lang) ^ forms("en") == set()


@each_language
def test_placeholders_are_those_of_english(lang):
    ours, english = Strings(lang), Strings("en")
    for key in sorted(plain("en")):
        assert placeholders(ours(key)) == placeholders(english(key)), key


@each_language
def test_what_is_counted_has_each_form_of_the_language(lang):
    wanted = {*load(f"strings/{lang}")["grammar"]["plural"], "other"}
    strings = Strings(lang)
    for node in sorted(forms(lang)):
        held = {key.rpartition(".")[2] for key in keys(lang) if key.rpartition(".")[0] == node}
        assert held == wanted, node
        english = placeholders(Strings("en")(f"{node}.other"))
        for form in sorted(wanted):
            ours = placeholders(strings(f"{node}.{form}"))
            if form not in {"many", "other"} and "{n}" in english:
                ours = sorted({*ours, "{n}"})  # "one" and "two" may say the number in a word
            assert ours == english, f"{node}.{form}"


@each_language
def test_every_string_has_words_of_its_language(lang):
    for key in sorted(plain(lang)):
        text = Strings(lang)(key)
        assert text.strip() == text or key in {"comma", "colon"}, key
        assert text, key
        words = re.findall(r"\w+", re.sub(r"\{\w*\}", "", text))
        if lang == "ar" and words:
            assert any(re.search(r"[\u0600-\u06ff]", word) for word in words), key


@each_language
def test_numbers_take_the_form_that_cldr_says(lang):
    rules = load(f"strings/{lang}")["grammar"]["plural"]
    assert {number: category(number, rules) for number in SAMPLES[lang]} == SAMPLES[lang]


@pytest.mark.parametrize(
    ("lang", "number", "words"),
    [
        ("en", 1, "1 article"),
        ("en", 12_345, "12,345 articles"),
        ("fr", 0, "0 article"),
        ("fr", 12_345, "12\u202f345 articles"),
        ("fr", 2_000_000, "2\u202f000\u202f000 d’articles"),
        ("ar", 2, "مقالان"),
        ("ar", 7, "7 مقالات"),
        ("ar", 11, "11 مقالًا"),
        ("ar", 300, "300 مقال"),
    ],
)
def test_counts_read_as_the_language_says_them(lang, number, words):
    assert Strings(lang).count("articles_count", number) == words


def test_a_rule_that_is_none_is_refused():
    with pytest.raises(ValueError, match="no relation"):
        category(3, {"one": "v = 0"})


def test_a_value_written_the_other_way_is_set_apart():
    assert Strings("ar")("page_of", name="Jane Doe") == "فتح الصفحة التعريفية: \u2068Jane Doe\u2069"
    assert Strings("en")("page_of", name="جنيف") == "Open profile: \u2068جنيف\u2069"
    assert Strings("en")("page_of", name="Geneva") == "Open profile: Geneva"


def test_a_site_says_it_in_its_own_words():
    strings = Strings("en", {"articles": "Stories", "articles_count.one": "{n} story"})
    assert strings("articles") == "Stories"
    assert strings.count("articles_count", 1) == "1 story"
    assert strings.tree()["articles"] == "Stories"
    assert strings.tree()["articles_count"] == {"one": "{n} story", "other": "{n} articles"}


# what says them

ROOT = Path(__file__).resolve().parents[2]
SPEAKERS = [
    file
    for folder, suffixes in (
        (ROOT / "scripts" / "dossierkit", {".py"}),
        (ROOT / "templates", {".html", ".js"}),
    )
    for file in folder.rglob("*")
    if file.suffix in suffixes
]


def spoken():
    """Patterns of the keys that code and templates name; a part that is only known as it runs stands for any word."""
    text = "\n".join(file.read_text(encoding="utf-8") for file in SPEAKERS)
    whole = re.findall(r"""["']([a-z][a-z0-9_.]+(?:\{[^{}"']*\}[a-z0-9_.]*)*)["']""", text)
    begun = re.findall(r"""["']([a-z0-9_.]+\.)["'] ~""", text)
    attributes = re.findall(r"\.t\.([a-z0-9_.]+)", text)
    sections = re.findall(r"""\.section\("(\w+)"\)""", text)
    patterns = {re.sub(r"\\\{.*?\\\}", r"\\w+", re.escape(key)) for key in (*whole, *attributes)}
    return patterns | {re.escape(key) + r"\w+" for key in begun} | {rf"{key}\..+" for key in sections}


def test_every_string_is_said_somewhere():
    said = re.compile("|".join(sorted(spoken())))
    silent = {key for key in forms("en") | plain("en") if not said.fullmatch(key)}
    assert not silent, "strings that nothing names"


def test_names_of_formats_on_the_page_of_data_have_no_words_of_english():
    """They are shown as they are on sites in every language."""
    said = " ".join(entry["standard"][0] for entry in load("exports").values())
    assert not {"in", "with", "for", "metadata", "a"} & set(re.findall(r"\w+", said))
