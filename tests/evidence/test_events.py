"""One event reported by several articles: what is joined, what is kept apart, and that order never matters."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.yaml_files import read_yaml

from dossierkit.evidence.events import grouping as joining
from dossierkit.evidence.events import offers as offers_module
from dossierkit.evidence.events import prepared
from dossierkit.evidence.events.comparable import comparable_entry, names_of
from dossierkit.evidence.events.grouping import join
from dossierkit.evidence.events.joined import EventInputs, Events, event
from dossierkit.evidence.events.likeness import Rarity, cosine, dates_agree, likeness
from dossierkit.evidence.events.offers import offered
from dossierkit.evidence.events.quantities import differing, figures
from dossierkit.model.page import TimelineEntry
from dossierkit.model.record import Location, Name, Record

GOLD, FIGURES = (read_yaml(Path(__file__).parent / f"{name}_gold.yml") for name in ("events", "figures"))


def record(id_, type_, *names):
    location = Location(0, 0, "country") if type_ == "country" else None
    aliases = tuple(map(Name, names[1:]))
    return Record(id_, names[0], "place" if type_ == "country" else type_, aliases=aliases, location=location)


RECORDS = {id_: record(id_, *facts) for id_, facts in GOLD["records"].items()}
LANDS = [f"land{number}" for number in range(8)]
RECORDS |= {id_: record(id_, "country", id_.title()) for id_ in LANDS}


def told(article, date, text, quote, *entities, lang="en", event=""):
    entry = TimelineEntry(text, quote, str(date), event=event)
    about = [RECORDS[id_] for id_ in entities]
    names = frozenset(word for one in about for word in names_of(one))
    return comparable_entry((article, f"{date} {text}"), entry, lang, about, names)


def measured(name):
    """(precision, recall) of the pairs of one list of the gold file, and the pairs that come out wrong."""
    pairs = [
        (pair, *(told(side, *pair[side], lang=pair.get("lang", "en")) for side in "ab"))
        for pair in GOLD[name]
    ]
    rarity = Rarity(one for _, *both in pairs for one in both)
    found = [(pair, likeness(a, b, rarity) > 0) for pair, a, b in pairs]
    right = sum(pair["same"] and joined for pair, joined in found)
    wrong = [pair["why"] for pair, joined in found if joined != pair["same"]]
    precision = right / sum(joined for _, joined in found)
    return round(precision, 2), round(right / sum(pair["same"] for pair, _ in found), 2), wrong


@pytest.mark.parametrize(("name", "precision", "recall"), [("pairs", 0.96, 0.64), ("held_back", 1.0, 0.71)])
def test_gold_pairs_are_joined_as_well_as_the_explanation_says(name, precision, recall):
    found = measured(name)
    assert found[0] >= precision, found
    assert found[1] >= recall, found


@pytest.mark.parametrize(
    ("wide", "agree"),
    [
        ("2016-05-01/2016-06-30", True),
        ("2016", True),  # 366 days
        ("2016-01-01/2016-12-31", True),
        ("2016-01-01/2017-01-01", False),  # a day more than the longest year
        ("2016/2017", False),
        ("2015-12-31/2016-12-31", False),
        ("2016/..", False),
        ("", False),
    ],
)
def test_a_date_agrees_with_a_wider_one_of_at_most_a_year(wide, agree):
    one = told("a", "2016-05-29", "Mora resigns", "q", "mora")
    other = told("b", wide, "Mora resigns", "q", "mora")
    assert dates_agree(one, other) is agree
    assert dates_agree(other, one) is agree


CALLS = (
    "Mora resigns",
    "Mora resigns as negotiator",
    "Osei resigns",
    "Bomb kills 33 in Homs",
    "Bomb kills 27",
)
TELLING = st.builds(
    lambda article, date, text, entities, event: told(
        article, date, text, f"On that day {text}", *entities, event=event
    ),
    st.sampled_from([f"a{n}" for n in range(6)]),
    st.sampled_from(["2016-05-29", "2016-05-28", "2016-05", "2016-05-23/2016-05-29", "2016~", "2016/..", ""]),
    st.sampled_from(CALLS),
    st.lists(st.sampled_from(["mora", "osei", "homs", "committee", "syria"]), max_size=3, unique=True),
    st.sampled_from(["", "", "", "x", "y"]),
)
TELLINGS = st.lists(TELLING, max_size=14, unique_by=lambda one: one.key)
quick = settings(max_examples=150 * settings.default.max_examples // 100, deadline=None)


@quick
@given(TELLINGS)
def test_entries_are_the_same_when_they_are_read_again(entries):
    assert list(prepared.read("a", prepared.written(entries))) == [
        one._replace(key=("a", one.key[1])) for one in entries
    ]


@quick
@given(TELLINGS, st.randoms(use_true_random=False))
def test_the_order_of_the_entries_does_not_matter(entries, random):
    shuffled = list(entries)
    random.shuffle(shuffled)
    assert join(shuffled) == join(entries)


@quick
@given(TELLINGS)
def test_every_entry_is_in_one_event_and_no_article_is_joined_with_itself(entries):
    groups = join(entries)
    assert sorted(key for group in groups for key in group) == sorted(one.key for one in entries)
    words = {one.key: one.event for one in entries}
    for group in groups:
        assert len({words[key] for key in group}) == 1
        if not words[group[0]]:
            assert len({article for article, _ in group}) == len(group)


@quick
@given(TELLINGS)
def test_to_write_down_what_was_joined_changes_nothing(entries):
    groups = join(entries)
    word = {key: f"e{number}" for number, group in enumerate(groups) for key in group}
    again = [
        comparable_entry(one.key, TimelineEntry(one.key[1], "", event=word[one.key]), "en", (), frozenset())
        for one in entries
    ]
    assert join(again) == groups


def test_an_editors_word_joins_across_languages_and_dates_and_keeps_apart():
    same = [
        told("a", "2016-05-29", "Mora resigns", "q", "mora", event="end"),
        told("b", "2015", "استقالة", "q", lang="ar", event="end"),
    ]
    apart = [told("c", "2016-05-29", "Mora resigns", "q", "mora", event="own")]
    plain = [told(article, "2016-05-29", "Mora resigns", "q", "mora") for article in "de"]
    assert [len(group) for group in join([*same, *apart, *plain])] == [2, 1, 2]


def resignation(article, date, *about):
    return told(
        article, date, "Mora resigns as negotiator", "Mora resigned as negotiator", *(about or ["mora"])
    )


def others(number):
    """So many calls of one day that are like no other, by articles that come after all others."""
    return [
        told(f"z{at:02d}", "2016-05-30", f"{word(at)} {word(at + 100)} {word(at + 200)}", "q", "mora")
        for at in range(number)
    ]


def word(number):
    """A word for each number, unlike any other's."""
    return "".join("bcdfghjk"[int(digit)] + "a" for digit in f"{number + 64:o}")


WIRE = "The river valley which divides the old city had been dammed by engineers from Yugoslavia to protect its harbour"


@pytest.mark.parametrize(
    ("date", "quote", "about", "joined"),
    [
        ("197X", WIRE.replace("which", "that"), ("land0",), True),
        ("197X", WIRE, (), True),
        ("198X", WIRE, ("land0",), False),
        ("197X", WIRE.replace("dammed", "flooded"), ("land0",), False),
        ("197X", "The valley had been dammed", ("land0",), False),
    ],
)
def test_one_sentence_in_two_papers_is_one_event_whatever_its_date(date, quote, about, joined):
    one = told("a", "197X", "Valley dammed", WIRE, "land0")
    other = told("b", date, quote[:40], quote, *about)
    assert (len(join([one, other])) == 1) is joined


def test_one_sentence_about_two_persons_is_two_events():
    people = [id_ for id_, one in RECORDS.items() if one.type == "person"][:2]
    words = "was sentenced to nine years in prison by the criminal court on charges of embezzlement and fraud"
    one, other = (told(id_, "197X", f"{id_} sentenced", words, id_) for id_ in people)
    assert len(join([one, other])) == 2


def groups_of(*entries):
    """The articles of each group that has more than one."""
    return [tuple(article for article, _ in group) for group in join(entries) if len(group) > 1]


@pytest.mark.parametrize(("number", "joined"), [(0, True), (38, True), (39, True), (40, False)])
def test_an_entry_is_weighed_against_the_last_forty_that_lead_a_group(number, joined):
    first, last = resignation("a", "2016-05-29"), resignation("b", "2016-05")
    assert groups_of(first, *others(number), last) == ([("a", "b")] if joined else [])


def test_of_two_that_are_as_like_the_first_by_its_key_is_joined():
    """The one of the earlier date was there first, and is as like as the other."""
    early, late = resignation("z", "2016-05-24"), resignation("a", "2016-05-26")
    assert groups_of(early, late, resignation("m", "2016-05-23/2016-05-29")) == [("a", "m")]
    early, late = resignation("a", "2016-05-24"), resignation("z", "2016-05-26")
    assert groups_of(early, late, resignation("m", "2016-05-23/2016-05-29")) == [("a", "m")]


def test_an_article_whose_entry_is_in_a_group_is_not_joined_to_it_again():
    """Nor where it does not lead the group."""
    lead, member = resignation("a", "2016-05-29"), resignation("b", "2016-05-29")
    again = told("b", "2016-05", "Mora resigns as a negotiator", "q", "mora")
    assert groups_of(lead, member, again) == [("a", "b")]


@pytest.mark.parametrize(
    ("day", "span", "joined"),
    [
        ("2016-05-01", "2016-05", True),
        ("2016-05-31", "2016-05", True),
        ("2016-06-01", "2016-05", False),
        ("2016-12-31", "2016", True),
        ("2016-01-01", "2016", True),
        ("2017-01-01", "2016", False),
        ("2016-05-31", "2016-05-31/2016-06-01", True),
        ("2016-06-01", "2016-05-31/2016-06-01", True),
        ("2016-12-31", "2015-12-31/2016-12-30", False),
        ("2016-12-30", "2015-12-31/2016-12-30", True),
    ],
)
def test_a_day_is_found_in_every_month_of_a_longer_date(day, span, joined):
    """At both ends of it."""
    found = groups_of(resignation("a", day), resignation("b", span))
    assert found == ([("a", "b")] if joined else [])


@pytest.mark.parametrize("day", ["2014-01-01", "2014-02-01", "2014-12-31", "2015-01-01", "2015-03-31"])
def test_an_approximate_year_reaches_into_the_year_before(day):
    assert groups_of(resignation("a", day), resignation("b", "2015~")) == [("a", "b")]


@pytest.mark.parametrize(
    ("shared", "joined"), [(LANDS[:2], True), (LANDS[4:6], True), (LANDS[5:7], False), (LANDS[6:], False)]
)
def test_the_first_six_countries_of_an_entry_count_two_by_two(shared, joined):
    summit = told("a", "2016-02-22", "Truce announced", "q", *LANDS)
    found = groups_of(summit, told("b", "2016-02-22", "Truce announced", "q", *shared))
    assert found == ([("a", "b")] if joined else [])


def test_one_place_is_enough_to_be_weighed():
    one = told("a", "2016-02-22", "Truce announced", "q", "homs")
    assert groups_of(one, told("b", "2016-02-22", "Truce announced", "q", "homs")) == [("a", "b")]


def test_two_countries_are_one_place_and_one_alone_is_none():
    one = told("a", "2016-02-22", "Truce announced", "q", "ruvia", "kest")
    assert groups_of(one, told("b", "2016-02-22", "Truce announced", "q", "kest", "ruvia")) == [("a", "b")]
    assert groups_of(one, told("b", "2016-02-22", "Truce announced", "q", "kest")) == []
    assert groups_of(one, told("b", "2016-02-22", "Truce announced", "q", "kest", "syria")) == []


def test_the_work_grows_with_the_number_of_entries(monkeypatch):
    calls = []
    monkeypatch.setattr(joining, "likeness", lambda *pair: calls.append(1) or likeness(*pair))

    def compared(n):
        calls.clear()
        listed = [
            told(f"a{at}", f"2016-05-{at % 28 + 1:02d}", f"Mora {at * 7919 % 9973}", "q", "mora")
            for at in range(n)
        ]
        join(listed)
        return len(calls)

    assert compared(1600) < 2.2 * compared(800)


def offers(entries, apart=frozenset()):
    return offered(entries, join(entries), apart)


REPORTS = (
    told("a", "2020-08-04", "A large explosion occurred at the port of Tarsa", "q", "tarsa"),
    told("b", "2020-08-04", "Estallan toneladas de nitrato en el puerto", "q", "tarsa", lang="es"),
    told("c", "2020-08-04", "L’explosion dévastatrice dans le port, sans précédent", "q", "tarsa", lang="fr"),
    told("d", "2020-08-04", "Osei visits a school in Velin", "q", "osei", "velin"),
    told("e", "2020-08", "An explosion destroys the port of Tarsa", "q", "tarsa"),
    told("a", "2020-08-04", "Firefighters go to the explosion in Tarsa", "q", "tarsa"),
)


def test_entries_of_one_exact_day_in_several_languages_are_offered_once_each():
    (found,) = offers(REPORTS)
    assert [article for article, _ in found] == ["a", "b", "c"]


def test_a_kind_of_event_is_found_by_a_word_with_accents():
    reports = (
        told("a", "2020-08-04", "Ada Osei arrested in Tarsa", "q", "tarsa"),
        told("b", "2020-08-04", "Le maire est arrêté au matin", "q", "tarsa", lang="fr"),
    )
    assert [len(group) for group in offers(reports)] == [2]


@pytest.mark.parametrize(("one", "other"), ["ab", "ba"])
def test_a_heading_names_the_kind_of_event_that_the_quote_in_another_language_does(one, other):
    headed = told(one, "2020-08-04", "An explosion in Tarsa", "q", "tarsa")
    quoted = told(
        other, "2020-08-04", "Le port est détruit", "L’explosion a détruit le port", "tarsa", lang="fr"
    )
    silent = told(other, "2020-08-04", "Le port est détruit", "Le port n’est plus", "tarsa", lang="fr")
    assert [len(group) for group in offers((headed, quoted))] == [2]
    assert offers((headed, silent)) == ()


BUILT = "The dams were built by a construction company above Tarsa"


@pytest.mark.parametrize("when", ["197X", "1974", "1974-05"])
def test_nearly_the_same_heading_of_one_decade_year_or_month_is_offered(when):
    dams = (
        told("a", when, BUILT, "q", "tarsa"),
        told("b", when, f"{BUILT} on the river", "q", "osei"),
        told("c", when, "The dams broke above Tarsa", "q", "tarsa"),
        told("d", "1983", BUILT, "q", "tarsa"),
    )
    assert [[article for article, _ in group] for group in offers(dams)] == [["a", "b"]]


def test_the_work_for_offers_of_one_decade_grows_with_the_number_of_entries(monkeypatch):
    calls = []
    monkeypatch.setattr(offers_module, "cosine", lambda *given: calls.append(1) or cosine(*given))

    def compared(n):
        calls.clear()
        listed = [told(f"a{at:04}", "197X", f"Firm{at // 2} built dam", "q", "tarsa") for at in range(n)]
        assert len(offers(listed)) == n // 2
        return len(calls)

    assert compared(800) < 2.2 * compared(400)


def test_what_an_editor_kept_apart_is_not_offered_but_the_rest_is():
    a, b, c = (one.key for one in REPORTS[:3])
    assert offers(REPORTS[:3], {frozenset((a, c))}) in (((a, b),), ((b, c),))
    assert offers(REPORTS[:2], {frozenset((a, b))}) == ()


def test_what_is_joined_is_offered_only_with_something_more_and_never_across_two_words():
    event = {0: "blast", 1: "blast", 2: ""}
    named = [one._replace(event=event[at]) for at, one in enumerate(REPORTS[:3])]
    assert offers(named) == (tuple(one.key for one in named),)
    assert offers(named[:2]) == ()
    assert offers([named[0], named[1]._replace(event="other")]) == ()


@quick
@given(TELLINGS, st.randoms(use_true_random=False))
def test_offers_do_not_depend_on_the_order_and_are_gone_when_they_are_followed(entries, random):
    shuffled = list(entries)
    random.shuffle(shuffled)
    found = offers(entries)
    assert offers(shuffled) == found
    if found:
        words = {one.event for one in entries if one.key in found[0]} - {""}
        said = [
            one._replace(event=words.copy().pop() if words else "new") if one.key in found[0] else one
            for one in entries
        ]
        assert found[0] not in offers(said)


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ("at least 33 people were killed", ["at least 33 people were killed"]),
        ("killing 27 and wounding 100 people", ["killing 27", "wounding 100 people"]),
        ("for 100 people", []),
        ("33 killed and 40 wounded on 3 May 2016", ["33 killed", "40 wounded"]),
        ("resolution 2254 on Friday", []),
        ("from 13 to 27 April", []),
        ("3–5 soldiers, 2:30 hours, $40 notes", []),
        ("12,500 refugees, then 12,600 refugees", []),
        ("nearly 1,500 refugees", ["nearly 1,500 refugees"]),
    ],
)
def test_figures_are_what_is_counted_in_the_quotes_own_words(quote, found):
    assert [figure.words for figure in figures(quote, "en")] == found


@pytest.mark.parametrize(
    ("lang", "quote", "found"),
    [
        ("en", "The hearing of 12 January 2016 was postponed after 3 hearings", ["3 hearings"]),
        ("fr", "l'audience du 12 janvier 2016 a été reportée", []),
        ("fr", "33 morts et 40 blessés le 3 mai 2016", ["33 morts", "40 blessés"]),
        ("fr", "du 3 au 7 mai", []),
        ("es", "la audiencia del 3 de mayo terminó con 12 detenidos", ["12 detenidos"]),
        ("ar", "إن الجلسة المقبلة ستعقد في ١٢ كانون الثاني ٢٠١٦", []),
        ("ar", "زارهم بين 10 و15 تموز 2015 وعددهم 46 محتجزا", ["46 محتجزا"]),
    ],
)
def test_numbers_of_dates_are_no_figures_in_any_language(lang, quote, found):
    assert [figure.words for figure in figures(quote, lang)] == found


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ("at least 33 people were killed", "killed 27 people", 1),
        ("killed 33 people", "wounded 27 people", 0),
        ("33 people", "27 people", 0),
        ("at least 33 were killed", "27 killed", 1),
        ("33 people killed", "27 people were killed", 1),
        ("33 killed", "33 people killed", 0),
        ("33 killed", "27 wounded", 0),
        ("They freed 33 people", "They freed 27 people", 1),
        ("They freed 33 people", "They sheltered 27 people", 0),
        ("1,500 refugees", "1500 refugees", 0),
        ("on 27 February", "on 28 February", 0),
    ],
)
def test_differing_figures(one, other, differ):
    assert len(differing([(one, "en"), (other, "en")])) == differ


@pytest.mark.parametrize("case", FIGURES, ids=lambda case: f"{case['one'][1]} / {case['other'][1]}")
def test_only_figures_that_cannot_all_be_right_contradict_and_are_shown_whole(case):
    quotes = [(quote, lang) for lang, quote in (case["one"], case["other"])]
    assert [words for found in differing(quotes) for _, words in found] == case["shown"]
    assert len(differing(quotes[::-1])) == len(differing(quotes))


@pytest.mark.parametrize(("count", "own"), [(199, False), (200, True)])
def test_only_events_of_many_articles_are_joined_in_a_process_of_their_own(count, own):
    silent = SimpleNamespace(tells=(), records=(), page=SimpleNamespace(lang="en"))
    asked = []
    events = Events(
        dict.fromkeys(map(str, range(count)), silent),
        EventInputs({}, "en"),
        apart=lambda make: asked.append(1) or make(),
    )
    assert events.reported == ()
    assert bool(asked) == own


@pytest.mark.parametrize(
    ("dates", "contradict"),
    [
        (("2014", "2014-05"), False),
        (("2014", "2015"), True),
        (("2014", ""), False),
        (("2014/..", "2016-05"), False),
        (("2014/..", "2013-12-31"), True),
        (("../2014", "2016-05"), True),
        (("../2014", "2014-12-31"), False),
        (("../2014", "2015/.."), True),
        (("2014/..", "2015/.."), False),
    ],
)
def test_dates_of_one_event_contradict_if_no_day_is_in_all_of_them(dates, contradict):
    page = SimpleNamespace(lang="en", date="2016-06-08")
    entries = [
        (
            SimpleNamespace(id=f"a{number}", page=page),
            SimpleNamespace(id="t-1", entry=TimelineEntry("Hale left.", "Hale left.", date)),
        )
        for number, date in enumerate(dates)
    ]
    found = event(entries, "en").dates
    assert {date for _, date in found} == (set(dates) if contradict else set())
