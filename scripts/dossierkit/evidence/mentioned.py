"""Where a text names the entities of its page; proposals, pages and checks all use this."""

from __future__ import annotations

from collections.abc import Sequence

from dossierkit.extract.mentions.common_words import is_common_word
from dossierkit.text.match import same_form
from dossierkit.text.named import Bearer, NamedForms, named

_PLAIN = frozenset({"", "en"})
"""Languages without such words: English has rules of its own in text.other_names."""


def mentioned(text: str, title: str, lang: str, bearers: Sequence[Bearer]) -> NamedForms:
    """Their mentions, without names that are ordinary words where they stand ("دعم مالي" is financial support, not Mali's).

    `lang`: BCP 47. A form that the page gives itself counts wherever it stands: somebody decided so.
    """
    found = named(text, title, bearers)
    base = lang.partition("-")[0].lower()
    if base in _PLAIN:
        return found
    types = {bearer.id: bearer.type for bearer in bearers}
    given = {same_form(form) for bearer in bearers for form in bearer.here}
    spans = tuple(
        span
        for span in found.spans
        if same_form(text[span.start : span.end]) in given
        or not is_common_word(text, span.start, span.end, types[span.entity], base)
    )
    return NamedForms(spans, found.unsettled)
