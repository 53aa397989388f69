from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from pipeline.site.marks import Layout, Mark, mark_text
from pipeline.site.names import safe_name


class Reader(HTMLParser):
    """Reads text back from markup: all of it, and that of each observation and kind."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text, self.observations, self.kinds, self.tags = "", {}, [], []
        self._open: list[dict[str, str | None]] = []
        self.feed(str(markup))
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self._open.append(dict(attrs))

    def handle_endtag(self, tag):
        self._open.pop()

    def handle_data(self, data):
        self.text += data
        for attrs in self._open:
            for number in (attrs.get("data-o") or "").split():
                self.observations[int(number)] = self.observations.get(int(number), "") + data
            if attrs.get("data-k"):
                self.kinds.append((attrs["data-k"], data))


def read(text, marks=(), mentions=(), layout=None, offset=0):
    return Reader(mark_text(text, offset, marks, mentions, layout or Layout()))


@given(st.data())
def test_any_text_with_any_spans_reads_back_character_for_character(data):
    text = data.draw(st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=60))
    places = st.integers(0, len(text))
    spans = data.draw(st.lists(st.tuples(places, places).map(sorted), max_size=6))
    marks = [Mark(7 + start, 7 + end, f"o-{n}") for n, (start, end) in enumerate(spans) if start < end]

    page = read(text, marks, offset=7)

    assert page.text == text
    expected = {n: text[mark.start - 7 : mark.end - 7] for n, mark in enumerate(marks)}
    assert page.observations == expected
    anchors = [attrs["id"] for _, attrs in page.tags if attrs.get("id")]
    assert sorted(anchors) == sorted(mark.anchor for mark in marks)


def test_an_observation_is_one_link_with_its_range_end_inside():
    page = read("建3-5所", [Mark(1, 5, "o-a", "target")], [(1, 2, "measurement"), (3, 4, "range_end")])

    links = [attrs for tag, attrs in page.tags if tag == "a"]
    assert links == [{"class": "o target", "id": "o-a", "href": "#o-a", "data-o": "0"}]
    assert page.kinds == [("range_end", "5")]


def test_numbers_set_aside_can_be_focused_and_say_their_kind():
    page = read("2023年1.", mentions=[(0, 4, "date"), (5, 6, "list_marker")])

    assert page.kinds == [("date", "2023"), ("list_marker", "1")]
    assert [attrs["tabindex"] for tag, attrs in page.tags if tag == "span"] == ["-1", "-1"]


def test_a_measurement_without_an_observation_is_shown_as_one():
    assert read("共12", mentions=[(1, 3, "measurement")]).kinds == [("measurement", "12")]


def test_markup_in_a_text_stays_text():
    page = read("<script>1</script>&lt;\r\n", [Mark(8, 9, "o-1")])

    assert {tag for tag, _ in page.tags} == {"p", "a"}
    assert page.text == "<script>1</script>&lt;\r\n"


def test_a_heading_line_is_a_heading_and_a_sentence_under_it_is_not():
    layout = Layout(headings={0: ("一、成效", 3), 5: ("二、计划", 3)}, anchors={0: ["s-1"]})
    page = read("一、成效\n二、计划。全年新建\n", layout=layout)

    assert [tag for tag, _ in page.tags] == ["h3", "span", "p"]


def test_notes_follow_the_line_that_they_speak_of():
    note = Markup("<aside>注</aside>")
    assert "</p><aside>注</aside><p" in mark_text("甲1\n乙2\n", 0, [], [], Layout(notes=[(1, note)]))


def test_names_of_pages_are_safe_everywhere():
    assert safe_name("0a1b-01") == "0a1b-01"
    assert safe_name("dibao.standard") == "dibao.standard"
    hostile = [
        "../x",
        "a/b",
        "con",
        "nul.x",
        "A",
        "a" * 300,
        "",
        ".",
        "a..b",
        "名",
        'x"onload=',
        "a b",
        "a\\b",
    ]
    made = [safe_name(name) for name in hostile]
    assert len(set(made)) == len(hostile)
    assert all(name.startswith("x") and name.isalnum() for name in made)
