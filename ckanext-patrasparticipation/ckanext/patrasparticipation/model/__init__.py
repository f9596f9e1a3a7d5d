"""Our tables in the main database."""

from __future__ import annotations

from .feeds import Outbox, Rejected, Run, SiteSource, SourceState, Version
from .imports import Import, ImportRow, RecordOrigin
from .records import Moment, Relation
from .search import SearchMiss, Synonym, SynonymRun
from .tables import Table, Upload

__all__ = [
    "Import",
    "ImportRow",
    "Moment",
    "Outbox",
    "RecordOrigin",
    "Rejected",
    "Relation",
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
