"""The name model as the pipeline takes it: its spans made consistent over the article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dossierkit.extract.languages import languages
from dossierkit.extract.mentions import NameFinder
from dossierkit.text.data import load

if TYPE_CHECKING:
    from dossierkit.extract.names.decode import DecodedName
    from dossierkit.extract.names.model import NameModel


@dataclass(frozen=True)
class ModelNameFinder:
    """A name finder (see dossierkit.extract.mentions.NameFinder)."""

    model: NameModel

    def reads(self, lang: str) -> bool:
        """English, what it was measured in, and other languages in Latin letters that have no rules of their own."""
        if lang == "en" or lang in load("languages")["measured"]:
            return True
        return lang in load("languages")["latin"] and lang not in languages()

    def find(self, text: str, sentences: Sequence[tuple[int, int]]) -> Sequence[DecodedName]:
        """Names in text order, none overlapping: one form, one type."""
        from dossierkit.extract.names.candidates import worth_reading  # noqa: PLC0415 -- heavy
        from dossierkit.extract.names.consistency import harmonise  # noqa: PLC0415 -- heavy

        return harmonise(text, self.model.find(text, worth_reading(text, sentences)))


def installed() -> NameFinder | None:
    """The name model, where its weights and what it runs on are installed."""
    try:
        import onnxruntime  # noqa: F401, PLC0415 -- heavy

        from dossierkit.extract.names.model import NameModel  # noqa: PLC0415 -- heavy
    except ImportError:
        return None
    model = NameModel()
    return ModelNameFinder(model) if (model.folder / "names.onnx").is_file() else None
