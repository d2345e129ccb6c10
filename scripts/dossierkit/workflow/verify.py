"""`dossier verify`: checks the hash of every seed, every quote in its article, and every published original."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from dossierkit.build.clock import instant
from dossierkit.build.configuration import load
from dossierkit.check.refine import exact
from dossierkit.check.report import Report
from dossierkit.check.selection import RuleSelection
from dossierkit.check.terminal import plain_lines
from dossierkit.model.diagnostic import Diagnostic, errors_in
from dossierkit.model.page import Content
from dossierkit.text.number_of import number_of
from dossierkit.workflow.check import examined
from dossierkit.workflow.originals import against_originals, against_published
from dossierkit.workflow.say import say
from dossierkit.workflow.stamping import of_seeds

_CODES = frozenset({"D201", "D202", "D601", "D602", "D603"})


def run(root: Path) -> int:
    """Verify everything, print the problems, and return the exit code: 1 if anything is missing or changed.

    Unreadable pages are reported too, since nothing in them can be verified. Waived quotes are listed and do not fail; nor do
    quotes that are not in the source because an editor changed them.
    """
    library, report = examined(root, RuleSelection(), use_cache=False)
    unread = {problem.path for problem in errors_in(library.problems)}
    found = tuple(one for one in report.found if one.problem.code in _CODES or one.problem.path in unread)
    passed = [(checked, reason) for checked, reason in report.passed if checked.problem.code in _CODES]
    differing = tuple(exact(against_originals(root, library.live), lambda path: library.texts.get(path, "")))
    built = Path(load(root).site_dir)
    published = tuple(against_published(built, library.originals, library.content, instant()))
    stamps = tuple(of_seeds(root))
    wrong = [stamp for stamp in stamps if isinstance(stamp, Diagnostic)]
    for line in (
        *plain_lines(Report(found, (), report.texts)),
        *map(str, (*differing, *published, *wrong)),
        *(f"let pass: {checked.problem} (reason: {reason})" for checked, reason in passed),
    ):
        say(line)
    verdict = _verdict(len(found) + len(published), len(passed), apart=bool(differing))
    say(f"{_counts(library.live, library.content)}: {verdict}{_apart(differing)}", err=True)
    if stamps:
        say(f"{len(stamps) - len(wrong)} of {len(stamps)} time stamps of sources are valid", err=True)
    return 1 if found or published or errors_in(wrong) else 0


def _counts(live: Content, everything: Content) -> str:
    """`everything`: with withdrawn pages, whose sources may still be there."""
    quotes = sum(len(page.timeline) for page in live.articles.values())
    quotes += sum(bool(relation.quote) for record in live.records.values() for relation in record.relations)
    sources = sum(len(page.source.files) for page in everything.articles.values())
    return f"{number_of(quotes, 'quote')} of {number_of(len(live.articles), 'article')} and {number_of(sources, 'source')}"


def _apart(differing: Sequence[Diagnostic]) -> str:
    """How many quotes and texts differ from the sources. An editor may have corrected them, so they do not fail."""
    quotes = sum(diagnostic.code == "D605" for diagnostic in differing)
    texts = sum(diagnostic.code == "D609" for diagnostic in differing)
    return (f"; {number_of(quotes, 'quote is', 'quotes are')} not in the source" if quotes else "") + (
        f"; the text of {number_of(texts, 'article')} differs from the source" if texts else ""
    )


def _verdict(wrong: int, passed: int, *, apart: bool) -> str:
    """`apart`: whether pages differ from their sources, so that the verdict names what was compared."""
    if wrong:
        return f"{wrong} are wrong" if wrong > 1 else "1 is wrong"
    held = "all quotes are in their pages, and all sources as they were added" if apart else "all are right"
    return f"{held} but {passed} let pass with a reason" if passed else held
