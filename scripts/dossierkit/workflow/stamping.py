"""Time stamps (RFC 3161): proof by an authority that the user trusts that certain bytes existed at a certain time.

The authority gets only a SHA-256. Tokens are verified offline against the user's root certificates.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dossierkit.ingest.formats import required
from dossierkit.ingest.refusal import RefusedError
from dossierkit.model.diagnostic import Diagnostic
from dossierkit.store.files import whole
from dossierkit.store.inside import SEEDS
from dossierkit.store.site_manifest import PATH
from dossierkit.workflow.say import CommandError

ENDING = ".tsr"
AUTHORITIES = "timestamp_authorities.pem"
"""The file of a repository with the root certificates of the authorities that it trusts."""
_QUERY, _REPLY = "application/timestamp-query", "application/timestamp-reply"
_PAUSE = 1.0


class StampError(CommandError):
    """No stamp was issued, or it is invalid; the message says why."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """`when`: an instant as ISO 8601 in UTC. `confirmed`: whether a trusted authority signed it."""

    when: str
    confirmed: bool


def stamp(files: Sequence[Path], authority: str, roots: Path | None) -> Iterator[tuple[Path, Stamp]]:
    """Request a stamp for each file, and write the token beside it. Raises StampError."""
    for number, file in enumerate(files):
        if number:
            time.sleep(_PAUSE)
        data = file.read_bytes()
        token = _asked(authority, data)
        found = verified(token, data, roots)
        with whole(file.with_name(f"{file.name}{ENDING}")) as target:  # half a token would count as a stamp
            target.write(token)
        yield file, found


def unstamped(root: Path, site: Path, *, seeds: bool) -> list[Path]:
    """Files without a stamp: the manifest of the site, or with `seeds` every source."""
    if not seeds:
        wanted = [site / PATH] if (site / PATH).is_file() else []
    else:
        wanted = [file for file in sorted((root / SEEDS).rglob("*")) if _source(file)]
    return [file for file in wanted if not file.with_name(f"{file.name}{ENDING}").exists()]


def stamped(root: Path) -> Iterator[tuple[str, Path, Path]]:
    """The sources that have a stamp: path in the repository, file, token."""
    for token in sorted((root / SEEDS).rglob(f"*{ENDING}")):
        file = token.with_name(token.name.removesuffix(ENDING))
        yield file.relative_to(root).as_posix(), file, token


def _source(file: Path) -> bool:
    hidden = file.name.startswith(".")
    return file.is_file() and not file.is_symlink() and not hidden and file.suffix not in {".yml", ENDING}


def _asked(authority: str, data: bytes) -> bytes:
    from dossierkit.ingest.web.address import FetchError  # noqa: PLC0415 - brings what asks the web
    from dossierkit.ingest.web.one_site import posted  # noqa: PLC0415 - as above

    client = _client()
    query = client.TimestampRequestBuilder().data(data).hash_algorithm(client.HashAlgorithm.SHA256).build()
    try:
        token = posted(authority, query.as_bytes(), _QUERY, _REPLY)
    except FetchError as error:
        raise StampError(f"the authority {error}") from None
    reply = _read(token)
    if reply.status != 0:
        raise StampError(f"the authority refused: {' '.join(reply.status_string) or reply.status}")
    if reply.tst_info.nonce != query.nonce:
        raise StampError("the authority answered another question: its stamp is of no use")
    return token


def verified(token: bytes, data: bytes, roots: Path | None) -> Stamp:
    """The stamp in a token for these bytes. Raises StampError if it is of other bytes, or no trusted authority signed it."""
    reply = _read(token)
    if reply.status not in {0, 1}:
        raise StampError("is the refusal of an authority, and no stamp")
    info = reply.tst_info
    if info.message_imprint.message not in {
        hashlib.new(name, data).digest() for name in ("sha256", "sha384", "sha512")
    }:
        raise StampError("is a stamp of something else")
    when = f"{info.gen_time:%Y-%m-%dT%H:%M:%SZ}"
    if roots is None:
        return Stamp(when, confirmed=False)
    client = _client()
    builder = client.VerifierBuilder()
    for certificate in _certificates(roots):
        builder = builder.add_root_certificate(certificate)
    try:
        builder.build().verify_message(reply, data)
    except (client.VerificationError, ValueError) as error:
        raise StampError(f"is by no authority of {roots.name}: {error}") from None
    return Stamp(when, confirmed=True)


def _certificates(roots: Path) -> list[Any]:
    x509 = required("cryptography.x509", "stamp")
    try:
        found: list[Any] = x509.load_pem_x509_certificates(roots.read_bytes())
    except ValueError:
        raise StampError(f"cannot be verified: {roots} contains no certificates in PEM") from None
    return list(dict.fromkeys(found))


def _read(token: bytes) -> Any:  # noqa: ANN401 - a reply of rfc3161_client
    try:
        return _client().decode_timestamp_response(token)
    except ValueError as error:
        raise StampError(
            f"is not a time stamp that can be read (RFC 3161 in DER): {str(error)[:200]}"
        ) from None


def _client() -> Any:  # noqa: ANN401 - a module that is an extra
    try:
        return required("rfc3161_client", "stamp")
    except RefusedError as error:
        raise StampError(str(error)) from None


def named_or_own(named: Path | None, root: Path, path: str) -> Path | None:
    """The named file, or else the file at `path` in the repository at `root`; None if there is neither."""
    own = root / path
    return named or (own if own.is_file() else None)


def looked_at(path: str, token: bytes, data: bytes, roots: Path | None) -> Stamp | Diagnostic:
    """The stamp at `path` for these bytes, or its problem."""
    try:
        found = verified(token, data, roots)
    except StampError as error:
        message = f"the time stamp {error}"
        return Diagnostic(path, 0, 0, "D619", message)
    if found.confirmed:
        return found
    message = f"the time stamp says {found.when}, but its authority is unknown: name root certificates with --authorities"
    return Diagnostic(path, 0, 0, "D620", message, "warning")


def of_seeds(root: Path) -> Iterator[Stamp | Diagnostic]:
    """The stamp of every stamped source, or its problem."""
    roots = named_or_own(None, root, AUTHORITIES)
    for path, file, token in stamped(root):
        if file.is_file():
            yield looked_at(f"{path}.tsr", token.read_bytes(), file.read_bytes(), roots)
        else:
            message = (
                "the time stamp has no source beside it: restore the source from git, or remove the stamp"
            )
            yield Diagnostic(f"{path}.tsr", 0, 0, "D619", message)
