"""What can go wrong with a source, each error named by what the caller does next."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from .messages import message


class HarvestError(Exception):
    """Something stopped a harvest: ``code`` names why, ``params`` the thing, the value, what was expected.

    The sentences in Greek and English are made from both in ``messages.py``, so that page, command line
    and file of rejected rows say the same.
    """

    exit_code: ClassVar[int] = 1
    outcome: ClassVar[str] = "failed"  # the word that a report uses

    def __init__(self, code: str, **params: Any) -> None:
        self.code = code
        self.params = params
        details = ", ".join(f"{name}={value}" for name, value in params.items())
        super().__init__(f"{code}: {details}" if details else code)

    @property
    def text(self) -> dict[str, str]:
        """The sentence for people, ``{"el": …, "en": …}``."""
        return message(self.code, self.params)


class DefinitionError(HarvestError):
    """A YAML is wrong, or asks for what is not allowed. Correct it; nothing was fetched."""

    exit_code = 2


class SourceHeld(HarvestError):
    """The answer is valid but unusual. A person may accept it; yesterday's rows stay."""

    exit_code = 3
    outcome = "held"


class SourceUnavailable(HarvestError):
    """The source did not answer. Try again later; yesterday's rows stay."""

    exit_code = 4
    outcome = "unavailable"

    @property
    def retry_at(self) -> datetime | None:
        """The moment (UTC) before which the source asked not to be called again, if it named one."""
        moment = self.params.get("retry_at")
        return moment if isinstance(moment, datetime) else None


class SourceChanged(HarvestError):
    """The source no longer has the shape we mapped. The YAML must change; a person must look."""

    exit_code = 5
    outcome = "changed"


class SourceRefused(HarvestError):
    """The file holds what may not be published. A person must correct the file; accepting changes nothing."""

    exit_code = 6
    outcome = "refused"


class SourceBusy(HarvestError):
    """Another run of this source is under way. Nothing to do."""

    outcome = "busy"
