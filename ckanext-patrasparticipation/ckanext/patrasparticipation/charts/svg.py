"""Elements of SVG as text: every attribute and every label escaped, numbers short."""

from __future__ import annotations

from markupsafe import Markup, escape

Attribute = str | float | int
HATCH, DOTS = "hatch", "dots"
PATTERNS = {"part": HATCH, "gap": DOTS}
"""Kinds of marks that carry a pattern beside their colour."""


def number(value: float) -> str:
    """A coordinate with at most two decimals: ``12.5``, ``7``."""
    return f"{value:.2f}".rstrip("0").rstrip(".") or "0"


def percent(value: float) -> str:
    """A share between 0 and 1 as an attribute: ``61%``; what lies outside is drawn at the edge."""
    return f"{number(min(max(value, 0.0), 1.0) * 100)}%"


def element(tag: str, *inside: Markup | str, **attributes: Attribute | None) -> Markup:
    """One element. In a name ``_`` stands for ``-``, at its end for nothing; None leaves an attribute out."""
    given = {
        name.rstrip("_").replace("_", "-"): value for name, value in attributes.items() if value is not None
    }
    written = {name: number(value) if isinstance(value, float) else value for name, value in given.items()}
    told = "".join(f' {name}="{escape(value)}"' for name, value in written.items())
    body = Markup("").join(inside)
    return Markup(f"<{tag}{told}>{body}</{tag}>" if inside else f"<{tag}{told}/>")


def whole(key: str, title: str, about: str, *inside: Markup, height: int, class_: str) -> Markup:
    """A whole drawing that is heard as its title and its description; ``key`` is its own on the page."""
    named = f"{key}-title {key}-about" if about else f"{key}-title"
    words = [element("title", title, id=f"{key}-title")]
    if about:
        words.append(element("desc", about, id=f"{key}-about"))
    frame: dict[str, Attribute] = {"class_": f"chart {class_}", "width": "100%", "height": height}
    return element("svg", *words, *inside, **frame, role="img", focusable="false", aria_labelledby=named)


def fill(key: str, kind: str) -> str | None:
    """The pattern that a kind of mark is filled with; nothing where its class gives the colour."""
    return f"url(#{key}-{PATTERNS[kind]})" if kind in PATTERNS else None


def patterns(key: str) -> Markup:
    """The patterns of one drawing: stripes and dots on a ground of their own colour."""
    stripes = element("path", d="M0 8 8 0M-2 2 2-2M6 10 10 6", class_="stripe")
    dots = [element("circle", cx=at, cy=at, r=1.5, class_="dot") for at in (2, 6)]
    return element(
        "defs",
        _pattern(f"{key}-{HATCH}", "part-ground", stripes),
        _pattern(f"{key}-{DOTS}", "gap-ground", *dots),
    )


def _pattern(name: str, ground: str, *inside: Markup) -> Markup:
    size = {"width": 8, "height": 8}
    rect = element("rect", class_=ground, **size)
    return element("pattern", rect, *inside, id=name, patternUnits="userSpaceOnUse", **size)
