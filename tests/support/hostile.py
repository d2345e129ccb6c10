"""A repository in which everything that can hold text holds an attack: the keys are those of the schema, so that a new one is tried too.

Each of the payloads stands in a set of pages of its own: an article, a record, a dossier, and one of each withdrawn, with a
redirect and a draft. Whatever runs says so in `document.documentElement.dataset.pwned`, and asks `evil.test` for something.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import yaml
from tests.support.process import succeeds

from dossierkit.site.strings import keys
from dossierkit.store.schema import KINDS, Key

RUN = "document.documentElement.dataset.pwned="
POLICY = '<meta http-equiv="Content-Security-Policy" content="script-src *">'
PAYLOADS = (
    f'A & B "quoted" <c> "><script>{RUN}1</script><img src=https://evil.test/a onerror="{RUN}2">',
    f"javascript:{RUN}3//",
    f"'-alert(1)-'</script></title></style></textarea>--><svg/onload={RUN}4><script>{RUN}5</script>",
    "{{7*7}}{% raw %}" + POLICY + f"<iframe srcdoc='<script>parent.{RUN}6</script>'></iframe>",
    f'" autofocus onfocus={RUN}7 x="</head><base href=https://evil.test/><link rel=stylesheet href=https://evil.test/b>',
    f"data:text/html,<script>opener.{RUN}8</script>",
    (
        "</noscript><form id=search name=getElementById><input name=attributes><a id=config href=//evil.test/f>"
        "<template shadowrootmode=open><slot><meta http-equiv=refresh content='0;url=https://evil.test/g'>"
        "<object data=//evil.test/h></object><link rel=prefetch href=//evil.test/i><svg><use href=//evil.test/j#k></svg>"
        f"<math><mtext><table><mglyph><style><img src=x onerror={RUN}40> ]]> <![CDATA["
    ),
    (
        "</style><style>*{background:url(https://evil.test/k)}</style> x;background:url(https://evil.test/l) @import '//evil.test/m';"
        f'{{: onclick={RUN}41 }} --8<-- "mkdocs.yml" [[wiki]] *[HTML]: <b onclick={RUN}42> ==mark== \\u003cscript\\u003e{RUN}43\\u003c/script\\u003e'
    ),
)
LABEL = f'"><script>{RUN}9</script><img src=https://evil.test/c onerror="{RUN}10">'
TITLE = PAYLOADS[0]
QUOTE = "The talks opened with a word on Friday"
DATE = {"date": "2016-02-01", "died": "XXXX", "dates": "2016"}
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)
_SETS = ("articles", "entities", "dossiers")


def write(root: Path, **settings: object) -> Path:
    """The repository below `root`, with an mkdocs.yml; `settings` are added to that."""
    root.mkdir(parents=True, exist_ok=True)
    (root / "mkdocs.yml").write_text(
        yaml.safe_dump(_settings() | settings, sort_keys=False), encoding="utf-8"
    )
    for number, payload in enumerate(PAYLOADS):
        for path, meta, body in _pages(number, payload):
            file = root / "content" / path
            file.parent.mkdir(parents=True, exist_ok=True)
            front = yaml.safe_dump(meta, sort_keys=False, width=10_000)
            file.write_text(f"---\n{front}---\n\n{body}\n", encoding="utf-8")
    _media(root / "content" / "media")
    (root / "seeds").mkdir(exist_ok=True)
    (root / "seeds" / "original.txt").write_bytes(ORIGINAL)
    (root / "seeds" / "original.pdf").write_bytes(PDF)
    _add(root)
    return root


def _media(folder: Path) -> None:
    """What front matter shows: a picture of one pixel, and files whose content nobody looks into."""
    folder.mkdir()
    (folder / "x.png").write_bytes(PIXEL)
    (folder / "x.webm").write_bytes(b"\x1aE\xdf\xa3")
    (folder / "x.vtt").write_text("WEBVTT\n", encoding="utf-8")


def _pages(number: int, payload: str) -> Iterator[tuple[str, dict[str, object], str]]:
    for kind, schema in KINDS.items():
        for state in ("published", "withdrawn", "draft"):
            text = f"{payload} draft" if state == "draft" else payload  # no two records have one name
            meta = {key.name: _value(kind, key, number, text) for key in schema} | {"status": state}
            if state != "withdrawn":
                del meta["withdrawn"]
                meta["author"] = meta["subtitle"] = meta["own_key"] = payload
            if state != "published":
                meta["redirects"] = []
            if kind == "articles" and state == "published" and not number:
                meta["source"] |= DRAWN
            meta.pop("embargo")
            path = f"{kind}/{'2016/' if kind == 'articles' else ''}{_id(state, number)}.md"
            yield path, meta, _body(kind, payload) if state != "withdrawn" else ""
    own = {"title": payload, "description": payload, "author": payload, "tags": [payload]}
    yield f"own/p{number}.md", own, "A page of the site's own."


def _id(state: str, number: int) -> str:
    return f"{state[0]}{number}"


PROPERTIES = (
    "search",
    "config",
    "__config",
    "body",
    "forms",
    "cookie",
    "getElementById",
    "__proto__",
    "constructor",
    "main",
)
"""What scripts of a page look up: an element with such a name or id could stand in its place."""
CONSTRUCTS = "\n\n".join(
    (
        *(f"## {name}\n\nWords about {name}." for name in PROPERTIES),
        f'<details ontoggle="{RUN}50"><summary>x</summary>y</details>',
        f'~~~{{.python #cookie onclick="{RUN}51"}}\nx\n~~~',
        f"$$\\href{{javascript:{RUN}52}}{{x}}$$",
        f"![](data:image/svg+xml,<svg onload={RUN}53>)",
        f"[x](vbscript:{RUN}54) <https://evil.test/n>",
        '--8<-- "mkdocs.yml"',
    )
)


def _body(kind: str, payload: str) -> str:
    """Bodies of articles are sources' text; those of records and dossiers editors' HTML, which is trusted."""
    if kind != "articles":
        return "Plain words."
    links = f'[x](javascript:{RUN}19)\n\n[x](https://x.test/"onmouseover="{RUN}20)\n\n![x](https://evil.test/d) ![x](//evil.test/e)'
    plain = payload.translate(dict.fromkeys(map(ord, "[](){}\"'")))
    figure = f'![{plain}](../../media/x.png "{plain}"){{credit="{plain}"}}'
    return f"{QUOTE}.\n\n{payload}\n\nWho {payload}\n\n{CONSTRUCTS}\n\n{figure}\n\n{links}\n\nSome words\n{{: onclick=\"{RUN}11\" style='top: 0' }}"


ORIGINAL = f"<script>{RUN}31</script>\n".encode()
"""What is published as it was received."""
_SHOWN = f"BT /F 12 Tf 72 700 Td ({QUOTE}.) Tj ET"
PDF = f"""%PDF-1.4
1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>> endobj
4 0 obj <</Length {len(_SHOWN)}>> stream
{_SHOWN}
endstream endobj
5 0 obj <</Type/Font/Subtype/Type1/BaseFont/Helvetica>> endobj
trailer <</Root 1 0 R>>
""".encode()
"""A page that holds the quote; readers of PDF find its objects without a table of where they begin."""
DRAWN = {
    "file": "seeds/original.pdf",
    "sha256": hashlib.sha256(PDF).hexdigest(),
    "publish": "both",
    "pages": "1@0",
}
FIXED = {
    ("articles", "source.sha256"): hashlib.sha256(ORIGINAL).hexdigest(),
    ("articles", "source.file"): "seeds/original.txt",
    ("articles", "source.earlier.sha256"): hashlib.sha256(ORIGINAL).hexdigest(),
    ("articles", "source.earlier.file"): "seeds/original.txt",
    ("articles", "source.publish"): "original",  # of the first article both
    ("articles", "lang"): "en",
    ("dossiers", "lang"): "en",
    ("entities", "aliases.lang"): "en",
    ("entities", "weak_aliases.lang"): "en",
    ("articles", "timeline.quote"): QUOTE,
    ("articles", "timeline.prefix"): "",
    ("articles", "timeline.suffix"): "",
    ("articles", "timeline.when"): "on Friday",
    ("entities", "relations.quote"): QUOTE,
    ("entities", "location.precision"): "city",
    ("entities", "website"): "https://evil.test/'onfocus=alert(1)'{{7*7}}",
    ("dossiers", "select.tags"): [],
    ("articles", "timeline.claim_review.by.orcid"): "0000-0002-1825-0097",
    ("articles", "timeline.claim_review.reviewer.orcid"): "0000-0002-1825-0097",
    ("articles", "timeline.claim_review.url"): "https://evil.test/'onfocus=alert(1)'{{7*7}}",
}
"""Values that are wrong, and stop the build, where they are anything else. A key that is not here gets the payload."""
SHOWN = {
    "image.src": "media/x.png",
    "media.src": "media/x.webm",
    "media.poster": "media/x.png",
    "media.captions": "media/x.vtt",
    "media.transcript": "media/x.vtt",
    "media.lang": "en",
    "authors.orcid": "0000-0002-1825-0097",
}
FIXED |= {(kind, path): value for kind in KINDS for path, value in SHOWN.items()}
IDS = {
    ("articles", "entities.id"): "p{}",
    ("articles", "timeline.entities"): "p{}",
    ("articles", "timeline.event"): "word{}",
    ("entities", "not_same_as"): "p{other}",
    ("entities", "relations.to"): "p{other}",
    ("entities", "relations.article"): "2016/p{}",
    ("articles", "redirects"): "2016/old{}",
    ("entities", "redirects"): "old{}",
    ("dossiers", "redirects"): "old{}",
    ("dossiers", "articles.id"): "2016/p{}",
    ("dossiers", "cast.id"): "p{}",
    ("dossiers", "select.entities_any"): "p{}",
    ("dossiers", "select.entities_all"): "p{}",
}
"""Keys that name a page."""


def _value(kind: str, key: Key, number: int, payload: str, above: str = "") -> object:
    path = (kind, f"{above}{key.name}")
    if path in FIXED:
        return FIXED[path]
    if path in IDS:
        named = IDS[path].format(number, other=(number + 1) % len(PAYLOADS))
        return [named] if key.kind == "texts" else named
    return {
        "text": lambda: payload,
        "texts": lambda: [payload],
        "slug": lambda: "word",
        "edtf": lambda: DATE.get(key.name, "2016"),
        "instant": lambda: "",
        "flag": lambda: True,
        "number": lambda: 10 + number,
        "choice": lambda: key.choices[number % len(key.choices)],
        "mapping": lambda: _of(kind, key, number, payload, above),
        "items": lambda: _items(kind, key, number, payload, above),
    }[key.kind]()


def _items(kind: str, key: Key, number: int, payload: str, above: str) -> list[dict[str, object]]:
    """An item, or one for each group of keys of which an item has just one; those after the first have a name of their own."""
    whole = _of(kind, key, number, payload, above)
    first = {
        name: value for name, value in whole.items() if not any(name in group for group in key.either[1:])
    }
    others = [
        {name: f"Who {whole[name]}" if name == "name" else whole[name] for name in group}
        for group in key.either[1:]
    ]
    return [first, *others]


def _of(kind: str, key: Key, number: int, payload: str, above: str) -> dict[str, object]:
    return {one.name: _value(kind, one, number, payload, f"{above}{key.name}.") for one in key.of}


def _settings() -> dict[str, object]:
    """Every setting that a page shows."""
    labels = {key: LABEL + text for key, text in _strings().items()}
    return {
        "site_name": TITLE,
        "site_description": PAYLOADS[2],
        "site_author": PAYLOADS[4],
        "copyright": f"© <b>The paper</b> {PAYLOADS[0]}",
        "repo_name": PAYLOADS[0],
        "repo_url": "https://code.test/x?a=1&b=2",
        "site_url": "https://news.test/",
        "docs_dir": "content",
        "theme": {
            "name": "material",
            "font": False,
            "language": "en",
            "features": ["navigation.footer", "toc.follow", "navigation.tabs", "content.action.edit"],
            "palette": [
                {"scheme": "default", "toggle": {"icon": "material/weather-night", "name": PAYLOADS[0]}},
                {"scheme": "slate", "toggle": {"icon": "material/weather-sunny", "name": PAYLOADS[2]}},
            ],
        },
        "plugins": ["dossier"],
        "nav": [
            {PAYLOADS[0]: "index.md"},
            {PAYLOADS[2]: [{PAYLOADS[4]: "articles/index.md"}, "own/p0.md"]},
            "dossiers/index.md",
            "entities/index.md",
        ],
        "not_in_nav": "/**",
        "markdown_extensions": ["attr_list", "admonition", "footnotes", "tables"],
        "extra": {
            "generator": False,
            "scope": "/",
            "homepage": "/",
            "status": {"new": PAYLOADS[0]},
            "social": [{"icon": "material/rss", "link": "https://x.test/?a=1&b=2", "name": PAYLOADS[0]}],
            "alternate": [{"name": PAYLOADS[0], "link": "/x/", "lang": "en"}],
            "dossier": {"id": PAYLOADS[0], "labels": labels},
        },
    }


def _strings() -> dict[str, str]:
    from dossierkit.site.strings import Strings  # noqa: PLC0415 - here alone

    strings = Strings("en")
    return {key: strings(key) for key in keys("en")}


_LONG = (
    "<p>The delegations met in the morning, and went on with their talks until late in the evening of that day.</p>"
    * 4
)


def _add(root: Path) -> None:
    """Sources as they come in: a text whose first line and first sentence attack, and a saved page."""
    seeds = root / "incoming"
    seeds.mkdir()
    (seeds / "talks.txt").write_text(
        f'Talks <script>{RUN}12</script> open\n\n"><script>{RUN}13</script> Ada Moreau resigned on Friday. {POLICY}\n\n{RUN}19> Bruno Keller resigned on 3 May 2016.\n',
        encoding="utf-8",
    )
    (seeds / "saved.html").write_text(
        f"<!doctype html><html><head><title>Saved &lt;script&gt;{RUN}14&lt;/script&gt;</title>"
        f'<meta name="author" content="&quot;><img src=x onerror={RUN}15>">'
        f'<meta property="og:site_name" content="<script>{RUN}16</script>"></head>'
        f"<body><main><article><h1>Saved</h1><p>&lt;img src=x onerror={RUN}17&gt; Ada Moreau resigned on Friday.</p>{_LONG}"
        f"<p><a href='javascript:{RUN}18'>x</a> {_LONG}</p></article></main></body></html>",
        encoding="utf-8",
    )
    succeeds("add", *sorted(seeds.iterdir()), cwd=root)
    added = [
        file for file in sorted((root / "content" / "articles").rglob("*.md")) if not file.stem[1:].isdigit()
    ]
    succeeds("publish", "--accept", *(file.relative_to(root) for file in added), cwd=root)
