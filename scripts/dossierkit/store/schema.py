"""The keys of every kind of page, as data: the reader validates by it, and the reference page is written from it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import inf

from dossierkit.model.page import DATED_BY, STATUSES
from dossierkit.model.record import ENTITY_TYPES, PRECISIONS
from dossierkit.text.recordfacts import fact_properties


@dataclass(frozen=True, slots=True)
class Key:
    """One front-matter key.

    `kind`: text | slug (lower-case a-z, 0-9, single hyphens) | edtf | instant | flag | number | choice | texts (a list of strings; one string is a list of one) |
    mapping (keys in `of`) | items (a list of mappings; a plain string stands for the key named in `short`).
    `form`: what a text must be: language (a BCP 47 tag) | seed (a path below seeds/) | template (a path without `..`) |
    media (a path below media/) | medium (the same, or an address) | address (http or https) | orcid.
    `least`, `most`: the range of a number, both included.
    `either`: an item has all keys of just one of these groups.
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


_TITLE = Key("title", "text", "What readers see as the page's title.", required=True)
_TAGS = Key("tags", "texts", "Free keywords; the search finds the page by them.")
_STATUS = Key(
    "status",
    "choice",
    "How far the page is. Drafts and withdrawn pages are never published.",
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
    "What was put right after publication. Shown on the page and in the corrections index.",
    of=(
        Key("date", "edtf", "When it was put right.", required=True),
        Key("what", "text", "What was wrong and what stands now.", required=True),
        Key("why", "text", "How the mistake came about, or who pointed it out."),
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
    "What the tombstone says, where `status` is `withdrawn`. Written by `dossier withdraw`.",
    of=(
        Key("date", "edtf", "When it was withdrawn."),
        Key("reason", "text", "Why, for readers.", required=True),
    ),
)
_NOTICES = (_EMBARGO, _CORRECTIONS, _WITHDRAWN)

_ALT = Key(
    "alt", "text", "What it shows, for readers who do not see it. Empty (`alt: `) for mere decoration."
)
_CAPTION = Key("caption", "text", "What stands below it.")
_CREDIT = Key("credit", "text", "Who made it, and by what right it is shown.")
IMAGE = Key(
    "image",
    "mapping",
    "The page's picture: at its head, in lists, and the portrait of a person.",
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
        Key("name", "text", "A name as it stands, where it is not known what of it is the family name."),
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
    "Pictures, sound, film and documents that belong to the page, shown after its text. What lies elsewhere becomes a link.",
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
        Key("title", "text", "What it is called: the name of a document, the heading of a link."),
        Key("page", "number", "The page of a document that a reader is led to.", least=1, most=100_000),
        Key("poster", "text", "The picture that stands in place of a film until it plays.", form="media"),
        Key("captions", "text", "The subtitles of a film or recording, as WebVTT (`.vtt`).", form="media"),
        Key("transcript", "text", "What is said in it: a file (`.vtt`, `.srt`, `.pdf`).", form="media"),
        Key("lang", "text", "The language that is spoken in it.", form="language"),
    ),
    short="src",
)
_SHOWN = (IMAGE, _AUTHORS, _MEDIA)

ARTICLE = (
    _TITLE,
    Key("date", "edtf", "When the article was published. Left out when unknown, never guessed."),
    _LANG,
    Key(
        "source",
        "mapping",
        "Where the text comes from.",
        of=(
            Key("publisher", "text", "Who published it."),
            Key("author", "text", "Who wrote it."),
            Key("url", "text", "Where it was published."),
            Key("archived", "text", "A lasting copy elsewhere, such as a web archive."),
            Key("file", "text", "The copy as received, below `seeds/`.", form="seed"),
            Key("sha256", "text", "The SHA-256 of that file, in hexadecimal."),
            Key("rights", "text", "Who holds the rights; shown to readers."),
            Key("reliability", "text", "How far source and report are trusted, in the Admiralty code: `B2`."),
            Key(
                "part_of",
                "text",
                "What it was taken out of, or the mail it was attached to. Written by `dossier add`.",
            ),
            Key(
                "identifier",
                "text",
                "By which its maker tells it from others (a Message-ID, a feed's guid): what has it is not added again.",
            ),
            Key("captured", "edtf", "When the copy of a web page was taken."),
            Key(
                "pages",
                "text",
                "Where the original's pages begin in the text as it was added: number, `@`, and the characters before it that "
                "are no white space. Written by `dossier add`.",
            ),
            Key(
                "publish",
                "choice",
                "`original`: readers get the file itself, as it came, and quotes lead to their page in it. `facsimiles`: of a PDF they "
                "get pictures of the pages on which quotes stand, with their words marked, and not the file. `both`: both. Without it "
                "nothing of `seeds/` is published.",
                choices=("original", "facsimiles", "both"),
            ),
        ),
    ),
    _STATUS,
    Key(
        "arrived",
        "edtf",
        "The day on which it came to the site. Written by `dossier arrivals --write`; without it, git's history says.",
    ),
    Key("sample", "flag", "True for a text written to show the product, not to inform; readers are told."),
    _TAGS,
    _DESCRIPTION,
    Key(
        "entities",
        "items",
        "The entities of the sidebar, in the order readers see them. A plain id, or a mapping with `id`, or with `name` "
        "and `type` for one that has no record.",
        of=(
            Key("id", "text", "The id of an authority record: its file name below `content/entities/`."),
            Key("name", "text", "The name of an entity that has no record, as readers see it."),
            Key("type", "choice", "What that entity is.", choices=ENTITY_TYPES),
            Key("also", "texts", "Forms that mean it in this article only (`the Ministry`)."),
        ),
        short="id",
        either=(("id",), ("name", "type")),
    ),
    Key(
        "timeline",
        "items",
        "The dated claims of the sidebar.",
        of=(
            Key("date", "edtf", "When it happened. Left out when the words in `when` cannot be resolved."),
            Key("text", "text", "The claim in a few words.", required=True),
            Key(
                "quote",
                "text",
                "The words it rests on, exactly as in the text, where they stand once.",
                required=True,
            ),
            Key("when", "text", "The words that date it, if they are relative or vague (`last week`)."),
            Key(
                "dated_by",
                "choice",
                "Where the words have no date of their own: whose day `date` is. `report`: the day of the article; `story`: the day "
                "that its first sentences name; `heading`: the date of the heading above. Readers are told.",
                choices=DATED_BY,
            ),
            Key(
                "prefix", "text", "Words right before the quote, when the quote alone stands more than once."
            ),
            Key("suffix", "text", "Words right after the quote, when the quote alone stands more than once."),
            Key(
                "entities",
                "texts",
                "Whom the entry is about, in place of those that the sentence of its quote names.",
            ),
            Key(
                "event",
                "slug",
                "One word for the event (`aleppo-hospital-strike`), or the id of its record. Entries with the same word are "
                "shown as one event, whatever article they stand in; one with a word of its own stays by itself.",
            ),
            Key(
                "key",
                "flag",
                "True for a key moment: dossiers that hold the article, and the home page, show it at their top.",
            ),
            Key(
                "order",
                "number",
                "Where the entry stands among those of its date: smaller first, 0 without. Entries that share it follow the hours that "
                "their words say, then the text.",
                least=-1000,
                most=1000,
            ),
            Key(
                "claim_review",
                "mapping",
                "Where the entry tells of a claim that was checked: what was claimed, and what the check found.",
                of=(
                    Key("claim", "text", "What was claimed, in a sentence.", required=True),
                    replace(_AUTHORS, name="by", doc="Who claimed it, written like `authors`."),
                    Key(
                        "rating",
                        "text",
                        "What the check found, in a few words: `false`, `half true`.",
                        required=True,
                    ),
                    replace(
                        _AUTHORS,
                        name="reviewer",
                        doc="Who checked it, written like `authors`; the site's publisher without.",
                    ),
                    Key("url", "text", "Where the whole review stands; this page without.", form="address"),
                ),
            ),
        ),
    ),
    *_SHOWN,
    *_NOTICES,
)

_NAMES = (
    Key("name", "text", "The name.", required=True),
    Key("lang", "text", "The language it is in.", form="language"),
)

_FACTS = tuple(
    Key(one.name, "edtf", one.about)
    if one.kind == "edtf"
    else Key(one.name, "text", one.about, form="address")
    for one in fact_properties().values()
)

RECORD = (
    Key("title", "text", "The preferred name.", required=True),
    Key("type", "choice", "What it is.", required=True, choices=ENTITY_TYPES),
    Key("aliases", "items", "Other names that mean it by themselves.", of=_NAMES, short="name"),
    Key(
        "weak_aliases",
        "items",
        "Names that mean it only where a full name stands in the same article (`Alloush`).",
        of=_NAMES,
        short="name",
    ),
    Key("same_as", "texts", "Identifiers elsewhere: `wikidata:Q858`, or an address."),
    Key("not_same_as", "texts", "Ids of records that it must never be merged with."),
    _DESCRIPTION,
    Key(
        "relations",
        "items",
        "Curated statements about this record and another.",
        of=(
            Key(
                "type",
                "text",
                "What the relation is (`member of`, `led by`); exports to FollowTheMoney know the usual ones.",
                required=True,
            ),
            Key("to", "text", "The other record's id.", required=True),
            Key("date", "edtf", "When it held."),
            Key("article", "text", "The article that says so, by id."),
            Key("quote", "text", "The words that say so, exactly as in that article."),
        ),
    ),
    Key(
        "location",
        "mapping",
        "Where a place is (WGS 84).",
        of=(
            Key("lat", "number", "Degrees north.", required=True, least=-90, most=90),
            Key("lon", "number", "Degrees east.", required=True, least=-180, most=180),
            Key("precision", "choice", "What the point stands for.", choices=PRECISIONS),
        ),
    ),
    *_FACTS,
    Key(
        "sources",
        "items",
        "Where facts of the record come from, when they were imported or come from a pack. Written by `dossier authority`.",
        of=(
            Key("name", "text", "The source.", required=True),
            Key("date", "edtf", "As of when."),
            Key("licence", "text", "The licence of the facts."),
            Key("url", "text", "Where the source can be had."),
        ),
        short="name",
    ),
    Key(
        "named_only",
        "flag",
        "True for a record that has a page on the site only where an article or a dossier names it: what imports make says so.",
    ),
    _STATUS,
    _TAGS,
    Key(
        "redirects",
        "texts",
        "Ids under which the record was known; their pages lead here. Written by `dossier merge` and `dossier rename`.",
    ),
    *_SHOWN,
    *_NOTICES,
)

DOSSIER = (
    _TITLE,
    _DESCRIPTION,
    Key("finding", "text", "What the dossier found, in a sentence or two. Shown large at its top."),
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
        "Articles taken by rule; all conditions given must hold.",
        of=(
            Key("entities_any", "texts", "Articles that name any of these."),
            Key("entities_all", "texts", "Articles that name all of these."),
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
    *_SHOWN,
    *_NOTICES,
)

PASSED_ON = (
    Key("hide", "texts", "Parts of the theme's page that are left out."),
    Key("icon", "text", "The theme's icon of the page."),
    Key("robots", "text", "What search engines may do with the page."),
    Key("template", "text", "The theme's template of the page.", form="template"),
)
"""Keys that only the engine and the theme read, as far as a value could stop them."""

LEAD = (IMAGE,)
"""Keys of the site's own pages (`content/index.md`) that are given a meaning."""

KINDS = {"articles": ARTICLE, "entities": RECORD, "dossiers": DOSSIER}
