"""Translatable messages: an English template and its values."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from dossierkit.model.diagnostic import Diagnostic


@dataclass(frozen=True, slots=True)
class Message:
    """`template`: English, with names in braces; other languages look translations up by it.

    `values`: texts, numbers, other messages, problems, or tuples of these, which are listed.
    """

    template: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return filled(self, lambda template: template, lambda problem: problem.message)


def filled(message: Message, translated: Callable[[str], str], problem: Callable[[Diagnostic], str]) -> str:
    """The message with its template, and those of nested messages, translated."""

    def words(value: object) -> object:
        if isinstance(value, Message):
            return filled(value, translated, problem)
        if isinstance(value, Diagnostic):
            return problem(value)
        return "; ".join(str(words(one)) for one in value) if isinstance(value, tuple) else value

    template = translated(message.template)
    return (
        template.format_map({name: words(value) for name, value in message.values.items()})
        if message.values
        else template
    )


class MessageError(ValueError):
    """An error with a translatable message."""

    def __init__(self, template: str | Message, **values: object) -> None:
        self.message = template if isinstance(template, Message) else Message(template, values)
        super().__init__(str(self.message))


def fitted(template: str, text: str) -> dict[str, str] | None:
    """The values with which a template gives a text; None if it gives others."""
    names = re.findall(r"\{(\w+)\}", template)
    if not names:
        return None
    first, *between, last = re.split(r"\{\w+\}", template)
    if not (text.startswith(first) and text.endswith(last)):
        return None
    rest, values = text.removeprefix(first).removesuffix(last), list[str]()
    for literal in between:
        value, found, rest = rest.partition(literal)
        if not found:
            return None
        values.append(value)
    return dict(zip(names, (*values, rest), strict=True))
