"""The geometry of pictures: what may overlap, what stays the same, what is never more exact than it is known."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dossierkit.model.record import ENTITY_TYPES, Location, Record
from dossierkit.site.charts import basemap, labels, maps, node_layout
from dossierkit.site.charts.labels import LabelArea, LabelBox, LabelPoint, hidden, mark_box, place
from dossierkit.site.charts.network import Bond, NetworkPlan, draw, strongest
from dossierkit.site.charts.projection import WIDTH, fit, tight
from dossierkit.site.strings import Strings
from dossierkit.site.views import EntityItem

WORDS = (
    *(
        "United Nations International Support Group Committee Ministry resolution Alloush al-Zoubi de Mistura".split()
    ),
    *(
        "Haut-Commissariat Verfassungsgericht Þingvellir محمد علوش هيئة التفاوض العليا موسكو 北京 Women’s".split()
    ),
)
names = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join)


def item(name, type_="person", count=1):
    return EntityItem(name, name, type_, f"../{name}/", count)


@st.composite
def plans(draw_, most=30):
    count = draw_(st.integers(3, most))
    items = tuple(
        item(draw_(names), draw_(st.sampled_from(ENTITY_TYPES)), draw_(st.integers(1, 40)))
        for _ in range(count)
    )
    ends = st.tuples(st.integers(0, count - 1), st.integers(0, count - 1)).filter(
        lambda pair: pair[0] < pair[1]
    )
    pairs = draw_(st.dictionaries(ends, st.integers(1, 9), min_size=1, max_size=2 * count))
    relations = draw_(st.sampled_from((("",), ("", "", "member of"))))
    bonds = tuple(
        Bond(*pair, strength, "note", draw_(st.sampled_from(relations))) for pair, strength in pairs.items()
    )
    if draw_(st.booleans()):
        return NetworkPlan(
            "dossier", items, bonds, node_layout.springs(count, {pair: float(w) for pair, w in pairs.items()})
        )
    around = node_layout.around([other.count for other in items[1:]])
    return NetworkPlan("entity", items, bonds, ((0.5, 0.5), *around), 0)


def boxes(drawing):
    return [node.label.box for node in drawing.nodes if node.label]


@settings(max_examples=60, deadline=None)
@given(plans())
def test_up_to_thirty_nodes_each_has_its_label_and_none_lies_over_another(plan):
    for drawing in draw(plan):
        assert all(node.label for node in drawing.nodes)
        whole = LabelBox(0, 0, drawing.width, drawing.height)
        assert all(map(whole.holds, boxes(drawing)))
        assert not [
            pair for pair in itertools.combinations(boxes(drawing), 2) if not pair[0].clear_of(pair[1:])
        ]


@settings(max_examples=30, deadline=None)
@given(plans())
def test_no_label_lies_over_a_mark_and_no_mark_leaves_the_picture(plan):
    for drawing in draw(plan):
        marks = [mark_box(LabelPoint("", node.x, node.y, 4.5)) for node in drawing.nodes]
        assert all(map(LabelBox(0, 0, drawing.width, drawing.height).holds, marks))
        assert not [box for box in boxes(drawing) if not box.clear_of(marks)]


@settings(max_examples=20, deadline=None)
@given(plans())
def test_the_same_plan_is_drawn_the_same(plan):
    assert draw(plan) == draw(plan)


def test_a_label_of_a_dense_network_goes_where_it_hides_no_line_if_there_is_such_a_place():
    point, across = LabelPoint("Ada Moreau", 100, 100, 5), (100.0, 100.0, 300.0, 100.0)
    area = LabelArea(LabelBox(0, 0, 300, 200))
    (before,), (after,) = place([point], area), place([point], replace(area, lines=(across,)))
    assert hidden(before.box, [across]) > 20
    assert hidden(after.box, [across]) == 0


def test_a_dense_network_hides_less_of_its_lines_under_labels_than_without_regard_to_them():
    items = tuple(item(f"Person {number}") for number in range(24))
    spots = tuple(((number % 5) / 4, (number // 5) / 4) for number in range(24))
    bonds = tuple(
        Bond(number, (number * 7 + 3) % 24, 1, "") for number in range(24) if number != (number * 7 + 3) % 24
    )
    for drawing in draw(NetworkPlan("dossier", items, bonds, spots)):
        lines = [(line.x1, line.y1, line.x2, line.y2) for line in drawing.lines]
        points = [LabelPoint(node.item.name, node.x, node.y, 9.0) for node in drawing.nodes]
        plain = place(points, LabelArea(LabelBox(2, 2, drawing.width - 2, drawing.height - 2)))
        assert sum(hidden(node.label.box, lines) for node in drawing.nodes) < 0.6 * sum(
            hidden(label.box, lines) for label in plain
        )


def test_springs_do_not_depend_on_the_order_of_the_ties():
    ties = {(0, 1): 3.0, (1, 2): 1.0, (0, 3): 2.0, (3, 4): 1.0, (2, 4): 1.0}
    assert node_layout.springs(6, ties) == node_layout.springs(6, dict(reversed(ties.items())))


def test_springs_give_these_spots_on_every_machine():
    """Pinned to the rounding step: another processor, system or release must not move a node."""
    ties = {(0, 1): 3.0, (1, 2): 1.0, (0, 3): 2.0, (3, 4): 1.0, (2, 4): 1.0}
    assert node_layout.springs(6, ties) == (
        (0.701, 0.439),
        (0.509, 0.0),
        (0.114, 0.132),
        (0.39, 1.0),
        (0.0, 0.821),
        (1.0, 0.557),
    )


def test_a_pair_that_is_connected_with_nothing_else_does_not_drift_away():
    star = {(0, number): 1.0 for number in range(1, 10)}
    spots = node_layout.springs(12, {**star, (10, 11): 1.0})[:10]
    assert all(max(spot[axis] for spot in spots) - min(spot[axis] for spot in spots) > 0.6 for axis in (0, 1))


def test_those_with_stronger_ties_stand_nearer():
    assert [abs(y - 0.5) + abs(x - 0.5) for x, y in node_layout.around([4, 1, 4, 1])] == pytest.approx(
        [0.495, 0.707, 0.495, 0.707], abs=0.002
    )


def test_the_strongest_ties_are_kept_and_nobody_is_cut_off():
    ties = {(0, 1): 9, (1, 2): 8, (0, 2): 7, (2, 3): 1}
    assert strongest(ties, 4, 3) == ((0, 1), (1, 2), (2, 3))
    assert strongest(ties, 4, 9) == tuple(sorted(ties))


@given(names, st.integers(40, 200))
def test_lines_fit_their_room_and_no_word_is_lost_without_a_sign(name, room):
    lines = labels.wrap(name, 12, room)
    assert len(lines) <= 3
    assert all(labels.width(line, 12) <= room for line in lines)
    assert " ".join(lines) == name or any("…" in line for line in lines)


def test_a_long_name_is_cut_at_its_end_only():
    assert labels.wrap("Ministry of Foreign Affairs of the Republic of Freedonia", 11, 80) == (
        "Ministry of",
        "Foreign",
        "Affairs of t…",
    )


@pytest.mark.parametrize(
    ("text", "expected"), [("علوش", "rtl"), ("(دمشق) 2016", "rtl"), ("Aleppo (حلب)", "ltr"), ("2254", "ltr")]
)
def test_a_label_is_written_in_the_direction_of_its_first_letter(text, expected):
    assert labels.direction(text) == expected


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(names, st.floats(0, 720), st.floats(0, 400)), max_size=120))
def test_labels_of_a_crowd_are_left_out_rather_than_laid_over_each_other(crowd):
    points = [LabelPoint(name, x, y, 6) for name, x, y in crowd]
    placed = [
        label.box for label in place(points, LabelArea(LabelBox(0, 0, 720, 400), anywhere=False)) if label
    ]
    assert not [pair for pair in itertools.combinations(placed, 2) if not pair[0].clear_of(pair[1:])]
    assert all(map(LabelBox(0, 0, 720, 400).holds, placed))


# maps

degrees = st.tuples(
    st.floats(-180, 180).map(lambda x: round(x, 2)), st.floats(-80, 80).map(lambda x: round(x, 2))
)


@settings(max_examples=settings.default.max_examples, deadline=None)
@given(st.lists(degrees, min_size=1, max_size=12))
def test_every_place_lies_inside_its_map(points):
    plane = fit(points, 7)
    assert 150 < plane.height < 700
    for point in points:
        assert plane.extent.holds(point)
        x, y = plane.of(point)
        assert 0 <= x <= WIDTH
        assert 0 <= y <= plane.height


@settings(max_examples=settings.default.max_examples, deadline=None)
@given(
    st.lists(st.tuples(st.integers(-20, 20), st.integers(-30, 30)), min_size=1, max_size=12),
    st.floats(1.2, 2.2),
)
def test_a_map_far_from_the_poles_has_the_shape_that_is_asked_for(points, shape):
    plane = fit(points, 7, (shape, shape))
    assert WIDTH / plane.height == pytest.approx(shape, abs=0.02)
    assert all(plane.extent.holds(point) for point in points)


def test_places_on_both_sides_of_the_date_line_lie_together():
    extent = tight([(178.44, -18.14), (-172.1, -13.8)])
    assert (extent.west, extent.east) == pytest.approx((178.44, 187.9))


def test_north_is_up_and_east_is_right():
    plane = fit([(6.1, 46.2), (16.4, 48.2)], 7)
    geneva, vienna = plane.of((6.1, 46.2)), plane.of((16.4, 48.2))
    assert geneva[0] < vienna[0]
    assert geneva[1] > vienna[1]


def test_a_kilometre_is_as_long_across_as_down():
    plane = fit([(6.1, 46.2), (16.4, 48.2)], 7)
    _, middle = plane.extent.middle
    across = plane.at(11, middle)[0] - plane.at(10, middle)[0]
    down = plane.at(10, middle)[1] - plane.at(10, middle + 1)[1]
    assert across / down == pytest.approx(plane.stretch)


@settings(max_examples=settings.default.max_examples, deadline=None)
@given(st.lists(degrees, min_size=2, max_size=12))
@example([(4.89, 52.37), (13.4, 52.52), (14.42, 50.09), (-0.13, 51.51), (2.35, 48.86)])
def test_no_degree_is_written_under_a_mark_or_a_name(points):
    places = [maps.MapPlace(item(f"Place {at}", "place"), point, "city") for at, point in enumerate(points)]
    drawing = maps.draw(places, maps.planes(places)[0], Strings("en"))
    for degree in (degree for degree in drawing.degrees if degree.text):
        x, y = degree.x - (10 if degree.across else 0), degree.y - 4
        for mark in drawing.marks:
            assert abs(mark.x - x) > 6 or abs(mark.y - y) > 6
            box = mark.wide.box if mark.wide else mark_box(LabelPoint("", mark.x, mark.y, 0))
            assert not (box.left < x < box.right and box.top < y < box.bottom)


def on_land(longitude, latitude):
    """By the even-odd rule, on the path that a map around the place shows."""
    plane = fit([(longitude, latitude)], 7)
    x, y = (2 * value + 0.25 for value in plane.of((longitude, latitude)))
    crossings = 0
    for ring in re.findall(r"M([^z]+)z", basemap.paths(plane)[0]):
        numbers = [int(number) for number in re.findall(r"-?\d+", ring)]
        corners = list(
            zip(itertools.accumulate(numbers[::2]), itertools.accumulate(numbers[1::2]), strict=True)
        )
        for (x1, y1), (x2, y2) in itertools.pairwise([*corners, corners[0]]):
            if (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
                crossings += 1
    return crossings % 2 == 1


@pytest.mark.parametrize(
    ("longitude", "latitude", "land"),
    [
        (37.1, 36.2, True),  # Aleppo
        (-100.0, 45.0, True),
        (178.0, 66.5, True),  # Chukotka, across the date line
        (-176.0, 66.5, True),
        (0.0, -80.0, True),  # Antarctica, which goes around the pole
        (-30.0, 30.0, False),  # the Atlantic
        (50.5, 42.0, False),  # the Caspian Sea, a hole in the land
        (179.0, 0.0, False),
    ],
)
def test_land_is_land_and_sea_is_sea(longitude, latitude, land):
    assert on_land(longitude, latitude) is land


@pytest.mark.parametrize(
    ("type_", "precision", "expected"),
    [
        ("place", "exact", "46.227°N, 6.140°E"),
        ("place", "city", "46.23°N, 6.14°E"),
        ("place", "region", "46.2°N, 6.1°E"),
        ("place", "country", "46°N, 6°E"),
        ("place", "", "46.2°N, 6.1°E"),
        ("person", "exact", "46.2°N, 6.1°E"),
    ],
)
def test_coordinates_claim_no_more_than_is_known(type_, precision, expected):
    record = Record("x", "X", type_, location=Location(46.2266, 6.1404, precision))
    assert maps.coordinates(record, Strings("en")) == expected


@pytest.mark.parametrize(("lang", "expected"), [("fr", "33°S, 70°O"), ("ar", "33° ج، 70° غ")])
def test_coordinates_have_the_letters_of_the_interface_as_the_map_beside_them_has(lang, expected):
    record = Record("x", "X", "place", location=Location(-33.4, -70.4, "country"))
    assert maps.coordinates(record, Strings(lang)).translate({0x2067: None, 0x2069: None}) == expected


# pages


PLACE = """\
    ---
    title: {name}
    type: place
    location: {{lat: {lat}, lon: {lon}, precision: {precision}}}
    status: reviewed
    ---
    """


@pytest.mark.parametrize(("precision", "ring"), [("exact", 0), ("city", 0), ("region", 1), ("country", 1)])
def test_what_is_known_as_an_area_is_never_drawn_as_a_point(repository, precision, ring):
    repository.write(
        "entities/geneva.md", PLACE.format(name="Geneva", lat=46.2, lon=6.15, precision=precision)
    )
    svg = re.search(
        r'<svg class="dk-figure__svg dk-map__svg.*?</svg>', repository.page("entities/geneva.md").body
    )[0]
    assert svg.count('class="dk-map__ring"') == ring
    assert svg.count('class="dk-node__mark"') == 1 - ring


def test_an_exact_point_of_a_person_does_not_reach_the_page(repository):
    repository.write(
        "entities/jane-doe.md",
        """\
        ---
        title: Jane Doe
        type: person
        location: {lat: 46.226612, lon: 6.140499, precision: exact}
        status: reviewed
        ---
        """,
    )
    body = repository.page("entities/jane-doe.md").body
    assert "46.2°N" in body
    assert "46.22" not in body


def crowd(repository, count):
    """One article with that many people, three to a sentence, and a dossier of it."""
    people = [f"Ada {chr(65 + number // 26)}{chr(97 + number % 26)}well" for number in range(count)]
    ids = [name.lower().replace(" ", "-") for name in people]
    for name, id_ in zip(people, ids, strict=True):
        repository.write(f"entities/{id_}.md", f"---\ntitle: {name}\ntype: person\nstatus: reviewed\n---\n")
    text = " ".join(
        f"{one} met {two} and {three}."
        for one, two, three in zip(people, people[1:] + people[:1], people[2:] + people[:2], strict=True)
    )
    front = f"---\ntitle: Many\ndate: 2016-02-01\nlang: en\nstatus: published\nentities: [{', '.join(ids)}]\n---\n\n"
    repository.write("articles/2016/many.md", f"{front}{text}\n")
    repository.write("dossiers/many.md", "---\ntitle: Many\narticles: [2016/many]\n---\n\nLead.\n")


def test_a_network_says_how_many_it_leaves_out_and_its_table_has_them_all(empty):
    crowd(empty, 40)
    body = empty.page("dossiers/many.md").body
    assert "30 of 40 shown; the table lists all." in body
    wide = re.search(r'<svg class="dk-figure__svg dk-figure__svg--wide".*?</svg>', body)[0]
    assert wide.count("<a ") == 30
    assert len(re.findall(r'<th><a href="\.\./\.\./entities/ada-', body)) == 40


def test_the_network_of_an_entity_is_drawn_once_for_every_width(empty):
    crowd(empty, 12)
    body = empty.page("entities/ada-aawell.md").body
    assert re.findall(r'role="group"[^>]*aria-label="Network of', body) == [
        'role="group" aria-label="Network of'
    ]


def test_the_table_of_an_entity_has_a_row_for_each_type_and_count(empty):
    crowd(empty, 6)
    empty.write("entities/bern.md", "---\ntitle: Bern\ntype: place\nstatus: reviewed\n---\n")
    both = "entities: [ada-aawell, ada-abwell, bern]"
    empty.write(
        "articles/2016/few.md",
        f"---\ntitle: Few\ndate: 2016-02-02\nlang: en\nstatus: published\n{both}\n---\n\nAda Aawell and Ada Abwell met in Bern.\n",
    )
    table = empty.page("entities/ada-aawell.md").body.partition("<tbody>")[2].partition("</tbody>")[0]
    rows = [re.findall(r'href="\.\./([a-z-]+)/"', row) for row in table.split("</tr>")[:-1]]
    assert rows == [
        ["ada-abwell"],
        ["ada-afwell"],
        ["ada-acwell", "ada-aewell"],
        ["bern"],
        ["ada-adwell"],
    ]


def test_two_entities_make_no_network(repository):
    assert "dk-network" not in repository.page("articles/2016/talks.md").body


def test_a_stated_relation_is_drawn_apart_and_leads_to_its_source(repository):
    repository.write(
        "entities/jane-doe.md",
        """\
        ---
        title: Jane Doe
        type: person
        relations: [{type: envoy to, to: geneva, article: 2016/talks, quote: came to Geneva}]
        status: reviewed
        ---
        """,
    )
    body = repository.page("entities/geneva.md").body
    assert "<title>Jane Doe – envoy to – Geneva</title>" in body
    assert body.count("dk-line--stated") == 3  # two drawings and the key
    assert '<td>envoy to</td><td><a href="#">Geneva</a></td>' in body
    assert "../../articles/2016/talks/" in body


def test_pictures_need_no_style_and_no_script(empty):
    crowd(empty, 12)
    for page in empty.compile().pages:
        assert not re.search(r"<svg[^>]*>(?:(?!</svg>).)*(?:style=|<script|<style|\bon\w+=)", page.body)


def test_a_page_has_no_drawing_of_its_own_id(empty):
    crowd(empty, 12)
    assert not re.search(r"<svg(?:(?!</svg>).)*\sid=", empty.page("dossiers/many.md").body)


def test_a_map_s_table_has_every_place_drawn_and_the_first_of_those_without_coordinates(empty):
    crowd(empty, 30)
    for path in (empty.content / "entities").glob("*.md"):
        text = path.read_text(encoding="utf-8").replace("type: person", "type: place")
        if path.stem in {"ada-bcwell", "ada-bdwell"}:
            text = text.replace("status:", "location: {lat: 46.2, lon: 6.15, precision: city}\nstatus:")
        path.write_text(text, encoding="utf-8")
    table = (
        empty.page("dossiers/many.md").body.partition('class="dk-figure dk-map"')[2].partition("</table>")[0]
    )
    assert "As a table (26)" in table
    linked = re.findall(r'<th scope="row"><a href="\.\./\.\./entities/([^"]*)">', table)
    first = [f"ada-a{chr(97 + number)}well/" for number in range(24)]
    assert linked == ["ada-bcwell/", "ada-bdwell/", *first, "#type-place"]
    assert "and 4 more</a>" in table
