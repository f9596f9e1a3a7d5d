"""The actions CKAN registers; each module of this folder serves one room, and is listed here."""

from ckanext.patrasparticipation.guards.harvest import (
    harvest_source_list,
    harvest_source_reindex,
)
from ckanext.patrasparticipation.guards.links import (
    package_create,
    package_update,
)
from ckanext.patrasparticipation.guards.members import (
    dataset_follower_count,
    member_list,
)
from ckanext.patrasparticipation.staff.invitation import user_invite

from .calendar import participation_calendar
from .citation import participation_table_citation
from .datastore import datastore_create, datastore_search, datastore_upsert
from .feeds import (
    participation_feed_harvest,
    participation_feed_list,
    participation_feed_rejected,
    participation_feed_restore,
    participation_feed_runs,
    participation_feed_show,
    participation_feed_versions,
)
from .graph import dcat_catalog_search, dcat_catalog_show, dcat_dataset_show
from .imports import (
    participation_import_list,
    participation_import_preview,
    participation_import_show,
    participation_import_start,
    participation_import_undo,
)
from .organisations import organization_update
from .package import current_package_list_with_resources, dataset_purge, package_show
from .reading import participation_table_aggregate
from .relations import (
    participation_chain,
    participation_influence,
    participation_outcome_summary,
    participation_relation_suggest,
)
from .report import participation_report
from .roles import participation_role_list
from .search import package_search
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
    "current_package_list_with_resources",
    "dataset_follower_count",
    "dataset_purge",
    "datastore_create",
    "datastore_search",
    "dcat_catalog_search",
    "dcat_catalog_show",
    "dcat_dataset_show",
    "datastore_upsert",
    "harvest_source_list",
    "harvest_source_reindex",
    "member_list",
    "organization_update",
    "package_create",
    "package_update",
    "package_search",
    "package_show",
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
    "user_invite",
]
