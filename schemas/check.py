"""Check every definition that ships: ``python -m ckanext.patrasparticipation.schemas.check``."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from .errors import InvalidDefinition, Problem
from .load import feed, record_type, vocabulary
from .read import read_yaml
from .validate import HERE, problems

PARTS = ("dataset_fields", "resource_fields", "fields")
SCHEMING = frozenset(
    {
        "dataset_organization",
        "organization_url_upload",
        "resource_format_autocomplete",
        "resource_url_upload",
        "tag_string_autocomplete",
    }
)
"""The presets of ckanext-scheming that our definitions may use; the others are ours."""
KINDS: Mapping[str, Callable[[str], Any]] = {"feeds": feed, "vocabularies": vocabulary, "types": record_type}


def check_all() -> list[Problem]:
    """Every fault in feeds, vocabularies, types and presets; an empty list means that all are sound."""
    found = [problem for kind, load in KINDS.items() for problem in _check_folder(kind, load)]
    return found + problems(read_yaml(HERE / "presets.yaml"), "presets.schema.yaml", "presets.yaml")


@cache
def presets() -> frozenset[str]:
    """The names a field may take as its preset."""
    ours = read_yaml(HERE / "presets.yaml")["presets"]
    return SCHEMING | {preset["preset_name"] for preset in ours}


def _check_folder(kind: str, load: Callable[[str], Any]) -> Iterator[Problem]:
    for path in sorted((HERE / kind).glob("*.yaml")):
        try:
            loaded = load(path.stem)
        except InvalidDefinition as error:
            yield from error.problems
            continue
        if kind == "types":
            yield from check_type(loaded, path.name)
        elif loaded.name != path.stem:
            yield Problem(path.name, "name", f"{loaded.name!r}, but the file is called {path.stem!r}")


def check_type(definition: Mapping[str, Any], file: str) -> Iterator[Problem]:
    """What a record type's schema cannot see: sections, vocabularies, default codes, fields given twice."""
    sections = [section["name"] for section in definition.get("sections", [])]
    for part in PARTS:
        fields = definition.get(part, [])
        names = [field["field_name"] for field in fields]
        for name in sorted({name for name in names if names.count(name) > 1}):
            yield Problem(file, part, f"given twice: {name}")
        for field in fields:
            place = f"{part}/{field['field_name']}"
            yield from _check_names(field, sections, place, file)
            yield from _check_vocabulary(field, place, file)
            for inner in field.get("repeating_subfields", []):
                yield from _check_names(inner, sections, f"{place}/{inner['field_name']}", file)
                yield from _check_vocabulary(inner, f"{place}/{inner['field_name']}", file)


def _check_names(
    field: Mapping[str, Any], sections: Sequence[str], place: str, file: str
) -> Iterator[Problem]:
    """The section and the preset that a field names are there."""
    for key, allowed in (("section", sections), ("preset", sorted(presets()))):
        if key in field and field[key] not in allowed:
            yield Problem(file, place, f"no {key} {field[key]!r}; there are: {', '.join(allowed)}")


def _check_vocabulary(field: Mapping[str, Any], place: str, file: str) -> Iterator[Problem]:
    """The vocabulary is there, and so are the codes that stand as default."""
    preset = field.get("preset", "")
    if preset.startswith("vocabulary") and "vocabulary" not in field:
        yield Problem(file, place, "the preset `vocabulary…` needs a `vocabulary`")
    if "vocabulary" in field and not preset.startswith(("vocabulary", "participation_computed")):
        yield Problem(file, place, "`vocabulary` and the preset `vocabulary…` belong together")
    if preset.startswith("participation_relation") != ("relation" in field):
        yield Problem(file, place, "`relation` and the preset `participation_relation…` belong together")
    if "vocabulary" not in field:
        return
    try:
        codes = [term.code for term in vocabulary(field["vocabulary"]).terms]
    except InvalidDefinition as error:
        yield from (Problem(file, place, problem.message) for problem in error.problems)
        return
    default = field.get("default", [])
    for code in [default] if isinstance(default, str) else default:
        if code not in codes:
            yield Problem(file, place, f"default {code!r} is not one of {', '.join(codes)}")


def main(found: Iterable[Problem]) -> int:
    """Print the faults, or what was checked; the exit code is 1 when there is a fault."""
    lines = [str(problem) for problem in found]
    counts = ", ".join(f"{len(list((HERE / kind).glob('*.yaml')))} {kind}" for kind in KINDS)
    sys.stdout.write("\n".join(lines or [f"Sound: {counts}"]) + "\n")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main(check_all()))
