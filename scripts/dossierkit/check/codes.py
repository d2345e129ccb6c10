"""All codes of checks: those of data/problems.yml, and those of other packages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, get_args

from dossierkit.check.report import Finding
from dossierkit.model.extension import CHECKS, blaming, brought, wrong
from dossierkit.text.data import load
from dossierkit.text.number_of import in_code

Severity = Literal["error", "warning", "info"]
On = Literal["page", "article", "record"]
CODE = r"(?:D\d{3}|[A-Z]{2,8}\d{1,4})"
"""As a regular expression: ours are `D` and three digits, those of others two letters or more and a number."""
_WHOLE = re.compile(CODE)
GATE = frozenset({"D201", "D202", "D203"})  # claims without evidence: not ignored without a written reason
BUILD_STOPS = frozenset({"D901", "D902", "D904", "D905", "D906", "D907", "D910"})
"""Those of the repository's files that are errors, for which a build stops whatever mkdocs.yml lets pass."""
_NOTES = frozenset({"D311", "D312", "D604", "D706"})  # reported only on request


@dataclass(frozen=True, slots=True)
class Check:
    """Another package's check, registered under the entry point group `dossierkit.checks` by its code.

    `title`: the rule in a few words; `text`: its meaning and remedy. `rule` gets a CheckedArticle if `on` is articles,
    else a CheckedPage, and must depend on nothing else: its results are cached until the page changes.
    """

    title: str
    text: str
    rule: Callable[[Any], Iterable[Finding]]
    severity: Severity = "warning"
    on: On = "article"


@cache
def checks() -> Mapping[str, Check]:
    """Checks of other packages, by code. Raises ExtensionError."""
    found = brought(CHECKS, Check, frozenset(load("problems")))
    for code, check in found.items():
        if not _WHOLE.fullmatch(code) or (code.startswith("D") and code[1].isdigit()):
            message = "has no code of its own, of two to eight capitals and a number, such as NEWS1"
            raise wrong(CHECKS, code, message)
        for name, value, allowed in (
            ("severity", check.severity, get_args(Severity)),
            ("on", check.on, get_args(On)),
        ):
            if value not in allowed:
                options = in_code(allowed)
                raise wrong(CHECKS, code, f"has `{name}={value!r}`, and expected is one of {options}")
    return found


def applied(on: On, path: str, subject: object) -> Iterator[Finding]:
    """Results of other packages' checks for the page at `path`. Raises ExtensionError if one fails."""
    for code, check in checks().items():
        if check.on == on:
            yield from _applied(code, check, path, subject)


def _applied(code: str, check: Check, path: str, subject: object) -> Iterator[Finding]:
    with blaming(CHECKS, code, path):
        found = tuple(check.rule(subject))
    for finding in found:
        if not isinstance(finding, Finding) or finding.code != code:
            other = getattr(finding, "code", type(finding).__name__)
            raise wrong(CHECKS, code, f"reports {other}", path)
        yield finding


def severity(code: str) -> str:
    """Severity of a rule: error | warning | info."""
    return "info" if code in _NOTES else described(code)[1]


def described(code: str) -> tuple[str, str, str]:
    """Title of a rule, its documented severity, and its meaning."""
    if check := checks().get(code):
        return check.title, check.severity, check.text
    known = load("problems")[code]
    return known["title"], known["severity"], known["text"]


def codes() -> tuple[str, ...]:
    """All codes, in order."""
    return tuple(sorted((*load("problems"), *checks())))
