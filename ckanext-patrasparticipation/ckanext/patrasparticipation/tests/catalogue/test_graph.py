"""Records of every type in RDF: the thing, its entry, its arrows; and what a harvester of datasets gets."""

from __future__ import annotations

import pytest
from ckan.tests import factories
from rdflib import DCAT, DCTERMS, FOAF, RDF, SKOS, XSD, Graph, Literal, URIRef

from ckanext.patrasparticipation.tests.catalogue import participation_samples as made
from ckanext.patrasparticipation.tests.catalogue import samples

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")

SITE = "http://test.ckan.net"
ORG = "http://www.w3.org/ns/org#"
SCHEMA = "https://schema.org/"
FORMS = {"ttl": "turtle", "jsonld": "json-ld", "rdf": "xml"}


def _graph(app, record, form="ttl", **more):
    answer = app.get(f"/{record['type']}/{record['name']}.{form}", **more)
    return Graph().parse(data=answer.body, format=FORMS[form])


def _thing(record):
    return URIRef(f"{SITE}/id/{record['type'].replace('_', '-')}/{record['name']}")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("make", [made.group, made.initiative])
def test_a_record_of_every_type_answers_and_parses(app, make, form):
    record = make(notes_translated={"el": 'Κείμενο με <b> & «εισαγωγικά» \\ και "άλλα"\nδεύτερη γραμμή'})
    graph = _graph(app, record, form)
    thing, entry = _thing(record), URIRef(f"{SITE}/{record['type']}/{record['name']}")
    assert (entry, FOAF.primaryTopic, thing) in graph
    assert set(graph.objects(entry, RDF.type)) == {FOAF.Document}
    assert graph.value(thing, DCTERMS.description) is not None
    assert (None, RDF.type, DCAT.Dataset) not in graph


def test_a_group_says_what_it_is_in_the_words_of_the_field(app):
    group = made.group(founding_year="2012", mission_translated={"el": "Καθαρές ακτές", "en": "Clean shores"})
    graph = _graph(app, group)
    thing = _thing(group)
    assert (thing, RDF.type, URIRef(ORG + "Organization")) in graph
    assert Literal("Clean shores", lang="en") in set(graph.objects(thing, URIRef(ORG + "purpose")))
    founded = graph.value(thing, URIRef(SCHEMA + "foundingDate"))
    assert (str(founded), founded.datatype) == ("2012", XSD.gYear)
    kinds = list(graph.objects(thing, URIRef(ORG + "classification")))
    assert any((kind, SKOS.prefLabel, None) in graph for kind in kinds)


def test_an_arrow_leads_to_the_other_thing_and_the_entry_names_its_role(app):
    group = made.group()
    initiative = made.initiative(run_by=[group["id"]])
    graph = _graph(app, initiative)
    assert (_thing(initiative), URIRef(SCHEMA + "organizer"), _thing(group)) in graph
    related = graph.value(URIRef(f"{SITE}/initiative/{initiative['name']}"), DCAT.qualifiedRelation)
    assert graph.value(related, DCTERMS.relation) == URIRef(f"{SITE}/citizen_group/{group['name']}")
    assert str(graph.value(related, DCAT.hadRole)).startswith(f"{SITE}/def/role#")


def test_no_word_of_a_hidden_record_stands_in_the_graph(app):
    hidden = made.group(private=True)
    initiative = made.initiative(run_by=[hidden["id"]])
    answer = app.get(f"/initiative/{initiative['name']}.ttl")
    assert hidden["name"] not in answer.body
    assert hidden["id"] not in answer.body
    app.get(f"/citizen_group/{hidden['name']}.ttl", status=404)


def test_an_editor_reads_his_draft(app):
    editor = factories.UserWithToken()
    place = samples.publisher(users=[{"name": editor["name"], "capacity": "editor"}])
    draft = made.group(owner_org=place["id"], state="draft")
    headers = {"Authorization": editor["token"]}
    assert (_thing(draft), FOAF.isPrimaryTopicOf, None) in _graph(app, draft, headers=headers)
    app.get(f"/citizen_group/{draft['name']}.ttl", status=404)


def test_the_catalogue_of_datasets_holds_no_group(app):
    group, dataset = made.group(), samples.dataset()
    body = app.get("/catalog.ttl").body
    assert group["id"] not in body
    graph = Graph().parse(data=body, format="turtle")
    assert list(graph.subjects(RDF.type, DCAT.Dataset)) == [URIRef(f"{SITE}/dataset/{dataset['id']}")]


def test_no_other_profile_makes_a_dataset_of_a_group(app):
    group = made.group()
    body = app.get(f"/citizen_group/{group['name']}.ttl?profiles=euro_dcat_ap_3").body
    assert (None, RDF.type, DCAT.Dataset) not in Graph().parse(data=body, format="turtle")


def test_the_address_of_a_thing_leads_to_its_page_or_its_rdf(app):
    group = made.group()
    at = f"/id/citizen-group/{group['name']}"
    answer = app.get(at, headers={"Accept": "text/html"}, follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["Location"].endswith(f"/citizen_group/{group['name']}")
    answer = app.get(at, headers={"Accept": "text/turtle"}, follow_redirects=False)
    assert answer.headers["Location"].endswith(f"/citizen_group/{group['name']}.ttl")
    app.get(f"/id/initiative/{group['name']}", status=404)
    app.get("/id/citizen-group/%00", status=400)


def test_a_code_list_of_ours_is_skos_in_both_languages(app):
    graph = Graph().parse(data=app.get("/def/group_type.ttl").body, format="turtle")
    concept = URIRef(f"{SITE}/def/group_type#association")
    languages = {label.language for label in graph.objects(concept, SKOS.prefLabel)}
    assert languages == {"el", "en"}
    assert (concept, SKOS.inScheme, URIRef(f"{SITE}/def/group_type")) in graph
    assert len(Graph().parse(data=app.get("/def/participation.ttl").body, format="turtle"))
    app.get("/def/nothing", status=404)
