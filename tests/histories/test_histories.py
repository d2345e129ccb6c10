"""Random histories of sources, hands, decisions and commands: what `dossier update` must leave alone.

`make test-histories` plays a hundred times as many; the nightly workflow does. What they find becomes a test by itself, in
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


# A step takes three numbers: they choose a page or a record, an item in it, and what to write.


def edit(world, path, *edits):
    world.write(path, apply(world.read(path), edits))


def page_items(world, path, kind=object):
    page = world.page(path)
    return [one for one in (*page.entities, *page.timeline) if isinstance(one.item, kind)]


def delete_item(world, nth_page, nth_item, nth_value):
    path = at(world.pages, nth_page)
    edit(world, path, Remove(at(page_items(world, path), nth_item).path))


def delete_held(world, nth_page, nth_item, nth_value):
    path = at(world.pages, nth_page)
    edit(world, path, Remove(at([one for one in page_items(world, path) if one.proposed], nth_item).path))


def delete_all_held(world, nth_page, nth_item, nth_value):
    edit(world, at(world.pages, nth_page), Remove(("proposed",)))


def put_text(world, nth_page, nth_item, nth_value):
    path = at(world.pages, nth_page)
    edit(
        world,
        path,
        Put((*at(page_items(world, path, TimelineEntry), nth_item).path, "text"), f"Heading {nth_value % 3}"),
    )


def put_date(world, nth_page, nth_item, nth_value):
    path = at(world.pages, nth_page)
    edit(
        world,
        path,
        Put((*at(page_items(world, path, TimelineEntry), nth_item).path, "date"), at(DATES, nth_value), ()),
    )


def drop_date(world, nth_page, nth_item, nth_value):
    path = at(world.pages, nth_page)
    edit(world, path, Remove((*at(page_items(world, path, TimelineEntry), nth_item).path, "date")))


def put_quote(world, nth_page, nth_item, nth_value):
    """Other words of the text, mostly fewer of the same."""
    path = at(world.pages, nth_page)
    chosen = at(page_items(world, path, TimelineEntry), nth_item)
    words = chosen.item.quote.split()
    shorter = [" ".join(words[1:]), " ".join(words[:-1]), " ".join(words[: len(words) // 2])]
    quotes = [one for one in (*shorter, *sentences(world, path)) if one]
    edit(world, path, Put((*chosen.path, "quote"), at(quotes, nth_value)))


def sentences(world, path):
    return [one.strip() for one in re.split(r"(?<=\.)\s", world.page(path).article.body) if one.strip()]


def add_entry(world, nth_page, nth_item, nth_value):
    path = at(world.pages, nth_page)
    entry = {
        "date": at(DATES, nth_value),
        "text": f"Own {nth_value % 3}",
        "quote": at(sentences(world, path), nth_item),
    }
    edit(world, path, Insert((TIMELINE,), entry, 0 if nth_value % 2 else None))


def add_entity(world, nth_page, nth_item, nth_value):
    path = at(world.pages, nth_page)
    ids = [name.removeprefix("content/entities/").removesuffix(".md") for name in world.records]
    edit(world, path, Insert(("entities",), at([*ids, "own-entity"], nth_item)))


def add_also(world, nth_page, nth_item, nth_value):
    path = at(world.pages, nth_page)
    chosen = at(world.page(path).entities, nth_item)
    edit(world, path, Put(chosen.path, {"id": chosen.item.id, "also": [at(NAMES, nth_value)]}))


def drop_also(world, nth_page, nth_item, nth_value):
    path = at(world.pages, nth_page)
    chosen = at([one for one in world.page(path).entities if one.item.also], nth_item)
    edit(world, path, Put(chosen.path, chosen.item.id))


def move_item(world, nth_page, nth_item, nth_value):
    path = at(world.pages, nth_page)
    name = LISTS[nth_value % 2]
    values = front_matter_values(world.read(path)).get(name) or []
    value = at(values, nth_item)
    edit(world, path, Remove((name, nth_item % len(values))))
    edit(world, path, Insert((name,), value))


def accept_by_hand(world, nth_page, nth_item, nth_value):
    """The lines move up; every third time they are copied."""
    path = at(world.pages, nth_page)
    chosen = at([one for one in page_items(world, path) if one.proposed], nth_item)
    _, name, index = chosen.path
    value = front_matter_values(world.read(path))["proposed"][name][index]
    edit(world, path, *([Remove(chosen.path)] if nth_value % 3 else []), Insert((name,), value))


def put_status(world, nth_page, nth_item, nth_value):
    edit(world, at(world.pages, nth_page), Put(("status",), at(STATUS, nth_item)))


def put_key(world, nth_page, nth_item, nth_value):
    name = at(list(SINGLE), nth_item)
    edit(world, at(world.pages, nth_page), Put((name,), SINGLE[name], ("title",)))


def drop_key(world, nth_page, nth_item, nth_value):
    edit(world, at(world.pages, nth_page), Remove((at(["date", "lang"], nth_item),)))


def put_publisher(world, nth_page, nth_item, nth_value):
    edit(world, at(world.pages, nth_page), Put(("source", "publisher"), f"Paper {nth_item % 2}"))


def comment(world, nth_page, nth_item, nth_value):
    path = at(world.pages, nth_page)
    rows = world.read(path).split("\n")
    rows[at(page_items(world, path), nth_item).item.line - 1] += "  # asked"
    world.write(path, "\n".join(rows))


def correct_body(world, nth_page, nth_item, nth_value):
    path = at(world.pages, nth_page)
    head, mark, body = world.read(path).rpartition("\n---\n")
    sentence = at(sentences(world, path), nth_item)
    world.write(
        path,
        head + mark + body.replace(sentence, "" if nth_value % 2 else sentence.replace("on ", "upon ", 1)),
    )


def by_review(keys):
    def step(world, nth_page, nth_item, nth_value):
        path = at([*world.pages, *world.records], nth_page)
        world.review(path, "s" * (nth_item % 5) + keys, nth_value)

    return step


def change_source(world, nth_page, nth_item, nth_value):
    """Other bytes of a source, which its page knows of: a sentence goes, another comes, or two change places."""
    path = at(world.pages, nth_page)
    seed = world.page(path).article.source.file
    head, _, body = world.read(seed).rpartition("\n\n")
    parts = re.split(r"(?<=\.)\s", body)
    if nth_value % 3 == 0:
        parts.pop(nth_item % len(parts))
    elif nth_value % 3 == 1:
        parts.insert(nth_item % len(parts), at(world.sentences, nth_value // 3))
    else:
        parts.append(parts.pop(nth_item % len(parts)))
    text = f"{head}\n\n{' '.join(parts)}"
    world.write(seed, text)
    edit(world, path, Put(("source", "sha256"), hashlib.sha256(text.encode()).hexdigest()))


def know(world, nth_page, nth_item, nth_value):
    """What a curator says beside the source."""
    seed = world.page(at(world.pages, nth_page)).article.source.file
    values = {
        "date": at(DATES, nth_item),
        "publisher": f"Paper {nth_item % 2}",
        "lang": at(["en", "fr", "ar"], nth_item),
    }
    given_ = [name for number, name in enumerate(values) if nth_value & 1 << number]
    world.write(seed.rpartition(".")[0] + ".yml", yaml.safe_dump({name: values[name] for name in given_}))


def record_names(key):
    def step(world, nth_page, nth_item, nth_value):
        path = at(world.records, nth_page)
        listed = front_matter_values(world.read(path)).get(key) or []
        if listed and nth_value % 2:
            edit(world, path, Remove((key, nth_item % len(listed))))
        else:
            edit(world, path, Insert((key,), at(NAMES, nth_item)))

    return step


def record_held(world, nth_page, nth_item, nth_value):
    """What waits in a record is taken or turned down by hand."""
    path = at(world.records, nth_page)
    held = front_matter_values(world.read(path)).get("proposed") or {}
    name = at(list(held), nth_item)
    value = held[name]
    edit(world, path, Remove(("proposed", name)))
    if nth_value % 2:
        edit(
            world,
            path,
            *(Insert((name,), one) for one in value) if isinstance(value, list) else [Put((name,), value)],
        )


def record_type(world, nth_page, nth_item, nth_value):
    edit(
        world, at(world.records, nth_page), Put(("type",), at(["person", "organization", "place"], nth_item))
    )


def record_title(world, nth_page, nth_item, nth_value):
    edit(world, at(world.records, nth_page), Put(("title",), at(NAMES, nth_item)))


def record_status(world, nth_page, nth_item, nth_value):
    edit(world, at(world.records, nth_page), Put(("status",), at(["draft", "reviewed"], nth_item)))


def record_delete(world, nth_page, nth_item, nth_value):
    (world.root / at(world.records, nth_page)).unlink()


def id_of(path):
    return path.removeprefix("content/entities/").removesuffix(".md")


def record_apart(world, nth_page, nth_item, nth_value):
    one, other = at(world.records, nth_page), at(world.records, nth_item)
    if one != other:
        edit(world, one, Insert(("not_same_as",), id_of(other)))
        edit(world, other, Insert(("not_same_as",), id_of(one)))


def record_merge(world, nth_page, nth_item, nth_value):
    merge.run(world.root, id_of(at(world.records, nth_page)), id_of(at(world.records, nth_item)), force=True)


def record_rename(world, nth_page, nth_item, nth_value):
    rename.rename_record(
        world.root, id_of(at(world.records, nth_page)), f"renamed-{nth_item % 3}", force=True
    )


def record_write(world, nth_page, nth_item, nth_value):
    name = at(NAMES, nth_item)
    world.write(
        f"content/entities/by-hand-{nth_item % 3}.md",
        f"---\ntitle: {name}\ntype: {at(['person', 'organization', 'place'], nth_value)}\nstatus: reviewed\n---\n",
    )


def propose(world, nth_page, nth_item, nth_value):
    """What a program outside proposes: words of the text, as an entry and as a name."""
    path = at(world.pages, nth_page)
    quote = at(sentences(world, path), nth_item)
    said = {
        "article": path.removeprefix("content/articles/").removesuffix(".md"),
        "maker": MAKER,
        "quote": quote,
    }
    entry = {**said, "kind": "entry", "date": at(DATES, nth_value), "text": f"Proposed {nth_value % 3}"}
    name = {
        "title": at(re.findall(r"\w+", quote), nth_value),
        "type": at(["person", "organization", "place"], nth_item),
    }
    alias = {
        **said,
        "kind": "alias",
        "record": id_of(at(world.records or ["none"], nth_value)),
        "text": name["title"],
    }
    world.submit(entry, {**said, "kind": "entity", "entity": name}, alias)


def update_one(world, nth_page, nth_item, nth_value):
    world.update(world.root / at(world.pages, nth_page))


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
    max_examples=int(os.environ.get("HISTORIES", "50")),
    derandomize="HISTORIES"
    not in os.environ,  # CI says the same of the same code; the nightly run looks further
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(SOURCES, HISTORY)
@example([1], [[("record_delete", 0, 0, 0), ("record_merge", 1, 0, 0), ("record_merge", 0, 1, 0)]])
@example([1], [[("record_aliases", 3, 6, 0)]])
@example([0], [[("know", 0, 0, 1)]])
@example([1, 0], [[("accept_by_hand", 0, 0, 0)], [("record_merge", 14, 0, 0), ("record_delete", 4, 0, 0)]])
def test_a_second_update_changes_nothing_and_no_question_is_forgotten(start, sources, history):
    with start(sources) as world:
        for steps in history:
            for name, *numbers in steps:
                world.play(STEPS[name], *numbers)
            world.update()
