"""The seventh question: rows about people become sums before anything leaves the pipeline."""

from .definition import Aggregate, Group, Measure
from .sums import Sums

__all__ = ["Aggregate", "Group", "Measure", "Sums"]
