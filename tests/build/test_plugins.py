"""What other plugins of MkDocs are given: where a page was made from, and nothing that they would run."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from markdown import Extension
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import PluginError
from mkdocs.structure.pages import Page

from dossierkit.build.configuration import load, site_options
from dossierkit.build.document import document
from dossierkit.build.page_files import page_file
from dossierkit.build.preview import Preview

MACROS = """\
---
title: "A {{ title }}"
status: published
source: {publisher: "{% set x %}"}
---
It said {{ config }} and {% raw %} and {# gone #}.
"""
SETTINGS = "site_name: S\ndocs_dir: content\nrepo_url: https://code.test/x\nedit_uri: edit/main/\ntheme: {name: material}\n"


@pytest.fixture(scope="module")
def site(tmp_path_factory, furnish):
    repository = furnish(tmp_path_factory.mktemp("plugins"))
    repository.write("articles/2016/macros.md", MACROS)
    (repository.root / "mkdocs.yml").write_text(f"{SETTINGS}plugins: [dossier]\n", encoding="utf-8")
    return repository


@pytest.fixture
def config(site):
    loaded = load(site.root)
    loaded.plugins.on_startup(command="build", dirty=False)
    return loaded


def test_nothing_that_is_quoted_can_be_taken_for_a_macro(site):
    page = site.page("articles/2016/macros.md")
    assert not [sign for sign in ("{{", "{%", "{#") if sign in page.body]
    assert "It said &#123;&#123; config }}" in page.body
    assert page.meta["render_macros"] is False, "its title would be run"
    assert "render_macros" not in site.page("articles/2016/talks.md").meta


def test_a_compiled_page_says_what_file_it_was_made_from(site, config):
    for path in ("articles/2016/talks.md", "entities/geneva.md"):
        compiled = site.page(path)
        file = page_file(config, path, document(compiled), compiled.source)
        assert Path(file.abs_src_path) == site.content / path
        assert Page(None, file, config).edit_url == f"https://code.test/x/edit/main/{path}"
        assert file.content_string == document(compiled)


def test_a_page_that_no_file_stands_for_cannot_be_edited(config):
    file = page_file(config, "timeline/index.md", "made")
    assert Page(None, file, config).edit_url is None
    assert file.abs_src_path, "plugins take it for granted"


@pytest.mark.parametrize("name", ["i18n", "monorepo"])
def test_a_plugin_that_would_publish_the_sources_or_leave_the_repository_is_refused(config, name):
    plugin = config.plugins["dossier"]
    config.plugins[name] = plugin
    with pytest.raises(PluginError, match="take it out of `plugins`"):
        config.plugins.on_config(config)


@pytest.mark.parametrize(("language", "said"), [("de", 1), ("fr", 0)])
def test_a_build_says_that_the_interface_has_no_words_in_the_language(site, tmp_path, caplog, language, said):
    themed = SETTINGS.replace("{name: material}", f"{{name: material, language: {language}}}")
    (site.root / "other.yml").write_text(f"{themed}plugins: [dossier]\n", encoding="utf-8")
    loaded = load_config(str(site.root / "other.yml"), site_dir=str(tmp_path))
    caplog.set_level("INFO", "mkdocs")
    loaded.plugins.on_startup(command="build", dirty=False)
    build(loaded)
    told = [record.message for record in caplog.records if "theme.language" in record.message]
    assert len(told) == said
    assert all("`de`" in one and "ar, en, fr" in one for one in told)


def unusable(site, tmp_path):
    loaded = load_config(str(site.root / "other.yml"), site_dir=str(tmp_path))
    return [one for one in site_options(loaded).problems if one.code == "D141"]


@pytest.mark.parametrize(
    ("language", "instead"),
    [("fr-CA", "write `fr`"), ("pt-PT", "write `pt` or `pt-BR`"), ("klingon", "`af`")],
)
def test_a_language_that_the_theme_has_no_words_for_is_an_error_with_its_place(
    site, tmp_path, language, instead
):
    themed = SETTINGS.replace("{name: material}", f"{{name: material, language: {language}}}")
    (site.root / "other.yml").write_text(f"{themed}plugins: [dossier]\n", encoding="utf-8")
    (told,) = unusable(site, tmp_path)
    assert (told.path, told.code, told.severity) == ("other.yml", "D141", "error")
    assert told.line > 0
    assert f"`{language}`" in told.message
    assert instead in told.message


def test_a_language_whose_words_a_repository_brings_is_accepted(site, tmp_path):
    words = site.root / "mine/partials/languages"
    words.mkdir(parents=True)
    (words / "fr-CA.html").write_text("", encoding="utf-8")
    themed = SETTINGS.replace("{name: material}", "{name: material, language: fr-CA, custom_dir: mine}")
    (site.root / "other.yml").write_text(f"{themed}plugins: [dossier]\n", encoding="utf-8")
    assert unusable(site, tmp_path) == []


def test_another_theme_is_said_in_one_line(config, caplog):
    config.theme.name = "readthedocs"
    config.plugins.on_config(config)
    assert [record.levelname for record in caplog.records if "readthedocs" in record.message] == ["WARNING"]


def test_headings_that_the_plugin_typeset_keeps_are_html(site):
    site.write("notes.md", "# On `Page` & more\n\n## Of <em>one</em>\n\nWords.\n")
    made = built(site.root, "dossier, typeset", site.root / "typeset")
    page = (made / "notes/index.html").read_text(encoding="utf-8")
    assert "<code>Page</code> &amp; more" in page
    assert "&lt;code&gt;" not in page


def test_a_build_writes_every_file_after_a_preview_in_the_same_process(site, tmp_path):
    """MkDocs gives both the same object of the plugin."""
    preview = Preview(site.root)
    preview.build()
    preview.close()
    made = built(site.root, "dossier", tmp_path)
    assert (made / "data/entities.ftm.json").is_file()
    assert (made / "entities/geneva/index.html").is_file()


def built(root: Path, plugins: str, folder: Path) -> Path:
    """The folder of the site that MkDocs itself makes with these plugins."""
    (root / "other.yml").write_text(f"{SETTINGS}plugins: [{plugins}]\n", encoding="utf-8")
    loaded = load_config(str(root / "other.yml"), site_dir=str(folder))
    loaded.plugins.on_startup(command="build", dirty=False)
    build(loaded)
    return folder


@pytest.mark.parametrize("shell", ["own", "theme"])
def test_posts_and_tags_of_material_are_shown_in_both_shells(site, tmp_path, shell):
    for number in (1, 2):
        head = f"---\ndate: 2024-01-0{number}\ncategories: [News]\ntags: [Budget]\n---\n"
        text = f"# Post {number}\n\nThe *lead*.\n\n<!-- more -->\n\n## A part\n\nMore.\n"
        site.write(f"blog/posts/{number}.md", head + text)
    site.write("tags.md", "# Tags\n\n<!-- material/tags -->\n")
    plugins = "plugins: [dossier, blog: {pagination_per_page: 1}, tags]\n"
    (site.root / "blog.yml").write_text(
        f"{SETTINGS}{plugins}extra: {{dossier: {{shell: {shell}}}}}\n", "utf-8"
    )
    loaded = load_config(str(site.root / "blog.yml"), site_dir=str(tmp_path))
    loaded.plugins.on_startup(command="build", dirty=False)
    build(loaded)
    listed = (tmp_path / "blog/index.html").read_text("utf-8")
    assert "<p>The <em>lead</em>.</p>" in listed
    assert "Continue reading" in listed
    assert '<a class="md-pagination__link" href="page/2/">2</a>' in listed
    assert "&lt;" not in listed
    post = (tmp_path / "blog/2024/01/02/post-2/index.html").read_text("utf-8")
    assert "January 2, 2024" in post
    assert 'href="../../../../../tags/#tag:budget"' in post
    assert "Post 2" in (tmp_path / "tags/index.html").read_text("utf-8")


def test_an_extension_may_be_an_object_that_a_plugin_made(site):
    class Made(Extension):
        def extendMarkdown(self, md):  # noqa: N802 - as the base has it
            pass

    assert "opened on Friday" in text_of(
        site.page("articles/2016/talks.md", extensions=("tables", Made())).body
    )


def text_of(html: str) -> str:
    return re.sub(r"<[^>]*>", "", html)
