"""`--executor`: what it takes, and what it says where there is no cluster to be had."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from dossierkit.cli import main
from dossierkit.parallel.choice import choose_executor


@pytest.fixture
def root(tmp_path) -> Path:
    (tmp_path / "mkdocs.yml").write_text("site_name: x\n", encoding="utf-8")
    return tmp_path


def invoked(root: Path, *args: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["-C", str(root), *args])
    return result.exit_code, " ".join(result.output.split())


def test_a_scheduler_that_is_not_there(root):
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{held.getsockname()[1]}"
    code, said = invoked(root, "add", "a.txt", "--executor", f"dask://{address}")
    assert code == 2
    assert f"no Dask scheduler answers at tcp://{address}" in said
    assert "start one with `dask scheduler`" in said


def test_a_scheduler_without_workers(idle, root):
    code, said = invoked(root, "add", "a.txt", "--executor", idle.address.replace("tcp", "dask"))
    assert code == 2
    assert "has no workers: start some with `dask worker`" in said


@pytest.mark.parametrize(
    "address", ["dask://", "dask://host", "10.0.0.5:8786", "dask://host:port", "tcp://h:1", "dask://h:1/x"]
)
def test_an_address_that_is_none(root, address):
    code, said = invoked(root, "update", "--executor", address)
    assert code == 2
    assert "expected dask://HOST:PORT" in said


def test_jobs_are_not_for_a_cluster(root):
    code, said = invoked(root, "update", "--executor", "dask://h:1", "--jobs", "2")
    assert code == 2
    assert "--jobs is for this machine" in said


def test_encryption_without_certificates(root):
    code, said = invoked(root, "add", "a.txt", "--executor", "tls://127.0.0.1:8786")
    assert code == 2
    assert "tls:// needs certificates: name them in Dask's configuration" in said


def test_encryption_is_left_to_dask():
    from dossierkit.parallel.dask_cluster import Cluster  # noqa: PLC0415 -- every process that runs tests collects this file

    assert choose_executor("tls://10.0.0.5:8786", None) == Cluster("tls://10.0.0.5:8786")
    assert choose_executor("dask://[::1]:8786", None) == Cluster("tcp://[::1]:8786")


BLOCKED = """
import sys
sys.modules[sys.argv[1]] = None
from dossierkit.cli import main
main(sys.argv[2:])
"""


@pytest.mark.parametrize(
    ("package", "args", "told"),
    [
        ("distributed", ("a.txt", "--executor", "dask://127.0.0.1:1"), "pip install 'dossierkit[dask]'"),
        ("fsspec", ("file:///a.txt",), "pip install fsspec"),
        ("s3fs", ("s3://bucket/a.txt",), "s3:// needs s3fs"),
        ("aiohttp", ("https://paper.example/*.html",), "aiohttp"),
        ("none", ("nosuch://a.txt",), "Protocol not known: nosuch"),
    ],
)
def test_what_is_not_installed_is_named(root, package, args, told):
    ended = subprocess.run(
        [sys.executable, "-c", BLOCKED, package, "-C", str(root), "add", *args],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 2, ended.stderr
    assert told in " ".join(ended.stderr.split())
    assert "Traceback" not in ended.stderr
