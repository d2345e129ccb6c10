"""What the engine says: every sentence of it is there in every language of the desk, with the same values to fill in."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

import dossierkit
from dossierkit.check.changes.compare import PageChanges
from dossierkit.check.changes.kinds import Change
from dossierkit.desk.change_words import sentence, title
from dossierkit.desk.strings import DeskStrings, languages
from dossierkit.evidence.candidates import likeness
from dossierkit.evidence.candidates.learnt import reason
from dossierkit.evidence.candidates.likeness import likenesses
from dossierkit.model.decision import Decision
from dossierkit.model.diagnostic import Diagnostic
from dossierkit.model.edtf import EdtfError, parse
from dossierkit.model.message import Message, MessageError
from dossierkit.store.decisions import _NEEDS, PATH
from dossierkit.store.edit import EditError
from dossierkit.text.data import load

PACKAGE = Path(dossierkit.__file__).parent
SAYS = {"Message", "MessageError", "EditError", "EdtfError", "ChangedError", "RequestError"}
ONLY_IN_THE_TERMINAL = {"workflow/terminal", "workflow/review/remaining.py", "workflow/review/screen.py"}
OTHERS = [lang for lang in languages() if lang != "en"]
FIELD = re.compile(r"\{(\w+)")


def literals(node: ast.expr) -> list[str] | None:
    """The texts that an argument can be, None where it is no literal."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.IfExp):
        one, other = literals(node.body), literals(node.orelse)
        return None if one is None or other is None else one + other
    return None


@cache
def calls() -> list[tuple[str, ast.Call]]:
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        name = path.relative_to(PACKAGE).as_posix()
        if any(name.startswith(one) for one in ONLY_IN_THE_TERMINAL) or name == "model/message.py":
            continue
        text = path.read_text(encoding="utf-8")
        if not any(says in text for says in SAYS):
            continue
        nodes = (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call) and node.args)
        found += [(f"{name}:{node.lineno}", node) for node in nodes if getattr(node.func, "id", "") in SAYS]
    return found


def templates() -> set[str]:
    return {text for _, call in calls() for text in literals(call.args[0]) or [] if text}


def test_an_error_is_raised_with_a_template_or_with_a_message():
    """A sentence that is put together before can be found in no other language."""
    wrong = [
        where
        for where, call in calls()
        if isinstance(call.args[0], ast.JoinedStr | ast.BinOp)
        or (isinstance(call.args[0], ast.Call) and getattr(call.args[0].func, "id", "") == "str")
    ]
    assert wrong == []
    assert len(templates()) > 60


@pytest.mark.parametrize("lang", OTHERS)
def test_every_message_is_there_with_the_same_values(lang):
    known = load(f"messages/{lang}")["messages"]
    hints = {hint for _, hint in _hints()}
    assert templates() | hints | {"something prevents it"} == known.keys()
    assert [
        text for text, said in known.items() if set(FIELD.findall(said)) != set(FIELD.findall(text))
    ] == []


def _hints() -> list[tuple[str, str]]:
    from dossierkit.model import edtf_point  # noqa: PLC0415

    return [(pattern, hint) for pattern, hint in edtf_point._HINTS]


@pytest.mark.parametrize("lang", OTHERS)
def test_every_problem_has_a_title(lang):
    known = load(f"messages/{lang}")["problems"]
    assert known.keys() == load("problems").keys()
    assert all(title.strip() for title in known.values())


@pytest.mark.parametrize("lang", OTHERS)
def test_reasons_are_the_same_in_every_language(lang):
    assert load(f"messages/{lang}")["reasons"].keys() == load("messages/fr")["reasons"].keys()


@pytest.mark.parametrize("lang", OTHERS)
def test_the_reasons_of_proposals_and_twins_are_known(browser, lang):
    """Those that the machine gave for a folder, and those of every rule about twins."""
    known = load(f"messages/{lang}")["reasons"]
    proposed = {
        part.partition(": ")[0]
        for article in browser.desk.index.articles.values()
        for one in (*article.last.entities, *article.last.timeline)
        for part in one.reason.split("; ")
    }
    source = ast.parse((PACKAGE / "evidence/candidates/likeness.py").read_text(encoding="utf-8"))
    rules = next(
        node
        for node in source.body
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "_RULES"
    )
    reasons = (rule.elts[0] for rule in rules.value.elts)
    twins = {one.value if isinstance(one, ast.Constant) else vars(likeness)[one.id] for one in reasons}
    assert likenesses([]) == ()
    assert len(twins) > 12
    assert (proposed | twins) - known.keys() == set()


@pytest.mark.parametrize("lang", OTHERS)
def test_reasons_with_words_of_the_text_are_known(lang):
    rules = "".join(one.read_text(encoding="utf-8") for one in PACKAGE.glob("extract/languages/*/names.py"))
    found = set(re.findall(r'f"([^"{]*“)\{[^"]+\}”"', rules))
    assert {"after the word “", "after the title “"} <= found
    for words in found:
        told = DeskStrings(lang).reason(f"{words}Parquet”; title")
        assert "Parquet" in told
        assert words.rstrip("“") not in told


@pytest.mark.parametrize("lang", OTHERS)
@pytest.mark.parametrize("kind", _NEEDS)
def test_decisions_for_the_whole_site_are_told_in_words_of_the_language(lang, kind):
    decision, t = Decision(kind, "A “B” C", "place", "D"), DeskStrings(lang)
    for english in (decision.words, reason(decision)):
        told = t.reason(english)
        assert "A “B” C" in told
        assert not re.search(r"\b(is|are|decided|place)\b", told)
    change = Change("decision", "added", decision.words)
    assert t.reason(decision.words) in sentence(change, t)
    assert (
        title(PageChanges(PATH, "", "decisions for the whole site", "changed", (change,)), t)
        == t.changes["what"]["decision"]
    )


def test_messages_are_filled_in_with_what_they_are_about():
    french = DeskStrings("fr")
    error = EditError("“{text}” does not begin with “{opening}”", text="a {b}", opening="c")
    assert str(error) == "“a {b}” does not begin with “c”"
    assert french.message(error.message) == "«\u00a0a {b}\u00a0» ne commence pas par «\u00a0c\u00a0»"
    with pytest.raises(EdtfError) as wrong:
        parse("30.05.2016")
    assert (
        str(wrong.value)
        == "'30.05.2016' is not an EDTF date; write the year first: 2016-05-30 for 30 May 2016"
    )
    assert french.message(wrong.value.message).endswith(
        "écrivez l’année d’abord\u00a0: 2016-05-30 pour le 30 mai 2016"
    )


def test_problems_are_told_after_their_title():
    problem = Diagnostic("a.md", 1, 1, "D201", "the quote “x” is not in the text")
    both = Message("{problems}", {"problems": (problem, problem)})
    assert DeskStrings("en").message(both) == f"{problem.message}; {problem.message}"
    assert (
        DeskStrings("fr").problem(problem)
        == f"Une citation ne figure pas dans le texte\u00a0: {problem.message}"
    )
    assert DeskStrings("ar").message(both).count("اقتباس ليس في النص") == 2


def test_what_nobody_has_translated_is_said_in_english():
    assert DeskStrings("ar").message(Message("new {what}", {"what": 1})) == "new 1"
    assert DeskStrings("fr").reason("by a rule of mine; title") == "by a rule of mine; titre"
    assert MessageError(Message("x")).message == Message("x")


@pytest.mark.parametrize(("lang", "words"), [("fr", "ne figure pas dans le texte"), ("ar", "ليس في النص")])
def test_the_desk_says_in_the_language_of_the_page_why_something_was_not_done(browser, lang, words):
    id_ = "2016/chair-of-the-council-resigns"
    browser.get(f"/article/{id_}", **{"Accept-Language": lang})
    fields = {
        **browser._forms()[[one[0] for one in browser._forms()].index(f"/add-name/{id_}")][1],
        "words": "Rhine",
        "type": "place",
    }
    browser.post(f"/add-name/{id_}", fields, **{"Accept-Language": lang})
    assert words in browser.said()


def said_of_changes() -> set[tuple[str, str]]:
    """Every kind of change that a comparison can tell, with how it came: read from its modules."""
    found = set()
    for path in (PACKAGE / "check/changes").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = getattr(getattr(node, "func", None), "id", "")
            if name in ("Change", "listed") and isinstance(node.args[0], ast.Constant):
                hows = (
                    [node.args[1].value]
                    if name == "Change" and isinstance(node.args[1], ast.Constant)
                    else ["added", "removed", "moved"]
                )
                found |= {(node.args[0].value, how) for how in hows}
    return found


@pytest.mark.parametrize("lang", OTHERS)
def test_changes_are_told_in_words_of_the_language(lang):
    t = DeskStrings(lang)
    kinds = said_of_changes() | {
        (what, "added")
        for what in (
            "alias",
            "weak alias",
            "identifier",
            "not the same as",
            "article",
            "cast",
            "corrections",
            "authors",
            "image",
            "media",
            "redirects",
            "withdrawn",
            "sources",
            "source.earlier",
        )
    }
    assert len(kinds) > 20
    for what, how in kinds:
        told = sentence(Change(what, how, name="NAME"), t)
        assert t.changes["what"][what] in told
        assert f"({how})" not in told
    assert (
        sentence(
            Change("status", "changed", field="status", before="draft", after="published"), DeskStrings("fr")
        )
        == "État\u00a0: Brouillon → Publié"
    )
    assert (
        sentence(Change("article", "added", "2016/talks"), DeskStrings("fr"))
        == "article (ajout)\u00a0: 2016/talks"
    )
    assert (
        sentence(Change("article", "added", "2016/talks"), DeskStrings("en")) == "2016/talks (article added)"
    )


def test_changes_read_from_right_to_left_in_arabic():
    """An id keeps its order between Arabic words, and arrow and comma are those of the line."""
    t = DeskStrings("ar")
    assert "\u20682016/talks\u2069" in sentence(Change("article", "added", "2016/talks"), t)
    assert " ← " in sentence(
        Change("status", "changed", field="status", before="draft", after="published"), t
    )
    edited = Change("event", "changed", "وصول الوفد", field="text", before="وصل", after="غادر")
    assert "وصول الوفد، " in sentence(edited, t)


@pytest.mark.parametrize("lang", OTHERS)
def test_the_view_of_changes_speaks_the_language(browser, root, lang):
    page = next((root / "content/articles").rglob("*.md"))
    page.write_text(
        page.read_text(encoding="utf-8").replace("status: draft", "status: reviewed"), encoding="utf-8"
    )
    shown = browser.get("/changes", **{"Accept-Language": lang}).text
    assert DeskStrings(lang)("status.reviewed") in shown
    assert "status: draft" not in shown
