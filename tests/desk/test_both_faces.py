"""One list of decisions, played at the desk and in the terminal: the files that come out are the same, byte for byte."""

from __future__ import annotations

import html
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.desk.conftest import text
from tests.support import terminal
from tests.support.git import git
from tests.support.repository import snapshot

from dossierkit.cli import main
from dossierkit.model.proposal import Conflict, Question
from dossierkit.store import proposal as proposals
from dossierkit.workflow.editing.session import digest

BRIDGE = "content/articles/2016/council-reopens-the-old-bridge.md"
CHAIR = "content/articles/2016/chair-of-the-council-resigns.md"
WATER = "content/articles/2016/agency-warns-of-low-water.md"
ARTICLE = "2016/chair-of-the-council-resigns"
SEED = "seeds/chair.suggested.yml"
RECORD = "content/entities/geneva.md"
DOSSIER = "content/dossiers/the-old-bridge.md"
QUIT = ("press", "q")


def write(root: Path, path: str, words: str) -> None:
    (root / path).write_text(words, encoding="utf-8")


# ---- What the repository is before ----


def as_added(_: Path) -> None:
    pass


def with_question(root: Path) -> None:
    """A form that two people bear is linked to neither."""
    asked = Question(
        "q-moreau", "Which of these is “Moreau”?", ("ada-moreau-person", "bruno-keller-person"), "", "Moreau"
    )
    last = proposals.load(text(root, SEED), SEED)
    write(root, SEED, proposals.dump(replace(last, questions=(asked,))))
    write(root, CHAIR, text(root, CHAIR).replace(", also: [Moreau]", ""))


def with_conflict(root: Path) -> None:
    """The editor and the machine have each given the page another date."""
    last = proposals.load(text(root, SEED), SEED)
    write(
        root,
        SEED,
        proposals.dump(replace(last, conflicts=(Conflict("", "date", "2016-06-12", "2016-06-03"),))),
    )


def with_record(root: Path) -> None:
    write(
        root,
        RECORD,
        "---\ntitle: Geneva\ntype: place\naliases: [Genf]\nrelations:\n  - {type: seat of, to: geneva}\nstatus: draft\n---\nA city.\n",
    )


def with_offers(root: Path) -> None:
    write(
        root,
        RECORD,
        "---\ntitle: Geneva\ntype: place\nproposed:\n  aliases: [Genf, Geneve]\nstatus: reviewed\n---\n",
    )


def with_dossier(root: Path) -> None:
    write(
        root,
        DOSSIER,
        f"---\ntitle: The old bridge\nstatus: draft\narticles:\n  - 2016/council-reopens-the-old-bridge\n  - {ARTICLE}\n---\n",
    )


def with_empty_dossier(root: Path) -> None:
    write(
        root,
        DOSSIER,
        "---\ntitle: The old bridge\nstatus: draft\ndescription: Why it was closed.\n---\nThe lead.\n",
    )


def with_event(root: Path) -> None:
    """Two articles tell of one event by the word that their entries have."""
    for path in (BRIDGE, CHAIR):
        head, mark, rest = text(root, path).partition("timeline:\n")
        write(
            root,
            path,
            f"{head}{mark}{rest.replace('    text:', '    event: the-bridge' + chr(10) + '    text:', 1)}",
        )


SPELT = {
    "en": "Tripoli talks\n\nKhalifa Haftar met the mission in Benghazi. Mr. Haftar spoke for an hour.\n",
    "fr": "Pourparlers\n\nLe maréchal Khalifa Hifter a rencontré la mission. M. Hifter a parlé.\n",
    "ar": "محادثات\n\nقال القائد العام للجيش المشير خليفة حفتر يوم الأحد إن اللقاء كان مفيدا.\n",
}


def with_spellings(root: Path) -> None:
    """One man as three articles write him, in two scripts."""
    for lang, words in SPELT.items():
        source = root.parent / f"{lang}.txt"
        source.write_text(words, encoding="utf-8")
        command = ["-C", str(root), "add", str(source), "--date", "2019-04-05", "--lang", lang]
        assert CliRunner().invoke(main, command).exit_code == 0


def with_offer(root: Path) -> None:
    """Two articles tell of one resignation in their own words, on one day."""
    for path, heading in ((BRIDGE, "The chair quits over the costs"), (CHAIR, "Ada Moreau resigns")):
        page = re.sub(r"timeline:\n(?:  .*\n)*", "", text(root, path))
        quote = "repairs of the bridge had begun" if path == BRIDGE else "Ada Moreau resigned"
        entry = f'timeline:\n  - {{date: 2016-06-02, text: "{heading}", quote: "{quote}", entities: [ada-moreau-person]}}\n'
        write(root, path, page.replace("\n---\n", f"\n{entry}---\n", 1))


# ---- What the two editors do ----


def row(browser, name: str):
    return next(one for one in browser.desk.queue.rows() if one.name == name and one.question is None)


def at_desk(name: str, decision: str, **fields: object):
    def act(browser) -> None:
        browser.get(f"/names?at={row(browser, name).key}")
        browser.form("/names/decide", decision=decision, **fields)

    return act


def twin_at_desk(name: str, other: str, decision: str):
    def act(browser) -> None:
        browser.get(f"/names?at={row(browser, name).key}")
        browser.form("/names/decide", decision=f"{decision}:{row(browser, other).id}")

    return act


def together_at_desk(query: str, decision: str, but: str = ""):
    def act(browser) -> None:
        browser.get(f"/names/all?{query}")
        left = {"but": [row(browser, but).key]} if but else {}
        browser.form(f"/names/all?{query}", decision=decision, **left)

    return act


def entry_at_desk(decision: str, heading: str, **fields: object):
    def act(browser) -> None:
        browser.get(f"/article/{ARTICLE}")
        titles = [
            one.page_item.item.text
            for one in browser.desk.index.article(ARTICLE).items
            if one.name == "timeline"
        ]
        title = next(one for one in titles if heading in one)
        browser.item(f"/decide/{ARTICLE}", title, decision=decision, **fields)

    return act


def waiting_at_desk(decision: str):
    """The question or the conflict of the page."""

    def act(browser) -> None:
        browser.get(f"/article/{ARTICLE}")
        browser.form(f"/decide/{ARTICLE}", decision=decision)

    return act


def form_at_desk(place: str, action: str, number: int = 0, **fields: object):
    def act(browser) -> None:
        browser.get(place)
        browser.form(action, number, **fields)

    return act


def events_at_desk(query: str, path: str, *wanted: str, word: str = ""):
    def act(browser) -> None:
        browser.get(f"/events?{query}")
        told = [one for event in browser.desk.events.all() for one in event.entries]
        ticked = [
            f"{one.key[0]} {one.key[1]}" for one in told if any(each in one.entry.text for each in wanted)
        ]
        paths = sorted({one.article.path for one in told})
        fields = {
            "entry": ticked,
            "path": paths,
            "seen": digest(browser.desk.index, paths),
            "back": "/events",
            "word": word,
        }
        browser.post(path, fields)

    return act


def key_moment_at_desk(browser) -> None:
    """The form of the first entry, sent by its button for key moments."""
    browser.get(f"/article/{ARTICLE}")
    first = browser.desk.index.article(ARTICLE).page.article.timeline[0]
    fields = next(
        fields for _, fields in browser._forms() if fields.get("text") == first.text and "seen" in fields
    )
    browser.post(f"/key-moment/{ARTICLE}", fields)


def keep_offer_apart(browser) -> None:
    """The first form to join, sent by its other button."""
    browser.get("/events")
    fields = next(fields for action, fields in browser._forms() if action == "/events/join")
    browser.post("/events/apart", fields)


def several(*acts: Callable):
    def act(browser) -> None:
        for one in acts:
            one(browser)

    return act


def undo(browser) -> None:
    browser.post("/undo", {"back": "/"})


def entity(name: str, *steps, more: tuple[str, ...] = ()):
    """`dossier review --entity` at one name."""
    return ("--entity", "--words", name, *more), (*steps, QUIT)


def entry(heading: str, *steps):
    """The walk through the page, to one entry."""
    return (CHAIR,), (("to", heading), *steps, QUIT)


def edit(path: str, *steps):
    return ("--edit", path), (*steps, QUIT)


@dataclass(frozen=True)
class Case:
    """`terminal`: the arguments and the steps: press a key | type a line after a question | go to what shows some words."""

    desk: Callable
    terminal: tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]
    before: Callable = as_added
    changes: bool = True


def press(*keys: str) -> tuple[tuple[str, str], ...]:
    return tuple(("press", key) for key in keys)


def line(question: str, words: str) -> tuple[str, str, str]:
    return ("type", question, words)


def field(name: str, question: str, value: str):
    return ("press", "e"), line("field (number or name", name), line(question, value)


AGENCY, MOREAU = "Northern Water Agency", "Ada Moreau"
CASES = {
    "accept": Case(at_desk(MOREAU, "accept"), entity(MOREAU, *press("a"))),
    "reject": Case(at_desk(MOREAU, "reject"), entity(MOREAU, *press("r"))),
    "reject in one article": Case(
        at_desk(MOREAU, "reject", article=[ARTICLE]),
        entity(MOREAU, ("choose", "o", "Chair of the council resigns"), *press("r")),
    ),
    "junk": Case(at_desk(AGENCY, "junk"), entity(AGENCY, *press("j"))),
    "type": Case(
        at_desk(AGENCY, "type", **{"value-type": "place"}),
        entity(AGENCY, *press("t"), line("type (", "place")),
    ),
    "name": Case(
        at_desk(AGENCY, "name", **{"value-name": "Water Agency"}),
        entity(AGENCY, *press("w"), line("name, exactly as", "Water Agency")),
    ),
    "record": Case(
        at_desk(MOREAU, "record", **{"value-record": "ada-moreau"}),
        entity(MOREAU, *press("e"), line("id of the record", "")),
    ),
    "split": Case(
        at_desk("Bruno Keller", "split", article=[ARTICLE], **{"value-split": "Bruno Keller (editor)"}),
        entity(
            "Bruno Keller",
            ("choose", "o", "Chair of the council resigns"),
            *press("x"),
            line("title of the other one", "Bruno Keller (editor)"),
        ),
    ),
    "same as a twin": Case(
        twin_at_desk("B. Keller", "Bruno Keller", "same"), entity("B. Keller", ("twin", "Bruno Keller"))
    ),
    "the fuller name takes the twin in": Case(
        twin_at_desk("Bruno Keller", "B. Keller", "same"), entity("Bruno Keller", ("twin", "B. Keller"))
    ),
    "all that are one": Case(
        at_desk("Khalifa Haftar", "all_same"),
        entity("Khalifa Haftar", *press("=")),
        before=with_spellings,
    ),
    "same as somebody": Case(
        twin_at_desk(MOREAU, "Bruno Keller", "same"),
        entity(MOREAU, *press("m"), line("the same as (", "bruno-keller-person")),
    ),
    "not the same": Case(
        twin_at_desk("B. Keller", "Bruno Keller", "not_same"),
        entity("B. Keller", *press("n"), line("not the same as (", "bruno-keller-person")),
    ),
    "unsure": Case(at_desk(MOREAU, "later"), entity(MOREAU, *press("s")), changes=False),
    "accept together": Case(
        together_at_desk("type=person", "accept"), (("--bulk", "--type", "person"), press("a", "q"))
    ),
    "reject together, but for one": Case(
        together_at_desk("type=person", "reject", but=MOREAU),
        (("--bulk", "reject", "--type", "person"), (("leave out", "p", MOREAU), *press("r", "q"))),
    ),
    "junk together": Case(
        together_at_desk("type=place", "junk"), (("--bulk", "junk", "--type", "place", "--yes"), ())
    ),
    "together by score, newness, articles and maker": Case(
        together_at_desk("least=0.9&articles=2016&maker=dossierkit&new=yes", "accept"),
        (
            (
                "--bulk",
                "accept",
                "--score-from",
                "0.9",
                "--new",
                "--maker",
                "dossierkit",
                "--yes",
                "content/articles/2016",
            ),
            (),
        ),
    ),
    "all that the filter leaves, from the names": Case(
        together_at_desk("words=Ada+Moreau", "accept"), entity(MOREAU, *press("A", "a"))
    ),
    "together, undone": Case(
        several(together_at_desk("type=person", "junk"), undo),
        (("--bulk", "--type", "person"), press("j", "u")),
        changes=False,
    ),
    "two decisions, one undone": Case(
        several(at_desk(AGENCY, "type", **{"value-type": "place"}), at_desk(AGENCY, "reject"), undo),
        entity(AGENCY, *press("t"), line("type (", "place"), *press("r", "u")),
    ),
    "accept an entry": Case(
        entry_at_desk("accept", "resigned"), entry("2016-06-02 Ada Moreau resigned", *press("a"))
    ),
    "reject an entry": Case(
        entry_at_desk("reject", "resigned"), entry("2016-06-02 Ada Moreau resigned", *press("r"))
    ),
    "another heading and date": Case(
        entry_at_desk("amend", "resigned", text=" The chair resigns ", date=" 2016-06 "),
        entry(
            "2016-06-02 Ada Moreau resigned",
            *press("e"),
            line("date (", "2016-06"),
            line("text:", "The chair resigns"),
        ),
    ),
    "another quote": Case(
        entry_at_desk("amend", "resigned", quote=" Ada Moreau resigned on 2 June 2016\n"),
        entry(
            "2016-06-02 Ada Moreau resigned",
            *press("c"),
            line("quote, exactly as", "Ada Moreau resigned on 2 June 2016"),
            line("text:", ""),
        ),
    ),
    "no heading begins so": Case(
        entry_at_desk("unwanted", "resigned", **{"value-unwanted": "Ada Moreau *"}),
        entry("2016-06-02 Ada Moreau resigned", *press("h"), line("no heading begins", "Ada Moreau *")),
    ),
    "answer a question": Case(
        waiting_at_desk("answer:ada-moreau-person"), ((CHAIR,), press("1", "q")), with_question
    ),
    "none of those that are asked about": Case(
        waiting_at_desk("answer:"), ((CHAIR,), press("0", "q")), with_question
    ),
    "take what is proposed": Case(
        waiting_at_desk("accept"), ((CHAIR,), (("to", "now proposed is"), *press("a"), QUIT)), with_conflict
    ),
    "keep the page's": Case(
        waiting_at_desk("reject"), ((CHAIR,), (("to", "now proposed is"), *press("r"), QUIT)), with_conflict
    ),
    "add a name": Case(
        form_at_desk(f"/article/{ARTICLE}", f"/add-name/{ARTICLE}", words="old bridge", type="place"),
        ((CHAIR,), (*press("+"), line("words, as in", "old bridge"), line("type (", "place"), QUIT)),
    ),
    "a key moment": Case(key_moment_at_desk, edit(CHAIR, *press("k"), line("number of the entry", "1"))),
    "a key moment, and no longer one": Case(
        several(key_moment_at_desk, key_moment_at_desk),
        edit(
            CHAIR,
            *press("k"),
            line("number of the entry", "1"),
            *press("k"),
            line("number of the entry", "1"),
        ),
        changes=False,
    ),
    "an article's picture": Case(
        form_at_desk(
            f"/article/{ARTICLE}",
            f"/fields/{ARTICLE}",
            **{"image.src": "media/bridge.jpg", "image.alt": "A bridge"},
        ),
        edit(
            CHAIR,
            *press("i"),
            line("field (", "image.src"),
            line("image.src (", "media/bridge.jpg"),
            *press("i"),
            line("field (", "image.alt"),
            line("image.alt (", "A bridge"),
        ),
    ),
    "add an entry": Case(
        form_at_desk(
            f"/article/{ARTICLE}",
            f"/add-entry/{ARTICLE}",
            date="2015-03",
            text="Praise",
            quote="Bruno Keller praised Moreau.",
        ),
        edit(
            CHAIR,
            *press("*"),
            line("quote, exactly as", "Bruno Keller praised Moreau."),
            line("date (", "2015-03"),
            line("heading:", "Praise"),
        ),
    ),
    "source and description": Case(
        form_at_desk(f"/article/{ARTICLE}", f"/fields/{ARTICLE}", **{"source.publisher": "The Lenn Courier"}),
        edit(
            CHAIR,
            *press("i"),
            line("field (", "source.publisher"),
            line("source.publisher (", "The Lenn Courier"),
        ),
    ),
    "publish an article": Case(
        form_at_desk(f"/article/{ARTICLE}", f"/publish/{ARTICLE}"),
        ((CHAIR,), press("P")),
    ),
    "make a record": Case(
        form_at_desk("/records", "/new-record", title="Geneva", type="place"),
        edit(RECORD, line("title of the new one", "Geneva"), line("type (", "place")),
    ),
    "a record's names": Case(
        form_at_desk("/record/geneva", "/record/geneva", aliases="Genève | fr"),
        edit(
            RECORD,
            ("press", "e"),
            line("field (", "aliases"),
            line("aliases: +", "1 -"),
            line("aliases: +", "+ Genève | fr"),
            line("aliases: +", ""),
        ),
        with_record,
    ),
    "a record's title, type, summary and status": Case(
        several(
            *(
                form_at_desk("/record/geneva", "/record/geneva", **{name: value})
                for name, value in (
                    ("title", "City of Geneva"),
                    ("type", "organization"),
                    ("description", "A city."),
                    ("status", "reviewed"),
                )
            )
        ),
        edit(
            RECORD,
            *field("title", "title (- for none)", "City of Geneva"),
            *field("type", "type (- for none)", "organization"),
            *field("description", "description (- for none)", "A city."),
            *field("status", "status (- for none)", "reviewed"),
        ),
        with_record,
    ),
    "a record's place": Case(
        several(
            form_at_desk("/record/geneva", "/record/geneva", lat="46.2", lon="6.15"),
            form_at_desk("/record/geneva", "/record/geneva", precision="city"),
        ),
        edit(
            RECORD,
            ("press", "e"),
            line("field (", "location"),
            line("lat (", "46.2"),
            line("lon (", "6.15"),
            line("precision (", ""),
            ("press", "e"),
            line("field (", "location"),
            line("lat (", ""),
            line("lon (", ""),
            line("precision (", "city"),
        ),
        with_record,
    ),
    "a record's relations": Case(
        form_at_desk(
            "/record/geneva",
            "/record/geneva",
            **{
                "relation-type": ["part of", "borders"],
                "relation-to": ["geneva", "geneva"],
                "relation-date": ["", "2016"],
                "relation-article": ["", ""],
                "relation-quote": ["", ""],
            },
        ),
        edit(
            RECORD,
            ("press", "e"),
            line("field (", "relations"),
            line("number of the relation", "1"),
            line("type (", "part of"),
            line("to (", ""),
            line("date (", ""),
            line("article (", ""),
            line("quote (", ""),
            ("press", "e"),
            line("field (", "relations"),
            line("number of the relation", ""),
            line("type (", "borders"),
            line("to (", "geneva"),
            line("date (", "2016"),
            line("article (", ""),
            line("quote (", ""),
        ),
        with_record,
    ),
    "a record's text": Case(
        form_at_desk("/record/geneva", "/record/geneva", body="A city on the lake."),
        edit(RECORD, ("press", "e"), line("field (", "body")),
        with_record,
    ),
    "accept what waits in a record": Case(
        form_at_desk("/record/geneva", "/offer/geneva", decision="accept"),
        ((RECORD,), press("a", "q")),
        with_offers,
    ),
    "reject what waits in a record": Case(
        form_at_desk("/record/geneva", "/offer/geneva", decision="reject"),
        ((RECORD,), press("r", "q")),
        with_offers,
    ),
    "reword what waits in a record": Case(
        form_at_desk("/record/geneva", "/offer/geneva", decision="accept", words="Genève"),
        ((RECORD,), (*press("e"), line("alias", "Genève"), QUIT)),
        with_offers,
    ),
    "publish a record": Case(
        form_at_desk("/record/geneva", "/publish-record/geneva"), edit(RECORD, *press("P")), with_record
    ),
    "make a dossier": Case(
        form_at_desk("/dossiers", "/new-dossier", title="The old bridge"),
        edit(DOSSIER, line("title of the new one", "")),
    ),
    "a dossier's articles and cast": Case(
        several(
            form_at_desk(
                "/dossier/the-old-bridge",
                "/dossier/the-old-bridge",
                **{"add-articles": "2016/agency-warns-of-low-water"},
            ),
            form_at_desk("/dossier/the-old-bridge", "/dossier/the-old-bridge", **{"move-articles": "up 2"}),
            form_at_desk("/dossier/the-old-bridge", "/dossier/the-old-bridge", **{"move-articles": "drop 0"}),
        ),
        edit(
            DOSSIER,
            ("press", "e"),
            line("field (", "articles"),
            line("articles: +", "+ 2016/agency-warns-of-low-water"),
            line("articles: +", "3 up"),
            line("articles: +", "1 -"),
            line("articles: +", ""),
        ),
        with_dossier,
    ),
    "a dossier's rule, lead and title": Case(
        several(
            form_at_desk("/dossier/the-old-bridge", "/dossier/the-old-bridge", tags="bridge"),
            form_at_desk("/dossier/the-old-bridge", "/dossier/the-old-bridge", dates="2016"),
            form_at_desk("/dossier/the-old-bridge", "/dossier/the-old-bridge", body="A city on the lake."),
            form_at_desk("/dossier/the-old-bridge", "/dossier/the-old-bridge", title="The bridge"),
        ),
        edit(
            DOSSIER,
            ("press", "e"),
            line("field (", "tags"),
            line("tags: +", "+ bridge"),
            line("tags: +", ""),
            *field("dates", "dates (", "2016"),
            ("press", "e"),
            line("field (", "body"),
            *field("title", "title (", "The bridge"),
        ),
        with_dossier,
    ),
    "a dossier's finding and picture": Case(
        several(
            form_at_desk("/dossier/the-old-bridge", "/dossier/the-old-bridge", finding="It was closed."),
            form_at_desk(
                "/dossier/the-old-bridge", "/dossier/the-old-bridge", **{"image.src": "media/bridge.jpg"}
            ),
            form_at_desk(
                "/dossier/the-old-bridge", "/dossier/the-old-bridge", **{"image.alt": "An arch of stone"}
            ),
        ),
        edit(
            DOSSIER,
            *field("finding", "finding (", "It was closed."),
            *field("image.src", "image.src (", "media/bridge.jpg"),
            *field("image.alt", "image.alt (", "An arch of stone"),
        ),
        with_dossier,
    ),
    "publish a dossier": Case(
        form_at_desk("/dossier/the-old-bridge", "/publish-dossier/the-old-bridge"),
        edit(DOSSIER, *press("P")),
        with_empty_dossier,
    ),
    "join entries": Case(
        events_at_desk("which=all", "/events/join", "Ada Moreau resigned", "warned", word="one day"),
        (
            ("--events",),
            (
                ("entries", "J", "Ada Moreau resigned", "warned"),
                line("word for the event", "one day"),
                QUIT,
            ),
        ),
    ),
    "join what is offered": Case(
        form_at_desk("/events", "/events/join"), (("--events",), (*press("o", "y"), QUIT)), with_offer
    ),
    "keep apart what is offered": Case(
        keep_offer_apart, (("--events",), (*press("o", "n"), QUIT)), with_offer
    ),
    "part an entry": Case(
        events_at_desk("which=word", "/events/part", "Ada Moreau resigned"),
        (("--events",), (("entries", "B", "Ada Moreau resigned"), QUIT)),
        with_event,
    ),
}


def play(root: Path, arguments: tuple[str, ...], steps) -> None:
    seat = terminal.Terminal(root, *arguments)
    for what, *given in steps:
        if what == "press":
            seat.press(given[0])
        elif what == "type":
            seat.type(*given)
        elif what == "to":
            _go_to(seat, given[0])
        else:
            _choose(seat, what, given)
    seat.end()


def _go_to(seat, words: str) -> None:
    """Skip what waits until some words are shown; the question then still waits for its key."""
    seat.wait()
    while words not in (shown := seat.seen.partition(terminal.ASKED)[0]) or "accept all" in shown:
        seat.press("o" if "accept all" in shown else "s")
        seat.wait()


def _choose(seat, what: str, given) -> None:
    """Press a key, then the numbers that some words have in the list above; of a twin the number alone."""
    seat.wait()
    shown = seat.seen
    if what == "twin":
        seat.press(_number(shown, given[0]))
        return
    seat.press(given[0])
    question = {
        "choose": "numbers of the articles",
        "leave out": "numbers of those",
        "entries": "numbers of the entries",
    }[what]
    seat.wait(question)
    numbers = [_number(shown if what != "choose" else seat.seen, words) for words in given[1:]]
    seat.type(question, " ".join(numbers))


COUNCIL = "content/entities/lenn-valley-council.md"
BOARD = "content/entities/lenn-board.md"


def with_two_records(root: Path) -> None:
    """One council with two records, each named by an article, and both in a dossier's cast."""
    write(
        root,
        COUNCIL,
        "---\ntitle: Lenn Valley Council\ntype: organization\naliases: [LVC]\nstatus: reviewed\n---\n",
    )
    write(
        root,
        BOARD,
        '---\ntitle: Board of Lenn\ntype: organization\nsame_as: ["wikidata:Q1"]\nstatus: reviewed\n---\nIts text.\n',
    )
    write(
        root,
        CHAIR,
        text(root, CHAIR).replace("{name: Lenn Valley Council, type: organization}", "lenn-valley-council"),
    )
    write(
        root,
        DOSSIER,
        "---\ntitle: The old bridge\nstatus: draft\ncast: [lenn-valley-council, lenn-board]\n---\n",
    )


RECORD_CHANGES = {
    "merge": (
        "/merge/lenn-valley-council?other=lenn-board",
        ("merge", "lenn-valley-council", "lenn-board"),
        "/record/lenn-valley-council",
    ),
    "merge with what is typed": (
        "/merge/lenn-valley-council?words=board+of+lenn",
        ("merge", "lenn-valley-council", "lenn-board"),
        "/record/lenn-valley-council",
    ),
    "split": (
        f"/split/lenn-valley-council?title=Council+of+Upper+Lenn&article={ARTICLE}&alias=LVC",
        (*("split", "lenn-valley-council", "--into", "council-of-upper-lenn", "--title", "Council of Upper Lenn"), "--articles", ARTICLE, "--aliases", "LVC"),
        "/record/council-of-upper-lenn",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", RECORD_CHANGES.values(), ids=RECORD_CHANGES.keys())
def test_records_are_merged_and_split_as_by_the_command(browser, root, added, case):
    """The desk shows first what would change, makes the same files as the command, and one undo takes it back."""
    place, command, leads = case
    twin = Path(shutil.copytree(added, root.parent / "twin"))
    for folder in (root, twin):
        with_two_records(folder)
    before, action = snapshot(root), place.partition("?")[0]
    assert browser.get(place).status_code == 200
    assert "Chair of the council resigns" in browser.page.text or command[0] == "merge"
    assert snapshot(root) == before
    assert browser.form(action).location == leads
    assert browser.get(leads).status_code == 200
    assert CliRunner().invoke(main, ["-C", str(twin), *command]).exit_code == 0
    assert snapshot(twin) == snapshot(root) != before
    if command[0] == "merge":  # an address of the desk that was left in a tab
        assert browser.get("/record/lenn-board").location == leads
    undo(browser)
    assert snapshot(root) == before


def test_a_page_is_withdrawn_as_the_command_withdraws_it_and_one_undo_takes_it_back(browser, root, tmp_path):
    reason, before = "At the council's request.", snapshot(root)
    other = Path(shutil.copytree(root, tmp_path / "other"))
    command = ["-C", str(other), "withdraw", "--yes", CHAIR, "--reason", reason, "--title", "A report"]
    assert CliRunner().invoke(main, command).exit_code == 0
    assert f'href="/withdraw?page={CHAIR}"' in browser.get(f"/article/{ARTICLE}").text
    told = browser.get(f"/withdraw?page={CHAIR}").text
    assert "seeds/chair.suggested.yml" in told
    assert "dossier withdraw" not in told  # there it is a box to tick
    assert snapshot(root) == before
    refused = browser.form("/withdraw", title="A report").location
    assert refused == f"/withdraw?page={CHAIR}"
    assert "give the reason" in browser.get(refused).text
    browser.form("/withdraw", reason=reason, title="A report")
    assert "Withdrawn: A report" in browser.said()
    assert snapshot(root) == snapshot(other) != before
    assert browser.desk.index.article(ARTICLE) is None
    browser.post("/undo", {"back": "/"})
    assert snapshot(root) == before


def test_a_merge_is_not_made_if_it_would_be_another_than_the_one_shown(browser, root):
    """Somebody else works on the pages meanwhile: in another desk, or in an editor."""
    with_two_records(root)
    browser.get("/merge/lenn-valley-council?other=lenn-board")
    write(root, BOARD, text(root, BOARD).replace("Its text.", "Another text."))
    before = snapshot(root)
    browser.form("/merge/lenn-valley-council")
    assert "the page has changed since: look again" in browser.said()
    assert snapshot(root) == before


def test_what_speaks_against_a_merge_is_shown_and_it_is_made_only_if_that_was_read(browser, root):
    with_two_records(root)
    write(
        root,
        BOARD,
        text(root, BOARD)
        .replace("aliases", "x")
        .replace("status:", "not_same_as: [lenn-valley-council]\nstatus:"),
    )
    page = browser.get("/merge/lenn-valley-council?other=lenn-board", **{"Accept-Language": "fr"}).text
    assert "are stated not to be the same" in page
    assert "Ce qui s’y oppose" in page
    assert "est maintenant un autre nom de" in page
    before = snapshot(root)
    browser.form("/merge/lenn-valley-council")
    assert snapshot(root) == before
    browser.form("/merge/lenn-valley-council", force="yes")
    assert not (root / BOARD).exists()


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("/merge/lenn-valley-council?other=lenn-valley-council", "name two records"),
        ("/merge/lenn-valley-council?words=Nobody", "“Nobody” is not known here"),
        ("/merge/lenn-valley-council?other=nobody", "no authority record `nobody`"),
        ("/merge/lenn-valley-council", ""),
        (f"/split/lenn-valley-council?title=Board+of+Lenn&article={ARTICLE}", ""),
        (f"/split/lenn-valley-council?title=Lenn+Board&article={ARTICLE}", "the record `lenn-board` exists already"),
        ("/split/lenn-valley-council?title=Upper+Lenn", "tick the articles"),
        (f"/split/lenn-valley-council?title=%E2%80%A6&article={ARTICLE}", "a title with letters is needed"),
        ("/split/lenn-valley-council?title=Upper+Lenn&article=2016/nothing", "no article `2016/nothing`"),
    ],
)  # fmt: skip
def test_what_cannot_be_merged_or_split_is_said_and_nothing_is_written(browser, root, place, said):
    with_two_records(root)
    before = snapshot(root)
    answer = browser.get(place)
    shown = answer.text if answer.status_code == 200 else browser.get(answer.location).text
    assert html.escape(said, quote=False) in shown
    assert snapshot(root) == before


def _number(shown: str, words: str) -> str:
    found = next(one for one in shown.splitlines() if words in one and one.strip()[:1].isdecimal())
    return found.split()[0]


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_the_same_decision_gives_the_same_files(browser, root, added, case, monkeypatch):
    monkeypatch.setenv("VISUAL", 'sh -c \'printf "A city on the lake.\\n" > "$0"\'')
    twin = Path(shutil.copytree(added, root.parent / "twin"))
    for folder in (root, twin):
        case.before(folder)
    browser.desk.index.refresh()
    browser.desk.index.derive()
    before = snapshot(root)
    case.desk(browser)
    said = browser.said()
    play(twin, *case.terminal)
    assert snapshot(twin) == snapshot(root), said
    assert (snapshot(root) != before) == case.changes, said


def test_a_joined_name_says_in_how_many_articles_it_is_and_one_key_undoes_it(browser, root):
    with_spellings(root)
    browser.desk.index.refresh()
    browser.desk.index.derive()
    before = snapshot(root)
    at_desk("Khalifa Haftar", "all_same")(browser)
    browser.desk.index.settle()
    haftar = row(browser, "Khalifa Haftar")
    assert haftar.articles == 3
    assert not haftar.twins
    browser.post("/undo", {"back": "/"})
    assert snapshot(root) == before


def test_the_number_of_a_name_goes_on_when_names_are_postponed(browser):
    queue = browser.desk.queue
    shown = []
    for _ in range(len(queue.rows()) + 1):
        rows = queue.rows()
        shown.append(queue.number(rows, rows[0]))
        queue.later[rows[0].key] = None
    assert shown == [*range(1, len(queue.rows()) + 1), 1]


def test_the_list_has_every_decision_that_there_is():
    """A decision that one face gets has a line above."""
    from dossierkit.desk.server import ROUTES  # noqa: PLC0415

    posts = {route.path.replace("<path:id_>", "") for route in ROUTES if route.method == "POST"}
    elsewhere = {"/language", "/undo", "/changes/commit", "/changes/branch"}
    source = Path(__file__).read_text(encoding="utf-8")
    assert {path for path in posts - elsewhere if path.rstrip("/") not in source} == set()


def test_both_commit_the_same_files_on_the_same_branch(browser, root, added):
    twin = Path(shutil.copytree(added, root.parent / "twin"))
    case = CASES["reject"]
    case.desk(browser)
    play(twin, *case.terminal)
    browser.get("/changes")
    assert "Ada Moreau" in browser.page.text
    browser.form("/changes/branch", name="june")
    browser.get("/changes")
    browser.form("/changes/commit", message="Review the chair")
    play(
        twin,
        ("--changes",),
        (
            *press("b"),
            line("name of the new branch", "june"),
            *press("C"),
            line("numbers of the files", ""),
            line("message", "Review the chair"),
            QUIT,
        ),
    )
    for ask in (
        ("rev-parse", "HEAD^{tree}"),
        ("log", "-1", "--format=%s"),
        ("branch", "--show-current"),
        ("status", "--porcelain"),
    ):
        assert git(root, *ask) == git(twin, *ask)
    assert git(root, "log", "--oneline").count("\n") == 1


def test_the_terminal_says_what_it_cannot_do(root):
    """A wrong number, a date that is none, a page that is not published: nothing is written, and the review goes on."""
    before = snapshot(root)
    seat = terminal.Terminal(root, "--edit", CHAIR)
    seat.press("i")
    seat.type("field (", "date")
    seat.type("date (", "2016-13")
    seat.until("there is no month 13")
    seat.press("i")
    seat.type("field (", "99")
    seat.until("there is no field")
    seat.press("+")
    seat.type("words, as in", "river Rhine")
    seat.type("type (", "place")
    seat.until("is not in the text")
    seat.press("u")
    seat.until("nothing to undo")
    seat.press("q")
    seat.end()
    assert snapshot(root) == before
