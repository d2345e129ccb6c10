"""Which language a text is in, where nobody has said so."""

from __future__ import annotations

import pytest

from dossierkit.text.language import detect, tag_of


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "The government said on Monday that the talks had ended without an agreement."),
        ("fr", "Le gouvernement a annoncé lundi que les négociations avaient échoué."),
        ("ar", "أعلنت الحكومة يوم الاثنين أن المحادثات انتهت دون اتفاق."),
        ("de", "Die Regierung erklärte am Montag, die Gespräche seien ohne Ergebnis zu Ende gegangen."),
        ("es", "El gobierno anunció el lunes que las conversaciones habían terminado sin acuerdo."),
        ("it", "Il governo ha annunciato lunedì che i colloqui sono finiti senza un accordo."),
        ("pt", "O governo anunciou na segunda-feira que as conversações terminaram sem acordo."),
        ("nl", "De regering zei maandag dat het overleg zonder akkoord is geëindigd."),
        ("ru", "Правительство сообщило в понедельник, что переговоры закончились без соглашения."),
        ("uk", "Уряд повідомив у понеділок, що переговори завершилися без угоди."),
        ("pl", "Rząd ogłosił w poniedziałek, że rozmowy zakończyły się bez porozumienia."),
        ("tr", "Hükümet pazartesi günü görüşmelerin anlaşma olmadan sona erdiğini açıkladı."),
        ("el", "Η κυβέρνηση ανακοίνωσε τη Δευτέρα ότι οι συνομιλίες έληξαν χωρίς συμφωνία."),
        ("fa", "دولت روز دوشنبه اعلام کرد که گفتگوها بدون توافق پایان یافت."),
        ("zh", "政府星期一宣布，会谈结束，双方没有达成协议。"),
    ],
)
def test_a_sentence_shows_its_language_and_how_surely(lang: str, text: str) -> None:
    found = detect(text)
    assert found.lang == lang
    assert 0.6 <= found.score <= 1


@pytest.mark.parametrize("text", ["", "123 – 45", "Dorn and Union sign", "DORN AND UNION SIGN IN ROTTERDAM"])
def test_a_text_too_short_to_tell_is_english_without_a_score(text: str) -> None:
    assert detect(text) == ("en", 0.0)


def test_a_name_in_arabic_letters_is_arabic() -> None:
    assert detect("ق").lang == "ar"


def test_only_the_beginning_of_a_long_text_is_looked_at() -> None:
    french = "Le gouvernement a annoncé lundi que les négociations avaient échoué. " * 100
    assert detect(french + "The talks failed. " * 10_000) == detect(french)


@pytest.mark.parametrize(
    ("name", "here", "known", "tag"),
    [
        ("Khalifa Haftar", "en", "", ""),
        ("Besançon", "en", "fr", ""),
        ("خليفة حفتر", "en", "", "und-Arab"),
        ("خليفة حفتر", "en", "ar", "ar"),
        ("خليفة حفتر", "fr", "en", "und-Arab"),
        ("خليفة حفتر", "ar", "", ""),
        ("Халифа Хафтар", "en", "ru", "ru"),
        ("Халифа Хафтар", "fr", "", "und-Cyrl"),
        ("Khalifa Haftar", "ar", "", "und-Latn"),
        ("«Дождь» 2", "en", "", "und-Cyrl"),
        ("2016", "ar", "", ""),
    ],
)
def test_a_name_in_another_script_says_its_language_or_its_script(name, here, known, tag) -> None:
    assert tag_of(name, here, known) == tag
