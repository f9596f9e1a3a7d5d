"""Files of groups and initiatives: their roles, and what a podcast episode must have."""

from __future__ import annotations

from typing import Any

import pytest

from ckanext.patrasparticipation.tests.catalogue import participation_samples as made
from ckanext.patrasparticipation.tests.catalogue import samples

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index", "with_request_context")

EPISODE = {
    "url": "https://audio.example/1.mp3",
    "name_translated": {"el": "Πρώτο επεισόδιο"},
    "resource_role": "podcast_episode",
    "duration": "42:10",
    "published_at": "24.06.2016 | 15:27",
    "explicit": "όχι",
    "size": "30.000.000",
    "speaker_consent": "ναι",
    "transcript_url": "https://audio.example/1.html",
}


def refused(resource: dict[str, Any]) -> dict[str, Any]:
    found = samples.refusal("package_create", **made.group_fields(resources=[resource]))
    (errors,) = found["resources"]
    return errors


def test_row_010_an_episode_has_what_a_player_asks_for() -> None:
    (episode,) = made.group(resources=[EPISODE])["resources"]
    assert (episode["duration"], episode["published_at"]) == ("00:42:10", "2016-06-24T15:27")
    assert (episode["mimetype"], episode["size"]) == ("audio/mpeg", 30_000_000)
    assert (episode["explicit"], episode["speaker_consent"]) == (False, True)


@pytest.mark.parametrize("consent", ["όχι", "", None, "false"])
def test_row_010_without_the_consent_of_its_speakers_no_episode_is_published(consent: Any) -> None:
    errors = refused(EPISODE | {"speaker_consent": consent})
    assert errors["speaker_consent"] == [
        "An episode is published only when everybody who speaks in it has agreed: say “Yes”"
    ]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"duration": ""}, "duration"),
        ({"duration": "σαράντα λεπτά"}, "duration"),
        ({"duration": "00:99:00"}, "duration"),
        ({"published_at": ""}, "published_at"),
        ({"explicit": ""}, "explicit"),
        ({"size": ""}, "size"),
        ({"size": "0"}, "size"),
        ({"size": "30 MB"}, "size"),
        ({"url": "https://audio.example/1.html"}, "mimetype"),
        ({"mimetype": "video/mp4"}, "mimetype"),
        ({"mimetype": "audio/<script>"}, "mimetype"),
        ({"transcript_url": "javascript:alert(1)"}, "transcript_url"),
        ({"speaker_consent": {"a": 1}}, "speaker_consent"),
    ],
)
def test_an_episode_that_lacks_something_is_refused_at_its_field(change: dict[str, Any], field: str) -> None:
    assert list(refused(EPISODE | change)) == [field]


def test_another_file_needs_nothing_of_that() -> None:
    (statute,) = made.group(resources=[{"url": "https://a.example/k.pdf", "resource_role": "statute"}])[
        "resources"
    ]
    assert statute["resource_role"] == "statute"
    (plain,) = made.group(resources=[{"url": "https://a.example/k.pdf"}])["resources"]
    assert plain["resource_role"] == "other"


@pytest.mark.parametrize("role", ["tally", "observations", "consultation_text"])
def test_a_role_of_another_kind_of_record_is_refused(role: str) -> None:
    errors = refused({"url": "https://a.example/a.csv", "resource_role": role})
    assert "choose another role" in errors["resource_role"][0]


def test_row_013_minutes_and_recordings_of_a_discussion_are_files_with_a_role() -> None:
    files = [{"url": f"https://a.example/{role}", "resource_role": role} for role in ("minutes", "recording")]
    initiative = made.initiative(
        events=[{"title": "Ανοιχτή συζήτηση", "start": "1/5/2026 18:00"}], resources=files
    )
    assert [one["resource_role"] for one in initiative["resources"]] == ["minutes", "recording"]
    assert samples.act("package_update", **initiative)["resources"][0]["resource_role"] == "minutes"


def test_row_053_the_method_of_an_initiative_is_a_text_and_a_file() -> None:
    initiative = made.initiative(
        method_translated={"el": "Με βάση το προφίλ των πόλεων."},
        resources=[{"url": "https://a.example/m.pdf", "resource_role": "methodology"}],
    )
    assert initiative["method_translated"] == {"el": "Με βάση το προφίλ των πόλεων."}
    assert samples.act("package_search", q="προφίλ πόλεων")["count"] == 1
