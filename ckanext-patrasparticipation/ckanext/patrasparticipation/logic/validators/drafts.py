"""The validator by which an import keeps a record that lacks something as a draft."""

from __future__ import annotations

from ckan.types import Context, FlattenDataDict, FlattenErrorDict, FlattenKey

from ckanext.patrasparticipation.records import drafts


def participation_draft_may_lack(
    key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context
) -> None:
    """Keep what lacks required fields as a draft, where the context allows it; the last of a type's rules."""
    drafts.excuse(key, data, errors, context)
