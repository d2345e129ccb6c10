"""Interface strings: `t("articles")`, `t("types.person.many")`, `t.count("articles_count", 3)`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dossierkit.text.data import load


@dataclass(frozen=True, slots=True)
class Strings:
    """The strings of one language (the names of the files in data/strings). Raises KeyError for an unknown key."""

    lang: str
    overrides: Mapping[str, str]

    def __call__(self, key: str, **values: object) -> str:
        text = self.overrides.get(key)
        if text is None:
            node = load(f"strings/{self.lang}")
            for part in key.split("."):
                node = node[part]
            text = str(node)
        return text.format(**values) if values else text

    def section(self, key: str) -> dict[str, Any]:
        """All strings below a key, for a script; what is to be filled in stays in braces."""
        found = {}
        for name, text in load(f"strings/{self.lang}")[key].items():
            path = f"{key}.{name}"
            found[name] = (
                {form: self(f"{path}.{form}") for form in text} if isinstance(text, Mapping) else self(path)
            )
        return found

    def count(self, key: str, n: int) -> str:
        return self(f"{key}.{'one' if n == 1 else 'many'}", n=n)
