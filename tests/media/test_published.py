"""What of media reaches the site: pixels, the right way up, of what a visible page shows; the same bytes each time."""

from __future__ import annotations

import base64
import io
import re
import shutil
from dataclasses import replace
from textwrap import dedent

import pytest
from PIL import Image
from tests.support.process import dossier, mkdocs

from dossierkit.build.pictures import published_pictures
from dossierkit.engines.engine import ENGINES
from dossierkit.engines.materialised_tree import TreeOrigin, materialise

from .conftest import SECRET, photograph, picture

FORMATS = {"jpg": "JPEG", "png": "PNG", "webp": "WEBP", "avif": "AVIF"}
ADDITIONS = (b"Exif\0", b"EXIF", b"eXIf", b"xmp", b"XMP", b"ICC_PROFILE", b"ICCP", b"iCCP", b"GPS", SECRET)
ARTICLE = """\
    ---
    title: Talks open in Geneva
    date: 2016-02-01
    lang: en
    status: {status}
    image: {{src: media/{name}, alt: A bridge}}
    ---

    The talks opened on Friday.
    """


def pictures_of(repository, folder):
    built = repository.compile()
    assert not [str(one) for one in built.problems if one.severity == "error"]
    return published_pictures(built.pictures, repository.content, folder)


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
def test_nothing_of_what_a_camera_wrote_is_published(repository, media, tmp_path, ending, orientation):
    original = photograph(FORMATS[ending], orientation)
    assert SECRET in original
    media(f"media/x.{ending}", original)
    media(f"elsewhere/y.{ending}", original)
    repository.write("articles/2016/talks.md", ARTICLE.format(status="published", name=f"x.{ending}"))
    made = pictures_of(repository, tmp_path / "kept")
    assert {f"media/x.{ending}", f"elsewhere/y.{ending}"} <= made.keys()
    assert len(made) > 3
    for path, file in made.items():
        data = file.read_bytes()
        assert not [one for one in ADDITIONS if one in data], path
        with Image.open(io.BytesIO(data)) as opened:
            assert not opened.getexif(), path
            assert not {"exif", "xmp", "icc_profile", "comment"} & opened.info.keys(), path


DRAWING = """\
<?xml version="1.0"?>
<!-- Zqcomment -->
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"
     xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" xmlns:zq="http://zqspace.test/"
     width="40" height="30" inkscape:export-filename="/home/zqperson/a.png" data-name="Zqlayer">
  <metadata><zq:creator>Zqname<g id="zqgroup"/></zq:creator></metadata>
  <zq:view zq:path="/home/zqperson"><rect id="zqrect"/></zq:view>
  <title xml:lang="en">A bridge</title><text x="1">over <!-- Zqcomment -->the<zq:x>Zqtext</zq:x> river</text>
  <g inkscape:label="Zqlayer" zqnote="Zqlayer" ping="https://zq.test/"><use xlink:href="#a"/><path id="a" d="M0 0h9"/></g>
</svg>
<!-- Zqcomment -->
"""


def test_nothing_of_what_a_program_wrote_into_a_drawing_is_published(repository, media, tmp_path):
    for path in ("media/x.svg", "elsewhere/y.svg"):
        media(path, DRAWING.encode())
    repository.write("articles/2016/talks.md", ARTICLE.format(status="published", name="x.svg"))
    made = pictures_of(repository, tmp_path / "kept")
    assert {"media/x.svg", "elsewhere/y.svg"} <= made.keys()
    for file in made.values():
        text = file.read_text(encoding="utf-8")
        assert "zq" not in text.lower()
        assert '<title xml:lang="en">A bridge</title><text x="1">over the river</text>' in text
        assert '<g><use xlink:href="#a"/><path id="a" d="M0 0h9"/></g>' in text


def _address(data, name):
    return f"data:image/{name};base64,{base64.b64encode(data).decode()}"


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "WEBP"])
def test_of_a_photograph_inside_a_drawing_only_the_pixels_are_published(repository, media, tmp_path, format_):
    address = _address(photograph(format_, width=120, height=80), format_.lower())
    drawing = f"""<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="40" height="30">
        <image href="{address}"/><image xlink:href="{address}"/></svg>"""
    media("elsewhere/y.svg", drawing.encode())
    (file,) = pictures_of(repository, tmp_path / "kept").values()
    inside = re.findall(r"data:image/([a-z]+);base64,([^\"]+)", file.read_text(encoding="utf-8"))
    assert [name for name, _ in inside] == [format_.lower()] * 2
    for _, letters in inside:
        data = base64.b64decode(letters)
        assert not [one for one in ADDITIONS if one in data]
        with Image.open(io.BytesIO(data)) as opened:
            assert opened.format == format_
            assert opened.size == (80, 120), "not upright"


@pytest.mark.parametrize(("orientation", "corner"), [(1, (0, 0)), (3, (1, 1)), (6, (1, 0)), (8, (0, 1))])
def test_pictures_stand_the_right_way_up(repository, media, tmp_path, orientation, corner):
    media("media/x.jpg", photograph(orientation=orientation))
    repository.write("articles/2016/talks.md", ARTICLE.format(status="published", name="x.jpg"))
    for path, file in pictures_of(repository, tmp_path / "kept").items():
        with Image.open(file) as opened:
            at = tuple(8 + side * (size - 17) for side, size in zip(corner, opened.size, strict=True))
            red, green, _ = opened.convert("RGB").getpixel(at)
        assert red > 150 > green, path


def test_frames_and_palettes_stay(repository, media, tmp_path):
    frames = [Image.new("P", (60, 40), number) for number in range(3)]
    for number, one in enumerate(frames):
        one.putpalette([80 * number, 10, 20] * 256)
        one.putpixel((number, 0), 7)
    out = io.BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:], comment=SECRET, duration=90, loop=0)
    media("media/x.gif", out.getvalue())
    repository.write("articles/2016/talks.md", ARTICLE.format(status="published", name="x.gif"))
    (file,) = pictures_of(repository, tmp_path / "kept").values()
    with Image.open(file) as opened:
        assert (opened.n_frames, opened.info["duration"], opened.info["loop"]) == (3, 90, 0)
    assert SECRET not in file.read_bytes()


def test_the_same_original_gives_the_same_bytes_and_is_made_once(repository, media, tmp_path):
    media("media/x.jpg", photograph())
    repository.write("articles/2016/talks.md", ARTICLE.format(status="published", name="x.jpg"))
    first = {
        path: (file, file.read_bytes()) for path, file in pictures_of(repository, tmp_path / "a").items()
    }
    again = pictures_of(repository, tmp_path / "b")
    assert {path: file.read_bytes() for path, file in again.items()} == {
        path: data for path, (_, data) in first.items()
    }
    stamps = {file: file.stat().st_mtime_ns for file, _ in first.values()}
    pictures_of(repository, tmp_path / "a")
    assert {file: file.stat().st_mtime_ns for file in stamps} == stamps


def test_a_changed_original_leaves_nothing_of_the_one_before(repository, media, tmp_path):
    media("media/x.jpg", photograph())
    repository.write("articles/2016/talks.md", ARTICLE.format(status="published", name="x.jpg"))
    before = set(pictures_of(repository, tmp_path / "kept"))
    out = io.BytesIO()
    picture(700, 500).save(out, "JPEG")
    media("media/x.jpg", out.getvalue())
    after = pictures_of(repository, tmp_path / "kept")
    assert before & set(after) == {"media/x.jpg"}
    assert set((tmp_path / "kept").iterdir()) == set(after.values())


@pytest.mark.parametrize("engine_has_hooks", [True, False])
def test_media_that_only_unseen_pages_show_are_not_published(repository, media, tmp_path, engine_has_hooks):
    for name in ("shown", "draft", "nobody"):
        media(f"media/{name}.jpg", photograph())
    media("media/linked.pdf", b"%PDF-1.4\n")
    media("media/spare.pdf", b"%PDF-1.4\n")
    article = ARTICLE.format(status="published", name="shown.jpg")
    repository.write("articles/2016/talks.md", f"{article}\n    See [it](../../media/linked.pdf).\n")
    repository.write("articles/2016/later.md", ARTICLE.format(status="draft", name="draft.jpg"))
    (repository.root / "mkdocs.yml").write_text(
        "site_name: x\ntheme: {name: mkdocs}\nplugins: [dossier]\n", encoding="utf-8"
    )
    origin = TreeOrigin(
        repository.content,
        (),
        repository.root / "mkdocs.yml",
        replace(ENGINES["properdocs"], hooks=engine_has_hooks),
    )
    materialise(repository.compile(), origin, tmp_path / "tree")
    docs = tmp_path / "tree/docs"
    found = {path.relative_to(docs / "media").as_posix() for path in (docs / "media").rglob("*.*")}
    assert {"shown.jpg", "linked.pdf"} <= found
    assert not [name for name in found if re.search(r"draft|nobody|spare", name)]
    assert SECRET not in (docs / "media/shown.jpg").read_bytes()


FIGURES = dedent("""\
    ---
    title: Talks open in Geneva
    lang: en
    status: published
    timeline:
      - {date: 2016-01-29, text: Talks open, quote: opened on Friday}
    ---

    The talks opened on Friday.

    ![A bridge over <a> lake](../../media/x.jpg "Words of the & caption"){credit="Ada 'Q' Moreau"}

    ![A film](../../media/x.webm){captions=../../media/x.vtt transcript="../../media/x.vtt"}

    ![Minutes](../../media/x.pdf){page=3}

    ![A talk elsewhere](https://video.example/watch?v=1&t=2){caption="Seen in May"}

    <figure onclick="x"><img src="https://evil.test/x.png"></figure>

    ![Plain](https://evil.test/y.png)
    """)


def body(repository):
    built = repository.compile()
    assert not [str(one) for one in built.problems if one.severity == "error"]
    return next(page for page in built.pages if page.path == "articles/2016/talks.md").body, built


@pytest.fixture
def figures(repository, media):
    media("media/x.jpg", photograph())
    media("media/x.pdf", b"%PDF-1.4\n")
    media("media/x.webm", b"\x1aE\xdf\xa3")
    media("media/x.vtt", b"WEBVTT\n")
    (repository.content / "articles/2016/talks.md").write_text(FIGURES, encoding="utf-8")
    return body(repository)


def test_a_figure_has_its_sizes_caption_and_credit(figures):
    html, _ = figures
    assert re.search(
        r'<img src="[./]*media/sizes/x-\w{8}-800\.jpg" alt="A bridge over &lt;a&gt; lake" width="800" height="1200" loading="lazy"',
        html,
    )
    assert re.search(
        r'srcset="[./]*media/sizes/x-\w{8}-480\.webp 480w, [./]*media/sizes/x-\w{8}-800\.webp 800w"', html
    )
    assert "Words of the &amp; caption" in html
    assert "Ada &#39;Q&#39; Moreau" in html


def test_film_documents_and_what_lies_elsewhere(figures):
    html, _ = figures
    assert re.search(
        r'<video controls preload="none" playsinline width="16" height="9" aria-label="A film"><source src="[./]*media/x.webm" type="video/webm"><track kind="captions"',
        html,
    )
    assert re.search(r'class="dk-media__card" href="[./]*media/x\.pdf#page=3"', html)
    assert (
        '<a class="dk-media__card" href="https://video.example/watch?v=1&amp;t=2" rel="noopener noreferrer">'
        in html
    )
    assert "<iframe" not in html


def test_raw_html_and_pictures_from_elsewhere_stay_words(figures):
    html, _ = figures
    words = re.sub(r"<[^<>]*>", "", html)
    assert '&lt;figure onclick="x"&gt;&lt;img src="https://evil.test/x.png"&gt;&lt;/figure&gt;' in words
    assert not re.search(r"<[a-z][^<>]*evil", html)


def test_a_caption_is_none_of_the_articles_words(figures):
    _, built = figures
    article = built.frame.graph.articles["2016/talks"]
    assert "caption" not in article.layer.text
    assert "bridge" not in article.layer.text
    assert article.timeline[0].start == article.layer.text.index("opened on Friday")


def test_a_dossier_and_a_record_show_theirs(repository, media):
    media("media/x.jpg", photograph())
    image = "image: {src: media/x.jpg, alt: A face, credit: Q}\n"
    repository.write(
        "dossiers/d.md",
        f"---\ntitle: D\n{image}media: [https://video.example/1]\n---\n\nLead.\n\n![Inside](../media/x.jpg)\n",
    )
    repository.write(
        "entities/jane-doe.md", f"---\ntitle: Jane Doe\ntype: person\nstatus: reviewed\n{image}---\n"
    )
    built = repository.compile()
    pages = {page.path: page.body for page in built.pages}
    assert "dk-lead" in pages["dossiers/d.md"]
    assert 'alt="Inside"' in pages["dossiers/d.md"]
    assert 'href="https://video.example/1"' in pages["dossiers/d.md"]
    assert "dk-portrait" in pages["entities/jane-doe.md"]


def test_nothing_of_the_original_is_left_by_the_plugin(repository, media, tmp_path):
    """A whole build, by the engine itself."""
    media("media/x.jpg", photograph())
    media("media/hidden.jpg", photograph())
    repository.write("articles/2016/talks.md", ARTICLE.format(status="published", name="x.jpg"))
    (repository.root / "mkdocs.yml").write_text(
        "site_name: x\ndocs_dir: content\ntheme: {name: material, font: false}\nplugins: [dossier]\n",
        encoding="utf-8",
    )
    (repository.content / "index.md").write_text("# Home\n", encoding="utf-8")
    assert mkdocs("build", "-q", "-d", tmp_path / "one", cwd=repository.root).returncode == 0
    assert dossier("build", cwd=repository.root).returncode == 0
    shutil.move(repository.root / "site", tmp_path / "two")
    for site in ("one", "two"):
        files = list((tmp_path / site / "media").rglob("*.*"))
        assert len(files) == 4
        assert not [path for path in files if SECRET in path.read_bytes() or "hidden" in path.name]
    one, two = (
        {
            path.relative_to(tmp_path / name): path.read_bytes()
            for path in (tmp_path / name / "media").rglob("*.*")
        }
        for name in ("one", "two")
    )
    assert one == two
