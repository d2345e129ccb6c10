"""Files beside the pages: written piece by piece, whole or not at all."""

from __future__ import annotations

import os
import sqlite3

import pytest

from dossierkit.build.outputs import write
from dossierkit.site.interface import Unit, Written


def filled(base):
    base.execute("CREATE TABLE one (two TEXT)")
    base.execute("INSERT INTO one VALUES ('three')")


def of(**files):
    return Written((Unit(tuple(files), lambda: iter(files.items())),))


def test_texts_pieces_and_databases_are_written_with_their_sizes(tmp_path):
    given = of(text="é\r\n", pieces=iter(["a\n", "ü"]), base=filled)
    sizes = write(given, tmp_path / "site")
    assert {file.name: file.stat().st_size for file in (tmp_path / "site").iterdir()} == sizes
    assert (tmp_path / "site/text").read_bytes() == "é\r\n".encode()
    assert (tmp_path / "site/pieces").read_bytes() == "a\nü".encode()
    assert sqlite3.connect(tmp_path / "site/base").execute("SELECT two FROM one").fetchall() == [("three",)]


@pytest.mark.parametrize("parts", ["a", ["a"], filled], ids=["text", "pieces", "database"])
def test_a_file_whose_bytes_stay_keeps_its_time(tmp_path, parts):
    write(of(x=parts), tmp_path)
    os.utime(tmp_path / "x", (1, 1))
    write(of(x=parts), tmp_path)
    assert (tmp_path / "x").stat().st_mtime == 1
    write(of(x=["b"]), tmp_path)
    assert (tmp_path / "x").stat().st_mtime != 1


def test_a_file_that_is_new_stands_in_a_folder_old_or_new(tmp_path):
    write(of(**{"a/b/one": "1"}), tmp_path)
    write(of(**{"a/b/two": "2", "a/c/three": "3"}), tmp_path)
    assert [(tmp_path / path).read_text() for path in ("a/b/one", "a/b/two", "a/c/three")] == ["1", "2", "3"]


def test_what_cannot_be_finished_leaves_the_file_as_it_was(tmp_path):
    def broken():
        yield "b"
        raise ValueError

    write(of(x=["a"]), tmp_path)
    with pytest.raises(ValueError):
        write(of(x=broken()), tmp_path)
    assert (tmp_path / "x").read_bytes() == b"a"
