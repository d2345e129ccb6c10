"""Signs of shares in angle brackets."""

from __future__ import annotations

import pytest

from dossierkit.extract.mentions.tickers import is_ticker
from dossierkit.model.finding import Mention


def mention(text: str, name: str) -> Mention:
    start = text.index(name)
    return Mention(start, start + len(name), name, "organization", 0.9, "name model")


@pytest.mark.parametrize(
    ("text", "name", "sign"),
    [
        ("Shares of Lenntech Corp <LNT.O> rose.", "LNT.O", True),
        ("Shares of Lenntech Corp<LNT> rose.", "LNT", True),
        ("Shares of Lenn AB <LENN.ST> rose.", "LENN", True),
        ("Shares of Lenn AB <LENN ST> rose.", "LENN ST", True),
        ("Shares of a company, <LNT>, rose.", "LNT", False),
        ("Shares of Lenntech <Lenn Holdings> rose.", "Lenn Holdings", False),
        ("Shares of Lenntech <LNT.O> and LNT rose.", "LNT rose", False),
        ("Shares of LNT rose.", "LNT", False),
    ],
)
def test_a_sign_stands_behind_a_name(text: str, name: str, sign: bool) -> None:
    assert is_ticker(text, mention(text, name)) is sign
