"""What the text calls a name: "the law firm Lenn & Hale", "Lenn Nickel, a joint venture", "the village of Tarn" (English)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from itertools import pairwise

from dossierkit.extract.forms import bare
from dossierkit.extract.lexicon import known_place, lexicon
from dossierkit.extract.mentions.shaped import SHAPE
from dossierkit.model.finding import Mention
from dossierkit.text.data import load
from dossierkit.text.generation import without_generation

_ROW_LENGTH = 24  # code points
_OFFICE_LENGTH = 80  # code points
_REACH = 60  # code points behind a name
_LONGEST_AGENCY = 6  # letters
# Not "the Lenn spyware network".
_BEHIND_NAME = re.compile(r" ([a-z]+)\b(?! (?:company|firm|group|makers?|network|vendor)\b)")
_AGE = re.compile(r",? \(?aged? \d{1,3}\b|, \d{1,2}, (?=[a-z])| \(\d{1,2}\) from\b")
_DIED = re.compile(r", (?:an?|the) [^,.;\n]{1,60}, (?:has )?died\b")
_YEAR_OLD = re.compile(r"\b\d{1,3}-year-old \Z")
_OTHER_TONGUES = frozenset({"da", "das", "de", "del", "des", "do", "dos", "du", "für", "para", "per", "pour"})
_DASHED = re.compile(r"\) ?[–—-]")
_SAILED = re.compile(r"(?:,| was|,? which was)? skippered by\b| skipper [A-Z]")
_STAFF = re.compile(
    r"(?:['’]s?)? (?:CEO|administrators|chief executive|co-founder|creditors|customers|employees|founder|passengers|shareholders|shares|workers)\b"
)
_SITE = re.compile(
    r"['’]s (?:[\w-]{1,20} ){0,3}(?:factory|mines?|plants?|refinery|smelter|subsidiary|shareholders|headquarters|board(?! of\b))\b"
)
_DISPATCH = re.compile(r"(?:, [A-Z][a-z]{2,8}\.? \d{1,2})?(?: \([^()\n]{2,40}\) [–—-]{1,2}| [–—]) ")
# "Lenn Hale analyst Ada Moreau"
_EMPLOYS = re.compile(r" (?:[a-z]{3,15} )?(?:analyst|economist|strategist) (?=[A-Z])")
_KIN_OF = re.compile(r"\b(?:grandson|granddaughter|nephew|niece|widow|widower) of \Z")
# The noun ends the phrase, or what follows belongs to it: not "a company director".
_ENDS = r"(?=[,.;:)]| [–—-] | (?:based|between|for|formed|from|in|of|operating|owned|responsible|run|that|where|which|with)\b)"


def called(text: str, mentions: Sequence[Mention]) -> Iterator[tuple[Mention, str]]:
    """(mention, type that the words beside it give it): "organization", "place", "product" for a vessel, "person" by an age."""
    people = {
        without_generation(mention.text).split()[-1]
        for mention in mentions
        if mention.type == "person" and " " in mention.text
    }
    starts = {mention.start for mention in mentions if mention.type == "person"}
    row = False
    for before, mention in pairwise((None, *mentions)):
        if mention is None:
            continue
        between = text[before.end : mention.start] if before else ""
        ahead = text[max(0, mention.start - _ROW_LENGTH) : mention.start]
        row = (row and between in {", ", " and ", ", and "}) or _settlements().search(ahead) is not None
        if _aged(text, mention, ahead) or _holds_office(text, mention) or _is_kin(text, mention, ahead):
            yield mention, "person"
        elif before and between == " (" and _is_bodys_other_name(before, mention):
            yield mention, "organization"
        elif row or _opens_dispatch(text, mention):
            yield mention, "place"
        elif _is_vessel(text, mention, ahead) and not (
            mention.type == "person" and _somebody(mention, people)
        ):
            yield mention, "product"
        elif (
            _employs(text, mention, starts)
            or _in_dateline(text, mention)
            or _runs_site(text, mention)
            or _is_firm(text, mention, ahead, people)
        ):
            yield mention, "organization"


def _is_bodys_other_name(before: Mention, mention: Mention) -> bool:
    """As in "the Guidance Association (al-Lennah)", "the Movement of Lenn (Movimento de Lenn)"."""
    first, _, rest = mention.text.partition(" ")
    tongue = any(part in _OTHER_TONGUES for part in rest.split())
    other = tongue or (not rest and first[:3].lower() in {"al-", "el-"})
    return (
        before.type == "organization" and mention.type == "person" and other and first not in lexicon().given
    )


def _aged(text: str, mention: Mention, ahead: str) -> bool:
    """As in "Ada Moreau, 35, of", "Ada Moreau (aged 35)", "Ada Moreau (35) from Tarn", "35-year-old Ada Moreau", "Ada Moreau, a publisher, died"; "Tarn (35)" may be a count."""
    beside = _AGE.match(text, mention.end) or _DIED.match(text, mention.end)
    aged = beside is not None or _YEAR_OLD.search(ahead) is not None
    return aged and not known_place(mention.text)


def _holds_office(text: str, mention: Mention) -> bool:
    """As in "a member of the governing party, Ada Moreau, said"."""
    named = mention.text.count(" ") in {1, 2} and text.startswith(",", mention.end)
    return (
        named and _holder().search(text[max(0, mention.start - _OFFICE_LENGTH) : mention.start]) is not None
    )


def _is_kin(text: str, mention: Mention, ahead: str) -> bool:
    """As in "the grandson of FTM", not "the widow of Lenn’s first mayor"."""
    owner = text.startswith(("'s", "’s"), mention.end)
    return mention.type == "organization" and not owner and _KIN_OF.search(ahead) is not None


def _employs(text: str, mention: Mention, starts: Collection[int]) -> bool:
    """As "Lenn Hale" in "Lenn Hale analyst Ada Moreau", where somebody's name (`starts`) stands behind the analyst."""
    job = _EMPLOYS.match(text, mention.end) if mention.type == "person" else None
    return job is not None and job.end() in starts


def _opens_dispatch(text: str, mention: Mention) -> bool:
    """As in "LENN, May 3 (ABC) -", "TARN LENN (ABC) –", "LENN —" at the beginning of a line."""
    opens = mention.start == 0 or text[mention.start - 1] == "\n"
    return opens and mention.text.isupper() and _DISPATCH.match(text, mention.end) is not None


def _somebody(mention: Mention, people: set[str]) -> bool:
    """Whether it can be somebody's name all the same: "the company Ada Moreau founded"."""
    name = bare(mention.text, mention.type)
    return name.split()[0] in lexicon().given or name in people


def _is_vessel(text: str, mention: Mention, ahead: str) -> bool:
    """As in "the ferry Lenn", "the Lenn ferry", "the Norland-flagged LENN", "Lenn, skippered by"."""
    shaped = mention.type == "product" and mention.reason == SHAPE
    if shaped or _SAILED.match(text, mention.end) or ahead.endswith(("skipper of ", "skipper of the ")):
        return True
    word, behind = ahead[:-1].rpartition(" ")[2], _BEHIND_NAME.match(text, mention.end)
    alone = " " not in mention.text and behind is not None and behind[1] in _vessels()
    called_so = ahead.endswith(" ") and (word in _vessels() or word.endswith("-flagged"))
    return called_so or (alone and mention.type != "person")


def _in_dateline(text: str, mention: Mention) -> bool:
    """As in "LENN, Norland (ABC) —", or "ABC" alone as the last line."""
    if not mention.text.isupper() or len(mention.text) > _LONGEST_AGENCY:
        return False
    last = not text[mention.end :].strip() and text[: mention.start].endswith("\n")
    return last or (text[mention.start - 1] == "(" and _DASHED.match(text, mention.end) is not None)


def _runs_site(text: str, mention: Mention) -> bool:
    """As in "Lennmin’s platinum mine", not "Norland’s mine"."""
    return (
        mention.type == "place"
        and not known_place(mention.text)
        and _SITE.match(text, mention.end) is not None
    )


def _is_firm(text: str, mention: Mention, ahead: str, people: set[str]) -> bool:
    if mention.type == "organization" or _somebody(mention, people):
        return False
    if mention.type == "person" and " " not in mention.text and _STAFF.match(text, mention.end):
        return True
    word = ahead[:-1].rstrip(",").rpartition(" ")[2] if ahead.endswith(" ") else ""
    is_job = mention.type == "person" and " " in mention.text and word in load("en/descriptions")["jobs"]
    return (word in _firms() and not is_job) or _behind().match(
        text, mention.end, mention.end + _REACH
    ) is not None


@cache
def _firms() -> frozenset[str]:
    return frozenset(load("en/descriptions")["firms"])


@cache
def _vessels() -> frozenset[str]:
    return frozenset(load("en/descriptions")["vessels"])


@cache
def _behind() -> re.Pattern[str]:
    nouns = "|".join(sorted(_firms()))
    return re.compile(rf"(?:,| [–—-]| is| was) (?:an?|the) (?:[\w’'-]+ ){{0,3}}(?:{nouns}){_ENDS}")


@cache
def _holder() -> re.Pattern[str]:
    holders = "|".join(load("en/descriptions")["office_holders"])
    return re.compile(
        rf"\b(?:[Aa]n?|[Tt]he) (?:[a-z-]{{1,20}} )?(?:{holders}) of (?:the )?[a-z][a-z -]{{1,30}}, $"
    )


@cache
def _settlements() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(load('en/descriptions')['settled'])}) of $")
