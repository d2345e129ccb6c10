"""The installed name model as a name finder, with its results made consistent over the article."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dossierkit.extract.languages import language
from dossierkit.model.finding import NameFinder
from dossierkit.text.data import load

if TYPE_CHECKING:
    from dossierkit.extract.names.decode import DecodedName
    from dossierkit.extract.names.model import NameModel

_SMALL = re.compile(r"(?<![\w-])[^\W\d_A-Z][^\W\d_A-Z]*(?![\w-])")
_FIRST = re.compile(r"\w+")
_CAPITAL = re.compile(r"[^\W\d_a-z]")


@dataclass(frozen=True)
class ModelNameFinder:
    """A name finder (see `model.finding.NameFinder`)."""

    model: NameModel

    def reads(self, lang: str) -> bool:
        """English, for which it was evaluated, and other languages in Latin script without rules of their own."""
        if lang == "en" or lang in load("languages")["measured"]:
            return True
        own = language(lang)
        return lang in load("languages")["latin"] and not (own and own.find_names)

    def find(self, text: str, sentences: Sequence[tuple[int, int]]) -> Sequence[DecodedName]:
        """Names in text order, none overlapping: one form, one type."""
        from dossierkit.extract.names.consistency import harmonise  # noqa: PLC0415 -- heavy

        return harmonise(text, self.model.find(text, worth_reading(text, sentences)))


def installed() -> NameFinder | None:
    """The name model, or None if its weights or runtime are not installed."""
    try:
        import onnxruntime  # noqa: F401, PLC0415 -- heavy

        from dossierkit.extract.names.model import NameModel  # noqa: PLC0415 -- heavy
    except ImportError:
        return None
    model = NameModel()
    return ModelNameFinder(model) if (model.folder / "names.onnx").is_file() else None


def worth_reading(text: str, sentences: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Sentences with a capital after their first word, or whose first word the text never writes in lower case."""
    small = frozenset(_SMALL.findall(text))
    return [span for span in sentences if _may_name(text, *span, small)]


def _may_name(text: str, start: int, end: int, small: frozenset[str]) -> bool:
    first = _FIRST.search(text, start, end)
    if first is None:
        return False
    opener = first.group()
    common = opener.isdigit() or (opener.lower() in small and (opener.istitle() or opener.islower()))
    return not common or any(True for _ in _capitals(text, first.end(), end))


def _capitals(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Letters that are not lower case: capitals, and those of scripts without case."""
    return (one for one in _CAPITAL.finditer(text, start, end) if not one.group().islower())
