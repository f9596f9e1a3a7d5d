"""One operation of the document for each action: its address, parameters, answers and what it asks."""

from __future__ import annotations

from typing import Any

from .kinds import JsonSchema
from .registry import Action

TOKEN = {"token": []}  # type: ignore[var-annotated]

TAGS = {
    "tables": "The rows of a table: search, count, summarise, describe.",
    "feeds": "Tables that are kept up to date: versions, runs, refused rows.",
    "catalogue": "Datasets, files, publishers: search and read.",
    "files": "Addresses that give a file.",
    "changes": "What changes something; needs the token of a person who may.",
}
TABLES = ("datastore_", "participation_table_")
FEEDS = ("participation_feed_", "harvest_")
ERRORS = {
    "400": "The request cannot be read, or asks for more than is given at once.",
    "403": "The caller may not do this.",
    "404": "There is no such thing, or it is not public.",
    "409": "A parameter is missing or wrong; the error names it.",
}


def path(action: Action) -> str:
    """Where an action is called."""
    return f"/api/3/action/{action.name}"


def operation(action: Action) -> dict[str, Any]:
    """The entry under ``paths``: ``get`` for what reads, ``post`` for what changes."""
    whole: dict[str, Any] = {
        "operationId": action.name,
        "summary": action.told.summary or action.name,
        "description": _description(action),
        "tags": [_tag(action)],
        "responses": {"200": _success(action)} | {code: error(code) for code in ERRORS},
    }
    if not (action.reads and action.public):
        whole["security"] = [TOKEN]
    if action.reads:
        whole["parameters"] = [_query(action, name) for name in action.parameters]
        return {"get": whole}
    whole["requestBody"] = _body(action)
    return {"post": whole}


def _description(action: Action) -> str:
    """The docstring as Markdown, without what the parameters say themselves."""
    parts = [action.told.text]
    if action.told.raises:
        parts.append(f"**Refused with**\n\n{action.told.raises}")
    return "\n\n".join(part for part in parts if part)


def _tag(action: Action) -> str:
    if not action.reads:
        return "changes"
    if action.name.startswith(TABLES):
        return "tables"
    return "feeds" if action.name.startswith(FEEDS) else "catalogue"


def _query(action: Action, name: str) -> dict[str, Any]:
    """A parameter in the address; an object stands there as JSON text."""
    schema = dict(action.parameters[name])
    words = schema.pop("description", "")
    parameter: dict[str, Any] = {"name": name, "in": "query", "required": name in action.required}
    if words:
        parameter["description"] = words
    if _is_nested(schema):
        return parameter | {"content": {"application/json": {"schema": schema}}}
    return parameter | {"schema": schema}


def _is_nested(schema: JsonSchema) -> bool:
    """Whether a value of it cannot be written as plain text or as a repeated parameter."""
    inner = schema.get("items", {})
    return schema.get("type") in ("object", ["object", "array"]) or inner.get("type") in ("object", "array")


def _body(action: Action) -> dict[str, Any]:
    """The JSON that is sent; an action that takes a file takes a form."""
    schema: JsonSchema = {"type": "object", "properties": action.parameters}
    if action.required:
        schema["required"] = list(action.required)
    kinds = {"application/json": {"schema": schema}}
    if "upload" in action.parameters:
        file = {"type": "string", "contentMediaType": "application/octet-stream"}
        files = action.parameters | {"upload": file}
        kinds = {"multipart/form-data": {"schema": schema | {"properties": files}}}
    return {"required": bool(action.required), "content": kinds}


def _success(action: Action) -> dict[str, Any]:
    """CKAN's envelope around what the action gives."""
    result: JsonSchema = {"description": action.told.returns} if action.told.returns else {}
    schema = {
        "type": "object",
        "required": ["success", "result"],
        "properties": {
            "help": {"type": "string"},
            "success": {"const": True},
            "result": result,
        },
    }
    return {"description": "Done.", "content": {"application/json": {"schema": schema}}}


def error(code: str) -> dict[str, Any]:
    """The reference to an answer that refuses."""
    return {"$ref": f"#/components/responses/{code}"}


def components() -> dict[str, Any]:
    """What the operations refer to: the refusals and the token."""
    envelope = {
        "type": ["object", "string"],
        "properties": {
            "help": {"type": "string"},
            "success": {"const": False},
            "error": {
                "type": "object",
                "description": "``__type`` and ``message``, or the parameters with their errors.",
            },
        },
    }
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/error"}}}
    return {
        "schemas": {"error": envelope},
        "responses": {code: {"description": text, "content": content} for code, text in ERRORS.items()},
        "securitySchemes": {
            "token": {
                "type": "apiKey",
                "in": "header",
                "name": "Authorization",
                "description": "The API token of an account, as its page under “API tokens” gives it.",
            }
        },
    }
