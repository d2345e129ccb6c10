"""Pages live under a strict Content-Security-Policy, on every engine, and lose nothing by it.

ProperDocs is not looked at: its files are those of MkDocs byte for byte (tests/engines/test_engines.py).
"""

from __future__ import annotations

import re

import pytest

ENGINES = ("mkdocs", "zensical")
HEADER = "Content-Security-Policy"
PAGES = (
    "",
    "articles/2016/mesop-syria-daily-lead-opposition-rebel-negotiator-alloush-quits/",
    "dossiers/geneva-talks-2016/",
    "entities/geneva/",
    "entities/",
    "timeline/",
    "corrections/",
    "404.html",
)
WATCH = """
    window.refused = [];
    document.addEventListener("securitypolicyviolation", (event) =>
        refused.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`));
"""


def policy_of(site):
    """The policy that the pages state, as a server would say it."""
    return re.search(rf'{HEADER}" content="([^"]*)"', (site / "index.html").read_text(encoding="utf-8"))[1]


@pytest.fixture(scope="session")
def sites(site, zensical_site):
    """The folder of the demo site, by engine."""
    return {"mkdocs": site, "zensical": zensical_site}


@pytest.fixture(params=ENGINES)
def strict(request, sites, served, windows):
    """`strict(path)` opens a page of one engine's site in one tab. Nothing may be refused."""
    folder = sites[request.param]
    with served(folder, {HEADER: policy_of(folder)}) as address:
        page = windows.tab(own=True)
        page.emulate_media(color_scheme="light")
        page.add_init_script(WATCH)

        def read(path):
            page.goto(address + path, wait_until="load")
            page.locator("html.js").wait_for(state="attached")
            return page

        yield read
        left = page.evaluate("refused")
        windows.clear(address)
    assert left == []


def test_nothing_of_any_page_is_refused(strict):
    for path in PAGES:
        assert strict(path).evaluate("refused") == [], path


def test_the_policy_would_stop_what_it_is_for(strict):
    page = strict("")
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('script'), {textContent: 'window.ran = 1'}))"
    )
    page.evaluate("document.body.setAttribute('style', 'color: red')")
    page.wait_for_function("refused.length > 1")  # they are told in a task of their own
    assert page.evaluate("window.ran") is None
    refused = {one.split()[0] for one in page.evaluate("refused")}
    assert refused == {"script-src-elem", "style-src-attr"}
    page.evaluate("refused.length = 0")


def test_the_scheme_is_switched_and_kept_without_a_flash(strict, drawn):
    page = strict(PAGES[1])
    assert page.locator("body").get_attribute("data-md-color-scheme") == "default"
    page.locator(".dk-scheme").click()
    assert page.locator("body").get_attribute("data-md-color-scheme") == "slate"
    page.add_init_script("""
        window.seen = [];
        new MutationObserver(() => requestAnimationFrame(() => document.body && seen.push(document.body.dataset.mdColorScheme)))
            .observe(document, { childList: true, subtree: true });
    """)
    drawn(strict(PAGES[2]))
    assert page.locator("body").get_attribute("data-md-color-scheme") == "slate"
    assert set(page.evaluate("seen")) == {"slate"}, "another scheme was painted first"


def test_choosing_and_stepping_work(strict):
    page = strict(PAGES[1])
    page.locator(".dk-entity:has([href*=high-negotiations-committee]) > :first-child").click()
    page.locator(".dk-stepper [aria-live=polite]", has_text="1 of 3").wait_for()
    page.keyboard.press("n")
    assert page.locator(".dk-stepper [aria-live=polite]").inner_text() == "2 of 3"


@pytest.mark.parametrize("engine", ENGINES)
def test_no_page_holds_a_script_or_a_style(sites, engine):
    for file in sites[engine].rglob("*.html"):
        html = file.read_text(encoding="utf-8")
        for attributes, code in re.findall(r"<script\b([^>]*)>(.*?)</script>", html, re.DOTALL):
            assert "src=" in attributes or "json" in attributes, (file, code[:80])
        assert not re.search(r"<style\b|<[a-z][^>]*\s(?:style|on[a-z]+)=", html), file


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("path", "section"), [(PAGES[1], "Articles"), (PAGES[2], "Dossiers"), (PAGES[3], "Names")]
)
def test_the_navigation_says_where_a_page_belongs(sites, engine, path, section):
    html = (sites[engine] / path / "index.html").read_text(encoding="utf-8")
    current = re.findall(r'<a [^>]*md-nav__link--active" aria-current="true">(.*?)</a>', html, re.DOTALL)
    assert [re.sub(r"<[^>]*>", "", one).strip() for one in current] == [section]
    assert 'aria-current="page"' in (sites[engine] / "articles/index.html").read_text(encoding="utf-8")


MKDOCS = "site_name: x\ndocs_dir: content\ntheme: {name: material, font: false}\nplugins: [dossier]\n"


def test_the_preview_reloads_itself_under_its_policy(browser, preview, tmp_path):
    """MkDocs writes the script that waits for a change into the page."""
    home = tmp_path / "content/index.md"
    home.parent.mkdir()
    home.write_text("# Before\n", encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_text(MKDOCS, encoding="utf-8")
    with preview(tmp_path) as address:
        page = browser.new_page()
        page.goto(address)
        page.get_by_role("heading", name="Before").wait_for()
        home.write_text("# After\n", encoding="utf-8")
        page.get_by_role("heading", name="After").wait_for()
        page.close()
