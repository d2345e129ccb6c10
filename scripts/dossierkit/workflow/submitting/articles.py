"""Proposals for the page of one article: checked one by one, merged together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from dossierkit.evidence import submitted
from dossierkit.evidence.candidates.learnt import Learnt
from dossierkit.evidence.plain_text import plain_text
from dossierkit.evidence.submitted import SubmissionContext
from dossierkit.merge.page_items import FIELDS
from dossierkit.model.diagnostic import DiagnosticsError
from dossierkit.model.proposal import Proposal, ProposedEntity, ProposedEntry
from dossierkit.model.submission import Acceptance, EntitySubmission, EntrySubmission, SubmissionError
from dossierkit.store import proposal as proposals
from dossierkit.store.content import article_file
from dossierkit.store.reader import ID
from dossierkit.workflow.repository import Input, Repository, read_input
from dossierkit.workflow.updating.page import UpdateContext, merge_input

_NO_ARTICLE, _NO_PROPOSALS = "D302", "D213"


@dataclass
class OpenArticle:
    """An article that takes proposals, and the proposals taken so far."""

    given: Input
    judged_on: SubmissionContext
    merged_on: UpdateContext
    taken: list[ProposedEntity | ProposedEntry] = field(default_factory=list)

    def judge(self, sent: EntitySubmission | EntrySubmission) -> Acceptance:
        """Check a proposal and take it. Raises SubmissionError."""
        found = (
            submitted.entity(self.judged_on, sent)
            if isinstance(sent, EntitySubmission)
            else submitted.entry(self.judged_on, sent)
        )
        if isinstance(found, Acceptance):
            return found
        self.taken.append(found)
        self.judged_on = replace(self.judged_on, last=_with(self.judged_on.last, [found]))
        return Acceptance(found.key)

    def write(self, repository: Repository) -> tuple[str, ...]:
        """Add page and proposals to the pending changes; return ids of proposed entities. Raises DiagnosticsError (D502)."""
        new = _with(_without_memory(self.given.last), self.taken)
        merged = merge_input(self.given, lambda _: new, self.merged_on)
        repository.write(self.given.page.path, merged.text)
        repository.write(self.given.suggested, proposals.dump(merged.proposal))
        return tuple(one.entity for one in self.taken if isinstance(one, ProposedEntity))


def opened(repository: Repository, id_: str, learnt: Learnt, context: UpdateContext) -> OpenArticle:
    """An article that can take proposals. Raises SubmissionError (D302, D213)."""
    path = article_file(id_)
    if not ID.fullmatch(id_) or repository.read(path) is None:
        raise SubmissionError(_NO_ARTICLE, f"there is no article `{id_}`")
    given = _input(repository, path)
    last = dict(given.last.page)
    given = replace(given, fields={name: last.get(name, "") for name in FIELDS}, stated=frozenset())
    text = plain_text(given.page.article.body)
    judged_on = SubmissionContext(
        given.page, text, given.last, context.records, learnt, context.removed_records, context.led
    )
    return OpenArticle(given, judged_on, context)


def _input(repository: Repository, path: str) -> Input:
    try:
        given = read_input(repository, path)
    except DiagnosticsError as error:
        raise SubmissionError(_NO_PROPOSALS, str(error.problems[0])) from None
    if given is None:
        raise SubmissionError(_NO_PROPOSALS, f"{path} is withdrawn, or has no source in seeds/")
    if not given.last.extractor:
        raise SubmissionError(
            _NO_PROPOSALS, f"nothing was proposed for {path} yet: run `dossier update {path}` first"
        )
    return given


def _without_memory(last: Proposal) -> Proposal:
    """The proposal as the extractor made it: the merge adds the items of other proposers again."""
    return Proposal(
        extractor=last.extractor,
        input=last.input,
        entities=tuple(entity for entity in last.entities if not entity.maker),
        timeline=tuple(entry for entry in last.timeline if not entry.maker),
        questions=last.questions,
        notes=last.notes,
    )


def _with(proposal: Proposal, items: Iterable[ProposedEntity | ProposedEntry]) -> Proposal:
    listed = tuple(items)
    entities = (one for one in listed if isinstance(one, ProposedEntity))
    timeline = (one for one in listed if isinstance(one, ProposedEntry))
    return replace(
        proposal, entities=(*proposal.entities, *entities), timeline=(*proposal.timeline, *timeline)
    )
