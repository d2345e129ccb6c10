"""Mentions of one entity as the sentences that contain them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from dossierkit.evidence.gathering import MentionInSentence


def by_sentence(passages: Iterable[MentionInSentence]) -> Iterator[list[MentionInSentence]]:
    """The mentions of one sentence together; a later sentence in the same words is another one."""
    same: list[MentionInSentence] = []
    for passage in passages:
        before, words, after, _ = passage
        further = same and len(before) > len(same[-1][0]) and before + words + after == "".join(same[-1][:3])
        if same and not further:
            yield same
            same = []
        same.append(passage)
    if same:
        yield same


def linked_parts(
    mentions: Sequence[MentionInSentence], href: Callable[[str], str]
) -> Iterator[tuple[str, str]]:
    """A sentence cut at its mentions: (text, link), the link empty between mentions."""
    at = 0
    for before, words, _, id_ in mentions:
        yield before[at:], ""
        yield words, href(id_)
        at = len(before) + len(words)
    yield mentions[-1][2], ""
