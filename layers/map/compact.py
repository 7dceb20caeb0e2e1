"""Models of the record as JSON values for the browser, without what is empty."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel


def plain(model: BaseModel, *without: str) -> dict[str, Any]:
    """A model as JSON values, without empty fields and without those named."""
    values = model.model_dump(mode="json", by_alias=True, exclude=set(without))
    found: dict[str, Any] = _compact(values)
    return found


def _compact(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _compact(item) for key, item in value.items() if not _empty(item)}
    if isinstance(value, list):
        return [_compact(item) for item in value]
    return value


def _empty(value: Any) -> bool:
    return value is None or value is False or value in ([], {})
