"""A template of the site's own that does not fit, as after an update: the build ends with its file and line, not with a trace."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from dossierkit.cli import main

pytestmark = pytest.mark.engine

SETTINGS = {
    "site_name": "News",
    "docs_dir": "content",
    "theme": {"name": "material", "font": False, "custom_dir": "looks"},
    "plugins": ["dossier"],
    "nav": ["index.md", "articles/index.md"],
    "not_in_nav": "/**",
    "extra": {"dossier": {"cards": False, "data": False}},
}


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("<p>\n{{ item.of_an_earlier.version }}</p>", 2, "'item' is undefined"),
        ("<p>\n\n{% if %}", 3, "Expected an expression"),
    ],
)
def test_the_build_says_which_template_does_not_fit_and_where(repository, text, line, says):
    own = repository.root / "looks" / "dossierkit" / "articles.html"
    own.parent.mkdir(parents=True)
    own.write_text(text, encoding="utf-8")
    (repository.root / "mkdocs.yml").write_text(json.dumps(SETTINGS), encoding="utf-8")
    result = CliRunner().invoke(main, ["-C", str(repository.root), "build"])
    assert (result.exit_code, type(result.exception)) == (1, SystemExit)
    assert f"dossier: {own}:{line}: {says}" in result.stderr
    assert "compare it with" in result.stderr
