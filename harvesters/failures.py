"""How the wire fails: each failure gets its reason, and those that may pass are marked."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import contextmanager

import httpcore

from . import addresses, retries, wire
from .errors import SourceUnavailable


@contextmanager
def named(address: str, hop: int) -> Iterator[None]:
    """Give failures of the wire their reason, and say which may pass."""
    try:
        yield
    except addresses.AddressRefused as error:
        if not hop:
            raise
        raise SourceUnavailable(
            "redirect_refused", address=error.params["address"], found=error.params["found"]
        ) from error
    except wire.TimeIsUp as error:
        late = SourceUnavailable("timeout", address=address, phase=error.phase, seconds=error.seconds)
        raise (late if error.phase == "total" else retries.TryAgain(late)) from error
    except httpcore.RemoteProtocolError as error:
        cut = "complete message body" in str(error) or "incomplete chunked" in str(error)
        broken = SourceUnavailable("truncated" if cut else "broken_answer", where=address, address=address)
        raise retries.TryAgain(broken) from error
    except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
        raise _unreached(address, error) from error
    except (httpcore.NetworkError, httpcore.TimeoutException) as error:
        raise retries.TryAgain(SourceUnavailable("reset", address=address, detail=str(error))) from error


def _unreached(address: str, error: Exception) -> Exception:
    """No connection: a certificate that does not verify is for good, the rest may pass."""
    causes = [error.__cause__, error.__context__, getattr(error.__cause__, "__cause__", None)]
    if any(isinstance(cause, ssl.SSLCertVerificationError) for cause in causes):
        return SourceUnavailable("certificate", address=address, detail=str(error))
    return retries.TryAgain(SourceUnavailable("connect", address=address, detail=str(error)))
