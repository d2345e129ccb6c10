"""Which way a language is written."""

from __future__ import annotations

# Scripts written from right to left, by the languages that use them (ISO 639-1/3; CLDR's characterOrder).
_RTL = frozenset("ar arc arz ckb dv fa he ks ku-arab nqo ps sd syr ug ur yi".split())


def direction(lang: str) -> str:
    """`rtl` or `ltr` for a BCP 47 tag; unknown tags are `ltr`."""
    tag = lang.lower()
    return "rtl" if tag in _RTL or tag.partition("-")[0] in _RTL else "ltr"
