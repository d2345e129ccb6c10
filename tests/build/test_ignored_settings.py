"""What a user of Material wrote and nothing follows is told, once, with its place and what to do."""

from __future__ import annotations

import json

import pytest

from dossierkit.build.configuration import load, site_options

FENCES = {"custom_fences": [{"name": "mermaid", "class": "mermaid"}]}
MERMAID = [{"pymdownx.superfences": FENCES}]
CDN = "https://cdn.test/x.js"


def told(repository, *, theme=(), **more):
    settings = {
        "site_name": "S",
        "docs_dir": "content",
        "theme": {"name": "material", "font": False} | dict(theme),
        "plugins": ["dossier"],
    } | more
    text = json.dumps(settings, indent=1)
    (repository.root / "mkdocs.yml").write_text(text, encoding="utf-8")
    problems = site_options(load(repository.root)).problems
    assert all((one.code, one.severity) == ("D144", "warning") for one in problems)
    return [(text.splitlines()[one.line - 1].split('"')[1], one.message) for one in problems]


@pytest.mark.parametrize(
    ("settings", "at", "words"),
    [
        ({"theme": {"features": ["toc.follow", "content.action.edit", "navigation.top"]}}, "features",
         "`navigation.top`, `toc.follow`: Dossierkit's own shell"),
        ({"theme": {"icon": {"repo": "x"}}}, "icon", "`theme.icon`"),
        ({"theme": {"font": {"text": "Lato"}}}, "font", "`extra.dossier.fonts`"),
        ({"theme": {"font": {"text": "Lato"}}, "extra": {"dossier": {"shell": "theme"}}}, "font",
         "fonts.googleapis.com, which the policy of the pages does not allow"),
        ({"repo_url": "https://git.test/a/b"}, "repo_url", "without `content.action.edit`"),
        ({"extra": {"social": [{"link": "x"}]}}, "social", "`extra.dossier.shell: theme`"),
        ({"extra": {"version": {"provider": "mike"}}}, "version", "`extra.version`"),
        ({"markdown_extensions": MERMAID}, "markdown_extensions", "whose diagrams stay text"),
        ({"theme": {"palette": {"primary": "indigo"}}}, "palette", "`extra.dossier.colors`"),
        ({"extra_javascript": [CDN]}, "extra_javascript", "`extra.dossier.csp: {script-src: https://cdn.test}`"),
        ({"extra_javascript": [{"path": CDN, "async": True}]}, "extra_javascript", "below content/"),
        ({"extra_css": ["//cdn.test/x.css"]}, "extra_css", "{style-src: https://cdn.test}"),
    ],
)  # fmt: skip
def test_a_setting_without_effect_is_told_with_its_place(repository, settings, at, words):
    [(place, message)] = told(repository, **settings)
    assert place == at
    assert words in message


INLINE = {"style-src": "'unsafe-inline'"}
THEME = {"dossier": {"shell": "theme"}}


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {
            "theme": {
                "features": ["content.action.edit"],
                "palette": [{"scheme": "slate", "primary": "custom"}],
            }
        },
        {"theme": {"font": False, "features": ["content.action.edit"]}, "repo_url": "https://git.test/a/b"},
        {"repo_url": "https://git.test/a/b", "extra": {"dossier": {"admin": True}}},
        {"theme": {"features": ["toc.follow"]}, "extra": THEME | {"social": [{"link": "x"}]}},
        {"theme": {"font": {"text": "Lato"}}, "extra": {"dossier": {"shell": "theme", "csp": False}}},
        {"extra_javascript": ["assets/x.js"], "extra_css": ["assets/x.css"]},
        {"extra_javascript": [CDN], "extra": {"dossier": {"csp": {"script-src": "https://cdn.test"}}}},
        {"extra_javascript": [CDN], "extra": {"dossier": {"csp": False}}},
        {
            "markdown_extensions": MERMAID,
            "extra": {"dossier": {"shell": "theme", "csp": INLINE}},
            "extra_javascript": ["assets/mermaid.min.js"],
        },
        {"markdown_extensions": MERMAID, "extra": {"dossier": {"shell": "theme", "csp": False}}},
    ],
)
def test_a_setting_that_is_followed_is_not_told(repository, settings):
    assert told(repository, **settings) == []


@pytest.mark.parametrize(
    "settings",
    [
        {"extra": THEME},
        {"extra": THEME, "extra_javascript": ["assets/mermaid.min.js"]},
        {"extra": {"dossier": {"shell": "theme", "csp": INLINE}}},
    ],
)
def test_what_mermaid_needs_in_the_shell_of_the_theme_is_told(repository, settings):
    [(place, message)] = told(repository, markdown_extensions=MERMAID, **settings)
    assert place == "markdown_extensions"
    assert "mermaid.min.js under `extra_javascript`" in message
    assert "'unsafe-inline'" in message


def test_a_site_whose_own_frame_is_materials_hears_nothing_of_ours(repository):
    (repository.root / "templates").mkdir()
    (repository.root / "templates/main.html").write_text('{% extends "base.html" %}', encoding="utf-8")
    assert told(repository, theme={"features": ["toc.follow"], "custom_dir": "templates"}) == []
