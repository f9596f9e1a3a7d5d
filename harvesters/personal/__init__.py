"""Personal data in tables: what is looked for, and where it was found; never the values themselves."""

from ..messages import HIDDEN
from .cover import Cover, personal
from .finding import FIRST, Finding
from .gate import Gate
from .rules import RULES, Rule

__all__ = ["FIRST", "HIDDEN", "RULES", "Cover", "Finding", "Gate", "Rule", "personal"]
