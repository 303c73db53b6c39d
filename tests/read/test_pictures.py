"""Does a picture file give the page that a person sees, however it is stored?"""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from pipeline.errors import CongvanError, DecompressionBomb, FileDamaged, ImageTooLarge, TooManyPages
from pipeline.read.model import ReadOptions
from pipeline.read.pictures import frame_count, page_picture, picture_frame

PATH = Path("a.tif")


def sheet(mode: str) -> Image.Image:
    """White, with a black upper half on the left; 300 by 400."""
    levels = np.full((400, 300), 255, np.uint8)
    levels[:200, :150] = 0
    grey = Image.fromarray(levels)
    if mode == "I;16":
        return Image.fromarray(levels.astype(np.uint16) * 257)
    if mode == "RGBA":
        # Ink on nothing: what is transparent holds black as often as not.
        return Image.merge("RGBA", [Image.new("L", grey.size, 0)] * 3 + [Image.fromarray(255 - levels)])
    if mode == "P transparent":
        palette = grey.convert("P")
        palette.info["transparency"] = 255
        return palette
    return grey.convert(mode)


def stored(picture: Image.Image, kind: str, **how: Any) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **how)
    return out.getvalue()


@pytest.mark.parametrize(("mode", "kind"), [
    ("1", "TIFF"), ("L", "PNG"), ("RGB", "PNG"), ("P", "PNG"), ("P transparent", "PNG"), ("RGBA", "PNG"),
    ("I;16", "PNG"), ("I;16", "TIFF"), ("CMYK", "TIFF"), ("LA", "PNG"),
])  # fmt: skip
def test_black_is_black_and_paper_is_white(mode: str, kind: str) -> None:
    frame = picture_frame(stored(sheet(mode), kind), 1)
    assert frame.mode in ("L", "RGB")
    grey = frame.convert("L")
    assert grey.getpixel((50, 50)) < 60
    assert grey.getpixel((250, 300)) > 220


@pytest.mark.parametrize(("width", "height", "dpi", "shape"), [
    (1728, 1143, (204, 98), (1728, 2379)),  # a coarse fax, squeezed to half its height
    (1728, 2287, (204, 196), (1728, 2287)),  # a fine one
    (1654, 2339, (200, 200), (1654, 2339)),
    (1654, 2339, (200, 100), (1654, 2339)),  # an upright page whose resolution is told wrongly
])  # fmt: skip
def test_a_coarse_fax_is_brought_to_its_height(
    width: int, height: int, dpi: tuple[int, int], shape: tuple[int, int]
) -> None:
    data = stored(Image.new("1", (width, height), 1), "TIFF", dpi=dpi, compression="group4")
    assert picture_frame(data, 1).size == shape


@pytest.mark.parametrize("side", [500, 1654, 5000])
def test_pages_are_brought_to_one_resolution(side: int) -> None:
    raster = page_picture(stored(Image.new("L", (side, round(side * 1.414)), 255), "PNG"), PATH, 1, ReadOptions())
    assert 130 < raster.dpi < 241
    assert raster.rgb.shape[1] / raster.dpi == pytest.approx(8.27, abs=0.02)


@pytest.mark.parametrize(("data", "options", "error"), [
    (b"II*\\0", ReadOptions(), FileDamaged),
    (stored(Image.new("1", (4000, 4000)), "PNG"), ReadOptions(max_megapixels=10), ImageTooLarge),
    (stored(Image.new("1", (10000, 10000)), "PNG"), ReadOptions(), DecompressionBomb),
    (stored(sheet("L"), "TIFF", save_all=True, append_images=[sheet("L")]), ReadOptions(max_pages=1), TooManyPages),
])  # fmt: skip
def test_what_cannot_be_read_is_told_before_it_is_decoded(
    data: bytes, options: ReadOptions, error: type[CongvanError]
) -> None:
    with pytest.raises(error):
        frame_count(data, PATH, options)
