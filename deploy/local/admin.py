"""Make the first administrator: ``python -m deploy.local.admin INI NAME``, the password on standard input.

Every account of the machine can read a command line, where ``ckan sysadmin add`` wants the password.
"""

from __future__ import annotations

import sys

from ckan.cli import load_config
from ckan.config.middleware import make_app


def create(ini: str, name: str, password: str) -> bool:
    """Make the account unless it is there; whether it was made now."""
    app = make_app(load_config(ini))
    with app.test_request_context():
        from ckan import model
        from ckan.plugins import toolkit as tk

        if model.User.get(name) is not None:
            return False
        site = tk.get_action("get_site_user")({"ignore_auth": True}, {})["name"]
        user = {"name": name, "email": f"{name}@localhost.localdomain", "password": password}
        tk.get_action("user_create")({"user": site, "ignore_auth": True}, user)
        tk.get_action("user_patch")({"user": site, "ignore_auth": True}, {"id": name, "sysadmin": True})
    return True


if __name__ == "__main__":
    made = create(sys.argv[1], sys.argv[2], sys.stdin.read().strip())
    print("made" if made else "was there")
