"""Files that are broken, hostile or not what they are called: refused in plain words, within bounds, and never anything else."""

from __future__ import annotations

import gzip
import io
import resource
import subprocess
import sys
import time
import zipfile
from contextlib import suppress
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dossierkit.ingest.formats import Opened, splitter_of
from dossierkit.ingest.reader import MOST_TEXT, read
from dossierkit.ingest.refusal import RefusedError
from dossierkit.ingest.zip_package import MOST_UNPACKED

FILES = Path(__file__).parent / "files"
REAL = sorted(file.name for file in FILES.iterdir() if file.suffix not in {".py", ".pdf"})


def taken(name: str, data: bytes) -> None:
    """Read as `add` does: split where it is split, and each part read."""
    splitter = splitter_of(name)
    if splitter is None:
        assert len(read(name, data).markdown) <= MOST_TEXT
        return
    for part in splitter.split(Opened(name, io.BytesIO(data))):
        try:
            read(part.name, part.data)
        except RefusedError:
            continue


def packed(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in members.items():
            made.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize("name", REAL)
@given(data=st.data())
@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_changed_file_is_read_or_refused(name, data):
    real = bytearray((FILES / name).read_bytes())
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(real) - 1))
        match data.draw(st.sampled_from(("cut", "set", "swap", "repeat"))):
            case "cut":
                del real[at : at + data.draw(st.integers(1, 4_000))]
            case "set":
                real[at : at + 8] = data.draw(st.binary(min_size=8, max_size=8))
            case "swap":
                real[at : at + 20] = real[at : at + 20][::-1]
            case "repeat":
                real[at:at] = real[at : at + 200] * 3
        if not real:
            real = bytearray(b" ")
    try:
        taken(name, bytes(real))
    except RefusedError:
        return


@pytest.mark.parametrize("name", ["columns.pdf", "libreoffice.pdf", "locked.pdf"])
@given(data=st.data())
@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_changed_pdf_is_read_or_refused(name, data):
    real = bytearray((FILES / name).read_bytes())
    at = data.draw(st.integers(8, len(real) - 1))
    real[at : at + data.draw(st.integers(0, 300))] = data.draw(st.binary(max_size=40))
    try:
        read(name, bytes(real))
    except RefusedError:
        return


def test_a_pdf_whose_page_cannot_be_loaded_is_refused():
    body = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[9 0 R]/Count 1>>endobj "
        b"trailer<</Root 1 0 R>>"
    )
    with pytest.raises(RefusedError, match="no text"):
        read("x.pdf", body)


@pytest.mark.parametrize(
    "suffix",
    ["docx", "odt", "epub", "wacz", "pdf", "eml", "mbox", "xml", "rss", "warc", "jsonl", "csv", "json"],
)
@given(data=st.binary(min_size=1, max_size=400))
@settings(max_examples=12, deadline=None)
def test_no_bytes_of_any_name_break_a_reader(suffix, data):
    try:
        taken(f"x.{suffix}", data)
    except RefusedError:
        return


@pytest.fixture(scope="module")
def bomb() -> bytes:
    """An archive with the part that each format is known by, and more of zeros than may be unpacked."""
    parts = ("word/document.xml", "content.xml", "META-INF/container.xml", "archive/a.warc")
    zeros = bytes(MOST_UNPACKED // 8)
    return packed(dict.fromkeys([*parts, *(f"x{number}" for number in range(5))], zeros))


@pytest.mark.parametrize("suffix", ["docx", "odt", "epub", "wacz"])
def test_a_zip_bomb_is_refused_before_it_is_unpacked(suffix, bomb):
    with pytest.raises(RefusedError, match="unpacks to"):
        taken(f"x.{suffix}", bomb)


def test_a_member_that_says_it_is_small_is_not_unpacked_further():
    data = bytearray(packed({"content.xml": b"<a>" + b" " * 1_000_000 + b"</a>"}))
    true = (1_000_007).to_bytes(4, "little")
    while true in data:
        at = data.index(true)
        data[at : at + 4] = (10).to_bytes(4, "little")
    with pytest.raises(RefusedError, match="damaged"):
        read("x.odt", bytes(data))


POINTER = (
    b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a214614ab2935c943f9e0ff69d22e\nsize 12345\n"
)


@pytest.mark.parametrize("name", ["x.txt", "x.pdf", "x.md", "x.html", "x.docx", "x.eml", "x.csv"])
def test_a_pointer_of_git_lfs_is_not_taken_for_the_file(name):
    with pytest.raises(RefusedError, match=r"a pointer of Git LFS.*: run `git lfs pull`"):
        read(name, POINTER)


ENTITIES = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("entity", [b"&b;", b"&x;"])
def test_entities_of_xml_are_refused(entity):
    feed = (
        ENTITIES
        + b"<rss><channel><item><title>T</title><description>"
        + entity
        + b" words</description></item></channel></rss>"
    )
    for name, data in (
        ("x.rss", feed),
        ("x.docx", packed({"word/document.xml": ENTITIES + b"<a>" + entity + b"</a>"})),
        (
            "x.docx",
            packed(
                {
                    "word/document.xml": b"<a/>",
                    "word/_rels/document.xml.rels": ENTITIES + b"<a>" + entity + b"</a>",
                }
            ),
        ),
        ("x.odt", packed({"content.xml": ENTITIES + b"<a>" + entity + b"</a>"})),
        ("x.epub", packed({"META-INF/container.xml": ENTITIES + b"<a>" + entity + b"</a>"})),
    ):
        with pytest.raises(RefusedError, match="entities"):
            taken(name, data)


def test_macros_are_refused():
    word = packed({"word/document.xml": b"<a/>", "word/vbaProject.bin": b"x"})
    open_ = packed({"content.xml": b"<a/>", "Basic/Standard/Module1.xml": b"<a/>"})
    for name, data in (("x.docx", word), ("x.odt", open_)):
        with pytest.raises(RefusedError, match="macros"):
            read(name, data)


def test_a_book_with_a_lock_is_refused():
    locked = packed(
        {
            "META-INF/encryption.xml": b"<e><EncryptionMethod Algorithm='aes'/></e>",
            "META-INF/container.xml": b"<a/>",
        }
    )
    with pytest.raises(RefusedError, match="DRM"):
        read("x.epub", locked)


def test_a_chapter_that_a_book_names_again_and_again_is_read_once():
    """EPUB 3.3, 5.7.2: an item is named once at most."""
    kind = "application/xhtml+xml"
    items = "".join(f'<item id="c{n}" href="c.xhtml" media-type="{kind}"/>' for n in range(3))
    spine = "".join(f'<itemref idref="c{n % 3}"/>' for n in range(30_000))
    book = {
        "mimetype": b"application/epub+zip",
        "META-INF/container.xml": b'<container><rootfiles><rootfile full-path="o.opf"/></rootfiles></container>',
        "o.opf": f"<package><metadata/><manifest>{items}</manifest><spine>{spine}</spine></package>".encode(),
        "c.xhtml": b"<html xmlns='http://www.w3.org/1999/xhtml'><body><h1>Talks</h1><p>The council met in Lenn.</p></body></html>",
    }
    assert read("x.epub", packed(book)).markdown.count("The council met in Lenn.") == 1


def test_a_mail_bomb_is_refused():
    mail = EmailMessage()
    mail["Subject"] = "bomb"
    mail.set_content("x")
    for number in range(1_100):
        mail.add_attachment(b"x", maintype="text", subtype="plain", filename=f"{number}.txt")
    with pytest.raises(RefusedError, match="parts"):
        taken("x.eml", mail.as_bytes())


DAMAGED = {
    "a day that no calendar has": "Date: Fri, 99999999999999 May 2016 10:00:00 +0000",
    "comments in comments": "To: a@" + "(" * 5_000 + "b.example",
    "an encoded word cut off": "Subject: =?utf-8?q?=zz?= =?",
    "a megabyte of addresses": "Cc: " + "a@b.example, " * 80_000,
    "a type that is none": "Content-Type: text/plain; charset*0*=x''%; format=(((((",
}


@pytest.mark.parametrize("line", DAMAGED.values(), ids=DAMAGED.keys())
def test_a_header_that_is_damaged_loses_that_header_alone(line):
    message = (
        f"From: Ada Moreau <a@b.example>\nMessage-ID: <1@b.example>\n{line}\n\nThe council met in Lenn.\n"
    )
    assert "The council met in Lenn." in read("x.eml", message.encode()).markdown
    box = f"From a@b.example Fri May 13 10:00:00 2016\n{message}\nFrom a@b.example Fri May 13 11:00:00 2016\nFrom: b@b.example\nSubject: Next\n\nText.\n"
    names = [part.name for part in splitter_of("x.mbox").split(Opened("x.mbox", io.BytesIO(box.encode())))]
    assert names[-1] == "Next.eml"


@pytest.mark.parametrize(
    "name", ["Content-Type: multipart/mixed; boundary=b", "content-disposition: attachment"]
)
def test_a_mail_with_very_many_parameters_is_refused_at_once(name):
    """The library goes through all of them for each."""
    more = "".join(f";\n a*{number}=x" for number in range(100_000))
    start = time.process_time()
    for before in ("", "Content-Type: multipart/mixed; boundary=b\n\n--b\n"):
        with pytest.raises(RefusedError, match="of one header"):
            taken("x.eml", f"Subject: Talks\n{before}{name}{more}\n\nThe council met in Lenn.\n".encode())
    assert time.process_time() - start < 2


def test_a_mail_that_is_nested_without_end_is_refused():
    inner = b"Subject: x\n\nwords"
    for number in range(2_000):
        edge = f"b{number}".encode()
        inner = (
            b'Subject: x\nContent-Type: multipart/mixed; boundary="'
            + edge
            + b'"\n\n--'
            + edge
            + b"\n"
            + inner
            + b"\n--"
            + edge
            + b"--\n"
        )
        if len(inner) > 400_000:
            break
    with pytest.raises(RefusedError):
        taken("x.eml", inner)


@pytest.mark.parametrize("kind", ["multipart/encrypted", "application/pkcs7-mime"])
def test_an_encrypted_mail_is_refused(kind):
    mail = f"From: a@b.example\nSubject: x\nContent-Type: {kind}\n\nxxxx".encode()
    with pytest.raises(RefusedError, match="encrypted"):
        read("x.eml", mail)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("x.txt", (FILES / "libreoffice.pdf").read_bytes()),
        ("x.txt", (FILES / "contract.docx").read_bytes()),
        ("x.docx", (FILES / "libreoffice.odt").read_bytes()),
        ("x.odt", (FILES / "contract.docx").read_bytes()),
        ("x.pdf", b"<!DOCTYPE html><html><body>404 not found</body></html>"),
        ("x.docx", b"<html>not found</html>"),
        ("x.eml", b"just some text without any header\n\nand more"),
        ("x.xml", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("x.warc", b"no archive"),
        ("x.zip", packed({"a.txt": b"x"})),
        ("x.docx", packed({"inner.zip": packed({"a": b"x"})})),
        ("x.odt", packed({"content.xml": b"<document><body><text><p>Half of it</p>"})),
    ],
)
def test_a_file_that_is_not_what_it_is_called_is_refused_with_what_to_do(name, data):
    with pytest.raises(RefusedError, match=r"(?s)rename|what it is|unpack|get it again|save"):
        taken(name, data)


def test_a_gzip_bomb_of_records_is_cut_at_a_line():
    bomb = gzip.compress(b'{"text": "' + b"a" * 40_000_000 + b'"}')
    with pytest.raises(RefusedError, match="not a record"):
        taken("x.jsonl.gz", bomb)


def test_json_that_is_nested_without_end_is_refused():
    deep = b"[" * 200_000
    for name in ("x.json", "x.jsonl"):
        with pytest.raises(RefusedError):
            taken(name, deep)


@pytest.mark.parametrize("name", ["x.json", "x.jsonl"])
@pytest.mark.parametrize("field", ["title", "text", "tags"])
@pytest.mark.parametrize("deep", [900, 5_000])
def test_a_field_that_is_nested_deeply_is_read_or_refused(name, field, deep):
    """Not so deep that every version of Python refuses the JSON itself."""
    nested = "[" * deep + '"Talks"' + "]" * deep
    with suppress(RefusedError):
        taken(name, f'{{"text": "The council met in Lenn.", "{field}": {nested}}}'.encode())


@pytest.mark.parametrize("deep", [900, 30_000])
def test_front_matter_that_is_nested_without_end_is_refused_at_once(deep):
    """PyYAML's own reader goes through all open brackets for each that comes."""
    start = time.process_time()
    with pytest.raises(RefusedError, match="its front matter"):
        taken("x.md", b"---\ntitle: T\nmore: " + b"[" * deep + b"\n---\n\nText.\n")
    assert time.process_time() - start < 2


def test_a_pdf_whose_stream_unpacks_to_very_much_ends_in_its_own_process():
    import zlib  # noqa: PLC0415 -- only here

    stream = zlib.compress(b"q " * 46_000_000, 9)  # each `q` has the state kept once more
    body = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj "
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R>>endobj "
        b"4 0 obj<</Filter/FlateDecode/Length "
        + str(len(stream)).encode()
        + b">>stream\n"
        + stream
        + b"\nendstream endobj\ntrailer<</Root 1 0 R>>"
    )
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(RefusedError, match="the library that reads PDF broke off"):
        read("x.pdf", body)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 400_000


def test_a_library_that_breaks_off_ends_one_source_alone(tmp_path, monkeypatch):
    package = tmp_path / "pypdfium2.py"
    package.write_text("import os\nos.abort()\n", encoding="utf-8")
    code = (
        "from dossierkit.ingest.pdf import process\n"
        "from dossierkit.ingest.refusal import RefusedError\n"
        "try:\n    process.run('dossierkit.ingest.pdf.child', b'%PDF-1.4', 30)\n"
        "except RefusedError as refused:\n    print(refused)\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=True
    )
    assert "broke off" in done.stdout
