"""Make the proposal from article and extraction: entities, timeline entries, questions, each with its quotes."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence

from dossierkit import __version__
from dossierkit.extract.authority import Authority
from dossierkit.extract.forms import bare
from dossierkit.extract.identity.doubts import doubts
from dossierkit.extract.lexicon import known_place, states
from dossierkit.extract.mentions.nameless import nameless
from dossierkit.extract.quotable import Quotable
from dossierkit.model.finding import Event, Extraction, Mention, Sentence, Timex
from dossierkit.model.proposal import Proposal, ProposedEntity, ProposedEntry
from dossierkit.model.record import ENTITY_TYPES
from dossierkit.model.source import Article
from dossierkit.text.declension import full_forms
from dossierkit.text.fold import fold

_ENTITY_SCORE = 0.45
_NUMBERED = {
    "unsc-resolution-": "UN Security Council Resolution",
    "unga-resolution-": "UN General Assembly Resolution",
    "executive-order-": "Executive Order",
}
EXTRACTOR = f"dossierkit {__version__} rules 2"


def propose(article: Article, extraction: Extraction, authority: Authority) -> Proposal:
    """The proposal for one article. Keys depend on what an item says, so they survive edits elsewhere in the text."""
    entities = tuple(_entities(article, extraction, authority))
    return Proposal(
        extractor=EXTRACTOR,
        input=fingerprint(article),
        entities=entities,
        timeline=tuple(_timeline(article, extraction, {entity.entity for entity in entities})),
        questions=tuple(doubts(article.text, extraction, authority)),
        notes=extraction.notes,
    )


def fingerprint(article: Article) -> str:
    """SHA-256, in hexadecimal, of the text, title, date and language of an article."""
    parts = [article.text, article.title, article.published, article.lang]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=True).encode("ascii")).hexdigest()


def item_key(*parts: str) -> str:
    """A short stable key from the content of an item (first 12 hexadecimal digits of a SHA-256)."""
    folded = "\x1f".join(fold(part) for part in parts)
    return hashlib.sha256(folded.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _entities(article: Article, extraction: Extraction, authority: Authority) -> Iterator[ProposedEntity]:
    mentions: defaultdict[str, list[Mention]] = defaultdict(list)
    for mention in extraction.mentions:
        if mention.entity and mention.type in ENTITY_TYPES:
            mentions[mention.entity].append(mention)
    for id_, named in mentions.items():
        sure = max(mention.score for mention in named) >= _ENTITY_SCORE
        named_by = named[0].type == "document" or not (
            article.lang[:2] == "en" and nameless(article.text, named)
        )
        new = sure and named_by and not _borne_by_several(_display(id_, named), authority)
        if id_ in authority.records or new:
            yield _entity(article.text, id_, named, extraction.sentences, authority)


def _entity(
    text: str, id_: str, named: Sequence[Mention], sentences: Sequence[Sentence], authority: Authority
) -> ProposedEntity:
    record = authority.records.get(id_)
    best = max(named, key=lambda m: (m.score, len(bare(m.text, m.type)), -m.start))
    forms = tuple(dict.fromkeys(" ".join(mention.text.split()) for mention in named))
    sentence = _sentence_at(sentences, best.start)
    return ProposedEntity(
        key=item_key("entity", id_),
        entity=id_,
        name=record.title if record else _display(id_, named),
        type=record.type if record else _type(next((one for one in named if one.type == "document"), best)),
        known=record is not None,
        forms=forms,
        mentions=len(named),
        start=best.start,
        end=best.end,
        quote=text[sentence.start : sentence.end],
        score=round(best.score, 2),  # digits below this differ between processors
        reason=best.reason,
        also=_also(forms, record is not None, id_, authority),
    )


def _borne_by_several(name: str, authority: Authority) -> bool:
    """Whether several records have the name; then a question asks which, and a new record would not help."""
    return len(authority.by_name.get(fold(name), ())) > 1


def _type(mention: Mention) -> str:
    """Proposals list countries and cities as places, also where they act ("Russia agreed")."""
    return "place" if mention.type == "organization" and known_place(mention.text) else mention.type


def _display(id_: str, named: Sequence[Mention]) -> str:
    """The display name: the longest bare form that is not an acronym, if there is one; numbered documents by kind and number."""
    for prefix, kind in _NUMBERED.items():
        if id_.startswith(prefix):
            return f"{kind} {id_.removeprefix(prefix).replace('-', '/')}"
    names = [_cased(bare(" ".join(mention.text.split()), mention.type), mention.type) for mention in named]
    first = {fold(word) for word in next((name for name in names if " " in name), "").split()}
    # no nickname: "Commander Owl"
    same = [name for name in names if not first.isdisjoint(fold(name).split())]
    # "Movement of Lenn" before "(Movimento de Lenn)", but "Ada Moreau" behind "A. Moreau"
    body = named[0].type == "organization"
    return max(
        same or names, key=lambda name: (not name.isupper(), len(name.split()), 0 if body else len(name))
    )


def _cased(name: str, type_: str) -> str:
    """A person's full name in capitals ("ADA MOREAU"), or a dateline's place ("TARN CITY"), cased like names elsewhere; a state written out."""
    if type_ == "place" and (state := states().get(name.rstrip("."))):
        return state
    full = (type_ == "person" and " " in name) or (
        type_ == "place" and len(name.replace(".", "")) > len("USSR")
    )
    return name.title() if full and name.isupper() else name


def _also(forms: Sequence[str], known: bool, id_: str, authority: Authority) -> tuple[str, ...]:  # noqa: FBT001
    """Forms of a known entity that its record lacks; for a document ("2268") only if it has no other.

    Weak aliases count as listed only beside a strong name, as on the page.
    """
    if not known:
        return ()
    record = authority.records[id_]
    strong = set(map(fold, full_forms(record)))
    weak = {fold(name.text) for name in record.weak_aliases}
    listed = strong | weak if any(fold(form) in strong for form in forms) else strong
    unlisted = tuple(form for form in forms if fold(form) not in listed)
    return () if record.type == "document" and len(unlisted) < len(forms) else unlisted


def _sentence_at(sentences: Sequence[Sentence], offset: int) -> Sentence:
    low, high = 0, len(sentences)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if sentences[middle].start <= offset else (low, middle)
    return sentences[low]


def _timeline(article: Article, extraction: Extraction, known: set[str]) -> Iterator[ProposedEntry]:
    quotable = Quotable(article.text)
    seen: set[str] = set()
    for event in extraction.events:
        if event.proposed:
            timex = extraction.timexes[event.timex] if event.timex is not None else None
            entry = _entry(article.text, event, timex, known, quotable)
            if entry.key not in seen:
                seen.add(entry.key)
                yield entry


def _entry(
    text: str, event: Event, timex: Timex | None, known: set[str], quotable: Quotable
) -> ProposedEntry:
    start = text.find(event.quote, event.start, event.end)
    end = start + len(event.quote)
    before, after = quotable.surroundings(start, end)
    # "on or before" the day of the report is the same item as on it, so that a decision about one holds for the other
    day = (event.date or "").removeprefix("[..").removesuffix("]") if event.dated_by else event.date
    return ProposedEntry(
        key=item_key("event", day or (timex.value if timex else ""), event.quote),
        date=event.date or "",
        when=event.when,
        text=event.text,
        quote=event.quote,
        prefix=before,
        suffix=after,
        entities=tuple(entity for entity in event.entities if entity in known),
        start=start,
        end=end,
        score=event.score,
        reason=event.reason,
        anchor=timex.anchor if timex else "",
        dated_by=event.dated_by,
    )
