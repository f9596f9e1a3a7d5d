"""Small numbers of people in a table: found, hidden, and kept from being worked out."""

from __future__ import annotations

from .finding import hidden, look
from .hiding import hide
from .people import People, people

__all__ = ["People", "hidden", "hide", "look", "people"]
