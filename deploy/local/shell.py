"""Run a command: its output to a log, its failure a sentence that names the log."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path


class Trouble(SystemExit):
    """Something a person must mend; the message says what, and ``make`` ends with status 1."""


def run(
    command: Sequence[str | Path],
    log: Path,
    *,
    env: Mapping[str, str] | None = None,
    user: str | None = None,
    cwd: Path | None = None,
    text: str | None = None,
) -> None:
    """Run ``command`` as ``user`` with ``text`` on its standard input; output is appended to ``log``.

    Raises:
        Trouble: the command ended with another status than 0; its last lines are in the message.
    """
    words = [str(word) for word in command]
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("a", encoding="utf-8") as out:
        start = out.tell()
        who = {"user": user, "group": user, "extra_groups": []} if user else {}
        done = subprocess.run(  # type: ignore[call-overload]
            words, stdout=out, stderr=subprocess.STDOUT, env=env, cwd=cwd, input=text, text=True, **who
        )
    if done.returncode:
        tail = log.read_text(encoding="utf-8", errors="replace")[start:].strip().splitlines()[-15:]
        raise Trouble("\n".join([f"failed ({done.returncode}): {' '.join(words[:6])}", *tail, f"log: {log}"]))


def output(
    command: Sequence[str | Path], *, env: Mapping[str, str] | None = None, cwd: Path | None = None
) -> str:
    """What ``command`` prints.

    Raises:
        Trouble: the command ended with another status than 0.
    """
    words = [str(word) for word in command]
    done = subprocess.run(words, capture_output=True, text=True, env=env, cwd=cwd, stdin=subprocess.DEVNULL)
    if done.returncode:
        tail = (done.stderr.strip() or done.stdout.strip())[-2000:]
        raise Trouble(f"failed ({done.returncode}): {' '.join(words[:6])}\n{tail}")
    return done.stdout
