"""The corrections of a page as schema.org has them (https://schema.org/CorrectionComment)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from dossierkit.model.edtf import parse
from dossierkit.model.notice import Correction


def notices(corrections: Iterable[Correction]) -> list[dict[str, Any]]:
    """The value of `correction` of an article, or of the page that describes something else; empty where there is none.

    The property belongs to creative works: a person is never corrected, but the page about them is.
    """
    return [_notice(one) for one in corrections]


def _notice(correction: Correction) -> dict[str, Any]:
    text = " ".join(filter(None, (correction.what, correction.why)))
    date = day(correction.date)
    return {"@type": "CorrectionComment", "text": text} | ({"datePublished": date} if date else {})


def day(edtf: str) -> str | None:
    """A day, month or year as ISO 8601 writes it; schema.org has no word for vaguer dates."""
    known = edtf and parse(edtf).kind in {"day", "month", "year"} and edtf.replace("-", "").isdigit()
    return edtf if known else None
