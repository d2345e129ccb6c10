"""A decision for the whole site, carried out at once in every page where what it is about waits undecided."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from dossierkit.evidence.candidates.learnt import begins, words
from dossierkit.merge.decide import forget, retype
from dossierkit.merge.open import Open, open_items
from dossierkit.merge.standing import stand
from dossierkit.model.decision import Decision
from dossierkit.model.diagnostic import DiagnosticsError
from dossierkit.model.page import EntityRef, TimelineEntry
from dossierkit.store import decisions
from dossierkit.store import proposal as proposals
from dossierkit.store.edit import EditError
from dossierkit.text.fold import fold
from dossierkit.workflow.repository import Repository
from dossierkit.workflow.review.sheet import sheet_of


def everywhere(repository: Repository, pages_about: Callable[[Decision], Iterable[str]]) -> None:
    """Carry out the decisions that the desk adds, in all pages. What cannot be read or edited in place is left for an update.

    `pages_about`: the pages in which what a decision is about may wait.
    """
    new = (
        _decisions(repository) - _decisions(Repository(repository.root))
        if decisions.PATH in repository.pending
        else frozenset()
    )
    wanted = {decision: tuple(pages_about(decision)) for decision in sorted(new)}
    for path in sorted({path for paths in wanted.values() for path in paths}):
        for decision in (one for one, paths in wanted.items() if path in paths):
            try:
                _in_page(repository, path, decision)
            except (DiagnosticsError, EditError):
                continue


def _decisions(repository: Repository) -> frozenset[Decision]:
    return frozenset(decisions.load((repository.read(decisions.PATH) or b"").decode("utf-8", "replace")))


def _in_page(repository: Repository, path: str, decision: Decision) -> None:
    sheet = sheet_of(repository, path, {}, lambda _: "")
    if sheet is None:
        return
    page, last = sheet.page, sheet.last
    while (
        open_ := next((one for one in open_items(page, last) if _is_about(one, decision)), None)
    ) is not None:
        decided = (
            retype(page, last, open_, decision.type)
            if decision.kind == "other_type"
            else forget(page, last, open_)
        )
        page, last = stand(path, decided.text, lambda _: ""), decided.proposal
    if page is not sheet.page:
        repository.write(path, page.text)
        repository.write(sheet.suggested, proposals.dump(last))


def _is_about(open_: Open, decision: Decision) -> bool:
    """Whether an item waits and the decision changes it."""
    item = open_.stand.item if open_.stand and open_.conflict is None else None
    if isinstance(item, TimelineEntry):
        return decision.kind == "heading" and begins(words(item.text), words(decision.name))
    if not isinstance(item, EntityRef) or not item.name or fold(item.name) != fold(decision.name):
        return False
    return decision.kind == "junk" or (decision.kind == "other_type" and item.type != decision.type)
