"""seeds/: safe names for sources, the curator's facts beside them, and the sources that were added already."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from pathlib import Path, PurePosixPath

import yaml

from dossierkit.model.diagnostic import Diagnostic, DiagnosticsError
from dossierkit.store import frontmatter
from dossierkit.store.edit import EditError, Put, apply, front_matter_values
from dossierkit.store.inside import SEEDS, below
from dossierkit.store.items import taken
from dossierkit.store.reader import FrontMatterReader, without_position
from dossierkit.store.schema import SOURCE, Key
from dossierkit.store.utf8 import decoded
from dossierkit.text.data import LOADER
from dossierkit.text.recordfacts import article_facts
from dossierkit.text.repeated_keys import repeated
from dossierkit.text.shingles import body_of, marks_of, runs_of

SUGGESTED = ".suggested.yml"
_MARK = "---\n"
LFS_POINTER = b"version https://git-lfs.github.com/spec/"
"""The beginning of what Git LFS leaves in place of a file that it has not fetched."""
_ENDINGS = "is what was added but for its line endings"
_LONGEST_STEM = 120
# Reserved on Windows with any suffix; https://learn.microsoft.com/windows/win32/fileio/naming-a-file
DEVICES = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|\Z)", re.IGNORECASE)
_UNSAFE = re.compile(r'[\s/\\:*?"<>|#%&{}$!\'`=@^~;,\[\]()+]+')
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
LANG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*\Z")
_ADDRESS = re.compile(r"https?://[^\s/]\S*\Z", re.IGNORECASE)
_SHA256 = re.compile(r"(?:^[^\S\n]+|[{,] ?)sha256:\s*[\"']?([0-9a-f]{64})\b", re.MULTILINE)
_IDENTIFIER = re.compile(r"^[^\S\n]+(?:identifier|url):[ \t]*(\S[^\n]*)$", re.MULTILINE)

KNOWLEDGE = (
    Key("title", "text", "The article's title, if the source gives none or a wrong one."),
    Key("date", "edtf", "When it was published."),
    Key("lang", "text", "The language of the text, as a BCP 47 tag."),
    *(key for key in SOURCE if key.by == "source"),
    Key("tags", "text", "Keywords, separated by commas."),
    Key("encoding", "text", "The text encoding of the source, if it cannot be detected (`windows-1256`)."),
)


@dataclass(frozen=True, slots=True)
class Knowledge:
    """A curator's facts about a source, with the keys of `NAME.yml`; empty if not given."""

    title: str = ""
    date: str = ""
    lang: str = ""
    publisher: str = ""
    author: str = ""
    url: str = ""
    archived: str = ""
    rights: str = ""
    tags: str = ""
    encoding: str = ""
    facts: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, values: Mapping[str, str]) -> Knowledge:
        """Knowledge from values by name."""
        rest = dict(values)
        return cls(facts=taken(rest, article_facts()), **rest)

    def stated(self, key: str) -> str:
        """The value of a key; empty if not given."""
        return str(getattr(self, key) if key in self.__slots__ else dict(self.facts).get(key, ""))


def load_knowledge(data: bytes, path: str) -> Knowledge:
    """Read the curator's file. Raises DiagnosticsError with positions."""
    text = _text(data, path)
    reader = FrontMatterReader(path)
    if twice := _repeated(text, path):
        raise DiagnosticsError(twice)
    page, above = _as_page(text)
    try:
        root = frontmatter.parse(page, path).root
    except DiagnosticsError as error:
        said = (
            replace(one, message=one.message.replace("the front matter", "the file"))
            for one in error.problems
        )
        raise DiagnosticsError(_lines_up(said, above)) from None
    values, _ = reader.mapping(root, KNOWLEDGE)
    problems = (*(one for one in reader.problems if one.code != "D109"), *_unknown(root, path))
    if problems:
        raise DiagnosticsError(_lines_up(problems, above))
    return Knowledge.of(without_position(values))


def _unknown(root: yaml.MappingNode, path: str) -> Iterator[Diagnostic]:
    """D406 for each key that a curator's file cannot have."""
    known = [key.name for key in KNOWLEDGE]
    for node, _ in root.value:
        if (name := str(node.value)) not in known:
            close = get_close_matches(name, known, 1, 0.8)
            remedy = f"did you mean `{close[0]}`?" if close else f"use {', '.join(known)}"
            message = f"the key `{name}` means nothing here: {remedy}"
            yield Diagnostic(path, *frontmatter.position(node), "D406", message)


def unusable(known: Knowledge) -> Iterator[str]:
    """What is wrong with an address or a language: each message begins with the key."""
    if known.url and not _ADDRESS.match(known.url):
        yield f"url: `{known.url}` is not a web address: it must begin with http:// or https://"
    if known.lang and not LANG.match(known.lang):
        yield f"lang: `{known.lang}` is not a language tag: use one such as en, ar, fr or zh-Hant"


def with_values(data: bytes | None, given: Mapping[str, str], path: str) -> bytes:
    """A curator's file with other values; comments and all other content stay. Raises DiagnosticsError (D406)."""
    text = _text(data or b"", path)
    page, above = _as_page(text if not text or text.endswith("\n") else f"{text}\n")
    try:
        existing = front_matter_values(page, path)
        puts = [Put((name,), value) for name, value in given.items() if existing.get(name) != value]
        after = apply(page, puts, path)
    except EditError as error:
        message = f"the file cannot be edited in place ({error}): write it by hand"
        raise DiagnosticsError([Diagnostic(path, 0, 0, "D406", message)]) from None
    return after[len(_MARK) * above :].removesuffix(_MARK).encode() if puts else (data or b"")


def _text(data: bytes, path: str) -> str:
    return decoded(data, path, "D406").removeprefix("\ufeff").replace("\r\n", "\n")


def _as_page(text: str) -> tuple[str, int]:
    """The text as the front matter of a page, and the number of lines that this puts above it."""
    above = 0 if text.startswith(_MARK) else 1
    return f"{_MARK * above}{text}{'' if text.endswith(chr(10)) or not text else chr(10)}{_MARK}", above


def _repeated(text: str, path: str) -> tuple[Diagnostic, ...]:
    """Repeated keys, with the lines of the file itself; () if it is not YAML, which its reader says."""
    try:
        return tuple(repeated(yaml.compose(text, Loader=LOADER), path))
    except yaml.YAMLError:
        return ()


def _lines_up(problems: Iterable[Diagnostic], above: int) -> Iterator[Diagnostic]:
    """Problems with line numbers of the file without the lines that were put above it."""
    return (replace(problem, line=max(0, problem.line - above)) for problem in problems)


def beside(seed: str, suffix: str) -> str:
    """The path of a file beside a source: its name with another suffix."""
    return f"{PurePosixPath(seed).with_suffix('')}{suffix}"


def proposal_of(seed: str) -> str:
    """The path of a source's proposal; empty if the source is not below seeds/."""
    return beside(seed, SUGGESTED) if below(seed, SEEDS) else ""


def safe_name(name: str) -> str:
    """A file name for seeds/ that is valid on every system: no path, no device name, NFC, at most 120 bytes and suffix."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    visible = "".join(char for char in last if unicodedata.category(char) not in _INVISIBLE or char.isspace())
    path = PurePosixPath(_UNSAFE.sub("-", visible).strip(". -"))
    suffix = path.suffix.lower() if len(path.suffix) <= 10 else ""
    stem = path.name[: len(path.name) - len(path.suffix)] if suffix else path.name
    stem = stem.encode()[:_LONGEST_STEM].decode("utf-8", "ignore").strip(". -") or "source"
    return f"source-{stem}{suffix}" if DEVICES.match(stem) else f"{stem}{suffix}"


def same_name(name: str) -> str:
    """A key that is equal for two names if they name the same file on some system."""
    return unicodedata.normalize("NFC", name).casefold()


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def converted(file: str, data: bytes, sha256: str) -> str:
    """What git made of the source that was added, and what to do; empty if the file is something else.

    `sha256`: of what was added. Git converts line endings with `core.autocrlf`, which is usual on Windows; without its extension
    LFS it leaves a pointer, which has the file's SHA-256.
    """
    if data.startswith(LFS_POINTER) and f"oid sha256:{sha256.lower()}".encode("ascii", "replace") in data:
        return "is a pointer of Git LFS to what was added: run `git lfs pull`"
    short, line = (
        data.replace(b"\r\n", b"\n"),
        "git converted them: write the line `/seeds/** -text` into .gitattributes",
    )
    if digest(short) == sha256.lower():
        return f"{_ENDINGS}: {line}, remove {file}, and run `git checkout -- {file}`"
    if digest(short.replace(b"\n", b"\r\n")) == sha256.lower():
        return f"{_ENDINGS}: {line}, and where {file} still has CRLF (where it was added) run `git add --renormalize seeds` and commit"
    return ""


@dataclass(frozen=True, slots=True)
class KnownSources:
    """The sources in the repository. `pages`: paths of pages by the SHA-256 of their source; `seeds`: paths of files in seeds/ by
    their SHA-256.

    `names`: paths in seeds/ by `same_name` of their stem, without `.yml` files. `identifiers`: paths of pages by identifiers
    of their sources, and by addresses. `texts`: paths of pages by some digests of their texts
    (`text.shingles.marks_of`).
    """

    pages: dict[str, str]
    seeds: dict[str, str]
    names: dict[str, str]
    identifiers: dict[str, str] = field(default_factory=dict)
    texts: dict[int, str] = field(default_factory=dict)


def known_sources(root: Path) -> KnownSources:
    """Scan seeds/ and content/articles/ once."""
    pages: dict[str, str] = {}
    identifiers: dict[str, str] = {}
    texts: dict[int, str] = {}
    for file in sorted((root / "content" / "articles").rglob("*.md")):
        page, text = file.relative_to(root).as_posix(), file.read_text(encoding="utf-8", errors="replace")
        for sha256 in _SHA256.findall(text):
            pages.setdefault(sha256, page)
        for quoted in _IDENTIFIER.findall(text):
            identifiers.setdefault(_unquoted(quoted), page)
        for mark in marks_of(runs_of(body_of(text))):
            texts.setdefault(mark, page)
    seeds: dict[str, str] = {}
    names: dict[str, str] = {}
    for file in sorted((root / "seeds").glob("*")):
        if file.is_file() and file.suffix != ".yml" and not file.name.startswith("."):
            path = file.relative_to(root).as_posix()
            seeds.setdefault(digest(file.read_bytes()), path)
            names.setdefault(same_name(file.stem), path)
    return KnownSources(pages, seeds, names, identifiers, texts)


def _unquoted(value: str) -> str:
    """A YAML scalar as text."""
    try:
        return str(yaml.safe_load(value))
    except yaml.YAMLError:
        return value
