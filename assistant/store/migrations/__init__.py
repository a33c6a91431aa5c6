"""Alembic's folder: ``env.py`` and, under ``versions``, one script for every change of the tables."""
