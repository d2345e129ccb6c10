"""Words of the desk's interface: `t("accept")`, `t.count("mentions", 3)`; one file for each language in data/desk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from dossierkit.model.diagnostic import Diagnostic
from dossierkit.model.message import Message, filled, fitted
from dossierkit.site.strings import Strings, leaves
from dossierkit.text.data import load, names

FIRST = "en"


class DeskStrings(Strings):
    """Words of one language, among them those of the site for facts. Raises KeyError for an unknown key."""

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
        """The reason of a proposal, or a decision in words: each part translated if possible."""
        return "; ".join(self._reason(one) for one in words.split("; "))

    def _reason(self, part: str) -> str:
        head, colon, rest = part.partition(": ")
        known: Mapping[str, str] = self._translated.get("reasons", {})
        if colon and head in known:
            return self("told", what=known[head], words=rest)
        if part in known:
            return known[part]
        made = ((template, fitted(template, part)) for template in known)
        template, values = next(((one, values) for one, values in made if values), (part, None))
        return known[template].format_map(self._translated_values(values)) if values else part

    def _translated_values(self, values: Mapping[str, str]) -> dict[str, str]:
        """Values of a reason: a type in words, a reason within it translated."""
        types = {name: self(f"type.{value}") for name, value in values.items() if name == "type"}
        return {name: self._reason(value) for name, value in values.items()} | types

    @property
    def key_list(self) -> list[Mapping[str, str]]:
        """The keys of the desk's pages, each with what it does."""
        listed: list[Mapping[str, str]] = load(f"desk/{self.lang}")["key_list"]
        return listed

    @cached_property
    def _texts(self) -> Mapping[str, str]:
        named = load(f"strings/{self.lang}")["facts"].items()
        facts = {f"field.{head}{name}": text for head in ("", "source.") for name, text in named}
        return {**facts, **dict(leaves(load(f"desk/{self.lang}")))}

    @cached_property
    def _translated(self) -> Mapping[str, Mapping[str, str]]:
        """English texts of the engine -> translations, by kind (messages, problems, reasons); {} for English."""
        return {} if self.lang == FIRST else load(f"messages/{self.lang}")


def languages() -> tuple[str, ...]:
    return names("desk")


def strings_for(*wanted: str, accepted: Iterable[str] = ()) -> DeskStrings:
    """The first available language among those wanted, then those that the browser accepts; else English."""
    known = languages()
    tags = (tag.partition("-")[0].lower() for tag in (*wanted, *accepted))
    return DeskStrings(next((tag for tag in tags if tag in known), FIRST))
