"""Settings for rules in mkdocs.yml: `extra: {dossier: {check: {ignore: ..., per-file: ...}}}`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any

from dossierkit.check.codes import BUILD_STOPS, GATE, codes
from dossierkit.check.report import Checked, Ignored
from dossierkit.check.waivers import enough
from dossierkit.model.diagnostic import Diagnostic
from dossierkit.model.page import Content

Reasons = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class CheckSettings:
    """Reasons by code, for all pages and for pages that match a pattern (`content/articles/2016/*`)."""

    ignore: Reasons = field(default_factory=dict)
    per_file: Mapping[str, Reasons] = field(default_factory=dict)
    problems: tuple[Diagnostic, ...] = ()

    def reason(self, problem: Diagnostic) -> str | None:
        """The reason why a problem is ignored, or None."""
        for pattern, reasons in self.per_file.items():
            if problem.code in reasons and fnmatchcase(problem.path, pattern):
                return reasons[problem.code]
        return self.ignore.get(problem.code)


def read_settings(extra: Mapping[str, Any], files: Mapping[str, str]) -> CheckSettings:
    """Read the `extra` of mkdocs.yml. `files`: see `build.options.place`. Invalid settings become problems and are skipped."""
    dossier = extra.get("dossier")
    section = dossier.get("check") if isinstance(dossier, Mapping) else None
    if section is None:
        return CheckSettings()
    problems: list[Diagnostic] = []
    if not isinstance(section, Mapping):
        return CheckSettings(
            problems=(_problem(files, "check", "`check` is a mapping of `ignore` and `per-file`"),)
        )
    problems += (
        _problem(files, str(name), f"`{name}` means nothing here: expected `ignore` or `per-file`")
        for name in section
        if name not in {"ignore", "per-file"}
    )
    ignore = dict(_reasons(section.get("ignore"), files, problems))
    patterns = section.get("per-file") or {}
    per_file = {
        str(pattern): dict(_reasons(reasons, files, problems))
        for pattern, reasons in (patterns.items() if isinstance(patterns, Mapping) else ())
    }
    return CheckSettings(ignore, per_file, tuple(problems))


def placeholder(description: object, files: Mapping[str, str], content: Content) -> Iterator[Diagnostic]:
    """D143: readers get pages, and the description of a new site is still empty. `files`: see `build.options.place`."""
    published = any(page.status == "published" for page in content.articles.values())
    if published and description == "":
        file, line, _ = _found(files, "site_description")
        message = "`site_description` is empty: say in one sentence what the site is about"
        yield Diagnostic(file, line, 1, "D143", message, "warning")


def _reasons(
    value: object, files: Mapping[str, str], problems: list[Diagnostic]
) -> Iterator[tuple[str, str]]:
    if value is not None and not isinstance(value, Mapping):
        problems.append(
            _problem(files, "check", "expected codes with their reasons: `D703: why it does not matter here`")
        )
        return
    for code, reason in (value or {}).items():
        wrong = _wrong(str(code), reason)
        if wrong:
            problems.append(_problem(files, str(code), wrong))
        else:
            yield str(code), reason


def _wrong(code: str, reason: object) -> str:
    if code not in codes():
        return f"there is no rule {code}: correct the code"
    if code in GATE:
        return f"{code} is never ignored for whole pages: put `# dossier: ignore {code} -- why` at the claim itself"
    if code in BUILD_STOPS:
        return f"{code} is never ignored, since the build stops for it: correct what it names"
    if not isinstance(reason, str) or not enough(reason):
        return f"{code} needs a reason: `{code}: why it does not matter here`"
    return ""


def _problem(files: Mapping[str, str], words: str, message: str) -> Diagnostic:
    return Diagnostic(*_found(files, words), "D130", message)


def _found(files: Mapping[str, str], words: str) -> tuple[str, int, int]:
    """File, line and column of the words; the start of the first file if they are in none."""
    for file, text in files.items():
        if match := re.search(rf"(?m)^(.*?)\b{re.escape(words)}\b", text):
            return file, text.count("\n", 0, match.start()) + 1, len(match[1]) + 1
    return next(iter(files)), 1, 1


def let_pass(
    found: Iterable[Checked], settings: CheckSettings
) -> tuple[tuple[Checked, ...], tuple[Ignored, ...]]:
    """The remaining problems, and those that the settings ignore."""
    remaining: list[Checked] = []
    passed: list[Ignored] = []
    for checked in found:
        reason = settings.reason(checked.problem)
        if reason is None:
            remaining.append(checked)
        else:
            passed.append(Ignored(checked, reason))
    return tuple(remaining), tuple(passed)
