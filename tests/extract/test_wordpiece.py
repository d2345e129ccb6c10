"""Words and their pieces, as the package `tokenizers` cuts them from the same vocabulary."""

from __future__ import annotations

import string
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from dossierkit.extract.names.wordpiece import UNKNOWN, WordPiece, read

VOCABULARY = Path(str(files("dossierkit.extract.names") / "model" / "vocabulary.txt"))
SEED = next(Path(__file__).parents[2].joinpath("seeds").glob("000_*.txt"))
# Letters that Unicode had before either side's tables were made, with what BERT treats each in its own way.
LETTERS = (
    string.printable
    + "éñüßøİıǅﬁ’“”—…·€©²½ЖйΩάçابةإىًעבשनि가日本語𠮷\u00a0\u200b\u200d\ufeff\ufffd\u0301\u0000\u0085\U0001f600"
)


@pytest.fixture(scope="module")
def ours() -> WordPiece:
    return read(VOCABULARY.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def theirs(ours: WordPiece) -> Tokenizer:
    tokenizer = Tokenizer(models.WordPiece(ours.vocabulary, unk_token="[UNK]"))  # noqa: S106 - a piece of text
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return tokenizer


def cut(tokenizer: Tokenizer, text: str) -> list[tuple[int, int, tuple[int, ...]]]:
    encoding = tokenizer.encode(text, add_special_tokens=False)
    words: dict[int, list[int]] = {}
    for index, word in enumerate(encoding.word_ids):
        words.setdefault(word, []).append(index)
    return [
        (
            encoding.offsets[pieces[0]][0],
            encoding.offsets[pieces[-1]][1],
            tuple(encoding.ids[piece] for piece in pieces),
        )
        for pieces in words.values()
    ]


def test_a_long_article_is_cut_as_tokenizers_cuts_it(ours: WordPiece, theirs: Tokenizer) -> None:
    text = SEED.read_text(encoding="utf-8")
    assert list(ours.words(text)) == cut(theirs, text)


@given(text=st.text(LETTERS, max_size=60))
def test_any_text_is_cut_as_tokenizers_cuts_it(ours: WordPiece, theirs: Tokenizer, text: str) -> None:
    assert list(ours.words(text)) == cut(theirs, text)


def test_a_word_that_has_no_pieces_or_no_end_is_unknown(ours: WordPiece) -> None:
    assert list(ours.words("ᚠ " + "a" * 101)) == [(0, 1, (UNKNOWN,)), (2, 103, (UNKNOWN,))]


def test_the_names_of_special_pieces_are_words_like_others(ours: WordPiece) -> None:
    assert [end - start for start, end, _ in ours.words("[SEP]")] == [1, 3, 1]
