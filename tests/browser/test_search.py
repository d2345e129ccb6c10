"""Search: over any page and on its own, with facets, in the address, by keys alone."""

from __future__ import annotations

import re
import unicodedata

import pytest

from dossierkit.text.terms import terms

ARTICLE = "articles/2016/mesop-syria-daily-lead-opposition-rebel-negotiator-alloush-quits/"
SCRIPTS = "assets/dossierkit/search/"
MESOP = "MESOP Syria Daily: Lead Opposition-Rebel Negotiator Alloush Quits"
FIELD, DIALOG = ".dk-search input[type=search]", ".dk-search-dialog"
STRICT = "default-src 'self'; style-src 'self' 'unsafe-inline'; script-src 'self' 'unsafe-inline'; img-src 'self' data:"


def opened(page):
    page.locator("html.js").wait_for(state="attached")
    page.keyboard.press("/")
    page.locator(f"{DIALOG}[open] input:focus").wait_for()
    return page


def ask(page, query):
    """All at once: of letters one by one, a busy machine shows what the first of them finds before the others are there."""
    page.keyboard.insert_text(query)
    page.locator(".dk-search__status", has_text="result").wait_for()


def titles(page):
    return page.locator(".dk-search__title").all_inner_texts()


def facet(page, name):
    group = page.locator(".dk-search__facet", has=page.get_by_text(name, exact=True))
    if (further := group.locator(".dk-search__further")).count():
        further.click()
    rows = group.locator("label")
    return dict(row.rsplit("\n", 1) if "\n" in row else row.rsplit(" ", 1) for row in rows.all_inner_texts())


def test_search_finds_by_any_name(read_either):
    page = opened(read_either(""))
    for query, title in [
        ("Alloush", "Mohammad Alloush"),
        ("Alloush", MESOP),
        ("HNC", "High Negotiations Committee"),
        ("Daesh", "Islamic State"),
        ("ISIS", "Vienna meeting sets a timetable for talks on Syria"),
        ("دمشق", "Damascus"),
        ("الامم المتحده", "United Nations"),
        ("علّوش", "Mohammad Alloush"),
        ("communique", "Geneva communiqué"),
        ("negotiators resign", MESOP),
    ]:
        page.locator(FIELD).fill(query)
        page.locator(".dk-search__title", has_text=re.compile(f"^{re.escape(title)}$")).wait_for()


def test_a_sentence_found_leads_to_its_place_and_is_lit(read_either, colour):
    page = opened(read_either(""))
    ask(page, "phone on Sunday")
    sentence = page.locator(".dk-search__sentence a", has_text="by phone on Sunday").first
    assert "phone on Sunday" in " ".join(sentence.locator("mark").all_inner_texts())
    sentence.click()
    lit = page.locator("[id^=s-]:target")
    assert "by phone on Sunday" in lit.inner_text()
    assert colour(lit) != "rgba(0, 0, 0, 0)"
    page.go_back()
    page.locator(f"{DIALOG}[open] mark").first.wait_for()
    assert page.locator(FIELD).input_value() == "phone on Sunday"


def test_a_sentence_of_the_page_below_is_gone_to_without_leaving(read):
    page = opened(read(ARTICLE))
    page.evaluate("window.here = true")
    ask(page, "phone on Sunday")
    page.locator(".dk-search__sentence a", has_text="by phone on Sunday").first.click()
    page.locator("[id^=s-]:target").wait_for()
    assert page.evaluate("window.here")
    page.locator(DIALOG).wait_for(state="hidden")
    assert "search=" not in page.url


def test_what_was_asked_by_one_name_is_lit_under_another(read):
    page = opened(read(""))
    ask(page, "Daesh")
    row = page.locator(".dk-search__result", has_text="Vienna meeting sets a timetable")
    assert row.locator("mark").all_inner_texts() == ["Islamic State"]


def test_keys_alone(read):
    page = read("")
    page.locator("html.js").wait_for(state="attached")
    page.keyboard.press("Control+k")
    page.locator(f"{DIALOG} input:focus").wait_for()
    ask(page, "Alloush")
    focused = "document.activeElement.textContent"
    page.keyboard.press("ArrowDown")
    first = page.evaluate(focused)
    assert first == titles(page)[0]
    page.keyboard.press("ArrowDown")
    assert page.evaluate(focused) != first
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.type") == "search"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.type") == "search"
    page.keyboard.press("Escape")
    page.locator(DIALOG).wait_for(state="hidden")
    page.keyboard.press("/")
    page.locator(f"{DIALOG}[open] input:focus").wait_for()
    page.keyboard.press("Enter")
    page.locator(".dk-search__title:focus").wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{'/entities/mohammad-alloush/'}")


def test_what_is_typed_before_the_field_is_there_is_asked(read):
    page = read(ARTICLE, own=True)
    page.route("**/search/data/index.dks", lambda route: (page.wait_for_timeout(500), route.continue_()))
    page.keyboard.press("/")
    page.keyboard.type("Alloush n")
    page.locator(f"{DIALOG}[open] .dk-search__title", has_text="Mohammad Alloush").wait_for()
    assert page.locator(FIELD).input_value() == "Alloush n"
    page.keyboard.type("o")
    assert page.locator(FIELD).input_value() == "Alloush no"


def test_facets_count_and_narrow(read_either):
    page = read_either("search/?q=Geneva")
    page.locator(".dk-search__result").first.wait_for()
    kinds, years = facet(page, "Type"), facet(page, "Year")
    total = int(page.locator(".dk-search__status").inner_text().split()[0])
    assert sum(map(int, kinds.values())) == total
    page.locator("input[data-value='2016']").check()
    page.locator(".dk-search__status", has_text=f"{years['2016']} results").wait_for()
    assert facet(page, "Year") == years, "a facet is counted as if nothing were chosen in it"
    assert sum(map(int, facet(page, "Type").values())) == int(years["2016"])
    assert "year=2016" in page.url
    page.go_back()
    page.locator(".dk-search__status", has_text=f"{total} results").wait_for()
    assert not page.locator("input[data-value='2016']").is_checked()
    page.go_forward()
    page.locator(".dk-search__status", has_text=f"{years['2016']} results").wait_for()
    assert page.locator("input[data-value='2016']").is_checked()


def test_pages_that_name_an_entity(read):
    page = read("search/?q=Geneva")
    page.locator(".dk-search__result").first.wait_for()
    page.locator(".dk-search__facet summary").click()
    row = page.locator(".dk-search__facet label", has_text="Staffan de Mistura")
    count = row.locator(".dk-count").inner_text()
    row.locator("input").check()
    page.locator(".dk-search__status", has_text=f"{count} result").wait_for()
    assert "entity=staffan-de-mistura" in page.url


def test_an_address_shows_its_results(read):
    page = read("search/?q=Geneva+talks&lang=ar")
    page.locator(".dk-search__result").first.wait_for()
    assert page.get_by_label("Arabic").is_checked()
    assert page.locator(FIELD).input_value() == "Geneva talks"
    assert page.locator(".dk-search__title").first.evaluate("e => getComputedStyle(e).direction") == "rtl"


@pytest.mark.parametrize("query", ["constructor", "constructor 2016", "__proto__ talks"])
def test_words_that_every_object_of_a_script_has_are_words(read, query):
    page = read(f"search/?q={query}")
    page.locator(".dk-search__status", has_text="esult").wait_for()


def test_where_no_page_has_all_words_it_says_so(read):
    page = opened(read(""))
    ask(page, "Alloush zeppelin")
    assert "No results with all" in page.locator(".dk-search__status").inner_text()
    assert "Mohammad Alloush" in titles(page)
    page.locator(FIELD).fill("zeppelin")
    page.locator(".dk-search__status", has_text="No results for “zeppelin”").wait_for()


@pytest.mark.parametrize(("query", "year"), [("May 2014", "2014"), ("Geneva 3 May 2014", "Geneva 2014")])
def test_of_a_month_in_which_nothing_was_its_year_is_shown(read, query, year):
    page = opened(read(""))
    page.locator(FIELD).fill(query)
    page.locator(".dk-search__meant", has_text=f"Showing results for {year}.").wait_for()
    assert page.locator(".dk-search__status").inner_text().startswith(f"No results for “{query}”. ")
    page.locator(FIELD).fill(query.replace("2014", "1950"))
    page.locator(".dk-search__meant").wait_for(state="hidden")


def test_as_many_events_can_be_found_as_the_timeline_has(read):
    page = read("")
    events = page.locator(".dk-tally a", has_text="events").locator("b").inner_text()
    page.goto(page.url + "search/?type=entry")
    page.locator(".dk-search__status", has_text=f"{events} results").wait_for()
    assert page.get_by_label("Timeline event").is_checked()


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ('"last nail in the coffin"', MESOP),
        ("“Last nail in the COFFIN”", MESOP),
        ("talks «last nail»", MESOP),
        ('"وقف الاعمال العدائيه"', "وقف الأعمال العدائية في سوريا يدخل حيز التنفيذ"),
    ],
)
def test_words_in_quotation_marks_stand_together(read_either, query, title):
    page = opened(read_either(""))
    page.locator(FIELD).fill(query)
    page.locator(".dk-search__title", has_text=title).wait_for()


def test_the_sentence_that_has_a_phrase_is_shown_and_the_phrase_is_lit(read):
    page = opened(read(""))
    ask(page, '"cessation of hostilities"')
    rows = page.locator(".dk-search__result", has=page.locator(".dk-search__sentence"))
    assert rows.count() > 1
    for row in rows.all():
        assert "cessation of hostilities" in [mark.lower() for mark in row.locator("mark").all_inner_texts()]


def test_a_phrase_finds_less_than_its_words_and_is_counted_as_it_is_shown(read):
    page = read("search/?q=talks+Geneva")
    page.locator(".dk-search__result").first.wait_for()
    apart = int(page.locator(".dk-search__status").inner_text().split()[0])
    page.locator(FIELD).fill('"talks Geneva"')
    page.locator(".dk-search__status", has_text="No results for this exact phrase").wait_for()
    assert titles(page) == []
    page.get_by_role("button", name="talks Geneva", exact=True).click()
    page.locator(".dk-search__status", has_text=f"{apart} results").wait_for()
    page.locator(FIELD).fill('"talks in Geneva"')
    page.locator(".dk-search__status").get_by_text(re.compile(r"^\d result")).wait_for()
    together = int(page.locator(".dk-search__status").inner_text().split()[0])
    assert 0 < together < apart
    assert len(titles(page)) == min(together, 10)
    assert sum(map(int, facet(page, "Type").values())) in {0, together}


def test_of_many_pages_with_the_words_some_are_read_at_a_time_and_it_says_so(read):
    """The reel on its own: a hundred and fifty pages, of which one in forty has the phrase."""
    told = read("search/").evaluate(
        """async () => {
            const at = document.querySelector("script[src$='search/open.js']").src;
            const {makePhrases, makeReel, sifted} = await import(new URL("phrases.js", at));
            const words = {all: (text) => text.toLowerCase().split(" ")};
            const asked = [];
            const page = async (number) => {
                asked.push(number);
                return {title: `page ${number}`, text: number % 40 ? ["b a"] : ["x", "c a b"]};
            };
            const pages = Array.from({length: 150}, (_, number) => number);
            const phrases = makePhrases(words, '"a b"');
            const reel = makeReel({page}, pages, phrases);
            const steps = [];
            do {
                const found = await reel.next();
                steps.push([found.map((one) => one.title), reel.read, reel.shown, reel.more()]);
            } while (reel.more());
            return {steps, few: await sifted({page}, pages.slice(0, 100), phrases), many: await sifted({page}, pages, phrases)};
        }"""
    )
    assert told["steps"] == [
        [["page 0", "page 40", "page 80"], 100, 3, True],
        [["page 120"], 150, 4, False],
    ]
    assert (told["few"], told["many"]) == ([0, 40, 80], None)


WORDS = """
const at = document.querySelector("script[src$='search/open.js']").src;
const {makeWords} = await import(new URL("words.js", at));
const {openIndex} = await import(new URL("reading.js", at));
const words = makeWords((await openIndex(new URL("../../../", at))).table);
"""
"""Of scripts: `words` as the search reads texts, with the tables of the index; `at`, the address beside which its modules are."""


@pytest.mark.parametrize(
    ("query", "known", "found"),
    [
        ("海地", [], [1]),
        ("海地 地区", [], [1]),
        ("地海", [], [0, 1]),  # no page has it: those that have its characters
        ("海地", [7], [0, 1]),  # the name of an entity, which its pages may say in other words
        ("sea", [], [0, 1]),
    ],
)
def test_characters_that_are_typed_together_are_found_together(read, query, known, found):
    assert (
        read("search/").evaluate(
            f"""async ([query, known]) => {{
            {WORDS}
            const {{together}} = await import(new URL("phrases.js", at));
            const texts = ["大海和土地", "海地的地区"];
            const page = async (number) => ({{title: "", text: [texts[number]]}});
            const answer = {{known, some: false, all: [0, 1], from: (all) => ({{...answer, all}})}};
            return (await together({{page}}, words, query, answer)).all;
        }}""",
            [query, known],
        )
        == found
    )


@pytest.mark.parametrize(
    ("query", "text", "lit"),
    [
        ("安理会", "会见安理会的代表,理事会在安全局。", ["安理会"]),
        ("安全理事会", "会见安理会的代表,理事会在安全局。", ["安理会", "理事会", "安全"]),
        ("会", "会见安理会", ["会", "会"]),
        ("会 council", "会见 the council", ["会", "council"]),
    ],
)
def test_of_characters_typed_together_none_is_lit_alone(read, query, text, lit):
    assert (
        read("search/").evaluate(
            f"""async ([query, text]) => {{
            {WORDS}
            const {{makePassages}} = await import(new URL("passages.js", at));
            const {{lit}} = makePassages(words, words.asked(query).map((one) => one.word), [], {{}});
            return lit(text).filter((node) => node.tagName).map((node) => node.textContent);
        }}""",
            [query, text],
        )
        == lit
    )


@pytest.mark.parametrize(
    ("query", "meant"),
    [
        ("negotator", "negotiator"),
        ("Aloush quits", "Alloush quits"),
        ("Genvea talks", "Geneva talks"),
        ("“genevaa talks”", "“Geneva talks”"),
        ("Allepo", "Aleppo"),
        ("Jeneva", "Geneva"),
        ("avrov", "Lavrov"),
        ("Zoubbi", "Zoubi"),
    ],
)
def test_a_word_that_stands_nowhere_leads_to_one_like_it(read, query, meant):
    page = opened(read(""))
    page.locator(FIELD).fill(query)
    page.locator(".dk-search__meant").get_by_role("button", name=meant, exact=True).click()
    page.locator(".dk-search__meant").wait_for(state="hidden")
    page.locator(".dk-search__result").first.wait_for()
    assert page.locator(FIELD).input_value() == meant
    page.locator(".dk-search__status:not(:has-text('No results'))").wait_for(state="attached")


WHEN_MEANT = """() => {
  const [body, meant] = [".dk-search__body", ".dk-search__meant"].map((name) => document.querySelector(name));
  const seen = () => ({
    status: body.querySelector(".dk-search__status").textContent,
    results: body.querySelectorAll(".dk-search__result").length,
    place: meant.getBoundingClientRect().toJSON(),
  });
  const look = () => {
    if (meant.hidden || window.meantSeen) return;
    window.meantSeen = seen();
    document.documentElement.dataset.meant = "seen";
  };
  new MutationObserver(look).observe(body, { subtree: true, attributes: true, childList: true });
  window.meantNow = seen;
}"""


@pytest.mark.parametrize("query", ["Aloush quits", "Genvea talks", "negotator"])
def test_what_may_have_been_meant_comes_with_the_results_and_stays_under_the_finger(read, drawn, query):
    page = opened(read(""))
    page.evaluate(WHEN_MEANT)
    page.locator(FIELD).fill(query)
    page.locator("html[data-meant]").wait_for(state="attached")
    drawn(page)
    assert page.evaluate("window.meantSeen") == page.evaluate("window.meantNow()")


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("zeppelin", "No results for “zeppelin”"),
        ("Geneva", "results"),
        ("negot", "results"),
        ("Alloush zeppelin", "No results with all of these words"),
        ("xq", "No results for “xq”"),
    ],
)
def test_nothing_is_suggested_for_a_word_that_is_right_or_like_none(read, query, told):
    page = opened(read(""))
    page.locator(FIELD).fill(query)
    page.locator(".dk-search__status", has_text=told).wait_for()
    assert not page.locator(".dk-search__meant").is_visible()


def test_where_nothing_is_found_no_empty_column_of_filters_stands(read):
    page = opened(read(""))
    page.locator(FIELD).fill("zeppelin")
    page.locator(".dk-search__status", has_text="No results for").wait_for()
    assert not page.locator(".dk-search__facets").is_visible()
    body, found = (page.locator(f".dk-search__{name}").bounding_box() for name in ("body", "found"))
    assert found["width"] == body["width"]


MISTAKES = {
    ("geneva", "geneva"): 0,
    ("genva", "geneva"): 1,
    ("genvea", "geneva"): 1,
    ("gneeav", "geneva"): 2,
    ("", "abc"): 3,
}


def test_mistakes_are_counted(read):
    counted = read("search/").evaluate(
        """async (pairs) => {
            const at = document.querySelector("script[src$='search/open.js']").src;
            const {distance} = await import(new URL("like.js", at));
            return pairs.map(([one, two]) => distance(one, two));
        }""",
        [*MISTAKES],
    )
    assert dict(zip(MISTAKES, counted, strict=True)) == MISTAKES


def test_the_page_without_scripts_leads_on(read_either):
    page = read_either("", scripts=False)
    page.locator("a.dk-find").click()
    assert "needs JavaScript" in page.locator(".dk-search-plain").inner_text()
    page.get_by_role("link", name="Names from A to Z").click()
    assert page.locator("h1").inner_text() == "Names"


def test_from_a_folder_the_page_leads_on(browser, site):
    context = browser.new_context()
    page = context.new_page()
    page.goto((site / "search/index.html").as_uri())
    page.keyboard.press("/")
    assert "does not work from a folder" in page.locator(".dk-search-plain").inner_text()
    assert page.get_by_role("link", name="Names from A to Z").is_visible()
    context.close()


def test_a_search_page_without_results_leads_on(read):
    page = read("search/?q=zeppelin")
    page.get_by_role("link", name="Names from A to Z").wait_for()
    assert not page.locator(".dk-search__facets, .dk-search__keys").locator("visible=true").count()
    page.locator(FIELD).fill("Alloush")
    page.locator(".dk-search__title", has_text="Mohammad Alloush").wait_for()
    page.get_by_role("link", name="Names from A to Z").wait_for(state="hidden")
    page.locator(".dk-search__facets").wait_for()


def test_nothing_is_read_before_a_reader_searches(browser, address):
    context = browser.new_context()
    page = context.new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address + ARTICLE)
    # After the load event: on a slow machine the network is idle before the head has been read.
    page.wait_for_load_state("networkidle")
    assert [url for url in asked if "search" in url] == [f"{address}assets/dossierkit/search/open.js"]
    context.close()


def test_the_page_asks_for_all_that_its_first_script_needs_at_once(browser, address):
    """Else each module would be asked for behind the one that imports it, and a phone would wait for all of them in turn."""
    context = browser.new_context()
    page = context.new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(address)))
    page.goto(address + "search/?q=Geneva")
    page.locator(".dk-search__result").first.wait_for()
    hints = page.locator("link[rel=modulepreload], link[rel=preload][as=style]")
    early = {url.removeprefix(address) for url in hints.evaluate_all("all => all.map(one => one.href)")}
    before = asked[: asked.index("search/data/index.dks")]
    assert early == {url for url in before if url.startswith(SCRIPTS)} - {f"{SCRIPTS}open.js"}
    assert len(before) == len(set(before))
    context.close()


def test_a_strict_policy_allows_it(read):
    """No WebAssembly, no eval: `script-src 'self'` is enough for the search (the inline scripts are the theme's)."""
    page = read("", own=True)
    page.route("**/search/**", _with_policy)
    page.goto(read.address + "search/?q=Geneva")
    page.locator(".dk-search__result").first.wait_for()


def _with_policy(route):
    answer = route.fetch()
    route.fulfill(response=answer, headers={**answer.headers, "content-security-policy": STRICT})


@pytest.mark.parametrize("width", [390, 1440])
def test_axe_finds_nothing_in_the_dialog(read, drawn, violations, width):
    page = opened(read(ARTICLE, width))
    ask(page, "Daesh")
    assert violations(page) == []
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    drawn(page)
    assert violations(page, colours=True) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_browser_folds_words_as_the_index_does(read):
    """Every letter of the planes that text is written in, as far as this Python knows it."""
    page = read("search/")
    page.locator(FIELD).wait_for()
    letters = [
        char
        for char in map(chr, (*range(0x20, 0x10000), *range(0x1D400, 0x1D800)))
        if unicodedata.category(char)[0] in "LNMPSZ"
    ]
    samples = [f"a{char}b" for char in letters] + [
        "والأمم لِلجهة",
        "عبدالباسط أبي حمزة (عبدالله)",
        "ΟΔΟΣ ὀδός",
        "L’Été d’un l’ONU",
        "東京で",
    ]
    theirs = page.evaluate(
        """async samples => {
            const at = document.querySelector("script[src$='search/open.js']").src;
            const {makeWords} = await import(new URL("words.js", at));
            const {openIndex} = await import(new URL("reading.js", at));
            const words = makeWords((await openIndex(new URL("../../../", at))).table);
            const marked = "空气2015年、किसानों की".match(words.written).join(" ");
            return [...samples.split("\\n").map((sample) => words.all(sample).join(" ")), marked].join("\\n");
        }""",
        "\n".join(samples),
    )
    *theirs, marked = theirs.split("\n")
    assert marked == "空 气 2015 年 किसानों की", (
        "what is marked in a result is a word, or a sign of a script without spaces"
    )
    ours = [" ".join(terms(sample)) for sample in samples]
    pairs = zip(samples, ours, theirs, strict=True)
    assert [pair for pair in pairs if pair[1] != pair[2]] == []
