"""Names of signers as name stamps print them, composed: script faces, worn rubber, strokes of the signature across.

A sample is a strip (HEIGHT, n) uint8 as ``pipeline.read.form_line.to_strip`` makes them, and the name on it in small
letters.  Names are drawn from the family names and syllables of the lexicon, every fourth one from all syllables of
Vietnamese, so that the network learns letters and no list of names.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import cv2
import numpy as np
from fontTools.ttLib import TTFont
from PIL import Image, ImageDraw, ImageFont

from models.handwriting.sources import tight
from pipeline.lexicon.tables import read_toml
from pipeline.read.form_line import to_strip

HERE = Path(__file__).parent
SIZE = 64  # pixels of the type before wear
_FONTS = "/usr/share/fonts/truetype/croscore"
PLAIN = (
    f"{_FONTS}/Tinos-Regular.ttf",
    f"{_FONTS}/Tinos-Bold.ttf",
    f"{_FONTS}/Tinos-Italic.ttf",
    f"{_FONTS}/Arimo-Bold.ttf",
)
# The faces most like those of name stamps make half the lines.
FORMAL = (
    "alex-brush", "allura", "arizonia", "birthstone-bounce", "carattere", "corinthia", "dancing-script", "ephesis",
    "great-vibes", "imperial-script", "italianno", "lobster", "luxurious-script", "mea-culpa", "meow-script",
    "pinyon-script", "playball", "ruthie", "style-script", "whisper",
)  # fmt: skip
# Faces of package.json whose letters no name stamp has: outlines, ornaments.
NOT_SCRIPT = ("ballet", "neonderthaw", "fleur-de-leah", "splash", "playwrite")
TITLES = (
    "PHÓ CHỦ TỊCH",
    "CHỦ TỊCH",
    "KT. GIÁM ĐỐC",
    "PHÓ GIÁM ĐỐC",
    "Thượng tá",
    "Đại tá",
    "ThS.",
    "TM. ỦY BAN NHÂN DÂN",
)


@lru_cache(maxsize=1)
def faces() -> tuple[str, ...]:
    """Paths of the script faces that hold the letters of Vietnamese (their file of Vietnamese letters)."""
    found = sorted((HERE / "node_modules" / "@fontsource").glob("*/files/*-vietnamese-400-normal.woff"))
    return tuple(str(path) for path in found if not path.name.startswith(NOT_SCRIPT))


@lru_cache(maxsize=1)
def _formal() -> tuple[str, ...]:
    return tuple(path for path in faces() if Path(path).name.startswith(FORMAL))


@lru_cache(maxsize=256)
def _letters(path: str) -> tuple[ImageFont.FreeTypeFont, frozenset[int]]:
    return ImageFont.truetype(path, SIZE), frozenset(TTFont(path).getBestCmap())


def _parts(path: str) -> list[tuple[ImageFont.FreeTypeFont, frozenset[int]]]:
    return [_letters(p) for p in (path.replace("-vietnamese-", "-latin-"), path) if Path(p).is_file()]


@lru_cache(maxsize=1)
def _words() -> tuple[list[str], list[str], list[str], list[str]]:
    """Family names, common family names, syllables of given names, syllables that need be no name's."""
    names = read_toml("person_names.toml")
    given = str(read_toml("given_names.toml")["syllables"]).split()
    onsets = str(read_toml("syllables.toml")["onsets"]).split()
    rimes = sorted(
        {re.sub(r"^[^aăâeêioôơuưyáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ]+", "", s) for s in given}
    )
    every = [onset + rime for onset in onsets for rime in rimes if onset not in ("q", "qu", "gi")]
    return sorted(names["surnames"]), sorted(names["common_surnames"]), given, every


def name(rng: np.random.Generator, hard: float = 1.0) -> str:
    """A name with its capitals; now and then a title, or syllables that no name has; one syllable while easy."""
    families, common, given, every = _words()
    if rng.random() > hard:
        return str(rng.choice(every)).capitalize()
    what = rng.random()
    if what < 0.04:
        return str(rng.choice(TITLES))
    pool = every if what < 0.28 else given
    family = str(rng.choice(common if rng.random() < 0.7 else families)) if what > 0.12 else str(rng.choice(every))
    count = int(rng.choice([1, 2, 3], p=[0.12, 0.73, 0.15]))
    middle = ["Văn"] if rng.random() < 0.12 else ["Thị"] if rng.random() < 0.08 else [str(rng.choice(pool))]
    rest = [str(rng.choice(pool)) for _ in range(count - 1)]
    syllables = [family, *(middle if count > 1 else []), *(rest or [str(rng.choice(pool))])]
    return " ".join(s[0].upper() + s[1:] for s in " ".join(syllables).split())


def given_name(rng: np.random.Generator) -> str:
    """A name of a family name and syllables that names have, as people bear them."""
    _, common, given, _ = _words()
    middle = str(rng.choice(["Văn", "Thị", str(rng.choice(given))], p=[0.3, 0.15, 0.55]))
    syllables = [str(rng.choice(common)), middle, str(rng.choice(given))]
    return " ".join(s[0].upper() + s[1:] for s in syllables)


def drawn(text: str, path: str, rng: np.random.Generator, spaced: float = 0.0) -> np.ndarray | None:
    """``text`` in one face as coverage 0..1, cropped to its ink; None when the face lacks a letter."""
    parts = _parts(path)
    # Half the stamps' faces have a T like a C under a wave (the uncial T).
    uncial = rng.random() < 0.4
    image = Image.new("L", (SIZE * (len(text) + 4), SIZE * 3), 0)
    pen, x = ImageDraw.Draw(image), float(SIZE)
    for char in text:
        round_t = uncial and char == "T"
        shown = "C" if round_t else char
        face = next((f for f, known in parts if ord(shown) in known), None)
        if face is None:
            return None
        pen.text((x, 2 * SIZE), shown, font=face, fill=255, anchor="ls")
        wide = face.getlength(shown)
        if round_t:
            _wave(pen, x, wide, face.getbbox("C", anchor="ls")[1] + 2 * SIZE, rng)
        x += wide + spaced + (SIZE * 0.12 if char == " " else 0)
    return tight(np.asarray(image, np.float32) / 255)


def _wave(pen: ImageDraw.ImageDraw, left: float, wide: float, top: float, rng: np.random.Generator) -> None:
    along = np.linspace(-float(rng.uniform(0.15, 0.45)), float(rng.uniform(0.8, 1.25)), 14)
    rise, phase = float(rng.uniform(2, 6)), float(rng.uniform(-0.6, 0.6))
    points = [(left + t * wide, top + rng.uniform(-1, 4) - rise * np.sin(phase + 5.2 * t) - 3 * t) for t in along]
    pen.line(points, fill=255, width=int(rng.integers(3, 7)), joint="curve")


def compose(rng: np.random.Generator, hard: float = 1.0) -> tuple[np.ndarray, str]:
    """One strip and the name on it, all its chances drawn from ``rng``.

    ``hard`` from 0 to 1: at first single syllables, most of them in plain type and without wear, since a network
    learns to read long worn lines only after short clean ones.
    """
    text, ink = "", None
    while ink is None:
        text = name(rng, hard)
        script = _formal() if rng.random() < 0.5 else faces()
        plain = rng.random() < 0.1 + 0.5 * (1 - hard) or text.isupper()
        path = str(rng.choice(PLAIN)) if plain else script[int(rng.integers(len(script)))]
        ink = drawn(text, path, rng, float(rng.uniform(-1.5, 4)))
    if rng.random() > hard:
        return to_strip(_framed(np.asarray(255 - 255 * ink, dtype=np.uint8), rng)), text.lower()
    return to_strip(_framed(worn(ink, rng), rng)), text.lower()


def worn(ink: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Coverage 0..1 as a stamp, a pen across it and a copier leave it: grey (uint8)."""
    return _copied(_crossed(_pressed(ink, rng), rng), rng)


def _pressed(ink: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Rubber: thicker or thinner strokes, stretched, sloped, bent, a little askew."""
    ink = np.pad(ink, 14)
    grow = int(rng.choice([-1, 0, 1, 2, 3, 4], p=[0.03, 0.25, 0.27, 0.23, 0.14, 0.08]))
    if grow:
        kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (abs(grow) + 1,) * 2)
        changed = (cv2.dilate if grow > 0 else cv2.erode)(ink, kernel)
        if changed.sum() > 0.5 * ink.sum():
            ink = changed
    height, width = ink.shape
    wide = float(rng.uniform(0.62, 1.25))
    slant, turn = float(rng.normal(0, 0.12)), float(np.clip(rng.normal(0, 0.02), -0.05, 0.05))
    matrix = np.array([[wide, -slant, abs(slant) * height], [turn, 1, abs(turn) * width]], np.float32)
    size = (int(wide * width + abs(slant) * height * 2 + 4), int(height + abs(turn) * width * 1.3 + 4))
    ink = cv2.warpAffine(ink, matrix, size)
    if rng.random() < 0.4:
        field = [cv2.GaussianBlur(rng.uniform(-1, 1, ink.shape).astype(np.float32), (0, 0), 10) for _ in range(2)]
        ys, xs = np.mgrid[: ink.shape[0], : ink.shape[1]].astype(np.float32)
        power = float(rng.uniform(5, 24))
        ink = cv2.remap(ink, xs + power * field[0], ys + power * field[1], cv2.INTER_LINEAR)
    return np.asarray(tight(ink))


def _crossed(ink: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """The signature over the name (its own ink, or the gap that dropping it left), the seal's rim, words above."""
    height, width = ink.shape
    ink = ink.copy()
    for _ in range(int(rng.choice([0, 1, 2], p=[0.55, 0.33, 0.12]))):
        a = (int(rng.uniform(-0.1, 0.9) * width), int(rng.uniform(-0.3, 1.3) * height))
        b = (int(a[0] + rng.uniform(-0.2, 0.7) * width), int(rng.uniform(-0.3, 1.3) * height))
        cv2.line(ink, a, b, float(rng.choice([0.0, 0.0, 0.8])), int(rng.integers(2, 7)), cv2.LINE_AA)
    if rng.random() < 0.2:
        centre = (int(rng.uniform(-0.2, 0.35) * width), int(rng.uniform(-2.2, -0.8) * height))
        radius = int(rng.uniform(1.0, 2.2) * height)
        cv2.circle(ink, centre, radius, float(rng.uniform(0.4, 0.9)), int(rng.integers(2, 6)), cv2.LINE_AA)
    return ink


def _copied(ink: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Grey (uint8) at a scanner's resolution: patchy ink, blur, threshold, noise."""
    scale = float(rng.uniform(0.42, 1.0))
    small = cv2.resize(ink, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    if rng.random() < 0.5:
        cloud = cv2.GaussianBlur(rng.random(small.shape, dtype=np.float32), (0, 0), float(rng.uniform(1, 6)))
        low, high = np.quantile(cloud, [0.05, 0.6])
        small = small * np.clip(0.25 + (cloud - low) / max(1e-6, high - low), float(rng.uniform(0.25, 0.8)), 1)
    if rng.random() < 0.75:
        small = cv2.GaussianBlur(small, (0, 0), float(rng.uniform(0.4, 1.5)))
    if rng.random() < 0.4:  # only what is red enough is kept
        small = np.where(small > rng.uniform(0.15, 0.4), small, 0)
    if rng.random() < 0.25:
        small = np.clip((small - rng.uniform(0.25, 0.5)) * 6, 0, 1)
    grey = 255 - 255 * np.clip(small * rng.uniform(0.55, 1.25), 0, 1)
    grey = grey + rng.normal(0, rng.uniform(0, 6), grey.shape) * (rng.random() < 0.4)
    return np.asarray(np.clip(grey, 0, 255), dtype=np.uint8)


def _framed(grey: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Paper round the ink: a little, or a little too little."""
    height = grey.shape[0]
    pad = [int(rng.uniform(-0.04, 0.22) * height) for _ in range(2)]
    cut = grey[max(0, -pad[0]) : height - max(0, -pad[1])]
    sides = [int(rng.uniform(1, 24)) for _ in range(2)]
    return np.asarray(cv2.copyMakeBorder(cut, max(0, pad[0]), max(0, pad[1]), *sides, cv2.BORDER_CONSTANT, value=255))


def many(count: int, seed: int, hard: float = 1.0) -> tuple[list[np.ndarray], list[str]]:
    """``count`` strips and their names."""
    rng = np.random.default_rng(seed)
    made = [compose(rng, hard) for _ in range(count)]
    return [strip for strip, _ in made], [text for _, text in made]
