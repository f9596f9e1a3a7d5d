"""The vocabularies as a record reads them: code or URI in, code and label out."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from ckanext.patrasparticipation.records import translated
from ckanext.patrasparticipation.schemas.definitions import Term
from ckanext.patrasparticipation.schemas.load import vocabulary

SHOWN = 40  # how many allowed codes an error names before it stops


@cache
def terms(name: str) -> Mapping[str, Term]:
    """The terms of a vocabulary by code, in its order."""
    return {term.code: term for term in vocabulary(name).terms}


@cache
def _codes_by_uri(name: str) -> Mapping[str, str]:
    known = vocabulary(name).terms
    pages = {
        term.attributes["url"]: term.code for term in known if "url" in term.attributes
    }  # a licence's own
    return pages | {term.uri: term.code for term in known if term.uri}


def code_of(name: str, value: str) -> str | None:
    """The code that the value is, or whose URI it is; nothing when the vocabulary has neither."""
    return value if value in terms(name) else _codes_by_uri(name).get(value)


def label(name: str, code: str, language: str) -> str:
    """The term's label in that language; the code itself when the vocabulary does not have it."""
    term = terms(name).get(code)
    return translated.in_language(term.label, language, code) if term else code


def uri(name: str, code: str) -> str | None:
    """The authority's URI of a code, where it has one."""
    term = terms(name).get(code)
    return term.uri if term else None


def allowed(name: str) -> str:
    """The codes of a vocabulary for an error message, the first of them when there are many."""
    codes = list(terms(name))
    return ", ".join(codes[:SHOWN]) + (", …" if len(codes) > SHOWN else "")
