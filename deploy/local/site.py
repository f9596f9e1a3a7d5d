"""The catalogue on its services: web server and worker, administrator, sample city, and what is in it."""

from __future__ import annotations

import json
import os
import subprocess
import urllib.request
from hashlib import sha256
from pathlib import Path

from . import ports, supervise
from .ini import wanted_otherwise
from .keys import keys, private
from .place import PACKAGE, ROOT, VENV, Place
from .shell import Trouble, run
from .tables import ckan

ADMIN, NAMES = "admin", ("web", "worker")
BOOT = 300  # seconds a busy machine may take
CITY, SAMPLE = "ckanext.patrasparticipation.city", "sample"
INCOMING = "storage/participation/incoming"
CODE = (PACKAGE, ROOT / "schemas", ROOT / "harvesters")
RECORDS = PACKAGE / "sample" / "records"


def programs(place: Place) -> str:
    """Supervisor's settings of the web server and the worker; they start when the tables are there."""
    web = (
        f"{VENV}/gunicorn --bind 127.0.0.1:{place.ports['web']} "
        "--no-control-socket --workers 2 --worker-class gthread --threads 4 "
        f"--timeout 120 --graceful-timeout 30 --access-logfile {place.log}/access.log "
        "ckanext.patrasparticipation.wsgi"
    )
    worker = f"{VENV}/ckan -c {place.ini} participation worker"
    own = f"/usr/bin/env CKAN_INI={place.ini} TMPDIR={place.folder}/tmp"
    return "".join(
        supervise.program(place, name, f"{own} {command}", autostart=False)
        for name, command in (("web", web), ("worker", worker))
    )


def start(place: Place) -> None:
    """Start the web server, again where code or settings changed (the worker stops then), and wait for it."""
    if not fresh(place):
        subprocess.run([*supervise.control(place), "stop", *NAMES], capture_output=True)
        scripts_messages(place)
        (place.folder / "code.sha256").write_text(code(place), encoding="utf-8")
    keep_running(place, "web")
    url = f"http://127.0.0.1:{place.ports['web']}/api/3/action/status_show"
    ports.wait("the catalogue", lambda: ports.answers(url), BOOT, str(place.log / "web.log"))


def keep_running(place: Place, name: str) -> None:
    """Start one program of supervisor's where it is not running.

    Raises:
        Trouble: it does not stay up.
    """
    subprocess.run([*supervise.control(place), "start", name], capture_output=True)
    asked = subprocess.run([*supervise.control(place), "status", name], capture_output=True, text=True)
    if "RUNNING" not in asked.stdout:
        raise Trouble(f"{asked.stdout.strip()}\nits log: {place.log}/{name}.log")


def scripts_messages(place: Place) -> None:
    """Write the messages of CKAN's scripts in each language: `ckan run` does it by itself, gunicorn never."""
    ckan(place, place.ini, "translation", "js")


def fresh(place: Place) -> bool:
    """Whether code and settings are those that web server and worker were last started with."""
    mark = place.folder / "code.sha256"
    return mark.exists() and mark.read_text(encoding="utf-8") == code(place)


def code(place: Place) -> str:
    """One number for all code, definitions and settings that the web server reads."""
    files = sorted(path for folder in CODE for path in folder.rglob("*") if path.is_file())
    seen = [path.read_bytes() for path in files if "__pycache__" not in path.parts]
    return sha256(b"\0".join([*seen, place.ini.read_bytes()])).hexdigest()


def administrator(place: Place) -> Path:
    """Make the first administrator once, and say which file holds the password (mode 0600)."""
    path = place.folder / "admin-password"
    if not path.exists():
        password = keys(place)["admin"]
        command: list[str | Path] = [VENV / "python", "-m", "deploy.local.admin", place.ini, ADMIN]
        run(command, place.log / "ckan-setup.log", text=password, cwd=ROOT)
        private(path, password + "\n")
    return path


def sample(place: Place) -> None:
    """Write the raw files of the sample city where its sources look for them; equal ones stay untouched."""
    chosen = wanted_otherwise(place.folder / "local.ini").get(CITY, SAMPLE) == SAMPLE
    if chosen and not (fresh(place) and (place.folder / INCOMING).exists()):
        ckan(place, place.ini, "participation", "sample", str(place.folder / INCOMING))


def harvest(place: Place) -> None:
    """Ask every source of the city, in this terminal, with the engine's own progress.

    Raises:
        Trouble: the engine's exit code was not 0; it has said why.
    """
    command = [str(VENV / "ckan"), "-c", str(place.ini), "participation", "harvest", "--all"]
    env = os.environ | {"TMPDIR": str(place.folder / "tmp")}
    with (place.log / "harvest.log").open("a", encoding="utf-8") as log:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, stderr=log, env=env)
    if done.returncode:
        raise Trouble(f"the harvest ended with {done.returncode}; its log: {place.log}/harvest.log")


def sample_records(place: Place) -> None:
    """Put the sample city's participation into the catalogue, once for each edition of it."""
    mark = place.folder / "sample-records.sha256"
    told = sha256(b"".join(path.read_bytes() for path in sorted(RECORDS.glob("*.yaml")))).hexdigest()
    chosen = wanted_otherwise(place.folder / "local.ini").get(CITY, SAMPLE) == SAMPLE
    if not chosen or (mark.exists() and mark.read_text(encoding="utf-8") == told):
        return
    ckan(place, place.ini, "participation", "sample-records")
    mark.write_text(told, encoding="utf-8")


def loaded(place: Place) -> tuple[list[str], int]:
    """A line for each dataset a reader finds, and how many records of other types, asked of the catalogue."""
    url = f"http://127.0.0.1:{place.ports['web']}/api/3/action/package_search?rows=100&fq="
    with urllib.request.urlopen(url + "dataset_type:dataset", timeout=60) as answer:
        found = json.load(answer)["result"]
    with urllib.request.urlopen(url + "-dataset_type:dataset", timeout=60) as answer:
        others = int(json.load(answer)["result"]["count"])
    return [f"{dataset['name']}: {dataset['title']}" for dataset in found["results"]], others
