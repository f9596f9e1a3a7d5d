"""The words that reach gettext only at run time, which no extraction can see."""

from __future__ import annotations

from werkzeug.exceptions import default_exceptions

DOMAIN = "ckanext-patrasparticipation"
HAPPENS_TO = ("package", "organization", "group", "resource view")
# Words that reach gettext only at run time, and where: no extraction can see them.
AT_RUN_TIME = {
    "ckanext/harvest/templates/source/job/list.html": ["added", "updated", "deleted", "not modified"],
    "ckanext/harvest/templates/snippets/job_details.html": ["New", "Running", "Finished", "Aborted"],
    "ckanext/harvest/helpers.py": ["Manual", "Monthly", "Weekly", "Biweekly", "Daily", "Always"],
    "ckanext/dcat/harvesters/rdf.py": [
        "Generic DCAT RDF Harvester",
        "Harvester for DCAT datasets from an RDF graph",
    ],
    "ckan/templates/snippets/search_result_text.html": [
        ("{number} harvest found", "{number} harvests found"),
        ('{number} harvest found for "{query}"', '{number} harvests found for "{query}"'),
        "No harvests found",
        'No harvests found for "{query}"',
    ],
    f"{DOMAIN}/templates/snippets/activity_type_selector.html": [
        *(f"{did} {what}" for did in ("new", "changed", "deleted") for what in HAPPENS_TO),
        *(f"follow {what}" for what in ("dataset", "user", "group", "organization")),
        *("new user", "changed user"),
    ],
    f"{DOMAIN}/templates/error_document_template.html": [
        *(error().name for error in default_exceptions.values()),
        *(str(error.description) for error in default_exceptions.values() if error.description),
        "Internal server error",
    ],
}
