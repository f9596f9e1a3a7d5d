"""Repeating parts of a form become lists of dicts: in order, without what nobody wrote, whatever is sent."""

from __future__ import annotations

from typing import Any

import pytest

from ckanext.patrasparticipation.records import parts

pytestmark = pytest.mark.usefixtures("with_plugins")


def gathered(sent: dict[str, Any], record_type: str = "initiative") -> dict[str, Any]:
    data = {"type": record_type, **sent}
    parts.gather(data, ["funding", "events", "application"])
    data.pop("type")
    return data


def test_parts_stand_in_the_order_of_their_numbers_beyond_ten() -> None:
    found = gathered({f"funding-{n}-reference": f"Π{n}" for n in (11, 2, 10, 1, 0)})
    assert [part["reference"] for part in found["funding"]] == ["Π0", "Π1", "Π2", "Π10", "Π11"]


def test_a_blank_part_and_what_the_form_proposes_are_not_written() -> None:
    blank = {"funding-1-reference": "", "funding-1-currency": "EUR", "funding-1-amount_total": ""}
    event = {"events-0-mode": "in_person", "events-0-status": "scheduled", "events-0-uid": "kept-by-the-form"}
    found = gathered({"funding-0-reference": "URBACT IV", **blank, **event})
    assert found == {"funding": [{"reference": "URBACT IV"}]}


def test_a_part_that_was_ticked_for_removal_is_gone() -> None:
    sent = {"funding-0-reference": "Α", "funding-0-_remove": "1", "funding-1-reference": "Β"}
    assert gathered(sent) == {"funding": [{"reference": "Β"}]}


def test_several_codes_of_a_part_lose_their_empty_ones() -> None:
    found = gathered({"application-0-channel": ["", "online", "phone"]})
    assert found == {"application": [{"channel": ["online", "phone"]}]}


def test_a_text_in_two_languages_inside_a_part_is_put_together() -> None:
    found = gathered({"events-0-about_translated-el": "Συζήτηση", "events-0-about_translated-en": ""})
    assert found == {"events": [{"about_translated": {"el": "Συζήτηση"}}]}


def test_the_list_of_an_api_caller_stays_as_it_is() -> None:
    given = [{"reference": "Α"}, {}]
    sent = {"funding": given, "funding-0-reference": "Β"}
    assert gathered(sent)["funding"] is given


@pytest.mark.parametrize(
    "key",
    [
        "funding-x-reference",
        "funding--1-reference",
        "funding-99999-reference",
        "funding-0-",
        "other-0-reference",
    ],
)
def test_a_key_that_is_no_part_is_left_to_whoever_checks_the_record(key: str) -> None:
    assert gathered({key: "Α"}) == {key: "Α"}


def test_a_type_that_is_no_text_gathers_all_the_same() -> None:
    assert gathered({"funding-0-reference": "Α"}, record_type={"a": 1})["funding"] == [{"reference": "Α"}]  # type: ignore[arg-type]
