"""Words of the desk's interface: `t("accept")`, `t.count("mentions", 3)`; one file for each language in data/desk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from dossierkit.model.diagnostic import Diagnostic
from dossierkit.model.message import Message, filled
from dossierkit.text.data import load, names
from dossierkit.text.language import direction, isolated
from dossierkit.text.plural import category

FIRST = "en"


@dataclass(frozen=True)
class DeskStrings:
    """Words of one language. Raises KeyError for an unknown key."""

    lang: str

    def __call__(self, key: str, **values: object) -> str:
        text: str = self._texts[key]
        return text.format(**{name: self._apart(value) for name, value in values.items()}) if values else text

    def count(self, key: str, n: int, **values: object) -> str:
        """The plural form for the number, which replaces `{n}`."""
        forms: Mapping[str, str] = self._texts[key]
        text = forms.get(category(n, self._grammar["plural"]), forms["other"])
        return text.format(n=self.number(n), **{name: self._apart(value) for name, value in values.items()})

    def message(self, message: Message) -> str:
        """A message of the engine, translated if possible, else in English."""
        messages: Mapping[str, str] = self._translated.get("messages", {})
        return filled(message, lambda template: messages.get(template, template), self.problem)

    def problem(self, problem: Diagnostic) -> str:
        """A problem of `dossier check`: in English its message, else the translated title of its code and the message."""
        title = self._translated.get("problems", {}).get(problem.code)
        return self("told", what=title, words=problem.message) if title else problem.message

    def __contains__(self, key: str) -> bool:
        return key in self._texts

    @property
    def changes(self) -> Mapping[str, Mapping[str, str]]:
        """Words of `check.changes` -> the language's words for how, what and state; {} for English."""
        found: Mapping[str, Mapping[str, str]] = dict(self._translated).get("changes", {})  # type: ignore[assignment]  # two levels
        return found

    def reason(self, words: str) -> str:
        """The reason of a proposal: each part translated if possible."""
        return "; ".join(self._reason(one) for one in words.split("; "))

    def _reason(self, part: str) -> str:
        head, colon, rest = part.partition(": ")
        known: Mapping[str, str] = self._translated.get("reasons", {})
        return (
            self("told", what=known[head], words=rest) if colon and head in known else known.get(part, part)
        )

    def _apart(self, value: object) -> object:
        """A text value, isolated if its direction of writing is not that of the surrounding words."""
        return isolated(value, self.dir) if isinstance(value, str) else value

    def number(self, n: int) -> str:
        return f"{n:,}".replace(",", self._grammar["group"])

    @cached_property
    def dir(self) -> str:
        return direction(self.lang)

    @cached_property
    def _texts(self) -> Mapping[str, Any]:
        named = load(f"strings/{self.lang}")["facts"].items()
        facts = {f"field.{head}{name}": text for head in ("", "source.") for name, text in named}
        return {**facts, **load(f"desk/{self.lang}")}

    @cached_property
    def _translated(self) -> Mapping[str, Mapping[str, str]]:
        """English texts of the engine -> translations, by kind (messages, problems, reasons); {} for English."""
        return {} if self.lang == FIRST else load(f"messages/{self.lang}")

    @cached_property
    def _grammar(self) -> Mapping[str, Any]:
        """Grammar rules, shared with the pages of the site."""
        grammar: Mapping[str, Any] = load(f"strings/{self.lang}")["grammar"]
        return grammar


def languages() -> tuple[str, ...]:
    return names("desk")


def chosen(*wanted: str, accepted: Iterable[str] = ()) -> DeskStrings:
    """The first available language among those wanted, then those that the browser accepts; else English."""
    known = languages()
    tags = (tag.partition("-")[0].lower() for tag in (*wanted, *accepted))
    return DeskStrings(next((tag for tag in tags if tag in known), FIRST))
