"""Composition root: settings, URLs, Celery, system checks and role home pages."""

from network_portal.celery import app as celery_app

__all__ = ["celery_app"]
