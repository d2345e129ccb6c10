"""A page after its engine: nothing inline in it, and its section marked in the navigation."""

from __future__ import annotations

import re

import pytest

from dossierkit.engines.finish import FOLDER, finish
from dossierkit.engines.policy import PREVIEW, policy

PAGE = """<!doctype html>
<html><head>
<meta charset="utf-8">
<link rel="stylesheet" href="../../assets/dossierkit/dossier.css">
{head}
</head><body>
<nav>
<a href="../.." class="md-nav__link">Home</a>
<a href="../" class="md-nav__link{active}">Articles</a>
<a href="../../entities/" class="md-nav__link">Entities</a>
</nav>
<article class="md-content__inner md-typeset">{content}</article>
{foot}
</body></html>
"""
ADDRESS = "articles/talks/"


def page(head="", content="", foot="", active=""):
    return PAGE.format(head=head, content=content, foot=foot, active=active)


def test_a_script_of_the_theme_moves_into_a_file_named_by_what_it_holds():
    done = finish(page(foot="<script>let a = 1</script>"), ADDRESS)
    (path,) = done.files
    assert done.files[path] == "let a = 1"
    assert re.fullmatch(rf"{FOLDER}[0-9a-f]{{12}}\.js", path)
    assert f'<script src="../../{path}"></script>' in done.html
    assert finish(page(head="<script>let a = 1</script>"), "x/").files.keys() == done.files.keys()


def test_data_and_scripts_with_a_source_stay():
    foot = '<script id="c" type="application/json">{"a": 1}</script><script src="x.js"></script><script></script>'
    done = finish(page(foot=foot), ADDRESS)
    assert foot in done.html
    assert done.files == {}


def test_a_module_stays_one():
    done = finish(page(foot='<script type="module">let a</script>'), ADDRESS)
    assert re.search(r'<script type="module" src="\.\./\.\./[^"]*\.js"></script>', done.html)


def test_a_script_in_the_content_never_runs():
    hostile = "<p><script>steal()</script></p>"
    done = finish(page(content=hostile), ADDRESS)
    assert hostile in done.html
    assert done.files == {}


def test_styles_move_and_weigh_what_they_did():
    done = finish(
        page(
            head="<style>p{color:red}</style>",
            content='<td style="text-align: right;" class="a">x</td><b style=\'top:0\'>y</b>',
        ),
        ADDRESS,
    )
    (path,) = done.files
    names = re.findall(r"dk-s-[0-9a-f]{8}", done.html)
    assert "style=" not in done.html
    assert "<style" not in done.html
    assert f'<td class="a {names[0]}">x</td><b class="{names[1]}">y</b>' in done.html
    assert done.files[path] == (
        f"p{{color:red}}\n.{names[0]}:not(#_):not(#_) {{text-align: right}}\n.{names[1]}:not(#_):not(#_) {{top:0}}\n"
    )
    assert done.html.index(f'href="../../{path}"') < done.html.index("</head>")


def test_a_style_that_would_leave_its_rule_is_dropped():
    done = finish(page(content='<b style="} body {display: none">y</b>'), ADDRESS)
    assert "<b>y</b>" in done.html
    assert done.files == {}


def test_a_page_without_a_section_of_its_own_marks_the_one_above_it():
    html = finish(page(), ADDRESS).html
    assert '<a href="../" class="md-nav__link md-nav__link--active" aria-current="true">Articles' in html
    assert html.count("aria-current") == 1


def test_a_page_of_the_navigation_is_the_current_page():
    html = finish(page(active=" md-nav__link--active"), ADDRESS).html
    assert '<a href="../" class="md-nav__link md-nav__link--active" aria-current="page">Articles' in html


@pytest.mark.parametrize(
    ("address", "links", "marked"),
    [
        (
            "articles/2016/talks.html",
            ("../../index.html", "../index.html", "../../entities/index.html"),
            "../index.html",
        ),
        ("about/", ("..", "../articles/"), ""),
        ("404.html", ("/", "/articles/"), ""),
        ("a/b/c/", ("../../../", "../../", "../"), "../"),
    ],
)
def test_the_section_is_the_nearest_index_above(address, links, marked):
    nav = "".join(f'<a href="{link}" class="md-nav__link">x</a>' for link in links)
    found = re.findall(r'<a href="([^"]*)"[^>]*aria-current="true"', finish(nav, address).html)
    assert found == ([marked] if marked else [])


def test_the_policy_stands_right_behind_the_charset():
    html = finish(page(), ADDRESS, policy(True)).html
    assert re.search(
        r'<meta charset="utf-8">\s*<meta http-equiv="Content-Security-Policy" content="default-src \'self\';',
        html,
    )


def test_a_page_with_a_policy_of_its_own_is_left_alone():
    html = page(head='<meta http-equiv="Content-Security-Policy" content="x">', foot="<script>let a</script>")
    assert finish(html, ADDRESS, policy(True)).html == html


def test_the_policy_runs_nothing_inline():
    told = policy(True)
    assert "unsafe" not in told
    assert {"default-src 'self'", "script-src 'self'", "style-src 'self'", "object-src 'none'"} <= set(
        told.split("; ")
    )
    assert policy(False) == ""
    assert policy(None) == told


def test_a_site_adds_sources_and_nothing_else():
    told = policy(
        {
            "img-src": "https://tiles.example.org",
            "frame-src": ["https://a.example", "https://b.example; script-src *"],
        }
    )
    assert "img-src 'self' data: https://tiles.example.org" in told
    assert "frame-src 'self' https://a.example https://b.example script-src *" in told
    assert told.count("script-src 'self';") == 1
    assert "object-src https://x.example" in policy({"object-src": "https://x.example"})


def test_the_preview_may_reload_itself():
    assert "script-src 'self' 'unsafe-inline'" in policy(True, PREVIEW)
