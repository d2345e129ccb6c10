"""The command `dossier propose`: reads submissions, prints the answers."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from dossierkit.model.diagnostic import Diagnostic
from dossierkit.model.submission import Acceptance, Answer, Refusal, SubmissionError
from dossierkit.store import submissions
from dossierkit.store.submissions import Sent
from dossierkit.text.printable import printable_json
from dossierkit.workflow.say import say_all, say_text
from dossierkit.workflow.submitting import submit

_MOST_BYTES = 64 * 2**20
_STDIN = "-"


def schema() -> None:
    """Print the JSON Schema of one proposal."""
    say_text(json.dumps(submissions.schema(), indent=2))


def command(root: Path, source: str, *, form: str, dry_run: bool) -> bool:
    """Submit the proposals in `source` (a file, or `-`) and print the answers. Returns whether none was refused."""
    sent = _read(source)
    answers = submit.run(root, sent, dry_run=dry_run)
    say_all(json_lines(answers) if form == "json" else _text(source, sent, answers))
    return not any(isinstance(answer, Refusal) for answer in answers)


def _read(source: str) -> tuple[Sent, ...]:
    data = sys.stdin.buffer.read(_MOST_BYTES + 1) if source == _STDIN else Path(source).read_bytes()
    if len(data) > _MOST_BYTES:
        raise click.UsageError(f"{source} is larger than {_MOST_BYTES >> 20} MB: send it in parts")
    try:
        return submissions.read(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise click.UsageError(f"{source}: byte {error.start} is not UTF-8: write it as UTF-8") from None
    except SubmissionError as error:
        raise click.UsageError(f"{source}: {error}") from None


def json_lines(answers: Sequence[Answer]) -> Iterator[str]:
    for answer in answers:
        yield printable_json(as_json(answer), indent=None)


def as_json(answer: Answer) -> dict[str, Any]:
    """An answer as a JSON object."""
    if isinstance(answer, Acceptance):
        return {"accepted": True, "id": answer.id, **({"already": True} if answer.already else {})}
    nearest = {"nearest": asdict(answer.nearest)} if answer.nearest else {}
    return {"accepted": False, "code": answer.code, "why": answer.why, **nearest}


def _text(source: str, sent: Sequence[Sent], answers: Sequence[Answer]) -> Iterator[str]:
    name = "stdin" if source == _STDIN else source
    for one, answer in zip(sent, answers, strict=True):
        if isinstance(answer, Refusal):
            yield refusal_line(name, one.line, answer)
    yield from counted(answers)


def refusal_line(path: str, line: int, answer: Refusal) -> str:
    """A refusal as a line for people."""
    return str(Diagnostic(path, line, 1, answer.code, _mend(answer)))


def counted(answers: Sequence[Answer]) -> Iterator[str]:
    """How many proposals were accepted and refused, and what to do next."""
    refused = sum(isinstance(answer, Refusal) for answer in answers)
    known = sum(isinstance(answer, Acceptance) and answer.already for answer in answers)
    new = len(answers) - refused - known
    yield f"{new} taken, {known} known already, {refused} refused"
    if new:
        yield "They wait with the other proposals: decide on them with `dossier review`."


def _mend(answer: Refusal) -> str:
    return f"{answer.why}. Nearest: “{answer.nearest.quote}”" if answer.nearest else answer.why
