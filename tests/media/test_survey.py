"""What may be published, and what is refused before any room is made for it."""

from __future__ import annotations

import base64
import io
import os
import struct
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from PIL import Image

from dossierkit.store.media.survey import survey

from .conftest import bomb, photograph, picture


def saved(format_, made=None, **options):
    out = io.BytesIO()
    (made or picture()).save(out, format_, **options)
    return out.getvalue()


def seen(repository, folder=None):
    """`folder`: with the cache; an empty one if not given."""
    paths = [path.relative_to(repository.content).as_posix() for path in repository.content.rglob("*.*")]
    with TemporaryDirectory() as empty:
        return survey(repository.content, paths, folder or Path(empty))


def codes(repository):
    return {one.path.rpartition("/")[2]: one.code for one in seen(repository).problems}


SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="40" height="30">{}</svg>'
ACTING = [
    "<script>alert(1)</script>",
    '<rect onload="alert(1)"/>',
    '<a href="javascript:alert(1)"><rect/></a>',
    '<a xlink:href="https://evil.test/"><rect/></a>',
    '<image href="https://evil.test/x.png"/>',
    "<foreignObject><body/></foreignObject>",
    "<style>@import 'https://evil.test/x.css';</style>",
    '<rect style="fill:url(https://evil.test/x)"/>',
    '<set attributeName="href" to="javascript:alert(1)"/>',
    "<?xml-stylesheet href='https://evil.test/x.css'?>",
    "<style>svg{background:u\\72l(https://evil.test/x)}</style>",
    "<style>@imp\\6frt 'https://evil.test/x.css';</style>",
    '<rect fill="u\\72l(https://evil.test/x#a)"/>',
    "<style>svg{background:image-set('https://evil.test/x' 1x)}</style>",
    "<style>svg{background:-webkit-cross-fade('https://evil.test/x','https://evil.test/y',50%)}</style>",
    "<style>@font-face{font-family:a;src:src('https://evil.test/x')}</style>",
    "<style>@namespace 'https://evil.test/';</style>",
    "<style>@im<x xmlns='urn:x'>y</x>port 'https://evil.test/x.css';</style>",
    "<style>@im<metadata>y</metadata>port 'https://evil.test/x.css';</style>",
    "<style>svg{background:ur<!-- y -->l(https://evil.test/x)}</style>",
    '<link xmlns="http://www.w3.org/1999/xhtml" rel="stylesheet" href="#"/>',
    "<discard/>",
    "<unheard-of/>",
]


PLAIN = """
<?xpacket begin='' id='W5M0MpCehiHzreSzNTczkc9d'?>
<style>.a{fill:url(#g);transform:translate(1px,2px)} *{stroke-linejoin:round} @media (prefers-color-scheme:dark){.a{fill:rgb(1,2,3)}}</style>
<defs><linearGradient id="g" gradientTransform="matrix(1 0 0 1 0 0)"><stop offset="0" stop-color="#fff"/></linearGradient></defs>
<filter id="f"><feGaussianBlur stdDeviation="2"/></filter><clipPath id="c"><rect width="9" height="9"/></clipPath>
<g class="a" clip-path="url(#c)" style="filter:url('#f')"><text font-family="'Deja Vu', Arial (Body)" aria-label="url(x) @y">at me@example.org</text></g>
<image href="data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"/>
"""


@pytest.mark.parametrize("inside", ACTING)
def test_a_drawing_that_could_act_is_refused(repository, media, inside):
    media("media/x.svg", SVG.format(inside).encode())
    assert codes(repository) == {"x.svg": "D855"}


def test_a_drawing_with_entities_is_refused_unread(repository, media):
    lol = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    media("media/x.svg", f'<!DOCTYPE svg [<!ENTITY l0 "lol">{lol}]>{SVG.format("&l11;")}'.encode())
    assert codes(repository) == {"x.svg": "D855"}


def test_a_style_sheet_beside_the_drawing_and_a_hidden_document_type_are_refused(repository, media):
    media("media/x.svg", b"<?xml-stylesheet href='https://evil.test/x.css'?>" + SVG.format("").encode())
    media("media/y.svg", f'<!DOCTYPE svg [<!ENTITY a "b">]>{SVG.format("&a;")}'.encode("utf-16"))
    assert codes(repository) == {"x.svg": "D855", "y.svg": "D855"}


def _inside(data, what="png;base64"):
    return f'<image href="data:image/{what},{base64.b64encode(data).decode()}"/>'


@pytest.mark.parametrize(
    ("inside", "why"),
    [
        (_inside(bomb()), "pixels"),
        (_inside(saved("PNG")[:-200]), "cannot be decoded"),
        (_inside(saved("JPEG")), "no PNG picture"),
        (_inside(saved("PNG"), "png"), "base64"),
        ('<image href="data:image/png;base64,%89PNG"/>', "base64"),
    ],
)
def test_a_drawing_with_a_picture_that_cannot_be_cleaned_is_refused(repository, media, inside, why):
    media("media/x.svg", SVG.format(inside).encode())
    (problem,) = seen(repository).problems
    assert problem.code == "D855"
    assert why in problem.message


def test_what_drawing_programs_write_is_accepted(repository, media):
    media("media/x.svg", SVG.format(PLAIN).encode())
    assert not seen(repository).problems


def test_a_plain_drawing_has_its_size(repository, media):
    media("media/x.svg", SVG.format('<use href="#a"/><rect id="a" fill="url(#b)"/>').encode())
    found = seen(repository)
    assert not found.problems
    assert (found.files["media/x.svg"].width, found.files["media/x.svg"].height) == (40, 30)


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("bomb.png", bomb(), "D854"),
        ("wide.png", bomb(30_000, 8), "D854"),
        ("many.gif", b"GIF89a" + struct.pack("<HH", 65_000, 65_000) + b"\0" * 40, "D854"),
        ("huge.webp", b"RIFF" + struct.pack("<I", 40) + b"WEBPVP8X" + struct.pack("<I", 10) + b"\0" * 4 + b"\xff\x3f\x00" * 2 + b"\0" * 20, "D854"),
        ("cut.jpg", saved("JPEG")[:900], "D853"),
        ("cut.png", saved("PNG")[:-200], "D853"),
        ("text.jpg", b"<html><script>alert(1)</script></html>", "D853"),
        ("really-png.jpg", saved("PNG"), "D853"),
        ("really-svg.png", SVG.format("").encode(), "D853"),
        ("empty.webp", b"", "D853"),
        ("postscript.gif", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "D853"),
        ("broken.svg", b"<svg", "D855"),
    ],
)  # fmt: skip
def test_what_is_too_large_broken_or_mislabelled_is_refused(repository, media, name, data, code):
    media(f"media/{name}", data)
    assert codes(repository) == {name: code}


BOUNDED = """
import resource, sys
from pathlib import Path
from dossierkit.store.media.survey import survey
from PIL import Image, AvifImagePlugin
import lxml.etree
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
docs = Path(sys.argv[1])
found = survey(docs, [path.relative_to(docs).as_posix() for path in docs.rglob("media/*")], docs.parent)
assert not found.files, found.files
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


def test_bombs_take_no_room(repository, media):
    """Each would be gigabytes; all of them together take less than one ordinary picture."""
    media("media/a.png", bomb())
    media("media/b.png", bomb(7_500, 7_500))
    frames = [Image.new("P", (4_000, 4_000), number) for number in range(14)]
    media("media/c.gif", saved("GIF", frames[0], save_all=True, append_images=frames[1:]))
    media("media/d.jpg", saved("JPEG", Image.new("L", (9_000, 6_000))))
    done = subprocess.run(
        [sys.executable, "-c", BOUNDED, str(repository.content)], check=True, capture_output=True, text=True
    )
    unit = 1 if sys.platform == "darwin" else 1024
    assert int(done.stdout) * unit < 80 * 2**20


def place_box():
    text = b"+36.2026+037.1611/"
    inner = struct.pack(">I4sHH", 12 + len(text), b"\xa9xyz", len(text), 0x15C7) + text
    udta = struct.pack(">I4s", 8 + len(inner), b"udta") + inner
    return struct.pack(">I4s", 8 + len(udta), b"moov") + udta


def test_a_film_that_says_where_it_was_made_is_refused(repository, media):
    head = struct.pack(">I4s4sI", 16, b"ftyp", b"isom", 0)
    frames = struct.pack(">I4s", 24, b"mdat") + b"\xa9xyz frames may"
    media("media/told.mp4", head + frames + place_box())
    media("media/quiet.mp4", head + frames)
    assert codes(repository) == {"told.mp4": "D856"}


def test_what_was_seen_is_not_opened_again_and_what_changed_is(repository, media, tmp_path):
    file = media("media/x.png", saved("PNG"))
    os.utime(file, (1, 1))
    first = seen(repository, tmp_path)
    assert seen(repository, tmp_path) == first
    media("media/x.png", saved("PNG", picture(300, 200)))
    assert seen(repository, tmp_path).files["media/x.png"].width == 300


def test_which_way_is_up_counts_for_the_size(repository, media):
    media("media/x.jpg", photograph(width=900, height=600))
    found = seen(repository).files["media/x.jpg"]
    assert (found.width, found.height) == (600, 900)
    assert [size.width for size in found.sizes] == [600]
    assert all(abs(size.height / size.width - 1.5) < 0.01 for size in found.sizes)
