"""The guards as the plugin wears them: each method hands over to the module of one door."""

from __future__ import annotations

from typing import Any

from ckan.common import CKANConfig
from ckan.types import CKANApp
from flask import Response

from ckanext.patrasparticipation.guards import (
    accounts,
    careless,
    csrf,
    dcat,
    harvest,
    headers,
    hosts,
    limits,
    mail,
    origins,
    privacy,
    requests,
    reset,
    sql,
    uploads,
)
from ckanext.patrasparticipation.staff import invitation

DOORS = (
    hosts,
    csrf,
    requests,
    limits,
    careless,
    privacy,
    accounts,
    reset,
    harvest,
    uploads,
    origins,
    headers,
)
"""In this order: what looks at a request first comes first, what wraps everything comes last."""


class Doors:
    """Methods of CKAN's interfaces that only guard; see the module each one names."""

    # IMiddleware

    def make_middleware(self, app: CKANApp, config: CKANConfig) -> CKANApp:
        """Hang the guards into the application; called once, when it is built."""
        for guard in DOORS:
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

    # INotifier

    def notify_recipient(
        self, already_notified: bool, recipient_name: str, recipient_email: str, *words: Any, **more: Any
    ) -> bool:
        """Send a mail over TLS that verifies; raises ``MailerException``."""
        return mail.notify_recipient(already_notified, (recipient_name, recipient_email), *words, **more)

    def notify_about_topic(
        self, already_notified: bool, topic: str, details: dict[str, Any] | None = None
    ) -> bool:
        """Answer a request for a new password alike for everybody; invite in our words."""
        answered = mail.notify_about_topic(already_notified, topic, details)
        return invitation.notify(answered, topic, details)

    # IAuthenticator

    def login(self) -> Response | None:
        """Refuse a sixth try within the minute."""
        return accounts.login()

    def authenticate(self, identity: dict[str, Any]) -> None:
        """Take as long for a name nobody has; who logs in is CKAN's decision."""
        accounts.authenticate(identity)

    # IDCATRDFHarvester

    def before_download(self, url: str, harvest_job: Any) -> tuple[str | None, list[str]]:
        """Check the address of a catalogue once more."""
        return dcat.before_download(url)

    def update_session(self, session: Any) -> Any:
        """Fetch catalogues as we fetch feeds."""
        return dcat.GuardedSession()

    def after_download(self, content: str | None, harvest_job: Any) -> tuple[str | None, list[str]]:
        """Refuse what reading would fetch or swell."""
        return dcat.after_download(content)
