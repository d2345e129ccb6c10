"""Saved web pages with known answers: how much of title, date, author, publisher and body is found, beside libraries alone.

`python benchmarks/pages.py [FOLDER [FIRST]]`; by default tests/ingest/wild, from the first page; -v after these names what is wrong. readability-lxml, newspaper4k and jusText are asked where they
are installed. Precision: how much of what is said is right; recall: how much of what is right is said. Body: words (as a bag),
and whole paragraphs.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import yaml

from dossierkit.evidence.body_html import renderer
from dossierkit.evidence.layer import layer
from dossierkit.ingest.days import day
from dossierkit.ingest.reader import read
from dossierkit.ingest.refusal import RefusedError

Answers = dict[str, object]
_WORD = re.compile(r"\w+")


def dossier(html: bytes) -> Answers:
    """What `dossier add` takes."""
    try:
        found = read("page.html", html)
    except RefusedError:
        return {}
    text = layer(renderer(("tables",), {})(found.markdown)).text
    return {
        "title": found.title, "date": found.published or "", "author": found.author or "",
        "publisher": found.publisher or "", "body": text.split("\n"),
    }  # fmt: skip


def trafilatura(html: bytes) -> Answers:
    """The library that `dossier add` rests on, by itself."""
    from trafilatura import bare_extraction  # noqa: PLC0415 -- one of several

    found = bare_extraction(html, with_metadata=True, include_comments=False)
    if found is None:
        return {}
    said = (found.title, found.date, found.author, found.sitename)
    return dict(
        zip(("title", "date", "author", "publisher"), (value or "" for value in said), strict=True)
    ) | {"body": (found.text or "").split("\n")}


def readability(html: bytes) -> Answers:
    """readability-lxml: title and body."""
    from lxml import html as parser  # noqa: PLC0415 -- one of several
    from readability import Document  # noqa: PLC0415 -- one of several

    found = Document(html.decode("utf-8"))
    body = [
        " ".join(one.text_content().split())
        for one in parser.fromstring(found.summary()).iter("p", "h2", "h3", "li", "blockquote")
    ]
    return {"title": found.short_title(), "body": body}


def newspaper(html: bytes) -> Answers:
    """newspaper4k: title, date, authors, body."""
    from newspaper import Article  # noqa: PLC0415 -- one of several

    found = Article("https://page.example/")
    found.download(input_html=html.decode("utf-8"))
    found.parse()
    date = found.publish_date
    return {
        "title": found.title or "", "date": day(str(date)) if date else "", "author": ", ".join(found.authors),
        "publisher": found.meta_site_name or "", "body": found.text.split("\n"),
    }  # fmt: skip


def justext(html: bytes) -> Answers:
    """jusText: body."""
    import justext as library  # noqa: PLC0415 -- one of several

    words = frozenset(
        word for name in ("English", "French", "German", "Spanish") for word in library.get_stoplist(name)
    )
    return {"body": [one.text for one in library.justext(html, words) if not one.is_boilerplate]}


TOOLS: dict[str, Callable[[bytes], Answers]] = {
    "dossier add": dossier, "trafilatura": trafilatura, "newspaper4k": newspaper, "readability-lxml": readability, "jusText": justext,
}  # fmt: skip


def plain(text: object) -> str:
    """Words alone, folded: what is compared."""
    return " ".join(_WORD.findall(str(text).casefold()))


def counts(name: str, said: object, right: object) -> tuple[int, int, int]:
    """How much is right of what was said, how much was said, how much there is to say."""
    if name == "words":
        one, other = (Counter(plain(" ".join(listed)).split()) for listed in (said, right))  # type: ignore[arg-type]
        return (one & other).total(), one.total(), other.total()
    if name == "paragraphs":
        one, other = (Counter(filter(None, map(plain, listed))) for listed in (said, right))  # type: ignore[arg-type]
        return (one & other).total(), one.total(), other.total()
    if name == "author":
        one, other = (
            Counter(filter(None, map(plain, str(listed).replace(";", ",").split(","))))
            for listed in (said, right)
        )
        return (one & other).total(), one.total(), other.total()
    return int(bool(said) and plain(said) == plain(right)), int(bool(said)), int(bool(right))


def scored(
    tool: Callable[[bytes], Answers], pages: dict[str, tuple[bytes, Answers]]
) -> Iterator[tuple[str, str, tuple[int, int, int]]]:
    """Page, field and counts."""
    for page, (html, right) in pages.items():
        try:
            said = tool(html)
        except Exception as error:  # noqa: BLE001 -- a tool that breaks off has said nothing
            print(f"{page}: {type(error).__name__}", file=sys.stderr)
            said = {}
        for name in ("title", "date", "author", "publisher"):
            yield page, name, counts(name, said.get(name, ""), right[name])
        for name in ("words", "paragraphs"):
            yield page, name, counts(name, said.get("body", []), right["body"])


def main() -> None:
    """Print a table: a line a tool, precision/recall a field."""
    folder = (
        Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[1] / "tests" / "ingest" / "wild"
    )
    answers = yaml.safe_load((folder / "answers.yml").read_text("utf-8"))
    least = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    pages = {
        name: ((folder / f"{name}.html").read_bytes(), right)
        for name, right in answers.items()
        if int(name[:2]) >= least
    }
    fields = ("title", "date", "author", "publisher", "words", "paragraphs")
    print(f"{len(pages)} pages" + "".join(f"{name:>14}" for name in fields))
    for label, tool in TOOLS.items():
        totals = {name: [0, 0, 0] for name in fields}
        for page, name, found in scored(tool, pages):
            totals[name] = [a + b for a, b in zip(totals[name], found, strict=True)]
            if label == "dossier add" and "-v" in sys.argv and not found[0] == found[1] == found[2]:
                print(f"  {page}: {name} {found}")
        print(f"{label:<18}" + "".join(f"{_share(a, b):>7}/{_share(a, c):<6}" for a, b, c in totals.values()))


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f}" if whole else "-"


if __name__ == "__main__":
    main()
