"""A form of the desk -> a decision of the review engine. Keys are those of the terminal."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dossierkit.desk.application import Visit
from dossierkit.store.edit import EditError
from dossierkit.workflow.review import item_decisions as decisions

_WITHOUT: Mapping[str, decisions.ItemDecision] = {
    "accept": decisions.Accept(),
    "reject": decisions.Reject(),
    "junk": decisions.Junk(),
}
_WITH: Mapping[str, Callable[[str], decisions.ItemDecision]] = {
    "type": decisions.Retype,
    "name": decisions.Rename,
    "record": decisions.MakeRecord,
    "split": decisions.Split,
    "id": decisions.ChangeId,
    "same": decisions.SameAs,
    "not_same": decisions.NotSameAs,
    "unwanted": decisions.Unwanted,
    "answer": decisions.Answer,
}


def asked_decision(visit: Visit) -> tuple[str, str]:
    """Name and value of the decision: in the button (`same:ada-moreau`) or in a field beside it."""
    name, colon, value = visit.form("decision").partition(":")
    return name, value if colon else visit.form(f"value-{name}")


def decision_of(visit: Visit, name: str, value: str) -> decisions.ItemDecision:
    """Raises EditError for an unknown decision."""
    if name in _WITHOUT:
        return _WITHOUT[name]
    if name == "amend":
        return _amended(visit)
    if name not in _WITH:
        raise EditError("`{name}` is not a decision", name=name)
    return _WITH[name](value.strip())


def _amended(visit: Visit) -> decisions.Amend:
    return decisions.Amend(
        visit.form("date").strip(),
        visit.form("text").strip(),
        visit.form("quote").strip(),
        visit.form("prefix"),
        visit.form("suffix"),
    )
