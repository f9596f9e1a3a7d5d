"""Rules about several fields of a citizen group: never a person, never a party, never a home."""

from __future__ import annotations

from ckan.plugins import toolkit as tk
from ckan.types import Context, FlattenDataDict, FlattenErrorDict, FlattenKey

from ckanext.patrasparticipation import clock
from ckanext.patrasparticipation.logic.validators import flat, identifiers


def participation_group_not_political(
    key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context
) -> None:
    """Refuse a party, an electoral list or a branch of one."""
    if flat.text(data, "body_character") == "political":
        flat.refuse(
            errors,
            ("body_character",),
            tk._(
                "Parties, electoral lists and their branches are not catalogued as citizen groups. If the "
                "group is independent, choose “Civic”; otherwise do not enter it"
            ),
        )


def participation_group_identifiers(
    key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context
) -> None:
    """Check each number by its register; ask a registered group for one, and others for no tax number."""
    status, given = flat.text(data, "legal_status"), list(flat.parts(data, "identifiers"))
    for number, part in given:
        scheme, value, path = str(part.get("scheme")), part.get("value"), ("identifiers", number, "value")
        if scheme not in identifiers.CHECKS or not isinstance(value, str) or errors.get(path):
            continue
        if scheme == "AFM" and status == "unregistered":
            message = tk._(
                "A group without legal personality has no tax number of its own, and a person's is never "
                "published: delete it"
            )
            flat.refuse(errors, path, message)
            continue
        try:
            data[path] = identifiers.sound(scheme, value)
        except tk.Invalid as problem:
            flat.refuse(errors, path, problem.error)
    if status == "registered" and not given:
        message = tk._(
            "A registered group needs at least one identifier: add its number in a register, or choose “No "
            "legal personality”"
        )
        flat.refuse(errors, ("identifiers",), message)


def participation_group_years(
    key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context
) -> None:
    """Refuse a dissolution before the foundation, and one of a group that is said to be at work."""
    founded, dissolved = flat.text(data, "founding_year"), flat.text(data, "dissolution_year")
    path = ("dissolution_year",)
    if not dissolved or errors.get(path):
        return
    if founded and dissolved < founded:
        flat.refuse(
            errors, path, tk._("The group cannot be dissolved before it was founded: check the two years")
        )
    if flat.text(data, "group_status") != "dissolved":
        flat.refuse(
            errors,
            ("group_status",),
            tk._("You gave a year of dissolution: choose “Dissolved” here, or delete the year"),
        )


def participation_group_contact_grounds(
    key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context
) -> None:
    """Ask for the ground on which an e-mail or a telephone is published, and for the day of a consent."""
    basis, day = flat.text(data, "contact_basis"), flat.text(data, "contact_basis_date")
    has_contact = any(flat.text(data, name) for name in ("public_email", "public_phone"))
    if has_contact and not basis and not errors.get(("contact_basis",)):
        message = tk._(
            "Say on which ground the e-mail or the telephone is published. Without one delete both: personal "
            "data are not published"
        )
        flat.refuse(errors, ("contact_basis",), message)
    if errors.get(("contact_basis_date",)):
        return
    if basis == "consent" and not day:
        message = tk._("Give the day on which the consent was given; it holds for 24 months")
        flat.refuse(errors, ("contact_basis_date",), message)
    if day > clock.today(clock.now()).isoformat():
        message = tk._("{value} has not come yet: give today or an earlier day")
        flat.refuse(errors, ("contact_basis_date",), message.format(value=day))


def participation_group_premises(
    key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context
) -> None:
    """Refuse the address of somebody's home, and half of a position."""
    for number, part in flat.parts(data, "premises"):
        if part.get("private_home") == "true":
            message = tk._("A person's home is not published: delete this address, or give a public place")
            flat.refuse(errors, ("premises", number, "private_home"), message)
        refuse_half_position(errors, "premises", number, part)


def refuse_half_position(errors: FlattenErrorDict, name: str, number: int, part: flat.Part) -> None:
    """Ask for the other coordinate where there is one."""
    if ("lat" in part) != ("lon" in part):
        missing = "lon" if "lat" in part else "lat"
        message = tk._("Give both latitude and longitude, or neither")
        flat.refuse(errors, (name, number, missing), message)


def participation_group_certifications(
    key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context
) -> None:
    """Refuse a certification that ends before it begins."""
    for number, part in flat.parts(data, "certifications"):
        if not flat.in_order(part.get("valid_from"), part.get("valid_until")):
            message = tk._("The certification ends before it begins: check the two dates")
            flat.refuse(errors, ("certifications", number, "valid_until"), message)
