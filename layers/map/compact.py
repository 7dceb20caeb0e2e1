"""Models of the record as JSON values for the browser, without what is empty or goes without saying."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel


def compact(model: BaseModel, *without: str) -> dict[str, Any]:
    """A model as JSON values, without empty fields, fields that have their default, and those named."""
    values = model.model_dump(mode="json", by_alias=True, exclude=set(without), exclude_defaults=True)
    found: dict[str, Any] = _compact(values)
    return found


def _compact(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _compact(item) for key, item in value.items() if item is not None and item not in ([], {})}
    if isinstance(value, list):
        return [_compact(item) for item in value]
    return value
