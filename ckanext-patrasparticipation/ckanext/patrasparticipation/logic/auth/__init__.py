"""Who may do what; one rule a function, listed here for CKAN to register."""

from ckanext.patrasparticipation.guards.harvest import (
    harvest_job_create,
    harvest_object_list,
    harvest_object_show,
    harvest_source_clear,
    harvest_source_create,
    harvest_source_delete,
    harvest_source_update,
    package_create,
    package_update,
)

from .calendar import participation_calendar
from .citation import participation_table_citation
from .feeds import (
    participation_feed_harvest,
    participation_feed_list,
    participation_feed_rejected,
    participation_feed_restore,
    participation_feed_runs,
    participation_feed_show,
    participation_feed_versions,
)
from .imports import (
    participation_import_list,
    participation_import_preview,
    participation_import_show,
    participation_import_start,
    participation_import_undo,
)
from .reading import participation_table_aggregate
from .relations import (
    participation_chain,
    participation_influence,
    participation_outcome_summary,
    participation_relation_suggest,
)
from .report import participation_report
from .roles import participation_role_list
from .staff import (
    participation_colleague_invite,
    participation_first_steps_hide,
    participation_first_steps_show,
    participation_openness_list,
    participation_openness_show,
)
from .suggest import participation_search_suggest
from .synonyms import (
    participation_search_miss_list,
    participation_synonym_apply,
    participation_synonym_create,
    participation_synonym_delete,
    participation_synonym_list,
    participation_synonym_preview,
)
from .tables import (
    participation_table_describe,
    participation_table_discard,
    participation_table_keep,
    participation_table_preview,
    participation_table_publish,
    participation_table_show,
    participation_table_upload,
)

__all__: list[str] = [
    "participation_import_list",
    "participation_import_preview",
    "participation_import_show",
    "participation_import_start",
    "participation_import_undo",
    "harvest_job_create",
    "harvest_object_list",
    "harvest_object_show",
    "harvest_source_clear",
    "harvest_source_create",
    "harvest_source_delete",
    "harvest_source_update",
    "package_create",
    "package_update",
    "participation_chain",
    "participation_feed_harvest",
    "participation_feed_list",
    "participation_feed_rejected",
    "participation_feed_restore",
    "participation_feed_runs",
    "participation_feed_show",
    "participation_feed_versions",
    "participation_calendar",
    "participation_colleague_invite",
    "participation_first_steps_hide",
    "participation_first_steps_show",
    "participation_openness_list",
    "participation_report",
    "participation_openness_show",
    "participation_influence",
    "participation_outcome_summary",
    "participation_relation_suggest",
    "participation_search_suggest",
    "participation_table_citation",
    "participation_role_list",
    "participation_search_miss_list",
    "participation_synonym_apply",
    "participation_synonym_create",
    "participation_synonym_delete",
    "participation_synonym_list",
    "participation_synonym_preview",
    "participation_table_aggregate",
    "participation_table_describe",
    "participation_table_discard",
    "participation_table_keep",
    "participation_table_preview",
    "participation_table_publish",
    "participation_table_show",
    "participation_table_upload",
]
