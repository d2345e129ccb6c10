"""Timeline entries and authors from what the front-matter reader gives."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dossierkit.model.media import Author
from dossierkit.model.page import ClaimReview, TimelineEntry

_PLACE = ("line", "col")


def entry(item: Mapping[str, Any]) -> TimelineEntry:
    """An entry from the values of a mapping of `timeline`."""
    values = dict(item)
    review = values.pop("claim_review", None)
    return TimelineEntry(**values, claim_review=_review(review) if review else None)


def author(item: Mapping[str, Any]) -> Author:
    """An author from the values of an item of `authors`: an ORCID without its address."""
    return Author(**{**item, "orcid": item.get("orcid", "").rpartition("/")[2]})


def _review(item: Mapping[str, Any]) -> ClaimReview | None:
    """Without places: no problem is told of it later on. None where it says nothing of a claim, or nothing of what was found."""
    by, reviewer = (tuple(map(_unplaced, item.get(name, ()))) for name in ("by", "reviewer"))
    claim, rating = item.get("claim", ""), item.get("rating", "")
    return ClaimReview(claim, rating, by, reviewer, item.get("url", "")) if claim and rating else None


def _unplaced(item: Mapping[str, Any]) -> Author:
    return author({name: value for name, value in item.items() if name not in _PLACE})
