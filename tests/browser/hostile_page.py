"""Pages of other sites that embed 安安: an ordinary one, and one on which everything is against her."""

import io

from PIL import Image, ImageChops
from window_server import Site

HOSTILE_CSS = """
* { all: unset !important; color: red !important; font: italic 40px serif !important; letter-spacing: 9px !important;
    text-transform: uppercase !important; transition: all 9s !important; }
html, body { display: block !important; width: 100vw !important; height: 100vh !important; overflow: hidden !important;
    transform: translate(0) !important; filter: blur(0) !important; perspective: 9px !important; zoom: 1 !important; }
head, head * { display: none !important; }
:root { --x: 1; font-size: 100px !important; line-height: 5 !important; direction: rtl !important; }
anan-widget, anan-widget * { display: none !important; visibility: hidden !important; opacity: 0 !important; }
#cover { display: block !important; position: fixed !important; inset: 0 !important; background: #fff !important;
    z-index: 2147483647 !important; }
"""
# What libraries of the time of Prototype and MooTools did to the language, and an old polyfill or two.
OLD_FRAMEWORK = """
Object.prototype.extend = function () { return this; };
Array.prototype.each = function (f) { for (var i = 0; i < this.length; i++) f(this[i]); return this; };
Array.prototype.contains = Array.prototype.remove = Array.prototype.flatten = function () { return false; };
Array.prototype.toJSON = function () { return '[' + this.join() + ']'; };
String.prototype.toJSON = function () { return '"' + this + '"'; };
Function.prototype.bind = function (it) { var f = this; return function () { return f.apply(it, arguments); }; };
Array.from = function (list) { var all = []; for (var i = 0; i < list.length; i++) all.push(list[i]); return all; };
window.Event = function () { throw new Error('this Event is ours'); };
window.Element = function () {};
window.$ = window.jQuery = window.element = window.button = window.sheet = function () { return null; };
HTMLElement.prototype.show = HTMLElement.prototype.hide = HTMLElement.prototype.update = function () { return this; };
document.addEventListener('keydown', function (e) { e.preventDefault(); }, false);
document.addEventListener('click', function (e) { e.preventDefault(); }, false);
"""
HEAD = '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>某局</title><link rel="icon" href="data:,">'
VIEWPORT = '<meta name="viewport" content="width=device-width, initial-scale=1">'
# More of a picture than this may not differ: what lies beneath rounded corners does.
DIFFERENT_MOST = 0.003


def embedding(site: Site, server: str, path: str, hostile: bool) -> str:
    """The address of a page with 安安 on it."""
    script = f'<script type="module" src="{server}/widget.js" data-label="问一问" data-figure="boy"></script>'
    worse = '<link rel="stylesheet" href="/worse.css"><script src="/old.js"></script>' if hostile else ""
    cover = '<div id="cover"></div>' if hostile else ""
    site.pages[path] = ("text/html", f"{HEAD}{VIEWPORT}{worse}<body>{cover}{script}</body></html>")
    site.pages["/worse.css"] = ("text/css", HOSTILE_CSS)
    site.pages["/old.js"] = ("text/javascript", OLD_FRAMEWORK)
    site.policy = (
        f"default-src 'none'; script-src 'self' {server}; style-src 'self'; connect-src {server}; media-src blob:; "
        "img-src data:; frame-src 'self' " + server
    )
    return site.origin + path


def different(one: bytes, other: bytes) -> float:
    """The share of the pixels that can be told apart."""
    pictures = [Image.open(io.BytesIO(each)).convert("RGB") for each in (one, other)]
    assert pictures[0].size == pictures[1].size
    told = ImageChops.difference(*pictures).convert("L").point(lambda value: 255 if value > 24 else 0)
    return told.histogram()[255] / (told.width * told.height)
