"""Edits of YAML in place: every line that is not edited keeps its bytes."""

from __future__ import annotations

from copy import deepcopy
from textwrap import dedent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dossierkit.store.edit import (
    Append,
    EditError,
    Insert,
    Put,
    Remove,
    apply,
    commented,
    front_matter_values,
)

PAGE = dedent("""\
    ---
    # who wrote this: the desk
    title: 'It''s "quoted"'   # the editor's
    date: 2016-05-30
    lang:
    source: {publisher: The Paper, url: "https://x.example/a#b"}   # from the feed
    tags: []
    entities:
      # first the people
      - jane-doe
      - {id: geneva, also: [the city]}   # not the canton

      - united-nations
      # the end
    timeline:
    - date: 2016-01-29
      # weekday checked
      text: "Talks open"
      quote: >-
        opened on
        Friday
    - {date: 2016, text: Year, quote: the year, entities: [jane-doe]}
    weird:   "kept"
    ---

    # Body

    - text: not front matter
    """)


def edited(*edits, page=PAGE):
    return apply(page, edits)


def changed_lines(new, old=PAGE):
    """Lines that are gone and lines that came."""
    before, after = old.splitlines(), new.splitlines()
    return [line for line in before if line not in after], [line for line in after if line not in before]


@pytest.mark.parametrize(
    ("edit", "gone", "added"),
    [
        (
            Put(("title",), "It's new"),
            ["title: 'It''s \"quoted\"'   # the editor's"],
            ["title: \"It's new\"   # the editor's"],
        ),
        (
            Put(("title",), "New"),
            ["title: 'It''s \"quoted\"'   # the editor's"],
            ["title: 'New'   # the editor's"],
        ),
        (Put(("date",), "2016-05-23/2016-05-29"), ["date: 2016-05-30"], ["date: 2016-05-23/2016-05-29"]),
        (Put(("lang",), "fr"), ["lang:"], ["lang: fr"]),
        (Put(("weird",), "no"), ['weird:   "kept"'], ['weird:   "no"']),
        (Put(("weird",), 48.5), ['weird:   "kept"'], ["weird:   48.5"]),
        (Put(("lon",), -35), [], ["lon: -35"]),
        (Put(("sample",), "true", after=("title",)), [], ['sample: "true"']),
        (Put(("timeline", 0, "text"), "Talks: open"), ['  text: "Talks open"'], ['  text: "Talks: open"']),
        (
            Put(("timeline", 0, "quote"), "on Friday"),
            ["  quote: >-", "    opened on", "    Friday"],
            ["  quote: on Friday"],
        ),
        (Put(("timeline", 0, "when"), "Friday", after=("date",)), [], ["  when: Friday"]),
        (Insert(("entities",), "un", 0), [], ["  - un"]),
        (Insert(("entities",), {"id": "un", "also": ["it"]}), [], ["  - {id: un, also: [it]}"]),
        (Insert(("tags",), "one"), ["tags: []"], ["tags:", "  - one"]),
        (Insert(("authors",), "The desk"), [], ["authors:", "  - The desk"]),
        (Insert(("entities", 1, "also"), "Genève"), None, None),
        (Remove(("entities", 2)), ["  - united-nations"], []),
        (Remove(("timeline", 0, "quote")), ["  quote: >-", "    opened on", "    Friday"], []),
        (Remove(("date",)), ["date: 2016-05-30"], []),
    ],
)
def test_an_edit_changes_its_own_lines_only(edit, gone, added):
    new = edited(edit)
    if gone is not None:
        assert changed_lines(new) == (gone, added)
    assert new.split("---\n")[2] == PAGE.split("---\n")[2]


def test_flow_lists_and_mappings_stay_on_their_line():
    new = edited(
        Put(("source", "archived"), "https://a.example/"),
        Remove(("source", "publisher")),
        Put(("timeline", 1, "when"), "that year", after=("date",)),
        Insert(("timeline", 1, "entities"), "geneva", 0),
        Remove(("entities", 1, "also", 0)),
    )
    assert 'source: {url: "https://x.example/a#b", archived: "https://a.example/"}   # from the feed' in new
    assert "- {date: 2016, when: that year, text: Year, quote: the year, entities: [geneva, jane-doe]}" in new
    assert "- {id: geneva, also: []}   # not the canton" in new
    assert edited(Insert(("entities", 1, "also"), "it"), page=new) == new.replace("also: []", "also: [it]")


def test_a_new_item_is_written_as_those_beside_it():
    item = {"date": "2016-02", "text": "x", "quote": "z", "entities": ["a", "b"]}
    assert "\n- {date: 2016-02, text: x, quote: z, entities: [a, b]}\n" in edited(Insert(("timeline",), item))
    block = edited(Insert(("timeline",), item), page=PAGE.replace("- {date: 2016,", "- date: 2016\n  x: {"))
    assert "\n- date: 2016-02\n  text: x\n  quote: z\n  entities: [a, b]\n" in block


def test_a_new_key_with_lists_in_it_gets_lines():
    new = edited(Put(("proposed",), {"entities": ["un"], "timeline": [{"text": "x", "quote": "z"}]}))
    assert new.split("---\n")[1].endswith(
        'weird:   "kept"\nproposed:\n  entities:\n    - un\n  timeline:\n    - text: x\n      quote: z\n'
    )


@pytest.mark.parametrize(
    "edit",
    [
        Remove(("entities", 1)),
        Remove(("title",)),
        Remove(("timeline", 0)),
        Put(("timeline", 0), "x"),
        Put(("nothing", "there"), "x"),
        Insert(("title",), "x"),
    ],
)
def test_what_would_lose_a_comment_or_makes_no_sense_is_refused(edit):
    with pytest.raises(EditError):
        edited(edit)


def test_a_comment_at_the_head_of_a_text_of_several_lines_is_not_lost():
    page = "---\ntitle: >-  # as in print\n  Talks #1\n  open\n---\n"
    assert commented(page, ("title",))
    with pytest.raises(EditError, match="comment"):
        apply(page, [Put(("title",), "B")])
    assert apply(page.replace("  # as in print", ""), [Put(("title",), "B")]) == "---\ntitle: B\n---\n"


def test_the_last_item_leaves_an_empty_list():
    page = "---\nentities:   # all\n  # lead\n  - a\n  # trail\nlist: [a]\n---\n"
    assert apply(page, [Remove(("entities", 0)), Remove(("list", 0))]) == (
        "---\nentities: []   # all\n  # lead\n  # trail\nlist: []\n---\n"
    )


def test_comments_on_an_item_are_seen():
    assert commented(PAGE, ("entities", 1))
    assert commented(PAGE, ("timeline", 0))
    assert not commented(PAGE, ("entities", 0))
    assert not commented(PAGE, ("timeline", 1))
    assert not commented("---\ntitle: A\n---\n", ("title",))


def test_a_list_is_set_where_it_stands_on_one_line_and_else_edited_item_by_item():
    assert "\ntags: [a, b]\n" in edited(Put(("tags",), ["a", "b"]))
    with pytest.raises(EditError, match="item by item"):
        edited(Put(("entities",), ["a"]))


@pytest.mark.parametrize("bom", ["", "\ufeff"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_line_breaks_and_byte_order_mark_stay(bom, newline):
    page = bom + PAGE.replace("\n", newline)
    edits = [Insert(("entities",), "un", 1), Put(("title",), "x"), Put(("timeline", 0, "text"), "é")]
    assert apply(page, edits) == bom + apply(PAGE, edits).replace("\n", newline)


def test_mixed_line_breaks_stay_where_no_edit_is():
    page = PAGE.replace("date: 2016-05-30\n", "date: 2016-05-30\r\n").replace("# Body\n", "# Body\r\n")
    assert apply(page, [Put(("weird",), "x")]) == page.replace('"kept"', '"x"')


TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Co", "Cn"]), min_size=1, max_size=12
) | st.sampled_from(
    ["no", "007", "2016-05-30", "a: b", "# x", "- y", "'", '"', "[", "{a}", "null", "~", " a ", ""]
)
ENTRY = st.fixed_dictionaries({"date": TEXT, "text": TEXT}, optional={"entities": st.lists(TEXT, max_size=3)})
ITEM = TEXT | ENTRY
STYLE = st.sampled_from(["block", "flow", "indented"])


@st.composite
def pages(draw):
    """A page with two lists in random style, comments between them, and what they hold."""
    from dossierkit.store.edit_values import inline, item  # noqa: PLC0415

    lines, held = ["# top"], {}
    for name in ("one", "two"):
        listed, style = draw(st.lists(ITEM, max_size=4)), draw(STYLE)
        held[name] = [dict(entry) if isinstance(entry, dict) else entry for entry in listed]
        if style == "flow" or not listed:
            lines.append(f"{name}: {inline(listed)}" + draw(st.sampled_from(["", "  # why"])))
            continue
        lines.append(f"{name}:" + draw(st.sampled_from(["", "  # why"])))
        indent = 0 if style == "block" else 3
        for entry in listed:
            lines += draw(st.sampled_from([[], [" " * indent + "# about the next"], [""]]))
            lines += item(entry, indent, block=draw(st.booleans())).rstrip("\n").split("\n")
    end = draw(st.sampled_from(["\n", "\r\n"]))
    text = "\n".join(["---", *lines, "last: x", "---", "", "Body # text", ""])
    return text.replace("\n", end), held | {"last": "x"}


@st.composite
def page_and_edit(draw):
    text, held = draw(pages())
    wanted = deepcopy(held)
    name = draw(st.sampled_from(["one", "two"]))
    listed = wanted[name]
    kind = draw(st.sampled_from(["insert", "remove", "put", "key", "drop", "top"]))
    at = draw(st.integers(0, len(listed)))
    chosen = listed[at] if at < len(listed) else None
    if kind == "insert" or chosen is None:
        value = draw(ITEM)
        listed.insert(at, value)
        return text, Insert((name,), value, at), wanted
    if kind == "remove":
        del listed[at]
        return text, Remove((name, at)), wanted
    if kind == "top":
        value = draw(TEXT)
        wanted["new"] = value
        return text, Put(("new",), value, draw(st.sampled_from([None, ("one",), ()]))), wanted
    value = draw(TEXT)
    if isinstance(chosen, dict):
        key = draw(st.sampled_from(["date", "text", "when"]))
        if kind == "drop" and key in chosen:
            del chosen[key]
            return text, Remove((name, at, key)), wanted
        chosen[key] = value
        return text, Put((name, at, key), value, draw(st.sampled_from([None, ("date",), ()]))), wanted
    listed[at] = value
    return text, Put((name, at), value), wanted


def comment_lines(text):
    return [line.strip() for line in text.splitlines() if line.strip().startswith("#")]


@pytest.mark.parametrize(
    ("written", "then"),
    [
        ("", "tags:\n  - b\n"),
        ("tags:\n", "tags:\n  - b\n"),
        ("tags: a  # why\n", "tags: [a, b]  # why\n"),
        ("tags: [a]\n", "tags: [a, b]\n"),
        ("tags:\n- a  # why\n", "tags:\n- a  # why\n- b\n"),
    ],
)
def test_an_item_is_added_to_a_list_however_it_is_written(written, then):
    page = "---\ntitle: x\n{}---\nText\n"
    assert apply(page.format(written), [Append(("tags",), "b")]) == page.format(then)


@settings(max_examples=3 * settings.default.max_examples, deadline=None)
@given(page_and_edit())
def test_an_edit_then_a_reading_gives_what_was_intended(case):
    text, edit, wanted = case
    new = apply(text, [edit])
    assert front_matter_values(new) == wanted
    assert comment_lines(new) == comment_lines(text)
    assert ("\r\n" in new) == ("\r\n" in text)
    assert new.count("\n") == new.count("\r\n") or "\r\n" not in new


@settings(max_examples=2 * settings.default.max_examples, deadline=None)
@given(pages(), st.data())
def test_an_insertion_undone_leaves_the_same_bytes(case, data):
    text, held = case
    name = data.draw(st.sampled_from(["one", "two"]))
    if not held[name]:
        return
    at = data.draw(st.integers(0, len(held[name])))
    value = data.draw(ITEM)
    assert apply(text, [Insert((name,), value, at), Remove((name, at))]) == text


@pytest.mark.parametrize(
    "path", [("missing",), ("entities", 9), ("entities", "x"), ("lang", "x"), ("relations", 0)]
)
def test_a_path_that_leads_nowhere_is_refused(path):
    with pytest.raises(EditError, match="there is no"):
        apply(PAGE, [Remove(path)])
