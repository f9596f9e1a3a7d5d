"""How the form of a record behaves in the hand: parts, records picked by name, errors, drafts, no scripts."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from .desk import asked, press, reach
from .record_desk import RecordForm
from .staff_fixtures import Act, act, organization, seat, token
from .test_axe import violations
from .watch import Watched

__all__ = ["act", "organization", "seat", "token"]  # fixtures


@pytest.fixture(scope="module")
def form(seat: Watched) -> RecordForm:
    """The editor's form."""
    return RecordForm(seat)


@pytest.fixture(scope="module")
def groups(act: Act, organization: dict[str, str]) -> list[dict[str, Any]]:
    """Two groups that may be picked, and a third that nobody else may see."""
    texts = {"notes_translated": {"el": "Για τη δοκιμή."}, "mission_translated": {"el": "Δοκιμή."}}
    codes = {"group_type": "movement", "area_of_action": "municipality", "legal_status": "unregistered"}
    sound = {"type": "citizen_group", "owner_org": organization["id"], "private": False, **texts, **codes}
    sound |= {"theme": ["SOCI"], "activity_field": ["sport"]}
    titles = ("Δρομείς της παραλίας", "Κολυμβητές της παραλίας")
    return [act("package_create", title_translated={"el": title}, **sound) for title in titles]


@pytest.fixture
def started(form: RecordForm) -> RecordForm:
    """A new initiative in which everything stands that must."""
    form.open("/initiative/new").common("Δοκιμή της φόρμας", "Μια πρωτοβουλία για τη δοκιμή.")
    form.choose(initiative_type="campaign", initiative_status="idea")
    form.page.locator("input[name=lead_org]").first.check()
    return form.tick(activity_field=["sport"])


def unfold(page: Page) -> None:
    """Open every section by its title, as a browser without scripts does."""
    folded = page.locator("main details:not([open]) > summary")
    while folded.count():
        folded.first.click()


def references(record: dict[str, Any]) -> list[str]:
    return [one["reference"] for one in record["funding"]]


def test_parts_are_added_moved_removed_and_brought_back_by_keyboard(started: RecordForm) -> None:
    form, page = started, started.page
    for at in range(3):
        reach(page, "#field-funding > .participation-parts-add button")
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id").startswith("field-funding-")  # in the new part
        base = f"field-funding-{form.parts('funding').last.get_attribute('data-part')}"
        page.select_option(f"#{base}-programme", "DONATIONS")
        page.fill(f"#{base}-reference", f"Δωρεά {at}")
    titles = page.locator("#field-funding .participation-part-fields:not([hidden]) > legend")
    expect(titles).to_have_text(["Πηγή χρηματοδότησης 1", "Πηγή χρηματοδότησης 2", "Πηγή χρηματοδότησης 3"])

    form.parts("funding").nth(2).locator("[data-act=up]").press("Enter")
    assert page.evaluate("document.activeElement.dataset.act") == "up"  # the focus stays with the part
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.dataset.act") == "down"  # it cannot go higher
    expect(form.parts("funding").first.locator("input[id$=-reference]")).to_have_value("Δωρεά 2")
    assert "τώρα στη θέση 1" in page.locator("#field-funding > [role=status]").inner_text()

    form.parts("funding").nth(1).locator("[data-act=remove]").press("Enter")
    assert page.evaluate("document.activeElement.dataset.act") == "undo"
    assert form.parts("funding").count() == 2
    page.keyboard.press("Enter")
    assert form.parts("funding").count() == 3
    form.parts("funding").nth(2).locator("[data-act=remove]").press("Enter")
    made = form.saved()
    assert references(made) == ["Δωρεά 2", "Δωρεά 0"]

    form.open(f"/initiative/edit/{made['name']}")
    for _part in range(2):
        form.parts("funding").first.locator("[data-act=remove]").click()
    assert not form.saved().get("funding")


def test_a_dozen_parts_keep_their_order_and_one_of_them_moves(started: RecordForm) -> None:
    for at in range(12):
        started.add("funding", {"programme": "OTHER"}, reference=f"Π{at}")
    made = started.saved()
    assert references(made) == [f"Π{at}" for at in range(12)]
    started.open(f"/initiative/edit/{made['name']}")
    started.parts("funding").nth(11).locator("[data-act=up]").click()
    assert references(started.saved()) == [*(f"Π{at}" for at in range(10)), "Π11", "Π10"]


def test_what_is_wrong_in_a_part_stands_there_and_everything_typed_stays(started: RecordForm) -> None:
    form, page = started, started.page
    form.add("partners", name="Πόλη Α")
    form.add("partners", name="Πόλη Β", url="όχι διεύθυνση")
    form.add("funding", {"programme": "LIFE"}, amount_total="πολλά", amount_grant="1.000,50 €")
    form.type(start_date="32/13/2024", participants_total="περίπου εκατό", website="https://example.gr")
    form.page.uncheck("#field-language-ELL")
    form.send()
    errors = page.locator("#participation-errors")
    assert page.evaluate("document.activeElement.id") == "participation-errors"
    told = errors.inner_text()
    assert "Εταίρος 2, Ιστοσελίδα" in told
    assert "Πηγή χρηματοδότησης 1, Προϋπολογισμός" in told
    for control, typed in {
        "partners-0-name": "Πόλη Α", "partners-1-url": "όχι διεύθυνση", "funding-0-amount_total": "πολλά",
        "funding-0-amount_grant": "1.000,50 €", "start_date": "32/13/2024",
        "participants_total": "περίπου εκατό",
        "website": "https://example.gr", "title_translated-el": "Δοκιμή της φόρμας",
    }.items():  # fmt: skip
        assert page.input_value(f"#field-{control}") == typed
    assert not page.is_checked("#field-language-ELL")
    assert page.get_attribute("#field-partners-1-url", "aria-invalid") == "true"
    assert page.locator("#field-partners-1-url-error").inner_text()

    page.evaluate("document.querySelectorAll('main details').forEach((part) => { part.open = false; })")
    errors.get_by_role("link", name="Εταίρος 2, Ιστοσελίδα").click()
    assert page.evaluate("document.activeElement.id") == "field-partners-1-url"
    assert page.locator("#field-partners-1-url").is_visible()
    assert violations(page) == []
    form.watched.open("/")  # leave, whatever the page asks


def test_leaving_with_unsaved_changes_is_asked_about_and_saving_is_not(form: RecordForm) -> None:
    form.asked.clear()
    form.open("/citizen_group/new")
    form.page.locator("#field-title_translated-el").press_sequentially("Ομάδα")
    assert form.page.locator("[data-participation-unsaved]").is_visible()
    form.watched.open("/participation/new")
    assert form.asked == ["beforeunload"]
    form.open("/citizen_group/new")
    form.page.locator("#field-title_translated-el").press_sequentially("Ομάδα")
    form.send()
    assert form.asked == ["beforeunload"]
    form.watched.open("/")  # what was refused is not saved either
    assert form.asked == ["beforeunload", "beforeunload"]


def test_a_draft_may_lack_what_a_record_must_have_and_is_completed_later(form: RecordForm) -> None:
    form.open("/citizen_group/new").type(title_translated__el="Ημιτελής ομάδα")
    missing = form.page.locator(".participation-contents li:not(.is-complete)")
    before = missing.count()
    assert before
    draft = form.saved("draft")
    assert (draft["state"], draft["type"]) == ("draft", "citizen_group")
    form.open(f"/citizen_group/edit/{draft['name']}")
    assert "Πρόχειρο" in form.page.locator("h1").inner_text()
    form.type(notes_translated__el="Τώρα ολόκληρη.", mission_translated__el="Κάτι.")
    form.choose(
        group_type="movement", area_of_action="municipality", legal_status="unregistered", private="False"
    )
    form.tick(activity_field=["sport"])
    assert missing.count() == 0
    made = form.saved()
    assert (made["id"], made["state"]) == (draft["id"], "active")
    assert asked(form.watched, "package_search", fq=f"id:{made['id']}")["count"] == 1


def test_records_are_picked_by_name_put_in_order_and_taken_out(
    started: RecordForm, groups: list[dict[str, Any]]
) -> None:
    form, page = started, started.page
    runners, swimmers = groups
    form.find("run_by", "δρομ", "Δρομείς της παραλίας")
    form.find("run_by", "kolymv", "Κολυμβητές της παραλίας")
    page.locator("#field-run_by").press_sequentially("παραλ")
    page.locator(".participation-relation-box [role=option]").first.wait_for()
    assert violations(page) == []
    page.keyboard.press("Escape")
    page.fill("#field-run_by", "")
    chosen = page.locator(".participation-relation", has=page.locator("#field-run_by")).locator(
        ".participation-chosen > li"
    )
    chosen.nth(1).locator("[data-act=up]").press("Enter")
    made = form.saved()
    assert made["run_by"] == [swimmers["id"], runners["id"]]
    form.open(f"/initiative/edit/{made['name']}")
    chosen.first.locator("[data-act=remove]").press("Enter")
    page.fill("#field-related_dataset", f"{form.watched.address}/citizen_group/{swimmers['name']}")
    again = form.saved()
    assert (again["run_by"], again["related_dataset"]) == ([runners["id"]], [swimmers["id"]])

    form.open(f"/initiative/edit/{made['name']}").type(
        answers_consultation=runners["name"], about_works="δεν-υπάρχει"
    )
    form.send()
    assert page.locator("#field-answers_consultation-error").count() == 1
    assert "δεν-υπάρχει" in page.locator("#field-about_works-error").inner_text()
    form.watched.open("/")


def test_the_form_works_without_scripts(
    form: RecordForm, groups: list[dict[str, Any]], organization: dict[str, str]
) -> None:
    browser = form.page.context.browser
    assert browser
    state = form.page.context.storage_state()
    context = browser.new_context(java_script_enabled=False, storage_state=state, locale="el-GR")
    plain = RecordForm(Watched(context.new_page(), form.watched.address))
    page = plain.page
    page.goto(f"{form.watched.address}/initiative/new")
    unfold(page)
    plain.common("Χωρίς σενάρια", "Η φόρμα χωρίς σενάρια.").tick(activity_field=["sport"])
    plain.choose(initiative_type="campaign", initiative_status="idea", funding__0__programme="LIFE")
    plain.type(funding__0__reference="Α", run_by=groups[0]["name"])
    plain.send()
    name = page.url.rsplit("/", 1)[-1]
    made = asked(form.watched, "package_show", id=name)
    assert (references(made), made["run_by"]) == (["Α"], [groups[0]["id"]])
    page.goto(f"{form.watched.address}/initiative/edit/{name}")
    unfold(page)
    page.check("#field-funding-0-_remove")
    plain.choose(funding__1__programme="OTHER").type(funding__1__reference="Β", run_by=groups[1]["id"])
    page.uncheck("#field-run_by-1")
    plain.send()
    made = asked(form.watched, "package_show", id=name)
    assert (references(made), made["run_by"]) == (["Β"], [groups[1]["id"]])
    context.close()


def test_staff_choose_what_to_add_from_one_page(form: RecordForm, organization: dict[str, str]) -> None:
    page = form.watched.open("/dashboard/datasets")
    press(page, ".page_primary_action a[href$='/participation/new'], a.btn[href*='/participation/new']")
    links = page.locator(".participation-kinds a")
    expect(links).to_have_text(
        ["Σύνολο δεδομένων", "Ομάδα πολιτών", "Πρωτοβουλία", "Διαβούλευση", "Έργο", "Δείκτης"]
    )
    press(page, ".participation-kinds a[href*='/initiative/new']")
    assert page.locator("h1").inner_text() == "Νέα εγγραφή: Πρωτοβουλία"
    assert re.match("Νέα εγγραφή: Πρωτοβουλία", page.title())
    assert "σύνολο" not in page.locator("main").inner_text().split("\n")[0].casefold()
    form.watched.open(f"/organization/{organization['id']}")
    assert page.locator("a[href$='/participation/new?group=dimos-dokimon']").count() == 1
    assert form.watched.problems == []
