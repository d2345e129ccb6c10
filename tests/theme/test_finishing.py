"""A page after its engine: nothing inline in it, and its section marked in the navigation."""

from __future__ import annotations

import re

import pytest

from dossierkit.theme import finishing
from dossierkit.theme.content_security import policy
from dossierkit.theme.finishing import leaves
from dossierkit.theme.moving import FOLDER
from dossierkit.theme.signature import sign

SIGNATURE = "dk0123456789abcdef"

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
    """`head` and `foot` are the theme's, `content` is not."""
    head, foot = sign(head, SIGNATURE), sign(foot, SIGNATURE)
    return PAGE.format(head=head, content=content, foot=foot, active=active)


def finish(html, address, stated=""):
    return finishing.finish(html, address, stated, SIGNATURE)


def codes(html, stated=""):
    return [one.code for one in finish(html, ADDRESS, stated).problems]


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


HOSTILE = (
    "<p><script>steal()</script></p>",
    "<SCRIPT type=module>steal()</SCRIPT >",
    "<script type=text/ecmascript>steal()</script>",
    "<svg><script>steal()</script></svg>",
    '<textarea><a title="</textarea><img src=x onerror=steal()>',
    "<svg><title><img src=x onerror=steal()></title></svg>",
    '<svg><![CDATA[ <a title=" ]]> <img src=x onerror=steal()> "',
    "<?x <a title='> <img src=x onerror=steal()> '>",
    """</a x="<b y='">  <img src=x onerror=steal()> '>""",
    "<!-- > --!> <img src=x onerror=steal()>",
    "<noscript><p title='</noscript><img src=x onerror=steal()>'></noscript>",
    '<a title="&lt;" onclick="steal()">x</a>',
    "<img src=x onerror=steal()>",
    '<img/src="x"/onerror=steal()>',
    '<img x" onerror=steal() ">',
    "<img title='>' OnError='steal()'>",
    '<a href="javascript:steal()">x</a>',
    '<a href=" java&#115;cript&colon;steal()">x</a>',
    '<a href="java\tscript:steal()">x</a>',
    "<form action=javascript:steal()>",
    '<svg><animate attributeName=href values="javascript:steal()"></svg>',
    '<meta http-equiv=refresh content="0;url=javascript:steal()">',
    '<iframe srcdoc="&lt;script>steal()&lt;/script>"></iframe>',
    f"<script {SIGNATURE[:-1]}-own>steal()</script>",
)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_script_that_no_template_wrote_is_refused_wherever_it_stands(hostile):
    within, outside = page(content=hostile), PAGE.format(head="", content="", foot=hostile, active="")
    for html in (within, outside):
        done = finish(html, ADDRESS)
        assert {one.code for one in done.problems} == {"D150"}
        assert done.files == {}
    assert not leaves(hostile)


REACHING = (
    '<meta http-equiv="refresh" content="0;url=https://evil.test/">',
    "<noscript><META content=0 http-equiv=' Refresh'></noscript>",
    '<iframe src="https://evil.test/"></iframe>',
    "<svg><foreignObject><iframe src=//evil.test></iframe></foreignObject></svg>",
    '<iframe loading="lazy" src="\\\\evil.test"></iframe>',
    '<frame src="ht&#9;tps:evil.test">',
    '<fencedframe src="https://evil.test/"></fencedframe>',
    '<embed src="https://evil.test/">',
    '<object data=" &#x2f;/evil.test/"></object>',
    '<form action="https://evil.test/"><button>x</button></form>',
    "<form/action=//evil.test><button>x</button></form>",
    "<form class='x'ACTION\n=\n'//evil.test'><button>x</button></form>",
    '<form><button formaction="https://evil.test/">x</button></form>',
    '<form><input type=submit formaction="https://evil.test/"></form>',
    '<link rel="x preconnect" href="https://evil.test/">',
    "<link rel=dns-prefetch href=//evil.test>",
    "<link rel=prerender href=/a/>",
)


def test_pages_of_every_kind_need_no_finishing_but_those_that_bring_scripts(repository):
    """Finishing reads a page tag by tag, which takes longer than making it."""
    bringing = ("<script", 'rel="modulepreload"')
    pages = [page for page in repository.compile().pages if not any(sign in page.body for sign in bringing)]
    assert {page.path.partition("/")[0] for page in pages} >= {"articles", "entities", "timeline", "about"}
    assert [page.path for page in pages if not leaves(page.body, content=True)] == []


POLICY = "default-src 'self'; form-action 'self'; frame-src 'self' https://*.films.test"


@pytest.mark.parametrize("reaching", REACHING)
def test_what_reaches_another_host_in_spite_of_the_policy_is_refused_in_the_content(reaching):
    assert codes(page(content=reaching), POLICY) == ["D150"]
    assert codes(page(head=reaching), POLICY) == []
    assert not leaves(reaching, content=True)


@pytest.mark.parametrize(
    "lawful",
    [
        '<iframe src="https://www.films.test/x"></iframe>',
        '<iframe src="../embed/x/"></iframe>',
        '<form action="/search/"><input name="q"><button formaction="?more">x</button></form>',
        '<object data="map.svg"></object>',
        '<link rel="license" href="https://rights.test/">',
        '<meta itemprop="name" content="https://evil.test/">',
        '<a href="https://evil.test/">x</a><!-- <iframe src="https://evil.test/"></iframe> -->',
        "<p>&lt;iframe src=https://evil.test/&gt;</p>",
    ],
)
def test_what_stays_on_the_site_or_is_allowed_by_it_is_not_refused(lawful):
    assert codes(page(content=lawful), POLICY) == []


def test_a_site_without_a_policy_shows_frames_and_sends_nobody_away():
    assert [codes(page(content=one)) for one in REACHING[:3]] == [["D150"], ["D150"], []]


@pytest.mark.parametrize(
    "harmless",
    [
        "<p>once = 1, style = bold; description: <b>x</b> &#176; &nbsp;</p>",
        '<p title="x onclick=y script">on click= style=</p>',
        '<!-- <script>x</script> --><a href="https://x.test/?a=1&amp;b=javascript:">x</a>',
        '<script src="x.js"></script><script type="application/ld+json">{"a": "<b onclick=x>"}</script>',
        "&lt;script&gt;x&lt;/script&gt; &lt;img onerror=x&gt;",
    ],
)
def test_what_only_looks_like_a_script_stays(harmless):
    done = finish(page(content=harmless), ADDRESS)
    assert done.problems == ()
    assert harmless in done.html


def test_a_style_outside_of_the_content_is_the_themes_or_refused():
    for foreign in ("<style>p{color:red}</style>", '<p style="color:red">x</p>'):
        assert codes(page(foot=foreign)) == []
        assert codes(PAGE.format(head="", content="", foot=foreign, active="")) == ["D150"]


def test_a_problem_names_page_and_place():
    (problem,) = finish(
        PAGE.format(head="", content="\n  <b onclick=x>", foot="", active=""), ADDRESS
    ).problems
    assert str(problem).startswith(
        "articles/talks/index.html:13:6: D150 the page holds the handler `onclick`"
    )


def test_a_theme_may_write_handlers_and_addresses_that_nothing_runs():
    theirs = '<a href="javascript:void(0)" onclick="x()">x</a>'
    done = finish(page(foot=theirs), ADDRESS)
    assert theirs in done.html
    assert done.problems == ()


def test_a_template_may_bring_a_script_into_the_content():
    done = finish(page(content=sign("<script>let a = 1</script>", SIGNATURE)), ADDRESS)
    assert list(done.files.values()) == ["let a = 1"]


def test_what_jinja_prints_is_not_signed():
    source = "<p {{ x }}><script>{{ '<script>' }}{# <style> #}</script>{% if '<script' %}"
    assert (
        sign(source, "s")
        == "<p {{ x }}><script s-own>{{ '<script>' }}{# <style> #}</script>{% if '<script' %}"
    )


def test_plugins_are_trusted_outside_of_the_content():
    script, inside = "<script>let a = 1</script>", "<script>let b = 1</script>"
    html = PAGE.format(head="", content=inside, foot=script, active="")
    done = finishing.finish(html, ADDRESS, policy(asked=True), SIGNATURE, trusted=True)
    assert list(done.files.values()) == ["let a = 1"]
    assert inside in done.html
    again = finishing.finish(done.html, ADDRESS, policy(asked=True), SIGNATURE, trusted=True)
    assert again.html == done.html


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


def test_what_a_style_holds_is_never_html():
    done = finish(page(content="<svg><style><img src=x onerror=steal()></style></svg>"), ADDRESS)
    assert "onerror" not in done.html
    assert [path.rpartition(".")[2] for path in done.files] == ["css"]


def test_a_style_that_a_template_writes_moves_too():
    done = finish(page(foot='<p class="a" style="top: 0">x</p><p style="top: 0">{{ y }}</p>'), ADDRESS)
    (name,) = set(re.findall(r"dk-s-[0-9a-f]{8}", done.html))
    assert f'<p class="a {name}">x</p><p class="{name}">' in done.html
    assert SIGNATURE not in done.html


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


def test_a_page_with_a_policy_of_its_templates_is_left_alone():
    head, foot = '<meta http-equiv="Content-Security-Policy" content="x">', "<script>let a</script>"
    html = PAGE.format(head=head, content="", foot=foot, active="")
    assert finish(page(head=head, foot=foot), ADDRESS, policy(True)).html == html
    assert codes(page(head=head, content="<b onclick=x>")) == ["D150"]


@pytest.mark.parametrize(
    "text",
    [
        '&lt;meta http-equiv="Content-Security-Policy"&gt;',
        '<meta http-equiv="Content-Security-Policy" content="script-src *">',
        '<code>http-equiv="Content-Security-Policy"</code>',
    ],
)
def test_no_text_takes_the_policy_away(text):
    html = finish(page(content=text), ADDRESS, policy(True)).html
    head = html.partition("</head>")[0]
    assert head.count('http-equiv="Content-Security-Policy"') == 1


@pytest.mark.parametrize(
    "html",
    [
        "<p>x</p>",
        "<!doctype html>\n<title>x</title>",
        '<html lang="en"><head profile="x"><title>x</title></head>',
    ],
)
def test_the_policy_is_set_however_little_of_a_page_there_is(html):
    done = finish(html, ADDRESS, policy(True)).html
    assert done.count('<meta http-equiv="Content-Security-Policy"') == 1
    assert done.index("<meta http-equiv") < (done.find("<title>") if "<title>" in done else done.index("<p>"))


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
