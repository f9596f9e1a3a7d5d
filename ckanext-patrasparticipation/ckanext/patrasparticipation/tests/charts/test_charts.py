"""Drawings: what they draw, what they say to who does not see them, and that no label is read as markup."""

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree

import pytest

from ckanext.patrasparticipation.charts import Mark, Moment, Point, Span, bars, line, share, spans, timeline
from ckanext.patrasparticipation.charts.line import ticks

HOSTILE = '"><script>alert(1)</script>&'
DAY = date(2025, 3, 1)


def parsed(drawing):
    """The drawing as a tree; markup that does not parse is no drawing."""
    return ElementTree.fromstring(f"<div>{drawing}</div>")


def every_drawing(label):
    """One of each kind, with that label wherever a label stands."""
    marks = [Mark(label, 3, label, "part"), Mark(label, 1, label, "gap")]
    span = Span(label, DAY, date(2025, 4, 1))
    return [
        *(bar.drawing for bar in bars(marks, "b")),
        share(marks, "s", label, label),
        line([Point(label, 1.0, label), Point(label, None, label)], "l", label, label, goal=(2.0, label)),
        spans([span], DAY, "t", label, label),
    ]


def test_no_label_is_read_as_markup():
    for drawing in every_drawing(HOSTILE):
        tags = {part.tag for part in parsed(drawing).iter()}
        assert "script" not in tags
        assert "<script" not in drawing


def test_no_drawing_carries_a_style_or_a_script():
    for drawing in every_drawing("α"):
        names = {name for part in parsed(drawing).iter() for name in part.attrib}
        assert "style" not in names
        assert not any(name.startswith("on") for name in names)


def test_a_drawing_is_heard_by_its_title_and_its_description():
    tree = parsed(share([Mark("ναι", 1, "1")], "s", "Ψήφοι", "1 από 1"))[0]
    assert tree.attrib["aria-labelledby"] == "s-title s-about"
    told = {part.attrib["id"]: part.text for part in tree if "id" in part.attrib}
    assert told == {"s-title": "Ψήφοι", "s-about": "1 από 1"}


def test_a_bar_is_as_long_as_its_share_of_the_longest():
    drawn = bars([Mark("Β", 641, "641"), Mark("Α", 374, "374", "second"), Mark("Γ", 0, "0", "no")], "v")
    widths = [[part.attrib["width"] for part in parsed(bar.drawing).iter("rect")][1:] for bar in drawn]
    assert widths == [["100%"], ["58.35%"], []]
    assert [round(bar.share, 3) for bar in drawn] == [0.632, 0.368, 0.0]


def test_bars_of_nothing_have_no_share_and_draw_nothing():
    assert [bar.share for bar in bars([Mark("α", 0, "0")], "v")] == [None]
    assert bars([], "v") == []


@pytest.mark.parametrize("mark", [Mark("α", -1, "-1"), Mark("α", 1, "1", "purple")])
def test_a_bar_that_cannot_be_drawn_is_refused(mark):
    with pytest.raises(ValueError, match="expected 0 or more"):
        bars([mark], "v")


def test_the_parts_of_a_whole_stand_end_to_end():
    drawn = share([Mark("α", 1, "1"), Mark("β", 0, "0"), Mark("γ", 3, "3", "no")], "s", "τ", "")
    parts = [part.attrib for part in parsed(drawn).iter("rect") if "part" in part.attrib["class"].split()]
    assert [(part["x"], part["width"]) for part in parts] == [("0%", "25%"), ("25%", "75%")]


def test_a_gap_breaks_the_line_and_is_marked():
    values = [1.0, 2.0, None, 4.0, 5.0]
    drawn = parsed(line([Point(str(2020 + n), value, "") for n, value in enumerate(values)], "l", "τ", ""))
    path = next(part.attrib["d"] for part in drawn.iter("path"))
    assert path.count("M") == 2
    assert path.count("L") == 2
    assert sum(part.attrib.get("class") == "missing" for part in drawn.iter("line")) == 1
    assert len(list(drawn.iter("circle"))) == 4


def test_an_estimate_is_hollow():
    drawn = parsed(line([Point("2020", 1.0, "1"), Point("2021", 2.0, "2", final=False)], "l", "τ", ""))
    assert [part.attrib["class"] for part in drawn.iter("circle")] == ["dot-final", "dot-open"]


@pytest.mark.parametrize("values", [[], [None], [float("nan")], [1.0, float("inf")]])
def test_a_line_without_a_number_is_refused(values):
    with pytest.raises(ValueError, match="at least one value"):
        line([Point("2020", value) for value in values], "l", "τ", "")


@pytest.mark.parametrize(
    ("low", "high", "told"),
    [
        (2, 9, [0, 2.5, 5, 7.5, 10]),
        (95, 99, [95, 96, 97, 98, 99]),
        (0, 0, [0, 0.25, 0.5, 0.75, 1]),
        (5, 5, [0, 2, 4, 6]),
        (-3, 3, [-4, -2, 0, 2, 4]),
        (0.001, 0.004, [0, 0.001, 0.002, 0.003, 0.004]),
    ],
)
def test_ticks_are_round_and_hold_every_value(low, high, told):
    assert ticks(low, high) == told


def test_a_goal_is_within_the_drawing():
    drawn = parsed(line([Point("2020", 10.0, "10")], "l", "τ", "", goal=(50.0, "Στόχος 50")))
    level = next(float(part.attrib["y1"]) for part in drawn.iter("line") if part.attrib["class"] == "goal")
    assert 0 < level < 240
    assert any(part.text == "Στόχος 50" for part in drawn.iter("text"))


def test_spans_share_one_scale_and_show_today():
    planned = Span("σχέδιο", date(2025, 1, 1), date(2025, 1, 11))
    actual = Span("έργο", date(2025, 1, 6), date(2025, 1, 21), "gap")
    drawn = parsed(spans([planned, actual], date(2025, 1, 11), "t", "τ", ""))
    places = [(part.attrib["x"], part.attrib["width"]) for part in drawn.iter("rect") if "x" in part.attrib]
    assert places == [("0%", "50%"), ("25%", "75%")]
    assert next(part.attrib["x1"] for part in drawn.iter("line")) == "50%"


def test_a_span_that_ends_before_it_starts_is_refused():
    with pytest.raises(ValueError, match="ending before"):
        spans([Span("α", date(2025, 1, 2), date(2025, 1, 1))], DAY, "t", "τ", "")


STEPS = ("announced", "opened", "closed", "reported", "decided")


def states(days, today):
    moments = [Moment(name, day, optional=name == "announced") for name, day in zip(STEPS, days, strict=True)]
    return [(step.name, step.state, step.after, step.waiting) for step in timeline(moments, today)]


def test_a_consultation_that_waits_for_its_report_says_for_how_long():
    opened, closed = date(2025, 3, 3), date(2025, 3, 7)
    assert states([None, opened, closed, None, None], date(2025, 3, 17)) == [
        ("opened", "done", None, None),
        ("closed", "done", 4, None),
        ("reported", "awaited", None, 10),
        ("decided", "unknown", None, None),
    ]


def test_a_step_that_was_passed_over_is_missing():
    opened, closed, decided = date(2025, 3, 3), date(2025, 3, 7), date(2025, 4, 1)
    found = states([None, opened, closed, None, decided], date(2025, 5, 1))
    assert found[2:] == [("reported", "missing", None, None), ("decided", "done", 25, None)]


def test_what_lies_ahead_is_not_awaited():
    opened, closed = date(2025, 3, 3), date(2025, 3, 7)
    found = states([date(2025, 2, 1), opened, closed, None, None], date(2025, 3, 4))
    assert [state for _name, state, *_days in found] == ["done", "done", "ahead", "unknown", "unknown"]
