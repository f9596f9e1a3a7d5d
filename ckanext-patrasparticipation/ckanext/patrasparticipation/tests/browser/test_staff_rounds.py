"""A published table gets another file: errors, personal data, what is lost; kept, taken back, restored."""

from __future__ import annotations

from pathlib import Path

from .desk import HEADER, OPEN_ALL, give, press, publish, reach, resource_of, text, tick, write
from .staff_fixtures import Act, act, organization, seat, table, token
from .test_axe import WIDTHS, violations
from .watch import Watched

__all__ = ["act", "organization", "seat", "table", "token"]  # fixtures


def clean(watched: Watched, where: str) -> None:
    """Nothing against the page as it stands, at both widths."""
    met = list(watched.problems)
    watched.page.evaluate(OPEN_ALL)
    for width in WIDTHS:
        watched.page.set_viewport_size({"width": width, "height": 900})
        assert violations(watched.page) == [], (where, width)
        assert watched.too_wide() == [], (where, width)
    watched.page.set_viewport_size({"width": 1280, "height": 900})
    watched.problems[:] = met  # axe asks for the sheets of the page by addresses that are not theirs


def test_errors_are_told_by_row_and_column_and_mended_in_another_round(
    seat: Watched, act: Act, table: str, pictures: Path
) -> None:
    page = seat.open(f"{table}/table")
    give(page, "ισχύς.csv", text(61, wrong=7))
    assert page.evaluate("document.activeElement.id") == "verdict"
    told = page.locator("#refused table").first.inner_text()
    assert "Ισχύς" in told
    assert "«πολλά»: δεν είναι ακέραιος" in told
    reach(page, "#refused summary")
    page.keyboard.press("Enter")
    assert page.locator("#refused details tbody td").first.inner_text() == "9"
    seat.picture(pictures, "staff-refused")
    clean(seat, "refused")
    press(page, "button[value=publish]")
    assert page.evaluate("document.activeElement.id") == "table-errors"
    assert page.locator("#table-errors a").get_attribute("href") == "#accept-too_many_rejected"
    give(page, "ισχύς.csv", text(61))
    assert page.locator("#refused").count() == 0
    assert "1 νέα γραμμή" in page.locator("#change").inner_text()
    publish(seat)
    assert act("datastore_search", resource_id=resource_of(page))["total"] == 61


def test_personal_data_stop_at_the_door_and_a_column_is_left_out(
    seat: Watched, act: Act, table: str, pictures: Path
) -> None:
    page = seat.open(f"{table}/table")
    people = [f"Φ{n:04d};Ερμού;70;6,5;polites{n}@example.gr" for n in range(61)]
    give(page, "άνθρωποι.csv", "\n".join([f"{HEADER};E-mail", *people]).encode())
    assert "προσωπικά δεδομένα" in page.locator("#verdict h2").inner_text()
    assert "E-mail" in page.locator("#personal").inner_text()
    assert "διευθύνσεις ηλεκτρονικού ταχυδρομείου" in page.locator("#personal table").inner_text()
    assert "polites0@" not in page.locator("#verdict").inner_text() + page.locator("#personal").inner_text()
    assert page.locator("button[value=publish]").count() == 0
    seat.picture(pictures, "staff-personal")
    clean(seat, "personal")
    page.reload()
    reach(page, "#columns li:nth-child(5) summary")
    page.keyboard.press("Enter")
    tick(page, "#use-4")
    press(page, "button[value=check]")
    assert page.locator("#verdict.table-good").count() == 1
    assert "E-mail" not in page.locator("#first").inner_text()
    reach(page, "#away summary")
    page.keyboard.press("Enter")
    press(page, "#away button.btn-danger")
    assert act("participation_table_show", resource_id=resource_of(page))["file"] is None


def test_a_lost_column_and_a_big_drop_ask_and_what_is_refused_leaves_the_good_table(
    seat: Watched, act: Act, table: str, pictures: Path
) -> None:
    page = seat.open(f"{table}/columns")
    resource = resource_of(page)
    before = act("datastore_search", resource_id=resource)["total"]
    write(page, "#label_en-odos", "Street")
    write(page, "#about_el-odos", "Όπως στο κτηματολόγιο.")
    press(page, "main button[type=submit]")
    assert "Όπως στο κτηματολόγιο." in str(page.locator("#dictionary").text_content())

    seat.open(f"{table}/table")
    give(page, "κομμένο.csv", text(20, "Κωδικός;Οδός"))
    change = page.locator("#change").inner_text()
    assert "Ύψος (m)" in change
    assert f"{before - 20} αφαιρούνται" in change
    press(page, "button[value=publish]")
    assert page.locator("#table-errors li").count() == 2
    seat.picture(pictures, "staff-asks")
    tick(page, "#accept-columns_lost")
    press(page, "button[value=publish]")
    assert page.locator("#table-errors li").count() == 1
    assert page.locator("#accept-columns_lost").is_checked()
    give(page, "σκουπίδια.csv", "\n".join(["<html><body>", "τίποτα", "</body></html>"]).encode())
    assert page.locator(".flash-messages .alert").count() == 1
    give(page, "σκέτο.csv", b"kodikos\n")
    assert page.locator("button[value=publish]").count() == 0
    seat.picture(pictures, "staff-no-table")
    clean(seat, "no table")
    assert act("datastore_search", resource_id=resource)["total"] == before

    give(page, "κομμένο.csv", text(20, "Κωδικός;Οδός"))
    for name in ("columns_lost", "rows_dropped"):
        tick(page, f"#accept-{name}")
    press(page, "button[value=publish]")
    fields = {field["id"]: field for field in act("datastore_info", id=resource)["fields"]}
    assert act("datastore_search", resource_id=resource)["total"] == 20
    assert "ypsos_m" not in fields
    assert fields["odos"]["info"]["notes_el"] == "Όπως στο κτηματολόγιο."
    assert fields["odos"]["info"]["label_en"] == "Street"


def test_a_version_comes_back_and_a_file_stays_a_file(
    seat: Watched, act: Act, organization: dict[str, str], table: str, pictures: Path
) -> None:
    page = seat.open(f"{table}/table")
    resource = resource_of(page)
    give(page, "λιγότερα.csv", text(19, "Κωδικός;Οδός"))
    publish(seat)
    shown = act("participation_table_show", resource_id=resource)
    seat.open(f"/participation/feed/{shown['source']}")
    assert page.locator("a[href*='/restore/']").count() == 0, "an editor may not restore"
    member = {"id": organization["id"], "username": organization["editor"]}
    act("organization_member_create", **member, role="admin")
    seat.open(f"/participation/feed/{shown['source']}")
    seat.picture(pictures, "staff-versions")
    press(page, f"a[href$='/restore/{shown['published']['generation'] - 1}']")
    press(page, "main form button")
    assert act("datastore_search", resource_id=resource)["total"] == 20
    act("organization_member_create", **member, role="editor")

    dataset = table.split("/resource/")[0]
    seat.open(f"{dataset}/resource/new")
    give(page, "έντυπο.csv", text(5), "#field-upload")
    tick(page, "#field-keep_as_file")
    press(page, "button[value=go-dataset-complete]")
    assert page.url.endswith(dataset)
    kept = act("package_show", id=dataset.rpartition("/")[2])["resources"][-1]
    assert (kept["url_type"], kept["url"].rpartition("/")[2]) == ("upload", "entypo.csv")


def test_every_page_is_clean_in_both_languages(seat: Watched, table: str, pictures: Path) -> None:
    page = seat.open(f"{table}/table")
    give(page, "ολόκληρο.csv", text(61))
    for start in ("", "/en"):
        for place in ("/table", "/columns", ""):
            seat.open(f"{start}{table}{place}")
            clean(seat, start + place)
            page.set_viewport_size({"width": 320, "height": 900})
            seat.picture(pictures, f"staff{start}{place or '/read'}-320")
            page.set_viewport_size({"width": 1280, "height": 900})
    assert seat.problems == []
