"""Our tables in the main database."""

from __future__ import annotations

from .feeds import Outbox, Rejected, Run, SiteSource, SourceState, Version

__all__ = ["Outbox", "Rejected", "Run", "SiteSource", "SourceState", "Version"]
