"""Every door: all URL patterns of the application, and all operations of its OpenAPI document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.urls import URLResolver, get_resolver

from comeback.cases.commands import ACTIONS
from comeback.config.api import api
from comeback.desk.screens import SCREENS
from comeback.method import loading
from comeback.method.engine import COVERED
from comeback.method.sheet import Scope

SCOPES = {"requests": "request", "cases": "case", "sites": "month"}
OPENING = {"/api/v1/requests": "1.2"}  # opens its subject; the line that says who may
REPEATED = ("decision", "override")  # one screen for every condition, one for every gate


class Pattern(NamedTuple):
    """One URL pattern: its name, its whole route."""

    name: str
    route: str


class Operation(NamedTuple):
    """One operation of the API.

    scope: of the subject that one must know of, empty for opening one at one's own site; name: of the action, empty for
    reading; body: a valid one, as small as can be.
    """

    scope: str
    method: str
    path: str
    name: str
    body: dict[str, Any]


def patterns(resolver: URLResolver | None = None, before: str = "") -> Iterator[Pattern]:
    """All patterns but the API's own operations."""
    for entry in (resolver or get_resolver()).url_patterns:
        route = f"{before}{entry.pattern}"
        if isinstance(entry, URLResolver):
            yield from patterns(entry, route)
        elif not route.startswith("api/v1/") or entry.name in ("openapi-json", "api-root"):
            yield Pattern(entry.name or "", route)


def operations() -> Iterator[Operation]:
    """All operations of the API with a body that its schema allows."""
    document = api.get_openapi_schema()
    for path, methods in document["paths"].items():
        for method, described in methods.items():
            scope = SCOPES[path.split("/")[3]] if "{" in path else ""
            found = re.search(r"/(?:lines|acts|gates)/(.+)$", path)
            content = described.get("requestBody", {}).get("content", {}).get("application/json", {})
            body = sample(content.get("schema", {}), document["components"]["schemas"]) if content else {}
            yield Operation(scope, method, path, found[1] if found else OPENING.get(path, ""), body)


def screens(scope: Scope) -> Iterator[str]:
    """Names of the lines and acts that have a page, for subjects of this scope."""
    sheet = loading.load()
    for name in sorted(SCREENS):
        if name in REPEATED:
            if scope == "case":
                yield from (f"{it.id}/decision" for it in sheet.lines.values() if it.by_nature and name == "decision")
                yield from (f"{it.id}/override" for it in sheet.gates.values() if it.override and name == "override")
            continue
        head = name.partition("/")[0]
        of_sheet = (sheet.lines[head] if head in sheet.lines else sheet.acts[head]).scope
        if of_sheet in COVERED[scope] and scope in ACTIONS[name].kinds:  # a request's lines go on under its case
            yield name


def sample(schema: dict[str, Any], named: dict[str, Any]) -> Any:
    """The smallest value that a JSON schema allows."""
    if "$ref" in schema:
        return sample(named[schema["$ref"].rpartition("/")[2]], named)
    if "default" in schema:
        return schema["default"]
    if "const" in schema:
        return schema["const"]
    if "enum" in schema:
        return schema["enum"][0]
    for several in ("anyOf", "oneOf", "allOf"):
        if several in schema:
            return sample(schema[several][0], named)
    return _typed(schema, named)


def _typed(schema: dict[str, Any], named: dict[str, Any]) -> Any:
    kind = schema.get("type")
    if kind == "object":
        properties = schema.get("properties", {})
        return {name: sample(properties[name], named) for name in schema.get("required", [])}
    if kind == "array":
        fixed = [sample(it, named) for it in schema.get("prefixItems", [])]
        return fixed or [sample(schema.get("items", {}), named) for _ in range(schema.get("minItems", 0))]
    formats = {"date-time": "2025-06-02T09:00:00Z", "date": "2025-06-02", "time": "09:00:00"}
    return {"string": formats.get(schema.get("format", ""), "сказано достаточно подробно"), "integer": 1, "number": 1,
            "boolean": True}.get(str(kind))  # fmt: skip
