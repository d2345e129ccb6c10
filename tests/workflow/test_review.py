"""`dossier review` driven as a person drives it: through a terminal, key by key."""

from __future__ import annotations

import os
import re
from dataclasses import replace

import pytest
from click.testing import CliRunner
from tests.support.candidates import derived
from tests.support.runner import printed
from tests.support.terminal import ASKED, Terminal
from tests.workflow import test_update as updates

from dossierkit.cli import main
from dossierkit.model.proposal import Question
from dossierkit.model.record import Record
from dossierkit.store.decisions import PATH as DECISIONS
from dossierkit.store.proposal import load
from dossierkit.workflow.records.judgements import candidates
from dossierkit.workflow.repository import known_records

ANN, FIRST, JANE, LEFT, OPENED = updates.ANN, updates.FIRST, updates.JANE, updates.LEFT, updates.OPENED
PAGE, SECOND, SUGGESTED, WAITED = updates.PAGE, updates.SECOND, updates.SUGGESTED, updates.WAITED
change, files, update = updates.change, updates.files, updates.update
added, root = updates.added, updates.root


def text(root, path=PAGE):
    return (root / path).read_text(encoding="utf-8")


def memory(root):
    return load(text(root, SUGGESTED))


def vouch(root):
    """Publish the page as an older version did, in which the status speaks for all that stands in it."""
    change(root, "status: draft", "status: published")
    (root / SUGGESTED).write_text(text(root, SUGGESTED).replace("decided: by item\n", ""), encoding="utf-8")


@pytest.fixture
def published(root):
    """A published page with one open entity, one open entry and nothing else to decide."""
    vouch(root)
    update(root, replace(SECOND, entities=(JANE, ANN, SECOND.entities[1]), timeline=(OPENED, LEFT, WAITED)))
    return root


@pytest.fixture
def with_draft(root):
    """As `published`, with a draft record of the open entity."""
    geneva = updates.person("geneva", "Geneva")
    updates.drafted(root, geneva)
    vouch(root)
    update(root, replace(SECOND, entities=(JANE, ANN, geneva), timeline=(OPENED, LEFT, WAITED)))
    return root


def test_accepting_moves_an_item_into_the_page_and_shows_its_quote(published):
    terminal = Terminal(published)
    shown = terminal.press("a")
    assert "Geneva (person) geneva-person" in shown
    assert "The city of Geneva had waited since January." in shown
    terminal.press("a")
    assert "\x1b[30;43m" in terminal.raw
    assert terminal.end() == "2 decided, 0 open"
    page = text(published)
    assert "proposed" not in page
    assert "  - ann-lee\n  - {name: Geneva, type: person}\n" in page
    dates = re.findall(r"date: (2016-01.*)", page)
    assert dates == ["2016-01", *sorted(dates[1:])]
    assert memory(published).accepted == ("2016-01|had waited since January.", "k-geneva-person")


def test_rejecting_is_for_good_and_takes_the_drafted_record_away(with_draft):
    published = with_draft
    assert (published / "content/entities/geneva.md").is_file()
    terminal = Terminal(published, PAGE)
    terminal.press("r")
    terminal.press("r")
    assert terminal.end() == "2 decided, 0 open"
    assert "proposed" not in text(published)
    assert not (published / "content/entities/geneva.md").exists()
    update(published, SECOND)
    assert "Geneva" not in text(published).split("---\n")[1]
    assert "had waited" not in text(published).split("---\n")[1]


@pytest.mark.parametrize(
    "change_",
    [
        lambda file, memory: memory.unlink(),
        lambda file, memory: file.write_text("---\ntitle: Geneva\ntype: place\nstatus: draft\n---\n", encoding="utf-8"),
        lambda file, memory: memory.write_text("drafted: [\n", encoding="utf-8"),
    ],
    ids=["a person wrote it", "a person edited it", "nobody knows"],
)  # fmt: skip
def test_a_draft_record_of_a_person_with_nothing_but_a_name_and_a_type_stays(with_draft, change_):
    file = with_draft / "content/entities/geneva.md"
    change_(file, with_draft / "seeds/entities/geneva.suggested.yml")
    written = file.read_bytes()
    terminal = Terminal(with_draft, PAGE)
    terminal.press("r")
    terminal.press("r")
    assert terminal.end() == "2 decided, 0 open"
    assert file.read_bytes() == written


def test_undo_takes_back_one_decision_after_another(published):
    before = files(published)
    terminal = Terminal(published)
    terminal.press("u")
    terminal.until("nothing to undo")
    terminal.press("r")
    terminal.wait()
    assert "name: Geneva" not in text(published)
    terminal.press("u")
    terminal.until("undone")
    terminal.press("q")
    assert terminal.end() == "0 decided, 2 open"
    assert files(published) == before


def test_a_review_that_was_left_goes_on_where_it_stopped(published):
    terminal = Terminal(published)
    terminal.press("a")
    terminal.press("q")
    assert terminal.end() == "1 decided, 1 open"
    terminal = Terminal(published)
    assert "2016-01 Claim" in terminal.press("\x03")
    assert terminal.end() == "0 decided, 1 open"


def test_skipping_shows_the_next(published):
    terminal = Terminal(published)
    assert "geneva" in terminal.press("s")
    assert "2016-01 Claim" in terminal.press("s")
    assert terminal.end() == "0 decided, 2 open"


@pytest.mark.parametrize(
    ("anchor", "words"),
    [
        ("published 2016-05-30", "counted from the day of publication, 2016-05-30"),
        ("2016-01-29 at 34", "counted from 2016-01-29, named before"),
    ],
)
def test_an_entry_says_what_its_date_was_counted_from(root, anchor, words):
    vouch(root)
    waited = replace(WAITED, anchor=anchor)
    update(root, replace(SECOND, entities=(JANE, SECOND.entities[1]), timeline=(OPENED, LEFT, waited)))
    terminal = Terminal(root)
    shown = terminal.raw + terminal.press("s") + terminal.press("s")
    assert words in " ".join(shown.split())


def test_an_entry_can_be_edited_on_the_spot(published):
    terminal = Terminal(published)
    terminal.press("s")
    terminal.press("e")
    terminal.type("date (- for none):", "January")
    terminal.until("not done: 'January' is not an EDTF date")
    terminal.type("date (- for none):", "2016-01-05")
    terminal.type("text:", "A city waits")
    assert terminal.end() == "1 decided, 1 open"
    assert "date: 2016-01-05\n    when: January\n    text: A city waits\n" in text(published)
    update(published, SECOND)
    assert "date: 2016-01-05\n    when: January\n    text: A city waits\n" in text(published)


def test_an_entity_can_get_another_id(with_draft):
    terminal = Terminal(with_draft)
    terminal.press("e")
    terminal.type("id:", "city-of-geneva")
    terminal.press("q")
    assert terminal.end() == "1 decided, 1 open"
    assert "  - city-of-geneva\n" in text(with_draft)
    assert known_records(with_draft)["city-of-geneva"].title == "Geneva"
    assert "geneva" not in known_records(with_draft)


def test_a_name_can_be_made_a_record_to_which_its_id_leads(published):
    terminal = Terminal(published)
    terminal.press("e")
    terminal.type("id of the record:", "city-of-geneva")
    terminal.press("q")
    assert terminal.end() == "1 decided, 1 open"
    assert "  - city-of-geneva\n" in text(published)
    record = known_records(published)["city-of-geneva"]
    assert (record.title, record.status, record.redirects) == ("Geneva", "reviewed", ("geneva-person",))


def test_a_draft_record_that_is_merged_loses_no_name(with_draft):
    record = with_draft / "content/entities/geneva.md"
    record.write_text(
        record.read_text(encoding="utf-8").replace("aliases: []\nweak", "aliases: [Jean de Geneva]\nweak"),
        encoding="utf-8",
    )
    terminal = Terminal(with_draft)
    terminal.press("m")
    terminal.type("the same as", "ann-lee")
    terminal.press("q")
    terminal.end()
    records = known_records(with_draft)
    assert "geneva" not in records
    assert [name.text for name in records["ann-lee"].aliases] == ["Jean de Geneva"]
    assert "  - {id: ann-lee, also: [Geneva]}\n" in text(with_draft)


def test_a_name_that_is_merged_becomes_a_form_of_the_article_where_it_is_not_everybodys(published):
    terminal = Terminal(published)
    terminal.press("m")
    terminal.type("the same as", "Ann")
    terminal.type("the same as", "ann-lee")
    terminal.press("q")
    terminal.end()
    assert known_records(published)["ann-lee"].weak_aliases == ()
    assert "  - {id: ann-lee, also: [Geneva]}\n" in text(published)
    assert "name: Geneva" not in text(published)
    assert memory(published).rejected[0].entity == "geneva-person"


def test_a_full_name_that_is_merged_becomes_an_alias(root):
    full = updates.person("anna-lee-person", "Anna Lee")
    update(root, replace(FIRST, entities=(JANE, ANN, full)))
    change(root, "Ann Lee left them", "Anna Lee left them")
    update(root, replace(FIRST, entities=(JANE, ANN, full)))
    terminal = Terminal(root)
    assert "Anna Lee" in terminal.press("m")
    terminal.type("the same as", "ann-lee")
    terminal.press("q")
    terminal.end()
    assert [name.text for name in known_records(root)["ann-lee"].aliases] == ["Anna Lee"]
    assert "  - ann-lee\n" in text(root)


def test_two_names_that_are_one_are_a_line_for_the_whole_site(root):
    pair = updates.person("anna-may-person", "Anna May"), updates.person("anna-b-may-person", "Anna B. May")
    for old, new in (("Jane Doe opened", "Anna May opened"), ("Ann Lee left", "Anna B. May left")):
        change(root, old, new)
    change(root, "  - jane-doe\n  - ann-lee\n", "  - {name: Anna May, type: person}\n")
    update(root, replace(FIRST, entities=pair, timeline=()))
    terminal = Terminal(root, PAGE)
    while "Anna B. May (person)" not in (shown := terminal.until(ASKED)):
        os.write(terminal.fd, b"s")
    assert "may be the same as Anna May" in " ".join(shown.split())
    os.write(terminal.fd, b"m")
    terminal.type("the same as", "1")
    terminal.press("q")
    terminal.end()
    assert "- {decision: same, name: Anna B. May, other: Anna May}\n" in text(root, DECISIONS)
    assert "anna-may" not in known_records(root)
    page = text(root).split("---\n")[1]
    assert "  - {name: Anna May, type: person, also: [Anna B. May]}\n" in page
    assert "name: Anna B. May" not in page
    assert derived(root).by_id["anna-may-person"].twins == ()
    assert "anna-b-may-person" not in {one.entity for one in memory(root).rejected}


def test_two_records_can_be_kept_apart(with_draft):
    terminal = Terminal(with_draft)
    terminal.press("n")
    terminal.type("not the same as", "jane")
    terminal.type("not the same as", "1")
    terminal.press("q")
    assert terminal.end() == "1 decided, 2 open"
    records = known_records(with_draft)
    assert records["geneva"].not_same_as == ("jane-doe",)
    assert records["jane-doe"].not_same_as == ("geneva",)


def test_a_name_and_a_record_are_kept_apart_in_a_line_for_the_whole_site(published):
    terminal = Terminal(published)
    terminal.press("n")
    terminal.type("not the same as", "jane-doe")
    terminal.press("q")
    assert terminal.end() == "1 decided, 2 open"
    assert "- {decision: not_same, name: Geneva, other: jane-doe}\n" in text(published, DECISIONS)


def test_junk_is_junk_in_every_article_until_its_line_is_taken_out(published):
    terminal = Terminal(published)
    terminal.press("j")
    terminal.press("q")
    assert terminal.end() == "1 decided, 1 open"
    assert "name: Geneva" not in text(published)
    assert "- {decision: junk, name: Geneva}\n" in text(published, DECISIONS)
    assert memory(published).rejected == ()


def test_another_type_holds_for_every_article(published):
    terminal = Terminal(published)
    terminal.press("t")
    terminal.type("event):", "pl")
    terminal.press("q")
    terminal.end()
    assert "- {name: Geneva, type: place}\n" in text(published)
    assert "- {decision: other_type, name: Geneva, type: place}\n" in text(published, DECISIONS)


def test_likely_twins_are_named_with_the_reason(published):
    update(published, replace(SECOND, entities=(JANE, ANN, updates.person("j-doe-person", "J. Doe"))))
    change(published, "Geneva", "J. Doe")
    update(published, replace(SECOND, entities=(JANE, ANN, updates.person("j-doe-person", "J. Doe"))))
    terminal = Terminal(published)
    shown = terminal.press("q")
    assert "J. Doe (person)" in shown
    assert "may be the same as Jane Doe, jane-doe: same surname, same first letter" in " ".join(shown.split())
    terminal.end()


def test_a_question_is_answered_with_one_key(root):
    asked = Question("q-lee", "Which of these is “Lee”?", ("ann-lee", "jane-doe"), "q", "Lee")
    update(root, replace(FIRST, questions=(asked,)))
    terminal = Terminal(root)
    assert "Ann Lee (person) ann-lee" in terminal.press("1")
    terminal.press("q")
    terminal.end()
    assert "  - {id: ann-lee, also: [Lee]}\n" in text(root)
    update(root, replace(FIRST, questions=(asked,)))
    terminal = Terminal(root)
    assert "question" not in terminal.press("q")
    terminal.end()


def test_a_form_can_be_nobodys(root):
    asked = Question("q-lee", "Which of these is “Lee”?", ("ann-lee", "jane-doe"), "q", "Lee")
    update(root, replace(FIRST, questions=(asked,)))
    before = text(root)
    terminal = Terminal(root)
    terminal.press("0")
    terminal.press("q")
    terminal.end()
    assert text(root) == before
    assert memory(root).accepted == ("q-lee",)


def test_a_draft_is_walked_item_by_item(root):
    terminal = Terminal(root)
    terminal.press("o")
    assert "Jane Doe" in terminal.press("a")
    assert "Ann Lee" in terminal.press("r")
    terminal.press("a")
    terminal.press("q")
    assert terminal.end() == "3 decided, 1 open"
    assert "ann-lee" not in text(root)
    terminal = Terminal(root)
    assert "2016-01-31 Claim" in terminal.press("a")
    assert terminal.end() == "1 decided, 0 open"


def test_what_is_sure_is_accepted_with_one_key_and_taken_back_with_one(root):
    before = files(root)
    terminal = Terminal(root)
    shown = terminal.press("a")
    assert "the other 4" in shown
    for words in (
        "Jane Doe (person), record",
        "Ann Lee (person), record",
        "2016-01-31 Claim",
        "“Ann Lee left",
    ):
        assert words in shown
    terminal.end()
    assert text(root) == before[PAGE].decode()
    assert len(memory(root).accepted) == 4
    update(root, FIRST)
    assert Terminal(root).end() == "0 decided, 0 open"


def test_accepting_many_is_undone_as_one(root):
    vouch(root)
    update(root, replace(SECOND, entities=(JANE, ANN, SECOND.entities[1]), timeline=(OPENED, LEFT, WAITED)))
    extra = replace(
        WAITED, key="k-geneva", date="2016-02", quote="The city of Geneva", text="Geneva", when=""
    )
    update(
        root,
        replace(SECOND, entities=(JANE, ANN, SECOND.entities[1]), timeline=(OPENED, LEFT, WAITED, extra)),
    )
    before = files(root)
    terminal = Terminal(root)
    assert "the other 3" in terminal.press("a")
    assert terminal.end() == "3 decided, 0 open"
    assert "proposed" not in text(root)
    assert "  - {name: Geneva, type: person}\n" in text(root)
    (root / PAGE).write_bytes(before[PAGE])
    (root / SUGGESTED).write_bytes(before[SUGGESTED])
    change(root, "title: Talks open", "title: Talks opened")
    terminal = Terminal(root)
    terminal.press("p")
    terminal.type("(such as 2r 5j 7):", "1")
    terminal.wait()
    assert "  proposed" not in text(root)
    terminal.press("u")
    terminal.until("undone")
    terminal.press("q")
    assert terminal.end() == "0 decided, 3 open"


def test_all_but_some_leaves_those_for_a_look_by_themselves(root):
    terminal = Terminal(root)
    terminal.press("p")
    terminal.type("(such as 2r 5j 7):", "7")
    terminal.until("not done: give numbers from 1 to 4, each alone or with r or j")
    terminal.press("p")
    terminal.type("(such as 2r 5j 7):", "2, 4")
    assert "Ann Lee (person) ann-lee" in terminal.press("r")
    assert "2016-01-31 Claim" in terminal.press("a")
    assert terminal.end() == "4 decided, 0 open"
    assert "ann-lee" not in text(root)
    assert len(memory(root).accepted) == 3


def test_those_for_a_look_are_asked_about_by_themselves_however_many_they_are(root):
    terminal = Terminal(root)
    terminal.press("p")
    terminal.type("(such as 2r 5j 7):", "1 2 3")
    shown = terminal.press("q")
    assert "Jane Doe (person) jane-doe" in shown
    assert "the other" not in shown
    assert terminal.end() == "1 decided, 3 open"


def test_what_is_doubtful_is_asked_about_by_itself_before_the_rest(root):
    unsure = replace(ANN, score=0.6)
    update(root, replace(FIRST, entities=(JANE, unsure)))
    terminal = Terminal(root)
    shown = terminal.press("a")
    assert "Ann Lee (person) ann-lee" in shown
    assert "score 0.60" in shown
    assert "Ann Lee left them on Sunday." in shown
    assert "30;43mAnn Lee" in terminal.raw
    assert "the other 3" in terminal.press("q")
    assert terminal.end() == "1 decided, 3 open"


def test_a_name_in_doubt_that_another_article_has_surely_is_not_asked_about_by_itself(root):
    geneva = updates.person("geneva-person", "Geneva")
    other = text(root).replace("title: Talks open", "title: Talks closed").replace("in.txt", "other.txt")
    (root / "seeds/other.txt").write_bytes((root / "seeds/in.txt").read_bytes())
    (root / PAGE.replace("talks-open", "talks-closed")).write_text(other, encoding="utf-8")

    def proposed(article):
        sure = article.title == "Talks closed"
        return replace(FIRST, entities=(JANE, ANN, geneva if sure else replace(geneva, score=0.6)))

    updates.run(root, make=lambda _: proposed)
    terminal = Terminal(root, PAGE)
    shown = terminal.press("q")
    assert "the other 5" in shown
    assert "Geneva (person)" in shown
    assert terminal.end() == "0 decided, 5 open"


def test_some_of_many_are_rejected_or_junk_in_the_same_line(root):
    geneva = updates.person("geneva-person", "Geneva")
    update(root, replace(FIRST, entities=(JANE, ANN, geneva)))
    change(root, "  - ann-lee\n", "  - ann-lee\n  - {name: Geneva, type: person}\n")
    terminal = Terminal(root)
    while "the other" not in (shown := terminal.until(ASKED)):
        os.write(terminal.fd, b"s")
    number = {
        words: re.search(rf"(\d+)  [^\n]*{words}", shown)[1] for words in ("Ann Lee", "Geneva", "2016-01-31")
    }
    os.write(terminal.fd, b"p")
    terminal.type("(such as 2r 5j 7):", f"{number['Ann Lee']}r {number['Geneva']}j {number['2016-01-31']}r")
    terminal.end()
    head = text(root).split("---\n")[1]
    assert "ann-lee" not in head
    assert "Geneva" not in head
    assert "2016-01-31" not in head
    assert "jane-doe" in head
    assert "- {decision: junk, name: Geneva}\n" in text(root, DECISIONS)
    assert {one.entity for one in memory(root).rejected} == {"ann-lee", ""}


def test_an_entry_that_cannot_be_accepted_is_left_for_a_look_by_itself(root):
    change(root, "Friday. Ann Lee left them", "Friday. Ann Lee went from them")
    terminal = Terminal(root)
    assert "the other 4" in terminal.press("a")
    assert "were not found in the page's text" in terminal.press("q")
    assert terminal.end() == "3 decided, 1 open"


def test_a_decision_for_the_whole_site_is_carried_out_in_every_page_and_undone_in_every_page(root):
    names = updates.person("geneva-person", "Geneva")
    other = text(root).replace("title: Talks open", "title: Talks closed").replace("in.txt", "other.txt")
    (root / "seeds/other.txt").write_bytes((root / "seeds/in.txt").read_bytes())
    second = PAGE.replace("talks-open", "talks-closed")
    (root / second).write_text(other, encoding="utf-8")
    unsure = replace(names, score=0.6), replace(FIRST.timeline[0], text="In Geneva on Friday")
    given = replace(FIRST, entities=(JANE, unsure[0]), timeline=(unsure[1], LEFT))
    updates.run(root, make=lambda _: lambda _: given)
    before = files(root)
    assert "name: Geneva" in text(root, second)
    terminal = Terminal(root)
    assert "Geneva" in terminal.press("j")
    terminal.wait()
    assert "name: Geneva" not in text(root) + text(root, second)
    terminal.press("u")
    terminal.until("undone")
    assert files(root) == before
    terminal.press("q")
    assert terminal.end().startswith("0 decided")


def test_no_heading_begins_so_in_any_article(published):
    terminal = Terminal(published)
    terminal.press("s")
    terminal.press("h")
    terminal.type("- for none):", "Other")
    terminal.until("not done: “Claim” does not begin with “Other”")
    terminal.press("h")
    terminal.type("- for none):", "")
    assert terminal.end() == "1 decided, 1 open"
    assert "- {decision: heading, begins: Claim}\n" in text(published, DECISIONS)
    assert "text: Claim\n    quote: had waited" not in text(published)
    assert memory(published).rejected == ()


def test_conflicts_are_decided_one_way_or_the_other(root):
    vouch(root)
    later = replace(SECOND, entities=(JANE,), timeline=(OPENED, SECOND.timeline[1]))
    update(root, later)
    terminal = Terminal(root)
    assert "now proposed is “2016-02-07”" in terminal.press("a")
    assert terminal.end() == "1 decided, 0 open"
    assert "date: 2016-02-07" in text(root)
    change(root, "Ann Lee left them", "The envoy left them")
    update(root, replace(later, timeline=(OPENED,)))
    terminal = Terminal(root)
    for _ in range(2):
        assert "no longer in the text" in " ".join(terminal.press("r").split())
    assert terminal.end() == "2 decided, 0 open"
    assert "  - ann-lee\n" in text(root)
    before = text(root)
    ((outcome,), _) = update(root, replace(later, timeline=(OPENED,)))
    assert outcome.conflicts == ()
    assert text(root) == before


def test_an_entry_whose_quote_is_gone_is_not_accepted(published):
    change(published, "\n\nThe city of Geneva had waited since January.", "\n\nThe city of Geneva waited.")
    terminal = Terminal(published)
    terminal.press("s")
    assert "were not found in the page's text" in terminal.press("a")
    terminal.until("not done: its quote is not in the text")
    terminal.press("q")
    assert terminal.end() == "0 decided, 2 open"


def test_what_an_editor_changes_meanwhile_is_not_overwritten(published):
    terminal = Terminal(published)
    terminal.until(ASKED)
    change(published, "title: Talks open", "title: Talks opened")
    os.write(terminal.fd, b"a")
    terminal.until("the page has changed since")
    terminal.press("a")
    terminal.press("q")
    terminal.end()
    assert "title: Talks opened" in text(published)
    assert "  - {name: Geneva, type: person}\n" in text(published)


def test_another_command_at_the_same_time_is_told_of(published):
    from dossierkit.store.lock import locked  # noqa: PLC0415

    terminal = Terminal(published)
    terminal.until(ASKED)
    with locked(published):
        os.write(terminal.fd, b"a")
        terminal.until("another dossier command works")
    terminal.press("q")
    terminal.end()


def test_a_damaged_journal_is_told_of_and_the_next_key_goes_on(published):
    from dossierkit.store.commit import JOURNAL  # noqa: PLC0415
    from dossierkit.store.state import state_folder  # noqa: PLC0415

    (state_folder(published) / JOURNAL).write_bytes(b"{")
    terminal = Terminal(published)
    terminal.until("D506 the journal of an interrupted command cannot be used")
    terminal.until(ASKED)
    (state_folder(published) / JOURNAL).write_bytes(b"{")
    os.write(terminal.fd, b"a")
    terminal.until("not done: the journal of an interrupted command cannot be used")
    terminal.press("a")
    terminal.press("q")
    assert terminal.end() == "1 decided, 1 open"


def test_without_a_terminal_the_command_says_so(root):
    result = CliRunner().invoke(main, ["-C", str(root), "review"])
    assert result.exit_code == 2
    assert "needs a terminal" in result.stderr


def test_nothing_to_review_ends_at_once(root):
    vouch(root)
    update(root, FIRST)
    assert Terminal(root).end() == "0 decided, 0 open"


MORE, RECORD, RECORD_SUGGESTED = updates.MORE, updates.RECORD, updates.RECORD_SUGGESTED


@pytest.fixture
def renamed(root):
    """A published page, and a record with an open alias and an open weak alias."""
    vouch(root)
    update(root, MORE)
    assert "proposed:" in text(root, RECORD)
    return root


def test_names_of_records_are_walked_after_the_pages_and_stand_or_go_for_good(renamed):
    page = renamed / PAGE
    page.write_text(
        text(renamed).replace("Jane Doe opened", "Jane Q. Doe, as Jane Doe, opened"), encoding="utf-8"
    )
    terminal = Terminal(renamed, RECORD)
    shown = terminal.press("a")
    assert "alias: Jane Q. Doe  →  Jane Doe (person)" in shown
    assert "Jane Q. Doe, as Jane Doe, opened the talks" in shown
    assert "weak alias: Doe" in terminal.press("r")
    assert terminal.end() == "2 decided, 0 open"
    assert "aliases:\n  - Jane Q. Doe\nweak_aliases: []\nstatus: draft\n---\n" in text(renamed, RECORD)
    assert "rejected:\n  - field: weak_aliases\n    value: Doe\n" in text(renamed, RECORD_SUGGESTED)
    before = files(renamed)
    update(renamed, MORE)
    assert {path for path, data in files(renamed).items() if before.get(path) != data} <= {SUGGESTED}


def test_a_name_can_be_edited_and_the_decision_undone(renamed):
    before = files(renamed)
    terminal = Terminal(renamed, "content/entities")
    terminal.press("e")
    terminal.type("alias", "Jane Quentin Doe")
    terminal.press("u")
    terminal.press("s")
    terminal.press("q")
    assert terminal.end() == "0 decided, 2 open"
    assert files(renamed) == before
    terminal = Terminal(renamed)
    terminal.press("e")
    terminal.type("alias", "Jane Quentin Doe")
    terminal.press("q")
    assert terminal.end() == "1 decided, 1 open"
    assert "aliases:\n  - Jane Quentin Doe\n" in text(renamed, RECORD)
    assert "value: Jane Q. Doe" in text(renamed, RECORD_SUGGESTED).split("rejected:")[1]


def test_a_name_that_another_record_has_by_now_cannot_be_accepted(renamed):
    ann = renamed / "content/entities/ann-lee.md"
    ann.write_text(
        ann.read_text(encoding="utf-8").replace("aliases: []", "aliases: [Jane Q. Doe]", 1), encoding="utf-8"
    )
    terminal = Terminal(renamed, RECORD)
    assert "ann-lee has that name" in terminal.press("a")
    assert "not done: ann-lee has the name “Jane Q. Doe”" in " ".join(terminal.press("r").split())
    terminal.press("a")
    assert terminal.end() == "2 decided, 0 open"
    assert "weak_aliases:\n  - Doe\n" in text(renamed, RECORD)
    assert "aliases: []" in text(renamed, RECORD)


def test_a_conflict_about_a_record_is_decided_once(renamed):
    suggested = renamed / RECORD_SUGGESTED
    asked = 'conflicts:\n  - key: ""\n    field: type\n    page: person\n    machine: organization\n'
    suggested.write_text(text(renamed, RECORD_SUGGESTED) + asked, encoding="utf-8")
    terminal = Terminal(renamed, RECORD)
    terminal.press("s")
    terminal.press("s")
    assert "type: the page says “person”, now proposed is “organization”" in " ".join(
        terminal.press("a").split()
    )
    assert terminal.end() == "1 decided, 2 open"
    assert "type: organization\n" in text(renamed, RECORD)
    assert "conflicts" not in text(renamed, RECORD_SUGGESTED)


def test_a_name_is_given_as_the_text_has_it(published):
    terminal = Terminal(published)
    terminal.press("w")
    terminal.type("exactly as in the text", "city of Geneva")
    terminal.press("q")
    assert terminal.end() == "1 decided, 1 open"
    assert "  - {name: city of Geneva, type: person}\n" in text(published)


def test_somebody_else_of_a_name_gets_a_record_with_a_title_of_its_own(published):
    terminal = Terminal(published)
    terminal.press("x")
    terminal.type("title of the other one", "Geneva (envoy)")
    terminal.press("q")
    assert terminal.end() == "1 decided, 1 open"
    assert "  - {id: geneva-envoy, also: [Geneva]}\n" in text(published)
    assert "title: Geneva (envoy)\n" in text(published, "content/entities/geneva-envoy.md").replace('"', "")


def test_an_entry_gets_another_quote(published):
    terminal = Terminal(published)
    terminal.press("s")
    terminal.press("c")
    terminal.type("exactly as in the text:", "waited since March")
    terminal.until("not done: the quote is not in the text")
    terminal.type("exactly as in the text:", "had waited since January")
    terminal.type("text:", "")
    assert terminal.end() == "1 decided, 1 open"
    assert "quote: had waited since January\n" in text(published)


def test_a_heading_is_edited_where_it_stands_and_not_typed_anew(published):
    terminal = Terminal(published)
    terminal.press("s")
    terminal.press("e")
    terminal.type("date (- for none):", "")
    terminal.until("text:")
    terminal.until("Claim")
    os.write(terminal.fd, b" of the city\r")
    assert terminal.end() == "1 decided, 1 open"
    assert "    text: Claim of the city\n" in text(published)
    assert "date: 2016-01\n" in text(published)


def test_what_was_typed_before_a_refused_answer_is_not_lost(published):
    """An entry that is added: its quote is refused at once, before the date and the heading are asked for."""
    terminal = Terminal(published)
    terminal.press("*")
    terminal.type("quote, exactly as in the text", "no such words")
    terminal.until("not done: the quote is not in the text")
    terminal.type("quote, exactly as in the text", "Ann Lee left them")
    terminal.type("date (Enter: none):", "yesterday")
    terminal.until("not done: 'yesterday' is not an EDTF date")
    terminal.type("date (Enter: none):", "2016-01-31")
    terminal.type("heading:", "Ann Lee goes")
    terminal.press("q")
    terminal.end()
    assert "text: Ann Lee goes\n" in text(published)


def test_a_name_is_shown_where_it_stands_by_itself(root):
    """And not in the longer name of somebody else, which comes first in the text."""
    change(root, "Ann Lee left them on Sunday.", "Ann Lee Doe left them on Sunday. Ann Lee wept.")
    longer, short = (
        updates.person("ann-lee-doe-person", "Ann Lee Doe"),
        updates.person("ann-lee-person", "Ann Lee"),
    )
    update(root, replace(FIRST, entities=(JANE, longer, replace(short, score=0.6))))
    terminal = Terminal(root)
    shown = terminal.press("q")
    assert "Ann Lee (person) ann-lee-person" in shown
    assert "Ann Lee wept." in " ".join(shown.split())
    terminal.end()


def twins(root, *given):
    """Names that wait in two articles of the same people, of which the terminal asks whether they are one."""
    entities = (JANE, ANN, *given)
    update(root, replace(FIRST, entities=entities))


def test_of_two_names_in_the_terminal_the_fuller_one_stands(root):
    board = replace(updates.person("tarn-board-organization", "Tarn Board"), type="organization", score=0.5)
    short = replace(
        updates.person("northern-tarn-board-organization", "Northern Tarn Board"),
        type="organization",
        score=0.4,
    )
    change(root, "The city of Geneva", "The Northern Tarn Board and the Tarn Board said that Geneva")
    twins(root, board, short)
    terminal = Terminal(root)
    assert "Northern Tarn Board" in terminal.press("m")
    terminal.type("the same as", "1")
    terminal.press("q")
    terminal.end()
    assert "- {decision: same, name: Tarn Board, other: Northern Tarn Board}" in text(root, DECISIONS)


def test_a_name_whose_decision_was_given_up_is_asked_about_again(root):
    """And does not slip among those that one key accepts."""
    one = replace(updates.person("jane-q-doe-person", "J. Doe"), score=0.99)
    change(root, "The city of Geneva", "J. Doe said that Geneva")
    twins(root, one, *(updates.person(f"p{n}-lee-person", f"P{n} Lee") for n in range(3)))
    terminal = Terminal(root)
    while "J. Doe (person)" not in (shown := terminal.until("q  quit")):
        os.write(terminal.fd, b"s")
    os.write(terminal.fd, b"m")
    terminal.type("the same as", "")
    assert "J. Doe (person)" in terminal.press("q")
    assert shown
    terminal.end()


def test_who_a_question_names_is_offered_first_and_who_is_gone_not_at_all():
    records = {id_: Record(id_, title, "person") for id_, title in (("ann", "Ann Lee"), ("bob", "Bob Moe"))}
    assert [one.id for one in candidates("", records, first=["bob", "gone"])] == ["bob"]
    assert [one.id for one in candidates("lee", records, first=["bob"])] == ["bob", "ann"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--bulk", "--entity"), "--entity and --bulk are two reviews"),
        (("--kind", "twin"), "--kind is a filter of --entity and --bulk"),
        (("--score-below", "0.5", "--events"), "--score-below is a filter of --entity and --bulk"),
        (("--type", "place", "--changes"), "--type is a filter of --entity and --bulk"),
        (("--new",), "--new is a filter of --entity and --bulk"),
        (("--known",), "--known is a filter of --entity and --bulk"),
        (("--words", "Lenn"), "--words is a filter of --entity, --bulk and --events"),
        (("--maker", "bot", "--events"), "--maker is not a filter of --events"),
        (("--bulk", "--yes"), "--yes needs a decision"),
        (("--edit",), "--edit needs a page"),
        (("--changes", "content"), "--changes takes no PATH"),
    ],
)
def test_an_option_that_would_do_nothing_is_refused(tmp_path, words, told):
    assert told in printed(tmp_path, "review", *words, code=2)
