"""The desk in a real browser: a folder of documents from `dossier add` to a published dossier, and what holds on every view."""

from __future__ import annotations

import os
import re
import shutil
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import pytest
import yaml
from tests.support.git import known
from tests.support.served_desk import Served, dossier, run, select_words, serve
from tests.support.waiting import PATIENCE

from dossierkit.parallel.executor import FEW

VIEWS = {
    "overview": "/",
    "names": "/names",
    "a name": "/names?kind=rest",
    "bulk": "/names/all",
    "articles": "/articles",
    "article": "/article/2016/chair-of-the-council-resigns-3",
    "records": "/records",
    "record": "/record/lenn-valley-council",
    "merge": "/merge/lenn-valley-council?other=board-of-lenn",
    "split": "/split/lenn-valley-council",
    "what a split changes": "/split/lenn-valley-council?title=Upper+Lenn&article=2016/chair-of-the-council-resigns-3",
    "events": "/events?which=all",
    "dossiers": "/dossiers",
    "dossier": "/dossier/first-dossier",
    "changes": "/changes",
    "a text diff": "/changes?file=content/entities/lenn-valley-council.md",
    "nothing": "/nothing",
}
PEOPLE = ("Ada Moreau", "Bruno Keller", "Carla Osei", "Dmitri Varga")
RECORD = """\
---
title: Lenn Valley Council
type: organization
aliases: [LVC]
location: {lat: 46.2, lon: 6.15, precision: city}
status: reviewed
---
"""


OTHER = """\
---
title: Board of Lenn
type: organization
description: The board that decides on bridges.
aliases: [LVC]
not_same_as: [lenn-valley-council]
status: draft
---
"""


def source(number: int) -> str:
    one, other = PEOPLE[number % 4], PEOPLE[(number + 1) % 4]
    day = 1 + number % 27
    return (
        f"Chair of the council resigns {number}\n\n{one} resigned on {day} June 2016 over the costs of bridge {number}. The Lenn Valley "
        f"Council approved budget {number} on {day} May 2015.\n\n{other} praised {one.split()[1]} in Geneva.\n"
    )


def folder(base: Path, size: int) -> Path:
    """A repository in git to which so many documents were added."""
    root, incoming = base / "lenn", base / "incoming"
    incoming.mkdir()
    for number in range(size):
        (incoming / f"report-{number:02}.txt").write_text(source(number), encoding="utf-8")
    run("git", "init", "-q", "-b", "main", root)
    dossier(base, "init", root)
    known(root)
    known_of_all = ("--date", "2016-06-30", "--lang", "en", "--publisher", "The Lenn Courier")
    sources = sorted(incoming.iterdir())
    for start in range(0, size, FEW - 1):  # for more the command starts processes, which load all rules anew
        dossier(root, "add", *sources[start : start + FEW - 1], *known_of_all)
    run("git", "-C", root, "add", "-A")
    run("git", "-C", root, "commit", "-qm", "As it was added")
    (root / "content/entities/lenn-valley-council.md").write_text(RECORD, encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def looked_at(browser, once):
    """A desk over a folder that nobody writes to; two records have one name, and are stated not to be the same."""

    def made(folder_):
        folder_.mkdir(exist_ok=True)
        (folder(folder_, 4) / "content/entities/board-of-lenn.md").write_text(OTHER, encoding="utf-8")

    root = once("desk", made) / "lenn"
    yield from serve(root, browser)


@pytest.fixture(scope="module")
def in_language(looked_at):
    """`in_language(locale, path)`: a view in the tab of that language, which stays: a new one takes longer than most tests do."""
    tabs = {}

    def view(locale, path):
        if locale not in tabs:
            tabs[locale] = looked_at.tab(width=1024, locale=locale)
        tabs[locale].goto(looked_at.address + path)
        return tabs[locale]

    yield view
    for page in tabs.values():
        page.context.close()


@pytest.mark.parametrize("path", VIEWS.values(), ids=VIEWS.keys())
def test_axe_finds_nothing(in_language, drawn, violations, path):
    page = in_language("en", path)
    assert (
        violations(page, tags=["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]) == []
    )
    light = page.evaluate(PAPER)
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    drawn(page)
    assert page.evaluate(PAPER) != light
    assert violations(page, colours=True) == []
    page.emulate_media(color_scheme="light", reduced_motion="reduce")


PAPER = "getComputedStyle(document.body).backgroundColor"


@pytest.mark.parametrize("path", VIEWS.values(), ids=VIEWS.keys())
@pytest.mark.parametrize("locale", ["en", "fr", "ar"])
def test_nothing_scrolls_sideways(in_language, path, locale):
    page = in_language(locale, path)
    for width in (320, 390, 768, 1024):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("document.dir") == ("rtl" if locale == "ar" else "ltr")


def test_every_button_and_link_can_be_reached_with_the_keyboard(looked_at):
    page = looked_at.tab("/names?kind=rest")
    reached = set()
    for _ in range(120):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.outerHTML.slice(0, 120)"))
    wanted = page.evaluate(
        "[...document.querySelectorAll('main button:not([hidden]), main a[href], main input:not([type=hidden]), main select')]"
        ".filter(one => one.offsetParent && !one.disabled).map(one => one.outerHTML.slice(0, 120))"
    )
    assert set(wanted) <= reached
    page.context.close()


def test_at_400_percent_what_has_the_focus_is_in_the_window(looked_at):
    """A window of 1280 by 1024 has 320 by 256 pixels then."""
    page = looked_at.tab(VIEWS["article"], width=320)
    page.set_viewport_size({"width": 320, "height": 256})
    for _ in range(40):
        page.keyboard.press("Tab")
        top, bottom = page.evaluate(
            "(box => [box.top, box.bottom])(document.activeElement.getBoundingClientRect())"
        )
        assert top < 256
        assert bottom > 0
    page.context.close()


def test_another_site_cannot_read_or_write(looked_at, browser, tmp_path):
    """A page of another origin, in the browser that has the cookie: the browser and the desk keep it out."""
    before = looked_at.desk.engine.decided
    page = looked_at.tab("/")
    context = page.context
    stranger = context.new_page()
    stranger.route(
        "http://evil.test/",
        lambda route: route.fulfill(content_type="text/html", body="<!doctype html><title>x</title>"),
    )
    stranger.goto("http://evil.test/")
    told = stranger.evaluate(
        """async (address) => {
            const tries = [];
            for (const [path, options] of [["/", {}], ["/names", {credentials: "include"}], ["/undo", {method: "POST", credentials: "include", body: new URLSearchParams({back: "/"})}], ["/undo", {method: "POST", mode: "no-cors", credentials: "include", body: new URLSearchParams({back: "/"})}]]) {
                try { const answer = await fetch(address + path, options); tries.push(answer.type + (answer.type === "opaque" ? "" : await answer.text())); } catch (error) { tries.push("failed"); }
            }
            return tries;
        }""",
        looked_at.address,
    )
    assert all(one in {"failed", "opaque"} for one in told)
    assert looked_at.desk.engine.decided == before
    looked_at.strangers.clear()
    looked_at.errors.clear()
    context.close()


def test_another_port_of_this_machine_gets_no_token(looked_at):
    """Cookies are for all ports of a host: a server at another one is asked in every way that brings something along."""
    taken = []

    class Listener(BaseHTTPRequestHandler):
        def do_GET(self):
            taken.append(f"{self.path}\n{self.headers}")
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(b"<!doctype html><title>other</title><p>other")

        do_POST = do_GET  # noqa: N815 -- as the library has it

        def log_message(self, *words):
            pass

    token = urlsplit(looked_at.address).path.strip("/")
    for path in ("/new-record", "/names"):
        origin = looked_at.address.removesuffix(f"/{token}")
        sent = Request(origin + path, data=b"title=Taken&type=person", headers={"Origin": origin})
        with pytest.raises(HTTPError) as error:
            urlopen(sent, timeout=PATIENCE)
        error.value.close()
        assert error.value.code == 403
    other = ThreadingHTTPServer(("127.0.0.1", 0), Listener)
    threading.Thread(target=other.serve_forever, daemon=True).start()
    page = looked_at.tab("/names")
    try:
        there = f"http://127.0.0.1:{other.server_port}/"
        page.evaluate(
            "address => { const link = document.createElement('a'); link.href = address; document.body.append(link); link.click(); }",
            there,
        )
        page.wait_for_url(there)
        asked = page.evaluate(
            """async (address) => {
                const origin = new URL(address).origin, tries = [document.referrer];
                for (const path of ["/", "/names", "/new-record"])
                    for (const options of [{credentials: "include"}, {credentials: "include", method: "POST", mode: "no-cors", body: new URLSearchParams({title: "Taken"})}])
                        try { tries.push(await (await fetch(origin + path, options)).text()); } catch (error) { tries.push("failed"); }
                return tries;
            }""",
            looked_at.address,
        )
        cookies = [cookie["value"] for cookie in page.context.cookies()]
    finally:
        other.shutdown()
        other.server_close()
        page.context.close()
    assert taken
    assert token not in "".join((*taken, *asked, *cookies))
    looked_at.strangers.clear()
    looked_at.errors.clear()


@pytest.fixture(scope="module")
def attacked_desk(browser, hostile_copy, tmp_path_factory):
    """A desk over a repository in which everything that can hold text holds an attack."""
    root = hostile_copy(tmp_path_factory.mktemp("hostile"))
    pages = [*sorted((root / "content/articles").rglob("*.md"))]
    for page in pages:
        page.write_text(
            page.read_text(encoding="utf-8").replace("status: published", "status: draft"), encoding="utf-8"
        )
    run("git", "init", "-q", root)
    yield from serve(root, browser)


def test_nothing_of_a_source_runs_in_any_view(attacked_desk):
    index = attacked_desk.desk.index
    places = [
        *VIEWS.values(),
        "/names?kind=doubtful",
        "/names?kind=twin",
        "/records?words=%3Cscript%3E",
        "/find?words=p",
    ]
    places += [f"/article/{one.id}" for one in index.articles.values()]
    places += [f"/record/{id_}" for id_ in index.records]
    places += [f"/dossier/{id_}" for id_ in index.dossiers]
    places += [
        f"/changes?file={path.relative_to(attacked_desk.desk.root)}"
        for path in sorted((attacked_desk.desk.root / "content").rglob("*.md"))[:6]
    ]
    page = attacked_desk.tab("/")
    own = f"script:not([src^='{urlsplit(attacked_desk.address).path}/static/'])"
    for place in places:
        page.goto(attacked_desk.address + place)
        assert page.evaluate("document.documentElement.dataset.pwned ?? ''") == "", place
        assert page.locator(f"iframe, {own}, object, embed, base").count() == 0, place
        assert (
            page.evaluate(
                "[...document.querySelectorAll('*')].flatMap(one => one.getAttributeNames()).filter(name => name.startsWith('on'))"
            )
            == []
        )
    assert len(places) > 25
    page.context.close()


@pytest.fixture
def story(browser, once, tmp_path) -> Iterator[Served]:
    added = once("desk-story", lambda base: folder(base, int(os.environ.get("DOSSIERKIT_STORY", "12"))))
    yield from serve(shutil.copytree(added / "lenn", tmp_path / "lenn"), browser)


def shown(page, words: str) -> None:
    page.locator("#said", has_text=words).wait_for()


def test_a_folder_becomes_a_published_dossier_in_the_desk_alone(story):
    """Keys and fields only: names, articles, a record, a dossier, a commit. Then the site is built from it."""
    root, page = story.desk.root, story.tab("/")
    _decide_names(story, page)
    _publish_articles(story, page)
    _make_dossier(story, page)
    _commit(page)
    statuses = [
        yaml.safe_load(path.read_text(encoding="utf-8").split("---\n")[1])["status"]
        for path in (root / "content/articles").rglob("*.md")
    ]
    assert set(statuses) == {"published"}
    dossier(root, "check")
    dossier(root, "build", "--strict")
    assert (root / "site/dossiers/the-old-bridge/index.html").is_file()
    assert run("git", "-C", root, "status", "--porcelain", "--", "content", "seeds") == ""
    assert run("git", "-C", root, "branch", "--show-current").strip() == "june"
    page.context.close()


class Slowly:
    """A desk whose pages come in two parts: what follows `cut` waits until `more` is set."""

    def __init__(self, application) -> None:
        self.application, self.cut, self.more = application, b"", threading.Event()

    def __call__(self, environ, start):
        whole = b"".join(self.application(environ, start))
        at = whole.find(self.cut) + 1 if self.cut else 0
        if at:
            yield whole[: at + len(self.cut) - 1]
            assert self.more.wait(PATIENCE)
        yield whole[at + len(self.cut) - 1 :] if at else whole


@pytest.fixture
def in_parts(tmp_path, browser, looked_at):
    """A desk whose pages come in parts, over a folder of its own."""
    root = shutil.copytree(looked_at.desk.root, tmp_path / "lenn")
    slowly = []

    def served(application):
        slowly.append(Slowly(application))
        return slowly[0]

    for desk in serve(root, browser, served):
        yield desk, slowly[0]


def test_a_decision_on_a_page_that_is_still_coming_is_for_all_its_articles(in_parts):
    """The ticks of articles come after the buttons: without them a decision was for some of the articles only."""
    desk, slowly = in_parts
    page = desk.tab("/names")
    page.goto(f"{desk.address}/names?words=moreau")
    name, articles = page.locator("#row-title").inner_text(), page.locator("[name=article]").count()
    assert articles > 1
    slowly.cut = b'<section class="mentions"'
    page.goto(f"{desk.address}/names?words=moreau", wait_until="commit")
    page.locator('[data-key="a"]').wait_for()
    page.keyboard.press("a")
    slowly.cut = b""
    slowly.more.set()
    page.wait_for_function("name => document.querySelector('#row-title')?.innerText !== name", arg=name)
    assert desk.desk.engine.decided == articles
    page.context.close()


def test_a_key_of_what_is_still_coming_is_not_lost(in_parts):
    desk, slowly = in_parts
    page = desk.tab("/names")
    slowly.cut = b'<section class="mentions"'
    page.goto(f"{desk.address}/names", wait_until="commit")
    page.locator('[data-key="r"]').wait_for()
    page.keyboard.press("x")
    slowly.more.set()
    page.wait_for_function("() => document.activeElement.id === 'v-split'")
    page.context.close()


def test_nothing_is_decided_on_a_name_that_is_not_the_one_meant(in_parts):
    """While a page comes, what waits may not be there yet: a key took out an accepted name."""
    desk, slowly = in_parts
    page = desk.tab(VIEWS["article"])
    for left in reversed(range(page.locator(".items .item.open:not(.entry)").count())):
        page.keyboard.press("a")
        page.wait_for_function(
            "left => document.querySelectorAll('.items .item.open:not(.entry)').length === left", arg=left
        )
    decided = desk.desk.engine.decided
    page.goto("about:blank")
    slowly.cut = b"</form>\n  </li>"
    page.goto(desk.address + VIEWS["article"], wait_until="commit")
    page.locator("[data-item]").first.wait_for()
    page.keyboard.press("r")
    slowly.more.set()
    page.wait_for_function("() => document.activeElement.matches('[data-item].open')")
    page.wait_for_load_state("networkidle")
    assert desk.desk.engine.decided == decided
    page.context.close()


def _decide_names(story: Served, page) -> None:
    """One by one while something is asked or doubtful, with a wrong key and an undo in between; then the rest at once."""
    page.locator("a.primary").click()
    page.goto(f"{story.address}/names")
    first = page.locator("#row-title").inner_text()
    page.keyboard.press(next(key for key in "0jr" if page.locator(f'[data-key="{key}"]').count()))
    page.wait_for_function("name => document.querySelector('#row-title')?.innerText !== name", arg=first)
    page.keyboard.press("u")
    shown(page, "Undone")
    for _ in range(60):
        page.goto(f"{story.address}/names")
        title = page.locator("#row-title")
        if (
            not title.count()
            or page.locator(".rows [aria-current] .meta", has_text=re.compile("≈|question|0[.][0-8]")).count()
            == 0
        ):
            break
        name = title.inner_text()
        page.keyboard.press("0" if page.locator('[data-key="0"]').count() else "a")
        page.wait_for_function("name => document.querySelector('#row-title')?.innerText !== name", arg=name)
    page.keyboard.press("A")
    page.locator(".bulk-list").wait_for()
    page.keyboard.press("a")
    shown(page, "accepted")


FEWER_QUESTIONS = (
    "left => document.readyState === 'complete' && document.querySelectorAll('.question').length < left"
)


def _publish_articles(story: Served, page) -> None:
    """Each with one key after a look; in the first, a heading is put right and a name is added by selecting it."""
    ids = [one.id for one in story.desk.index.articles.values()]
    page.goto(f"{story.address}/article/{ids[0]}")
    heading = page.locator(".entry textarea.heading").first
    heading.fill("The chair resigns")
    heading.press("Enter")
    shown(page, "The chair resigns")
    select_words(page, "bridge 0" if "bridge 0" in page.locator("[data-text]").inner_text() else "bridge")
    page.locator('[data-selects="organization"]').click()
    shown(page, "Added")
    for id_ in ids:
        page.goto(f"{story.address}/article/{id_}")
        while left := page.locator(".question").count():
            page.locator(".question").first.focus()
            page.keyboard.press("0")
            page.wait_for_function(FEWER_QUESTIONS, arg=left)
        page.keyboard.press("P")
        shown(page, "Published")


def _make_dossier(story: Served, page) -> None:
    page.goto(f"{story.address}/dossiers")
    page.keyboard.press("+")
    page.keyboard.type("The old bridge")
    page.keyboard.press("Enter")
    page.locator("#f-description").fill("Why it was closed, and who paid.")
    page.locator("#f-entities_any").fill("lenn-valley-council")
    page.keyboard.press("Escape")
    page.keyboard.press("S")
    shown(page, "Saved")
    page.locator("#add-cast").fill("lenn-valley-council")
    page.keyboard.press("Enter")
    page.locator(".ordered a", has_text="Lenn Valley Council").wait_for()
    page.keyboard.press("Escape")
    page.keyboard.press("P")
    shown(page, "Published")


def _commit(page) -> None:
    page.keyboard.press("Alt+7")
    page.locator("#f-name").fill("june")
    page.keyboard.press("Enter")
    shown(page, "june")
    page.locator("#f-message").fill("Publish the old bridge")
    page.keyboard.press("Escape")
    page.keyboard.press("C")
    shown(page, "Committed")


def test_after_a_record_is_made_the_next_name_is_not_typed_in(story):
    """Else the next key would be a letter in the field, and Enter another record."""
    page = story.tab("/names?kind=rest")
    name = page.locator("#row-title").inner_text()
    page.keyboard.press("e")
    page.keyboard.press("Enter")
    shown(page, name)
    assert page.evaluate("document.activeElement.id") == "row-title"
    page.keyboard.press("u")
    shown(page, "Undone")


def test_two_records_are_merged_with_keys_alone_and_without_scripts_too(story):
    """What is typed in the record's own form is not lost by it; a reason against it has to be read first."""
    root, page = story.desk.root, story.tab()
    (root / "content/entities/board-of-lenn.md").write_text(OTHER, encoding="utf-8")
    page.goto(f"{story.address}/record/lenn-valley-council")
    page.fill("#f-description", "It decides.")
    page.keyboard.press("Escape")
    page.keyboard.press("m")
    page.keyboard.type("board")
    page.wait_for_selector("#found button")
    page.keyboard.press("Enter")
    shown(page, "is not saved yet")
    page.fill("#f-description", "")
    page.keyboard.press("Escape")
    page.keyboard.press("m")
    page.keyboard.press("Enter")
    page.get_by_text("are stated not to be the same").wait_for()
    page.keyboard.press("a")  # the browser asks for the box first
    assert (root / "content/entities/board-of-lenn.md").exists()
    page.check("[name=force]")
    page.keyboard.press("a")
    shown(page, "Merged: Board of Lenn into Lenn Valley Council")
    assert not (root / "content/entities/board-of-lenn.md").exists()
    page.keyboard.press("u")
    shown(page, "Undone: Merged")
    plain = story.browser.new_context(java_script_enabled=False).new_page()
    plain.goto(f"{story.address}/record/lenn-valley-council")
    plain.fill("#v-same", "board of lenn")
    plain.click("form.choice button")
    plain.check("[name=force]")
    plain.click("#do")
    assert "Merged: Board of Lenn" in plain.inner_text("#said")
    assert not (root / "content/entities/board-of-lenn.md").exists()
    plain.context.close()


@pytest.mark.parametrize(("key", "field"), [("+", "f-words"), ("*", "e-date"), ("i", "f-title")])
def test_a_key_that_opens_a_form_leads_into_it(story, key, field):
    """What is typed then would otherwise decide: an `a` accepts, a `P` publishes."""
    page = story.tab(VIEWS["article"])
    page.keyboard.press(key)
    page.keyboard.type("P")
    assert page.evaluate("document.activeElement.id") == field
    assert "P" in page.evaluate("document.activeElement.value")


def test_a_key_pressed_as_soon_as_a_page_is_seen_is_not_lost(story):
    page = story.tab("/")
    page.route("**/static/desk.js", lambda route: (page.wait_for_timeout(500), route.continue_()))
    page.goto(f"{story.address}/names/all", wait_until="commit")
    page.locator(".bulk-list").wait_for()
    page.keyboard.press("a")
    shown(page, "accepted")
    page.context.close()


def test_a_key_waits_for_no_answer_to_the_one_before(story):
    """Undo, pressed before the answer is there, would undo what the editor does not see done."""
    page = story.tab("/names")
    before, undone = page.locator("#decided").inner_text(), []
    page.on("request", lambda asked: asked.url.endswith("/undo") and undone.append(asked.url))
    page.route("**/names/decide", lambda route: (page.wait_for_timeout(300), route.continue_()))
    name = page.locator("#row-title").inner_text()
    with page.expect_response("**/names/decide"):
        page.keyboard.press(next(key for key in "jr" if page.locator(f'[data-key="{key}"]').count()))
        page.keyboard.press("u")
    page.wait_for_function("name => document.querySelector('#row-title')?.innerText !== name", arg=name)
    assert page.locator("#decided").inner_text() != before
    assert not undone
    assert not story.errors
    page.context.close()


def test_a_late_answer_about_an_earlier_date_is_not_shown(story):
    page = story.tab(f"/article/{next(one.id for one in story.desk.index.articles.values())}")

    def slow(route) -> None:
        if "2016-13" in route.request.url:
            page.wait_for_timeout(600)
        route.continue_()

    page.route("**/check?*", slow)
    date = page.locator(".entry .date").first
    with page.expect_response(lambda answer: "2016-13" in answer.url) as late:
        with page.expect_request(lambda asked: "2016-13" in asked.url):
            date.fill("2016-13")
        date.fill("2016-06")
    late.value.finished()
    page.locator(".entry .note", has_text="2016-06-01").wait_for()
    page.evaluate("() => new Promise((done) => setTimeout(done))")
    assert page.locator('.entry .date[aria-invalid="true"]').count() == 0
    page.context.close()


def test_the_focus_goes_on_to_what_is_next(story):
    page = story.tab(f"/article/{next(one.id for one in story.desk.index.articles.values())}")
    for _ in range(3):
        before = page.evaluate("document.activeElement.id")
        assert page.evaluate("document.activeElement.matches('[data-item].open')")
        page.keyboard.press("a")
        page.wait_for_function(
            "id => document.activeElement.matches('[data-item].open') && document.activeElement.id !== id",
            arg=before,
        )
    page.context.close()


PRESS = """([key, code, shiftKey, capsLock]) => document.activeElement.dispatchEvent(
  new KeyboardEvent("keydown", { key, code, shiftKey, modifierCapsLock: capsLock, bubbles: true, cancelable: true }))"""


@pytest.mark.parametrize(
    ("press", "does"),
    [
        (("ش", "KeyA", False, False), "a"),
        (("لا", "KeyB", False, False), None),
        (("ى", "KeyN", False, False), None),
        (("ф", "KeyA", False, False), "a"),
        (("َ", "KeyQ", True, False), None),
        (("a", "KeyQ", False, False), "a"),
        (("q", "KeyA", False, False), None),
        (("A", "KeyA", False, True), "a"),
        (("a", "KeyA", True, True), "A"),
        (("؟", "Slash", True, False), "?"),
        (("&", "Digit1", False, False), "1"),
        (("é", "Digit2", False, False), "2"),
        (("١", "Digit1", False, False), "1"),
        (("1", "Digit1", True, False), "1"),
        (("F5", "F5", False, False), None),
        (("Dead", "KeyA", False, False), None),
    ],
)
def test_a_key_works_in_every_layout(looked_at, press, does):
    """`press`: key, code, Shift, Caps Lock. An Arabic layout has no `a`, a French one digits with Shift alone, and with Caps Lock `p` must not publish."""
    page = looked_at.tab("/nothing")
    page.evaluate(
        """() => { for (const key of ["a", "A", "1", "2", "?"]) {
          document.querySelectorAll(`[data-key="${key}"]`).forEach((each) => each.remove());
          const button = document.createElement("button");
          button.dataset.key = key;
          button.onclick = () => (document.title = `did ${key}`);
          document.querySelector("#main").append(button); } }"""
    )
    page.evaluate(PRESS, list(press))
    did = page.title().removeprefix("did ") if page.title().startswith("did ") else None
    assert did == does
    page.context.close()


def test_the_focus_goes_back_to_what_was_undone(story):
    page = story.tab(f"/article/{next(one.id for one in story.desk.index.articles.values())}")
    first = page.evaluate("document.activeElement.id")
    page.keyboard.press("a")
    shown(page, "accepted")
    page.keyboard.press("u")
    shown(page, "Undone")
    page.wait_for_function("id => document.activeElement.id === id", arg=first)
    page.context.close()


def test_a_key_of_a_name_leads_to_its_record_and_what_is_typed_next_decides_nothing(looked_at):
    page = looked_at.tab("/names?words=Lenn+Valley")
    page.locator(".rows a", has_text="Lenn Valley Council").click()
    page.locator("#row-title", has_text="Lenn Valley Council").wait_for()
    page.keyboard.press("w")
    page.keyboard.type("Harrow")
    page.wait_for_url("**/record/lenn-valley-council#f-title")
    page.wait_for_function("document.activeElement.id === 'f-title'")
    assert page.locator("#said").inner_text() == ""
    page.context.close()


def test_with_the_colours_of_a_system_only_the_current_name_is_marked(looked_at):
    page = looked_at.tab("/names")
    page.emulate_media(forced_colors="active")
    of = "name => [...document.querySelectorAll('.rows a')].map(row => getComputedStyle(row).borderInlineStartColor)"
    current, *others = page.evaluate(of)
    assert current not in others
    assert len(set(others)) == 1
    page.context.close()


def test_a_field_is_as_high_as_its_text_where_the_browser_does_not_see_to_it(looked_at):
    """As Safari does not (WebKit 2.50)."""
    page = looked_at.tab()
    page.add_init_script("CSS.supports = () => false")
    page.goto(looked_at.address + VIEWS["article"])
    heading = page.locator(".entry textarea").first
    heading.evaluate("field => (field.style.fieldSizing = 'fixed')")
    heading.fill("A heading of many words, " * 20)
    assert heading.evaluate("field => field.scrollHeight <= field.clientHeight")
    page.context.close()


def test_a_decision_that_takes_long_says_that_it_works(story):
    page = story.tab(f"/article/{next(one.id for one in story.desk.index.articles.values())}")
    story.desk.lock.acquire()  # as while a long decision is being written
    try:
        page.keyboard.press("a")
        shown(page, "Working")
    finally:
        story.desk.lock.release()
    shown(page, "ccepted")
    assert "Working" not in page.locator("#said").inner_text()
    page.context.close()


def test_what_is_typed_is_checked_at_once(story):
    page = story.tab(f"/article/{next(one.id for one in story.desk.index.articles.values())}")
    quote = page.locator(".entry .quote").first
    quote.fill("nobody wrote this")
    page.locator('.entry .quote[aria-invalid="true"]').wait_for()
    date = page.locator(".entry .date").first
    date.fill("2016-13")
    page.locator('.entry .date[aria-invalid="true"]').wait_for()
    date.fill("2016-06")
    page.locator(".entry .note", has_text="2016-06-01").wait_for()
    page.context.close()


def test_what_is_typed_into_one_entry_is_not_lost_with_a_decision_on_another(story):
    """Nor does `P` publish the heading that was there before."""
    page = story.tab(f"/article/{next(one.id for one in story.desk.index.articles.values())}")
    page.locator(".entry textarea[name=text]").first.fill("Ada Moreau goes")
    page.keyboard.press("Escape")
    page.keyboard.press("P")
    shown(page, "not saved yet")
    field = page.locator(".entry textarea[name=text]").first
    assert field.input_value() == "Ada Moreau goes"
    assert field.evaluate("field => field === document.activeElement")
    page.keyboard.press("Enter")
    page.locator(".entry textarea[name=text]", has_text="Ada Moreau goes").wait_for()
    page.context.close()


def test_what_is_typed_into_a_form_that_is_refused_is_still_there(story):
    page = story.tab("/dossier/first-dossier")
    page.fill("#f-body", "A bridge that nobody wanted.")
    page.fill("#f-dates", "2016-99")
    page.click("#save")
    page.locator("#said .wrong").wait_for()
    assert page.input_value("#f-body") == "A bridge that nobody wanted."
    assert page.input_value("#f-dates") == "2016-99"
    page.fill("#f-dates", "2016")
    page.click("#save")
    page.locator("#said .wrong").wait_for(state="detached")
    assert "A bridge that nobody wanted." in (
        story.desk.root / "content/dossiers/first-dossier.md"
    ).read_text(encoding="utf-8")
    page.context.close()


def test_an_entry_is_added_with_keys_alone_and_one_that_is_refused_is_shown_again(story):
    """Enter adds it from the quote too, which is the last field; a refused one is not folded away."""
    page = story.tab(f"/article/{next(one.id for one in story.desk.index.articles.values())}")
    page.keyboard.press("*")
    for typed in ("2016-06-03", "Ada Moreau is praised", "nobody wrote this"):
        page.keyboard.type(typed)
        page.keyboard.press("Enter" if typed.startswith("nobody") else "Tab")
    shown(page, "the quote is not in the text")
    assert page.locator("#e-text").is_visible()
    assert page.input_value("#e-quote") == "nobody wrote this"
    assert page.evaluate("document.activeElement.id") == "e-quote"
    page.fill("#e-quote", "praised")
    page.keyboard.press("Enter")
    page.locator(".entry textarea[name=text]", has_text="Ada Moreau is praised").wait_for()
    page.context.close()


def test_what_is_typed_is_not_lost_where_the_page_was_changed_in_an_editor(story):
    page, file = story.tab("/dossier/first-dossier"), story.desk.root / "content/dossiers/first-dossier.md"
    page.fill("#f-description", "Who decided on the bridge.")
    changed = file.read_text(encoding="utf-8").replace("title: First dossier", "title: The bridge")
    file.write_text(changed, encoding="utf-8")
    page.click("#save")
    page.locator("#said .wrong").wait_for()
    assert page.input_value("#f-title") == "The bridge"
    assert page.input_value("#f-description") == "Who decided on the bridge."
    page.context.close()
