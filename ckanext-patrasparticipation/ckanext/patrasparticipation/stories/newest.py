"""The newest value of each indicator of a list, in one question to the DataStore."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from . import observations

_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def of(packages: Iterable[dict[str, Any]]) -> dict[str, observations.Observation]:
    """By the id of its table, the newest observation that has a value.

    The packages are what a search gave the reader, so that the tables are theirs to read too.
    """
    return {}
