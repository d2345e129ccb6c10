"""How a theme's templates become text."""

from __future__ import annotations

from jinja2 import DictLoader, Environment

from dossierkit.theme import escaping


def test_what_stands_before_a_statement_does_not_come_into_the_page():
    source = "<pre>\n  a\n</pre>\n    {% if true %}\n  <p>b</p> {% endif %}<i>c</i>\n"
    environment = Environment(loader=DictLoader({"main.html": source}), autoescape=False)  # noqa: S701 - made to escape here
    escaping.prepare(environment, "s")
    shown = environment.get_template("main.html").render()
    assert shown.replace("s-", "") == "<pre>\n  a\n</pre>\n\n  <p>b</p> <i>c</i>"
