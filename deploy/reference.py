"""Write the reference pages of what the trunk offers: settings, actions and commands, from the code."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import yaml
from deploy import wishes

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = "ckanext.patrasparticipation"
DECLARATION = ROOT / "ckanext-patrasparticipation" / PACKAGE.replace(".", "/") / "config_declaration.yaml"
MADE = "<!-- Made from the code by `make docs`; change that, not this page. -->\n"


def settings() -> str:
    """Every setting of ours, and those of others whose default we change."""
    lines = [
        MADE,
        "# Settings\n",
        "They stand in CKAN's `.ini` file. Those without our prefix are other extensions'; only their",
    ]
    lines.append("default is ours.\n")
    declared = yaml.safe_load(DECLARATION.read_text(encoding="utf-8"))
    for option in (option for group in declared["groups"] for option in group["options"]):
        default = option.get("default", "")
        said = f"Default: `{default}`" if default not in ("", None) else "No default."
        lines.append(f"## {option['key']}\n\n{option.get('description', '').strip()}\n\n{said}\n")
    return "\n".join(lines)


def actions() -> str:
    """Every action of ours, with its documentation; those of CKAN that we chain are said to be."""
    from ckanext.patrasparticipation.logic import action

    lines = [
        MADE,
        "# Actions\n",
        "Called at `/api/3/action/NAME`. Reading ones answer to GET and POST, the others to POST.\n",
    ]
    for name in sorted(action.__all__):
        function = getattr(action, name)
        kind = "reads" if getattr(function, "side_effect_free", False) else "changes something"
        if getattr(function, "chained_action", False):
            kind = "CKAN's own, with ours around it"
        text = inspect.cleandoc(function.__doc__ or "")
        lines.append(f"## {name}\n\n*{kind}*\n\n```text\n{text}\n```\n")
    return "\n".join(lines)


def commands() -> str:
    """Every command under `ckan participation`, as its own help says it."""
    from ckanext.patrasparticipation.cli import participation

    lines = [MADE, "# Commands\n"]
    for path, command in walk("participation", participation):
        context = click.Context(command, info_name=f"ckan {path}", max_content_width=110)
        lines.append(f"## {path}\n\n```text\n{command.get_help(context)}\n```\n")
    return "\n".join(lines)


def walk(path: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
    """A command and everything below it, by name."""
    yield path, command
    below: dict[str, Any] = getattr(command, "commands", {})
    for name in sorted(below):
        yield from walk(f"{path} {name}", below[name])


def pages() -> dict[str, str]:
    """The pages by their place under the repository."""
    return {
        "docs/reference/settings.md": settings(),
        "docs/reference/actions.md": actions(),
        "docs/reference/commands.md": commands(),
        "docs/reference/wishes.md": wishes.page(MADE),
    }


def main() -> int:
    """Write the pages."""
    for place, text in pages().items():
        (ROOT / place).write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
