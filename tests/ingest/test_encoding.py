"""The encoding of a source: from its mark, its declaration or its bytes; what is no text is refused."""

from __future__ import annotations

import pytest

from dossierkit.ingest.encoding import decode
from dossierkit.ingest.reader import read
from dossierkit.ingest.refusal import RefusedError

FRENCH = (
    "Le négociateur en chef de l'opposition syrienne a annoncé dimanche sa démission, après l'échec des pourparlers "
    "menés à Genève sous l'égide des Nations unies."
)
ARABIC = (
    "أعلن كبير المفاوضين في وفد المعارضة السورية استقالته يوم الأحد، قائلا إن محادثات السلام في جنيف فشلت في وقف "
    "إراقة الدماء. وكانت المحادثات قد استؤنفت في الشتاء."
)
RUSSIAN = "Министр иностранных дел обсудил ситуацию по телефону с государственным секретарём."
GERMAN = (
    "Der Chefunterhändler der Opposition ist zurückgetreten, nachdem die Gespräche in Genf gescheitert waren."
)
TURKISH = (
    "Suriye muhalefetinin baş müzakerecisi görevinden ayrıldığını açıkladı; görüşmeler Cenevre'de sürüyor."
)
POLISH = "Główny negocjator opozycji ogłosił dymisję w niedzielę, gdyż rozmowy w Genewie nie przyniosły żadnych skutków."


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_decides(codec):
    assert decode(FRENCH.encode(codec), declared="windows-1256").text == FRENCH


def test_utf_16_big_endian_with_its_mark():
    assert decode(b"\xfe\xff" + ARABIC.encode("utf-16-be")).text == ARABIC


@pytest.mark.parametrize(
    ("text", "codec", "label"),
    [
        (FRENCH, "latin-1", "ISO-8859-1"),
        (FRENCH.replace("'", "’"), "cp1252", "iso-8859-1"),
        (ARABIC, "cp1256", "windows-1256"),
        (ARABIC, "iso8859-6", "iso-8859-6"),
        (RUSSIAN, "koi8-r", "KOI8-R"),
    ],
)
def test_what_is_declared_is_believed_with_the_webs_meaning(text, codec, label):
    decoded = decode(text.encode(codec), declared=label)
    assert decoded.text == text
    assert decoded.notes == ()


def test_a_declaration_that_utf_8_bytes_contradict_is_not_believed():
    decoded = decode(FRENCH.encode(), declared="windows-1252")
    assert decoded.text == FRENCH
    assert "bytes are UTF-8" in decoded.notes[0]


@pytest.mark.parametrize("label", ["utf-7", "rot13", "unicode_escape", "zlib", "x-user-defined", "utf-16"])
def test_a_declaration_that_is_no_web_encoding_or_cannot_be_is_not_believed(label):
    assert decode(b"plain +ADw-script+AD4-", declared=label).text == "plain +ADw-script+AD4-"


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        (ARABIC, "cp1256"),
        (FRENCH, "cp1252"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (GERMAN, "cp1252"),
        (TURKISH, "cp1254"),
    ],
)
def test_detection_is_right_and_says_so(text, codec):
    decoded = decode(text.encode(codec))
    assert decoded.text == text
    assert "detected, not declared" in decoded.notes[0]


@pytest.mark.parametrize("data", [b"caf\xe9", b"\xe0\xe1\xe2", "Le négociateur".encode("latin-1")])
def test_too_little_to_tell_is_refused_naming_what_was_tried(data):
    with pytest.raises(RefusedError, match=r"(?s)tried UTF-8.*save it as UTF-8"):
        decode(data)


def written():
    """Beginnings of the texts in every encoding that can hold them."""
    for codec in ("cp1256", "iso8859-6", "cp1252", "cp1254", "cp1251", "koi8-r", "cp866", "mac-roman"):
        for text in (ARABIC, FRENCH, RUSSIAN, GERMAN, TURKISH):
            for length in (8, 15, 30, 60, 1000):
                data = text[:length].encode(codec, "ignore")
                if data.decode(codec) == text[:length]:
                    yield pytest.param(text[:length], data, id=f"{codec}-{length}-{text[:6]}")


@pytest.mark.parametrize(("text", "data"), list(written()))
def test_detection_is_right_or_refuses(text, data):
    try:
        decoded = decode(data)
    except RefusedError:
        return
    assert decoded.text == text


def every_fifth_letter_large(text):
    return "".join(char.upper() if number % 5 == 0 else char for number, char in enumerate(text))


def test_letters_in_a_wrong_case_are_still_a_text_and_a_mess_of_them_is_not():
    """On both sides of what detection may find odd in a text."""
    odd = FRENCH.swapcase()
    assert decode(odd.encode("cp1252")).text == odd
    with pytest.raises(RefusedError, match="its encoding is unknown"):
        decode(every_fifth_letter_large(FRENCH).encode("cp1252"))


def test_of_guesses_that_are_close_the_one_that_keeps_to_its_languages_letters_is_taken():
    """Here the best guess is better by less than counts, and is none of its language's; in mac-roman above it is more."""
    assert decode(POLISH[:40].encode("cp1250")).text == POLISH[:40]
    assert decode(POLISH[:80].encode("iso8859-2")).text == POLISH[:80]


@pytest.mark.parametrize(
    ("controls", "length", "text"),
    [(3, 10, True), (4, 10, False), (4, 799, False), (4, 800, True), (5, 800, False), (5, 1000, True)],
)
def test_a_few_control_characters_are_no_reason_to_refuse(controls, length, text):
    """More than three, and more than one in two hundred."""
    data = b"\x01" * controls + b"a" * (length - controls)
    if text:
        assert decode(data).text == data.decode()
    else:
        with pytest.raises(RefusedError, match=f"{controls} control characters"):
            decode(data)


def test_control_characters_count_in_the_first_hundred_thousand():
    assert decode(b"a" * 100_000 + b"\x01" * 1000)
    with pytest.raises(RefusedError, match="501 control characters"):
        decode(b"\x01" * 501 + b"a" * 1_000_000)
    with pytest.raises(RefusedError, match="500 control characters"):
        decode(b"a" * 99_000 + b"\x01" * 500)


@pytest.mark.parametrize(
    ("good", "broken", "damaged"), [(2, 1, True), (3, 2, True), (2, 2, False), (1, 2, False)]
)
def test_more_good_letters_than_bad_bytes_make_a_damaged_file(good, broken, damaged):
    with pytest.raises(RefusedError) as caught:
        decode(b"so: " + "é".encode() * good + b" and" + b" \xe9" * broken)
    assert (f"is UTF-8 but for {broken} bytes" in str(caught.value)) is damaged


def test_a_given_encoding_must_hold():
    assert decode(ARABIC.encode("cp1256"), given="windows-1256").text == ARABIC
    assert decode(ARABIC.encode("utf-16-le"), given="utf-16le").text == ARABIC
    with pytest.raises(RefusedError, match="byte 0"):
        decode(b"\xff\xfe\xff", given="utf-8")
    with pytest.raises(RefusedError, match="not a known encoding"):
        decode(b"x", given="rot13")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"a\x00b", "NUL"),
        (ARABIC.encode("utf-16-le"), r"(?s)NUL|damaged|cannot be recognised|unknown"),
        (
            b"Gen\xc3\xa8ve, \xe2\x80\x9cno\xe2\x80\x9d\nand a bad \xe9 here",
            "UTF-8 but for 1 bytes, the first on line 2",
        ),
        ("half \ud83d character".encode("utf-8", "surrogatepass"), "lone surrogates"),
        (b"\x01\x02\x03\x04\x05 text", "control characters"),
        (b"\xff\xfea\x00\x00\xd8", "byte-order mark of UTF-16-LE, but"),
    ],
)
def test_damage_is_refused(data, message):
    with pytest.raises(RefusedError, match=message):
        decode(data)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "a PDF"),
        (b"PK\x03\x04\x14\x00", "ZIP"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"\xff\xd8\xff\xe0", "a picture"),
        (b"{\\rtf1 x}", "RTF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "old Office"),
        (b"\x1f\x8b\x08", "gzip"),
        (
            b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary=x",
            "MHTML",
        ),
        (b"", "empty"),
        (b" \n\t", "empty"),
    ],
)
@pytest.mark.parametrize("name", ["x.txt", "x.html", "x.md"])
def test_files_that_are_no_text_are_refused_with_what_to_do(name, data, kind):
    with pytest.raises(RefusedError, match=rf"(?s){kind}.*: "):
        read(name, data)


def test_a_spreadsheet_is_no_archive_to_unpack():
    with pytest.raises(RefusedError, match="is a spreadsheet, which nothing here reads: save it as CSV"):
        read("x.xlsx", b"PK\x03\x04\x14\x00")


def test_unknown_kinds_are_refused():
    with pytest.raises(RefusedError, match=r"`\.doc`, which nothing here reads"):
        read("x.doc", b"text")
