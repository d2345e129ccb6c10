"""A site full of attacks in a real browser, with its policy and without: nothing runs, nothing is asked for elsewhere."""

from __future__ import annotations

import filecmp
import re
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest

ENGINES = ("mkdocs", "zensical")
KINDS = ("articles/2016/p{}/", "entities/p{}/", "dossiers/p{}/", "own/p{}/", "articles/2016/w{}/", "entities/w{}/", "dossiers/w{}/")  # fmt: skip
FACSIMILES = "sources/facsimiles/2016/p0/"
OTHERS = ("", "articles/", "entities/", "dossiers/", "timeline/", "sources/", "about/", "latest/", "corrections/", "data/",
          "404.html", "entities/old0/", "articles/undated/saved/", FACSIMILES)  # fmt: skip
DRAFTS = ("articles/2016", "entities", "dossiers")
ATTACK = """() => {
    const runs = /^\\s*(javascript|vbscript|data:text)/i;
    const found = [];
    for (const element of document.querySelectorAll("*")) {
        for (const { name, value } of element.attributes) {
            if (/^on|^srcdoc$/.test(name)) found.push(`${element.tagName} ${name}=${value}`);
            if (/^(href|src|action|formaction|xlink:href)$/.test(name) && runs.test(value)) found.push(`${element.tagName} ${name}=${value}`);
        }
    }
    for (const script of document.scripts)
        if (!script.src && !/json/.test(script.type) && !/^\\s*var livereload/.test(script.text)) found.push(script.outerHTML);
    return { pwned: document.documentElement.dataset.pwned ?? null, found, policies: document.head.querySelectorAll(
        "meta[http-equiv='Content-Security-Policy' i]").length, dialogs: window.dialogs ?? 0 };
}"""
CLEAN = {"pwned": None, "found": [], "policies": 1, "dialogs": 0}
INIT = "window.dialogs = 0; window.alert = () => { window.dialogs += 1 };"


@contextmanager
def reading(browser, address, *, bypass_csp):
    """A tab that remembers what left the site."""
    context = browser.new_context(bypass_csp=bypass_csp)
    context.add_init_script(INIT)
    page, strangers = context.new_page(), []

    def asked(request):
        if urlsplit(request.url).scheme not in {"data", "blob"} and not request.url.startswith(address):
            strangers.append(request.url)

    page.on("request", asked)
    try:
        yield page
        assert strangers == []
    finally:
        context.close()


def look(page, address):
    page.goto(address, wait_until="load")
    if "/old" in address:
        page.wait_for_url("**/p0/", wait_until="load")
    return page.evaluate(ATTACK)


def same(ours, theirs):
    """Paths of the pages of one site that are those of another byte for byte, as is all that they run and look like."""
    assets = [file.relative_to(theirs).as_posix() for file in (theirs / "assets/dossierkit").rglob("*.*")]
    assert filecmp.cmpfiles(ours, theirs, assets, shallow=False)[1:] == ([], [])
    assert assets
    pages = [file.relative_to(theirs).as_posix() for file in theirs.rglob("*.html")]
    return {
        name.removesuffix("index.html") for name in filecmp.cmpfiles(ours, theirs, pages, shallow=False)[0]
    }


@pytest.mark.parametrize("engine", ENGINES)
def test_nothing_runs_on_any_page_even_without_its_policy(browser, served, attacked, hostile, engine):
    """Of Zensical only what MkDocs makes otherwise."""
    seen = same(attacked("mkdocs"), attacked(engine)) if engine != "mkdocs" else set()
    with served(attacked(engine)) as address, reading(browser, address, bypass_csp=True) as page:
        for path in (path for path in OTHERS if path not in seen):
            assert look(page, address + path) == CLEAN, path
        for number, payload in enumerate(hostile.PAYLOADS):
            for kind in (kind for kind in KINDS if kind.format(number) not in seen):
                assert look(page, address + kind.format(number)) == CLEAN, kind
                assert page.title().startswith(" ".join(payload.split())), kind
                assert payload in page.locator("h1").all_text_contents(), kind


@pytest.mark.parametrize("engine", ENGINES)
def test_nothing_runs_on_any_kind_of_page_under_its_policy(browser, served, attacked, engine):
    with served(attacked(engine)) as address, reading(browser, address, bypass_csp=False) as page:
        for path in (*OTHERS, *(kind.format(number) for number in (0, 3) for kind in KINDS)):
            assert look(page, address + path) == CLEAN, path


@pytest.mark.parametrize("engine", ENGINES)
def test_a_facsimile_is_shown_under_its_policy(browser, served, attacked, engine):
    with served(attacked(engine)) as address, reading(browser, address, bypass_csp=False) as page:
        page.goto(f"{address}{FACSIMILES}", wait_until="load")
        picture, words = page.locator(".dk-facsimile__page img"), page.locator(".dk-facsimile__words rect")
        assert picture.evaluate("async (one) => (await one.decode(), one.naturalWidth)") > 1000
        assert words.bounding_box()["width"] > 100


@pytest.mark.parametrize("bypass_csp", [False, True], ids=["policy", "bypassed"])
def test_nothing_runs_in_what_the_search_shows(browser, served, attacked, bypass_csp):
    with served(attacked("mkdocs")) as address, reading(browser, address, bypass_csp=bypass_csp) as page:
        for query in ("script", "quoted", "javascript", "talks opened"):
            page.goto(f"{address}search/?q={query}", wait_until="load")
            page.locator(".dk-search__results li").first.wait_for()
            assert page.evaluate(ATTACK) == CLEAN, query
        page.goto(address, wait_until="load")
        page.keyboard.press("/")
        page.locator("dialog input[type=search]").fill("<script>")
        page.locator("dialog .dk-search__status", has_text="result").wait_for()
        assert page.evaluate(ATTACK) == CLEAN


@pytest.mark.parametrize("bypass_csp", [False, True], ids=["policy", "bypassed"])
def test_nothing_runs_where_readers_choose_and_copy(browser, served, attacked, bypass_csp):
    """The scripts of a page build parts of it out of its attributes."""
    with served(attacked("mkdocs")) as address, reading(browser, address, bypass_csp=bypass_csp) as page:
        for number in range(3):
            page.goto(f"{address}articles/2016/p{number}/", wait_until="load")
            page.locator("details").evaluate_all("all => all.forEach((one) => (one.open = true))")
            for name in page.locator(".dk-entity > a:first-child").all():
                name.click()
            page.evaluate("document.querySelectorAll('[tabindex], a, button').forEach((one) => one.focus())")
            assert page.evaluate(ATTACK) == CLEAN, number
        page.goto(f"{address}timeline/", wait_until="load")
        page.locator(".dk-filter summary").click()
        page.locator(".dk-filter input[type=search]").fill("<script>")
        page.wait_for_function("() => location.search.includes('script')")
        assert page.evaluate(ATTACK) == CLEAN


@pytest.mark.parametrize("ours", [True, False], ids=["dossier", "mkdocs"])
def test_nothing_runs_in_a_preview_and_it_reloads(browser, preview, hostile_copy, tmp_path, ours):
    """Drafts are there, which nobody has reviewed. A site without `nav:` is served by MkDocs. Without its policy, which each page
    still has: what does not run then does not run under it."""
    root = hostile_copy(tmp_path / "site")
    payloads = len(list((root / "content/own").glob("p*.md")))
    if not ours:
        config = root / "mkdocs.yml"
        config.write_text(
            re.sub(
                r"^nav:.*?^(?=not_in_nav)",
                "",
                config.read_text(encoding="utf-8"),
                flags=re.MULTILINE | re.DOTALL,
            ),
            encoding="utf-8",
        )
    with preview(root) as address:
        drafts = [f"{kind}/d{number}/" for number in range(payloads) for kind in DRAFTS]
        with reading(browser, address, bypass_csp=True) as page:
            for path in (*drafts, *OTHERS):
                assert look(page, address + path) == CLEAN, path
        with reading(browser, address, bypass_csp=False) as page:
            page.goto(f"{address}own/p1/", wait_until="load")
            own = root / "content/own/p1.md"
            own.write_text(own.read_text(encoding="utf-8") + "\nAnother word.\n", encoding="utf-8")
            page.get_by_text("Another word.").wait_for()
            assert page.evaluate(ATTACK) == CLEAN
