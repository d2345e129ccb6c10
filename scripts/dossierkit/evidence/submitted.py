"""Check a proposal made elsewhere against its article: words, date, entities. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property

from dossierkit.evidence.candidates.learnt import Learnt, reason
from dossierkit.evidence.gathering import bearers
from dossierkit.evidence.mentioned import mentioned
from dossierkit.extract.propose import item_key
from dossierkit.extract.timex.find import find_timexes
from dossierkit.merge.match import rejected_item, same_claim
from dossierkit.merge.page_items import ENTITIES, TIMELINE, Item, Page, ProposedItem, proposal_items
from dossierkit.model.edtf import Edtf, parse
from dossierkit.model.finding import Sentence, Timex
from dossierkit.model.page import EntityRef
from dossierkit.model.proposal import Proposal, ProposedEntity, ProposedEntry
from dossierkit.model.record import Record
from dossierkit.model.submission import (
    Acceptance,
    EntitySubmission,
    EntrySubmission,
    Maker,
    Nearest,
    Selector,
    SubmissionError,
)
from dossierkit.text.fold import fold, name_id
from dossierkit.text.likeness import difference, most_like
from dossierkit.text.match import Matcher
from dossierkit.text.named import Bearer
from dossierkit.text.quote import FoldedText, fold_spaces, locate
from dossierkit.text.segment import sentences

ABSENT, AMBIGUOUS, UNNAMED, CONTRADICTED = "D201", "D202", "D203", "D204"
UNDATED, DECIDED = "D211", "D212"
_NONE = "no such date"
_ONE_OF_THEM = "send a date that is one of them or holds one"
_ALIKE = 0.8
UNKNOWN_RECORD, WITHDRAWN, SEVERAL = "D301", "D306", "D314"
_CONTEXT = 40  # code points of a prefix that makes a quote unique

Span = tuple[int, int]


@dataclass(frozen=True)
class SubmissionContext:
    """The article that proposals are checked against. `text`: as readers see it, without the title; `last`: the last proposal.

    `removed_records`: ids of records that were removed or withdrawn; `led`: ids made from names -> the record with that name.
    """

    page: Page
    text: str
    last: Proposal
    records: Mapping[str, Record]
    learnt: Learnt
    removed_records: Collection[str]
    led: Mapping[str, str]

    @cached_property
    def folded(self) -> FoldedText:
        return fold_spaces(self.text)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        return sentences(self.text, self.page.article.lang or "en")

    @cached_property
    def timexes(self) -> tuple[Timex, ...]:
        article = self.page.article
        date, lang = article.date or None, article.lang or "en"
        return find_timexes(self.text, self.sentences, date, lang, article.title)

    @cached_property
    def refs(self) -> tuple[EntityRef, ...]:
        return tuple(
            page_item.item for page_item in self.page.entities if isinstance(page_item.item, EntityRef)
        )


def entity(context: SubmissionContext, sent: EntitySubmission) -> ProposedEntity | Acceptance:
    """The entity as proposed, or its existing key. Raises SubmissionError."""
    span = place(context, sent.words)
    id_ = _entity_id(context, sent)
    record = context.records.get(id_)
    name, type_ = (record.title, record.type) if record else (sent.title, sent.type)
    ref = EntityRef(id_, name="" if record else name, type="" if record else type_)
    forms = _forms(context, ref, span)
    _not_decided(context, ENTITIES, ref)
    if known := _known(context, ENTITIES, ref):
        return Acceptance(known, already=True)
    proposed = ProposedEntity(
        key=item_key("entity", id_),
        entity=id_,
        name=name,
        type=type_,
        known=record is not None,
        forms=forms,
        mentions=len(forms),
        start=span[0],
        end=span[1],
        quote=as_written(context.text, span),
        score=0.0,
        reason=_reason(sent.maker),
        maker=str(sent.maker),
        run=sent.maker.run,
    )
    _not_junk(context, proposed)
    return proposed


def entry(context: SubmissionContext, sent: EntrySubmission) -> ProposedEntry | Acceptance:
    """The entry as proposed, or its existing key. Raises SubmissionError."""
    span = place(context, sent.words)
    dated(context, span, sent.date)
    about = tuple(_about(context, id_) for id_ in sent.entities)
    quote = as_written(context.text, span)
    prefix, suffix = _around(context, span)
    proposed = ProposedEntry(
        key=item_key("event", sent.date, quote),
        date=sent.date,
        when="",
        text=sent.text,
        quote=quote,
        prefix=prefix,
        suffix=suffix,
        entities=about,
        start=span[0],
        end=span[1],
        score=0.0,
        reason=_reason(sent.maker),
        maker=str(sent.maker),
        run=sent.maker.run,
    )
    (new,) = proposal_items(Proposal("", "", timeline=(proposed,)), TIMELINE)
    _not_decided(context, TIMELINE, new.item)
    if unwanted := context.learnt.unwanted(proposed):
        raise SubmissionError(DECIDED, f"not wanted: {reason(unwanted)}")
    known = _known(context, TIMELINE, new.item)
    return Acceptance(known, already=True) if known else proposed


def place(context: SubmissionContext, words: Selector) -> Span:
    """Span of a proposal's words: code points of the article's text. Raises SubmissionError (D201, D202)."""
    found = locate(context.folded, words.quote, words.prefix, words.suffix)
    if len(found) == 1:
        return found[0]
    if found:
        why = f"the quote occurs {len(found)} times in the article: lengthen it, or add `prefix` or `suffix`"
        raise SubmissionError(AMBIGUOUS, why)
    if locate(context.folded, words.quote):
        why = "the quote is in the article, but not between that `prefix` and `suffix`"
        raise SubmissionError(ABSENT, why, _nearest(context, words.quote))
    how = difference(context.folded, words.quote) or "its words are not there"
    raise SubmissionError(
        ABSENT, f"the quote is not in the article's text: {how}", _nearest(context, words.quote)
    )


def _nearest(context: SubmissionContext, quote: str) -> Nearest | None:
    span = most_like(context.text, context.sentences, quote)
    return Nearest(as_written(context.text, span), *span) if span else None


def _sentence(context: SubmissionContext, span: Span) -> Nearest:
    """The sentence that contains the words, to be quoted instead."""
    whole = _sentences_of(context, span)
    return Nearest(as_written(context.text, whole), *whole)


def names(context: SubmissionContext, record: Record, span: Span) -> None:
    """Check that the words at `span` name a record. Raises SubmissionError (D203)."""
    _forms(context, EntityRef(record.id), span)


def both(context: SubmissionContext, records: tuple[Record, Record], span: Span) -> None:
    """Check that the words at `span` name both.

    Raises SubmissionError (D203), with the first sentence that does, or a note that none does.
    """
    for record in records:
        try:
            names(context, record, span)
        except SubmissionError as error:
            raise _parted(context, records, str(error)) from None


def _parted(context: SubmissionContext, records: tuple[Record, Record], why: str) -> SubmissionError:
    one, other = (_spans(context, EntityRef(record.id))[0] for record in records)
    for sentence in context.sentences:
        if all(
            any(sentence.start <= start and end <= sentence.end for start, end in named)
            for named in (one, other)
        ):
            return SubmissionError(UNNAMED, why, _sentence(context, (sentence.start, sentence.end)))
    return SubmissionError(UNNAMED, f"{why}; no sentence names both, so leave it out")


def living(context: SubmissionContext, id_: str) -> Record:
    """The record of an id. Raises SubmissionError (D301, D306)."""
    record = context.records.get(id_)
    if record is None:
        raise SubmissionError(UNKNOWN_RECORD, f"there is no authority record `{id_}`: {_meant(context, id_)}")
    if id_ in context.removed_records:
        raise SubmissionError(WITHDRAWN, f"the record `{id_}` was withdrawn")
    return record


def _meant(context: SubmissionContext, sent: str) -> str:
    """A suggestion for an unknown id: the id of a record with this name, or a similar one."""
    records = {id_: record for id_, record in context.records.items() if id_ not in context.removed_records}
    wanted = fold(sent.replace("-", " "))
    bearing = [
        id_ for id_, record in records.items() if wanted in {fold(name.text) for name in record.strong_names}
    ]
    if like := bearing or get_close_matches(sent, records, 1, _ALIKE):
        return f"did you mean {' or '.join(f'`{one}`' for one in like[:3])}? An id is sent, not a name"
    return (
        "send the id of a record, or leave it out; an entity without a record is sent with its title and type"
    )


def _entity_id(context: SubmissionContext, sent: EntitySubmission) -> str:
    if sent.id:
        own = next((ref.id for ref in context.refs if ref.id == sent.id and ref.name), "")
        return own or living(context, sent.id).id
    bearing = [
        record.id
        for record in context.records.values()
        if record.id not in context.removed_records
        and record.type == sent.type
        and fold(sent.title) in {fold(name.text) for name in record.strong_names}
    ]
    if len(bearing) > 1:
        raise SubmissionError(SEVERAL, f"several records have that name: say which, {', '.join(bearing)}")
    made = name_id(sent.title, sent.type)
    if made in context.removed_records:
        raise SubmissionError(DECIDED, "an editor removed the record of that name")
    return bearing[0] if bearing else context.led.get(made, made)


def _forms(context: SubmissionContext, ref: EntityRef, span: Span) -> tuple[str, ...]:
    """The names of an entity in the words at `span`, on a page that has it. Raises SubmissionError (D203)."""
    found, known = _spans(context, ref)
    inside = [one for one in found if span[0] <= one[0] and one[1] <= span[1]]
    if not inside:
        looked = ", ".join(f"“{form}”" for form in known)
        message = (
            f"the quote does not name `{ref.id}`: looked for {looked or 'its names'}; quote words that do"
        )
        raise SubmissionError(UNNAMED, message, _sentence(context, found[0]) if found else None)
    return tuple(dict.fromkeys(as_written(context.text, one) for one in inside))


def _spans(context: SubmissionContext, ref: EntityRef) -> tuple[list[Span], tuple[str, ...]]:
    """Where the article names an entity, on a page that has it, and the names looked for."""
    others = [one for one in context.refs if one.id != ref.id]
    own = next((one for one in context.refs if one.id == ref.id), ref)
    borne = bearers((own, *others), context.records)
    article = context.page.article
    found = mentioned(context.text, article.title, article.lang, borne).spans
    return [(span.start, span.end) for span in found if span.entity == ref.id], (
        *borne[0].here,
        *borne[0].names,
    )


def _about(context: SubmissionContext, id_: str) -> str:
    """An id of an entry's entities, as on the page. Raises SubmissionError."""
    named = {ref.id for ref in context.refs} | {
        proposed_entity.entity for proposed_entity in context.last.entities
    }
    if id_ in named:
        return id_
    record = living(context, id_)
    bearer: tuple[Bearer, ...] = bearers((EntityRef(id_),), context.records)
    if not Matcher([(form, form) for form in bearer[0].names]).find(context.text):
        raise SubmissionError(UNNAMED, f"the article does not name `{id_}` ({record.title})")
    return id_


def dated(context: SubmissionContext, span: Span, edtf: str) -> None:
    """Check that the article gives the date: in the quote, else in its sentences, else anywhere. None is always valid.

    A wider date than the article's is supported; a more precise one is not. Raises SubmissionError (D204, D211).
    """
    if not edtf:
        return
    date = parse(edtf)
    inside = list(_dates_within(context, span))
    if inside and not any(said.overlaps(date) for _, said in inside):
        raise SubmissionError(
            CONTRADICTED, f"the date is {date}, but the quote says {_listed(inside)}; {_ONE_OF_THEM}"
        )
    around = list(_dates_within(context, _sentences_of(context, span)))
    published = context.page.article.date
    every = [
        *_dates_within(context, (0, len(context.text))),
        *([("", parse(published))] if published else []),
    ]
    said = inside or around or every
    if not any(_gives(bound, date) for _, one in said for bound in (one, *_bounds(one))):
        where = "the quote says" if inside else "its sentence says" if around else "the article says"
        what = _listed([one for one in said if one[0]]) if inside or around else _NONE
        remedy = _ONE_OF_THEM if what != _NONE else "quote the words that date it, or do not send it"
        raise SubmissionError(UNDATED, f"nothing gives the date {date}: {where} {what}; {remedy}")


def _bounds(date: Edtf) -> Iterator[Edtf]:
    """Beginning and end of an interval; an entry may be about 2012 if the text says "since 2012"."""
    if "/" in date.text:
        yield from (parse(one) for one in date.text.split("/") if one not in {"", ".."})


def _dates_within(context: SubmissionContext, span: Span) -> Iterator[tuple[str, Edtf]]:
    """The dates within a span: their words, and what they mean."""
    for timex in context.timexes:
        if timex.type in {"DATE", "TIME"} and timex.edtf and timex.start < span[1] and span[0] < timex.end:
            meant = parse(timex.edtf)
            if meant.earliest is not None or meant.latest is not None:
                yield timex.text, meant


def _gives(said: Edtf, date: Edtf) -> bool:
    """Whether the date equals the text's or contains it; for an open interval, whether its known end is equal."""
    if said == date or said.within(date):
        return True
    ends = [(date.low, said.low), (date.high, said.high)]
    known = [(one, other) for one, other in ends if one is not None]
    return len(known) == 1 and known[0][0] == known[0][1]


def _listed(dates: Collection[tuple[str, Edtf]]) -> str:
    return ", ".join(f"“{words}” ({meant})" for words, meant in dates)


def _sentences_of(context: SubmissionContext, span: Span) -> Span:
    covered = [
        sentence for sentence in context.sentences if sentence.start < span[1] and span[0] < sentence.end
    ]
    return (covered[0].start, covered[-1].end) if covered else span


def _not_decided(context: SubmissionContext, name: str, item: Item) -> None:
    """Raises SubmissionError (D212) if an editor removed the same from the page."""
    rejected = (one for one in context.last.rejected if bool(one.entity) == (name == ENTITIES))
    if any(same_claim(rejected_item(one), item) for one in rejected):
        raise SubmissionError(DECIDED, "an editor turned it down in this article")


def _not_junk(context: SubmissionContext, proposed: ProposedEntity) -> None:
    if context.learnt.is_junk(proposed):
        raise SubmissionError(DECIDED, f"not wanted: {reason(context.learnt.junk[fold(proposed.name)])}")


def _known(context: SubmissionContext, name: str, item: Item) -> str:
    """The key of an equal earlier proposal, or its id in the page."""
    proposed: tuple[ProposedItem, ...] = proposal_items(context.last, name)
    key = next((proposed_item.key for proposed_item in proposed if same_claim(proposed_item.item, item)), "")
    is_listed = any(same_claim(page_item.item, item) for page_item in context.page.items(name))
    return key or (_own_key(item) if is_listed else "")


def _own_key(item: Item) -> str:
    if isinstance(item, EntityRef):
        return item_key("entity", item.id)
    return item_key("event", item.date, item.quote)


def as_written(text: str, span: Span) -> str:
    """The words at `span`, white space collapsed."""
    return " ".join(text[slice(*span)].split())


def _around(context: SubmissionContext, span: Span) -> tuple[str, str]:
    """Words before and after a quote, if it is not unique in the page with its title."""
    if len(locate(fold_spaces(context.page.readable), context.text[slice(*span)])) == 1:
        return "", ""
    before = context.text[max(0, span[0] - _CONTEXT) : span[0]].partition(" ")[2]
    after = context.text[span[1] : span[1] + _CONTEXT].rpartition(" ")[0]
    return " ".join(before.split()), " ".join(after.split())


def _reason(maker: Maker) -> str:
    return f"proposed by {maker}"
