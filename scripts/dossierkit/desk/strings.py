"""The words of the desk's interface: `t("accept")`, `t.count("mentions", 3)`; files in data/desk, one a language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from dossierkit.model.diagnostic import Diagnostic
from dossierkit.model.message import Message, filled
from dossierkit.text.data import load, names
from dossierkit.text.language import direction
from dossierkit.text.plural import category

FIRST = "en"


@dataclass(frozen=True)
class DeskStrings:
    """Those of one language. Raises KeyError for an unknown key."""

    lang: str

    def __call__(self, key: str, **values: object) -> str:
        text: str = self._texts[key]
        return text.format(**values) if values else text

    def count(self, key: str, n: int, **values: object) -> str:
        """The form that the language has for the number, which stands in it as `{n}`."""
        forms: Mapping[str, str] = self._texts[key]
        text = forms.get(category(n, self._grammar["plural"]), forms["other"])
        return text.format(n=self.number(n), **values)

    def message(self, message: Message) -> str:
        """What the engine says, in the language; in English where it is not translated."""
        messages: Mapping[str, str] = self._translated.get("messages", {})
        return filled(message, lambda template: messages.get(template, template), self.problem)

    def problem(self, problem: Diagnostic) -> str:
        """What `dossier check` says: its message, in other languages than English after the title of its code."""
        title = self._translated.get("problems", {}).get(problem.code)
        return self("told", what=title, words=problem.message) if title else problem.message

    def __contains__(self, key: str) -> bool:
        return key in self._texts

    @property
    def changes(self) -> Mapping[str, Mapping[str, str]]:
        """How, what and which state changed, by the words of `check.changes`; nothing for English."""
        found: Mapping[str, Mapping[str, str]] = dict(self._translated).get("changes", {})  # type: ignore[assignment]  # two levels
        return found

    def reason(self, words: str) -> str:
        """Why something was proposed: parts that are translated each, the others as they are."""
        return "; ".join(self._reason(one) for one in words.split("; "))

    def _reason(self, part: str) -> str:
        head, colon, rest = part.partition(": ")
        known: Mapping[str, str] = self._translated.get("reasons", {})
        return (
            self("told", what=known[head], words=rest) if colon and head in known else known.get(part, part)
        )

    def number(self, n: int) -> str:
        return f"{n:,}".replace(",", self._grammar["group"])

    @cached_property
    def dir(self) -> str:
        return direction(self.lang)

    @cached_property
    def _texts(self) -> Mapping[str, Any]:
        facts = {f"field.{name}": text for name, text in load(f"strings/{self.lang}")["facts"].items()}
        return {**facts, **load(f"desk/{self.lang}")}

    @cached_property
    def _translated(self) -> Mapping[str, Mapping[str, str]]:
        """By kind (messages, problems, reasons) what the engine says in English; nothing for English."""
        return {} if self.lang == FIRST else load(f"messages/{self.lang}")

    @cached_property
    def _grammar(self) -> Mapping[str, Any]:
        """As the pages of the site have it."""
        grammar: Mapping[str, Any] = load(f"strings/{self.lang}")["grammar"]
        return grammar


def languages() -> tuple[str, ...]:
    return names("desk")


def chosen(*wanted: str, accepted: Iterable[str] = ()) -> DeskStrings:
    """In the first language of those wanted, then of those that a browser accepts, that there is; else English."""
    known = languages()
    tags = (tag.partition("-")[0].lower() for tag in (*wanted, *accepted))
    return DeskStrings(next((tag for tag in tags if tag in known), FIRST))
