"""The letters to a colleague who is invited, in Greek and then in English: nobody knows what they read."""

from __future__ import annotations

from typing import Any

from ckan import model
from ckan.common import config
from ckan.lib import mailer
from ckan.plugins import toolkit as tk
from flask_babel import force_locale

from ..records import translated
from . import roles

BETWEEN = "\n\n———\n\n"


def invite(user: model.User, group: dict[str, Any], role: str) -> None:
    """Send a person who has no password yet the link by which they choose one.

    Raises:
        MailerException: it could not be sent.
    """
    mailer.create_reset_key(user)
    _send(user, group, role, _invitation)


def welcome(user: model.User, group: dict[str, Any], role: str) -> None:
    """Tell a person who has an account that they belong to one more publisher; raises as ``invite``."""
    _send(user, group, role, _added)


def _send(user: model.User, group: dict[str, Any], role: str, letter: Any) -> None:
    texts, subjects = [], []
    for language in translated.LANGUAGES:
        with force_locale(language):
            fallback = group.get("title") or group["name"]
            publisher = translated.in_language(
                translated.parse(group.get("title_translated")), language, fallback
            )
            site = str(config.get("ckan.site_title") or "")
            subjects.append(str(tk._("Invitation to {site}").format(site=site)))
            texts.append(
                letter(user, {"publisher": publisher, "role": roles.label(role), "site": site}, language)
            )
    mailer.mail_user(user, " / ".join(dict.fromkeys(subjects)), BETWEEN.join(texts))


def _invitation(user: model.User, words: dict[str, str], language: str) -> str:
    parts = [
        tk._("Hello,"),
        tk._("a colleague invites you to publish data with them on {site}.").format(**words),
        tk._("Publisher: {publisher}\nYour role: {role}").format(**words),
        tk._("Choose a password with this link; it works once, within three days:"),
        _address("user.perform_reset", language, id=user.id, key=user.reset_key),
        tk._("Then log in; the first page shows your first steps. Your user name: {name}").format(
            name=user.name
        ),
        tk._("You did not expect this? Do nothing, and the link dies by itself."),
    ]
    return "\n\n".join(str(part) for part in parts)


def _added(user: model.User, words: dict[str, str], language: str) -> str:
    parts = [
        tk._("Hello,"),
        tk._("a colleague invites you to publish data with them on {site}.").format(**words),
        tk._("Publisher: {publisher}\nYour role: {role}").format(**words),
        tk._("You have an account already; log in and the publisher stands on your first page:"),
        _address("user.login", language),
        tk._("You did not expect this? Tell whoever runs the site."),
    ]
    return "\n\n".join(str(part) for part in parts)


def _address(endpoint: str, language: str, **values: str) -> str:
    """The address of a page in that language, with the site's name in front."""
    locale = "default" if language == config["ckan.locale_default"] else language
    return str(tk.h.url_for(endpoint, locale=locale, qualified=True, **values))
