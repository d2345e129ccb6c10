"""The name model: a small quantised transformer, run with onnxruntime. training/README.md describes its training."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from dossierkit.extract.names.decode import DecodedName, best_path, no_names, read_names, tidy
from dossierkit.extract.names.windows import Window, pack, read_words
from dossierkit.extract.names.wordpiece import WordPiece, read

if TYPE_CHECKING:
    from onnxruntime import InferenceSession


def _shipped() -> Path:
    with as_file(files("dossierkit.extract.names") / "model") as folder:
        return Path(folder)


@dataclass(frozen=True)
class NameModel:
    """Finds people, organisations and places in English text. Loads on first use; deterministic."""

    folder: Path = field(default_factory=_shipped)
    threads: int = 1

    def find(self, text: str, sentences: Sequence[tuple[int, int]]) -> list[DecodedName]:
        """Names as (start, end, type, score), code points, half open, sorted, none overlapping.

        `sentences` are spans of `text` in order; text outside them is not read. Linear in the text.
        """
        windows = pack(read_words(text, sentences, self._pieces))
        return sorted(tidy(text, (name for window in windows for name in self._read(window))))

    def _read(self, window: Window) -> list[DecodedName]:
        wanted = window.wanted()
        if not wanted:
            return []
        scores = no_names(len(window.words))
        scores[wanted] = self._score(window, wanted)
        states = best_path(scores)
        return read_names(window.words, states, _softmax(scores)) if states.any() else []

    def _score(self, window: Window, wanted: Sequence[int]) -> NDArray[np.float32]:
        """Scores [word, state] of these words; windows go one by one, as padding and cache misses cost more than calls."""
        heads = window.heads()
        inputs = {
            "pieces": np.array([window.pieces()], dtype=np.int32),
            "shapes": window.shapes()[np.newaxis],
            "wanted": np.array([heads[index] for index in wanted], dtype=np.int32),
        }
        (scores,) = self._session.run(None, inputs)
        read: NDArray[np.float32] = scores[0]
        return read

    @cached_property
    def _pieces(self) -> WordPiece:
        return read((self.folder / "vocabulary.txt").read_text(encoding="utf-8"))

    @cached_property
    def _session(self) -> InferenceSession:
        import onnxruntime  # noqa: PLC0415 -- heavy

        options: Any = onnxruntime.SessionOptions()
        options.intra_op_num_threads = self.threads
        options.inter_op_num_threads = 1
        return onnxruntime.InferenceSession(
            str(self.folder / "names.onnx"),
            options,
            providers=["CPUExecutionProvider"],
        )


def _softmax(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    raised: NDArray[np.float32] = np.exp(scores - scores.max(axis=-1, keepdims=True))
    total: NDArray[np.float32] = raised.sum(axis=-1, keepdims=True)
    return raised / total
