"""What an engine or a format cannot do is told as a wrong use of the command."""

from __future__ import annotations

from types import SimpleNamespace

import click
import pytest

from dossierkit.engines import run
from dossierkit.engines.engine import ENGINES
from dossierkit.engines.run import BuildOptions
from dossierkit.workflow import export


def test_an_engine_that_is_missing_or_makes_its_pages_itself(tmp_path, monkeypatch):
    zensical, config = ENGINES["zensical"], SimpleNamespace(site_dir=str(tmp_path / "site"))
    monkeypatch.setattr(run, "find_spec", lambda _: None)
    with pytest.raises(click.UsageError, match=r"pip install 'dossierkit\[zensical\]'"):
        run.build(tmp_path, config, zensical, BuildOptions())
    monkeypatch.setattr(run, "find_spec", lambda _: object())
    with pytest.raises(click.UsageError, match="a cluster makes those of `--engine mkdocs`"):
        run.build(tmp_path, config, zensical, BuildOptions(executor=object()))


@pytest.mark.parametrize(
    ("form", "out", "message"),
    [
        ("csv", None, "name it with --out FOLDER"),
        ("csv", "there.txt", "is a file: csv is a folder of files"),
        ("geojson", ".", "is a folder: geojson is one file"),
        ("sqlite", None, "is not text: name its file with --out"),
    ],
)
def test_an_export_to_a_place_that_it_does_not_fit(tmp_path, monkeypatch, form, out, message):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "there.txt").touch()
    with pytest.raises(click.UsageError, match=message):
        export.run(tmp_path, form, out)
