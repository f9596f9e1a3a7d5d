"""Read strict YAML: no key twice, no boolean but ``true`` and ``false``, days and codes stay text."""

from __future__ import annotations

import re
from collections.abc import Hashable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from .errors import InvalidDefinition, Problem

_BOOLEAN = re.compile("^(?:true|false)$")
_LOOSE = {"tag:yaml.org,2002:bool", "tag:yaml.org,2002:timestamp"}


if TYPE_CHECKING:
    _Fast = yaml.SafeLoader
else:
    _Fast = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the same, in C where PyYAML has it


class _StrictLoader(_Fast):
    """PyYAML without ``no``-is-false and without dates: a code ``no`` and a day stay text."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        """Refuse a key that stands twice; PyYAML would keep the last one and say nothing."""
        seen: set[Any] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if key in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key {key!r} is given twice", key_node.start_mark
                )
            seen.add(key)
        return super().construct_mapping(node, deep=deep)


_StrictLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag not in _LOOSE]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_StrictLoader.add_implicit_resolver("tag:yaml.org,2002:bool", _BOOLEAN, list("tf"))


def read_yaml(path: Path) -> Any:
    """The content of a YAML file, as plain values.

    Raises:
        InvalidDefinition: the file is missing, is not UTF-8 or not YAML, or gives a key twice.
    """
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_StrictLoader)  # a SafeLoader
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise InvalidDefinition([Problem(path.name, "", " ".join(str(error).split()))]) from error
