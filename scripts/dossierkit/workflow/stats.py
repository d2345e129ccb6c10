"""`dossier stats`: counts of pages, what waits for editors, and how good the proposals were that editors decided on."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dossierkit.build.configuration import load
from dossierkit.evidence.candidates.derive import candidates
from dossierkit.evidence.candidates.leads import leads, only
from dossierkit.evidence.candidates.learnt import learnt
from dossierkit.evidence.candidates.likeness import LIKELY
from dossierkit.evidence.visibility import pages_of
from dossierkit.merge.open import open_items
from dossierkit.merge.page_items import page_of
from dossierkit.merge.quality import Score, Verdict, score, verdicts
from dossierkit.model.diagnostic import Diagnostic, DiagnosticsError, errors_in
from dossierkit.model.page import PUBLIC, STATUSES, ArticlePage, Content
from dossierkit.model.proposal import Proposal
from dossierkit.model.record import ENTITY_TYPES, Record
from dossierkit.store import proposal as proposals
from dossierkit.store.commit import interrupted
from dossierkit.store.content import load_content, load_decisions
from dossierkit.store.seeds import proposal_of
from dossierkit.text.number_of import number_of
from dossierkit.text.printable import printable_json

_DECIDE = "decide with `dossier review`, or at `dossier desk`"
_WHERE = {
    "drafts": "publish with `dossier publish`",
    "proposals": _DECIDE,
    "conflicts": _DECIDE,
    "questions": f"which of two bears a name: {_DECIDE}",
    "twins": f"two names that may be one; a name can be in several pairs: {_DECIDE}",
}
_WAITING = ("drafts", "draft_records", "proposals", "conflicts", "questions", "twins")


@dataclass
class Tally:
    """The counts. `by_kind` and `by_source`: verdicts on the extractor's proposals that editors decided on.

    `by_maker`: verdicts on the proposals of others. `judged`: the number of pages with decisions.
    """

    counts: dict[str, dict[str, int]]
    backlog: Counter[str] = field(default_factory=Counter)
    by_kind: dict[str, list[Verdict]] = field(default_factory=lambda: defaultdict(list))
    by_source: dict[str, list[Verdict]] = field(default_factory=lambda: defaultdict(list))
    by_maker: dict[str, list[Verdict]] = field(default_factory=lambda: defaultdict(list))
    judged: int = 0
    unproposed: int = 0


@dataclass(frozen=True, slots=True)
class _Known:
    """`records`: by id; `led`: ids made from names -> the records with these names."""

    records: Mapping[str, Record]
    led: Mapping[str, str]

    @classmethod
    def of(cls, root: Path, records: Mapping[str, Record]) -> _Known:
        led = learnt(load_decisions(root)).led(leads(records.values()), records)
        return cls(records, only(led))


def run(root: Path, form: str) -> tuple[str, tuple[Diagnostic, ...]]:
    """The numbers of the repository at `root` as text or JSON, and problems of unreadable pages and proposals."""
    content, found = load_content(Path(load(root).docs_dir), root)
    problems = [*interrupted(root), *errors_in(found)]
    tally = Tally(_counts(content))
    known = _Known.of(root, content.records)
    proposed: dict[str, Proposal] = {}
    for id_, page in content.articles.items():
        try:
            last = _proposal(root, page)
            if last is not None:
                proposed[id_] = last
            _article(root, page, last, known, tally)
        except DiagnosticsError as error:
            problems += error.problems
    pairs = candidates(content, proposed).twins
    tally.backlog["twins"] = sum(pair.score >= LIKELY for pair in pairs)
    tally.backlog["drafts"] = tally.counts["articles"].get("draft", 0)
    tally.backlog["draft_records"] = tally.counts["records"].get("draft", 0)
    shown = _json(tally) if form == "json" else "\n".join(_text(tally))
    return shown, tuple(problems)


def _counts(content: Content) -> dict[str, dict[str, int]]:
    articles, records = content.articles.values(), content.records.values()
    return {
        "articles": _by((page.status for page in articles), STATUSES),
        "records": _by((record.status for record in records), STATUSES),
        "dossiers": _by((dossier.status for dossier in content.dossiers.values()), STATUSES),
        "types": _by((record.type for record in records), ENTITY_TYPES),
        "languages": _by(sorted(page.lang or "unknown" for page in articles), ()),
        "items": {
            "entities": sum(len(page.entities) for page in articles),
            "timeline": sum(len(page.timeline) for page in articles),
            "undated": sum(1 for page in articles for entry in page.timeline if not entry.date),
            "relations": sum(len(record.relations) for record in records),
            "corrections": sum(len(page.corrections) for _, page in pages_of(content)),
            "publishers": len({page.source.publisher for page in articles if page.source.publisher}),
            "archived": sum(bool(page.source.archived) for page in articles),
        },
    }


def _by(values: Iterable[str], order: Sequence[str]) -> dict[str, int]:
    """How often each value occurs, in the order given, then by first occurrence; values that do not occur are left out."""
    counts = Counter(values)
    return {name: counts[name] for name in dict.fromkeys((*order, *counts)) if counts[name]}


def _proposal(root: Path, page: ArticlePage) -> Proposal | None:
    """The proposal for an article; None without. Raises DiagnosticsError."""
    path = proposal_of(page.source.file)
    file = root / path
    if not path or not file.is_file():
        return None
    return proposals.load(file.read_text(encoding="utf-8", errors="replace"), path)


def _article(
    root: Path,
    page: ArticlePage,
    last: Proposal | None,
    known: _Known,
    tally: Tally,
) -> None:
    """Count one article's backlog and verdicts. Raises DiagnosticsError."""
    if last is None or page.status == "withdrawn":
        tally.unproposed += page.status != "withdrawn"
        return
    text = (root / page.path).read_text(encoding="utf-8")
    merge_page = page_of(page, text)
    waiting = open_items(merge_page, last, known.led)
    tally.backlog["conflicts"] += sum(item.conflict is not None for item in waiting)
    tally.backlog["questions"] += sum(item.question is not None for item in waiting)
    tally.backlog["proposals"] += sum(item.conflict is None and item.question is None for item in waiting)
    if page.status not in PUBLIC and not last.by_item:
        return
    found = tuple(verdicts(merge_page, last, known.records, known.led))
    tally.judged += score(list(found)).decisions > 0
    for verdict in found:
        if verdict.maker:
            tally.by_maker[verdict.maker].append(verdict)
        if (own := _of_extractor(verdict)) is not None:
            tally.by_kind[own.kind].append(own)
            tally.by_source[page.source.publisher].append(own)


def _of_extractor(verdict: Verdict) -> Verdict | None:
    """The verdict on the extractor, which missed what another proposed and an editor accepted. None for others' rejections."""
    if not verdict.maker:
        return verdict
    return None if verdict.fate == "rejected" else Verdict(verdict.kind, "added")


def _json(tally: Tally) -> str:
    payload = {
        **tally.counts,
        "backlog": {name: tally.backlog[name] for name in _WAITING},
        "quality": {
            "decisions": score(_every(tally)).decisions,
            "pages": tally.judged,
            "without_proposal": tally.unproposed,
            "by_kind": {name: _numbers(found) for name, found in _kinds(tally)},
            "by_source": {name: _numbers(found) for name, found in sorted(tally.by_source.items())},
            "by_maker": {name: _numbers(found) for name, found in sorted(tally.by_maker.items())},
        },
    }
    return printable_json(payload)


def _every(tally: Tally) -> list[Verdict]:
    return [verdict for found in tally.by_kind.values() for verdict in found]


def _numbers(found: list[Verdict]) -> dict[str, Any]:
    result = score(found)
    return {
        "kept": result.kept,
        "edited": result.edited,
        "rejected": result.rejected,
        "added": result.added,
        "precision": _rounded(result.precision),
        "recall": _rounded(result.recall),
    }


def _rounded(part: float | None) -> float | None:
    return None if part is None else round(part, 4)


def _kinds(tally: Tally) -> list[tuple[str, list[Verdict]]]:
    order = {name: at for at, name in enumerate((*ENTITY_TYPES, "entities", "timeline"))}
    return sorted(tally.by_kind.items(), key=lambda pair: order[pair[0]])


def _text(tally: Tally) -> Iterator[str]:
    counts = tally.counts
    for name in ("articles", "records", "dossiers"):
        yield _line(name, sum(counts[name].values()), counts[name])
    yield _line("entity types", len(counts["types"]), counts["types"])
    yield _line("languages", len(counts["languages"]), counts["languages"])
    yield "in the pages: " + ", ".join(f"{count} {part}" for part, count in counts["items"].items())
    yield ""
    yield "What waits for editors"
    labels = ("draft articles", "draft records", "open proposals", "conflicts", "questions", "likely pairs")
    for name, label in zip(_WAITING, labels, strict=True):
        where = f"  {_WHERE[name]}" if tally.backlog[name] and name in _WHERE else ""
        yield f"  {label:<16}{tally.backlog[name]:>6}{where}"
    yield ""
    yield from _quality(tally)


def _line(name: str, total: int, parts: Mapping[str, int]) -> str:
    listed = ", ".join(f"{count} {part}" for part, count in parts.items())
    return f"{name:<14}{total:>6}" + (f"  ({listed})" if listed else "")


def _quality(tally: Tally) -> Iterator[str]:
    every = _every(tally)
    decisions = score(every).decisions
    if not decisions:
        yield "What editors made of the proposals: nothing has been decided yet"
        return
    made = f"{number_of(decisions, 'decision')}, on {number_of(tally.judged, 'page')}"
    yield f"What editors made of the proposals: {made}"
    widest = (
        max(len(name) for name in (*tally.by_kind, *tally.by_source, *tally.by_maker, "publisher unknown"))
        + 2
    )
    heads = ("kept", "edited", "rejected", "added", "precision", "recall")
    yield "  " + "by type".ljust(widest) + "".join(head.rjust(10) for head in heads)
    yield from (_row(name, score(found), widest) for name, found in [*_kinds(tally), ("all", every)])
    yield "  by source"
    for name in sorted(tally.by_source, key=lambda name: (not name, name)):
        yield _row(name or "publisher unknown", score(tally.by_source[name]), widest)
    if tally.by_maker:
        yield "  proposed by others"
        yield from (_row(name, score(found), widest) for name, found in sorted(tally.by_maker.items()))


def _row(name: str, result: Score, widest: int) -> str:
    numbers = (result.kept, result.edited, result.rejected, result.added)
    parts = ("-" if part is None else f"{part:.0%}" for part in (result.precision, result.recall))
    return f"  {name:<{widest}}" + "".join(str(cell).rjust(10) for cell in (*numbers, *parts))
