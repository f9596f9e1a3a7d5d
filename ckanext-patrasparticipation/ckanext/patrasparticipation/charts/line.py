"""A series as a line: a gap stays a gap, what is not final is hollow, the goal is a dashed line."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from . import svg

HEIGHT, TOP, BOTTOM = 240, 34, 28  # px: the whole, above the highest line, below the lowest
PLOT = HEIGHT - TOP - BOTTOM
EDGE = 0.1  # of the width, left and right of the first and last point
Goal = tuple[float, str]
WIDE = 1000  # units across the drawing of the line itself, which is stretched


@dataclass(frozen=True)
class Point:
    """One period; ``value`` None is a gap. ``told``: the value as read; ``final`` False for an estimate."""

    period: str
    value: float | None
    told: str = ""
    final: bool = True


def ticks(low: float, high: float, most: int = 4) -> list[float]:
    """Round values from at or below ``low`` to at or above ``high``, with 0 unless all lie far above."""
    if low > 0 and low < high / 2:
        low = 0.0
    if high == low:
        low, high = (min(low, 0.0), max(high, 0.0)) if low else (0.0, 1.0)
    rough = (high - low) / most
    size = 10 ** math.floor(math.log10(rough))
    step = next(factor * size for factor in (1, 2, 2.5, 5, 10) if factor * size >= rough * 0.999)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [round(place * step, 10) for place in range(first, last + 1)]


def line(
    points: Sequence[Point],
    key: str,
    title: str,
    about: str,
    goal: Goal | None = None,
    tell: Callable[[float], str] = svg.number,
) -> Markup:
    """The series in its order.

    Args:
        points: one or more, at least one with a finite value; otherwise ``ValueError``.
        key: letters, digits and hyphens, the drawing's own on the page.
        title: what is heard first.
        about: what is heard after it.
        goal: a value to reach, and the words beside its line.
        tell: writes the value of a tick.
    """
    values = [point.value for point in points if point.value is not None]
    if not values or not all(map(math.isfinite, values)):
        raise ValueError(f"{title!r}: a line wants at least one value, and finite ones; got {values[:5]}")
    reach = [*values, *([goal[0]] if goal else [])]
    marks = ticks(min(reach), max(reach))
    scale = _Scale(marks[0], marks[-1], len(points))
    drawn = [*_grid(marks, scale, tell), *_goal(goal, scale), _path(points, scale)]
    drawn += [*_dots(points, scale), *_periods(points, scale), *_last(points, scale)]
    return svg.whole(key, title, about, *drawn, height=HEIGHT, class_="chart-line")


@dataclass(frozen=True)
class _Scale:
    """Where a place in the series and a value stand."""

    low: float
    high: float
    count: int

    def across(self, place: int) -> float:
        return EDGE + (1 - 2 * EDGE) * (place / (self.count - 1) if self.count > 1 else 0.5)

    def down(self, value: float) -> float:
        return TOP + PLOT * (1 - (value - self.low) / (self.high - self.low))


def _grid(marks: Sequence[float], scale: _Scale, tell: Callable[[float], str]) -> Iterator[Markup]:
    for mark in marks:
        level = scale.down(mark)
        yield svg.element("line", class_="grid", x1="0", x2="100%", y1=level, y2=level)
        yield svg.element("text", tell(mark), class_="tick", x="0", y=level - 4)


def _goal(goal: Goal | None, scale: _Scale) -> Iterator[Markup]:
    if goal:
        level = scale.down(goal[0])
        words: dict[str, svg.Attribute] = {
            "class_": "goal-words",
            "x": "50%",
            "y": level - 5,
            "text_anchor": "middle",
        }
        yield svg.element("line", class_="goal", x1="0", x2="100%", y1=level, y2=level)
        yield svg.element("text", goal[1], **words)


def _path(points: Sequence[Point], scale: _Scale) -> Markup:
    """The line itself, broken at every gap; stretched sideways, its stroke not."""
    runs, pen = [], "M"
    for place, point in enumerate(points):
        if point.value is None:
            pen = "M"
            continue
        at = f"{svg.number(scale.across(place) * WIDE)} {svg.number(scale.down(point.value))}"
        runs.append(f"{pen}{at}")
        pen = "L"
    path = svg.element("path", class_="series", d="".join(runs), vector_effect="non-scaling-stroke")
    frame = {"viewBox": f"0 0 {WIDE} {HEIGHT}", "preserveAspectRatio": "none"}
    return svg.element("svg", path, width="100%", height=HEIGHT, **frame)


def _dots(points: Sequence[Point], scale: _Scale) -> Iterator[Markup]:
    for place, point in enumerate(points):
        across = svg.percent(scale.across(place))
        if point.value is None:
            told = svg.element("title", f"{point.period}: {point.told}")
            level = HEIGHT - BOTTOM
            yield svg.element("line", told, class_="missing", x1=across, x2=across, y1=TOP, y2=level)
        else:
            told = svg.element("title", f"{point.period}: {point.told}")
            kind = "dot-final" if point.final else "dot-open"
            yield svg.element("circle", told, class_=kind, cx=across, cy=scale.down(point.value), r=4)


def _periods(points: Sequence[Point], scale: _Scale) -> Iterator[Markup]:
    """The first, the middle and the last period; what stands between would run together on a phone."""
    last = len(points) - 1
    places = {0: "start", last: "end"} if last else {0: "middle"}
    if last >= 4 and last % 2 == 0:
        places[last // 2] = "middle"
    for place, anchor in places.items():
        across = {"start": "0", "end": "100%"}.get(anchor, svg.percent(scale.across(place)))
        words = points[place].period
        yield svg.element("text", words, class_="tick", x=across, y=HEIGHT - 8, text_anchor=anchor)


def _last(points: Sequence[Point], scale: _Scale) -> Iterator[Markup]:
    """The newest value in words beside its point."""
    place = max(place for place, point in enumerate(points) if point.value is not None)
    point = points[place]
    level = scale.down(point.value or 0.0) - 12
    at_end = scale.across(place) > 0.8
    where: dict[str, svg.Attribute] = {
        "x": "100%" if at_end else svg.percent(scale.across(place)),
        "y": level,
    }
    yield svg.element("text", point.told, class_="newest", text_anchor="end" if at_end else "middle", **where)
