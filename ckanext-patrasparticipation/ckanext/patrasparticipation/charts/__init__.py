"""Drawings of numbers, made on the server: plain SVG, no script, no style attribute, every label escaped.

Pure: values in, markup out. What is told (numbers, dates) comes as the reader's language writes it. Widths
are in per cent of the frame, so that a drawing keeps its letters and lines at any width; colours and patterns
are classes of ``assets/css/charts.css``, and no meaning hangs on them alone.
"""

from .bars import Bar, Mark, bars
from .line import Point, line
from .share import share
from .spans import Span, spans
from .timeline import Moment, Step, timeline

__all__: list[str] = [
    "Bar",
    "Mark",
    "Moment",
    "Point",
    "Span",
    "Step",
    "bars",
    "line",
    "share",
    "spans",
    "timeline",
]
