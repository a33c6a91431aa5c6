"""The description of /api/v1, kept as YAML beside this module and held to the routes by a test."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

import assistant

_FILE = Path(__file__).with_name("openapi.yaml")


@cache
def document() -> dict[str, Any]:
    """The OpenAPI 3.1 document, with the package's version."""
    described: dict[str, Any] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    described["info"]["version"] = assistant.__version__
    return described
