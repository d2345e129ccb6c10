"""What a site's own pages use of Material looks as meant in our shell, and other pages do not load the style for it."""

from __future__ import annotations

import re

import pytest
from mkdocs.commands.build import build

from dossierkit.build.configuration import load
from dossierkit.theme.theming import ratio

SETTINGS = """\
site_name: S
docs_dir: content
theme: {name: material, font: false, palette: [{scheme: default}, {scheme: slate}]}
plugins: [dossier]
nav: [{Home: index.md}, {Guide: guide.md}]
extra_javascript: [assets/own.js]
markdown_extensions:
  - admonition
  - attr_list
  - md_in_html
  - pymdownx.details
  - pymdownx.superfences
  - pymdownx.tabbed: {alternate_style: true}
  - pymdownx.emoji:
      emoji_index: !!python/name:material.extensions.emoji.twemoji
      emoji_generator: !!python/name:material.extensions.emoji.to_svg
"""
GUIDE = '''\
# Guide

:material-home: Home [Start](#code){ .md-button }

=== "First"

    One.

=== "Second"

    Two.

!!! warning "Take care"

    Words.

## Code { #code }

```python title="a.py"
import os  # why
class A(Exception):
    """Text."""
    def f(self): return f"{os.name}" + 'a' * 3 if True else None
```

```yaml
a: [b, 1]
```
'''


@pytest.fixture(scope="module")
def own(tmp_path_factory, furnish, served, windows):
    """`own(path, scheme)` opens a page."""
    repository = furnish(tmp_path_factory.mktemp("own"))
    repository.write("guide.md", GUIDE)
    repository.write("plain.md", "# Plain\n\nWords.\n")
    repository.write(
        "assets/own.js", "document$.subscribe(({ body }) => { body.dataset.own = document.title });"
    )
    (repository.root / "mkdocs.yml").write_text(SETTINGS, encoding="utf-8")
    build(load(repository.root))
    with served(repository.root / "site") as address:

        def read(path, scheme="light"):
            page = windows.tab()
            page.emulate_media(color_scheme=scheme)
            page.goto(address + path)
            return page

        yield read
        windows.clear(address)


def test_icons_buttons_and_asides_look_as_meant(own):
    page = own("guide/")
    assert page.locator(".twemoji svg").bounding_box()["width"] < 30
    button = page.locator(".md-button")
    assert button.evaluate("element => getComputedStyle(element).borderTopStyle") == "solid"
    alert = page.evaluate("getComputedStyle(document.body).getPropertyValue('--dk-alert')")
    border = page.locator(".warning").evaluate("element => getComputedStyle(element).borderTopColor")
    assert border == page.evaluate(
        "colour => { document.body.style.color = colour; return getComputedStyle(document.body).color }",
        alert,
    )


def test_one_panel_of_a_tab_is_shown_and_the_keyboard_changes_it(own):
    page = own("guide/")
    panels = page.locator(".tabbed-block")
    assert [one.is_visible() for one in panels.all()] == [True, False]
    page.locator(".tabbed-labels label").nth(1).click()
    assert [one.is_visible() for one in panels.all()] == [False, True]
    page.keyboard.press("ArrowLeft")
    assert [one.is_visible() for one in panels.all()] == [True, False]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_code_has_colours_that_can_be_read(own, scheme):
    page = own("guide/", scheme)
    found = page.evaluate(
        """() => {
            const colour = (element, name) => getComputedStyle(element)[name];
            const back = colour(document.querySelector('.highlight code'), 'backgroundColor');
            return [back, ...new Set([...document.querySelectorAll('.highlight code span')].map(one => colour(one, 'color')))];
        }"""
    )
    back, *colours = ["#" + "".join(f"{int(part):02x}" for part in re.findall(r"\d+", one)) for one in found]
    assert len(colours) >= 5
    assert min(ratio(one, back) for one in colours) >= 4.5


@pytest.mark.parametrize(("path", "loads"), [("guide/", 1), ("plain/", 0), ("articles/2016/talks/", 0)])
def test_only_a_page_that_uses_it_loads_the_style(own, path, loads):
    assert own(path).locator("link[href$='markup.css']").count() == loads


def test_one_search_opens_in_the_shell_of_the_theme(tmp_path, furnish, served, windows):
    repository = furnish(tmp_path)
    text = SETTINGS.replace("[dossier]", "[dossier, search]") + "extra: {dossier: {shell: theme}}\n"
    repository.write("guide.md", GUIDE)
    (repository.root / "mkdocs.yml").write_text(text, encoding="utf-8")
    build(load(repository.root))
    with served(repository.root / "site") as address:
        page = windows.tab()
        page.goto(address + "guide/")
        assert page.locator("input[type=search]:visible, .md-search__input:visible").count() == 0
        page.keyboard.press("/")
        page.locator("dialog input[type=search]").wait_for()
        assert not page.locator("#__search").is_checked()
        assert page.locator(".md-search__input").is_hidden()
        windows.clear(address)


def test_a_script_written_for_material_is_called_with_the_page(own):
    assert own("guide/").locator("body").get_attribute("data-own") == "Guide - S"


def test_a_page_of_the_site_is_found(own):
    page = own("articles/2016/talks/")
    page.keyboard.press("/")
    page.locator("dialog input[type=search]").fill("take care")
    found = page.locator("dialog .dk-search__kind", has_text="Page").first
    found.wait_for()
    link = page.locator("dialog a", has_text="Guide").first
    assert link.get_attribute("href").endswith("/guide/")
