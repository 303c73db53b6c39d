"""Numbers as they stand on forms: composed from single digits, set among print, and worn by a scanner.

A sample is a picture (INPUT_HEIGHT, INPUT_WIDTH) uint8, 0 = paper and 255 = ink, and the digits and slashes on it from
left to right; letters, dots and rules count for nothing.  Two framings, the two that the product gives the network:
``pen``: only coloured ink, cut to its edge; ``line``: a piece of the printed line with what stands around.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from models.handwriting.sources import HEIGHT, PRINT_FONTS, Writer, stroke_picture, text_picture, tight
from models.handwriting.strokes import curve
from pipeline.read.handwriting import INPUT_HEIGHT, INPUT_WIDTH, to_input

LEFT = (
    "Số:", "Số", "Số :", "số:", "S ố:", "Số....", "Số: ", "ngày", "ngày", "ày", "tháng", "háng", "Ngày:", "Ngày", "",
)  # fmt: skip
RIGHT = (
    "/QĐ-UBND", "/UBND-NC", "/TB-VP", "/SGDĐT", "/CT-TTg", "/BC-", "/KH-", "-TB/TU", "-CV/HU", "- KH", "tháng", "tháng",
    "thán", "năm", "năm 2", "năm", "/STC", "/BTC-TH", "", "", "/2019/QĐ", "/2021/", "....", "../TB",
)  # fmt: skip
NEIGHBOURS = ("UBND HUYỆN", "V/v triển khai", "Độc lập - Tự do", "Kính gửi", "HỘI ĐỒNG")


@dataclass(frozen=True, slots=True)
class Sample:
    picture: np.ndarray
    text: str


def number(rng: np.random.Generator) -> str:
    """Digits as they are written on papers: serial numbers, days, months, short dates."""
    what = rng.random()
    if what < 0.5:
        length = int(rng.choice([1, 2, 3, 4, 5], p=[0.1, 0.28, 0.32, 0.24, 0.06]))
        text = "".join(str(d) for d in rng.integers(0, 10, length))
        return text if set(text) != {"0"} else "0" * (length - 1) + "1"
    if what < 0.85:
        day = int(rng.integers(1, 32))
        return f"{day:02d}" if rng.random() < 0.8 else str(day)
    if what < 0.93:
        month = int(rng.integers(1, 13))
        return f"{month:02d}" if rng.random() < 0.5 else str(month)
    day, month, year = int(rng.integers(1, 32)), int(rng.integers(1, 13)), int(rng.integers(2004, 2030))
    parts = [f"{day:02d}" if rng.random() < 0.7 else str(day), f"{month:02d}" if rng.random() < 0.5 else str(month)]
    if rng.random() < 0.6:
        parts.append(str(year) if rng.random() < 0.5 else str(year % 100).zfill(2))
    return "/".join(parts)


def draw_number(text: str, rng: np.random.Generator, part: str = "train") -> np.ndarray:
    """``text`` in one hand as coverage 0..1, cropped to its ink."""
    writer = Writer(rng, part)
    pieces = [writer.draw(char) for char in text]
    printed = writer.kind == "print"
    gap = 4.0 if printed else float(rng.normal(1, 8))
    drift = 0.0 if printed else float(rng.normal(0, 0.05))
    width = int(sum(p.shape[1] for p in pieces) + 40 * len(pieces) + 40)
    canvas = np.zeros((HEIGHT * 3, width), np.float32)
    x = 20.0
    for char, piece in zip(text, pieces, strict=True):
        if not printed:
            grow = float(rng.uniform(0.82, 1.12)) * (1.15 if char == "/" else 1.0)
            size = (max(3, round(piece.shape[1] * grow)), max(6, round(piece.shape[0] * grow)))
            piece = cv2.resize(piece, size, interpolation=cv2.INTER_AREA)
        height, broad = piece.shape
        base = HEIGHT * 2 + drift * x + (0 if printed else float(rng.normal(0, 2.5)))
        top = int(np.clip(base - height, 0, canvas.shape[0] - height))
        at = int(np.clip(x, 0, width - broad))
        region = canvas[top : top + height, at : at + broad]
        np.maximum(region, piece, out=region)
        x = at + broad + (gap if printed else gap + float(rng.normal(0, 2.5)))
        x = max(x, at + 0.45 * broad + 3)
    return tight(canvas)


def scribble(rng: np.random.Generator) -> np.ndarray:
    """Strokes that are no digits: a flourish, a tick, a crossing-out."""
    curves = []
    for _ in range(int(rng.integers(1, 4))):
        steps = rng.normal(0, 0.35, (int(rng.integers(3, 9)), 2)).cumsum(axis=0) * np.array([1.4, 0.7])
        curves.append(curve(steps))
    return stroke_picture(curves, float(rng.uniform(2, 8)))


def compose(rng: np.random.Generator, part: str = "train") -> Sample:
    """One sample, all its chances drawn from ``rng``."""
    nothing = rng.random() < 0.05
    text = "" if nothing else number(rng)
    if text:
        ink = draw_number(text, rng, part)
    else:
        ink = scribble(rng) if rng.random() < 0.6 else np.zeros((HEIGHT, 30), np.float32)
    if rng.random() < 0.42 and ink.any():
        picture = _pen_only(ink, rng)
        return Sample(to_input(picture, rng.uniform(0.72, 0.95)), text)
    picture, text = _on_line(ink, text, rng)
    return Sample(to_input(picture, 1.0), text)


def worn(coverage: np.ndarray, digit_height: float, rng: np.random.Generator, ink: float, paper: float) -> np.ndarray:
    """Grey picture (uint8) of ``coverage`` at a scanner's resolution, with its blur, noise and compression."""
    target = float(rng.uniform(17, 46))  # pixels of a digit: 150 to 300 dpi, small and large hands
    scale = min(1.0, target / digit_height)
    small = cv2.resize(coverage, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    if rng.random() < 0.7:
        small = cv2.GaussianBlur(small, (0, 0), float(rng.uniform(0.3, 1.1)))
    if rng.random() < 0.25:  # a bilevel scan
        small = np.clip((small - rng.uniform(0.3, 0.55)) * 8, 0, 1)
    small = np.clip(small * rng.uniform(1.0, 1.5), 0, 1)
    if rng.random() < 0.3:  # the pen skips
        spots = cv2.GaussianBlur(rng.random(small.shape, dtype=np.float32), (0, 0), 1.2)
        small = small * np.clip(1.45 - (spots > np.quantile(spots, rng.uniform(0.85, 0.98))), 0, 1)
    grey = paper + (ink - paper) * small
    grey = grey + rng.normal(0, rng.uniform(0, 7), small.shape)
    grey = np.clip(grey, 0, 255).astype(np.uint8)
    if rng.random() < 0.6:
        coded = cv2.imencode(".jpg", grey, [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(30, 95))])[1]
        grey = cv2.imdecode(coded, cv2.IMREAD_GRAYSCALE)
    return grey


def _turn(coverage: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Turned a little and bent: a fast hand, a skewed page, a curling sheet."""
    height, width = coverage.shape
    padded = np.pad(coverage, 12)
    matrix = cv2.getRotationMatrix2D((width / 2 + 12, height / 2 + 12), float(rng.normal(0, 3)), 1.0)
    turned = cv2.warpAffine(padded, matrix, (padded.shape[1], padded.shape[0]))
    if rng.random() < 0.5:
        size = turned.shape
        field = [cv2.GaussianBlur(rng.uniform(-1, 1, size).astype(np.float32), (0, 0), 9) for _ in range(2)]
        power = rng.uniform(10, 38)
        ys, xs = np.mgrid[: size[0], : size[1]].astype(np.float32)
        turned = cv2.remap(turned, xs + power * field[0], ys + power * field[1], cv2.INTER_LINEAR)
    return tight(turned)


def _pen_only(ink: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Coloured ink alone: what is outside its mask is paper, with the ragged edge a mask has."""
    ink = _turn(ink, rng)
    pad = 10
    grey = worn(np.pad(ink, pad), ink.shape[0], rng, float(rng.uniform(20, 150)), float(rng.uniform(225, 255)))
    level = np.percentile(grey, 90) - rng.uniform(12, 60)
    mask = cv2.dilate((grey < level).astype(np.uint8), np.ones((int(rng.integers(1, 4)),) * 2, np.uint8))
    grey[mask == 0] = 255
    if rng.random() < 0.25:  # the rest of a leader, a speck, the edge of a neighbour
        y, x = int(rng.integers(0, grey.shape[0])), int(rng.choice([1, grey.shape[1] - 4]))
        cv2.circle(grey, (x, y), int(rng.integers(1, 3)), 60, -1)
    ys, xs = np.nonzero(grey < 215)
    if len(ys):
        grey = grey[ys.min() : ys.max() + 1, xs.min() : xs.max() + 1]
    return grey


def _on_line(ink: np.ndarray, text: str, rng: np.random.Generator) -> tuple[np.ndarray, str]:
    """A piece of a printed line: print to the left and right, dots and rules under, neighbours above and below."""
    ink = _turn(ink, rng) if ink.any() else ink
    cap = HEIGHT / float(rng.uniform(0.75, 1.75))  # height of a printed capital beside digits of HEIGHT
    path = PRINT_FONTS[int(rng.integers(len(PRINT_FONTS)))]
    size = max(12, round(cap * 1.5))
    left, right = str(rng.choice(LEFT)), str(rng.choice(RIGHT))
    height = int(cap * rng.uniform(2.0, 3.1))
    base = int(height * rng.uniform(0.6, 0.72))  # the printed line's foot
    shown_left = int(rng.integers(0, int(cap * 2.2)))  # how much of the left print stands in the piece
    gap_left, gap_right = rng.normal(6, 9), rng.normal(8, 12)
    prints = []
    x = shown_left + gap_left
    if left.strip():
        word = text_picture(left, path, size)
        drop = int(cap * 0.25) if "y" in left or "g" in left else 0
        prints.append((word, shown_left - word.shape[1], base - word.shape[0] + drop))
    at = max(0, int(x))
    end = at + ink.shape[1]
    shown_right = 0
    slash = ""
    if right:
        word = text_picture(right, path, size)
        start = int(end + gap_right)
        shown_right = int(rng.integers(0, int(cap * 2.6)))
        drop = int(cap * 0.25) if "g" in right else int(cap * 0.08)
        prints.append((word, start, base - word.shape[0] + drop))
        if right.startswith("/") and gap_right > -6:
            slash_width = text_picture("/", path, size).shape[1]
            shown_right = max(shown_right, slash_width + 2) if rng.random() < 0.85 else 0
            if shown_right >= slash_width:
                slash = "/"
            # The printed digits after a slash are digits too: leave only pieces that end before them.
            if right[1:2].isdigit():
                shown_right = min(shown_right, slash_width)
    width = max(int(end + (gap_right if right else 0) + shown_right), end if rng.random() < 0.8 else end - 2, 24)
    page = np.zeros((height, width), np.float32)
    for word, px, py in prints:
        paste(page, word, int(px), int(py), 1.0)
    lift = int(rng.normal(0, 0.12) * HEIGHT)
    strength = float(rng.uniform(0.6, 1.0))
    top = base - ink.shape[0] + lift + int(0.06 * HEIGHT)
    paste(page, ink, at, int(np.clip(top, -0.06 * ink.shape[0], max(0, height - 0.94 * ink.shape[0]))), strength)
    if rng.random() < 0.3:  # dotted leader
        step = float(rng.uniform(5, 11))
        for px in np.arange(at - 10, end + 10, step):
            cv2.circle(page, (int(px), base + int(rng.integers(-1, 2))), int(rng.integers(1, 3)), 0.9, -1)
    if rng.random() < 0.12:  # a rule: the foot of a table, the line under a name
        y = int(rng.choice([rng.integers(0, height // 6 + 1), rng.integers(5 * height // 6, height)]))
        cv2.line(page, (0, y), (width, y + int(rng.integers(-2, 3))), 0.9, int(rng.integers(1, 4)))
    if rng.random() < 0.3:  # the line above or below looks in
        word = text_picture(str(rng.choice(NEIGHBOURS)), path, size)
        above, below = rng.uniform(0.5, 0.95), rng.uniform(0.1, 0.5)
        y = -int(word.shape[0] * above) if rng.random() < 0.5 else height - int(word.shape[0] * below)
        paste(page, word, int(rng.integers(-word.shape[1] // 2, max(1, width // 2))), y, 1.0)
    if rng.random() < 0.08:  # a stamp's rim
        centre = (int(rng.integers(0, width)), int(rng.integers(-height, 2 * height)))
        cv2.circle(page, centre, int(rng.integers(height, 3 * height)), 0.5, int(rng.integers(1, 4)))
    grey = worn(page, HEIGHT, rng, float(rng.uniform(5, 110)), float(rng.uniform(215, 255)))
    return grey, text + slash


def paste(page: np.ndarray, piece: np.ndarray, x: int, y: int, strength: float = 1.0) -> None:
    """Lay coverage on coverage at (x, y), the darker ink over the paler; what falls outside the page is lost."""
    height, width = page.shape
    x0, y0, x1, y1 = max(0, x), max(0, y), min(width, x + piece.shape[1]), min(height, y + piece.shape[0])
    if x0 >= x1 or y0 >= y1:
        return
    part = piece[y0 - y : y1 - y, x0 - x : x1 - x] * strength
    region = page[y0:y1, x0:x1]
    np.maximum(region, part, out=region)


def many(count: int, seed: int, part: str = "train") -> tuple[np.ndarray, list[str]]:
    """``count`` samples: pictures (count, INPUT_HEIGHT, INPUT_WIDTH) uint8 and their texts."""
    rng = np.random.default_rng(seed)
    pictures = np.zeros((count, INPUT_HEIGHT, INPUT_WIDTH), np.uint8)
    texts = []
    for at in range(count):
        sample = compose(rng, part)
        pictures[at] = sample.picture
        texts.append(sample.text)
    return pictures, texts
