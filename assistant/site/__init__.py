"""What stands on the web: pages and /api/v1 over the services, one app, one server."""

from assistant.site.app import create_app
from assistant.site.serving import serve

__all__ = ["create_app", "serve"]
