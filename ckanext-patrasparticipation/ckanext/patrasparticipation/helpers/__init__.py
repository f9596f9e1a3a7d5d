"""What templates may ask: each helper is prefixed `participation_` and listed here."""

from ckanext.patrasparticipation.helpers.dates import render_datetime
from ckanext.patrasparticipation.helpers.records import (
    participation_date,
    participation_error_fields,
    participation_label,
    participation_labels,
    participation_other_language,
    participation_sections,
    participation_slug_table,
    participation_text,
    participation_vocabulary_choices,
)

__all__: list[str] = [
    "participation_date",
    "participation_error_fields",
    "participation_label",
    "participation_labels",
    "participation_other_language",
    "participation_sections",
    "participation_slug_table",
    "participation_text",
    "participation_vocabulary_choices",
    "render_datetime",
]
