"""Write the reference pages from the definitions: ``python -m ….schemas.derive.reference``."""

from __future__ import annotations

import sys
from pathlib import Path

from ..load import feeds, record_types, vocabularies
from .markdown import MADE, feed_page, type_page, vocabulary_page

ROOT = Path(__file__).resolve().parents[2]
FOLDER = "docs/reference"


def pages() -> dict[str, str]:
    """Every reference page: path from the project's root to Markdown text."""
    made = {f"{FOLDER}/feeds/{name}.md": feed_page(feed) for name, feed in feeds().items()}
    made |= {f"{FOLDER}/types/{name}.md": type_page(name, kind) for name, kind in record_types().items()}
    made |= {f"{FOLDER}/vocabularies/{n}.md": vocabulary_page(v) for n, v in vocabularies().items()}
    made[f"{FOLDER}/index.md"] = _index()
    return made


def _index() -> str:
    lines = [MADE, "# Reference\n", "## Feeds\n"]
    lines += [f"- [{feed.label['el']} / {feed.label['en']}](feeds/{n}.md)" for n, feed in feeds().items()]
    lines += ["- `table`: columns declared by the source", "\n## Record types\n"]
    lines += [f"- [{name}](types/{name}.md)" for name in record_types()]
    lines += ["\n## Vocabularies\n"]
    lines += [
        f"- [{v.label['el']} / {v.label['en']}](vocabularies/{n}.md)" for n, v in vocabularies().items()
    ]
    return "\n".join(lines) + "\n"


def stale(root: Path) -> list[str]:
    """The pages under ``root`` that are missing, differ from the definitions, or have none any more."""
    made = pages()
    there = {str(path.relative_to(root)) for path in (root / FOLDER).rglob("*.md")}
    owned = {path for path in there if (root / path).read_text(encoding="utf-8").startswith(MADE)}
    differ = {p for p, t in made.items() if p not in there or (root / p).read_text(encoding="utf-8") != t}
    return sorted(differ | (owned - set(made)))


def write(root: Path) -> list[str]:
    """Write what is stale, remove what has no definition any more; the paths that changed."""
    changed, made = stale(root), pages()
    for path in changed:
        target = root / path
        if path not in made:
            target.unlink()
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(made[path], encoding="utf-8")
    return changed


if __name__ == "__main__":
    sys.stdout.write("".join(f"{path}\n" for path in write(ROOT)))
