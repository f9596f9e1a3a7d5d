"""The plugin: it registers, and decides nothing."""

from __future__ import annotations

from typing import Any

from ckan import plugins as p
from ckan.common import CKANConfig
from ckan.lib.plugins import DefaultTranslation
from ckan.plugins import toolkit as tk
from ckan.types import Context
from ckanext.dcat.interfaces import IDCATRDFHarvester
from ckanext.harvest.interfaces import IHarvester

from ckanext.patrasparticipation.feeds.adapter import FeedHarvester
from ckanext.patrasparticipation.guards import baseline, harvest
from ckanext.patrasparticipation.guards import uploads as guards_uploads
from ckanext.patrasparticipation.guards.doors import Doors
from ckanext.patrasparticipation.logic import validators
from ckanext.patrasparticipation.reading import search as reading
from ckanext.patrasparticipation.records import (
    computed,
    contact,
    definitions,
    facets,
    harvested,
    index,
    licences,
    origins,
    parts,
    saved,
    show,
    uploads,
)
from ckanext.patrasparticipation.search import dates, document, filters, query
from ckanext.patrasparticipation.tables.uploader import HeldUpload, uploader


@tk.blanket.actions
@tk.blanket.auth_functions
@tk.blanket.blueprints
@tk.blanket.cli
@tk.blanket.config_declarations(baseline.declare)
@tk.blanket.helpers
@tk.blanket.validators(validators.every)
class PatrasParticipationPlugin(Doors, FeedHarvester, p.SingletonPlugin, DefaultTranslation):
    """Citizen groups, initiatives, consultation outcomes and municipal feeds."""

    p.implements(IDCATRDFHarvester, inherit=True)
    p.implements(IHarvester, inherit=True)
    p.implements(p.IAuthenticator, inherit=True)
    p.implements(p.IConfigurer)
    p.implements(p.IConfigurable)
    p.implements(p.IFacets, inherit=True)
    p.implements(p.IMiddleware, inherit=True)
    p.implements(p.INotifier, inherit=True)
    p.implements(p.IPackageController, inherit=True)
    p.implements(p.ITranslation)
    p.implements(p.IUploader, inherit=True)

    # IConfigurer

    def update_config(self, config: CKANConfig) -> None:
        """Add our templates, public files and assets; the guards' settings come first."""
        self.harden(config)
        dates.install()
        reading.install()
        parts.install()
        tk.add_template_directory(config, "templates")
        tk.add_public_directory(config, "public")
        tk.add_resource("assets", "patrasparticipation")
        licences.configure(config)
        if config.get("ckanext.dcat.rdf.profiles") in (None, "", "euro_dcat_ap_3"):  # ckanext-dcat's default
            config["ckanext.dcat.rdf.profiles"] = "participation_dcat_ap"
        if config.get("ckan.theme") in (None, "css/main"):  # a site that chose a theme keeps it
            config["ckan.theme"] = "patrasparticipation/style"
        if config.get("ckan.user_reset_landing_page") in (None, "", "home.index"):  # CKAN's default
            config["ckan.user_reset_landing_page"] = "user.login"  # then the dashboard, with the first steps
        config["ckan.gravatar_default"] = "disabled"  # pictures of people come from this site or not at all

    # IConfigurable

    def configure(self, config: CKANConfig) -> None:
        """Put shared fields into scheming's definitions, which it has read by now."""
        super().configure(config)
        definitions.install()
        contact.keep_out_of_history()

    # IFacets

    def dataset_facets(self, facets_dict: dict[str, str], package_type: str) -> dict[str, str]:
        """CKAN's own facets and those the record type's definition marks, the most telling first."""
        return facets.ordered(facets_dict, package_type)

    def organization_facets(
        self, facets_dict: dict[str, str], organization_type: str, package_type: str | None
    ) -> dict[str, str]:
        """The same on a publisher's page."""
        return facets.ordered(facets_dict, package_type or "dataset")

    # IPackageController

    def before_dataset_index(self, pkg_dict: dict[str, Any]) -> dict[str, Any]:
        """Make the record fit for the index."""
        definition = tk.h.scheming_get_dataset_schema(pkg_dict["type"])
        if not definition:
            return index.fit(harvest.index_document(pkg_dict))
        public = contact.out_of_index(pkg_dict)
        return document.enrich(index.document(public, definition), definition)

    def before_dataset_search(self, search_params: dict[str, Any]) -> dict[str, Any]:
        """Ask Solr in Greek, for the period that was asked for."""
        return filters.adapt(query.adapt(search_params))

    def after_dataset_show(self, context: Context, pkg_dict: dict[str, Any]) -> None:
        """Keep a harvest source's configuration to administrators; name publishers in both languages."""
        shown = harvest.without_secrets(context, pkg_dict)
        for key in pkg_dict.keys() - shown.keys():
            del pkg_dict[key]
        pkg_dict.update(shown)
        show.add_publisher_name(pkg_dict)
        computed.renew(pkg_dict)
        contact.shown(context, pkg_dict)
        origins.add(pkg_dict)

    def after_dataset_create(self, context: Context, pkg_dict: dict[str, Any]) -> None:
        """Keep its arrows to other records, and when it changes by itself."""
        saved.after_save(pkg_dict["id"])

    def after_dataset_update(self, context: Context, pkg_dict: dict[str, Any]) -> None:
        """The same for a record that was there."""
        saved.after_save(pkg_dict["id"])

    def after_dataset_delete(self, context: Context, pkg_dict: dict[str, Any]) -> None:
        """A deleted record changes by itself no more."""
        saved.after_delete(pkg_dict["id"])

    def after_dataset_search(
        self, search_results: dict[str, Any], search_params: dict[str, Any]
    ) -> dict[str, Any]:
        """Label the codes in the facets, and keep the secrets of harvest sources."""
        facets.label_items(search_results.get("search_facets", {}))
        found = search_results.get("results", [])
        search_results["results"] = [
            contact.for_readers(computed.renewed(harvest.without_secrets({}, each))) for each in found
        ]
        return search_results

    # IUploader

    def get_resource_uploader(self, data_dict: dict[str, Any]) -> HeldUpload | None:
        """Check an uploaded file and give it a name in Latin letters; hold it when it may be a table."""
        guards_uploads.check(data_dict)
        uploads.rename(data_dict)
        return uploader(data_dict)

    # IDCATRDFHarvester

    def before_create(self, harvest_object: Any, dataset_dict: dict[str, Any], temp_dict: Any) -> None:
        """Put what another catalogue gave into the fields of ours."""
        harvested.adopt(dataset_dict, is_new=True)

    def before_update(self, harvest_object: Any, dataset_dict: dict[str, Any], temp_dict: Any) -> None:
        """The same for a dataset that was harvested before."""
        harvested.adopt(dataset_dict, is_new=False)
