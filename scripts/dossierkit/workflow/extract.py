"""`dossier extract`: the extractor over JSON Lines."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import click

from dossierkit.extract.authority import build
from dossierkit.extract.identity.clusters import join
from dossierkit.extract.names.spacy_names import NamesError, chosen
from dossierkit.extract.pipeline import extract
from dossierkit.model.diagnostic import Diagnostic, DiagnosticsError
from dossierkit.model.edtf import EdtfError, parse
from dossierkit.model.finding import Event, Extraction
from dossierkit.model.source import Article
from dossierkit.parallel.fence import LIMIT, Loss, OverdueError, limited, lost, trouble
from dossierkit.store.files import whole
from dossierkit.text.language import detect
from dossierkit.workflow.progress import watched

_CODE = "D420"
_KEYS = {"id": str, "text": str, "title": str, "published": str, "lang": str, "publisher": str}


class UnreadableInputError(DiagnosticsError):
    """The input cannot be read: the command ends with 2."""

    exit_code = 2


def run(  # noqa: PLR0913 -- one parameter per option
    jsonl: Path,
    out: Path,
    authority: Path | None = None,
    *,
    model: bool = True,
    names: str = "",
    limit: float = LIMIT,
) -> tuple[Diagnostic, ...]:
    """Read articles, write the extraction of each, in the same order; return the problems of single articles.

    An article with a problem gets a line with the error. Nothing is written if a line of the input is wrong. `names`: the
    value of the setting of that name, which selects what finds names; without `model`, only records, cues and rules do.
    `limit`: seconds for one article. Raises DiagnosticsError with every wrong line, and click.UsageError if the named network
    is not installed.
    """
    articles = _read(jsonl)
    known = build(_records(authority))
    try:
        finder = chosen(names if model else "none")
    except NamesError as error:
        raise click.UsageError(str(error)) from None
    results = [
        _extracted(article, f"{jsonl}: {article.id}", lambda article: extract(article, known, finder), limit)
        for article in watched(articles, len(articles), "Extracting")
    ]
    fine = [
        (article, result)
        for article, result in zip(articles, results, strict=True)
        if isinstance(result, Extraction)
    ]
    joined = iter(join([article for article, _ in fine], [extraction for _, extraction in fine], known))
    _write(out, (_line(article, result, joined) for article, result in zip(articles, results, strict=True)))
    return tuple(result for result in results if isinstance(result, Diagnostic))


def _extracted(
    article: Article, name: str, find: Callable[[Article], Extraction], limit: float
) -> Extraction | Diagnostic:
    try:
        with limited(limit):
            return find(article)
    except OverdueError:
        return lost(name, Loss(limit))
    except Exception as error:  # noqa: BLE001 -- any error concerns this article only
        return trouble(name, error)


def _line(article: Article, result: Extraction | Diagnostic, joined: Iterator[Extraction]) -> str:
    record = (
        {"id": article.id, "error": {"code": result.code, "message": result.message}}
        if isinstance(result, Diagnostic)
        else as_json(next(joined))
    )
    return json.dumps(record, ensure_ascii=False, separators=(", ", ": "))


def _records(folder: Path | None) -> Iterable[Any]:
    if folder is None:
        return ()
    if not folder.is_dir():
        raise UnreadableInputError(
            [Diagnostic(str(folder), 0, 0, _CODE, "is not a folder: name the folder of entity pages")]
        )
    from dossierkit.store.content import load_records  # noqa: PLC0415 -- heavy

    return load_records(folder).values()


def _read(path: Path) -> list[Article]:
    try:
        data = path.read_bytes()
    except OSError as error:
        message = f"cannot be read ({error.strerror}): check the name and the rights"
        raise UnreadableInputError([Diagnostic(str(path), 0, 0, _CODE, message)]) from None
    articles: list[Article] = []
    problems: list[Diagnostic] = []
    lines: dict[str, int] = {}
    for number, line in enumerate(data.split(b"\n"), start=1):
        if line.strip():
            try:
                articles.append(_article(path, number, line, lines))
            except DiagnosticsError as error:
                problems.extend(error.problems)
    if problems:
        raise UnreadableInputError(problems)
    return articles


def _article(path: Path, number: int, line: bytes, lines: dict[str, int]) -> Article:
    """One line as an article. Raises DiagnosticsError."""
    record = _record(path, number, line)
    wrong = list(_wrong(record))
    id_ = record.get("id")
    if isinstance(id_, str) and lines.setdefault(id_, number) != number:
        wrong.append(f"the id {id_!r} is already in line {lines[id_]}: ids must differ")
    if wrong:
        raise DiagnosticsError(Diagnostic(str(path), number, 1, _CODE, message) for message in wrong)
    return Article(
        id=record["id"],
        text=record["text"],
        title=record.get("title") or "",
        published=record.get("published") or None,
        lang=record.get("lang") or detect(record["text"]).lang,
        publisher=record.get("publisher") or "",
    )


def _record(path: Path, number: int, line: bytes) -> dict[str, Any]:
    try:
        record = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        message = f"byte {error.start + 1} of the line is not UTF-8: save the file as UTF-8"
        raise DiagnosticsError([Diagnostic(str(path), number, error.start + 1, _CODE, message)]) from None
    except (json.JSONDecodeError, RecursionError) as error:
        column = error.colno if isinstance(error, json.JSONDecodeError) else 1
        reason = error.msg if isinstance(error, json.JSONDecodeError) else "nested too deeply"
        message = f'is not JSON ({reason}): expected one object a line, such as {{"id": "a1", "text": "..."}}'
        raise DiagnosticsError([Diagnostic(str(path), number, column, _CODE, message)]) from None
    if not isinstance(record, dict):
        message = (
            f'is a {type(record).__name__}, not an object: expected for example {{"id": "a1", "text": "..."}}'
        )
        raise DiagnosticsError([Diagnostic(str(path), number, 1, _CODE, message)])
    return record


def _wrong(record: dict[str, Any]) -> Iterator[str]:
    for name, type_ in _KEYS.items():
        value = record.get(name)
        if value is None and name in ("id", "text"):
            yield f"has no `{name}`: every line needs `id` and `text`"
        elif value is not None and not isinstance(value, type_):
            yield f"`{name}` is a {type(value).__name__}, not a string"
    published = record.get("published")
    if isinstance(published, str) and published:
        try:
            parse(published)
        except EdtfError as error:
            yield f"`published`: {error}"


def as_json(extraction: Extraction) -> dict[str, Any]:
    """The record of one article in the output of `dossier extract`; offsets are code points, half open."""
    return {
        "id": extraction.id,
        "sentences": [{"start": s.start, "end": s.end} for s in extraction.sentences],
        "entities": [
            {"start": m.start, "end": m.end, "text": m.text, "type": m.type, "entity": m.entity} for m in extraction.mentions
        ],
        "timexes": [
            {
                "start": t.start, "end": t.end, "text": t.text, "type": t.type, "value": t.value, "edtf": t.edtf,
                "relative": t.relative, **({"anchor": t.anchor} if t.anchor else {}),
            }
            for t in extraction.timexes
        ],
        "events": [_event(event) for event in extraction.events if event.date is not None],
        "notes": list(extraction.notes),
    }  # fmt: skip


def _event(event: Event) -> dict[str, Any]:
    timex = {} if event.timex is None else {"timex": event.timex}
    dated_by = {"dated_by": event.dated_by} if event.dated_by else {}
    return {
        "date": event.date, "start": event.start, "end": event.end, **timex, "entities": list(event.entities),
        "quote": event.quote, "text": event.text, "score": event.score, "reason": event.reason, "proposed": event.proposed,
        **dated_by,
    }  # fmt: skip


def _write(out: Path, lines: Iterable[str]) -> None:
    """Write all lines or none."""
    try:
        with whole(out) as file:
            file.writelines(f"{line}\n".encode("utf-8", "surrogatepass") for line in lines)
    except OSError as error:
        message = f"cannot be written ({error.strerror}): check that the folder exists and may be written to"
        raise UnreadableInputError([Diagnostic(str(out), 0, 0, _CODE, message)]) from None
