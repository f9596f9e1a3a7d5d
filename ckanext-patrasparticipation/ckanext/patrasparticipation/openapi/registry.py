"""The actions that this site has just now: what each takes, says of itself, and asks of its caller."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from ckan import authz, logic
from ckan.plugins import toolkit as tk
from ckanext.datastore.logic import schema as datastore

from . import docstrings, kinds
from .kinds import JsonSchema


@dataclass(frozen=True)
class Action:
    """One action: ``parameters`` as JSON Schema, ``reads`` when it answers to GET."""

    name: str
    told: docstrings.Told
    parameters: dict[str, JsonSchema]
    required: tuple[str, ...]
    reads: bool
    public: bool


def actions() -> list[Action]:
    """Every action, CKAN's own and those of the plugins, by name.

    ckanext-harvest registers the exceptions of its module too, which nobody can call.
    """
    tk.get_action("help_show")  # fills CKAN's table
    functions = sorted(logic._actions.items())
    return [_action(name, each) for name, each in functions if not inspect.isclass(inspect.unwrap(each))]


def _action(name: str, function: Callable[..., Any]) -> Action:
    """What is known of an action from its schema, then from its docstring."""
    layers = list(_layers(function))
    told = _told([inspect.getdoc(layer) or "" for layer, _schema in layers])
    schema = next((found for _layer, found in layers if found), getattr(datastore, f"{name}_schema", None))
    found, required = kinds.parameters(schema()) if schema else ({}, [])
    names = [*found, *_around(layers)] if schema else list(told.parameters)
    if not schema and not docstrings.is_optional(*told.parameters.get("id", ("optional", ""))):
        required = ["id"]  # of the others CKAN's docstrings do not say it reliably
    described = {each: _described(found.get(each, {}), told.parameters.get(each, ("", ""))) for each in names}
    reads = bool(getattr(function, "side_effect_free", False))
    return Action(name, told, described, tuple(required), reads, _is_public(name))


def _layers(function: Any) -> Iterator[tuple[Any, Callable[[], Any] | None]]:
    """The functions an action is wrapped in, outermost first, each with the schema it validates by.

    CKAN wraps every action, ``@validate`` keeps its schema in a closure, and a chained action is a partial
    of ours and of what it stands around.
    """
    schema = None
    while function is not None:
        if isinstance(function, functools.partial):
            yield from _layers(function.func)
            function = function.args[0]
            continue
        inner = getattr(function, "__wrapped__", None)
        if inner is None:
            yield function, schema
            return
        if inspect.isfunction(function):
            schema = inspect.getclosurevars(function).nonlocals.get("schema_func") or schema
        function = inner


def _told(texts: list[str]) -> docstrings.Told:
    """The innermost docstring, then what was laid around it: CKAN's words, then ours."""
    parts = [docstrings.read(text) for text in reversed(texts)]
    whole = parts[0]
    for part in parts[1:]:
        whole.text = f"{whole.text}\n\n{part.text}".strip()
        whole.parameters |= part.parameters
        whole.returns = "\n\n".join(filter(None, (whole.returns, part.returns)))
        whole.raises = "\n\n".join(filter(None, (whole.raises, part.raises)))
    return whole


def _around(layers: list[tuple[Any, Any]]) -> list[str]:
    """Parameters of functions around the one that validates, which never sees them."""
    return [
        name for layer, _schema in layers[:-1] for name in docstrings.read(inspect.getdoc(layer)).parameters
    ]


def _described(schema: JsonSchema, said: tuple[str, str]) -> JsonSchema:
    """The validators' word on the type, else the docstring's; the docstring's sentence."""
    whole = dict(schema)
    if "type" not in whole and "enum" not in whole:
        whole = docstrings.schema(said[0]) | whole
    words = " ".join(filter(None, (said[1], whole.pop("description", ""))))
    return whole | ({"description": words} if words else {})


def _is_public(name: str) -> bool:
    """Whether nobody has to say who they are; what they then see is the action's own decision."""
    function = authz._AuthFunctions.get(name)
    return function is None or bool(getattr(function, "auth_allow_anonymous_access", False))
