"""Addresses that staff write: a link is a link, and a source is public.

CKAN 2.12.0 stores ``javascript:`` as a resource's address (its download is then a 500), and harvest takes
a path on the server's disk or an address of its own network. May go when both refuse them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from ckan import model
from ckan.plugins import toolkit as tk
from ckan.types import Context, DataDict

from ckanext.patrasparticipation.config import allow_private
from ckanext.patrasparticipation.guards.harvest import TYPE
from ckanext.patrasparticipation.harvesters import addresses, wire

SCHEMES = ("http", "https", "ftp", "ftps", "sftp")


@tk.chained_action
def package_create(up: Callable[..., Any], context: Context, data_dict: DataDict) -> Any:
    """Create a dataset whose addresses may be followed; raises ``ValidationError`` on one that may not."""
    check(data_dict, data_dict.get("type"))
    return up(context, data_dict)


@tk.chained_action
def package_update(up: Callable[..., Any], context: Context, data_dict: DataDict) -> Any:
    """The same for a change; patching, revising and adding resources come through here.

    Who sends back what ``package_show`` answered has not changed ``linked_from``, which is no field.
    """
    data_dict.pop("linked_from", None)
    package = model.Package.get(data_dict.get("id") or data_dict.get("name"))
    check(data_dict, package.type if package else None)
    return up(context, data_dict)


def check(record: dict[str, Any], kind: str | None) -> None:
    """Raise ``ValidationError`` naming the field whose address no reader, or no harvest, should follow."""
    if kind == TYPE and (problem := source_problem(record.get("url"))):
        raise tk.ValidationError({"url": [problem]})
    if is_script(record.get("url")):
        raise tk.ValidationError({"url": [_wrong(record["url"])]})
    resources = record.get("resources") or []
    if not isinstance(resources, list):
        return  # CKAN says so itself
    wrong = [isinstance(each, dict) and is_script(each.get("url")) for each in resources]
    if any(wrong):
        errors: list[Any] = [
            {"url": [_wrong(each["url"])]} if bad else {} for each, bad in zip(resources, wrong, strict=True)
        ]
        raise tk.ValidationError({"resources": errors})


def _wrong(address: str) -> str:
    return tk._("“{address}” is not an address of a file. Expected: http, https or ftp.").format(
        address=address[:80]
    )


def is_script(address: Any) -> bool:
    """Whether an address has a scheme that no file has, also behind blanks or control characters."""
    if not isinstance(address, str):
        return False
    plain = "".join(letter for letter in address if letter > " " and letter != "\x7f")
    scheme, colon, rest = plain.partition(":")
    if not colon or not scheme[:1].isalpha() or not all(each.isalnum() or each in "+-." for each in scheme):
        return False
    is_port = rest[:1].isdecimal() or "." in scheme
    return scheme.lower() not in SCHEMES and not is_port


def source_problem(address: Any) -> str | None:
    """Why a harvest source may not have this address: not https, a password in it, or not public."""
    try:
        url = addresses.parse(address)
        host = addresses.host_of(url)
        if url.scheme != "https" and host not in allow_private():
            return tk._("A harvest source is read over https, unless the site's settings allow its host.")
        addresses.check(address, host, _resolved(host, urlsplit(address).port or 443), allow_private())
    except addresses.AddressRefused as refused:
        return refused.text["el" if tk.h.lang() == "el" else "en"]
    return None


def _resolved(host: str, port: int) -> list[str]:
    """The host's addresses; none where nobody knows the host now, for each fetch asks again."""
    ip = addresses.literal(host)
    try:
        return [str(ip)] if ip else wire.resolve(host, port)
    except OSError:
        return []
