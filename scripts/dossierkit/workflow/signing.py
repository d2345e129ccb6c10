"""Signatures of manifests with SSH keys, made and verified by OpenSSH itself (`ssh-keygen -Y`, PROTOCOL.sshsig).

A file of the repository lists who may sign, in OpenSSH's format of allowed signers: one line per key, beginning with a name.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from dossierkit.store.site_manifest import PATH, SIGNATURE
from dossierkit.workflow.say import CommandError

NAMESPACE = "dossier"
SIGNERS = "allowed_signers"
"""The file of a repository that lists who may sign."""
_KEY = re.compile(r"(SHA256:[A-Za-z0-9+/=]+)")


class SigningError(CommandError):
    """Nothing was signed, or a signature is invalid; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Signer:
    """`name`: from the file of allowed signers, empty if the key is not in it. `key`: its fingerprint."""

    name: str
    key: str


def sign(site: Path, key: Path) -> Path:
    """Sign the manifest of a built site; returns the signature file beside it. Raises SigningError."""
    manifest = site / PATH
    if not manifest.is_file():
        raise SigningError(f"{manifest} is not there: run `dossier build` first")
    done = _keygen("sign", "-f", str(key), stdin=manifest.read_bytes())
    if done.returncode or not done.stdout:
        reason = _said(done)
        if "load public key" in reason:  # it looks for one where it cannot read a private one
            reason = (
                f"{key} is not a key that it can read. A private key must be complete, with the line break after its last line, "
                "and without carriage returns"
            )
        raise SigningError(f"ssh-keygen signed nothing: {reason}")
    target = site / SIGNATURE
    target.write_bytes(done.stdout)
    return target


def signer(manifest: bytes, signature: bytes, signers: Path | None) -> Signer:
    """The signer. Raises SigningError if the signature is not of these bytes, or its key may not sign."""
    with tempfile.TemporaryDirectory(prefix="dossier-verify-") as folder:
        file = Path(folder) / "signature"
        file.write_bytes(signature)
        whole = _keygen("check-novalidate", "-s", str(file), stdin=manifest)
        if whole.returncode:
            raise SigningError(f"is not the signature of this manifest: {_said(whole)}")
        key = _fingerprint(whole)
        if signers is None:
            return Signer("", key)
        found = _keygen("find-principals", "-s", str(file), "-f", str(signers), namespace=False)
        names = found.stdout.decode("utf-8", "replace").splitlines()
        if found.returncode or not names:
            raise SigningError(f"is by a key that {signers.name} does not list: {key}")
        verified = _keygen("verify", "-s", str(file), "-f", str(signers), "-I", names[0], stdin=manifest)
        if verified.returncode:
            raise SigningError(f"is not valid for {names[0]}: {_said(verified)}")
        return Signer(names[0], key)


def _keygen(
    what: str, *arguments: str, stdin: bytes = b"", namespace: bool = True
) -> subprocess.CompletedProcess[bytes]:
    """Run ssh-keygen. Raises SigningError without OpenSSH."""
    program = shutil.which("ssh-keygen")
    if program is None:
        raise SigningError("needs ssh-keygen, which is not installed: it comes with OpenSSH")
    named = ("-n", NAMESPACE) if namespace else ()
    command = [program, "-Y", what, *named, *arguments]
    return subprocess.run(command, input=stdin, capture_output=True, check=False)  # noqa: S603 - our own arguments


def _said(done: subprocess.CompletedProcess[bytes]) -> str:
    lines = (done.stderr or done.stdout).decode("utf-8", "replace").split("\n")
    return " ".join(line.strip() for line in lines if line.strip())[:300]


def _fingerprint(done: subprocess.CompletedProcess[bytes]) -> str:
    found = _KEY.search(done.stdout.decode("utf-8", "replace"))
    return found[1] if found else ""
