"""安安 alone on a page, for sites that show her in a frame because they let no other script in."""

from flask import Blueprint, render_template, request

embed = Blueprint("embed", __name__)

# Attributes of the widget that the address may give; `server` is not among them: the frame is ours.
_OPTIONS = ("heading", "color", "figure", "greeting", "body", "years", "report", "voice")
# Longer than any greeting; an address is bounded by the server anyway.
_OPTION_MOST = 300


@embed.get("/embed")
def framed() -> str:
    """Show the widget over the whole page; ``?body=…`` and the like are its attributes."""
    given = {name: request.args[name][:_OPTION_MOST] for name in _OPTIONS if request.args.get(name)}
    return render_template("embed.html", options=given)
