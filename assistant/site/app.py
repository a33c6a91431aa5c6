"""The app factory."""

from flask import Flask
from flask.json.provider import DefaultJSONProvider
from markupsafe import Markup

from assistant.resources import web_folder
from assistant.services import Services
from assistant.site import (  # noqa: F401  (their routes hang on desk_api)
    desk_asked_api,
    desk_compilations_api,
    desk_decisions_api,
    desk_faq_api,
    desk_people_api,
    desk_words_api,
    desk_work_api,
)
from assistant.site.api import api
from assistant.site.console import install_console
from assistant.site.context import hold_services
from assistant.site.desk_api import desk_api
from assistant.site.embed import embed
from assistant.site.errors import install_errors
from assistant.site.feedback_api import feedback_api
from assistant.site.hot_pages import hot_pages
from assistant.site.listen_api import listen_api
from assistant.site.look import install_look
from assistant.site.message_api import message_api
from assistant.site.message_pages import message_pages
from assistant.site.page_words import title_parts
from assistant.site.pages import pages
from assistant.site.report_audio import report_audio
from assistant.site.security import install_security

# No route takes more than a message; each may set a lower bound of its own.
_BODY_BYTES = 64 * 1024


class _Json(DefaultJSONProvider):
    """Chinese as it is, keys in the order of the contract."""

    ensure_ascii = False
    sort_keys = False


def create_app(services: Services) -> Flask:
    """A new app over ``services``, which stay the caller's to close.

    Raises:
        SettingsError: a setting of the site that cannot be understood.
    """
    app = Flask(__name__, static_folder=None, template_folder=str(web_folder() / "templates"))
    app.json = _Json(app)
    app.config["MAX_CONTENT_LENGTH"] = _BODY_BYTES
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(title_parts=title_parts, wbr=Markup("<wbr>"))
    hold_services(app, services)
    app.register_blueprint(api)
    app.register_blueprint(message_api)
    app.register_blueprint(feedback_api)
    app.register_blueprint(listen_api)
    app.register_blueprint(pages)
    app.register_blueprint(embed)
    app.register_blueprint(message_pages)
    app.register_blueprint(report_audio)
    app.register_blueprint(hot_pages)
    install_console(app)
    app.register_blueprint(desk_api)
    install_look(app)
    install_errors(app)
    install_security(app, services.settings)
    return app
