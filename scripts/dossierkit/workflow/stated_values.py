"""Checks the values that the command line and a curator give for a source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TypedDict

import click

from dossierkit.ingest.days import both_days, typed_day
from dossierkit.model.edtf import EdtfError
from dossierkit.model.edtf import parse as parse_edtf
from dossierkit.store.seeds import Knowledge, unusable
from dossierkit.text.fold import slug as to_slug

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
_ONE_ONLY = ("title", "url", "slug")


class GivenValues(TypedDict, total=False):
    """The options of the command line; None or absent if not given."""

    date: str | None
    url: str | None
    publisher: str | None
    lang: str | None
    title: str | None
    author: str | None
    encoding: str | None
    slug: str | None


def checked(options: GivenValues, count: int) -> tuple[Knowledge, str]:
    """The options as knowledge, each checked. Raises click.UsageError."""
    given = {name: str(value).strip() for name, value in options.items() if value is not None}
    slug = given.pop("slug", "")
    if not count:
        raise click.UsageError("nothing to add: name files, folders with files, or addresses")
    for name in _ONE_ONLY if count > 1 else ():
        if name in options and options.get(name) is not None:
            raise click.UsageError(
                f"--{name} is for one file: add the files one by one, or put it in seeds/NAME.yml"
            )
    if slug and not (_SLUG.match(slug) and to_slug(slug) == slug):
        raise click.UsageError(
            f"--slug {slug}: use lower-case a-z, 0-9 and single hyphens, such as {to_slug(slug)}"
        )
    knowledge = Knowledge.of(given)
    wrong = next(wrong_values(knowledge), None)
    if wrong:
        raise click.UsageError(f"--{wrong}")
    return replace(knowledge, date=canonical_date(knowledge.date)), slug


def wrong_values(known: Knowledge) -> Iterator[str]:
    """What is wrong with the values: each message begins with the name."""
    if known.date:
        try:
            canonical_date(known.date)
        except EdtfError as error:
            both = " or ".join(both_days(known.date))
            yield (
                f"date: `{known.date}` may be {both}: write the one that is meant"
                if both
                else f"date: {error}"
            )
    yield from unusable(known)


def canonical_date(date: str) -> str:
    """The date as EDTF: unchanged, or converted from a day as spreadsheets write it. Raises EdtfError."""
    return parse_edtf(typed_day(date) or date).text if date else ""
