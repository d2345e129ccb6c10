"""Makes the files beside it, with the programs and libraries that such files come from: LibreOffice, Word's format by
python-docx, ReportLab, Chromium, the mailbox module, warcio. `python tests/ingest/files/make.py`; what it needs is no
requirement of the tests, which read what was made. The texts were written for these tests; CC0 1.0.
"""

from __future__ import annotations

import datetime as dt
import io
import mailbox
import subprocess
import tempfile
import zipfile
from email.message import EmailMessage
from pathlib import Path

import docx as word
import pypdfium2
from docx.enum.text import WD_BREAK
from ebooklib import epub
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

HERE = Path(__file__).parent
SIGNED = "The Lenn Valley Council signed a contract with Harrow Water on 12 May 2016. Ada Moreau, who chairs the council, said the works would begin in June."
TENDER = "Bob Lee of the Lenn Courier had reported last week that the tender was withdrawn twice."
LONG = (
    "The committee discussed the internationalization of the water treatment programme, which had been postponed repeatedly "
    "because of the well-known difficulties of the region. "
)
PRINTED = '<span epub:type="pagebreak" role="doc-pagebreak" title="'
LEFT = """
The council of the Lenn Valley met on
12 May 2016 to hear of the internation-
alization of the water treatment pro-
gramme. The ofﬁce of the mayor con-
ﬁrmed that the ﬂow had stopped on
3 March 2016 without a warning. All
members were present at the hearing,
which was public from the beginning.
"""
RIGHT = """
The engineer Bob Lee said that nobody
had read the gauges since 4 April 2014,
and that the pumps were older than the
dam. The hearing was adjourned after
two hours, and the minutes were signed
by all members of the committee on the
same evening in the town hall of Lenn,
before the public left the building in
"""
NEXT = """
silence on 13 May 2016, as the clerk wrote.
The report was printed in June 2017 by the council.
"""
HTML = (
    f"<html><head><title>Dam inquiry opens</title></head><body><h1>Dam inquiry opens</h1><p>{SIGNED}</p><h2>Background</h2>"
    f"<p>{TENDER} The inquiry is <b>public</b>.</p><ul><li>one thing</li><li>another thing</li></ul>"
    "<table><tr><td>Party</td><td>Sum</td></tr><tr><td>Harrow Water</td><td>4 million</td></tr></table></body></html>"
)


def docx() -> None:
    """A Word document with a title, headings, a table and a list."""

    made = word.Document()
    made.core_properties.author = "Bob Lee"
    made.core_properties.created = dt.datetime(2016, 5, 13, tzinfo=dt.UTC)
    made.add_heading("Council signs water contract", 0)
    made.add_paragraph(SIGNED)
    made.add_heading("The tender", 1)
    made.add_paragraph(TENDER)
    table = made.add_table(2, 2)
    for cell, text in zip(
        [c for row in table.rows for c in row.cells],
        ("Party", "Sum", "Harrow Water", "4 million"),
        strict=True,
    ):
        cell.text = text
    made.add_paragraph("First point", style="List Bullet")
    made.save(str(HERE / "contract.docx"))


def office() -> None:
    """The same page as LibreOffice writes it: OpenDocument, EPUB, Word, PDF."""
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "inquiry.html"
        page.write_text(HTML, encoding="utf-8")
        for kind, source in (
            ("odt:writer8", ".html"),
            ("epub", ".odt"),
            ("docx:MS Word 2007 XML", ".odt"),
            ("pdf", ".odt"),
        ):
            read_as = ["--infilter=HTML (StarWriter)"] if source == ".html" else []
            command = [
                "soffice",
                "--headless",
                *read_as,
                "--convert-to",
                kind,
                "--outdir",
                folder,
                str(page.with_suffix(source)),
            ]
            subprocess.run(command, check=True)
        for suffix in (".odt", ".epub", ".docx", ".pdf"):
            made = page.with_suffix(suffix)
            (HERE / f"libreoffice{suffix}").write_bytes(made.read_bytes())


def paged() -> None:
    """A document of several pages as LibreOffice saves it, and a book with the pages of its printed edition and without."""
    with tempfile.TemporaryDirectory() as folder:
        made = word.Document()
        made.core_properties.title = "Council minutes"
        made.core_properties.created = dt.datetime(2016, 5, 13, tzinfo=dt.UTC)
        made.add_heading("Council minutes", 0)
        for number in range(1, 31):
            made.add_paragraph(f"Paragraph number {number} begins here. {LONG * 2}")
            if number == 4:
                made.paragraphs[-1].add_run().add_break(WD_BREAK.PAGE)
        made.add_table(1, 2).cell(0, 0).text = "Sum"
        file = Path(folder) / "minutes.docx"
        made.save(str(file))
        command = ["soffice", "--headless", "--convert-to", "odt:writer8", "--outdir", folder, str(file)]
        subprocess.run(command, check=True)
        (HERE / "minutes.odt").write_bytes(file.with_suffix(".odt").read_bytes())
    for name, page in (("printed.epub", PRINTED), ("sections.epub", "")):
        book = epub.EpubBook()
        book.set_identifier("lenn-1")
        book.set_title("The dam of Lenn")
        book.set_language("en")
        book.add_author("Bob Lee")
        for number in (1, 2):
            chapter = epub.EpubHtml(title=f"Chapter {number}", file_name=f"c{number}.xhtml", lang="en")
            first, last = (
                f'{page}{2 * number}"/>' if page else "",
                f'{page}{2 * number + 1}"/>' if page else "",
            )
            chapter.content = f"<h1>Chapter {number}</h1>{first}<p>{SIGNED}</p><p>{TENDER} {last}{LONG}</p>"
            book.add_item(chapter)
            book.spine.append(chapter)
        book.add_item(epub.EpubNcx())
        book.add_item(epub.EpubNav())
        epub.write_epub(str(HERE / name), book)


def columns() -> None:
    """Three pages in two columns, with running heads and feet, justified and hyphenated."""

    styles = getSampleStyleSheet()
    story = [Paragraph("Report on the water contract of the valley", styles["Title"])]
    for number in range(1, 25):
        style = styles["Normal"].clone(
            f"n{number}", spaceAfter=6, alignment=4, hyphenationLang="en_US", embeddedHyphenation=1
        )
        story.append(
            Paragraph(
                f"Paragraph number {number} begins here. {LONG * 2}It ends with the word finis{number}.",
                style,
            )
        )

    def frame(canvas, document):
        canvas.setFont("Helvetica", 8)
        canvas.drawString(60, A4[1] - 30, "The Lenn Courier, special report")
        canvas.drawCentredString(A4[0] / 2, 25, f"Page {document.page} of 3")

    width = (A4[0] - 140) / 2
    made = BaseDocTemplate(str(HERE / "columns.pdf"), pagesize=A4, author="Bob Lee", invariant=1)
    frames = [Frame(60, 60, width, A4[1] - 120), Frame(80 + width, 60, width, A4[1] - 120)]
    made.addPageTemplates([PageTemplate("two", frames, onPage=frame)])
    made.build(story)


def turned() -> None:
    """Two columns with ligatures and words that lines cut, and a second page that is stored lying and seen upright."""
    pdfmetrics.registerFont(TTFont("Serif", "/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf"))
    canvas = Canvas(str(HERE / "turned.pdf"), pagesize=A4, invariant=1)

    def column(left: float, top: float, lines: str) -> None:
        canvas.setFont("Serif", 11)
        for number, line in enumerate(lines.strip().splitlines()):
            canvas.drawString(left, top - 14 * number, line.strip())

    for number in (1, 2):
        width, height = A4 if number == 1 else A4[::-1]
        if number == 2:
            canvas.translate(A4[0], 0)
            canvas.rotate(90)
        canvas.setFont("Serif", 9)
        canvas.drawString(60, height - 40, "Minutes of the Lenn Valley Council")
        canvas.drawString(width / 2, 25, str(number))
        if number == 1:
            canvas.setFont("Serif", 18)
            canvas.drawString(60, height - 90, "Minutes of May")
            column(60, height - 130, LEFT)
            column(330, height - 130, RIGHT)
        else:
            column(60, height - 90, NEXT)
        canvas.showPage()
    stored = pypdfium2.PdfDocument(canvas.getpdfdata())
    stored[1].set_rotation(90)
    stored.save(str(HERE / "turned.pdf"))


def locked() -> None:
    """A PDF with a password, and one that only holds a picture."""

    canvas = Canvas(str(HERE / "locked.pdf"), encrypt=StandardEncryption("secret"), invariant=1)
    canvas.drawString(72, 700, SIGNED[:80])
    canvas.save()

    picture = Image.new("L", (1240, 600), 255)
    font = ImageFont.truetype("DejaVuSerif.ttf", 40)
    ImageDraw.Draw(picture).multiline_text(
        (80, 80),
        "Scanned minutes of the council\n\nThe council met on 12 May 2016\nand signed the water contract.",
        fill=0,
        font=font,
    )
    canvas = Canvas(str(HERE / "scan.pdf"), invariant=1)
    canvas.drawImage(ImageReader(picture), 40, 500, 500, 242)
    canvas.save()


def chromium() -> None:
    """A page as a browser prints it, and one page with the head and foot that browsers add unless they are told not to."""
    short = "<title>Chair resigns | The Lenn Courier</title><h1>Chair resigns</h1><p>Ada Moreau resigned on 3 June 2016 over the costs.</p>"
    with tempfile.TemporaryDirectory() as folder:
        for name, words, options in (
            (
                "chromium",
                HTML.replace("<body>", "<body style='font: 12pt serif'>"),
                ["--no-pdf-header-footer"],
            ),
            ("chromium-framed", short, []),
        ):
            page = Path(folder) / "printed.html"
            page.write_text(words, encoding="utf-8")
            out = f"--print-to-pdf={HERE / f'{name}.pdf'}"
            command = [
                "chromium",
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
            ]
            subprocess.run([*command, *options, out, page.as_uri()], check=True)


def firefox() -> None:
    """One page with the head and foot of Firefox, set as it sets them."""
    canvas = Canvas(str(HERE / "firefox-framed.pdf"), invariant=1, pagesize=(595, 842))
    canvas.setTitle("Chair resigns – The Lenn Courier")
    canvas.setFont("Helvetica", 8)
    canvas.drawString(28, 820, "Chair resigns – The Lenn Courier")
    canvas.drawRightString(567, 820, "file:///home/somebody/Desktop/chair%20resigns.html")
    canvas.drawString(28, 20, "1 of 1")
    canvas.drawRightString(567, 20, "03/06/2016, 22:04")
    canvas.setFont("Helvetica-Bold", 24)
    canvas.drawString(60, 760, "Chair resigns")
    canvas.setFont("Helvetica", 12)
    canvas.drawString(60, 720, "Ada Moreau resigned on 3 June 2016 over the costs.")
    canvas.drawString(60, 700, "She had kept file:///home/somebody/notes.txt for years.")
    canvas.save()


def dateline() -> None:
    """A bulletin with a time above its text and an address below: neither is a browser's."""
    canvas = Canvas(str(HERE / "dateline.pdf"), invariant=1, pagesize=(595, 842))
    canvas.setFont("Helvetica", 12)
    canvas.drawString(60, 800, "12/05/2016, 10:04 Lenn Valley Council")
    canvas.drawString(60, 720, "The council met and signed the water contract.")
    canvas.drawString(60, 30, "https://council.example/contract")
    canvas.save()


def mails() -> None:
    """A reply with an attachment and a logo, and a mailbox."""

    mail = EmailMessage()
    mail["From"], mail["To"] = (
        "Ada Moreau <ada@lenn.example>",
        "Bob Lee <bob@courier.example>, desk@courier.example",
    )
    mail["Subject"], mail["Date"], mail["Message-ID"] = (
        "Re: the contract",
        "Fri, 13 May 2016 10:12:00 +0200",
        "<1@lenn.example>",
    )
    mail.set_content(
        f"Dear Bob,\n\n{SIGNED}\n\nOn Thu, 12 May 2016, Bob Lee wrote:\n> {TENDER}\n> Is this right?\n"
    )
    mail.add_alternative(f"<p>Dear Bob,</p><p>{SIGNED}</p><blockquote>{TENDER}</blockquote>", subtype="html")
    kind = "vnd.openxmlformats-officedocument.wordprocessingml.document"
    mail.add_attachment(
        (HERE / "contract.docx").read_bytes(),
        maintype="application",
        subtype=kind,
        filename="contract final.docx",
    )
    mail.add_attachment(b"\x89PNG\r\n\x1a\n", maintype="image", subtype="png", filename="logo.png")
    (HERE / "reply.eml").write_bytes(mail.as_bytes())
    (HERE / "inbox.mbox").unlink(missing_ok=True)
    box = mailbox.mbox(HERE / "inbox.mbox")
    for number in range(1, 6):
        one = EmailMessage()
        one["From"], one["To"], one["Subject"] = f"clerk{number}@lenn.example", "all@lenn.example", "Minutes"
        one["Date"], one["Message-ID"] = f"Mon, {number} Feb 2016 09:00:00 +0000", f"<m{number}@lenn.example>"
        one.set_content(
            f"Minutes of meeting {number}.\n\nFrom here on the council met in public. Item {number} was adopted by Ines Muster.\n"
        )
        box.add(one)
    box.close()


def archives() -> None:
    """Two pages as a WARC, and one of them as a WACZ."""

    with (HERE / "site.warc.gz").open("wb") as out:
        writer = WARCWriter(out, gzip=True)
        for number in (1, 2):
            page = (
                HTML.replace("Dam inquiry opens", f"Dam inquiry, day {number}")
                .replace("last week", f"{number} days ago")
                .encode()
            )
            http = StatusAndHeaders(
                "200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1"
            )
            dated = {
                "WARC-Date": "2016-06-01T10:00:00Z",
                "WARC-Record-ID": f"<urn:uuid:00000000-0000-4000-8000-00000000000{number}>",
            }
            url = f"https://courier.example/2016/dam-{number}.html"
            record = writer.create_warc_record(
                url, "response", payload=io.BytesIO(page), http_headers=http, warc_headers_dict=dated
            )
            writer.write_record(record)
    with zipfile.ZipFile(HERE / "site.wacz", "w") as out:
        out.write(HERE / "site.warc.gz", "archive/data.warc.gz")
        out.writestr(
            "pages/pages.jsonl",
            '{"format":"json-pages-1.0"}\n{"url":"https://courier.example/2016/dam-2.html"}\n',
        )


if __name__ == "__main__":
    for make in (docx, office, paged, columns, turned, locked, chromium, firefox, dateline, mails, archives):
        make()
