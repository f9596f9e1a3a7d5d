"""Words that found nothing are kept as words: nobody's data, no flood, no trouble for the search."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
import sqlalchemy as sa
from ckan import model
from ckan.plugins import toolkit as tk

from ckanext.patrasparticipation import clock
from ckanext.patrasparticipation.feeds import duties
from ckanext.patrasparticipation.model import SearchMiss
from ckanext.patrasparticipation.search import misses

PERSONAL = [
    "maria.papa@example.gr",
    "τηλέφωνο 2610 123 456",
    "6 9 7 1 2 3 4 5 6 7",
    "+30-697-1234567",
    "ΑΦΜ 123456789",
    "ΑΜΚΑ 01019012345",
    "IBAN GR16 0110 1250 0000 0001 2300 695",
    "όχημα ΑΧΑ-1234",
    "axa1234",
    "ταυτότητα ΑΒ 123456",
    "http://patras.example/user/maria",
]


def kept() -> dict[str, tuple[int, bool]]:
    model.Session.rollback()
    return {row.words: (row.count, row.closest) for row in model.Session.query(SearchMiss)}


@pytest.mark.parametrize("typed", PERSONAL)
def test_what_may_be_a_persons_data_is_not_kept(typed: str) -> None:
    assert misses.tidy(typed) is None


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("  ΟΔΟΝΤΊΑΤΡΟΣ \n ", "οδοντιατρος"),
        ("οδοντίατροι\0της Πάτρας", "οδοντιατροι της πατρας"),
        ("προϋπολογισμός 2023 - 2024", "προυπολογισμος 2023 2024"),
        ("ΚΤΕΛ 6", "κτελ 6"),
        ("<script>alert(1)</script>", "script alert 1 script"),
        ("ΨΔ3ΩΩΞΙ-ΖΥΛ", "ψδ3ωωξι-ζυλ"),
    ],
)
def test_words_are_kept_folded_and_trimmed(typed: str, words: str) -> None:
    assert misses.tidy(typed) == words


@pytest.mark.parametrize("typed", ["", "α", "?!", "\0\0", "\ud800", "λέξη " * 40, "x" * 10_000])
def test_what_is_no_search_is_not_kept(typed: str) -> None:
    assert misses.tidy(typed) is None


@pytest.mark.usefixtures("with_plugins", "clean_db")
def test_the_same_words_are_counted_and_the_callers_session_is_left_alone() -> None:
    model.Session.add(model.Tag("μισοτελειωμένο"))
    model.Session.flush()
    for typed, stage in (("Οδοντίατρος", "exact"), ("οδοντιατροσ", "any"), ("maria@example.gr", "exact")):
        misses.note(typed, stage)
    assert kept() == {"οδοντιατρος": (2, True)}  # and the rollback took the tag away
    assert model.Session.query(model.Tag).filter_by(name="μισοτελειωμένο").count() == 0


@pytest.mark.usefixtures("with_plugins", "clean_db")
def test_a_flood_of_words_does_not_fill_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(misses, "MOST", 3)
    for number in range(9):
        misses.note(f"λέξη{number}", "exact")
    misses.note("λέξη1", "exact")  # what is there already goes on being counted
    assert kept() == {"λεξη0": (1, False), "λεξη1": (2, False), "λεξη2": (1, False)}


@pytest.mark.usefixtures("with_plugins", "clean_db")
def test_a_database_that_refuses_does_not_stop_the_search(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(misses, "_UPSERT", sa.text("INSERT INTO no_such_table VALUES (:words)"))
    with caplog.at_level(logging.WARNING):
        misses.note("οδοντίατρος", "exact")
    assert "ProgrammingError" in caplog.text
    assert "οδοντ" not in caplog.text


@pytest.mark.usefixtures("with_plugins", "clean_db")
def test_a_row_that_somebody_holds_does_not_hold_the_search() -> None:
    misses.note("οδοντίατρος", "exact")
    with model.meta.engine.begin() as other:
        other.execute(sa.text("SELECT 1 FROM participation_search_miss FOR UPDATE"))
        before = datetime.now(timezone.utc)
        misses.note("οδοντίατρος", "exact")
        assert datetime.now(timezone.utc) - before < timedelta(seconds=3)
    assert kept()["οδοντιατρος"] == (1, False)


@pytest.mark.usefixtures("with_plugins", "clean_db")
def test_staff_see_what_was_asked_twice_and_nobody_what_is_old(monkeypatch: pytest.MonkeyPatch) -> None:
    today = clock.now()
    for back, typed, times in ((100, "τραμ", 5), (40, "τρένο", 3), (2, "οδοντίατρος", 2), (0, "μία φορά", 1)):
        monkeypatch.setattr(clock, "now", lambda back=back: today - timedelta(days=back))
        for _ in range(times):
            misses.note(typed, "exact")
    monkeypatch.setattr(clock, "now", lambda: today)
    assert [(row["words"], row["count"]) for row in misses.most_asked(30)] == [("οδοντιατρος", 2)]
    assert [row["words"] for row in misses.most_asked(90)] == ["τρενο", "οδοντιατρος"]
    assert misses.forget() == 1
    assert "τραμ" not in kept()
    assert misses.forget() == 0


@pytest.mark.usefixtures("with_plugins", "clean_db")
def test_the_worker_forgets_by_itself(app: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(tk.config, "ckanext.patrasparticipation.search_miss_days", 10)
    model.Session.add(
        SearchMiss(day=clock.now().date() - timedelta(days=11), words="τραμ", count=1, closest=False)
    )
    model.Session.commit()
    tasks = duties.tasks(app.flask_app).tasks
    tasks["forget"].func(0)
    assert kept() == {}
