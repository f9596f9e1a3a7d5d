"""What CKAN need not ask again for each of many records that one person writes in a row."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from ckan import model
from flask import g, has_request_context

_ACTING: ContextVar[model.User | None] = ContextVar("participation_acting", default=None)


def acting() -> model.User | None:
    """The user as whom many records are written now; nothing where none are."""
    return _ACTING.get()


def unindexed() -> bool:
    """Whether what is written now is indexed later: then the index knows nothing of it yet."""
    return acting() is not None


@contextmanager
def writing(user: str) -> Iterator[None]:
    """Write many records as that user, by name, who is read once, and not six times for each record."""
    found, before = model.User.get(user), _logged_in()
    token = _ACTING.set(found)
    if found and has_request_context():
        g._login_user = found  # where Flask-Login keeps who asks
    try:
        yield
    finally:
        _ACTING.reset(token)
        _restore(before)


def _logged_in() -> object:
    return g.get("_login_user") if has_request_context() else None


def _restore(before: object) -> None:
    if has_request_context():
        g.pop("_login_user", None)
        if before is not None:
            g._login_user = before
