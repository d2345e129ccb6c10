"""The name model: a small quantised transformer, run by onnxruntime. How it was trained: training/README.md."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from dossierkit.extract.names.decode import STATES, DecodedName, best_paths, read_names, tidy
from dossierkit.extract.names.windows import Window, pack, read_words
from dossierkit.extract.names.wordpiece import WordPiece, read

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

_BATCH = 4
_POOL = 256
_ONLY_OUTSIDE = np.array([0.0, *[-1e4] * (STATES - 1)], dtype=np.float32)


def _shipped() -> Path:
    with as_file(files("dossierkit.extract.names") / "model") as folder:
        return Path(folder)


@dataclass(frozen=True)
class NameModel:
    """Finds people, organisations and places in English text. Loads on first use; the same text gives the same names."""

    folder: Path = field(default_factory=_shipped)
    threads: int = 1

    def find(self, text: str, sentences: Sequence[tuple[int, int]]) -> list[DecodedName]:
        """Find names: (start, end, type, score), code points, half open, sorted, none overlapping.

        `sentences` are spans of `text` in order; what lies outside them is not read. Time grows linearly with the text.
        """
        names: list[DecodedName] = []
        for pool in _pools(pack(read_words(text, sentences, self._pieces))):
            order = sorted(range(len(pool)), key=lambda index: len(pool[index]))
            for at in range(0, len(order), _BATCH):
                names.extend(self._read([pool[index] for index in order[at : at + _BATCH]]))
        return sorted(tidy(text, names))

    def _read(self, windows: list[Window]) -> list[DecodedName]:
        scores = self.score(windows)
        states, probabilities = best_paths(scores), np.exp(scores)
        return [
            name
            for row, window in enumerate(windows)
            for name in read_names(window.words, states[row], probabilities[row])
        ]

    def score(self, windows: Sequence[Window]) -> NDArray[np.float32]:
        """Give log probabilities [window, word, state]; rows past a window's words mean nothing but O."""
        width, count = max(map(len, windows)), max(len(window.words) for window in windows)
        pieces = np.zeros((len(windows), width), dtype=np.int32)
        shapes = np.zeros((len(windows), width, 3), dtype=np.int32)
        heads = np.zeros((len(windows), count), dtype=np.intp)
        for row, window in enumerate(windows):
            pieces[row, : len(window)] = window.pieces()
            shapes[row, : len(window)] = window.shapes()
            heads[row, : len(window.words)] = window.heads()
        lengths = np.array([len(window) for window in windows], dtype=np.int32)
        (logits,) = self._session.run(None, {"pieces": pieces, "shapes": shapes, "lengths": lengths})
        scores = _log_softmax(logits[np.arange(len(windows))[:, None], heads])
        past = np.arange(count) >= np.array([len(window.words) for window in windows])[:, None]
        scores[past] = _ONLY_OUTSIDE
        return scores

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


def _pools(windows: Iterator[Window]) -> Iterator[list[Window]]:
    """Batches are formed by length within a pool, so that memory does not grow with the text."""
    pool: list[Window] = []
    for window in windows:
        pool.append(window)
        if len(pool) == _POOL:
            yield pool
            pool = []
    if pool:
        yield pool


def _log_softmax(logits: NDArray[np.float32]) -> NDArray[np.float32]:
    shifted = logits - logits.max(axis=-1, keepdims=True)
    result: NDArray[np.float32] = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return result
