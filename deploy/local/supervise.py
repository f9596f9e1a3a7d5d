"""Keep the services running: supervisor's settings, its start, its end."""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path

from . import ports, postgres, solr
from .keys import keys, private
from .place import POSTGRES, VENV, Place
from .shell import Trouble, output, run

HEAD = """\
[supervisord]
logfile={folder}/log/supervisor.log
pidfile={folder}/supervisord.pid
childlogdir={folder}/log
directory={folder}
{user}
[inet_http_server]
port=127.0.0.1:{port}
username=patras
password={password}
[rpcinterface:supervisor]
supervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface
[supervisorctl]
serverurl=http://127.0.0.1:{port}
username=patras
password={password}
"""
PROGRAM = """\
[program:{name}]
command={command}
priority={priority}
autostart={autostart}
autorestart=true
startsecs={startsecs}
stopsignal={stop}
stopwaitsecs=30
stopasgroup=false
killasgroup=true
redirect_stderr=true
stdout_logfile={folder}/log/{name}.log
stdout_logfile_maxbytes=20MB
stdout_logfile_backups=2
{user}
"""


def services(place: Place) -> str:
    """The settings of PostgreSQL, Redis and Solr."""
    account = postgres.owner()
    redis = place.folder / "redis" / "redis.conf"
    parts = (
        ("postgres", f"{POSTGRES}/postgres -D {place.folder}/postgres", "INT", account),
        ("redis", f"redis-server {redis}", "TERM", None),
        ("solr", solr.command(place), "TERM", None),
    )
    return "".join(program(place, name, command, stop=stop, user=user) for name, command, stop, user in parts)


def program(
    place: Place,
    name: str,
    command: str,
    *,
    stop: str = "TERM",
    user: str | None = None,
    autostart: bool = True,
) -> str:
    """The settings of one program."""
    return PROGRAM.format(
        name=name,
        command=command.replace("%", "%%"),
        priority=10 if autostart else 20,
        autostart=str(autostart).lower(),
        startsecs=1 if autostart else 10,  # CKAN needs some seconds to find out that it cannot start
        stop=stop,
        folder=place.folder,
        user=f"user={user}" if user else "",
    )


def configure(place: Place, programs: str = "") -> Path:
    """Write supervisor's settings (they hold its password: mode 0600) and say where."""
    path = place.folder / "supervisord.conf"
    head = HEAD.format(
        folder=place.folder,
        port=place.ports["supervisor"],
        password=keys(place)["supervisor"],
        user="user=root" if os.geteuid() == 0 else "",
    )
    private(path, head + services(place) + programs)
    return path


def running(place: Place) -> bool:
    """Whether our own supervisor is up: the process of the pid file, answering to our password."""
    if not (place.folder / "supervisord.pid").exists():
        return False
    done = subprocess.run([*control(place), "pid"], capture_output=True, text=True)
    return done.returncode == 0 and done.stdout.strip().isdigit()


def control(place: Place) -> list[str]:
    """The beginning of a ``supervisorctl`` command line."""
    return [str(VENV / "supervisorctl"), "-c", str(place.folder / "supervisord.conf")]


def start(place: Place) -> None:
    """Start supervisor and with it the services, or take over changed settings where it is running.

    Raises:
        Trouble: a port is taken by another program, or supervisor does not come up.
    """
    if running(place):
        output([*control(place), "update"])
        output([*control(place), "start", "postgres", "redis", "solr"])
        return
    ports.demand(place)
    run([VENV / "supervisord", "-c", place.folder / "supervisord.conf"], place.log / "supervisor.log")
    ports.wait("supervisor", lambda: running(place), 20, str(place.log / "supervisor.log"))


def halt(place: Place, name: str) -> None:
    """Stop one program where it is running; ``start`` brings a service back."""
    if running(place):
        subprocess.run([*control(place), "stop", name], capture_output=True)


def stop(place: Place) -> bool:
    """Stop supervisor and everything it started; False where nothing of ours was running.

    Raises:
        Trouble: it is still there after a minute.
    """
    if not running(place):
        return False
    output([*control(place), "shutdown"])
    end = time.monotonic() + 60
    while (place.folder / "supervisord.pid").exists():
        if time.monotonic() > end:
            raise Trouble(f"supervisor did not end within a minute; its log: {place.log / 'supervisor.log'}")
        time.sleep(0.2)
    return True
