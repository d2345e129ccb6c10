"""The keys of every kind of page, as data: the reader validates against them, and the reference page is generated from them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import takewhile
from math import inf
from typing import Literal

from dossierkit.model.page import DATED_BY, STATUSES
from dossierkit.model.record import ENTITY_TYPES, PRECISIONS
from dossierkit.text.recordfacts import FactProperty, article_facts, entry_facts, fact_properties


@dataclass(frozen=True, slots=True)
class Key:
    """One front-matter key.

    `kind`: text | slug (lower-case a-z, 0-9, single hyphens) | edtf | instant | flag | number | choice | texts (a list of
    strings; one string is a list of one) | mapping (keys in `of`) | items (a list of mappings; a plain string is the value of
    the key named in `short`). `form`: the form of a text: language (a BCP 47 tag) | seed (a path below seeds/) | template (a
    path without `..`) | media (a path below media/) | medium (a path below media/, or an address) | address (http or https) |
    orcid | id (of a page). `least`, `most`: the range of a number, both included. `either`: an item has all keys of just one of these groups.
    `by`: who gives the value first, which decides how it is handled. editor: a person, in the page. source: the source, or its
    curator in `NAME.yml`; an update merges it into the page. extractor: a proposal, which an update merges into the page.
    command: a command; no form shows it.
    """

    name: str
    kind: str
    doc: str
    required: bool = False
    choices: tuple[str, ...] = ()
    of: tuple[Key, ...] = ()
    short: str = ""
    form: str = ""
    least: float = -inf
    most: float = inf
    either: tuple[tuple[str, ...], ...] = ()
    by: Literal["editor", "source", "extractor", "command"] = "editor"

    @property
    def single(self) -> bool:
        """Whether it has one plain value."""
        return self.kind not in {"texts", "mapping", "items"}


def names(keys: Iterable[Key], *by: str) -> tuple[str, ...]:
    """The names of the keys, in order; `by`: only keys whose values these give first."""
    return tuple(key.name for key in keys if not by or key.by in by)


def before(keys: Iterable[Key], name: str) -> tuple[str, ...]:
    """The names of the keys that precede the key `name` in a page."""
    return tuple(key.name for key in takewhile(lambda key: key.name != name, keys))


def single(keys: Iterable[Key]) -> tuple[str, ...]:
    """The names of the keys with one plain value, the page's status first."""
    return tuple(sorted((key.name for key in keys if key.single), key=lambda name: name != "status"))


def _facts(
    properties: Mapping[str, FactProperty], by: Literal["editor", "source"] = "editor"
) -> tuple[Key, ...]:
    """The keys of facts of `data/facts.yml`."""
    kinds = {"edtf": ("edtf", ""), "address": ("text", "address"), "text": ("text", "")}
    return tuple(
        Key(fact.name, kinds[fact.kind][0], fact.about, form=kinds[fact.kind][1], by=by)
        for fact in properties.values()
    )


_TITLE = Key("title", "text", "The page's title.", required=True)
_TAGS = Key("tags", "texts", "Free keywords; the search finds the page by them.")
_STATUS = Key(
    "status",
    "choice",
    "The state of the page. Drafts and withdrawn pages are never published.",
    choices=STATUSES,
)
_DESCRIPTION = Key("description", "text", "One or two sentences, shown in lists and given to search engines.")
_LANG = Key(
    "lang",
    "text",
    "The language of the text, as a BCP 47 tag (`en`, `ar`, `fr`); an article's sets its direction too.",
    form="language",
)

_CORRECTIONS = Key(
    "corrections",
    "items",
    "Corrections after publication. Shown on the page and in the list of corrections.",
    of=(
        Key("date", "edtf", "The day of the correction.", required=True),
        Key("what", "text", "What was wrong and what is right.", required=True),
        Key("why", "text", "How the mistake happened, or who reported it."),
    ),
)
_EMBARGO = Key(
    "embargo",
    "instant",
    "Not published before this instant: day, time and offset (`2026-12-01T06:00Z`).",
)
_WITHDRAWN = Key(
    "withdrawn",
    "mapping",
    "The text of the tombstone, if `status` is `withdrawn`. Written by `dossier withdraw`.",
    of=(
        Key("date", "edtf", "When it was withdrawn."),
        Key("reason", "text", "Why, for readers.", required=True),
        Key(
            "named_as",
            "texts",
            "Of a record: ids made from the names that articles still have, so that none of them gets a page of its own.",
        ),
    ),
    by="command",
)
_NOTICES = (_EMBARGO, _CORRECTIONS, _WITHDRAWN)

_ALT = Key(
    "alt", "text", "What it shows, for readers who cannot see it. Empty (`alt: `) for mere decoration."
)
_CAPTION = Key("caption", "text", "The text below it.")
_CREDIT = Key("credit", "text", "Who made it, and under which licence or permission it is shown.")
IMAGE = Key(
    "image",
    "mapping",
    "The page's picture: at its top, in lists, and as the portrait of a person.",
    of=(
        Key(
            "src", "text", "A picture below `content/media/`: `media/NAME.jpg`.", required=True, form="media"
        ),
        _ALT,
        _CAPTION,
        _CREDIT,
    ),
)
_AUTHORS = Key(
    "authors",
    "items",
    "Who wrote it, in order: a person with `family` and `given`, a body with `organization`, or a plain name.",
    of=(
        Key("name", "text", "A whole name, if its family name is not known."),
        Key("family", "text", "A person's family name."),
        Key("given", "text", "A person's given names."),
        Key("organization", "text", "The name of a body."),
        Key("orcid", "text", "A person's ORCID: `0000-0002-1825-0097`.", form="orcid"),
    ),
    short="name",
    either=(("name",), ("family",), ("organization",)),
)
_MEDIA = Key(
    "media",
    "items",
    "Pictures, sound, film and documents that belong to the page, shown after its text. Web addresses become links.",
    of=(
        Key(
            "src",
            "text",
            "A file below `content/media/`, or an address of the web.",
            required=True,
            form="medium",
        ),
        _ALT,
        _CAPTION,
        _CREDIT,
        Key("title", "text", "Its title: the name of a document, the text of a link."),
        Key("page", "number", "The page of a document to which the link leads.", least=1, most=100_000),
        Key("poster", "text", "The picture that is shown until a film plays.", form="media"),
        Key("captions", "text", "The subtitles of a film or recording, as WebVTT (`.vtt`).", form="media"),
        Key("transcript", "text", "A transcript of it: a file (`.vtt`, `.srt`, `.pdf`).", form="media"),
        Key("lang", "text", "The language that is spoken in it.", form="language"),
    ),
    short="src",
)
_SHOWN = (IMAGE, _AUTHORS, _MEDIA)
_REDIRECTS = Key(
    "redirects",
    "texts",
    "Earlier ids of the page; their addresses lead here. Written by `dossier rename`.",
    form="id",
    by="command",
)

SOURCE = (
    Key("publisher", "text", "Who published it.", by="source"),
    Key("author", "text", "Who wrote it.", by="source"),
    Key("url", "text", "Where it was published.", by="source"),
    Key("archived", "text", "A lasting copy elsewhere, such as a web archive.", by="source"),
    Key("captured", "edtf", "When the copy of a web page was taken.", by="command"),
    Key("file", "text", "The copy as received, below `seeds/`.", form="seed", by="command"),
    Key("sha256", "text", "The SHA-256 of that file, in hexadecimal.", by="command"),
    Key(
        "part_of",
        "text",
        "The file it was taken from, or the mail it was attached to. Written by `dossier add`.",
        by="command",
    ),
    Key(
        "identifier",
        "text",
        "The id that its producer gave it (a Message-ID, a feed's guid). Sources with a known id are not added again.",
        by="command",
    ),
    Key(
        "pages",
        "text",
        "Where the pages of the original begin in the text as it was added: page number, `@`, and the number of characters before "
        "it, without white space. Written by `dossier add`.",
        by="command",
    ),
    Key(
        "rights",
        "text",
        "Who holds the rights, or the licence; shown to readers. A web address in it is a link, and the licence for programs.",
        by="source",
    ),
    *_facts(article_facts(), by="source"),
    Key(
        "publish",
        "choice",
        "`original`: readers get the unchanged file, and quotes lead to their page in it. `facsimiles`: instead of a PDF they "
        "get pictures of the pages with quotes, with the words marked. `both`: both. Without this key, "
        "no file of `seeds/` is published.",
        choices=("original", "facsimiles", "both"),
    ),
    Key(
        "earlier",
        "items",
        "Copies of earlier editions, which stay in `seeds/`. Written by `dossier add --replaces`.",
        of=(
            Key("file", "text", "The earlier copy, below `seeds/`.", form="seed", required=True),
            Key("sha256", "text", "Its SHA-256, in hexadecimal."),
        ),
        by="command",
    ),
)
"""The keys of an article's `source`, in the order of pages."""

ENTRY = (
    Key(
        "date",
        "edtf",
        "When it happened. Left out when the words in `when` cannot be resolved.",
        by="extractor",
    ),
    Key(
        "when",
        "text",
        "The words that give the date, if they are relative or vague (`last week`).",
        by="extractor",
    ),
    Key(
        "dated_by",
        "choice",
        "The origin of `date`, if the words give none. `report`: the day of the article; `story`: the day that "
        "its first sentences name; `heading`: the date of the heading above. Shown to readers.",
        choices=DATED_BY,
        by="extractor",
    ),
    Key("text", "text", "The event in a few words.", required=True, by="extractor"),
    Key(
        "quote",
        "text",
        "The supporting words, exactly as in the text. They must occur exactly once.",
        required=True,
        by="extractor",
    ),
    Key(
        "prefix",
        "text",
        "The words directly before the quote, if the quote occurs more than once.",
        by="extractor",
    ),
    Key(
        "suffix",
        "text",
        "The words directly after the quote, if the quote occurs more than once.",
        by="extractor",
    ),
    Key(
        "entities",
        "texts",
        "The entities the entry is about, instead of those that the sentence of its quote names.",
        by="extractor",
    ),
    Key(
        "event",
        "slug",
        "One word for the event (`aleppo-hospital-strike`), or the id of its record. Entries with the same word are "
        "shown as one event, also across articles; an entry whose word nobody else has is not joined.",
    ),
    Key(
        "key",
        "flag",
        "True for a key moment: dossiers with the article, and the home page, show it at the top.",
    ),
    Key(
        "order",
        "number",
        "The position among entries of the same date: smaller numbers first, 0 by default. Entries with the same number are in "
        "the order of hours in their words, then of the text.",
        least=-1000,
        most=1000,
    ),
    *_facts(entry_facts()),
    Key(
        "claim_review",
        "mapping",
        "A fact check of a claim that the entry reports: what was claimed, and the result.",
        of=(
            Key("claim", "text", "What was claimed, in a sentence.", required=True),
            replace(_AUTHORS, name="by", doc="Who claimed it, written like `authors`."),
            Key(
                "rating",
                "text",
                "The result of the check, in a few words: `false`, `half true`.",
                required=True,
            ),
            replace(
                _AUTHORS,
                name="reviewer",
                doc="Who checked it, written like `authors`; by default the site's publisher.",
            ),
            Key(
                "url",
                "text",
                "The address of the whole review; by default this page.",
                form="address",
            ),
        ),
    ),
)
"""The keys of an entry of an article's `timeline`, in the order of pages."""

ARTICLE = (
    replace(_TITLE, by="source"),
    Key("date", "edtf", "When the article was published. Left out when unknown, never guessed.", by="source"),
    replace(_LANG, by="source"),
    Key(
        "source",
        "mapping",
        "The source of the text.",
        of=SOURCE,
    ),
    _STATUS,
    Key(
        "arrived",
        "edtf",
        "The day on which it came to the site. Written by `dossier arrivals --write`; without it, git's history is used.",
        by="command",
    ),
    Key("sample", "flag", "True for a text written to demonstrate the product; shown to readers."),
    replace(_TAGS, by="source"),
    _DESCRIPTION,
    Key(
        "entities",
        "items",
        "The entities named in the article, in the order readers see them. An id, or a mapping with `id`, or with `name` "
        "and `type` for one without a record.",
        of=(
            Key("id", "text", "The id of an authority record: its file name below `content/entities/`."),
            Key("name", "text", "The name of an entity without a record, as readers see it."),
            Key("type", "choice", "The type of that entity.", choices=ENTITY_TYPES),
            Key("also", "texts", "Forms that mean it in this article only (`the Ministry`).", by="extractor"),
        ),
        short="id",
        either=(("id",), ("name", "type")),
    ),
    Key(
        "timeline",
        "items",
        "The dated events that the article reports.",
        of=ENTRY,
    ),
    _REDIRECTS,
    *_SHOWN,
    *_NOTICES,
)

_NAMES = (
    Key("name", "text", "The name.", required=True),
    Key("lang", "text", "The language it is in.", form="language"),
)

RELATION = (
    Key(
        "type",
        "text",
        "The kind of relation (`member of`, `led by`); exports to FollowTheMoney recognise common ones.",
        required=True,
    ),
    Key("to", "text", "The other record's id.", required=True),
    Key("date", "edtf", "The time of the relation."),
    Key("article", "text", "The id of the article that states it."),
    Key("quote", "text", "The words that state it, exactly as in that article."),
)

RECORD = (
    Key("title", "text", "The preferred name.", required=True),
    Key("type", "choice", "The type of the entity.", required=True, choices=ENTITY_TYPES),
    Key("aliases", "items", "Other names that always mean this entity.", of=_NAMES, short="name"),
    Key(
        "weak_aliases",
        "items",
        "Names that mean it only in articles that also contain a full name (`Alloush`).",
        of=_NAMES,
        short="name",
    ),
    Key("same_as", "texts", "Identifiers elsewhere: `wikidata:Q858`, or an address."),
    Key("not_same_as", "texts", "Ids of records with which it must never be merged."),
    _DESCRIPTION,
    Key(
        "relations",
        "items",
        "Curated statements about this record and another.",
        of=RELATION,
    ),
    Key(
        "location",
        "mapping",
        "The position of a place (WGS 84).",
        of=(
            Key("lat", "number", "Degrees north.", required=True, least=-90, most=90),
            Key("lon", "number", "Degrees east.", required=True, least=-180, most=180),
            Key("precision", "choice", "How precise the point is.", choices=PRECISIONS),
        ),
    ),
    *_facts(fact_properties()),
    Key(
        "sources",
        "items",
        "The sources of imported facts. Written by `dossier authority`.",
        of=(
            Key("name", "text", "The source.", required=True),
            Key("date", "edtf", "The date of the facts."),
            Key("licence", "text", "The licence of the facts."),
            Key("url", "text", "The address of the source."),
        ),
        short="name",
    ),
    Key(
        "named_only",
        "flag",
        "True for a record that has a page only if an article or a dossier names it. Imports set it.",
    ),
    _STATUS,
    _TAGS,
    replace(
        _REDIRECTS,
        doc="Earlier ids of the record; their addresses lead here. Written by `dossier merge` and `dossier rename`.",
    ),
    *_SHOWN,
    *_NOTICES,
)

DOSSIER = (
    _TITLE,
    _DESCRIPTION,
    Key("finding", "text", "The finding, in a sentence or two. Shown large at the top."),
    _LANG,
    Key(
        "articles",
        "items",
        "Ids of articles (`2016/some-slug`), in the order readers see them.",
        of=(
            Key("id", "text", "The article's path below `content/articles/`, without `.md`.", required=True),
        ),
        short="id",
    ),
    Key(
        "select",
        "mapping",
        "Articles selected by rule; all given conditions must be met.",
        of=(
            Key("entities_any", "texts", "Articles that name any of these entities."),
            Key("entities_all", "texts", "Articles that name all of these entities."),
            Key("tags", "texts", "Articles with any of these tags."),
            Key("dates", "edtf", "Articles published within this EDTF interval."),
        ),
    ),
    Key(
        "cast",
        "items",
        "The entities that matter most, in the order readers see them.",
        of=(Key("id", "text", "The id of an authority record.", required=True),),
        short="id",
    ),
    _STATUS,
    _TAGS,
    _REDIRECTS,
    *_SHOWN,
    *_NOTICES,
)

PASSED_ON = (
    Key("hide", "texts", "Parts of the theme's page that are left out."),
    Key("icon", "text", "The theme's icon of the page."),
    Key("robots", "text", "Instructions for search engines."),
    Key("template", "text", "The theme's template of the page.", form="template"),
)
"""Keys that only the engine and the theme read; checked only as far as a value could make a build fail."""

LEAD = (IMAGE,)
"""The keys of the site's own pages (`content/index.md`) that Dossierkit reads."""

KINDS = {"articles": ARTICLE, "entities": RECORD, "dossiers": DOSSIER}
