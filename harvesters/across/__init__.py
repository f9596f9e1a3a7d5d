"""Rules over several columns of a table: whether they hold, and which rows break them."""

from __future__ import annotations

from .broken import Broken
from .looking import look

__all__ = ["Broken", "look"]
