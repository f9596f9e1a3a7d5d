"""The validators CKAN registers: one rule each, listed here."""

from ckanext.patrasparticipation.logic.validators.organisations import (
    participation_afm,
    participation_diavgeia_uid,
)
from ckanext.patrasparticipation.logic.validators.records import (
    participation_name_or_title,
    participation_prepare,
)
from ckanext.patrasparticipation.logic.validators.rules import (
    participation_community_in_unit,
    participation_period_in_order,
    participation_place_in_city,
    participation_privacy_explained,
)
from ckanext.patrasparticipation.logic.validators.translated import (
    participation_translated_output,
    participation_translated_text,
)
from ckanext.patrasparticipation.logic.validators.values import (
    participation_date,
    participation_email,
    participation_geojson,
    participation_required,
    participation_text,
    participation_url,
)
from ckanext.patrasparticipation.logic.validators.vocabulary import (
    participation_default,
    participation_vocabulary_code,
    participation_vocabulary_codes,
)

__all__: list[str] = [
    "participation_afm",
    "participation_community_in_unit",
    "participation_date",
    "participation_default",
    "participation_diavgeia_uid",
    "participation_email",
    "participation_geojson",
    "participation_name_or_title",
    "participation_period_in_order",
    "participation_place_in_city",
    "participation_prepare",
    "participation_privacy_explained",
    "participation_required",
    "participation_text",
    "participation_translated_output",
    "participation_translated_text",
    "participation_url",
    "participation_vocabulary_code",
    "participation_vocabulary_codes",
]
