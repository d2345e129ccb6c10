"""What changed in meaning, from two states as texts."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import markdown as to_html

from dossierkit.check.changes.compare import compare
from dossierkit.check.changes.headline import headline, warnings
from dossierkit.check.changes.show import inert, markdown, plain
from dossierkit.check.changes.snapshot import SnapshotReader
from dossierkit.store.proposal import load
from dossierkit.store.proposed import proposed_values

A = "content/articles/a.md"
JANE = "content/entities/jane.md"
BASE = {
    A: """\
---
title: A
status: published
tags: [x, y]
source: {file: seeds/a.txt}
entities: [jane, {id: geneva, also: [the city]}]
timeline:
  - {date: 2016-01-29, text: Opens, quote: opened on Friday}
  - {date: 2016-02-03, text: Pauses, quote: paused on 3 February}
---
Jane opened on Friday in Geneva and paused on 3 February.
""",
    JANE: "---\ntitle: Jane\ntype: person\nrelations: [{type: in, to: geneva, quote: q}]\n---\n",
    "content/entities/geneva.md": "---\ntitle: Geneva\ntype: place\n---\n",
    "content/dossiers/d.md": "---\ntitle: D\narticles: [a]\n---\n",
}


def changed(path=A, *swaps, **more):
    """The base with words of one page swapped, and other files put in (None: taken away)."""
    state = dict(BASE)
    for old, new in swaps:
        assert old in state[path]
        state[path] = state[path].replace(old, new)
    for name, text in more.items():
        if text is None:
            del state[name]
        else:
            state[name] = text
    return state


def difference(head, base=BASE):
    reader = SnapshotReader("content")
    return compare(reader.snapshot(base), reader.snapshot(head), lambda body: body)


def told(head, base=BASE):
    return [
        (change.what, change.how, change.name or change.field)
        for page in difference(head, base)
        for change in page.changes
    ]


@pytest.mark.parametrize(
    ("swaps", "expected"),
    [
        ([("entities: [jane, ", "entities: [")], [("entity", "removed", "Jane")]),
        ([("also: [the city]", "also: [the city, Genf]")], [("form", "added", "Genf")]),
        ([("tags: [x, y]", "tags: [y, x]")], [("tag", "moved", "")]),
        ([("status: published", "status: draft")], [("status", "changed", "status")]),
        ([("title: A", "title: B")], [("field", "changed", "title")]),
        ([("2016-02-03, text: Pauses", "2016-02, text: Pauses")], [("event", "changed", "Pauses")]),
        ([("text: Pauses", "text: Pauses, key: true")], [("event", "changed", "Pauses")]),
        ([("text: Pauses", "text: Halts")], [("event", "changed", "Halts")]),
        ([("quote: paused on 3 February", "quote: paused on")], [("event", "changed", "Pauses")]),
        (
            [("  - {date: 2016-02-03, text: Pauses, quote: paused on 3 February}\n", "")],
            [("event", "removed", "Pauses")],
        ),
        ([("seeds/a.txt", "seeds/b.txt")], [("field", "changed", "source.file")]),
    ],
)
def test_an_edit_of_an_article(swaps, expected):
    assert told(changed(A, *swaps)) == expected


@pytest.mark.parametrize(
    "swaps",
    [
        [("---\ntitle: A\n", "---\n# checked\ntitle: 'A'\n")],
        [
            (
                "entities: [jane, {id: geneva, also: [the city]}]",
                "entities:\n- id: jane\n- also: the city\n  id: geneva",
            )
        ],
        [("title: A\nstatus: published\n", "status: published\ntitle: A\n")],
        [("\n", "\r\n")],
        [("date: 2016-01-29", 'date: "2016-01-29"')],
    ],
)
def test_form_is_no_meaning(swaps):
    assert difference(changed(A, *swaps)) == ()


def test_confirmed_events_that_lost_their_quote_come_first():
    head = changed(A, ("Jane opened on Friday in", "Jane opened it in"))
    pages = difference(head)
    assert ("event", "lost", "Opens") in told(head)
    assert warnings(pages) == ("1 of your confirmed events now lacks its quote",)
    assert plain(pages).startswith("! 1 of your confirmed events now lacks its quote\n")
    assert "> [!WARNING]\n> 1 of your confirmed events now lacks its quote" in markdown(pages)
    assert "<details open>" in markdown(pages)


def test_a_quote_that_stands_twice_is_lost_too():
    head = changed(A, ("Jane opened on", "It opened on Friday. Jane opened on"))
    assert ("event", "lost", "Opens") in told(head)


def test_a_draft_has_confirmed_nothing():
    base = changed(A, ("status: published", "status: draft"))
    head = {**base, A: base[A].replace("Jane opened on Friday in", "Jane opened it in")}
    assert told(head, base) == [("text", "changed", "")]


def test_records():
    head = changed(
        JANE,
        ("type: person\n", "type: person\naliases: [Janie]\nsame_as: [wikidata:Q1]\ndescription: d\n"),
        ("quote: q", "quote: r"),
    )
    assert told(head) == [
        ("field", "changed", "description"),
        ("alias", "added", "Janie"),
        ("identifier", "added", "wikidata:Q1"),
        ("relation", "changed", "in geneva"),
    ]


def test_new_pages_are_counted_with_who_is_new():
    new = BASE[A].replace("[jane, {id", "[jane, omar, ada, {id")
    records = {
        f"content/entities/{id_}.md": f"---\ntitle: {id_.title()}\ntype: person\n---\n"
        for id_ in ("omar", "ada")
    }
    head = {**BASE, "content/articles/b.md": new, **records}
    assert headline(difference(head)) == (
        "1 new article",
        "2 new records",
        "1 page goes online",
        "3 people, 2 of them new",
        "1 place",
        "2 events",
    )


def test_pages_that_went_and_pages_that_broke():
    head = changed(**{JANE: None, "content/dossiers/d.md": "no front matter"})
    pages = difference(head)
    assert [(page.path, page.state) for page in pages] == [
        ("content/dossiers/d.md", "unreadable"),
        (JANE, "deleted"),
    ]
    assert "content/dossiers/d.md can no longer be read" in " ".join(warnings(pages))


HELD = """\
proposed:
  entities: [omar, ada]
  timeline:
    - {date: 2016-03, text: Meets, quote: met in March}
---
"""


def test_decisions_on_what_waited():
    base = changed(A, ("paused on 3 February}\n---\n", f"paused on 3 February}}\n{HELD}"))
    head = changed(A, ("entities: [jane, ", "entities: [jane, omar, "))
    assert ("proposal", "accepted", "omar") in told(head, base)
    assert ("proposal", "rejected", "ada") in told(head, base)
    assert ("proposal", "rejected", "Meets") in told(head, base)
    assert [one for one in told(base) if one[0] == "proposal"] == [
        ("proposal", "proposed", "omar"),
        ("proposal", "proposed", "ada"),
        ("proposal", "proposed", "Meets"),
    ]


MADE = """\
extractor: "1"
input: "0"
entities:
  - {key: e-1, entity: omar, name: Omar, type: person, known: true, forms: [Omar], mentions: 1, start: 0, end: 4, quote: Omar, score: 1.0, reason: r}
timeline: []
rejected:
  - {key: t-1, date: 2016-03, quote: met in March}
"""


def test_what_a_program_no_longer_proposes_was_withdrawn_and_rejected_by_nobody():
    base = changed(A, ("paused on 3 February}\n---\n", f"paused on 3 February}}\n{HELD}"))
    head = changed(**{"seeds/a.suggested.yml": MADE})
    assert [one for one in told(head, base) if one[0] == "proposal"] == [
        ("proposal", "rejected", "omar"),
        ("proposal", "withdrawn", "ada"),
        ("proposal", "rejected", "Meets"),
    ]
    assert headline(difference(head, base)) == ("2 proposals rejected", "1 proposal withdrawn")
    assert "· ada (proposal withdrawn)" in plain(difference(head, base))
    assert "**withdrawn** proposal: ada" in "\n".join(markdown(difference(head, base)).splitlines())


DRAFTED = """\
extractor: "1"
input: "0"
entities:
  - {key: e-1, entity: jane, name: Jane, type: person, known: true, forms: [Jane], mentions: 1, start: 0, end: 4, quote: Jane, score: 1.0, reason: r}
timeline:
  - {key: t-1, date: "2016-01-29", when: Friday, text: Opens, quote: opened on Friday, start: 0, end: 4, score: 1.0, reason: r}
questions:
  - {key: q-1, text: Who is Doe?, form: Doe, candidates: [jane, geneva], quote: Doe}
notes: []
decided: by item
drafted: [e-1, t-1]
"""
DECIDED_WITHOUT_A_PAGE = {
    "accepted": DRAFTED + "accepted: [e-1, t-1, q-1]\n",
    "no longer drafted": DRAFTED.replace("drafted: [e-1, t-1]", "accepted: [q-1]"),
    "no longer proposed": "",
}


@pytest.mark.parametrize("how", DECIDED_WITHOUT_A_PAGE)
def test_a_branch_that_only_says_in_a_proposal_that_an_editor_accepted_is_seen_in_review(how):
    """Readers see these items as facts from then on, and nothing in the page shows it."""
    base = changed(A, ("status: published", "status: draft"), **{"seeds/a.suggested.yml": DRAFTED})
    head = changed(**{"seeds/a.suggested.yml": DECIDED_WITHOUT_A_PAGE[how]})
    assert [one for one in told(head, base) if one[0] in ("proposal", "question")] == [
        ("question", "closed", "Who is Doe?"),
        ("proposal", "accepted", "jane"),
        ("proposal", "accepted", "Opens"),
    ]
    assert headline(difference(head, base))[1:] == ("2 proposals accepted", "1 question closed")
    assert "· Who is Doe? (question closed)" in plain(difference(head, base))
    assert "**accepted** event: 2016-01-29 Opens" in markdown(difference(head, base))


def test_what_still_waits_and_what_an_editor_changed_or_took_out_is_not_said_to_be_accepted():
    base = changed(A, ("status: published", "status: draft"), **{"seeds/a.suggested.yml": DRAFTED})
    assert [
        one for one in told(changed(**{"seeds/a.suggested.yml": DRAFTED}), base) if one[0] == "proposal"
    ] == []
    edited = changed(A, ("entities: [jane, ", "entities: ["), ("text: Opens", "text: Begins"))
    assert [
        one for one in told({**edited, "seeds/a.suggested.yml": DRAFTED}, base) if one[0] == "proposal"
    ] == []


def test_what_a_program_no_longer_proposes_for_a_record_was_withdrawn():
    waits = "type: person\nproposed:\n  aliases: [Janie, J. Doe]\n  weak_aliases: [Jay]\n"
    base = changed(JANE, ("type: person\n", waits))
    offers = (
        "offers:\n  - {field: aliases, value: Janie, article: a}\n"
        "rejected:\n  - {field: weak_aliases, value: Jay}\n"
    )
    head = changed(**{"seeds/entities/jane.suggested.yml": offers})
    assert [one for one in told(head, base) if one[0] == "proposal"] == [
        ("proposal", "rejected", "Janie"),
        ("proposal", "withdrawn", "J. Doe"),
        ("proposal", "rejected", "Jay"),
    ]


def test_decisions_on_what_waited_in_a_record():
    waits = "type: person\nproposed:\n  aliases: [Janie, J. Doe]\n  description: A judge.\n"
    base = changed(JANE, ("type: person\n", waits))
    head = changed(JANE, ("type: person\n", "type: person\naliases: [Janie]\n"))
    assert [one for one in told(base) if one[0] == "proposal"] == [
        ("proposal", "proposed", "A judge."),
        ("proposal", "proposed", "Janie"),
        ("proposal", "proposed", "J. Doe"),
    ]
    assert [one for one in told(head, base) if one[0] == "proposal"] == [
        ("proposal", "rejected", "A judge."),
        ("proposal", "accepted", "Janie"),
        ("proposal", "rejected", "J. Doe"),
    ]


def test_decisions_that_the_merge_remembers():
    memory = """\
extractor: "1"
input: "0"
entities: []
timeline: []
questions: []
notes: []
rejected:
  - key: e-1
    entity: omar
  - key: t-1
    date: 2016-03
    quote: "met in March"
  - key: t-3
    date: "2011"
    when: "2011"
    quote: "met in 2011"
  - key: t-4
    date: "2012"
    when: "2012"
    quote: "met in 2012"
    text: Omar meets Ada
conflicts:
  - key: t-2
    field: timeline.date
    page: "2016-01-29"
    machine: "2016-01-28"
"""
    head = changed(**{"seeds/a.suggested.yml": memory})
    assert told(head) == [
        ("proposal", "rejected", "omar"),
        ("proposal", "rejected", ""),
        ("proposal", "rejected", "2011"),
        ("proposal", "rejected", "Omar meets Ada"),
        ("proposal", "conflict", "t-2"),
    ]
    assert headline(difference(head)) == ("4 proposals rejected", "1 conflict")
    said = plain(difference(head))
    assert "· 2011 (event rejected)" in said
    assert "· 2012 Omar meets Ada (event rejected)" in said


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "![x](https://evil.example/x.png)",
    "[x](javascript:alert(1))",
    "see https://evil.example and www.evil.example",
    "thanks @octocat, closes #12 and GH-12",
    "</details></summary>\n\n# Approved",
    "`code` **bold** _it_ ~~gone~~ $x$ | a | &lt;b&gt; &#64;octocat",
    "- item\n1. item\n> quote\n=====",
    "\u202eabc\u0000\x1b[31m",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_source_text_is_inert_in_a_comment(text):
    html = to_html(f"- x: {inert(text)}\n\n  > {inert(text)}\n")
    assert set(re.findall(r"<(\w+)", html)) <= {"ul", "li", "p", "blockquote"}
    assert not re.search(r"@\w|#\d|GH-\d|://|www\.", unescape(inert(text)), re.IGNORECASE)
    assert "\u202e" not in inert(text)


@given(st.text(max_size=60))
def test_any_text_is_inert(text):
    html = to_html(f"x {inert(text)}")
    assert set(re.findall(r"<(\w+)", html)) <= {"p"}


TOLD = [
    (
        "corrections: [{date: 2016-02-04, what: The day was wrong}]",
        ("corrections", "2016-02-04, The day was wrong"),
    ),
    ("authors: [Ada Moreau]", ("authors", "Ada Moreau")),
    ("image: {src: media/x.jpg, alt: A bridge}", ("image", "media/x.jpg, A bridge")),
    ("redirects: [2015/b]", ("redirects", "2015/b")),
    ("withdrawn: {date: 2016-02-04, reason: It was wrong}", ("withdrawn", "It was wrong, 2016-02-04")),
    ("template: other.html", ("field", "template")),
    ("# dossier: ignore D703 -- numbers of offices\ntags: [x, y]", ("exception", "D703: numbers of offices")),
]


@pytest.mark.parametrize(("line", "expected"), TOLD)
def test_no_key_of_an_article_changes_unseen(line, expected):
    with_line = changed(A, ("tags: [x, y]", line if "tags" in line else f"tags: [x, y]\n{line}"))
    ((what, how, name),) = told(with_line)
    assert (what, name) == expected
    ((what, how_back, name),) = told(BASE, with_line)
    assert (what, name) == expected
    assert (how, how_back) in {("added", "removed"), ("changed", "changed")}


def test_a_correction_that_is_gone_is_warned_of():
    (line, _), with_line = TOLD[0], changed(A, ("tags: [x, y]", f"tags: [x, y]\n{TOLD[0][0]}"))
    assert line in with_line[A]
    assert warnings(difference(BASE, with_line)) == (
        f"{A}: a correction that readers were told of is changed or gone",
    )
    assert warnings(difference(with_line)) == ()


@pytest.mark.parametrize("path", [A, "content/entities/geneva.md", "content/dossiers/d.md"])
def test_keys_that_only_other_programs_read_are_compared_on_every_page(path):
    kind = "published" if path == A else ""
    assert kind in BASE[path]
    assert told(changed(path, ("title:", "own: {a: [1, x]}\ntitle:"))) == [("field", "changed", "own")]


def test_a_new_claim_that_needs_no_quote_is_said_to_need_none():
    page = """\
---
title: B
status: published
source: {file: seeds/b.txt}
timeline:
  # dossier: ignore D201 -- the paper removed the sentence
  - {date: 2016-02-03, text: Confesses, quote: I did it}
---
Nothing of it.
"""
    found = told({**BASE, "content/articles/b.md": page})
    assert ("exception", "added", "D201: the paper removed the sentence") in found


def test_the_article_that_states_a_relation_is_compared():
    moved = changed(JANE, ("quote: q", "quote: q, article: a"))
    assert told(moved) == [("relation", "changed", "in geneva")]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_page_leaves_the_comment_whole(text):
    quoted = "'" + re.sub(r"[\x00-\x1f\u202e]", " ", text).replace("'", "''") + "'"
    page = f"---\ntitle: {quoted}\nstatus: draft\ntags: [{quoted}]\ntimeline: [{{text: {quoted}, quote: {quoted}}}]\n---\nText.\n"
    comment = markdown(difference({**BASE, "content/articles/b.md": page}))
    assert comment.count("<details") == comment.count("</details>") == 1
    assert set(re.findall(r"<(\w+)", comment)) <= {"details", "summary", "code"}
    assert not re.search(r"@\w|(?<!&)#\d|https?://|www\.", comment)


def test_a_comment_stays_below_what_a_host_takes():
    pages = {
        f"content/articles/p{number}.md": BASE[A].replace("opened on Friday}", f"{'word ' * 200}}}")
        for number in range(100)
    }
    comment = markdown(difference({**BASE, **pages}))
    assert len(comment) < 65_536
    (left,) = map(int, re.findall(r"… and (\d+) more pages \(content/.* more\): run", comment))
    fitting = list(pages)[: len(pages) - left]
    comment = markdown(difference({**BASE, **{path: pages[path] for path in (*fitting, list(pages)[-1])}}))
    assert f"… and 1 more page ({list(pages)[-1]}): run" in comment


def test_what_needs_attention_is_shown_whatever_else_has_changed():
    new = {
        f"content/articles/0{number}.md": BASE[A].replace("opened on Friday}", f"{'word ' * 200}}}")
        for number in range(100)
    }
    edited = {"content/articles/y.md": BASE[A], "content/articles/z.md": BASE[A]}
    head = {
        "content/articles/y.md": BASE[A].replace("text: Pauses", "text: Halts"),
        "content/articles/z.md": BASE[A].replace("paused on 3 February.", "paused."),
    }
    comment = markdown(difference({**BASE, **new, **head}, {**BASE, **edited}))
    assert re.search(r"more pages \(.*\): run", comment)
    shown = re.findall(r"<code>content/articles/(\w+)\.md", comment)
    assert shown == sorted(shown), "in the order of the whole list"
    assert shown[-2:] == ["y", "z"]
    assert "**quote lost**" in comment


def test_very_many_warnings_leave_a_comment_that_a_host_takes():
    pages = {
        f"content/articles/2016/a-page-with-quite-a-long-name-{number}.md": BASE[A] for number in range(900)
    }
    gone = {path: text.replace("status: published", "status: draft") for path, text in pages.items()}
    comment = markdown(difference({**BASE, **gone}, {**BASE, **pages}))
    assert len(comment) < 65_536
    assert "… and 850 more: run `dossier diff`" in comment


def test_the_proposal_of_a_page_is_read_only_if_page_or_proposal_changed(calls_of):
    """Reading the proposals of 2,000 articles twice took twenty seconds to say that nothing changed."""
    proposal = "rejected:\n  - {entity: geneva}\n"
    before = {f"content/articles/{name}.md": BASE[A].replace("seeds/a", f"seeds/{name}") for name in "bcd"}
    before |= {f"seeds/{name}.suggested.yml": "rejected: []\n" for name in "bcd"}
    after = {**before, "seeds/c.suggested.yml": proposal}
    with calls_of(load) as calls:
        pages = difference(after, before)
    assert [page.path for page in pages] == ["content/articles/c.md"]
    assert {call["path"] for call in calls} == {"seeds/c.suggested.yml"}


def test_what_waits_in_a_record_is_read_only_if_it_changed(calls_of):
    people = {f"content/entities/p{number}.md": BASE[JANE] for number in range(3)}
    edited = {**people, "content/entities/p1.md": BASE[JANE].replace("Jane", "Joan")}
    with calls_of(proposed_values) as calls:
        pages = difference({**BASE, **edited}, {**BASE, **people})
    assert [page.path for page in pages] == ["content/entities/p1.md"]
    assert {call["path"] for call in calls} == {"content/entities/p1.md"}


def test_nothing():
    assert plain(()) == "Nothing changed in meaning."
    assert "Nothing changed in meaning." in markdown(())


@pytest.mark.parametrize("status", ["", "status: draft\n"])
def test_a_page_that_leaves_the_site_is_told_first(status):
    pages = difference(changed(A, ("status: published\n", status)))
    line = f"{A} leaves the site: it was published and is a draft now"
    assert warnings(pages) == (line,)
    assert plain(pages).startswith(f"! {line}\n")


def test_a_withdrawn_page_has_its_tombstone_and_a_reviewed_one_is_seen():
    withdrawn = "status: withdrawn\nwithdrawn: {reason: A mistake.}\n"
    for status in (withdrawn, "status: reviewed\n"):
        assert warnings(difference(changed(A, ("status: published\n", status)))) == ()


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("paused on 3 February.\n", "never paused on 3 February.\n", "“… in Geneva and paused on 3 …” → “… in Geneva and never paused on 3 …”"),
        ("3 February.\n", "3 February.\nA new line.\n", "nothing → “A new line.”"),
        ("Jane opened on Friday in Geneva and paused on 3 February.\n", "", "“Jane opened on Friday in Geneva and paused on 3 February.” → nothing"),
    ],
)  # fmt: skip
def test_the_words_of_a_text_that_changed_are_shown(old, new, line):
    assert f"the text: {line}" in plain(difference(changed(A, (old, new))))


def test_only_the_beginning_and_the_end_of_a_long_change_are_shown():
    long = " ".join(str(number) for number in range(100))
    assert f"{' '.join(map(str, range(15)))} … {' '.join(map(str, range(85, 100)))}" in plain(
        difference(changed(A, ("3 February.\n", f"3 February.\n{long}\n")))
    )


def test_a_page_that_readers_see_from_now_on_is_counted_first():
    draft = changed(A, ("status: published", "status: draft"))
    assert headline(difference(BASE, draft)) == ("1 page goes online",)
    assert headline(difference(draft, BASE)) == ()


def test_a_new_page_without_a_source_is_told_and_a_draft_is_not():
    page = BASE[A].replace("source: {file: seeds/a.txt}\n", "")
    (new,) = difference({**BASE, "content/articles/b.md": page})
    assert "no source in seeds/" in plain((new,))
    (draft,) = difference({**BASE, "content/articles/b.md": page.replace("published", "draft")})
    assert "no source in seeds/" not in plain((draft,))


def test_the_forms_of_an_entity_that_an_article_gets_are_told():
    head = changed(
        A, ("[jane, ", "[jane, {id: omar, also: [the chair]}, "), **{"content/entities/omar.md": OMAR}
    )
    assert ("form", "added", "the chair") in told(head)


OMAR = "---\ntitle: Omar\ntype: person\nstatus: reviewed\n---\n"
NAMING = changed(A, ("[jane, ", "[jane, {name: Omar Haddad, type: person}, "))


@pytest.mark.parametrize(
    ("base", "record"),
    [
        (NAMING, OMAR.replace("status", "aliases: [Omar Haddad]\nstatus")),
        ({**NAMING, "content/entities/haddad.md": OMAR.replace("Omar", "Omar Haddad")}, OMAR.replace("Omar", "Omar Haddad")),
    ],
)  # fmt: skip
def test_a_record_that_takes_a_name_of_articles_which_readers_see_says_so(base, record):
    head = {path: text for path, text in base.items() if path != "content/entities/haddad.md"}
    head["content/entities/omar.md"] = record
    assert ("name", "given", "Omar Haddad") in told(head, base)
    (page,) = (page for page in difference(head, base) if page.path == "content/entities/omar.md")
    assert "! “Omar Haddad” means this record now, in a" in plain((page,))


def test_a_decision_that_gives_a_name_to_a_record_says_so():
    base = {**NAMING, "content/entities/omar.md": OMAR}
    same = "- {decision: same, name: Omar Haddad, other: Omar}\n"
    assert ("name", "given", "Omar Haddad") in told({**base, "seeds/decisions.yml": same}, base)


def test_a_record_that_is_renamed_takes_no_name():
    base = {**NAMING, "content/entities/haddad.md": OMAR.replace("Omar", "Omar Haddad")}
    head = {path: text for path, text in base.items() if path != "content/entities/haddad.md"}
    head["content/entities/omar-haddad.md"] = OMAR.replace("Omar", "Omar Haddad").replace(
        "status", "redirects: [haddad]\nstatus"
    )
    assert not [one for one in told(head, base) if one[:2] == ("name", "given")]
