"""Bars: one mark a line, its label and number in the page's own letters, the bar as a drawing beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from . import svg

KINDS = ("first", "second", "good", "part", "no", "gap")
"""What a mark means: the leading one, another, accepted, partly, refused, missing."""
HEIGHT = 18


@dataclass(frozen=True)
class Mark:
    """A value to draw; ``told`` is the value as a person reads it, ``value`` is never negative."""

    label: str
    value: float
    told: str
    kind: str = "first"


@dataclass(frozen=True)
class Bar:
    """A mark with its drawing, and its share of the sum of all (None where the sum is 0)."""

    label: str
    told: str
    kind: str
    share: float | None
    drawing: Markup


def bars(marks: Sequence[Mark], key: str, most: float | None = None) -> list[Bar]:
    """The bars of those marks, in their order.

    Args:
        marks: at least none; a value below 0 or a kind not in ``KINDS`` raises ``ValueError``.
        key: letters, digits and hyphens, its own on the page: the patterns are called by it.
        most: the value of a full bar; the largest of the marks when left out.
    """
    for mark in marks:
        if mark.value < 0 or mark.kind not in KINDS:
            told = f"{mark.label!r}: {mark.value!r}, {mark.kind!r}"
            raise ValueError(f"{told}; expected 0 or more and one of {KINDS}")
    top = most or max((mark.value for mark in marks), default=0)
    total = sum(mark.value for mark in marks)
    return [
        Bar(
            mark.label,
            mark.told,
            mark.kind,
            mark.value / total if total else None,
            _drawing(mark, f"{key}-{place}", mark.value / top if top else 0),
        )
        for place, mark in enumerate(marks)
    ]


def _drawing(mark: Mark, key: str, length: float) -> Markup:
    """The bar alone, silent: the line it stands in says the same in words."""
    inside = [svg.patterns(key)] if mark.kind in svg.PATTERNS else []
    ground = svg.element("rect", class_="bar-ground", width="100%", height=HEIGHT, rx=4)
    shape: dict[str, svg.Attribute] = {
        "class_": f"k-{mark.kind}",
        "width": svg.percent(length),
        "height": HEIGHT,
        "rx": 4,
    }
    mine = svg.element("rect", **shape, fill=svg.fill(key, mark.kind))
    drawn = [*inside, ground] + ([mine] if mark.value else [])
    frame: dict[str, svg.Attribute] = {"class_": "chart chart-bar", "width": "100%", "height": HEIGHT}
    return svg.element("svg", *drawn, **frame, aria_hidden="true", focusable="false")
