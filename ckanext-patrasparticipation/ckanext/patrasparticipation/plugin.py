"""The plugin: it registers, and decides nothing."""

from __future__ import annotations

from ckan import plugins as p
from ckan.common import CKANConfig
from ckan.plugins import toolkit as tk


@tk.blanket.config_declarations
class PatrasParticipationPlugin(p.SingletonPlugin):
    """Citizen groups, initiatives, consultation outcomes and municipal feeds."""

    p.implements(p.IConfigurer)

    # IConfigurer

    def update_config(self, config: CKANConfig) -> None:
        """Add our templates, public files and assets."""
        tk.add_template_directory(config, "templates")
        tk.add_public_directory(config, "public")
        tk.add_resource("assets", "patrasparticipation")
