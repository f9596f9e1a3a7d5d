"""Rules that hold for every record of participation: place, contact, good practice, day of the last check."""

from __future__ import annotations

from typing import Any

from ckan import model
from ckan.plugins import toolkit as tk
from ckan.types import Context, FlattenDataDict, FlattenErrorDict, FlattenKey

from ckanext.patrasparticipation import clock
from ckanext.patrasparticipation.logic.validators import flat
from ckanext.patrasparticipation.records import drafts, place, prepare, reader, translated, vocabularies

REGIONS = "nuts_region"


def participation_region_of_units(
    key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context
) -> None:
    """Refuse a region in which the municipal units chosen do not lie (Patras is not in the Peloponnese).

    A region lies in another when its code begins with the other's. A record that is about somewhere else too
    says so by the unit `outside`.
    """
    units = flat.codes(data, "municipal_unit")
    if not units or place.OUTSIDE in units:
        return
    own = {code for code in map(_region_of_unit, units) if code}
    for region in flat.codes(data, REGIONS):
        if own and not any(each.startswith(region) or region.startswith(each) for each in own):
            message = tk._(
                "{region} does not contain the municipal units chosen: they lie in {right}. Choose that "
                "region, or add “Outside the municipality” to the units"
            )
            flat.refuse(
                errors, (REGIONS,), message.format(region=_name(region), right=", ".join(map(_name, own)))
            )


def _region_of_unit(code: str) -> str | None:
    """The region of a unit, written at the unit or at what it is part of."""
    terms = vocabularies.terms("coverage")
    term = terms.get(code)
    if term is None:
        return None
    return term.attributes.get("region") or _region_of_unit(term.attributes.get("parent", ""))


def _name(region: str) -> str:
    return f"{vocabularies.label(REGIONS, region, reader.language())} ({region})"


def participation_somebody_answers(
    key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context
) -> None:
    """Ask for a contact address, the record's own or its publisher's."""
    if flat.text(data, "contact_email") or errors.get(("contact_email",)):
        return
    publisher: Any = model.Group.get(flat.text(data, "owner_org"))
    if publisher is not None and not publisher.extras.get("contact_email"):
        flat.refuse(
            errors,
            ("contact_email",),
            tk._("Give the role mailbox that answers questions about the record: its publisher has none"),
        )


def participation_good_practice_explained(
    key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context
) -> None:
    """Ask why something is called a good practice."""
    reason = "good_practice_reason_translated"
    given = translated.parse(data.get((reason,)))
    if flat.text(data, "good_practice") == "true" and prepare.is_empty(given) and not errors.get((reason,)):
        flat.refuse(
            errors,
            (f"{reason}-{translated.MAIN}",),
            tk._("Say in a few sentences why this is a good practice that others can take up"),
        )


def participation_verified_today(
    key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context
) -> None:
    """Take today for the day of the last check of a new record: who enters it vouches for it.

    Of a record that is imported nobody has said so.
    """
    if prepare.is_empty(data.get(key)):
        if context.get("package") or drafts.ALLOWED in context:
            data.pop(key, None)
            raise tk.StopOnError
        data[key] = clock.today(clock.now()).isoformat()


def participation_not_after_today(value: str) -> str:
    """Accept a day that has come in the city."""
    if value > clock.today(clock.now()).isoformat():
        raise tk.Invalid(tk._("{value} has not come yet: give today or an earlier day").format(value=value))
    return value
