"""Pictures of pages (PNG, JPEG, TIFF, BMP, GIF, WebP) and the rendering of PDF pages, as grey pixels."""

import io
import warnings
from collections.abc import Iterator

import numpy as np
import pypdfium2
from PIL import Image, ImageOps, ImageSequence

from assistant.errors import AnanError, Unreadable
from assistant.reports.forms.blocks import Block
from assistant.reports.forms.flow import blocks_of
from assistant.reports.forms.scan import Recogniser

MAX_PIXELS = 60_000_000  # of one picture; A3 at 400 dots an inch has 31 million
MAX_SIDE = 3_400  # pixels recognised on the longer side, A4 at 290 dots an inch; more only takes longer
RENDERED_DOTS = 200  # dots an inch for PDF pages without text: small type is still 20 pixels high
_TOO_LARGE = f"图片太大：最多 {MAX_PIXELS // 1_000_000} 百万像素"


def read_picture(data: bytes) -> list[Block]:
    """The page, or in TIFF the pages, in ``data``, recognised.

    Raises:
        Unreadable: broken, over the bounds, without text, or recognition is not installed.
    """
    recogniser = Recogniser()
    blocks = blocks_of(recogniser.sheet(frame) for frame in _frames(data))
    if not blocks:
        raise Unreadable("图片里没有认出文字", code="no_text")
    return blocks


def _frames(data: bytes) -> Iterator[np.ndarray]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # sizes are bounded below; what else Pillow minds does no harm
            picture = Image.open(io.BytesIO(data))
            for frame in ImageSequence.Iterator(picture):
                if frame.width * frame.height > MAX_PIXELS:
                    raise Unreadable(_TOO_LARGE, code="too_large")
                yield _grey(frame)
    except AnanError:
        raise
    except Image.DecompressionBombError as error:
        raise Unreadable(_TOO_LARGE, code="too_large") from error
    except Exception as error:  # a decoder fed with broken data fails in every way there is
        raise Unreadable("图片坏了或不完整，读不出来", code="broken_file") from error


def _grey(frame: Image.Image) -> np.ndarray:
    upright = ImageOps.exif_transpose(frame)
    if upright.mode in ("RGBA", "LA", "P", "PA"):
        upright = upright.convert("RGBA")
        paper = Image.new("RGBA", upright.size, "white")
        upright = Image.alpha_composite(paper, upright)
    grey = upright.convert("L")
    grey.thumbnail((MAX_SIDE, MAX_SIDE))
    return np.asarray(grey)


class Renderer:
    """Renders pages of one PDF file; opened at the first page that needs it."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._document: pypdfium2.PdfDocument | None = None

    def page(self, index: int) -> np.ndarray:
        """Page ``index`` from 0 as grey pixels."""
        if self._document is None:
            self._document = pypdfium2.PdfDocument(self._data)
        page = self._document[index]
        longest = max(*page.get_size(), 1.0)
        scale = min(RENDERED_DOTS / 72, MAX_SIDE / longest)
        bitmap = page.render(scale=scale, grayscale=True)
        pixels: np.ndarray = bitmap.to_numpy()
        page.close()
        return np.array(pixels.reshape(pixels.shape[0], -1))

    def close(self) -> None:
        """Let go of the file."""
        if self._document is not None:
            self._document.close()
