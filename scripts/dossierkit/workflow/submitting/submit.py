"""Takes proposals of other programs: checks each in turn, writes all accepted ones together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from dossierkit.evidence.candidates.leads import leads, only
from dossierkit.evidence.candidates.learnt import Learnt, learnt
from dossierkit.evidence.plain_text import plain_text
from dossierkit.evidence.submitted import ABSENT
from dossierkit.model.diagnostic import Diagnostic, DiagnosticsError
from dossierkit.model.submission import (
    Acceptance,
    Answer,
    EntitySubmission,
    EntrySubmission,
    RecordSubmission,
    Refusal,
    RelationSubmission,
    Submission,
    SubmissionError,
)
from dossierkit.store.content import article_file, load_content, load_decisions, record_file
from dossierkit.store.submissions import Sent
from dossierkit.text.quote import FoldedText, fold_spaces, locate
from dossierkit.workflow.records import pack, record_offers
from dossierkit.workflow.repository import Repository, exclusive
from dossierkit.workflow.submitting import records
from dossierkit.workflow.submitting.articles import OpenArticle, opened
from dossierkit.workflow.updating.page import UpdateContext

_NOT_MERGED = "D213"


def run(root: Path, sent: Iterable[Sent], *, dry_run: bool = False) -> tuple[Answer, ...]:
    """An answer for each submission, in order. Raises DiagnosticsError if another process has locked the repository."""
    with exclusive(root):
        intake = _SubmissionIntake.of(root)
        answers = [intake.answer(one.said) for one in sent]
        answers = intake.written(answers)
        if not dry_run:
            intake.repository.commit()
    return tuple(answers)


@dataclass
class _SubmissionIntake:
    """The inputs of the checks, the submissions so far, and what was accepted: articles and offers by id."""

    repository: Repository
    context: UpdateContext
    learnt: Learnt
    packs: pack.PackRecords
    articles: dict[str, OpenArticle] = field(default_factory=dict)
    offers: records.Offers = field(default_factory=dict)
    asked: list[Submission | SubmissionError] = field(default_factory=list)

    @classmethod
    def of(cls, root: Path) -> _SubmissionIntake:
        repository = Repository(root)
        known, of_packs = pack.authority(root)
        decided = learnt(load_decisions(root))
        context = UpdateContext(
            root,
            known,
            record_offers.removed_records(repository, known),
            {},
            led=only(decided.led(leads(known.values()), known)),
        )
        return cls(repository, context, decided, of_packs)

    def answer(self, submission: Submission | SubmissionError) -> Answer:
        self.asked.append(submission)
        try:
            return self._judge(submission)
        except SubmissionError as error:
            return self._with_place(error.refusal, submission)

    def _judge(self, submission: Submission | SubmissionError) -> Acceptance:
        if isinstance(submission, SubmissionError):
            raise submission
        article = self._article(submission.article)
        if isinstance(submission, EntitySubmission | EntrySubmission):
            return article.judge(submission)
        return records.judge(self.repository, article.judged_on, submission, self.offers)

    def _with_place(self, refusal: Refusal, submission: Submission | SubmissionError) -> Refusal:
        """The refusal, with the article that does contain the quote, if there is one."""
        if refusal.code != ABSENT or isinstance(submission, SubmissionError):
            return refusal
        other = next((id_ for id_, text in self._texts.items() if locate(text, submission.words.quote)), "")
        if not other or other == submission.article:
            return refusal
        return replace(refusal, why=f"the quote is not in the article's text: it is in `{other}`")

    @cached_property
    def _texts(self) -> dict[str, FoldedText]:
        """The folded texts of all articles, by id."""
        content, _ = load_content(self.repository.root / "content", self.repository.root)
        pages = content.articles.values()
        return {page.id: fold_spaces(plain_text(page.body)) for page in pages if page.status != "withdrawn"}

    def _article(self, id_: str) -> OpenArticle:
        if id_ not in self.articles:
            self.articles[id_] = opened(self.repository, id_, self.learnt, self.context)
        return self.articles[id_]

    def written(self, answers: Sequence[Answer]) -> list[Answer]:
        """Add everything accepted to the pending changes. Proposals that cannot be merged are refused after all."""
        problems = [*self._merge_articles(), *self._merge_records()]
        failed = {problem.path: problem for problem in problems}
        return [
            Refusal(_NOT_MERGED, str(failed[target].message))
            if isinstance(answer, Acceptance) and (target := _target(submission)) in failed
            else answer
            for answer, submission in zip(answers, self.asked, strict=True)
        ]

    def _merge_articles(self) -> Iterator[Diagnostic]:
        for article in self.articles.values():
            if article.taken:
                try:
                    self._bring_records(article.write(self.repository))
                except DiagnosticsError as error:
                    yield from error.problems

    def _merge_records(self) -> tuple[Diagnostic, ...]:
        self._bring_records(self.offers)
        known = self.context.records
        return record_offers.merge_records(self.repository, self.offers, known, whole=False)[1]

    def _bring_records(self, ids: Iterable[str]) -> None:
        """Write those of `ids` that are records of a pack as pages."""
        for path, data in self.packs.files(self.repository.root, ids).items():
            if self.repository.read(path) is None:
                self.repository.put(path, data)


def _target(submission: Submission | SubmissionError) -> str:
    """The path of the page that a proposal is written into."""
    match submission:
        case SubmissionError():
            return ""
        case RelationSubmission():
            return record_file(submission.source)
        case RecordSubmission():
            return record_file(submission.record)
        case _:
            return article_file(submission.article)
