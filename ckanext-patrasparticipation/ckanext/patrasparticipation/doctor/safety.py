"""The closed doors: settings, secrets, and what the running site answers to a stranger."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path

import requests
from ckan.plugins import toolkit as tk

from ..guards import baseline, sql
from .finding import Finding, judged

PATIENCE = 20  # seconds
HEADERS = ("X-Content-Type-Options", "Content-Security-Policy", "Referrer-Policy", "X-Frame-Options")
SECRETS = ("SECRET_KEY", "WTF_CSRF_SECRET_KEY", "api_token.jwt.encode.secret")
SHORTEST = 20  # characters of a secret


def settings() -> Iterator[Finding]:
    """Debugging is off and no setting is weaker than the baseline."""
    yield judged("settings", not tk.config["debug"], f"debug = {tk.config['debug']}", "false")
    weaker = baseline.departures(tk.config)
    if not weaker:
        yield Finding("settings", "ok", "the baseline holds")
    for name, expected in weaker.items():
        yield Finding(
            "settings", "wrong", f"{name} = {tk.config.get(name)!r}; expected {expected or 'nothing'}"
        )


def sql_search() -> Iterator[Finding]:
    """SQL search is off, and its list of functions has none that reads past the permissions."""
    enabled = tk.config.get(sql.ENABLED)
    yield judged("SQL search", not enabled, "on" if enabled else "off", "off")
    path = Path(tk.config[sql.FUNCTIONS])
    names = {line.strip() for line in path.read_text(encoding="utf-8").splitlines()}
    found = sorted(sql.DENIED & names)
    says = (
        f"{path.name} allows {', '.join(found)}" if found else f"{len(names)} functions, none of the denied"
    )
    yield judged("SQL search", not found, says, "none of them")


def secrets() -> Iterator[Finding]:
    """Secrets are there and long, and the file that holds them is not for everybody."""
    for name in SECRETS:
        value = str(tk.config.get(name) or "").removeprefix("string:")
        if len(value) < SHORTEST:
            yield Finding(
                "secrets", "wrong", f"{name} has {len(value)} characters; expected {SHORTEST} or more"
            )
    path = Path(tk.config["__file__"])
    mode = stat.S_IMODE(path.stat().st_mode)
    yield judged(
        "secrets", not mode & 0o007, f"{path} has mode {mode:o}", "no access for others (600 or 640)"
    )


def answers() -> Iterator[Finding]:
    """The running site sends the security headers and refuses a form without its token."""
    url = tk.config["ckan.site_url"]
    try:
        page = requests.get(f"{url}/about", timeout=PATIENCE)
        form = requests.post(f"{url}/user/login", data={"login": "nobody"}, timeout=PATIENCE)
    except requests.RequestException as error:
        yield Finding("answers", "wrong", f"{url} is not reachable: {error}")
        return
    missing = [name for name in HEADERS if name not in page.headers]
    says = f"headers missing: {', '.join(missing)}" if missing else "security headers"
    yield judged("answers", not missing, says, "all of them")
    says = f"a form without its token was answered {form.status_code}"
    yield judged("answers", form.status_code == 400, says, "400")
