"""Entities of timeline entries."""

from __future__ import annotations

from collections.abc import Iterator

from dossierkit.check.finding import Finding
from dossierkit.check.sheet import CheckedArticle
from dossierkit.evidence.gathering import strong_forms
from dossierkit.text.match import Matcher
from dossierkit.text.number_of import in_code


def unattributed(subject: CheckedArticle) -> Iterator[Finding]:
    """D206: an entry whose words name an entity that it does not list. Its `entities` are never questioned."""
    matcher = Matcher(_forms(subject))
    by_entry = {item.entry: item.entities for item in subject.evidence.timeline if not item.entry.entities}
    for number, entry in enumerate(subject.page.timeline):
        named = (
            dict.fromkeys(entity for _, _, entity in matcher.find(entry.text)) if entry in by_entry else {}
        )
        if missing := [entity for entity in named if entity not in by_entry[entry]]:
            whole = ", ".join((*missing, *by_entry[entry]))
            message = (
                f"the entry's text names {in_code(missing)}, the sentence of its quote does not, so that the entry stands in no "
                f"timeline there: add `entities: [{whole}]`, without those it does not tell of"
            )
            yield Finding("D206", message, ("timeline", number, "text"))


def _forms(subject: CheckedArticle) -> list[tuple[str, str]]:
    """The forms of an entity in this article: its names, and its linked forms."""
    names = [
        (form, ref.id)
        for ref in subject.page.entities
        for form in strong_forms(ref, subject.records.get(ref.id))
    ]
    found = (
        (subject.text[mention.start : mention.end], mention.entity) for mention in subject.evidence.mentions
    )
    return list(dict.fromkeys((*names, *found)))
