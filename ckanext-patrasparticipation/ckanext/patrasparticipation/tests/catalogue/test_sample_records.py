"""The sample city's participation: every line a sound record, all linked, and never written twice."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from ckan import model

from ckanext.patrasparticipation.model import Relation
from ckanext.patrasparticipation.sample import build, load, series
from ckanext.patrasparticipation.tests.catalogue import samples

pytestmark = pytest.mark.usefixtures("with_plugins")


def test_the_lines_are_as_many_as_a_city_needs_and_their_names_differ():
    records = list(build.records(date(2026, 5, 1), "dimos-deigma"))
    counts = Counter(record["type"] for record in records)
    assert counts == {
        "citizen_group": 24, "initiative": 40, "consultation": 14, "works_project": 20, "indicator": 12,
    }  # fmt: skip
    assert len({record["name"] for record in records}) == len(records)


@pytest.mark.usefixtures("clean_db", "clean_index")
def test_every_record_is_accepted_linked_and_made_once():
    samples.publisher(name="dimos-deigma", contact_email="")
    assert load.load() == 110
    found = samples.act(
        "package_search", q="", fq="tags:δείγμα", rows=0, **{"facet.field": ["consultation_status"]}
    )
    assert found["count"] == 110
    stages = {item["name"] for item in found["search_facets"]["consultation_status"]["items"]}
    assert stages == {"announced", "open", "closed", "reported", "decided", "implemented", "cancelled"}
    names = {row.id for row in model.Session.query(model.Package.id)}
    arrows = model.Session.query(Relation).all()
    assert len(arrows) > 80
    assert {arrow.object for arrow in arrows} <= names
    assert series.publish(date.today()) == 12
    lanes = samples.act("package_show", id="sample-podilatodromoi")["resources"][0]
    values = samples.act("datastore_search", resource_id=lanes["id"], sort="period")["records"]
    assert [row["value"] for row in values][-1] == 25
    assert len(values) == 10
    assert series.publish(date.today()) == 0
    samples.act("package_delete", id="sample-kathares-aktes")
    assert load.load() == 0
