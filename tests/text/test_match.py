"""Many names are looked up in a text at once, as whole words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossierkit.text.match import Matcher


def found(forms: list[str], text: str) -> list[str]:
    return [text[start:end] for start, end, _ in Matcher((form, form) for form in forms).find(text)]


@pytest.mark.parametrize(
    ("forms", "text", "expected"),
    [
        (["de Mistura"], "De Mistura left; de Mistura stayed", ["De Mistura", "de Mistura"]),
        (["Assad", "Bashar al-Assad"], "Bashar al‑Assad and pro-Assad", ["Bashar al‑Assad", "Assad"]),
        (["Staffan de Mistura"], "Staffan  de\nMistura’s plan", ["Staffan  de\nMistura"]),
        (["Staffan de Mistura"], "Staffan\n\nde Mistura", []),
        (["Da'esh"], "Da’esh, Da'esh", ["Da’esh", "Da'esh"]),
        (["the Hague", "The Hague"], "The Hague and the Hague", ["The Hague", "the Hague"]),
        (["The Hague"], "to the Hague", ["the Hague"]),
        (["The river"], "by the river", []),
        (["May"], "it may be May", ["May"]),
        (
            ["États-Unis", "Équateur"],
            "Etats-Unis, États-Unis, Equateur",
            ["Etats-Unis", "États-Unis", "Equateur"],
        ),
        (["Étude Moreau"], "une etude", []),
        (["Ö"], "O", []),
        (["Iran"], "Iranian Iran IRAN", ["Iran"]),
        (["U.N."], "the U.N. envoy", ["U.N."]),
        (["2254"], "resolutions 2254, 22541 and 2254.", ["2254", "2254"]),
        (["سوريا"], "في سوريا وسوريا وبسوريا وسوريالي", ["سوريا", "سوريا", "سوريا"]),
        (
            ["الأمم المتحدة"],
            "والأمم المتحدة للأمم المتحدة الامم المتحده",
            ["الأمم المتحدة", "لأمم المتحدة", "الامم المتحده"],
        ),
        (["مصر"], "ومصر", ["مصر"]),
        (["قم"], "وقم", []),  # too few letters to be sure that the first is not one of them
        (["أحمد"], "لحمد", []),
        (["محمد"], "مُحَمَّد", ["مُحَمَّد"]),
        (["سوريا"], "وَسوريا", []),  # where the name begins cannot be told
        (["Erdoğan"], "Erdog\u0306an", ["Erdog\u0306an"]),
        (
            ["York", "New York", "New York Times"],
            "New York Timer, New York Times",
            ["New York", "New York Times"],
        ),
        (["王安顺", "世界卫生组织"], "市长王安顺说，世界卫生组织2014年。", ["王安顺", "世界卫生组织"]),
        (["安倍晋三"], "安倍晋三首相は", ["安倍晋三"]),
        (["박근혜", "서울"], "박근혜는 서울에서, 박근혜 서울대 새서울", ["박근혜", "서울", "박근혜"]),
        (["김정은"], "김정은은 김정은 김정", ["김정은", "김정은"]),
        (["กบ"], "ที่กบกับกบี่", ["กบ"]),
        (["कमल", "दिल्ली"], "कमला ने कमल को दिल्ली में दिल्लीवासी", ["कमल", "दिल्ली"]),
        (["'Ndrangheta"], "the 'Ndrangheta", ["'Ndrangheta"]),
        ([""], "anything", []),
        (["_x_"], "", []),
    ],
)
def test_forms_are_found_as_written_by_others(forms: list[str], text: str, expected: list[str]) -> None:
    assert found(forms, text) == expected


@pytest.mark.parametrize(
    ("form", "text", "alone"),
    [
        ("الأمم المتحدة", "للأمم المتحدة", "الأمم المتحدة"),
        ("الأمم المتحدة", "والأمم المتحدة", "الأمم المتحدة"),
        ("لبنان", "للبنان", "لبنان"),
    ],
)
def test_a_name_is_written_alone_without_what_is_joined_to_it(form: str, text: str, alone: str) -> None:
    matcher = Matcher([(form, 1)])
    ((start, end, _),) = matcher.find(text)
    assert matcher.alone(text, start, end) == alone


def test_the_first_key_of_a_form_stands() -> None:
    assert Matcher([("HNC", 1), ("HNC", 2)]).find("HNC") == [(0, 3, 1)]


@given(st.lists(st.text(min_size=1), max_size=5), st.text())
def test_matches_are_ordered_apart_and_inside(forms: list[str], text: str) -> None:
    end = 0
    for start, stop, key in Matcher((form, form) for form in forms).find(text):
        assert end <= start < stop <= len(text)
        assert key in forms
        end = stop


@given(
    st.lists(st.text("ab -'\u2019_1\u00e9\u093e", min_size=1), min_size=1, max_size=5),
    st.text("ab -'\u2019_1\u00e9\u093e."),
)
def test_few_forms_are_found_as_among_many(forms: list[str], text: str) -> None:
    few = [(form, number) for number, form in enumerate(forms)]
    many = [*few, *((f"other{number}", -1) for number in range(300))]
    assert Matcher(few).find(text) == Matcher(many).find(text)


@given(st.text(alphabet="abc -'", min_size=1).filter(str.strip), st.sampled_from(["{}", "x {} y", "({}),"]))
def test_a_form_is_found_where_it_stands_as_words(form: str, frame: str) -> None:
    form = form.strip(" -'") or "a"
    assert form in found([form], frame.format(form))
