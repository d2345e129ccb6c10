"""Identifiers of other authorities: form, equality, address."""

from __future__ import annotations

import re

from dossierkit.text.data import load


def malformed(identifier: str) -> str:
    """What is wrong with it; "" if nothing is, or its authority is unknown."""
    if re.match(r"https?://[^\s/]+\.[^\s/]+(/\S*)?\Z", identifier):
        return ""
    scheme, colon, value = identifier.partition(":")
    if not colon or not re.fullmatch(r"[a-z][a-z0-9.+-]*", scheme) or not value or re.search(r"\s", value):
        return f"`{identifier}` is not an identifier: write `wikidata:Q858`, or an address with https://"
    known = load("identifiers").get(scheme)
    if known and not re.fullmatch(known["form"], value):
        return f"`{identifier}` is no {known['name']} identifier: expected for example `{scheme}:{known['example']}`"
    return ""


def canonical(identifier: str) -> str:
    """The key under which two spellings of one identifier are equal: an authority's address becomes its short form."""
    for scheme, known in load("identifiers").items():
        match = re.fullmatch(known["address"], identifier) if "address" in known else None
        if match:
            return f"{scheme}:{match[1]}"
    return identifier.rstrip("/")


def address(identifier: str) -> str:
    """Its web address; "" if its authority is unknown or has none."""
    same = canonical(identifier)
    scheme, _, value = same.partition(":")
    page = load("identifiers").get(scheme, {}).get("page", "")
    return (
        page.format(value) if page else identifier if identifier.startswith(("https://", "http://")) else ""
    )
