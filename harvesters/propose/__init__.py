"""From a file that a person uploads to a definition that the engine can walk."""

from __future__ import annotations

from .proposing import propose
from .values import ColumnWish, FeedFit, Proposal, ProposedColumn, Wish

__all__ = ["ColumnWish", "FeedFit", "Proposal", "ProposedColumn", "Wish", "propose"]
