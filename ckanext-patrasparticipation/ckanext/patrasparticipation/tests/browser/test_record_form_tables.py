"""Tables of participation by an editor's upload: a structure's points and its stock, a plan's actions."""

from __future__ import annotations

from typing import Any

import pytest

from . import desk
from .record_desk import RecordForm
from .staff_fixtures import Act, act, organization, seat, token
from .watch import Watched

__all__ = ["Act", "act", "organization", "seat", "token"]  # fixtures

CRITERIA = (
    "Κριτήριο;Μόρια;Δικαιολογητικό;Νομική βάση\n"
    "Μονογονεϊκό νοικοκυριό;15;Πιστοποιητικό οικογενειακής κατάστασης;\n"
    "Κανένα εισόδημα;12,5;Εκκαθαριστικό;\n"
)
STOCK = (
    "Περίοδος;Κατηγορία είδους;Μονάδα μέτρησης;Απόθεμα έναρξης;Εισαγωγές;Εξαγωγές;Απόθεμα λήξης\n"
    "2025-03;Τρόφιμα;kg;210,5;90;130;170,5\n2025-03;Είδη υγιεινής;τεμάχια;64;20;31;53\n"
)
PLAN = (
    "Στόχος;Δράση;Υπεύθυνη υπηρεσία;Έναρξη;Προθεσμία;Πορεία;Δείκτης;Προϋπολογισμός;Πηγή χρηματοδότησης\n"
    "Πόλη χωρίς εμπόδια;Ράμπες σε πενήντα διασταυρώσεις;Τεχνικές Υπηρεσίες;01/03/2025;30/11/2026;Σε εξέλιξη;"
    "Διασταυρώσεις με ράμπα;48.500,00;Ίδιοι πόροι\n"
)


@pytest.fixture(scope="module")
def form(seat: Watched) -> RecordForm:
    """The editor's form."""
    return RecordForm(seat)


def upload(form: RecordForm, address: str, role: str, content: str) -> list[dict[str, Any]]:
    """Add a file of a role to a record, look at its check, publish it; gives its rows."""
    page = form.watched.open(f"{address}/resource/new")
    page.evaluate(desk.OPEN_ALL)
    page.select_option("#field-resource_role", role)
    desk.give(page, f"{role}.csv", content.encode("windows-1253"), "#field-upload")
    desk.press(page, "button[value=go-dataset-complete], button[value=go-metadata]")
    assert page.url.endswith("/table"), page.locator("main").inner_text()[:800]
    resource = desk.resource_of(page)
    desk.publish(form.watched)
    found: list[dict[str, Any]] = desk.rows(form.watched, resource)["records"]
    return found


def test_rows_067_and_070_a_structure_publishes_its_points_and_its_stock(form: RecordForm) -> None:
    form.open("/initiative/new").common("Παντοπωλείο με μόρια", "Ένα κοινωνικό παντοπωλείο της πόλης.")
    form.choose(initiative_type="solidarity_structure", initiative_status="running", selection_model="points")
    form.tick(activity_field=["social_solidarity"], services_offered=["food"]).type(start_date="01/02/2025")
    form.page.locator("input[name=lead_org]").first.check()
    address = f"/initiative/{form.saved()['name']}"
    points = upload(form, address, "criteria", CRITERIA)
    assert {row["criterion"]: row["points"] for row in points} == {
        "Μονογονεϊκό νοικοκυριό": 15,
        "Κανένα εισόδημα": 12.5,
    }
    stock = upload(form, address, "stock_flow", STOCK)
    assert [row["opening"] + row["in"] - row["out"] for row in stock] == [row["closing"] for row in stock]


def test_row_080_the_actions_of_a_strategic_plan_stand_in_its_table(form: RecordForm) -> None:
    page = form.open("/dataset/new").page
    form.common("Σχέδιο για μια πόλη χωρίς εμπόδια", "Οι δράσεις του σχεδίου, με στόχο, χρόνο και πόρους.")
    form.tick(theme=["REGI"]).choose(license_id="CC_BY_4_0")
    desk.press(page, "button[name=save]")
    address = page.url.split("/resource/")[0].removeprefix(form.watched.address)
    (action,) = upload(form, address, "actions_plan", PLAN)
    assert (action["goal"], action["budget"], action["due_date"]) == (
        "Πόλη χωρίς εμπόδια",
        48500,
        "2026-11-30",
    )
