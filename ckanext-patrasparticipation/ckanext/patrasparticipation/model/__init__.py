"""Our tables in the main database."""

from __future__ import annotations

from .feeds import Outbox, Rejected, Run, SiteSource, SourceState, Version
from .search import SearchMiss, Synonym, SynonymRun
from .tables import Table, Upload

__all__ = [
    "Outbox",
    "Rejected",
    "Run",
    "SearchMiss",
    "SiteSource",
    "SourceState",
    "Synonym",
    "SynonymRun",
    "Table",
    "Upload",
    "Version",
]
