"""Random histories of sources, hands, decisions and commands: what `dossier update` must leave alone.

`make test-histories` plays ten times as many; the nightly workflow does. What they find becomes a test by itself, in
`tests/merge/test_again.py`.
"""

from __future__ import annotations

import hashlib
import os
import re

import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from dossierkit.merge.page_items import LISTS, TIMELINE
from dossierkit.model.page import TimelineEntry
from dossierkit.store.edit import Insert, Put, Remove, apply, front_matter_values
from dossierkit.workflow.records import merge, rename

DATES = ["2016-05-30", "2016-05", "2015", "2016-05-29", "2014-04-12~", "2016-02-01"]
NAMES = ["Lee", "Ann Lee", "Alloush", "Mohammed Alloush", "the Ministry", "Moscow", "HNC", "A. Moreau"]
MAKER = {"name": "model", "version": "1"}
STATUS = ["draft", "reviewed", "published"]
SINGLE = {"title": "Another title", "date": "2016-05-30", "lang": "fr"}


def at(listed, number):
    """One of a list, by a number; where there is none, the step cannot be done."""
    if not listed:
        raise ValueError("nothing there")
    return listed[number % len(listed)]


def edit(world, path, *edits):
    world.write(path, apply(world.read(path), edits))


def stands(world, path, kind=object):
    page = world.page(path)
    return [one for one in (*page.entities, *page.timeline) if isinstance(one.item, kind)]


def delete_item(world, a, b, c):
    path = at(world.pages, a)
    edit(world, path, Remove(at(stands(world, path), b).path))


def delete_held(world, a, b, c):
    path = at(world.pages, a)
    edit(world, path, Remove(at([one for one in stands(world, path) if one.proposed], b).path))


def delete_all_held(world, a, b, c):
    edit(world, at(world.pages, a), Remove(("proposed",)))


def put_text(world, a, b, c):
    path = at(world.pages, a)
    edit(world, path, Put((*at(stands(world, path, TimelineEntry), b).path, "text"), f"Heading {c % 3}"))


def put_date(world, a, b, c):
    path = at(world.pages, a)
    edit(world, path, Put((*at(stands(world, path, TimelineEntry), b).path, "date"), at(DATES, c), ()))


def drop_date(world, a, b, c):
    path = at(world.pages, a)
    edit(world, path, Remove((*at(stands(world, path, TimelineEntry), b).path, "date")))


def put_quote(world, a, b, c):
    """Other words of the text, mostly fewer of the same."""
    path = at(world.pages, a)
    chosen = at(stands(world, path, TimelineEntry), b)
    words = chosen.item.quote.split()
    shorter = [" ".join(words[1:]), " ".join(words[:-1]), " ".join(words[: len(words) // 2])]
    quotes = [one for one in (*shorter, *sentences(world, path)) if one]
    edit(world, path, Put((*chosen.path, "quote"), at(quotes, c)))


def sentences(world, path):
    return [one.strip() for one in re.split(r"(?<=\.)\s", world.page(path).article.body) if one.strip()]


def add_entry(world, a, b, c):
    path = at(world.pages, a)
    entry = {"date": at(DATES, c), "text": f"Own {c % 3}", "quote": at(sentences(world, path), b)}
    edit(world, path, Insert((TIMELINE,), entry, 0 if c % 2 else None))


def add_entity(world, a, b, c):
    path = at(world.pages, a)
    ids = [name.removeprefix("content/entities/").removesuffix(".md") for name in world.records]
    edit(world, path, Insert(("entities",), at([*ids, "own-entity"], b)))


def add_also(world, a, b, c):
    path = at(world.pages, a)
    chosen = at(world.page(path).entities, b)
    edit(world, path, Put(chosen.path, {"id": chosen.item.id, "also": [at(NAMES, c)]}))


def drop_also(world, a, b, c):
    path = at(world.pages, a)
    chosen = at([one for one in world.page(path).entities if one.item.also], b)
    edit(world, path, Put(chosen.path, chosen.item.id))


def move_item(world, a, b, c):
    path = at(world.pages, a)
    name = LISTS[c % 2]
    values = front_matter_values(world.read(path)).get(name) or []
    value = at(values, b)
    edit(world, path, Remove((name, b % len(values))))
    edit(world, path, Insert((name,), value))


def accept_by_hand(world, a, b, c):
    """The lines move up; every third time they are copied."""
    path = at(world.pages, a)
    chosen = at([one for one in stands(world, path) if one.proposed], b)
    _, name, index = chosen.path
    value = front_matter_values(world.read(path))["proposed"][name][index]
    edit(world, path, *([Remove(chosen.path)] if c % 3 else []), Insert((name,), value))


def put_status(world, a, b, c):
    edit(world, at(world.pages, a), Put(("status",), at(STATUS, b)))


def put_key(world, a, b, c):
    name = at(list(SINGLE), b)
    edit(world, at(world.pages, a), Put((name,), SINGLE[name], ("title",)))


def drop_key(world, a, b, c):
    edit(world, at(world.pages, a), Remove((at(["date", "lang"], b),)))


def put_publisher(world, a, b, c):
    edit(world, at(world.pages, a), Put(("source", "publisher"), f"Paper {b % 2}"))


def comment(world, a, b, c):
    path = at(world.pages, a)
    rows = world.read(path).split("\n")
    rows[at(stands(world, path), b).item.line - 1] += "  # asked"
    world.write(path, "\n".join(rows))


def correct_body(world, a, b, c):
    path = at(world.pages, a)
    head, mark, body = world.read(path).rpartition("\n---\n")
    sentence = at(sentences(world, path), b)
    world.write(
        path, head + mark + body.replace(sentence, "" if c % 2 else sentence.replace("on ", "upon ", 1))
    )


def by_review(keys):
    def step(world, a, b, c):
        path = at([*world.pages, *world.records], a)
        world.review(path, "s" * (b % 5) + keys, c)

    return step


def change_source(world, a, b, c):
    """Other bytes of a source, which its page knows of: a sentence goes, another comes, or two change places."""
    path = at(world.pages, a)
    seed = world.page(path).article.source.file
    head, _, body = world.read(seed).rpartition("\n\n")
    parts = re.split(r"(?<=\.)\s", body)
    if c % 3 == 0:
        parts.pop(b % len(parts))
    elif c % 3 == 1:
        parts.insert(b % len(parts), at(world.sentences, c // 3))
    else:
        parts.append(parts.pop(b % len(parts)))
    text = f"{head}\n\n{' '.join(parts)}"
    world.write(seed, text)
    edit(world, path, Put(("source", "sha256"), hashlib.sha256(text.encode()).hexdigest()))


def know(world, a, b, c):
    """What a curator says beside the source."""
    seed = world.page(at(world.pages, a)).article.source.file
    values = {"date": at(DATES, b), "publisher": f"Paper {b % 2}", "lang": at(["en", "fr", "ar"], b)}
    given_ = [name for number, name in enumerate(values) if c & 1 << number]
    world.write(seed.rpartition(".")[0] + ".yml", yaml.safe_dump({name: values[name] for name in given_}))


def record_names(key):
    def step(world, a, b, c):
        path = at(world.records, a)
        listed = front_matter_values(world.read(path)).get(key) or []
        if listed and c % 2:
            edit(world, path, Remove((key, b % len(listed))))
        else:
            edit(world, path, Insert((key,), at(NAMES, b)))

    return step


def record_held(world, a, b, c):
    """What waits in a record is taken or turned down by hand."""
    path = at(world.records, a)
    held = front_matter_values(world.read(path)).get("proposed") or {}
    name = at(list(held), b)
    value = held[name]
    edit(world, path, Remove(("proposed", name)))
    if c % 2:
        edit(
            world,
            path,
            *(Insert((name,), one) for one in value) if isinstance(value, list) else [Put((name,), value)],
        )


def record_type(world, a, b, c):
    edit(world, at(world.records, a), Put(("type",), at(["person", "organization", "place"], b)))


def record_title(world, a, b, c):
    edit(world, at(world.records, a), Put(("title",), at(NAMES, b)))


def record_status(world, a, b, c):
    edit(world, at(world.records, a), Put(("status",), at(["draft", "reviewed"], b)))


def record_delete(world, a, b, c):
    (world.root / at(world.records, a)).unlink()


def id_of(path):
    return path.removeprefix("content/entities/").removesuffix(".md")


def record_apart(world, a, b, c):
    one, other = at(world.records, a), at(world.records, b)
    if one != other:
        edit(world, one, Insert(("not_same_as",), id_of(other)))
        edit(world, other, Insert(("not_same_as",), id_of(one)))


def record_merge(world, a, b, c):
    merge.run(world.root, id_of(at(world.records, a)), id_of(at(world.records, b)), force=True)


def record_rename(world, a, b, c):
    rename.rename_record(world.root, id_of(at(world.records, a)), f"renamed-{b % 3}", force=True)


def record_write(world, a, b, c):
    name = at(NAMES, b)
    world.write(
        f"content/entities/by-hand-{b % 3}.md",
        f"---\ntitle: {name}\ntype: {at(['person', 'organization', 'place'], c)}\nstatus: reviewed\n---\n",
    )


def propose(world, a, b, c):
    """What a program outside proposes: words of the text, as an entry and as a name."""
    path = at(world.pages, a)
    quote = at(sentences(world, path), b)
    said = {
        "article": path.removeprefix("content/articles/").removesuffix(".md"),
        "maker": MAKER,
        "quote": quote,
    }
    entry = {**said, "kind": "entry", "date": at(DATES, c), "text": f"Proposed {c % 3}"}
    name = {"title": at(re.findall(r"\w+", quote), c), "type": at(["person", "organization", "place"], b)}
    alias = {
        **said,
        "kind": "alias",
        "record": id_of(at(world.records or ["none"], c)),
        "text": name["title"],
    }
    world.submit(entry, {**said, "kind": "entity", "entity": name}, alias)


def update_one(world, a, b, c):
    world.update(world.root / at(world.pages, a))


STEPS = {
        **{one.__name__: one for one in (
            delete_item, delete_held, delete_all_held, put_text, put_date, drop_date, put_quote, add_entry, add_entity,
            add_also, drop_also, move_item, accept_by_hand, put_status, put_key, drop_key, put_publisher, comment,
            correct_body, change_source, know, record_held, record_type, record_title, record_status, record_delete,
            record_apart, record_merge, record_rename, record_write, update_one, propose,
        )},
        "record_aliases": record_names("aliases"),
        "record_weak_aliases": record_names("weak_aliases"),
        "review_accept": by_review("a"),
        "review_reject": by_review("r"),
        "review_edit": by_review("e"),
        "review_merge": by_review("m"),
        "review_apart": by_review("n"),
        "review_undo": by_review("aru"),
}  # fmt: skip
NUMBER = st.integers(0, 30)
STEP = st.tuples(st.sampled_from(sorted(STEPS)), NUMBER, NUMBER, NUMBER)
HISTORY = st.lists(st.lists(STEP, min_size=1, max_size=4), min_size=1, max_size=3)
SOURCES = st.lists(st.integers(0, 5), min_size=1, max_size=2, unique=True)


@settings(
    max_examples=int(os.environ.get("HISTORIES", "100")),
    derandomize="HISTORIES"
    not in os.environ,  # CI says the same of the same code; the nightly run looks further
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(SOURCES, HISTORY)
@example([1], [[("record_delete", 0, 0, 0), ("record_merge", 1, 0, 0), ("record_merge", 0, 1, 0)]])
@example([1], [[("record_aliases", 3, 6, 0)]])
@example([1, 0], [[("accept_by_hand", 0, 0, 0)], [("record_merge", 14, 0, 0), ("record_delete", 4, 0, 0)]])
def test_a_second_update_changes_nothing_and_no_question_is_forgotten(start, sources, history):
    with start(sources) as world:
        for steps in history:
            for name, *numbers in steps:
                world.play(STEPS[name], *numbers)
            world.update()
