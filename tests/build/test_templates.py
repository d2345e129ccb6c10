"""The fragments of a page as templates: a site's own go first, and strings are filled in where nothing depends on a page."""

from __future__ import annotations

import jinja2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from dossierkit.build.templates import escaped, fragments
from dossierkit.site.strings import Strings

ENGLISH = Strings("en", {"articles": "Stories & more"})


@pytest.fixture
def rendered(tmp_path):
    """A template's output, of a folder with this one and a piece that it may import."""

    def render(text, strings=ENGLISH, **values):
        (tmp_path / "one.html").write_text(text, encoding="utf-8")
        (tmp_path / "pieces.html").write_text(
            '{% macro said(key, name) %}{{ t("comma") }}{{ t(key, name=name) }}{% endmacro %}',
            encoding="utf-8",
        )
        return fragments([tmp_path], strings)("one.html", values)

    return render


@pytest.mark.parametrize("lang", ["en", "ar"])
@pytest.mark.parametrize(
    "name", ["جنيف", "1984 Group", "(The) Group", "Group \u202egroup", "Group جنيف", "Женева", "[x]"]
)
def test_a_name_whose_direction_or_script_may_be_another_is_isolated(rendered, lang, name):
    html = rendered("{{ name | isolated }}", Strings(lang, {}), name=name)
    assert html.startswith("<bdi")
    assert html.endswith(f">{escape(name)}</bdi>")


def test_a_name_that_reads_as_the_page_does_needs_no_element(rendered):
    name = "Élise O'Neil & Co. (2nd)"
    assert rendered("{{ name | isolated }}", name=name) == escape(name)
    assert rendered("{{ name | isolated }}", Strings("ar", {}), name=name).startswith('<bdi lang="und-Latn">')


@pytest.mark.parametrize(
    ("template", "output"),
    [
        ('<p>{{ t("articles") }}</p>', "<p>Stories &amp; more</p>"),
        ('<p title="{{ t("page_of", name="<b>") }}">', '<p title="Open profile: &lt;b&gt;">'),
        ("{{ t.lang }} {{ t.dir }}", "en ltr"),
        ('{{ t.count("articles_count", number) }}', "2 articles"),
        ('{{ t("page_of", name=name) }}', "Open profile: Jane &amp; Co"),
        ('{% import "pieces.html" as p %}{{ p.said("page_of", name) }}', ", Open profile: Jane &amp; Co"),
        (
            "{% macro b() %}<b>{{ caller(1) }}</b>{% endmacro %}{% call(n) b() %}{{ n }}&{% endcall %}",
            "<b>1&</b>",
        ),
        (
            '{% macro b(x, y="<") %}<b>{{ x }}{{ y }}</b>{% endmacro %}{{ b(name) }}',
            "<b>Jane &amp; Co&lt;</b>",
        ),
        (
            "{% macro b(x) %}<b>{{ x }}</b>{% endmacro %}{% for n in range(2) %}{{ b(n) }}{% endfor %}",
            "<b>0</b><b>1</b>",
        ),
        (
            '{% for n in range(2) %}{{ name.replace("Jane", "<" ~ n) }}{% endfor %}',
            "&lt;0 &amp; Co&lt;1 &amp; Co",
        ),
        ('{{ t("articles") | upper }}', "STORIES &amp; MORE"),
        ('{{ t("types." ~ kind ~ ".one") }}', "Person"),
    ],
)
def test_strings_stand_in_the_output_escaped(rendered, template, output):
    assert rendered(template, number=2, name="Jane & Co", kind="person") == output


def test_strings_are_those_of_the_language(rendered):
    assert rendered('{{ t.dir }} {{ t("articles") }}', Strings("ar")) == f"rtl {Strings('ar')('articles')}"


def test_an_unknown_string_fails_where_it_is_used_only(rendered):
    text = '{% if wanted %}{{ t("no_such_string") }}{% endif %}'
    assert rendered(text, wanted=False) == ""
    with pytest.raises(KeyError, match="no_such_string"):
        rendered(text, wanted=True)


def test_a_template_may_call_something_else_t(rendered):
    assert rendered('{% for t in things %}{{ t("articles") }}{% endfor %}', things=[str.upper]) == "ARTICLES"


@given(st.one_of(st.text(), st.integers(), st.floats(), st.booleans(), st.none(), st.text().map(Markup)))
def test_values_are_escaped_as_markupsafe_does(value):
    assert escaped(value) == escape(value)


def test_a_value_that_is_missing_fails(rendered):
    with pytest.raises(jinja2.UndefinedError, match="nowhere"):
        rendered("{{ nowhere }}")


def test_the_first_folder_that_has_a_template_gives_it(tmp_path):
    for folder, text in (("own", "own"), ("packaged", "packaged")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "both.html").write_text(text, encoding="utf-8")
    (tmp_path / "packaged" / "one.html").write_text("one", encoding="utf-8")
    template = fragments([tmp_path / "own", tmp_path / "packaged"], ENGLISH)
    assert (template("both.html", {}), template("one.html", {})) == ("own", "one")


def test_templates_are_compiled_ahead_and_a_fault_is_reported_where_it_is_used(tmp_path):
    (tmp_path / "good.html").write_text("{{ word }}", encoding="utf-8")
    (tmp_path / "bad.html").write_text("{% if %}", encoding="utf-8")
    template = fragments([tmp_path], ENGLISH)
    template.compile()
    (tmp_path / "good.html").unlink()
    assert template("good.html", {"word": "&"}) == "&amp;"
    with pytest.raises(jinja2.TemplateSyntaxError):
        template("bad.html", {})
