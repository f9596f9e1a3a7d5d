"""The answers of Open311 servers, in JSON or XML: lists of flat things, or errors."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree

from ..errors import SourceChanged, SourceUnavailable
from . import sniff


def of_json(answer: Any, item: str, address: str) -> list[dict[str, Any]]:
    """The things of a list, bare or under its name; numbers, texts and missing keys as they come.

    Raises:
        SourceUnavailable: ``source_error``.
        SourceChanged: ``answer_shape``.
    """
    if isinstance(answer, dict):
        answer = next((answer[name] for name in _names(item) if name in answer), [answer])
    if not isinstance(answer, list) or not all(isinstance(thing, dict) for thing in answer):
        raise SourceChanged("answer_shape", address=address, problem=f"no list of {item}s")
    for thing in answer:
        _no_error(thing, item, address)
    return [{name: _flat(value) for name, value in thing.items()} for thing in answer]


def of_xml(body: bytes, item: str, address: str) -> list[dict[str, Any]]:
    """The same out of XML; an empty element is nothing. No entity is expanded and nothing is fetched.

    Raises:
        SourceUnavailable: ``source_error``, ``truncated``.
        SourceChanged: ``answer_shape``: a web page, or XML with a fault, with its position.
    """
    if sniff.is_page(body[: sniff.HEAD]):
        raise SourceChanged("answer_shape", address=address, problem="HTML")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(body, parser)
    except etree.XMLSyntaxError as error:
        if "Premature end" in str(error.msg):
            raise SourceUnavailable("truncated", where=address) from error
        where = f"XML: line {error.lineno}, column {error.offset}"
        raise SourceChanged("answer_shape", address=address, problem=where) from error
    if root.getroottree().docinfo.doctype:
        raise SourceChanged("answer_shape", address=address, problem="XML: DOCTYPE")
    if root.tag == "errors":
        said = " ".join(" ".join(root.itertext()).split())
        raise SourceUnavailable("source_error", problem=said[:300])
    if root.tag not in (*_names(item), "requests"):
        raise SourceChanged("answer_shape", address=address, problem=f"no list of {item}s")
    return [dict(_cells(thing)) for thing in root.iterchildren(item)]


def _names(item: str) -> tuple[str, str]:
    return f"{item}s", f"service_{item}s"


def _cells(thing: etree._Element) -> Iterator[tuple[str, str | None]]:
    for cell in thing.iterchildren(tag=etree.Element):
        text = " ".join(" ".join(cell.itertext()).split())
        yield str(cell.tag), text or None


def _no_error(thing: dict[str, Any], item: str, address: str) -> None:
    """An error comes as ``{"code": 403, "description": "…"}``, also with status 200."""
    told = thing.get("service_code" if item == "service" else "service_request_id")
    if told is None and "code" in thing:
        raise SourceUnavailable("source_error", problem=f"{thing['code']}: {thing.get('description')}"[:300])


def _flat(value: Any) -> Any:
    """FixMyStreet nests who is responsible: ``{"recipient": ["…"]}``."""
    if isinstance(value, dict):
        value = value.get("recipient")
    if isinstance(value, list):
        return ";".join(str(one) for one in value) or None
    return None if value == "" else value
