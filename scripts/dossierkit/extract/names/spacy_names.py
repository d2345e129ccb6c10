"""A spaCy pipeline instead of the name model, for languages that the shipped model does not support."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dossierkit.extract.names.installed import installed
from dossierkit.model.finding import NameFinder

if TYPE_CHECKING:
    from spacy.language import Language

PREFIX = "spacy:"
CHOICES = ("", "model", "none")
# Labels as the models' pages list them: OntoNotes (English, Chinese, Japanese ...), WikiNER (most European
# languages and the multilingual model), NorNE, SUC (Swedish), NKJP (Polish), KLUE (Korean), RONEC (Romanian).
_TYPES = {
    **dict.fromkeys(("PERSON", "PER", "PRS", "PERSNAME", "PS"), "person"),
    **dict.fromkeys(("ORG", "ORGANIZATION", "ORGANISATION", "ORGNAME", "OG", "GPE_ORG"), "organization"),
    **dict.fromkeys(
        ("LOC", "LOCATION", "GPE", "GPE_LOC", "FAC", "FACILITY", "PLACENAME", "GEOGNAME", "LC", "PLACE"),
        "place",
    ),
}
# spaCy gives no score; with this one, sure results of the rules win.
_SCORE = 0.75
# Components that do not help to find names, unless patterns of a ruler need them.
_IDLE = (
    "parser",
    "tagger",
    "morphologizer",
    "senter",
    "attribute_ruler",
    "lemmatizer",
    "trainable_lemmatizer",
)
_RULERS = frozenset(("entity_ruler", "span_ruler"))
# Code points for one call: spaCy accepts up to a million, and memory grows with them.
_PIECE = 50_000
_SPACE = re.compile(r"\s")
# Lone surrogates, which spaCy cannot encode; the replacement has the same length.
_LONE = re.compile("[\ud800-\udfff]")


class NamesError(ValueError):
    """The chosen name finder is unknown or not installed; the message says what to do."""


def type_of(label: str) -> str:
    """The type for a label of an entity recogniser, "" if it is neither person, organisation nor place."""
    return _TYPES.get(label.upper(), "")


@dataclass(frozen=True)
class SpacyNames:
    """A name finder (see `model.finding.NameFinder`)."""

    pipeline: Language

    def reads(self, lang: str) -> bool:
        """The pipeline's own language; every language for a multilingual pipeline (`xx`)."""
        return self.pipeline.lang in ("xx", lang)

    def find(self, text: str, sentences: Sequence[tuple[int, int]]) -> Sequence[tuple[int, int, str, float]]:
        """Names in text order, none overlapping: (start, end, type, score), code points, half open."""
        found = []
        for start, end in _pieces(text, sentences):
            for ent in self.pipeline(_LONE.sub("\ufffd", text[start:end])).ents:
                first, last = _trimmed(text, start + ent.start_char, start + ent.end_char)
                if type_of(ent.label_) and first < last:
                    found.append((first, last, type_of(ent.label_), _SCORE))
        return found

    @property
    def version(self) -> str:
        """What results depend on: name and version of the model, and version of spaCy."""
        meta = self.pipeline.meta
        return f"{PREFIX}{meta['lang']}_{meta['name']} {meta['version']} spaCy {meta['spacy_version']}"


def chosen(choice: str = "") -> NameFinder | None:
    """The finder for the setting `names`: "" or "model" (the shipped model), "none", or "spacy:" and a model's name.

    None if names are found by records, cues and rules alone. Raises NamesError.
    """
    if choice.startswith(PREFIX):
        return load(choice.removeprefix(PREFIX).strip())
    if choice not in CHOICES:
        raise NamesError(f"`names: {choice}`: expected model, none, or spacy: and the name of a spaCy model")
    return None if choice == "none" else installed()


def version_of(finder: NameFinder | None) -> str:
    """Identifies the name finder and its version; part of the key of cached results."""
    if finder is None:
        return "none"
    return finder.version if isinstance(finder, SpacyNames) else "model"


def load(model: str) -> SpacyNames:
    """The installed spaCy model of this name (`xx_ent_wiki_sm`). Raises NamesError."""
    try:
        import spacy  # noqa: PLC0415 -- heavy
    except ImportError:
        raise NamesError("spaCy is not installed: run `pip install 'dossierkit[spacy]'`") from None
    try:
        pipeline = spacy.load(model)
    except OSError:
        raise NamesError(
            f"the spaCy model {model} is not installed: run `python -m spacy download {model}`"
        ) from None
    return wrapped(pipeline)


def wrapped(pipeline: Language) -> SpacyNames:
    """A loaded pipeline as a name finder, without components that only parse or tag."""
    if _RULERS.isdisjoint(pipeline.pipe_names):
        for name in _IDLE:
            if name in pipeline.pipe_names:
                pipeline.disable_pipe(name)
    return SpacyNames(pipeline)


def _pieces(text: str, sentences: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Spans of whole sentences, up to a size that spaCy accepts; a longer sentence is split at a space."""
    start = reach = -1
    for first, last in sentences:
        if start >= 0 and last - start > _PIECE:
            yield from _cut(text, start, reach)
            start = first
        start, reach = (first if start < 0 else start), last
    if start >= 0:
        yield from _cut(text, start, reach)


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > _PIECE:
        space = max(
            (match.start() for match in _SPACE.finditer(text, start + _PIECE - 200, start + _PIECE)),
            default=0,
        )
        stop = space or start + _PIECE
        yield start, stop
        start = stop
    yield start, end


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Without white space at the edges and an English genitive at the end."""
    form = text[start:end].rstrip()
    form = form[:-2] if form.endswith(("'s", "’s")) else form
    return end - len(text[start:end].lstrip()), start + len(form)
