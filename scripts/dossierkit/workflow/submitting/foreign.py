"""`dossier propose --from`: matches other programs' statements with articles here, and checks them like any proposal."""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

import click

from dossierkit.ingest.foreign import dossier, ftm, okf, uwazi
from dossierkit.model.foreign import ForeignArticle, ForeignEntity, ForeignItem, ForeignReading
from dossierkit.model.page import ArticlePage
from dossierkit.model.record import Record
from dossierkit.model.submission import Answer, Refusal, Submission, SubmissionError
from dossierkit.store import submissions
from dossierkit.store.content import load_content
from dossierkit.store.submissions import MALFORMED, Sent
from dossierkit.text.fold import fold
from dossierkit.text.identifier import canonical
from dossierkit.text.number_of import number_of
from dossierkit.text.printable import visible
from dossierkit.workflow.records import pack
from dossierkit.workflow.records.imports import MOST_BYTES, text_of, unreadable
from dossierkit.workflow.say import say_all
from dossierkit.workflow.submitting import submit
from dossierkit.workflow.submitting.answers import counted, json_lines, refusal_line

_NAMES = {
    "dossier": "dossier export",
    "ftm": "FollowTheMoney",
    "uwazi": "Uwazi",
    "okf": "Open Knowledge Format",
}
_NO_ARTICLE, _NO_RECORD = "D302", "D301"
_NO_QUOTE = "it has no quote: nothing is proposed without a quote"
_VERSION = 8


@dataclass(frozen=True, slots=True)
class ForeignOptions:
    """How an input is read. `form`: dossier, ftm, uwazi or okf; `columns`: see `ingest.foreign.uwazi`; `answer`: text or json."""

    form: str
    columns: Mapping[str, Sequence[str]]
    answer: str


def columns(given: Iterable[str]) -> dict[str, list[str]]:
    """The columns by key, from options `KEY=LABEL`, of which several may have one key. Raises click.UsageError."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for one in given:
        key, equals, label = one.partition("=")
        if not equals or key not in uwazi.KEYS:
            raise click.UsageError(f"--column {one}: expected KEY=LABEL, KEY one of {', '.join(uwazi.KEYS)}")
        found[key].append(label)
    return dict(found)


def command(root: Path, source: Path, wanted: ForeignOptions, *, dry_run: bool) -> bool:
    """Submit the statements in another program's export, and print the answers. Returns whether none was refused.

    Raises click.UsageError, DiagnosticsError (D430, D432) if it cannot be read.
    """
    if wanted.columns and wanted.form != "uwazi":
        raise click.UsageError("--column is for `--from uwazi`: the other formats name what they hold")
    texts = _texts(source, wanted.form)
    reading = _read(texts, source.as_posix(), wanted)
    digest = sha256("".join(f"{name}\n{text}" for name, text in sorted(texts.items())).encode())
    maker = {
        "name": _NAMES[wanted.form],
        "version": digest.hexdigest()[:_VERSION],
        "run": visible(source.name)[:80],
    }
    matcher = SubmissionMatcher.of(root, maker)
    sent = [Sent(item.line, matcher.submission(item)) for item in reading.items]
    answers = submit.run(root, sent, dry_run=dry_run)
    say_all(json_lines(answers) if wanted.answer == "json" else _text(reading, answers, matcher))
    return not any(isinstance(answer, Refusal) for answer in answers)


def _texts(source: Path, form: str) -> dict[str, str]:
    """The texts to read, by file name: of a dossier its tables, of a bundle its Markdown. Raises click.UsageError."""
    if form == "okf":
        return _bundle(source)
    if form != "dossier":
        if not source.is_file():
            raise click.UsageError(f"{source} is not a file: `--from {form}` takes one")
        return {source.name: text_of(source)}
    found = {name: text_of(source / name) for name in dossier.TABLES if (source / name).is_file()}
    if missing := [name for name in dossier.REQUIRED if name not in found]:
        raise click.UsageError(
            f"{source} has no {', '.join(missing)}: `--from dossier` takes the folder that `dossier export csv` wrote"
        )
    return found


def _bundle(source: Path) -> dict[str, str]:
    """The Markdown files of a bundle, without symbolic links and hidden folders such as `.git`. Raises click.UsageError."""
    if not source.is_dir():
        raise click.UsageError(f"{source} is not a folder: `--from okf` takes the root of a bundle")
    found: dict[str, str] = {}
    for folder, folders, files in os.walk(source):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for file in (Path(folder, name) for name in sorted(files) if name.endswith(".md")):
            if not file.is_symlink():
                found[file.relative_to(source).as_posix()] = text_of(file)
        if sum(map(len, found.values())) > MOST_BYTES:
            raise unreadable(
                source.as_posix(), f"the bundle has more than {MOST_BYTES:,} characters: split it", "D432"
            )
    return found


def _read(texts: Mapping[str, str], shown: str, wanted: ForeignOptions) -> ForeignReading:
    if wanted.form == "dossier":
        return dossier.read(texts, shown)
    if wanted.form == "okf":
        return okf.read(texts, shown)
    (text,) = texts.values()
    return ftm.read(text, shown) if wanted.form == "ftm" else uwazi.read(text, shown, wanted.columns)


class SubmissionMatcher:
    """Matches statements with articles and records of this repository, and turns them into proposals."""

    def __init__(
        self, articles: Iterable[ArticlePage], records: Iterable[Record], maker: Mapping[str, str]
    ) -> None:
        self._articles = tuple(article for article in articles if article.status != "withdrawn")
        self._records = tuple(record for record in records if record.status != "withdrawn")
        self._maker = maker
        self.unmatched: Counter[str] = Counter()

    @classmethod
    def of(cls, root: Path, maker: Mapping[str, str]) -> SubmissionMatcher:
        """The matcher for the repository at `root`, with the records of its packs."""
        content, _ = load_content(root / "content", root)
        return cls(content.articles.values(), pack.authority(root)[0].values(), maker)

    def submission(self, item: ForeignItem) -> Submission | SubmissionError:
        """The proposal made from a statement, or why there is none."""
        try:
            article = self._article(item.article)
            if not item.quote:
                return SubmissionError(MALFORMED, _NO_QUOTE)
            return submissions.submission({
                "kind": item.kind, "article": article, "maker": self._maker, "quote": item.quote, **self._said(item),
            })  # fmt: skip
        except SubmissionError as error:
            return error

    def _said(self, item: ForeignItem) -> dict[str, Any]:
        if item.kind == "entry":
            known = dict.fromkeys(filter(None, map(self._record, item.entities)))
            return {"date": item.date, "text": item.text, "entities": list(known)}
        if item.kind == "entity":
            (entity,) = item.entities
            return {"entity": self._record(entity) or {"title": entity.title, "type": entity.type}}
        one, other = (self._record(entity) or self._lost(entity) for entity in item.entities)
        dated = {"date": item.date} if item.date else {}
        return {"from": one, "type": item.text, "to": other, **dated}

    def _lost(self, entity: ForeignEntity) -> str:
        message = f"there is no one record of “{visible(entity.title)[:200]}” here: a relation is between two"
        raise SubmissionError(_NO_RECORD, message)

    def _article(self, wanted: ForeignArticle | None) -> str:
        """The article's id, by address, by the hash of the original, or by title and date. Raises SubmissionError (D302)."""
        if wanted is None:
            self.unmatched["it names no article"] += 1
            raise SubmissionError(_NO_ARTICLE, "it names no article")
        for keys, known in (
            (map(_address, wanted.urls), self._by_address),
            ((wanted.sha256,), self._by_hash),
            ((f"{fold(wanted.title)} {wanted.date}",), self._by_title),
        ):
            found = {id_ for key in keys if key for id_ in known.get(key, ())}
            if len(found) == 1:
                return found.pop()
            if found:
                return self._no_article(wanted, f"several articles here are it: {', '.join(sorted(found))}")
        return self._no_article(wanted, "it is none of the articles here")

    def _no_article(self, wanted: ForeignArticle, why: str) -> str:
        message = f"{visible(wanted.shown)[:300] or 'an article'}: {why}"
        self.unmatched[message] += 1
        raise SubmissionError(_NO_ARTICLE, message)

    @cached_property
    def _by_address(self) -> Mapping[str, set[str]]:
        return _index(
            self._articles, lambda article: map(_address, (article.source.url, article.source.archived))
        )

    @cached_property
    def _by_hash(self) -> Mapping[str, set[str]]:
        return _index(self._articles, lambda article: (article.source.sha256,))

    @cached_property
    def _by_title(self) -> Mapping[str, set[str]]:
        return _index(
            self._articles,
            lambda article: (
                (f"{fold(article.title)} {article.date}",) if article.title and article.date else ()
            ),
        )

    def _record(self, wanted: ForeignEntity) -> str:
        """The id of the record with the same identifier, else of the only record with the name; empty if there is none."""
        same = {id_ for key in map(canonical, wanted.same_as) for id_ in self._by_identifier.get(key, ())}
        if len(same) == 1:
            return same.pop()
        bearing = self._by_name.get(fold(wanted.title), ())
        found = {record.id for record in bearing if not wanted.type or record.type == wanted.type}
        return found.pop() if len(found) == 1 else ""

    @cached_property
    def _by_identifier(self) -> Mapping[str, set[str]]:
        return _index(self._records, lambda record: map(canonical, record.same_as))

    @cached_property
    def _by_name(self) -> Mapping[str, list[Record]]:
        found: defaultdict[str, list[Record]] = defaultdict(list)
        for record in self._records:
            for name in {fold(name.text) for name in record.strong_names}:
                found[name].append(record)
        return found


def _index(pages: Iterable[Any], keys: Callable[[Any], Iterable[str]]) -> dict[str, set[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for page in pages:
        for key in keys(page):
            if key:
                found[key].add(page.id)
    return found


def _address(url: str) -> str:
    """The common part of different ways to write an address: no scheme, no fragment, no trailing slash."""
    return url.partition("#")[0].partition("://")[2].rstrip("/")


def _text(reading: ForeignReading, answers: Sequence[Answer], matcher: SubmissionMatcher) -> Iterator[str]:
    """Lines for each refusal; articles that are not in the repository are listed once, with the number of statements."""
    for item, answer in zip(reading.items, answers, strict=True):
        if isinstance(answer, Refusal) and answer.why not in matcher.unmatched:
            yield refusal_line(item.path, item.line, answer)
    for why, number in matcher.unmatched.items():
        yield f"not here ({number_of(number, 'item')}): {why}"
    yield from reading.notes
    yield from counted(answers)
