"""What is wrong with how a page uses media is told with its place, by the build and by `dossier check` alike."""

from __future__ import annotations

from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossierkit.check.selection import RuleSelection
from dossierkit.text.figures import figures, replaced
from dossierkit.workflow.check import run

from .conftest import photograph

HEAD = "---\ntitle: Talks\nlang: en\nstatus: published\n"
CASES = [
    ("image: {src: media/y.jpg, alt: x}\n", "", "5:8: D851 there is no file content/media/y.jpg: did you mean `media/x.jpg`?"),
    ("image: {src: media/x.jpg}\n", "", "5:8: D852 `media/x.jpg` has no alternative text"),
    ("image: {src: media/x.pdf, alt: x}\n", "", "5:8: D858 `image` is a document"),
    ("media:\n  - media/x.jpg\n", "", "6:5: D852"),
    ("media:\n  - {src: media/x.pdf, captions: media/x.vtt}\n", "", "6:5: D858"),
    ("media:\n  - {src: media/x.mp3, captions: media/x.pdf}\n", "", "6:5: D858"),
    ("media:\n  - {src: media/x.mp3}\n", "", "6:5: D857"),
    ("image: {src: ../secret.jpg, alt: x}\n", "", "D851"),
    ("", "\n\n![](../../media/x.jpg)\n", "9:1: D852"),
    ("", "\n\n![A](../media/x.jpg)\n", "9:1: D851"),
    ("", "\n\n![A](../../media/z.jpg)\n", "9:1: D851"),
    ("", "\n\n![A](../../media/x.jpg){captoin=x}\n", "9:1: D109 the attribute `captoin` of a figure means nothing here: did you mean `caption`?"),
]  # fmt: skip


@pytest.mark.parametrize(("front", "text", "said"), CASES)
def test_what_is_wrong_is_told_at_its_place(repository, media, front, text, said):
    media("media/x.jpg", photograph())
    media("media/x.pdf", b"%PDF-1.4\n")
    media("media/x.vtt", b"WEBVTT\n")
    media("media/x.mp3", b"ID3")
    page = repository.content / "articles/2016/talks.md"
    page.write_text(f"{HEAD}{front}---\n\nThe talks.{text}", encoding="utf-8")
    (repository.root / "mkdocs.yml").write_text(
        "site_name: x\ndocs_dir: content\ntheme: {name: mkdocs}\nplugins: [dossier]\n", encoding="utf-8"
    )
    built = [str(one) for one in repository.compile().problems]
    checked = [str(one.problem) for one in run(repository.root, RuleSelection()).found]
    for found in (built, checked):
        assert [one for one in found if said in one], found


@pytest.mark.parametrize("words", ["captions: media/x.vtt", "transcript: media/x.pdf"])
def test_a_recording_needs_captions_or_a_transcript_not_both(repository, media, words):
    media("media/x.vtt", b"WEBVTT\n")
    media("media/x.pdf", b"%PDF-1.4\n")
    media("media/x.mp3", b"ID3")
    text = f"{HEAD}media:\n  - {{src: media/x.mp3, {words}}}\n---\n\nThe talks.\n"
    (repository.content / "articles/2016/talks.md").write_text(text, encoding="utf-8")
    assert not [one for one in repository.compile().problems if one.code.startswith("D85")]


def test_a_lead_is_looked_at_too(repository, media):
    media("media/x.jpg", photograph())
    text = "---\ntitle: Home\nimage: {src: media/x.jpg}\n---\n\n![B](media/none.jpg)\n"
    (repository.content / "index.md").write_text(text, encoding="utf-8")
    assert {one.code for one in repository.compile().problems} == {"D852", "D851"}


def test_figures_in_code_are_code():
    text = dedent("""\
        ```
        a

        ![A](media/x.jpg)

        b
        ```

        ![B](media/x.jpg)
        """)
    assert [one.medium.alt for one in figures(text, "index.md")] == ["B"]


def test_an_image_within_words_is_no_figure():
    assert not figures("Look ![A](media/x.jpg) here.\n\n![A](media/x.jpg) and on.\n", "index.md")


@given(st.text(alphabet='![]()ab/. "={}\n`~', max_size=80))
def test_what_is_between_figures_stays_as_it_is(text):
    found = figures(text, "index.md")
    marked = replaced(text, "index.md", lambda _: "\x00")
    parts = marked.split("\x00")
    assert len(parts) == len(found) + 1
    assert sum(map(len, parts)) + sum(one.end - one.start for one in found) == len(text)
