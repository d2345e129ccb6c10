"""The question to a model about an article, and its answer as proposals."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from importlib.resources import files
from typing import Any

from dossierkit.evidence.gathering import sentence_anchors
from dossierkit.merge.page_items import LISTS, Item, Page, proposal_items
from dossierkit.model.page import EntityRef
from dossierkit.model.proposal import Proposal
from dossierkit.model.record import Record
from dossierkit.model.submission import Answer, Maker, Refusal, SubmissionError
from dossierkit.store.submissions import MALFORMED, Sent, submission
from dossierkit.text.match import Matcher
from dossierkit.workflow.suggesting.endpoint import Message

_WITHDRAWN = "withdrawn"
_FENCE = "```"


@dataclass(frozen=True, slots=True)
class ModelQuestion:
    """The messages about one article, and the proposer's name for the answers."""

    article: str
    maker: Maker
    messages: tuple[Message, ...]

    def again(
        self, answer: str, items: Sequence[Mapping[str, Any]], judged: Sequence[Answer]
    ) -> ModelQuestion | None:
        """A question that returns refused items with the reasons; None if nothing was refused."""
        refused = [
            {"item": item, **{name: value for name, value in asdict(one).items() if value}}
            for item, one in zip(items, judged, strict=True)
            if isinstance(one, Refusal)
        ]
        if not refused:
            return None
        words = "These items were refused. Send those that you can correct, with true quotes, and leave the others out.\n"
        told = {"role": "user", "content": words + _json(refused)}
        return ModelQuestion(
            self.article, self.maker, (*self.messages, {"role": "assistant", "content": answer}, told)
        )


def prompt() -> str:
    """The instructions that ship with the package."""
    return (files("dossierkit") / "data" / "suggest" / "prompt.txt").read_text(encoding="utf-8")


def question(
    page: Page, text: str, last: Proposal, records: Mapping[str, Record], model: str
) -> ModelQuestion:
    """The question about a page. The proposer's version is a digest of the instructions."""
    article = page.article
    payload = {
        "title": article.title,
        "date": article.date,
        "language": article.lang,
        "sentences": [
            " ".join(text[anchor.start : anchor.end].split())
            for anchor in sentence_anchors(text, article.lang)
        ],
        "records": list(_named(text, records)),
        "proposed": list(_proposed(page, last)),
    }
    instructions = prompt()
    version = f"prompt-{sha256(instructions.encode()).hexdigest()[:8]}"
    messages = ({"role": "system", "content": instructions}, {"role": "user", "content": _json(payload)})
    return ModelQuestion(article.id, Maker(model, version), messages)


def _named(text: str, records: Mapping[str, Record]) -> Iterator[dict[str, Any]]:
    """The records that a text names, as objects for JSON."""
    living = [record for record in records.values() if record.status != _WITHDRAWN]
    found = Matcher([(name.text, record.id) for record in living for name in record.strong_names]).find(text)
    for id_ in sorted({id_ for _, _, id_ in found}):
        yield {
            "id": id_,
            "type": records[id_].type,
            "names": [name.text for name in records[id_].strong_names],
        }


def _proposed(page: Page, last: Proposal) -> Iterator[str]:
    items: list[Item] = [offer.item for name in LISTS for offer in proposal_items(last, name)]
    items += [one.item for name in LISTS for one in page.items(name)]
    yield from dict.fromkeys(
        (item.name or item.id) if isinstance(item, EntityRef) else f"{item.date}: {item.quote}"
        for item in items
    )


def read(answer: str, asked: ModelQuestion) -> tuple[list[Mapping[str, Any]], list[Sent]]:
    """The items of an answer, and each as a proposal for the article that was asked about. Raises ValueError."""
    text = answer.strip()
    if text.startswith(_FENCE):
        text = text.partition("\n")[2].rpartition(_FENCE)[0]
    value = json.loads(text)
    listed = value.get("items") if isinstance(value, dict) else value
    if not isinstance(listed, list):
        raise ValueError("there is no list `items`")  # noqa: TRY004 -- what json raises too
    items: list[Mapping[str, Any]] = [one for one in listed if isinstance(one, dict)]
    return items, [_sent(number, item, asked) for number, item in enumerate(items, 1)]


def _sent(number: int, item: Mapping[str, Any], asked: ModelQuestion) -> Sent:
    maker = {"name": asked.maker.name, "version": asked.maker.version}
    try:
        return Sent(number, submission({**item, "article": asked.article, "maker": maker}))
    except SubmissionError as error:
        return Sent(number, error)
    except RecursionError:
        return Sent(number, SubmissionError(MALFORMED, "it is nested too deeply"))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)
