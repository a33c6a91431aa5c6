"""Somebody at the desk, as far as its rules ask."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Colleague:
    login: str
    role: str = "editor"
    department: str = ""
