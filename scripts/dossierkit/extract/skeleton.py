"""Consonant skeletons: what the spellings of a transliterated name share ("Mohammad", "Muhammed", "Mohamed")."""

from __future__ import annotations

import re
from functools import lru_cache

from dossierkit.text.fold import romanise

# Digraphs for one sound first, then letters that transliterations exchange.
_SOUNDS = (
    (re.compile(r"(?<=a)gi(?=o[st])"), "y"),  # of Greek: "Panagiotis" and "Panayotis"
    (re.compile(r"sch|tch|ch|sh"), "S"),
    (re.compile(r"kh|gh|q|ck|k|g|c(?=[aou])"), "K"),
    (re.compile(r"th|dh|d|t"), "T"),
    (re.compile(r"ph|ff|f|v|w(?=[aeiou])"), "F"),
    (re.compile(r"dj|zh|j"), "J"),
    (re.compile(r"z|s|c"), "Z"),
    (re.compile(r"p|b"), "B"),
)
_ARTICLE = re.compile(r"^(?:al|el|as|ash|ad|an|ar|at|az|ul|ur)[-' ]?(?=[a-z]{3})")
_ALONE = re.compile(r"\b(?:al|el) (?=[^\W\d_]{3})")
# "abd al karim", "abdul karim", "abdel-karim"
_SERVANT = re.compile(r"\babd(?:[aeou][lrnsz])?[ -]+(?:(?:al|ar|as|el|er|es|ul|ur)[ -]+)?(?=[^\W\d_]{3})")
_VOWELS = re.compile(r"[aeiouyhw'’-]")
_DOUBLE = re.compile(r"(.)\1+")


@lru_cache(maxsize=16384)
def skeleton(word: str) -> str:
    """The consonants of one word in broad classes, without article, vowels and doubling; "" if too little is left."""
    text = _ARTICLE.sub("", romanise(word).replace("’", "'"))
    first = "A" if text[:1] in tuple("aeiou'") else ""
    for pattern, sound in _SOUNDS:
        text = pattern.sub(sound, text)
    bones = _VOWELS.sub("", _DOUBLE.sub(r"\1", text))  # "Potanin" is not "Putin"
    return first + bones if len(bones) >= 2 else ""


def words_of(name: str) -> tuple[str, ...]:
    """The words of a folded name without articles that stand alone."""
    return tuple(_ALONE.sub("", _SERVANT.sub("abdul", name)).split())


def name_skeleton(name: str) -> tuple[str, ...]:
    """The skeleton of every word but articles; () if one of them leaves too little to compare; one of three may be
    compared as it is written.
    """
    words = words_of(name)
    bones = tuple(map(skeleton, words))
    if bones[2:] and bones.count("") == 1:  # "Ahmad Hajj Salih"
        return tuple(bone or _DOUBLE.sub(r"\1", word) for bone, word in zip(bones, words, strict=True))
    return bones if bones and all(bones) else ()
