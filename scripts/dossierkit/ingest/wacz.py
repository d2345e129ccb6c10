"""Packaged web archives (.wacz 1.1.1): one source for each listed page; files are checked against the package's digests."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator

from dossierkit.ingest import warc
from dossierkit.ingest.formats import Given, Opened
from dossierkit.ingest.refusal import RefusedError
from dossierkit.ingest.zip_package import Package
from dossierkit.model.source import Part, Source

_WHAT = "packaged web archive (WACZ)"
_STEP = 1_000_000


def read(given: Given) -> Source:
    """Refuse: an archive must be split first."""
    raise RefusedError(
        f"{given.name} is a packaged archive of pages: add it again, and each becomes a source"
    )


def split(opened: Opened) -> Iterator[Part]:
    """The pages of its WARCs that its page list names; all of them without a list. Raises RefusedError."""
    package = Package(opened.stream, _WHAT)
    archives = [
        name for name in package.names if name.startswith("archive/") and name.endswith((".warc", ".warc.gz"))
    ]
    if not archives:
        raise RefusedError(
            f"is a ZIP archive without archive/*.warc.gz, so no {_WHAT}: rename it for what it is"
        )
    _check_digests(package, archives)
    listed = _listed(package)
    for name in sorted(archives):
        with package.open(name) as stream:
            for part in warc.split(Opened(name, stream)):
                if not listed or _address(part.data) in listed:
                    yield part


def _check_digests(package: Package, archives: list[str]) -> None:
    described = _json(package.read("datapackage.json"))
    resources = described.get("resources") if isinstance(described, dict) else None
    for resource in resources if isinstance(resources, list) else []:
        path, expected = str(resource.get("path", "")), str(resource.get("hash", ""))
        if (
            path in archives
            and expected.startswith("sha256:")
            and expected.partition(":")[2] != _sha256(package, path)
        ):
            raise RefusedError(
                f"is damaged: {path} has other bytes than datapackage.json says; get the archive again"
            )


def _sha256(package: Package, name: str) -> str:
    digest = hashlib.sha256()
    with package.open(name) as stream:
        while block := stream.read(_STEP):
            digest.update(block)
    return digest.hexdigest()


def _listed(package: Package) -> frozenset[str]:
    lines = package.read("pages/pages.jsonl").splitlines()
    pages = (_json(line) for line in lines)
    return frozenset(str(page["url"]) for page in pages if isinstance(page, dict) and page.get("url"))


def _json(data: bytes) -> object:
    try:
        return json.loads(data) if data.strip() else None
    except (ValueError, RecursionError):
        return None


def _address(data: bytes) -> str:
    """The address in a WARC of one record."""
    for line in data[:8_000].split(b"\r\n"):
        if line.lower().startswith(b"warc-target-uri:"):
            return line.partition(b":")[2].strip().strip(b"<>").decode("utf-8", "replace")
    return ""
