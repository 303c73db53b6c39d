"""Picture files (JPEG, PNG, TIFF) → page pictures of about one resolution."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from pipeline.errors import DecompressionBomb, FileDamaged, ImageTooLarge, NoPages, TooManyPages
from pipeline.read.model import Raster, ReadOptions

# Pillow's own limit is lower than a legitimate A3 scan at 600 dpi; ours is checked before decoding.
Image.MAX_IMAGE_PIXELS = None

SHORT_SIDE = 8.27  # inches of an A4 sheet
FAX = (1.5, 2.6)  # horizontal over vertical resolution of a fax in its coarse mode (204 by 98)
_BROKEN = (OSError, ValueError, EOFError, SyntaxError, IndexError)


def frame_count(data: bytes, path: Path, options: ReadOptions) -> int:
    """Pictures in the file.

    Raises FileDamaged, NoPages, TooManyPages, ImageTooLarge or DecompressionBomb, all before anything is decoded.
    """
    try:
        with Image.open(BytesIO(data)) as image:
            width, height = image.size
            if width * height > options.max_megapixels * 1e6:
                raise ImageTooLarge(path, width=width, height=height, limit=options.max_megapixels)
            if width * height > 400 * max(1, len(data)) and width * height > 50e6:
                raise DecompressionBomb(path, reason=f"{width}×{height} điểm ảnh trong {len(data)} byte")
            count = getattr(image, "n_frames", 1)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise FileDamaged(path, reason="ảnh không mở được") from error
    if count == 0:
        raise NoPages(path)
    if count > options.max_pages:
        raise TooManyPages(path, pages=count, limit=options.max_pages)
    return int(count)


def picture_frame(data: bytes, number: int) -> Image.Image:
    """A frame (1-based) in all its points, upright by EXIF, grey ("L") or RGB, on white where it was transparent.

    Raises OSError, ValueError, EOFError, SyntaxError or IndexError on a damaged picture.
    """
    with Image.open(BytesIO(data)) as image:
        frame = ImageSequence.Iterator(image)[number - 1] if number > 1 else image
        across, down = (float(one) for one in frame.info.get("dpi") or (1, 1))
        frame = ImageOps.exif_transpose(frame)
        frame.load()
        frame = _plain(frame)
    if across and down and FAX[0] < across / down < FAX[1] and frame.width > 0.95 * frame.height:
        # A fax's lines are twice as far apart as its columns.
        frame = frame.resize((frame.width, round(frame.height * across / down)), Image.Resampling.BICUBIC)
    return frame


def _plain(frame: Image.Image) -> Image.Image:
    if frame.mode.startswith("I") or frame.mode == "F":
        # Sixteen bits a point: brought to eight by range, or all that is not black would be white.
        levels = np.asarray(frame, dtype=np.float32)
        top = 65535.0 if levels.max(initial=0) > 255 else 255.0
        return Image.fromarray(np.clip(levels * 255 / top, 0, 255).astype(np.uint8))
    if frame.mode in ("RGBA", "LA", "PA") or "transparency" in frame.info:
        over = frame.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", over.size, "white"), over).convert("RGB")
    return frame.convert("L" if frame.mode in ("1", "L") else "RGB")


def page_picture(data: bytes, path: Path, number: int, options: ReadOptions) -> Raster:
    """A frame as RGB, brought to about ``options.dpi`` on an A4 page; raises FileDamaged."""
    try:
        frame = picture_frame(data, number).convert("RGB")
    except _BROKEN as error:
        raise FileDamaged(path, reason=f"ảnh trang {number} bị cắt cụt hoặc hỏng") from error
    # A picture says its resolution wrongly as often as not; official documents are A4.
    dpi = min(frame.size) / SHORT_SIDE
    if dpi > options.dpi * 1.2:
        scale = options.dpi / dpi
        frame = frame.resize((round(frame.width * scale), round(frame.height * scale)), Image.Resampling.LANCZOS)
        dpi = float(options.dpi)
    elif dpi < options.dpi * 0.7:
        scale = min(2.5, options.dpi / max(dpi, 1.0))
        frame = frame.resize((round(frame.width * scale), round(frame.height * scale)), Image.Resampling.LANCZOS)
        dpi *= scale
    return Raster(np.asarray(frame), dpi)
