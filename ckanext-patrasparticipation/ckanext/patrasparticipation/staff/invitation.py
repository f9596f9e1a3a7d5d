"""Inviting a colleague by e-mail: the same answer for whoever has an account and whoever has none.

CKAN's ``user_invite`` tells whether an address belongs to somebody; without a mail server it makes an account
into which nobody can come; and when the mail fails it leaves that account, for it asks an administrator of a
publisher to delete it, who may not.
"""

from __future__ import annotations

import logging
from typing import Any

from ckan import model
from ckan.common import config
from ckan.lib import mailer
from ckan.lib.redis import connect_to_redis
from ckan.plugins import toolkit as tk
from ckan.types import Action, Context, DataDict
from sqlalchemy import func

from ..feeds import site
from . import letters, roles

log = logging.getLogger(__name__)

MOST = 20
"""Invitations that one person may send within the hour."""
HOUR = 3600  # seconds
NEEDED = ("smtp.server", "smtp.mail_from")


def missing() -> bool:
    """Whether a setting is missing without which no mail leaves the site."""
    return not all(config.get(name) for name in NEEDED)


@tk.chained_action
def user_invite(up: Action, context: Context, data_dict: DataDict) -> dict[str, Any]:
    """As CKAN's, but a person who has an account already is added to the publisher and told by mail.

    Raises:
        ValidationError: the site cannot send mail, or could not; too many within the hour; no such role.
    """
    tk.check_access("user_invite", context, data_dict)
    _check(data_dict, str(context.get("user") or ""))
    account = _account(str(data_dict.get("email") or ""))
    if account is None:
        return _made(up, data_dict)
    return _added(account, data_dict)


def _made(up: Action, data_dict: DataDict) -> dict[str, Any]:
    """A new account with its letter; by the site's user, who may take it back when no letter can be sent."""
    try:
        made = up(site.context(), dict(data_dict))
    except tk.ValidationError as error:
        if "message" not in error.error_dict:
            raise
        raise tk.ValidationError({"email": [not_sent()]}) from error  # as for who has an account
    return {"id": made["id"], "name": made["name"]}


def _check(data_dict: DataDict, inviter: str) -> None:
    if missing():
        raise tk.ValidationError({"email": [unset()]})
    if data_dict.get("role") not in roles.ROLES:
        raise tk.ValidationError({"role": [tk._("Choose one of the roles.")]})
    if _count(inviter) > MOST:
        raise tk.ValidationError(
            {"email": [tk._("That is many invitations within an hour. Try again later.")]}
        )


def _count(inviter: str) -> int:
    """How many this person sent within the hour, this one included."""
    redis, key = connect_to_redis(), f"participation:{config['ckan.site_id']}:invite:{inviter}"
    sent = redis.incr(key)
    if sent == 1:
        redis.expire(key, HOUR)
    return int(sent)


def unset() -> str:
    """What the operator must do before anybody can be invited, and what helps until then."""
    sentence = tk._(
        "This site cannot send mail yet. Ask its operator to write in the settings file: {settings}."
        " Until then the operator can make the account ({command}), and you add it under “Members”."
    )
    return str(sentence.format(settings=", ".join(NEEDED), command="ckan user add"))


def _account(email: str) -> model.User | None:
    """Who has that address, of those who have not left."""
    found: model.User | None = (
        model.Session.query(model.User)
        .filter(func.lower(model.User.email) == email.strip().lower())
        .filter(model.User.state.in_(("active", "pending")))
        .first()
    )
    return found


def _added(account: model.User, data_dict: DataDict) -> dict[str, Any]:
    """Make the person a member, with the role they have if they are one already; and tell them."""
    group = model.Group.get(str(data_dict["group_id"]))
    if group is None:
        raise tk.ObjectNotFound(tk._("There is no such publisher."))
    there = _role_in(group, account)
    role = there or str(data_dict["role"])
    member = {"id": account.id, "name": account.name}
    kind = "organization" if group.is_organization else "group"
    shown = tk.get_action(f"{kind}_show")(site.context(), {"id": group.id})
    try:
        (letters.invite if account.is_pending() else letters.welcome)(account, shown, role)
    except mailer.MailerException as error:
        log.warning("An invitation was not sent: %s", error)
        raise tk.ValidationError({"email": [not_sent()]}) from error
    if there is None:
        given = {"id": shown["id"], "username": member["name"], "role": role}
        tk.get_action(f"{kind}_member_create")(site.context(), given)
    return member


def not_sent() -> str:
    """Said when the mail server did not take the letter; why is the operator's to read, in the log."""
    return str(
        tk._("The letter could not be sent: the mail server did not take it. Tell the site's operator.")
    )


def _role_in(group: model.Group, account: model.User) -> str | None:
    found = (
        model.Session.query(model.Member.capacity)
        .filter_by(group_id=group.id, table_id=account.id, table_name="user", state="active")
        .first()
    )
    return str(found[0]) if found else None


def notify(already_notified: bool, topic: str, details: dict[str, Any] | None) -> bool:
    """Send CKAN's invitations in our words; after its ``MailerException`` CKAN takes the account back."""
    if already_notified or topic != "user_invited" or not details:
        return already_notified
    try:
        letters.invite(details["user"], details["group"], details["role"])
    except mailer.MailerException as error:
        log.warning("An invitation was not sent: %s", error)
        raise mailer.MailerException(not_sent()) from error
    return True
