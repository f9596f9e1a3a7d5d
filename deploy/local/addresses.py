"""The addresses of a place's services, in the words CKAN reads from the environment."""

from __future__ import annotations

from .keys import keys
from .place import Place


def database(place: Place, user: str, key: str, name: str) -> str:
    """The URL of database ``name`` for ``user``, whose password is the secret ``key``."""
    return f"postgresql://{user}:{keys(place)[key]}@127.0.0.1:{place.ports['postgres']}/{name}"


def environment(place: Place) -> dict[str, str]:
    """Settings by environment name: CKAN overrides its ini with these (``ckan/config/environment.py``)."""
    store = f"datastore{place.suffix}"
    redis = f"redis://:{keys(place)['redis']}@127.0.0.1:{place.ports['redis']}/{place.redis_number}"
    return {
        "CKAN_SQLALCHEMY_URL": database(place, "ckan", "ckan", f"ckan{place.suffix}"),
        "CKAN_DATASTORE_WRITE_URL": database(place, "ckan", "ckan", store),
        "CKAN_DATASTORE_READ_URL": database(place, "datastore_ro", "datastore_ro", store),
        "CKAN_REDIS_URL": redis,
        "CKAN_SOLR_URL": f"http://127.0.0.1:{place.ports['solr']}/solr/{place.core}",
        "CKAN_STORAGE_PATH": str(place.folder / "storage"),
        "PATRAS_SUPERUSER_URL": database(place, "postgres", "postgres", "postgres"),
        "PATRAS_INI": str(place.ini),
        "PATRAS_WEB_PORT": str(place.ports["web"]),
    }


def exports(place: Place) -> str:
    """The environment as lines for ``source <(make -s env)``."""
    return "".join(f"export {name}='{value}'\n" for name, value in environment(place).items())
