"""Pictures made anew: what one sees of an image, as WebP of bounded size, without anything else that was in its file."""

import io
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

from readings.importing.document import Picture

LARGEST_SOURCE = 20 * 1024**2
"""Bytes of the file that came."""

MOST_PIXELS = 40_000_000
"""Of the file that came: a larger one is a trap, or a map that needs another place."""

LONGEST_SIDE = 1600
"""Pixels, as we keep it: twice the width of a column, for sharp screens."""

SMALLEST_SIDE = 8
"""Pixels. Smaller ones are spacers, rules and counters."""

_FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF")


def make_picture(data: bytes) -> Picture | None:
    """The picture in a file, or None where there is none that can be shown: unknown format, damaged, too large, a mere dot."""
    if len(data) > LARGEST_SOURCE:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=_FORMATS) as opened:
                if opened.width * opened.height > MOST_PIXELS or min(opened.size) < SMALLEST_SIDE:
                    return None
                opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
                return _encode(ImageOps.exif_transpose(opened))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombWarning):
        return None  # Pillow's decoders raise all of these for files that are damaged


def _encode(image: Image.Image) -> Picture:
    lossless = image.mode in ("1", "L", "P")  # drawings and diagrams, whose edges a lossy code blurs
    shown = image.convert("RGBA" if "transparency" in image.info or image.mode in ("LA", "PA", "RGBA") else "RGB")
    shown.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    made = io.BytesIO()
    shown.save(made, "WEBP", quality=82, method=4, lossless=lossless)
    return Picture(made.getvalue(), shown.width, shown.height)
