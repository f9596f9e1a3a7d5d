"""Plugins and application of the tests, kept from one test to the next while the settings are the same.

CKAN's fixtures load every plugin before a test, load it again for the application and unload it afterwards:
seconds a test, most of them spent on reading the same YAML. Here one site is kept, the last that was made.
A test that asks for the same settings gets it with the settings as they were, caches emptied and cookies of
its own; any other settings make a new one. ``conftest.py`` has the fixtures.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import Any
from unittest import mock

from ckan import authz, logic, model, plugins
from ckan.common import config
from ckan.config.middleware import make_app
from ckan.lib import app_globals, files
from ckan.tests.helpers import CKANTestApp
from ckan.types import CKANApp
from flask import has_app_context

PARSERS = "ckan.search.solr_allowed_query_parsers"
Settings = dict[str, Any]


@dataclass
class Site:
    """The settings for which plugins are loaded; the application, once there is one, and Flask's settings."""

    settings: Settings
    stack: CKANApp | None = None
    flask: Settings | None = None

    @property
    def fits(self) -> bool:
        """Whether a test that has these settings may have this site."""
        return self.settings == dict(config)


class Keeper:
    """Knows the one site that is kept; all that loading changes beside the settings is that site's."""

    def __init__(self) -> None:
        self.site: Site | None = None

    def load(self) -> None:
        """Have the plugins of the present settings loaded."""
        if self.site and self.site.fits:
            _refresh(self.site.settings)
        else:
            _own_lists()
            plugins.load_all()
            self.site = Site(_settled())

    def app(self) -> CKANTestApp:
        """A client of the application of the present settings; nobody else has its cookies."""
        config["testing"] = True
        # a context that a test left open would lend its user and language to the requests of the next
        if self.site and self.site.fits and self.site.stack and not has_app_context():
            _refresh(self.site.settings)
            _restore(self.site.stack._wsgi_app.config, self.site.flask)
            _read_settings()
        else:
            _own_lists()
            stack = make_app(config)
            self.site = Site(_settled(), stack, dict(stack._wsgi_app.config))
        return CKANTestApp(self.site.stack)

    def let_go(self) -> None:
        """Unload the plugins, for a test that does not ask for any."""
        if self.site:
            self.site = None
            plugins.unload_all()


def _own_lists() -> None:
    """Give the test lists of its own: ckanext-spatial appends to one of them, which would reach the next."""
    config.update(copy.deepcopy(dict(config)))


def _settled() -> Settings:
    """The settings after loading, as loading once more would leave them."""
    config[PARSERS] = list(dict.fromkeys(config[PARSERS]))
    return copy.deepcopy(dict(config))


def _refresh(settings: Settings) -> None:
    """What loading does besides: settings, globals, storages, caches, CKAN's own user, connections."""
    config.update(copy.deepcopy(settings))
    app_globals.app_globals._init()
    files.storages.reset()
    files.storages.collect()
    logic.clear_actions_cache()
    logic.clear_validators_cache()
    authz.clear_auth_functions_cache()
    logic.get_action("get_site_user")({"ignore_auth": True}, {})
    model.Session.remove()
    model.Session.bind.dispose()


def _read_settings() -> None:
    """Take what administrators set from the database: in one question, where CKAN asks one for each."""
    known = dict(model.Session.query(model.SystemInfo.key, model.SystemInfo.value).all())
    with mock.patch.object(model, "get_system_info", known.get):
        app_globals.reset()


def _restore(settings: Settings, before: Settings | None) -> None:
    """Forget what a test wrote into Flask's settings."""
    settings.clear()
    settings.update(before or {})
