"""The pages and addresses that are ours: blueprints, listed here for CKAN to register."""

from .cockpit import participation_cockpit
from .counter import participation_counter
from .entry import participation_entry
from .exports import participation_exports
from .feeds import participation_feeds
from .graph import participation_graph
from .imports import participation_imports
from .openapi import participation_openapi
from .pages import participation_pages
from .participation import participation
from .report import participation_report
from .roles import participation_roles
from .search import participation_search
from .syndication import participation_syndication
from .synonyms import participation_synonyms
from .tables import participation_tables
from .welcome import participation_welcome

__all__: list[str] = [
    "participation",
    "participation_cockpit",
    "participation_counter",
    "participation_entry",
    "participation_exports",
    "participation_feeds",
    "participation_graph",
    "participation_imports",
    "participation_openapi",
    "participation_pages",
    "participation_roles",
    "participation_report",
    "participation_search",
    "participation_synonyms",
    "participation_syndication",
    "participation_tables",
    "participation_welcome",
]
