"""The guards as the plugin wears them: each method hands over to the module of one door."""

from __future__ import annotations

from typing import Any

from ckan.common import CKANConfig
from ckan.types import CKANApp

from ckanext.patrasparticipation.guards import csrf, headers, sql, uploads


class Doors:
    """Methods of CKAN's interfaces that only guard; see the module each one names."""

    # IMiddleware

    def make_middleware(self, app: CKANApp, config: CKANConfig) -> CKANApp:
        """Hang the guards into the application; called once, when it is built."""
        for guard in (csrf, uploads, headers):
            guard.install(app)
        return app

    # IConfigurable

    def configure(self, config: CKANConfig) -> None:
        """Refuse to start with a setting that opens a door; raises ``CkanConfigurationException``."""
        sql.check(config)

    def harden(self, config: Any) -> None:
        """Called by ``update_config``: the baseline where the site's settings are silent."""
        from ckanext.patrasparticipation.guards import baseline

        baseline.apply(config)
        sql.use_our_list(config)
