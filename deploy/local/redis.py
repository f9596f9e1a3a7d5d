"""Redis of our own: sessions, cache and CKAN's queue; losing it loses no run."""

from __future__ import annotations

from .keys import keys, private
from .place import Place

CONF = """\
bind 127.0.0.1
port {port}
requirepass {password}
daemonize no
dir {folder}
save 300 1
appendonly no
maxmemory 512mb
maxmemory-policy volatile-lru
"""


def create(place: Place) -> None:
    """Write Redis' settings; they hold its password, so only its owner reads them."""
    folder = place.folder / "redis"
    folder.mkdir(parents=True, exist_ok=True)
    text = CONF.format(port=place.ports["redis"], password=keys(place)["redis"], folder=folder)
    private(folder / "redis.conf", text)
