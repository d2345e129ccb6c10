"""Long files of a site are made of pieces, of which only those that changed are made again."""

from __future__ import annotations

import os

import pytest

from dossierkit.build.outputs import Layout, write_pieces
from dossierkit.model.plain import dumps, loads
from dossierkit.site.pieces import Database, Pieces, name

TEXTS = {"a": "one\n", "b": "", "c": "three é\n"}


def refuse() -> str:
    raise AssertionError("made again")


def listed(texts=TEXTS, made=TEXTS, **changes):
    """A text of which only pieces in `made` may be made."""
    pieces = [
        (name("text", id_), (lambda text=text: text) if id_ in made else refuse)
        for id_, text in texts.items()
    ]
    return Pieces([*pieces, ("", lambda: "last\n")], lambda: "head\n", ",", "tail\n", **changes)


def rows(made=TEXTS):
    def fill(base, earlier):
        base.execute("CREATE TABLE texts (text)")
        spans = {}
        for number, (id_, text) in enumerate(TEXTS.items()):
            if piece := earlier.get(name("texts", id_)):
                base.execute(
                    "INSERT INTO texts SELECT * FROM earlier.texts WHERE rowid BETWEEN ? AND ?",
                    (piece[0] + 1, sum(piece)),
                )
            else:
                assert id_ in made
                base.execute("INSERT INTO texts VALUES (?)", (text,))
            spans[name("texts", id_)] = (number, 1)
        return spans

    return Database(fill)


@pytest.mark.parametrize("parts", [listed, rows])
def test_only_what_changed_is_made_again(tmp_path, parts):
    file = tmp_path / "file"
    _, layout = write_pieces(file, parts(), None)
    whole = file.read_bytes()
    kept = loads(Layout, dumps(layout)).of({"a", "b"})
    stamp, again = write_pieces(file, parts(made={"c"}), kept)
    assert (file.read_bytes(), again) == (whole, layout)
    assert stamp == (len(whole), file.stat().st_mtime_ns)


@pytest.mark.parametrize("parts", [listed, rows])
def test_a_file_that_is_not_the_one_that_was_written_is_not_read_from(tmp_path, parts):
    file = tmp_path / "file"
    _, layout = write_pieces(file, parts(), None)
    whole, time = file.read_bytes(), file.stat().st_mtime_ns
    file.write_bytes(whole.replace(b"one", b"two"))
    os.utime(file, ns=(time, time))
    write_pieces(file, parts(), layout)
    assert file.read_bytes() == whole


def test_pieces_stand_where_they_belong_with_signs_between_those_that_are_not_empty():
    assert "".join(listed()) == "head\none\n,three é\n,last\ntail\n"
    assert "".join(Pieces([("", str)], lambda: "head", ",", "tail")) == "headtail"


def test_what_there_is_no_room_for_is_counted():
    cut = listed(most=5, beyond="{} went in\n".format)
    assert "".join(cut) == "head\none\n2 went in\ntail\n"
