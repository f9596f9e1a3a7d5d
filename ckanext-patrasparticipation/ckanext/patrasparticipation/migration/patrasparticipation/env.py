"""How alembic reaches the main database for our tables: `ckan db upgrade -p patrasparticipation`."""

from __future__ import annotations

from alembic import context
from sqlalchemy import engine_from_config, pool

from ckanext.patrasparticipation import model  # the tables, known to the metadata

PREFIX = "participation_"
OPTIONS = {
    "target_metadata": model.Run.metadata,
    "version_table": "patrasparticipation_alembic_version",
    "include_object": lambda _object, name, kind, *_: kind != "table" or name.startswith(PREFIX),
}


def run_offline() -> None:
    """Print the statements."""
    context.configure(url=context.config.get_main_option("sqlalchemy.url"), literal_binds=True, **OPTIONS)
    with context.begin_transaction():
        context.run_migrations()


def run_online() -> None:
    """Run the statements."""
    engine = engine_from_config(
        context.config.get_section(context.config.config_ini_section) or {},
        prefix="sqlalchemy.",
        poolclass=pool.NullPool,
    )
    with engine.connect() as connection:
        context.configure(connection=connection, **OPTIONS)
        with context.begin_transaction():
            context.run_migrations()


if context.is_offline_mode():
    run_offline()
else:
    run_online()
