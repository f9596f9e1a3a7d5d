"""A link for a new password dies within the hour.

In CKAN 2.12.0 it lives until it is used. The moment is written into the key itself, so that no column is
needed. May go when CKAN's own keys expire.
"""

from __future__ import annotations

import hmac
import secrets

from ckan import model
from ckan.lib import mailer

from ckanext.patrasparticipation import clock

RESET = 3600  # seconds
INVITATION = 3 * 24 * 3600  # seconds: a person who was invited has no password yet
AHEAD = 60  # seconds that two clocks may differ


def make_key() -> str:
    """A new key: the moment it was made (seconds, hexadecimal), a dash, 32 random digits."""
    return f"{int(clock.now().timestamp()):x}-{secrets.token_hex(16)}"


def verify(user: model.User, key: str | None) -> bool:
    """Whether the key is the user's present one, and young enough."""
    if (
        not key
        or not user.reset_key
        or not hmac.compare_digest(key.strip().encode(), user.reset_key.encode())
    ):
        return False
    made, dash, _ = user.reset_key.partition("-")
    if not dash:
        return False
    age = clock.now().timestamp() - int(made, 16)
    return -AHEAD <= age <= (INVITATION if user.is_pending() else RESET)


def install(app: object) -> None:
    """Put our two functions in the place of CKAN's, which has no other way in."""
    mailer.make_key = make_key
    mailer.verify_reset_link = verify
