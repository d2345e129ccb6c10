"""`dossier verify --site`: compares a built site (a folder, a ZIP, or a server) with its manifest, and checks signature, time stamp,
and a rebuild.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
import zipfile
import zlib
from collections.abc import Collection, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, Self

from dossierkit.engines.engine import ENGINES
from dossierkit.model.diagnostic import Diagnostic, errors_in
from dossierkit.model.media import named_digest
from dossierkit.store.site_manifest import (
    OWN,
    PATH,
    SIGNATURE,
    STAMP,
    ManifestError,
    SiteManifest,
    hashed,
    loads,
    relative,
    site_files,
)
from dossierkit.text.number_of import number_of
from dossierkit.workflow.say import say
from dossierkit.workflow.signing import Signer, SigningError, signer
from dossierkit.workflow.stamping import Stamp, looked_at
from dossierkit.workflow.termination import cleaned_up

_IN_A_ROW = 10
"""After this many unreadable files in a row, no more are read."""
_MOST = 512_000_000
_STEP = 1 << 20


@dataclass(frozen=True, slots=True)
class Proof:
    """What to verify. `signers`: the file of allowed signers, `authorities`: root certificates for time stamps; None if not
    given. `root`: the repository to build from, None for no rebuild.
    """

    where: str
    signers: Path | None = None
    authorities: Path | None = None
    root: Path | None = None


def run(proof: Proof) -> int:
    """Print the problems, and return the exit code: 1 if there is an error."""
    problems: list[Diagnostic] = []
    try:
        with place(proof.where) as found:
            manifest, data = _manifest(found)
            _look(problems, _files(found, manifest))
            signed = _signed(problems, found, data, proof.signers)
            stamped = _stamped(problems, found, data, proof.authorities)
    except UnreadError as error:
        _look(problems, [Diagnostic(proof.where, 0, 0, "D614", f"the site {error}")])
        return 1
    except ManifestError as error:
        message = f"the manifest {error}: build the site again, or restore the file"
        _look(problems, [Diagnostic(PATH, 0, 0, "D614", message)])
        return 1
    if proof.root is not None:
        _look(problems, _rebuilt(proof.root, manifest))
    _say(proof, manifest, signed, problems)
    if stamped:
        say(f"stamped {stamped.when}", err=True)
    return 1 if errors_in(problems) else 0


def _look(problems: list[Diagnostic], found: Iterator[Diagnostic] | list[Diagnostic]) -> None:
    for problem in found:
        say(str(problem))
        problems.append(problem)


def _manifest(found: SitePlace) -> tuple[SiteManifest, bytes]:
    """The manifest, and its bytes. Raises ManifestError, UnreadError."""
    try:
        data = found.read(PATH)
    except AbsentError:
        raise ManifestError(
            "is not there (every build writes it; a host can leave out folders that begin with a dot)"
        ) from None
    return loads(data), data


def _files(found: SitePlace, manifest: SiteManifest) -> Iterator[Diagnostic]:
    failed = 0
    for path in sorted(manifest.files):
        problem = _file(found, path, manifest.files[path])
        failed = failed + 1 if problem and problem.code == "D615" else 0
        if problem:
            yield problem
        if failed == _IN_A_ROW:
            message = (
                f"{failed} files in a row could not be read: the rest was not looked at; try again later"
            )
            yield Diagnostic(path, 0, 0, "D615", message)
            return
    for path in found.unlisted(manifest.files):
        message = "the manifest does not list this file: it was added after the build; remove it if you did not add it"
        yield Diagnostic(path, 0, 0, "D613", message)


def _file(found: SitePlace, path: str, expected: str) -> Diagnostic | None:
    try:
        digest = found.digest(path)
    except AbsentError:
        return Diagnostic(
            path, 0, 0, "D612", "the manifest lists this file, and it is not there: publish the site again"
        )
    except UnreadError as error:
        return Diagnostic(path, 0, 0, "D615", f"the file {error}")
    if digest == expected:
        return _misnamed(path, digest)
    message = f"the file is not what was built: expected sha256 {expected}, found {digest}; publish the site again, and find out who changed it"
    return Diagnostic(path, 0, 0, "D611", message)


def _misnamed(path: str, digest: str) -> Diagnostic | None:
    """The problem of a published original whose bytes do not match the digest in its name; None without one."""
    if named_digest(path) in {"", digest}:
        return None
    message = f"the original is named for another file: its SHA-256 is {digest}; the site was built of something else, so doubt it"
    return Diagnostic(path, 0, 0, "D608", message)


def _signed(problems: list[Diagnostic], found: SitePlace, data: bytes, signers: Path | None) -> Signer | None:
    try:
        signature = found.read(SIGNATURE)
    except AbsentError:
        if signers:
            message = f"the manifest is not signed, and {signers.name} says who may sign it: sign it with `dossier sign`, or doubt this site"
            _look(problems, [Diagnostic(PATH, 0, 0, "D616", message)])
        return None
    except UnreadError as error:
        _look(problems, [Diagnostic(SIGNATURE, 0, 0, "D616", f"the signature {error}")])
        return None
    try:
        who = signer(data, signature, signers)
    except SigningError as error:
        _look(problems, [Diagnostic(SIGNATURE, 0, 0, "D616", f"the signature {error}")])
        return None
    if not who.name:
        message = f"the signature is valid, by the key {who.key}, but its owner is unknown: name a file of allowed signers with --signers"
        _look(problems, [Diagnostic(SIGNATURE, 0, 0, "D617", message, "warning")])
    return who


def _stamped(
    problems: list[Diagnostic], found: SitePlace, data: bytes, authorities: Path | None
) -> Stamp | None:
    """The time stamp of the manifest; None without one, or if it is invalid or unconfirmed."""
    try:
        token = found.read(STAMP)
    except AbsentError:
        return None
    except UnreadError as error:
        _look(problems, [Diagnostic(STAMP, 0, 0, "D619", f"the time stamp {error}")])
        return None
    stamp = looked_at(STAMP, token, data, authorities)
    if isinstance(stamp, Diagnostic):
        _look(problems, [stamp])
        return None
    return stamp


def _rebuilt(root: Path, manifest: SiteManifest) -> Iterator[Diagnostic]:
    """Differences between the site and a build of the repository."""
    own = _built(root, manifest)
    for path in sorted(manifest.files.keys() | own.files.keys()):
        there, here = manifest.files.get(path), own.files.get(path)
        if there != here:
            what = (
                "this file is only in the site"
                if here is None
                else "this file is only in the build"
                if there is None
                else "the build makes other bytes"
            )
            yield Diagnostic(path, 0, 0, "D618", f"{what}: {_why(manifest, own)}")


def _why(manifest: SiteManifest, own: SiteManifest) -> str:
    """Different versions and commits as possible reasons."""
    there, here = manifest.made_with, own.made_with
    versions = [
        f"{name} {there.get(name, '(none)')} there, {here.get(name, '(none)')} here"
        for name in sorted(there.keys() | here.keys())
        if there.get(name) != here.get(name)
    ]
    if manifest.revision != own.revision:
        versions.insert(
            0,
            f"commit {manifest.revision or '(unknown)'} there, {own.revision or '(uncommitted changes)'} here",
        )
    return "; ".join(versions) or "same commit, same versions"


def _built(root: Path, manifest: SiteManifest) -> SiteManifest:
    """The manifest of a clean build into a temporary folder, for the address in the given manifest."""
    from dossierkit.build.configuration import load  # noqa: PLC0415 - MkDocs is heavy
    from dossierkit.engines.run import BuildOptions, build  # noqa: PLC0415 - as above

    if manifest.site:
        os.environ["SITE_URL"] = manifest.site  # as workflows pass it to mkdocs.yml
    engine = next((name for name in ("zensical", "properdocs") if name in manifest.made_with), "mkdocs")
    with cleaned_up(), tempfile.TemporaryDirectory(prefix="dossier-rebuild-") as folder:
        config = load(root)
        config.site_dir = str(Path(folder) / "site")
        site, _ = build(root, config, ENGINES[engine], BuildOptions(keep=False))
        return loads((site / PATH).read_bytes())


def _say(proof: Proof, manifest: SiteManifest, signed: Signer | None, problems: list[Diagnostic]) -> None:
    wrong = len(errors_in(problems))
    verdict = "all are as in the manifest" if not wrong else "1 differs" if wrong == 1 else f"{wrong} differ"
    built = " and as built here" if proof.root and not wrong else ""
    say(f"{number_of(len(manifest.files), 'file')} of {proof.where}: {verdict}{built}", err=True)
    say(f"root: sha256-{manifest.root}", err=True)
    if manifest.revision:
        say(f"commit: {manifest.revision}", err=True)
    if signed and signed.name:
        say(f"signed by {signed.name} ({signed.key})", err=True)
    elif signed is None and not any(problem.code == "D616" for problem in problems):
        say("not signed", err=True)


class AbsentError(Exception):
    """The file does not exist."""


class UnreadError(Exception):
    """A file may exist but cannot be read; the message says why."""


class SitePlace(Protocol):
    """Files by their path from the site's root."""

    def read(self, path: str) -> bytes:
        """The bytes of a file. Raises AbsentError, UnreadError."""

    def digest(self, path: str) -> str:
        """SHA-256 of a file. Raises AbsentError, UnreadError."""

    def unlisted(self, listed: Collection[str]) -> Iterator[str]:
        """The files that are not in `listed`, in the order of their paths; none if the place cannot list its files."""


class Folder:
    def __init__(self, site: Path) -> None:
        self._site = site

    def read(self, path: str) -> bytes:
        try:
            return (self._site / path).read_bytes()
        except OSError as error:
            raise _failed(error) from None

    def digest(self, path: str) -> str:
        try:
            return hashed(self._site / path)
        except OSError as error:
            raise _failed(error) from None

    def unlisted(self, listed: Collection[str]) -> Iterator[str]:
        found = (relative(self._site, entry.path) for entry in site_files(self._site))
        yield from sorted(path for path in found if path not in listed and path not in OWN)


class ZippedSite:
    """A ZIP, such as `dossier bundle` makes, with the site's files at its root."""

    def __init__(self, file: Path) -> None:
        """Raises UnreadError."""
        try:
            self._zip = zipfile.ZipFile(file)
        except (OSError, zipfile.BadZipFile):
            raise UnreadError("is not a ZIP, or is damaged") from None
        names = self._zip.namelist()
        if len(set(names)) != len(names):
            raise UnreadError("contains two files with one name: programs would not agree on which is meant")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_raised: object) -> None:
        self._zip.close()

    def read(self, path: str) -> bytes:
        return b"".join(self._parts(path))

    def digest(self, path: str) -> str:
        hasher = hashlib.sha256()
        for part in self._parts(path):
            hasher.update(part)
        return hasher.hexdigest()

    def unlisted(self, listed: Collection[str]) -> Iterator[str]:
        names = (member.filename for member in self._zip.infolist() if not member.is_dir())
        yield from sorted(path for path in names if path not in listed and path not in OWN)

    def _parts(self, path: str) -> Iterator[bytes]:
        try:
            info = self._zip.getinfo(path)
        except KeyError:
            raise AbsentError from None
        if info.file_size > _MOST:
            raise UnreadError(f"is longer than {_MOST:,} bytes")
        try:
            with self._zip.open(info) as file:
                while part := file.read(_STEP):
                    yield part
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError):
            raise UnreadError("cannot be unpacked: it is damaged") from None


class ServedSite:
    def __init__(self, url: str) -> None:
        """Raises UnreadError if `url` is not a web address."""
        from dossierkit.ingest.web.address import FetchError  # noqa: PLC0415 - brings what asks the web
        from dossierkit.ingest.web.one_site import MissingError, OneSite  # noqa: PLC0415 - as above

        self._missing, self._failed = MissingError, FetchError
        try:
            self._site = OneSite(url)
        except FetchError as error:
            raise UnreadError(str(error)) from None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self._site.__exit__(*raised)

    def read(self, path: str) -> bytes:
        try:
            return self._site.read(path)
        except self._missing:
            raise AbsentError from None
        except self._failed as error:
            raise UnreadError(str(error)) from None

    def digest(self, path: str) -> str:
        return hashlib.sha256(self.read(path)).hexdigest()

    def unlisted(self, listed: Collection[str]) -> Iterator[str]:
        """Always empty: a server does not list its files."""
        del listed
        yield from ()


def place(where: str) -> AbstractContextManager[SitePlace]:
    """The place that a person named: an address, a folder, or a ZIP. Raises UnreadError."""
    if where.startswith(("http://", "https://")):
        return ServedSite(where)
    path = Path(where)
    if path.is_dir():
        return nullcontext(Folder(path))
    if path.is_file():
        return ZippedSite(path)
    raise UnreadError("is not there: a folder, a ZIP or an address (https://...) is expected")


def _failed(error: OSError) -> Exception:
    if isinstance(error, FileNotFoundError | NotADirectoryError | IsADirectoryError):
        return AbsentError()
    return UnreadError(f"cannot be read ({error.strerror})")
