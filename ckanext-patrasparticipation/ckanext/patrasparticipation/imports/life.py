"""The life of an import: the file is kept and tried, then written by the worker, seen, and undone.

What was done is written with the records, in their transaction: a worker that is killed leaves a number of
whole batches, and the next one goes on after them.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import IO, Any

from ckan import model
from ckan.lib.search import SearchIndexError
from ckan.plugins import toolkit as tk

from .. import clock
from ..feeds import database, jobs, runs
from ..model import Import, ImportRow
from ..records import incoming
from ..records.incoming import Outcome, Wish
from . import files, problems, work
from .opening import Unreadable
from .work import Findings, Sheet

log = logging.getLogger(__name__)

CHECKING, CHECKED, WAITING, RUNNING, DONE, FAILED, UNDONE = (
    "checking", "checked", "waiting", "running", "done", "failed", "undone",
)  # fmt: skip
FOR_GOOD = ("unreadable", "no_file")
"""Reasons of a failure that only another file mends."""
NOW = 300
"""Rows up to which a file is tried while its owner waits; a larger one is tried by the worker."""


def begin(record_type: str, owner_org: str, file_name: str, stream: IO[bytes], actor: str) -> Import:
    """Keep a file; gives the import that waits to be tried. The caller's transaction is committed."""
    one = Import(
        type=record_type,
        owner_org=owner_org,
        actor=actor,
        status=CHECKING,
        file_name=file_name[:200],
        held=files.keep(stream),
        wish={"language": _language()},
    )
    model.Session.add(one)
    model.Session.commit()
    return one


def _language() -> str:
    return str(tk.h.lang()) if tk.h.lang() in ("el", "en") else "el"


def check(one: Import) -> None:
    """Try a file, now or by the worker; what came of it stands in the import's row."""
    sheet = _read(one)
    if sheet is None:
        return
    if sheet.total > NOW and one.started is None:
        one.total, one.started = sheet.total, clock.now()
        model.Session.commit()
        jobs.ask_to_import(str(one.id))
        return
    try:
        found = work.trial(sheet, _wish(one, dry_run=True), lambda done, total: _note(one.id, position=done))
    except tk.NotAuthorized:
        model.Session.rollback()
        _fail(one.id, "forbidden", tk._("You may not publish for this organisation."))
        return
    unknown = problems.unknown(sheet.table.unknown)
    _note(
        one.id,
        status=CHECKED,
        position=0,
        total=sheet.total,
        counts=dict(found.counts),
        problems=[problems.plain(each) for each in found.problems],
        wish={**one.wish, "unknown": unknown, "drafts": found.drafts, "kept": found.kept},
    )


def write(one: Import) -> None:
    """Write the rows, from where an earlier worker was; what stopped it stands in the import's row."""
    import_id = str(one.id)
    with _alone(import_id) as mine:
        if not mine:
            return
        sheet = _read(one)
        if sheet is None:
            return
        start, counts = int(one.position), one.counts if one.position else {}
        told = list(one.problems) if one.position else [problems.plain(each) for each in sheet.table.problems]
        _note(import_id, status=RUNNING, total=sheet.total, counts=counts, problems=told, reason=None)
        try:
            for _outcome in work.write(sheet, _wish(one, kept=_keeper(import_id, sheet)), start=start):
                pass
            _note(import_id, status=DONE, finished=clock.now())
        except tk.NotAuthorized:
            model.Session.rollback()
            _fail(import_id, "forbidden", tk._("You may not publish for this organisation."))
        except SearchIndexError:
            model.Session.rollback()
            sentence = tk._("The search does not answer. Go on when it does: nothing is done twice.")
            _fail(import_id, "away", sentence)


def work_on(import_id: str) -> None:
    """What the worker does with an import that waits: try it, or write it."""
    one = model.Session.get(Import, import_id)
    if one is not None and one.status == CHECKING:
        check(one)
    elif one is not None and one.status in (WAITING, RUNNING):
        write(one)


def _read(one: Import) -> Sheet | None:
    """The spreadsheet, or nothing where it cannot be read; then the row says why."""
    path = files.path(str(one.held))
    if not one.held or not path.is_file():
        _fail(one.id, "no_file", tk._("The file is not kept any more. Give it again."))
        return None
    try:
        return work.read(path, str(one.file_name), str(one.type), one.wish.get("language", "el"))
    except Unreadable as error:
        _fail(one.id, "unreadable", str(error))
        return None


def _wish(one: Import, **more: Any) -> Wish:
    return Wish(
        type=str(one.type),
        owner_org=str(one.owner_org),
        user=str(one.actor),
        fetched_at=one.created,
        import_id=str(one.id),
        **more,
    )


def _note(import_id: str, **values: Any) -> None:
    one = model.Session.get_one(Import, import_id)
    for name, value in values.items():
        setattr(one, name, value)
    model.Session.commit()


def _fail(import_id: str, code: str, sentence: str) -> None:
    log.warning("import %s: %s: %s", import_id, code, sentence)
    _note(import_id, status=FAILED, finished=clock.now(), reason={"code": code, "text": sentence})


def _keeper(import_id: str, sheet: Sheet) -> incoming.Kept:
    """Writes down what was done with rows, in the transaction that does it; a second try takes the place."""

    def keep(outcomes: Sequence[Outcome]) -> None:
        if not outcomes:
            return
        one = model.Session.get_one(Import, import_id)
        counts, found = Counter(one.counts), Findings()
        for outcome in outcomes:
            counts -= _earlier(import_id, outcome.number)
            found.add(outcome, sheet)
            if outcome.what != incoming.UNCHANGED:
                model.Session.merge(_row(import_id, outcome, found))
        again = {sheet.table.rows[outcome.number].line for outcome in outcomes}
        main = sheet.table.rows[0].sheet if sheet.table.rows else ""
        known = [each for each in one.problems if each["sheet"] != main or each["row"] not in again]
        new = [problems.plain(each) for each in found.problems]
        one.problems = [*known, *new][: problems.MOST]
        one.counts = dict(counts + found.counts)
        one.position = max(int(one.position), outcomes[-1].number + 1)

    return keep


def _earlier(import_id: str, number: int) -> Counter[str]:
    """What the first try of a row came to, which the second takes the place of."""
    row = model.Session.get(ImportRow, (import_id, number))
    return Counter({row.outcome: 1}) if row else Counter()


def _row(import_id: str, outcome: Outcome, found: Findings) -> ImportRow:
    told = {"missing": list(outcome.missing), "kept": list(outcome.kept)}
    return ImportRow(
        import_id=import_id,
        number=outcome.number,
        outcome=outcome.what,
        package_id=outcome.package_id if outcome.what != incoming.REFUSED else None,
        title=outcome.title[:300],
        before=dict(outcome.before) if outcome.before is not None else None,
        modified=outcome.modified,
        told={name: value for name, value in told.items() if value} or None,
    )


@contextmanager
def _alone(import_id: str) -> Iterator[bool]:
    """Whether nobody else is at this import; the claim ends with the process."""
    with (
        database.connect(database.MAIN, autocommit=True) as connection,
        runs.lock(connection, f"import:{import_id}") as mine,
    ):
        yield mine


def is_held(import_id: str) -> bool:
    """Whether a worker is at it now."""
    with _alone(import_id) as free:
        return not free
