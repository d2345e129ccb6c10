"""What stands on compiled pages, through the whole compile room with the templates that ship."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from tests.support.repository import searched

from dossierkit.site.interface import Publication

ARTICLE = "articles/2016/talks.md"


def codes(compiled):
    return [problem.code for problem in compiled.problems]


def ids(html):
    return re.findall(r'\bid="([^"]+)"', html)


def test_every_sidebar_item_leads_to_an_anchor_in_the_text(repository):
    html = repository.page(ARTICLE).body
    anchors = set(re.findall(r'href="#([^"]+)"', html))
    assert anchors
    assert anchors <= set(ids(html))


def test_mentions_are_links_to_their_entity(repository):
    html = repository.page(ARTICLE).body
    link = '<a id="m-geneva-1" class="dk-mention dk-place" href="../../../entities/geneva/">Geneva</a>'
    assert link in html


def test_the_quote_is_marked_inside_its_sentence(repository):
    html = repository.page(ARTICLE).body
    assert re.search(
        r'<span id="s-\w+">The talks <span id="t-\w+" class="dk-quote">opened on Friday</span>',
        html,
    )


def test_the_notes_of_entries_with_one_quote_are_in_their_order(repository):
    repository.write(
        ARTICLE,
        """\
        ---
        title: Talks
        status: published
        timeline:
          - {date: 2014, text: First talks, quote: Talks were held in 2014 and 2016}
          - {date: 2016, text: Second talks, quote: Talks were held in 2014 and 2016}
        ---

        Talks were held in 2014 and 2016.
        """,
    )
    notes = re.findall(r'class="dk-back".*?data-when="([^"]+)"', repository.page(ARTICLE).body)
    assert notes == ["2014", "2016"]


def test_entities_know_who_names_them(repository):
    html = repository.page("entities/geneva.md").body
    assert 'href="../../articles/2016/talks/#m-geneva-1">Geneva</a> &amp; spoke.' in html
    assert 'href="../jane-doe/"' in html


@pytest.mark.parametrize(
    ("lang", "names"), [("ar", ["جنيف", "Genève", "Genf"]), ("fr", ["Genève", "Genf", "جنيف"])]
)
def test_names_in_the_language_of_the_interface_come_first(repository, lang, names):
    repository.write(
        "entities/geneva.md",
        "---\ntitle: Geneva\ntype: place\nstatus: reviewed\naliases: [{name: Genève, lang: fr}, {name: Genf, lang: de}, {name: جنيف, lang: ar}]\n---\n",
    )
    html = repository.page("entities/geneva.md", language=lang).body
    assert re.findall(r"<li><bdi[^>]*>([^<]+)</bdi></li>", html) == names


def test_many_names_in_other_languages_are_folded(repository):
    repository.write(
        "entities/ivory-coast.md",
        "---\ntitle: Ivory Coast\ntype: place\nstatus: reviewed\naliases: [Côte d'Ivoire, Côte d’Ivoire, {name: ساحل العاج, lang: ar},"
        " {name: Elfenbeinküste, lang: de}, {name: Ivoorkust, lang: nl}, {name: Costa d'Avorio, lang: it}, {name: Costa d’Avorio, lang: it},"
        " {name: Costa de Marfil, lang: es}, {name: The Ivory Coast, lang: en-GB}]\n---\n",
    )
    html = repository.page("entities/ivory-coast.md").body
    near, folded = html.split("<details", 1)
    assert re.findall(r"<li><bdi[^>]*>([^<]+)</bdi></li>", near) == ["Côte d’Ivoire", "The Ivory Coast"]
    assert "<summary>5 names in other languages</summary>" in folded
    assert re.findall(r'<li><bdi lang="(..)" dir="...">', folded) == ["ar", "de", "nl", "it", "es"]


def test_readers_see_where_imported_facts_come_from(repository):
    repository.write(
        "entities/geneva.md",
        """\
        ---
        title: Geneva
        type: place
        sources:
          - {name: "A <list>", date: 2026-05, licence: CC0 1.0, url: "https://list.example/"}
          - {name: Ours, url: "javascript:alert(1)"}
        status: reviewed
        ---
        """,
    )
    top = repository.page("entities/geneva.md").body
    assert '<a href="https://list.example/" rel="noopener noreferrer"><bdi>A &lt;list&gt;</bdi></a>' in top
    assert "(<bdi>May 2026 · CC0 1.0</bdi>)" in top
    assert "<bdi>Ours</bdi>" in top
    assert "javascript" not in top


def test_weak_aliases_need_company(repository):
    repository.write(
        "articles/2016/talks.md",
        """\
        ---
        title: Doe speaks
        status: published
        entities: [jane-doe]
        ---

        Doe spoke.
        """,
    )
    assert codes(repository.compile()) == ["D203"]
    repository.write(
        "articles/2016/talks.md",
        """\
        ---
        title: Jane Doe speaks
        status: published
        entities: [jane-doe]
        ---

        Doe spoke.
        """,
    )
    assert codes(repository.compile()) == []


def test_a_form_of_one_article_is_no_form_of_another(repository):
    page = """\
        ---
        title: {title}
        status: published
        entities: [{entity}]
        ---

        The envoy spoke.
        """
    repository.write(
        "articles/2016/talks.md", page.format(title="A", entity="{id: jane-doe, also: [The envoy]}")
    )
    repository.write("articles/2016/other.md", page.format(title="B", entity="jane-doe"))
    problems = repository.compile().problems
    assert [(problem.path, problem.code) for problem in problems] == [
        ("content/articles/2016/other.md", "D203")
    ]


@pytest.mark.parametrize(
    ("quote", "code", "words"),
    [
        ("opened on Sunday", "D201", "it agrees up to “opened on”"),
        ("e", "D201", "is not in the text"),
        ("the", "D201", "is not in the text"),
    ],
)
def test_a_quote_that_does_not_stand_stops_the_build(repository, quote, code, words):
    text = (repository.content / ARTICLE).read_text(encoding="utf-8")
    repository.write(ARTICLE, text.replace("quote: opened on Friday", f"quote: {quote}"))
    (problem,) = repository.compile().problems
    assert (problem.code, problem.line, problem.severity) == (code, 11, "error")
    assert words in problem.message


def test_a_quote_that_stands_twice_stops_the_build(repository):
    text = (repository.content / ARTICLE).read_text(encoding="utf-8")
    repository.write(ARTICLE, text + "\nThey opened on Friday.\n")
    (problem,) = repository.compile().problems
    assert problem.code == "D202"
    repository.write(
        ARTICLE,
        text.replace("quote: opened", "prefix: The talks, quote: opened") + "\nThey opened on Friday.\n",
    )
    assert codes(repository.compile()) == []


def test_drafts_stay_out(repository):
    text = (repository.content / ARTICLE).read_text(encoding="utf-8")
    repository.write(ARTICLE, text.replace("status: published", "status: draft"))
    compiled = repository.compile()
    everything = "".join(page.body for page in compiled.pages)
    assert ARTICLE in compiled.replaces
    assert "Talks open" not in everything
    assert "The Paper" not in everything
    assert ARTICLE in {page.path for page in repository.compile(drafts=True).pages}


def test_drawings_of_a_dossiers_cast_have_pages_for_frames_and_those_of_all_where_the_site_wants_it(
    repository,
):
    def framed(**settings):
        site = Publication(name="Ours", address="https://ours.test/", **settings)
        entity = repository.page("entities/geneva.md", publication=site).body
        files = repository.files(publication=site)
        return {path for path in files if path.startswith("embed/")}, entity.count("&lt;iframe")

    assert framed() == (set(), 0)
    repository.write("dossiers/one.md", "---\ntitle: One\nstatus: published\ncast: [geneva]\n---\nx\n")
    of = {f"embed/entities/geneva/{kind}/index.html" for kind in ("timeline", "network", "map")}
    paths, offered = framed()
    assert {path for path in paths if "/entities/" in path} == of
    assert offered == 2, "of its network and its map: one event needs no drawing"
    assert {path.rpartition("/")[0].removeprefix("embed/") for path in framed(embeds="all")[0]} == {
        *(f"dossiers/one/{kind}" for kind in ("timeline", "network", "map")),
        *(f"entities/geneva/{kind}" for kind in ("timeline", "network", "map")),
        *(f"entities/jane-doe/{kind}" for kind in ("timeline", "network")),
        *(f"articles/2016/talks/{kind}" for kind in ("timeline", "network")),
    }
    every = Publication(name="Ours", address="https://ours.test/", embeds="all")
    article = repository.page(ARTICLE, publication=every).body
    assert "https://ours.test/embed/articles/2016/talks/timeline/" in article
    assert "&lt;iframe" not in repository.page(ARTICLE, publication=replace(every, embeds="cast")).body


def test_withdrawn_pages_stay_out_of_previews_too(repository):
    text = (repository.content / ARTICLE).read_text(encoding="utf-8")
    repository.write(ARTICLE, text.replace("status: published", "status: withdrawn"))
    assert "Talks open" not in "".join(page.body for page in repository.compile(drafts=True).pages)


def test_dates_are_shown_in_words_with_the_words_of_the_text_and_vague_ones_have_their_edtf(repository):
    html = repository.page(ARTICLE).body
    assert '<time class="dk-date" datetime="2016-01-29">29 January 2016</time>' in html
    assert "EDTF" not in html
    assert "Text says “on Friday”" in html
    text = (repository.content / ARTICLE).read_text(encoding="utf-8")
    repository.write(ARTICLE, text.replace("date: 2016-01-29,", "date: 2016-01-29~,"))
    assert 'EDTF 2016-01-29~">about 29 January 2016</bdi>' in repository.page(ARTICLE).body


def test_words_of_a_date_that_the_text_does_not_say_are_no_quotation_for_readers(repository):
    text = (repository.content / ARTICLE).read_text(encoding="utf-8")
    repository.write(ARTICLE, text.replace("when: on Friday", "when: Zqnever said"))
    compiled = repository.compile()
    assert [problem.code for problem in compiled.problems] == ["D207"]
    assert "Zqnever" not in "".join(page.body for page in compiled.pages)
    assert "Text says" not in repository.page(ARTICLE).body


def test_an_unresolved_date_is_shown_as_such(repository):
    text = (repository.content / ARTICLE).read_text(encoding="utf-8")
    repository.write(ARTICLE, text.replace("date: 2016-02-01\n", "").replace("date: 2016-01-29, ", ""))
    html = repository.page(ARTICLE).body
    assert "date unknown" in html
    assert "“on Friday”, in an article with no known date" in html
    assert "<time" not in html


def test_an_arabic_article_reads_from_right_to_left(repository):
    repository.write(
        "articles/2016/arabic.md",
        """\
        ---
        title: محادثات
        lang: ar
        status: published
        entities: [geneva]
        ---

        وصل الوفد إلى جنيف أمس.
        """,
    )
    html = repository.page("articles/2016/arabic.md").body
    assert '<div class="dk-text" lang="ar" dir="rtl">' in html
    assert 'href="../../../entities/geneva/">جنيف</a>' in html


def test_names_in_another_script_say_so_wherever_they_are(repository):
    repository.write(
        "articles/2016/arabic.md",
        """\
        ---
        title: محادثات
        lang: ar
        date: 2016-02-04
        status: published
        source: {publisher: القدس العربي}
        entities:
          - geneva
          - {name: خليفة حفتر, type: person}
        timeline:
          - {date: 2016-02-04, text: وصل الوفد, quote: وصل خليفة حفتر إلى جنيف أمس., entities: [khlyfh-hftr-person, geneva]}
        ---

        وصل خليفة حفتر إلى جنيف أمس.
        """,
    )
    names = repository.page("entities/index.md").body
    assert '<bdi lang="und-Arab">خليفة حفتر</bdi>' in names
    assert ">Geneva</a>" in names
    assert '<bdi lang="und-Arab">القدس العربي</bdi>' in repository.page("sources/index.md").body
    assert '<bdi lang="ar">القدس العربي</bdi>' in repository.page("articles/index.md").body


def test_dossiers_take_what_they_list_and_what_they_select(repository):
    repository.write(
        "articles/2016/second.md",
        "---\ntitle: Second\nstatus: published\ntags: [talks]\ndate: 2016-03-01\n---\n\nText.\n",
    )
    repository.write(
        "dossiers/geneva.md",
        """\
        ---
        title: Geneva
        articles: [2016/talks]
        select: {tags: [talks], dates: 2016-02/2016-04}
        cast: [jane-doe]
        ---

        The **lead**.
        """,
    )
    page = repository.page("dossiers/geneva.md")
    assert page.body.index("Talks open in Geneva") < page.body.index(">Second<")
    assert "\n\nThe **lead**.\n\n" in page.body


def test_links_in_the_text_lead_to_pages_of_the_site(repository):
    text = (repository.content / ARTICLE).read_text(encoding="utf-8")
    repository.write(
        ARTICLE, text + "\nSee [her page](../../entities/jane-doe.md#x) and [nothing](missing.md).\n"
    )
    compiled = repository.compile()
    assert codes(compiled) == ["D304"]
    page = next(page for page in compiled.pages if page.path == ARTICLE)
    assert 'href="../../../entities/jane-doe/#x"' in page.body


def test_text_of_a_source_never_becomes_live(repository):
    hostile = r"<script>alert(1)</script> <img src=x onerror=alert(1)> {{ 7*7 }} {% raw %} Geneva Jane Doe opened on Friday"
    text = (repository.content / ARTICLE).read_text(encoding="utf-8")
    head = text.split("---")[1]
    repository.write(
        ARTICLE,
        f"---{head.replace('Talks open in Geneva', chr(39) + '<b>{{ 7*7 }}</b>' + chr(39))}---\n\n{hostile}\n",
    )
    html = repository.page(ARTICLE).body
    assert "<script>" not in html
    assert "<img" not in html
    assert "<b>" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "&#123;&#123; 7*7 }}" in html


def test_a_paragraph_that_its_source_wrote_as_an_item_hangs_from_its_dash(repository):
    repository.write(
        "articles/2016/b.md",
        "---\ntitle: B\nstatus: published\nentities: [geneva]\n---\n\n\\- Geneva opened.\n\n• It went on.\n\nA-side – not one.\n",
    )
    body = repository.page("articles/2016/b.md").body
    assert body.count('<p class="dk-item">') == 2
    assert "<p><span" in body.partition("A-side")[0][-120:]


def test_bodies_hold_no_line_that_markdown_could_read(repository):
    text = (repository.content / ARTICLE).read_text(encoding="utf-8")
    repository.write(ARTICLE, text + '\n    code\n    --8<-- "secret"\n\n    ```\n')
    body = repository.page(ARTICLE).body
    assert body.count("\n") == 1
    assert "<pre>" in body


def test_the_same_content_gives_the_same_pages(repository):
    once, again = repository.compile(), repository.compile()
    assert once == again
    assert searched(once) == searched(again)
    assert repository.files() == repository.files()


def test_everything_wrong_is_told_at_once(repository):
    repository.write("articles/2016/one.md", "no front matter\n")
    repository.write(
        "articles/2016/two.md", "---\ntitle: Two\ndate: soon\nstatus: ready\nentities: [nobody]\n---\n"
    )
    repository.write("entities/three.md", "---\ntitle: Geneva\ntype: place\ntitle: Twice\n---\n")
    repository.write("dossiers/four.md", "---\ntitle: Four\narticles: [2016/none]\ncast: [nobody]\n---\n")
    problems = repository.compile().problems
    assert [(p.path.removeprefix("content/"), p.line, p.col, p.code) for p in problems] == [
        ("articles/2016/one.md", 1, 1, "D101"),
        ("articles/2016/two.md", 3, 7, "D107"),
        ("articles/2016/two.md", 4, 9, "D106"),
        ("dossiers/four.md", 3, 12, "D302"),
        ("dossiers/four.md", 4, 8, "D301"),
        ("entities/three.md", 4, 1, "D103"),
    ]


def test_a_page_that_cannot_be_read_is_not_said_to_be_missing_too(repository):
    repository.write("articles/2016/one.md", "no front matter\n")
    repository.write("entities/three.md", "no front matter\n")
    repository.write(
        "dossiers/four.md", "---\ntitle: Four\narticles: [2016/one]\ncast: [three, geneva]\n---\n"
    )
    problems = repository.compile().problems
    assert [(p.path.removeprefix("content/"), p.code) for p in problems] == [
        ("articles/2016/one.md", "D101"),
        ("entities/three.md", "D101"),
    ]


def test_two_records_do_not_claim_one_name(repository):
    repository.write("entities/geneva-ohio.md", "---\ntitle: Geneva\ntype: place\nstatus: reviewed\n---\n")
    (problem,) = repository.compile().problems
    assert (problem.code, problem.path) == ("D303", "content/entities/geneva.md")


def test_a_relation_needs_its_words(repository):
    repository.write(
        "entities/jane-doe.md",
        """\
        ---
        title: Jane Doe
        type: person
        relations:
          - {type: visited, to: geneva, article: 2016/talks, quote: came to Geneva}
          - {type: left, to: geneva, article: 2016/talks, quote: left Geneva}
        ---
        """,
    )
    (problem,) = repository.compile().problems
    assert (problem.code, problem.line) == ("D201", 6)


def test_no_relation_is_left_out_however_many_there_are(repository):
    for number in range(60):
        repository.write(
            f"entities/member-{number}.md",
            f"---\ntitle: Member {number}\ntype: person\nstatus: reviewed\nrelations: [{{type: of, to: geneva}}]\n---\n",
        )
    html = repository.page("entities/geneva.md").body
    listed = re.search(r'<ul class="dk-relations">.*?</section>', html, re.DOTALL).group()
    assert set(re.findall(r">(Member \d+)</a>", listed)) == {f"Member {number}" for number in range(60)}
    assert listed.count("<li>") == 60
    assert listed.partition("<details")[0].count("<li>") == 24
    assert "36 more relationships" in listed


def test_a_page_says_when_it_lists_only_those_named_together_most_often(repository):
    ids = [f"place-{number}" for number in range(30)]
    for number, id_ in enumerate(ids):
        repository.write(
            f"entities/{id_}.md", f"---\ntitle: Ort{number:02}\ntype: place\nstatus: reviewed\n---\n"
        )
    names = ", ".join(f"Ort{number:02}" for number in range(30))
    repository.write(
        "articles/2016/many.md",
        f"---\ntitle: Many\nstatus: published\nentities: [geneva, {', '.join(ids)}]\n---\n\nGeneva met {names}.\n",
    )
    html = repository.page("entities/geneva.md").body
    assert "10 of 31 shown" in html
    assert "named most often" not in repository.page("entities/jane-doe.md").body


def test_a_claim_without_its_words_stands_only_with_a_reason_that_readers_see(repository):
    repository.write(
        ARTICLE,
        """\
        ---
        title: Talks
        status: published
        entities:
          - geneva
          # dossier: ignore D203 -- she is the unnamed delegate of the second paragraph
          - jane-doe
        timeline:
          # dossier: ignore D201 -- the quote stands in the photograph, not in the text
          - {date: 2016-01-29, text: Talks open, quote: Welcome}
        ---

        Talks opened in Geneva.
        """,
    )
    compiled = repository.compile()
    assert codes(compiled) == []
    html = next(page for page in compiled.pages if page.path == ARTICLE).body
    assert "Paraphrased: the quote stands in the photograph, not in the text" in html
    assert "Paraphrased: she is the unnamed delegate" in html
    assert 'class="dk-quote"' not in html
    text = (repository.content / ARTICLE).read_text(encoding="utf-8")
    repository.write(
        ARTICLE,
        text.replace("ignore D201 -- the quote stands in the photograph, not in the text", "ignore D201"),
    )
    assert codes(repository.compile()) == ["D201"]
