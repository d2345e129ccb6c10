"""Whether a match is a time: "May" may be a verb, "2000" a number of people."""

from __future__ import annotations

from itertools import takewhile

from dossierkit.extract.timex.found import RuleMatch
from dossierkit.extract.timex.named import follows_name

# Bare numbers outside are not years; below _LIKELY they need more evidence.
_LEAST, _LIKELY, _MOST = 1000, 1900, 2100
_LIFE = 120  # years; longest range
_DASHES = {"-", "–", "—"}
_OPENING, _CLOSING = frozenset("\"“«‘'"), frozenset("\"”»’',")
_TITLE = 6  # words on each side
_NEAR = 8  # tokens


def plausible(found: RuleMatch) -> bool:
    """Whether a match is a time. Rules marked `bare` match a single word and need evidence from its neighbours."""
    if (
        _is_misplaced(found)
        or _is_title(found)
        or _is_reference_number(found)
        or _ends_in_count(found)
        or _counts_after_weekday(found)
    ):
        return False
    if found.has("ancient"):
        return _is_ancient(found)
    if not found.rule.fixed.get("bare"):
        return True
    if "z" in found.captures and "y" not in found.captures:
        return _is_short_year(found)
    return {
        "year": _is_year,
        "date": _is_month,
        "weekday": _is_weekday,
        "plural": _is_plural,
        "adverb": _is_adverb,
        "years": _is_year,
        "ref": _is_reference,
        "clock": _is_clock,
        "apposed": _is_beside,
        "somewhen": _is_season if found.has("e") else _is_lone_day if found.has("d") else _is_feast,
    }[found.rule.means](found)


def _is_misplaced(found: RuleMatch) -> bool:
    """Whether it lacks what its rule wants beside it: the word `then` behind it, no noun that it governs (`alone`), or the beginning of a
    sentence before it (`opening`).
    """
    fixed = found.rule.fixed
    if not _form(found, found.last).startswith(fixed.get("then", "")):
        return True
    return (fixed.get("alone", False) and _governs(found)) or (
        fixed.get("opening", False) and not _opens(found)
    )


def _governs(found: RuleMatch) -> bool:
    """Whether an adverb that is a preposition, too, stands before its noun: "накануне | выборов", not "накануне | суд отправил"."""
    words, after = found.grammar.data["governing"], found.tokens.lower(found.last)
    if not after.isalnum() or after in words["never"] or after.endswith(tuple(words["verbs"])):
        return False
    return not after.isalpha() or after.endswith(tuple(words["nouns"]))


def _is_reference_number(found: RuleMatch) -> bool:
    """As in "case no. 12/05/2019"."""
    numbered = found.grammar.data.get("numbered", ())
    return found.rule.means == "slash" and found.tokens.before(found.first) in numbered


def _ends_in_count(found: RuleMatch) -> bool:
    """Whether the second end of a range counts something: "sentenced on March 9 to 10 | years"."""
    ranged = found.tokens.lower(found.last - 2) in found.grammar.data.get("range", ())
    unit = found.grammar.values.get(("unit", found.tokens.lower(found.last)))
    return ranged and unit is not None and _form(found, found.last - 1).isdigit()


def _counts_after_weekday(found: RuleMatch) -> bool:
    """Whether the number after a weekday counts something: "lundi 18 personnes", not "lundi 18 à Paris"."""
    if found.rule.means != "weekday" or "d" not in found.captures or found.captures["d"][1] != found.last:
        return False
    after = found.tokens.lower(found.last)
    return after.isalnum() and after not in found.grammar.lists["function_words"]


def _is_ancient(found: RuleMatch) -> bool:
    """As in "on 28 May 621, at Tarn" and "of 28 May 621 was", not "on 28 May 621 people came" or the footnote of "on 28 May 621 ."."""
    digits, after = _form(found, found.last - 1), found.tokens.lower(found.last)
    if len(digits) != len("621") or not digits.isdigit() or digits[0] == "0":
        return False
    tokens = found.tokens
    if after and not after.isalnum() and tokens.starts[found.last] > tokens.ends[found.last - 1]:
        return False
    return not after[:1].isalnum() or after in found.grammar.lists["ancient_before"]


def _is_title(found: RuleMatch) -> bool:
    """Whether it belongs to the title of a work: "From Yesterday", “Gloomy Sunday”, “This Week”."""
    if _is_whole_title(found):
        return True
    if found.rule.means not in {"day", "weekday"}:
        return False
    form = found.tokens.forms[found.first]
    if found.grammar.values.get(("dayword", form.lower())) is not None:
        before = _form(found, found.first - 1)
        return form[:1].isupper() and not form.isupper() and before.isalpha() and not _is_headline(found)
    if (
        found.last - found.first > 1
        and _form(found, found.last - 1)[:1].isupper()
        and _form(found, found.last)[:1].isupper()
    ):
        return not form.isupper() and not _is_headline(found)  # "Saturday Night Live"
    return form[:1].isupper() and _is_quoted_title(found)


def _is_whole_title(found: RuleMatch) -> bool:
    """Whether it is all that stands in quotation marks, each word with a capital."""
    words = found.tokens.forms[found.first : found.last]
    after = found.last + (_form(found, found.last) == ",")
    quoted = _form(found, found.first - 1) in _OPENING and _form(found, after) in _CLOSING
    return quoted and len(words) > 1 and all(word[:1].isupper() for word in words)


def _is_quoted_title(found: RuleMatch) -> bool:
    """Whether it is in quotation marks with only capitalised words and the small words of a name."""
    first, last = found.first - 1, found.last
    while found.first - first < _TITLE and _is_word_of_title(found, first):
        first -= 1
    while last - found.last < _TITLE and _is_word_of_title(found, last):
        last += 1
    named = any(
        _form(found, at)[:1].isupper() for at in (*range(first + 1, found.first), *range(found.last, last))
    )
    return named and _form(found, first) in _OPENING and _form(found, last) in _CLOSING


def _is_word_of_title(found: RuleMatch, index: int) -> bool:
    form = _form(found, index)
    return form[:1].isupper() or (form.isalpha() and form in found.grammar.lists["function_words"])


def _is_headline(found: RuleMatch) -> bool:
    """Whether the longer words around it are capitalised anyway."""
    ahead = takewhile(bool, (_form(found, at) for at in range(found.last, found.last + _NEAR)))
    behind = takewhile(bool, (_form(found, at) for at in range(found.first - 1, found.first - _NEAR, -1)))
    small = found.grammar.lists["function_words"]
    words = [
        form for form in (*behind, *ahead) if form.isalpha() and len(form) > 3 and form.lower() not in small
    ]
    return bool(words) and all(form[0].isupper() for form in words)


def _is_clock(found: RuleMatch) -> bool:
    """As in "à 14 heures", not "72 heures"."""
    return found.tokens.lower(found.first - 1) in found.grammar.data["clock_after"]


def _is_beside(found: RuleMatch) -> bool:
    """As in ", day five of the tournament", not "on day five"."""
    return found.tokens.lower(found.first - 1) == "," and found.tokens.lower(found.last) == "of"


def _is_season(found: RuleMatch) -> bool:
    """As in "the summer" and "in the spring", not "the spring", "in the fall of the town"."""
    nouns = found.grammar.data.get("nouns_capitalised")
    if not (nouns or _form(found, found.last - 1).islower()) or found.tokens.lower(found.last) == "of":
        return False  # "the Winter Games"
    if found.tokens.lower(found.last - 1) not in found.grammar.data["doubtful_seasons"]:
        return True
    return found.tokens.lower(found.first - 1) in found.grammar.data["season_after"]


def _is_feast(found: RuleMatch) -> bool:
    """As in "at Easter", not "the Easter Party"."""
    return found.tokens.lower(found.first - 1) in found.grammar.data["feast_after"]


def _is_lone_day(found: RuleMatch) -> bool:
    """As in "Am 5. durchsuchten", "El día 5 los", not "Am 5. und 6. Mai", "el día 5 de mayo", "Am 5. Spieltag"."""
    data, after = found.grammar.data, found.tokens.lower(found.last)
    goes_on = (
        after in data["range"]
        or after in data["choosing"]
        or after in data["time_joins"]
        or ("month", after) in found.grammar.values
    )
    noun = data.get("nouns_capitalised") and _form(found, found.last)[:1].isupper()
    return not (goes_on or noun or after in {"de", "di", "%", "."})


def _is_reference(found: RuleMatch) -> bool:
    """As in "in the future" and "now", not "the future king", nor a "Now," that begins an argument."""
    after = found.tokens.lower(found.last)
    if found.last - found.first == 1:
        argues = found.tokens.lower(found.first) in found.grammar.lists["argues"]
        return not (argues and _opens(found) and after == ",")
    return not after.isalpha() or after in found.grammar.lists["function_words"]


def _opens(found: RuleMatch) -> bool:
    return found.tokens.lower(found.first - 1) == ""


def _is_adverb(found: RuleMatch) -> bool:
    """As in "daily", not "the Daily Mail"."""
    return found.tokens.forms[found.first].islower() or found.tokens.lower(found.first - 1) == ""


def _is_plural(found: RuleMatch) -> bool:
    """As in "for months", not "the early days of newsgroups"."""
    return found.tokens.lower(found.first - 1) in found.grammar.lists["plural_after"]


def _is_weekday(found: RuleMatch) -> bool:
    """Whether it is used as a weekday: "Sun" and "Sat" need a preposition, "Monday" does not; "Easter Monday" is not the
    nearest Monday.
    """
    if _form(found, found.first - 1)[:1].isupper() and (
        found.tokens.lower(found.first - 1) in found.grammar.lists["feast_before"]
    ):
        return False
    if found.tokens.lower(found.first - 1) in found.grammar.data["one"]:
        return _describes(found)
    if found.tokens.lower(found.first) not in found.grammar.lists["doubtful"]:
        return True
    after = _form(found, found.last)
    named = after[:1].isupper() and not found.tokens.forms[found.first].isupper()
    if found.tokens.lower(found.first) in found.grammar.data.get("weekday_alone", ()):
        named = named or (after.isalpha() and after not in found.grammar.lists["function_words"])
    return not named and found.tokens.lower(found.first - 1) in found.grammar.lists["prepositions"]


def _describes(found: RuleMatch) -> bool:
    """As in "a Wednesday statement", not "on a Wednesday in May"."""
    after = _form(found, found.last)
    if found.has("p") or not after.islower() or not after.isalpha():
        return False
    return (
        bool(found.grammar.data["weekday_describes"]) and after not in found.grammar.lists["function_words"]
    )


def _is_month(found: RuleMatch) -> bool:
    """A month's name alone, or that of a feast."""
    word, lists = found.tokens.lower(found.first), found.grammar.lists
    if "d" in found.rule.fixed:  # not "Christmas Island", "Christmas speech"
        after = found.tokens.lower(found.last)
        return not after.isalpha() or after in lists["function_words"]
    if ("number", word) in found.grammar.values:
        return False  # "de sept chefs d'accusation"
    if found.tokens.lower(found.first - 1) in lists["prepositions"]:
        return not _ends_name(found)
    return word not in lists["doubtful"] and not _is_name(found)


def _ends_name(found: RuleMatch) -> bool:
    """As in "Rio de Janeiro", "Plaza de Mayo"."""
    joins, at = found.grammar.data.get("name_joins", ()), found.first
    if found.tokens.lower(at - 1) not in joins or not _form(found, at)[:1].isupper():
        return False
    named_after = _form(found, at - 2).isdigit() and follows_name(found, at - 2)
    return named_after or _form(found, at - 2)[:1].isupper()


def _is_name(found: RuleMatch) -> bool:
    """As in "April Smith": a capitalised neighbour."""
    tokens = found.tokens
    after, before = _form(found, found.last), _form(found, found.first - 1)
    all_capitals = tokens.forms[found.first].isupper()
    return not all_capitals and (after[:1].isupper() or (before[:1].isupper() and len(before) > 1))


def _is_year(found: RuleMatch) -> bool:
    """A number of four digits alone."""
    tokens, lists = found.tokens, found.grammar.lists
    number = found.integer("y") or 0
    before, after = tokens.before(found.first), tokens.lower(found.last)
    if not _LEAST <= number <= _MOST:
        return False
    if _opens_range(found) or _closes_range(found):
        return True
    if _is_part_of_number(found, before, after):
        return False
    if before in lists["year_surely_after"]:
        return not _counts(found, after) or before in lists["year_though_counted"]
    if number < _LIKELY:
        return before in lists["year_after"] and (not after.isalpha() or after in lists["function_words"])
    return not _counts(found, after)


def _is_short_year(found: RuleMatch) -> bool:
    """As in "in '82": the apostrophe is joined to the digits only."""
    tokens, first = found.tokens, found.first
    glued = tokens.ends[first] == tokens.starts[first + 1]
    loose = first == 0 or tokens.ends[first - 1] < tokens.starts[first]
    return (
        glued
        and loose
        and tokens.before(first)
        in found.grammar.lists["year_surely_after"] | found.grammar.lists["short_year_after"]
    )


def _opens_range(found: RuleMatch) -> bool:
    """As in "2000 - 2050", "(1715-1774)", "from 1790 to 1801": another year follows."""
    first, second = _whole_number(found, found.first), _whole_number(found, found.last + 1)
    if not first < second <= _MOST or not _ranges(found, found.last, found.first):
        return False
    return first >= _LIKELY or (second - first <= _LIFE and not _whole_number(found, found.first - 2))


def _closes_range(found: RuleMatch) -> bool:
    """As in "from 1790 to 1801", "(1715-1774)"."""
    first, second = _whole_number(found, found.first - 2), _whole_number(found, found.first)
    if not (_LEAST <= first < second <= first + _LIFE):
        return False
    return _ranges(found, found.first - 1, found.first - 2)


def _ranges(found: RuleMatch, link: int, first: int) -> bool:
    """Whether the token `link` joins the year `first` with the next: a dash, or "to" after "from"."""
    word, lists = found.tokens.lower(link), found.grammar.lists
    return word in _DASHES or (
        word in lists["year_closes"] and found.tokens.before(first) in lists["year_opens"]
    )


def _whole_number(found: RuleMatch, index: int) -> int:
    """The number of four digits at a token, else 0."""
    word = found.tokens.lower(index)
    return int(word) if len(word) == 4 and word.isdecimal() else 0


def _is_part_of_number(found: RuleMatch, before: str, after: str) -> bool:
    """As in "Resolution 1973", "$2000", "2000 people", "2000/3", ", 1355 Inwood Terrace"."""
    tokens, lists = found.tokens, found.grammar.lists
    glued_before = found.first > 0 and tokens.ends[found.first - 1] == tokens.starts[found.first]
    glued_after = found.last < len(tokens.starts) and tokens.starts[found.last] == tokens.ends[found.last - 1]
    if before == "," and (found.integer("y") or 0) < _LIKELY and _form(found, found.last)[:1].isupper():
        return True
    if before in lists["not_year_after"] and (glued_before or before.isalpha()):
        return True
    return after in lists["not_year_before"] and (glued_after or after.isalpha() or after in "%°")


def _counts(found: RuleMatch, after: str) -> bool:
    """Whether a plural in lower case follows, as in "1950 soldiers"; where nouns are capitalised, any noun."""
    if found.grammar.data.get("nouns_capitalised") and after.isalpha():
        return _form(found, found.last) != after
    if _form(found, found.last) != after or after in found.grammar.lists["not_counted"]:
        return False
    plural = len(after) > 3 and after.endswith("s") and not after.endswith(("ss", "us", "is"))
    return plural and found.tokens.lower(found.first - 1) not in found.grammar.lists["not_counted_after"]


def _form(found: RuleMatch, index: int) -> str:
    return found.tokens.form(index)
