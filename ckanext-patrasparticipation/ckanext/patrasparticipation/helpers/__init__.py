"""What templates may ask: each helper is prefixed `participation_` and listed here."""

from ckanext.patrasparticipation.helpers.answers import (
    participation_exports,
    participation_themes,
    participation_ways_out,
)
from ckanext.patrasparticipation.helpers.catalogue import (
    participation_facet_tells,
    participation_facet_value,
    participation_home,
    participation_outcome,
)
from ckanext.patrasparticipation.helpers.dates import render_datetime
from ckanext.patrasparticipation.helpers.entity import humanize_entity_type
from ckanext.patrasparticipation.helpers.examples import participation_calls, participation_table_calls
from ckanext.patrasparticipation.helpers.exports import participation_table_exports
from ckanext.patrasparticipation.helpers.filters import (
    participation_facet,
    participation_filters,
    participation_kept,
    participation_sorting,
    participation_unfiltered,
)
from ckanext.patrasparticipation.helpers.forms import (
    participation_chosen,
    participation_chosen_publishers,
    participation_form_date,
    participation_form_moment,
    participation_form_number,
    participation_part_errors,
    participation_parts,
    participation_publishers,
    participation_relation_words,
    participation_type_label,
    participation_type_labels,
    participation_unit,
)
from ckanext.patrasparticipation.helpers.numbers import (
    participation_number,
    participation_size,
    participation_span,
    participation_time,
    participation_when,
)
from ckanext.patrasparticipation.helpers.pages import (
    participation_citation,
    participation_city,
    participation_feed,
    participation_feeds,
    participation_here,
    participation_is_here,
    participation_is_sample,
    participation_place,
    participation_places,
    participation_resource,
    participation_versions,
)
from ckanext.patrasparticipation.helpers.periods import participation_period, participation_problems
from ckanext.patrasparticipation.helpers.records import (
    participation_date,
    participation_label,
    participation_labels,
    participation_licence,
    participation_max_upload,
    participation_other_language,
    participation_slug_table,
    participation_text,
    participation_vocabulary_choices,
)
from ckanext.patrasparticipation.helpers.relations import (
    participation_chain,
    participation_linked_from,
    participation_links,
)
from ckanext.patrasparticipation.helpers.rows import participation_rows
from ckanext.patrasparticipation.helpers.search import participation_search_note
from ckanext.patrasparticipation.helpers.sections import participation_error_fields, participation_sections
from ckanext.patrasparticipation.helpers.staff import (
    participation_kept_by,
    participation_staff_table,
    participation_step,
)
from ckanext.patrasparticipation.helpers.tables import (
    participation_cell,
    participation_colour_column,
    participation_columns,
    participation_table,
    participation_type,
)
from ckanext.patrasparticipation.helpers.welcome import (
    participation_check_page,
    participation_first_steps,
    participation_mail_unset,
    participation_openness,
    participation_publish_better,
    participation_role,
)

__all__: list[str] = [
    "humanize_entity_type",
    "participation_chosen",
    "participation_chosen_publishers",
    "participation_form_date",
    "participation_form_moment",
    "participation_form_number",
    "participation_part_errors",
    "participation_parts",
    "participation_publishers",
    "participation_relation_words",
    "participation_type_label",
    "participation_type_labels",
    "participation_unit",
    "participation_calls",
    "participation_table_calls",
    "participation_cell",
    "participation_chain",
    "participation_check_page",
    "participation_citation",
    "participation_city",
    "participation_colour_column",
    "participation_columns",
    "participation_date",
    "participation_error_fields",
    "participation_exports",
    "participation_facet",
    "participation_facet_tells",
    "participation_facet_value",
    "participation_feed",
    "participation_feeds",
    "participation_filters",
    "participation_first_steps",
    "participation_here",
    "participation_home",
    "participation_is_here",
    "participation_is_sample",
    "participation_kept",
    "participation_kept_by",
    "participation_label",
    "participation_labels",
    "participation_licence",
    "participation_linked_from",
    "participation_links",
    "participation_mail_unset",
    "participation_max_upload",
    "participation_number",
    "participation_openness",
    "participation_other_language",
    "participation_outcome",
    "participation_period",
    "participation_place",
    "participation_places",
    "participation_problems",
    "participation_publish_better",
    "participation_resource",
    "participation_role",
    "participation_rows",
    "participation_search_note",
    "participation_sections",
    "participation_size",
    "participation_slug_table",
    "participation_sorting",
    "participation_span",
    "participation_staff_table",
    "participation_step",
    "participation_table",
    "participation_table_exports",
    "participation_text",
    "participation_themes",
    "participation_time",
    "participation_type",
    "participation_unfiltered",
    "participation_versions",
    "participation_vocabulary_choices",
    "participation_ways_out",
    "participation_when",
    "render_datetime",
]
