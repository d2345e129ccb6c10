"""Proposals for authority records: names, descriptions and relations, each with a quote of an article."""

from __future__ import annotations

from collections.abc import Mapping

from dossierkit.evidence import submitted
from dossierkit.evidence.submitted import DECIDED, UNNAMED, Span, SubmissionContext
from dossierkit.extract.propose import item_key
from dossierkit.merge.record import mark
from dossierkit.model.diagnostic import DiagnosticsError
from dossierkit.model.proposal import RecordOffer, RecordProposal
from dossierkit.model.record import Record, Relation
from dossierkit.model.submission import Acceptance, RecordSubmission, RelationSubmission, SubmissionError
from dossierkit.store.items import relation_text
from dossierkit.text.fold import fold
from dossierkit.text.match import Matcher
from dossierkit.workflow.records.record_offers import last_for_record
from dossierkit.workflow.repository import Repository

_TAKEN, _HAS_ONE, _UNREADABLE = "D303", "D214", "D213"

Offers = dict[str, list[RecordOffer]]


def judge(
    repository: Repository,
    context: SubmissionContext,
    sent: RecordSubmission | RelationSubmission,
    offers: Offers,
) -> Acceptance:
    """Check a proposal and add it to `offers`, by the record's id. Raises SubmissionError."""
    record, offer = _relation(context, sent) if isinstance(sent, RelationSubmission) else _text(context, sent)
    key = item_key(record.id, offer.field, offer.value)
    last = _last(repository, record.id)
    new = mark(offer.field, offer.value)
    if any(mark(one.field, one.value) == new for one in last.rejected):
        raise SubmissionError(DECIDED, f"an editor turned it down for `{record.id}`")
    if any(mark(one.field, one.value) == new for one in (*last.offers, *offers.get(record.id, ()))):
        return Acceptance(key, already=True)
    if offer.field == "aliases":
        _free(context.records, record, offer.value, offers)
    offers.setdefault(record.id, []).append(offer)
    return Acceptance(key)


def _last(repository: Repository, id_: str) -> RecordProposal:
    try:
        return last_for_record(repository, id_)[0]
    except DiagnosticsError as error:
        raise SubmissionError(_UNREADABLE, str(error.problems[0])) from None


def _relation(context: SubmissionContext, sent: RelationSubmission) -> tuple[Record, RecordOffer]:
    span = submitted.place(context, sent.words)
    record, other = submitted.living(context, sent.source), submitted.living(context, sent.target)
    submitted.both(context, (record, other), span)
    submitted.dated(context, span, sent.date)
    quote = submitted.as_written(context.text, span)
    relation = Relation(sent.type, other.id, sent.date, sent.article, quote)
    return record, _offer("relations", relation_text(relation), sent, quote)


def _text(context: SubmissionContext, sent: RecordSubmission) -> tuple[Record, RecordOffer]:
    span = submitted.place(context, sent.words)
    record = submitted.living(context, sent.record)
    quote = submitted.as_written(context.text, span)
    if sent.kind == "alias":
        _require_name(context, span, sent.text)
        return record, _offer("aliases", sent.text, sent, quote)
    if record.description:
        raise SubmissionError(_HAS_ONE, f"`{record.id}` has a description: “{record.description}”")
    submitted.names(context, record, span)
    return record, _offer("description", sent.text, sent, quote)


def _offer(field: str, value: str, sent: RecordSubmission | RelationSubmission, quote: str) -> RecordOffer:
    return RecordOffer(field, value, sent.article, maker=str(sent.maker), run=sent.maker.run, quote=quote)


def _require_name(context: SubmissionContext, span: Span, alias: str) -> None:
    if not Matcher([(alias, alias)]).find(context.text[slice(*span)]):
        raise SubmissionError(UNNAMED, f"the quote does not have the name “{alias}”")


def _free(records: Mapping[str, Record], own: Record, alias: str, offers: Offers) -> None:
    """Raises SubmissionError (D303) if another record has the name or is offered it."""
    holders = {
        id_: {fold(name.text) for name in record.strong_names}
        | {fold(offer.value) for offer in offers.get(id_, ())}
        for id_, record in records.items()
    }
    if fold(alias) in holders[own.id]:
        raise SubmissionError(_HAS_ONE, f"`{own.id}` has the name “{alias}”")
    other = next((id_ for id_, names in holders.items() if fold(alias) in names), "")
    if other:
        raise SubmissionError(_TAKEN, f"“{alias}” is a name of `{other}`")
