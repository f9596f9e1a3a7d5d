"""What a Pabulib file must say besides having its form: keys, numbers, and sums that agree."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from .pabulib_file import Fault, Pabulib, Section

KEYS = (
    "description", "country", "unit", "instance", "num_projects", "num_votes", "budget", "vote_type", "rule",
    "date_begin", "date_end",
)  # fmt: skip
"""Keys that META must have."""
_NUMBER = re.compile(r"^\d+([.,]\d+)?$")
_WHOLE = re.compile(r"^\d+$")


def faults(file: Pabulib) -> list[Fault]:
    """Every fault of a file, by line; the form first, and what it says only where the form is right."""
    found = list(file.faults)
    for name in ("META", "PROJECTS"):
        if name not in file.sections and not file.faults:
            found.append(Fault(1, "pabulib_lacks_section", {"section": name}))
    if not found:
        found += [*_meta(file), *_projects(file), *_votes(file)]
    return sorted(found, key=lambda fault: fault.line)


def _meta(file: Pabulib) -> Iterator[Fault]:
    section = file.sections["META"]
    lines = {cells[0].strip(): line for line, cells in section.rows}
    for key in KEYS:
        if not file.meta.get(key):
            yield Fault(lines.get(key, section.line), "pabulib_key", {"key": key})
    if (budget := file.meta.get("budget")) and not _NUMBER.match(budget):
        yield Fault(lines["budget"], "pabulib_number", {"column": "budget", "found": budget[:60]})
    for key, name in (("num_projects", "PROJECTS"), ("num_votes", "VOTES")):
        if (said := file.meta.get(key)) and name in file.sections:
            there = len(file.sections[name].rows)
            if said != str(there):
                yield Fault(lines[key], "pabulib_count", {"key": key, "expected": said[:20], "found": there})


def _projects(file: Pabulib) -> Iterator[Fault]:
    section = file.sections["PROJECTS"]
    yield from _repeated(section, "project_id")
    for column, form in (("cost", _NUMBER), ("votes", _WHOLE)):
        for line, cell in section.column(column):
            if not form.match(cell):
                yield Fault(line, "pabulib_number", {"column": column, "found": cell[:60]})


def _votes(file: Pabulib) -> Iterator[Fault]:
    """Votes are for projects that are there; where each has a vote of its own, they add up."""
    if "VOTES" not in file.sections:
        return
    section, projects = file.sections["VOTES"], file.sections["PROJECTS"]
    yield from _repeated(section, "voter_id")
    known = {cell for _line, cell in projects.column("project_id")}
    given: Counter[str] = Counter()
    for line, cell in section.column("vote"):
        chosen = [one.strip() for one in cell.split(",") if one.strip()]
        given.update(chosen)
        for one in chosen:
            if one not in known:
                yield Fault(line, "pabulib_unknown_project", {"found": one[:60]})
    if file.meta.get("vote_type") == "approval":
        stated = projects.column("votes")
        for (line, said), (_line, project) in zip(stated, projects.column("project_id"), strict=False):
            if _WHOLE.match(said) and int(said) != given[project]:
                params = {"project": project[:60], "expected": said, "found": given[project]}
                yield Fault(line, "pabulib_votes", params)


def _repeated(section: Section, column: str) -> Iterator[Fault]:
    seen: set[str] = set()
    for line, cell in section.column(column):
        if cell in seen:
            yield Fault(line, "pabulib_repeated", {"column": column, "found": cell[:60]})
        seen.add(cell)
