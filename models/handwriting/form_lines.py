"""Whole lines of received stamps and of document heads, composed: print, leaders, numbers by pen or dater, frame, wear.

A sample is a strip (HEIGHT, n) uint8 as ``pipeline.read.form_line.to_strip`` makes them, and the signs on it:
``s`` for "Số", ``n`` "Ngày", ``t`` "tháng", ``y`` "năm", ``c`` "Chuyển", digits and slashes.  The forms of the stamp
are those of Nghị định 30/2020/NĐ-CP, Phụ lục I, and of older stamps still in use.
"""

from __future__ import annotations

import cv2
import numpy as np
from PIL import Image, ImageDraw

from models.handwriting.compose import draw_number, paste, scribble, worn
from models.handwriting.sources import HEIGHT as DIGIT
from models.handwriting.sources import font
from pipeline.read.form_line import to_strip

CAP = 44  # pixels of the type's size before wear
_FONTS = "/usr/share/fonts/truetype"
PRINTED = (
    f"{_FONTS}/croscore/Tinos-Regular.ttf", f"{_FONTS}/croscore/Tinos-Italic.ttf", f"{_FONTS}/croscore/Tinos-Bold.ttf",
    f"{_FONTS}/croscore/Arimo-Regular.ttf", f"{_FONTS}/croscore/Arimo-Italic.ttf", f"{_FONTS}/croscore/Arimo-Bold.ttf",
    f"{_FONTS}/dejavu/DejaVuSans.ttf", f"{_FONTS}/dejavu/DejaVuSansCondensed.ttf",
)  # fmt: skip
WORDS = {
    "s": ("Số:", "Số", "Số :", "Số.", "số:", "SỐ:", "Số đến:", "Số đến"),
    "n": ("Ngày:", "Ngày", "ngày", "ngày", "Ngày.", "NGÀY:", "Ngày đến:", ", ngày"),
    "t": ("tháng", "tháng", "tháng.", "Tháng", "th", "THÁNG"),
    "y": ("năm", "năm", "năm.", "Năm", "NĂM"),
    "c": ("Chuyển:", "Chuyển", "Chuyển.", "Kính chuyển:", "CHUYỂN:"),
}  # fmt: skip
PLACES = (
    "Hà Nội,", "Huế,", "Lào Cai,", "Bình Thuận,", "Tân Uyên,", "Thành phố Hồ Chí Minh,", "ồ Chí Minh,", "Giang,", "",
    "Đồng Tháp,", "Cao Bằng,", "Nội,", "Vĩnh Long,", "Quảng Trị,",
)  # fmt: skip
CODES = (
    "/QĐ-UBND", "/UBND-NC", "/TB-VP", "/SGDĐT-VP", "/CT-TTg", "/BC-STC", "/KH-UBND", "-TB/TU", "-CV/HU", "-NQ/TW",
    " - KH/TU", "/STC-QLNS", "/BTC-TCT", "/NQ-HĐND", "/TTr-SNV", "/CĐ-TTg", "/GM-UBND", "/BNV-CCVC", "/SYT-NVY",
)  # fmt: skip
OTHERS = (
    "CÔNG VĂN ĐẾN", "CÔNG VĂN ĐẾN", "VĂN BẢN ĐẾN", "ĐẾN", "UBND TỈNH BÌNH THUẬN", "SỞ TÀI CHÍNH", "TỈNH ỦY YÊN BÁI",
    "VĂN PHÒNG", "SỞ GIÁO DỤC VÀ ĐÀO TẠO", "UBND HUYỆN TÂN UYÊN", "HĐND TỈNH", "Lưu hồ sơ số:", "Giờ:", "Kính gửi:",
    "QUYẾT ĐỊNH", "Về việc ban hành Quy chế", "Căn cứ Luật Tổ chức", "BAN CHẤP HÀNH", "HỎA TỐC", "thực hiện theo", "",
    "VĂN PHÒNG CHÍNH PHỦ", "BỘ Y TẾ", "CỤC THUẾ", "của Ban Chấp hành", "đồng bộ nhằm đưa",
)  # fmt: skip

Piece = tuple[str, str]
"""What stands there ("print", "pen", "gap", "scribble") and what it says."""


def line(rng: np.random.Generator) -> tuple[list[Piece], str]:
    """What a line says, piece by piece, and its signs."""
    what = rng.random()
    if what < 0.24:
        pieces, text = _serial(rng, alone=False)
        more, day = _day(rng)
        return [*pieces, *more], text + day
    if what < 0.36:
        return _serial(rng, alone=True)
    if what < 0.48:
        return _day(rng)
    if what < 0.65:
        return _slashed(rng)
    if what < 0.79:
        return _of_a_document(rng)
    if what < 0.92:
        pieces, text = _day(rng)
        return [("print", str(rng.choice(PLACES))), *pieces], text
    if what < 0.95:
        word = str(rng.choice(WORDS["c"]))
        filled: list[Piece] = [("scribble", "")] if rng.random() < 0.5 else []
        return [("print", word), ("gap", "wide"), *filled, ("gap", "wide")], "c"
    return [("print", str(rng.choice(OTHERS)))], ""


def _serial(rng: np.random.Generator, alone: bool) -> tuple[list[Piece], str]:
    length = int(rng.choice([1, 2, 3, 4, 5], p=[0.1, 0.25, 0.3, 0.28, 0.07]))
    number = "".join(str(d) for d in rng.integers(0, 10, length))
    pieces: list[Piece] = [("print", str(rng.choice(WORDS["s"]))), ("gap", "small")]
    if rng.random() < 0.1:
        return [*pieces, ("gap", "wide")], "s"
    pieces += [("pen", number), ("gap", "wide" if alone else "small")]
    return pieces, "s" + number


def _of_a_document(rng: np.random.Generator) -> tuple[list[Piece], str]:
    """ "Số: 346/QĐ-UBND" at the head of a document: the slash right after the number is a sign, the rest is not."""
    pieces, text = _serial(rng, alone=False)
    code = str(rng.choice(CODES))
    if code.startswith("/") and rng.random() < 0.2:
        code = f"/{int(rng.integers(2005, 2030))}{code}"
    tail = "/" + code[1:6] if code[1:5].isdigit() else "/" if code.startswith("/") else ""
    return [*pieces, ("print", code)], text + tail


def _day(rng: np.random.Generator) -> tuple[list[Piece], str]:
    """ "ngày 27 tháng 3 năm 2019": the year printed, written, or its century printed and the rest written."""
    pieces: list[Piece] = [("print", str(rng.choice(WORDS["n"]))), ("gap", "small")]
    if rng.random() < 0.06:
        year, signs = str(rng.choice(["20", ""])), "nty"
        pieces += [("gap", "small"), ("print", "tháng"), ("gap", "small"), ("print", "năm"), ("print", year)]
        return pieces, signs + year
    day, month, year = _numbers(rng)
    pieces += [("pen", day), ("gap", "small"), ("print", str(rng.choice(WORDS["t"]))), ("gap", "small")]
    pieces += [("pen", month), ("gap", "small")]
    how = rng.random()
    if how < 0.12:
        return pieces, f"n{day}t{month}"
    pieces.append(("print", str(rng.choice(WORDS["y"]))))
    if how < 0.45:
        pieces.append(("print", year))
    elif how < 0.8:
        pieces += [("print", year[:2]), ("pen", year[2:])]
    else:
        pieces.append(("pen", year))
    return pieces, f"n{day}t{month}y{year}"


def _slashed(rng: np.random.Generator) -> tuple[list[Piece], str]:
    """ "Ngày 05/4/2019", the slashes by pen or printed, the century printed or not, or a dater's print."""
    day, month, year = _numbers(rng)
    pieces: list[Piece] = [("print", str(rng.choice(WORDS["n"]))), ("gap", "small")]
    how = rng.random()
    short = rng.random() < 0.4
    if how < 0.12:
        mark = str(rng.choice(["/", "-", ".", " / "]))
        text = f"{day}{mark}{month}{mark}{year}"
        return [*pieces, ("print", text)], f"n{day}/{month}/{year}"
    if how < 0.55:
        written = f"{day}/{month}/{year[2:] if short else year}"
        return [*pieces, ("pen", written), ("gap", "small")], "n" + written
    if how < 0.75:
        # The century is printed: "Ngày 31/01 ...20 12".
        pieces += [("pen", f"{day}/{month}"), ("gap", "small"), ("print", str(rng.choice(["20", "/20", ". 20"])))]
        mark = "/" if pieces[-1][1].startswith("/") else ""
        return [*pieces, ("pen", year[2:])], f"n{day}/{month}{mark}20{year[2:]}"
    pieces += [("pen", day), ("print", "/"), ("pen", month), ("print", "/")]
    if rng.random() < 0.6:
        return [*pieces, ("print", "20"), ("pen", year[2:])], f"n{day}/{month}/{year}"
    return [*pieces, ("pen", year)], f"n{day}/{month}/{year}"


def _numbers(rng: np.random.Generator) -> tuple[str, str, str]:
    day, month = int(rng.integers(1, 32)), int(rng.integers(1, 13))
    return (
        f"{day:02d}" if rng.random() < 0.7 else str(day),
        f"{month:02d}" if rng.random() < 0.5 else str(month),
        str(int(rng.integers(2005, 2030))),
    )


def compose(rng: np.random.Generator, part: str = "train") -> tuple[np.ndarray, str]:
    """One strip and its signs, all its chances drawn from ``rng``."""
    pieces, text = line(rng)
    face = PRINTED[int(rng.integers(len(PRINTED)))]
    size = round(CAP * rng.uniform(0.85, 1.15))
    stretch = float(rng.uniform(0.72, 1.12))
    tall = float(rng.uniform(0.75, 1.75)) * 0.72 * size  # height of the pen's digits
    base, page_height = 90, 190
    page = np.zeros((page_height, 2600), np.float32)
    pen = np.zeros_like(page)
    x = 60.0 + float(rng.uniform(0, 60))
    leader = float(rng.uniform(5, 13)) if rng.random() < 0.75 else 0.0
    dot = int(rng.integers(1, 4))
    seed_part = int(rng.integers(2**31))
    for kind, says in pieces:
        if kind == "print" and says:
            word = _printed(says, face, size, stretch)
            paste(page, word[0], int(x), base - word[1])
            x += word[0].shape[1] + rng.uniform(1, 9)
        elif kind == "gap":
            wide = float(rng.uniform(60, 420)) if says == "wide" else float(np.clip(rng.normal(10, 16), -8, 90))
            if leader:
                _leader(page, x, x + wide, base, leader, dot, rng)
            x += wide
        else:
            ink = draw_number(says, np.random.default_rng(seed_part), part) if kind == "pen" else scribble(rng)
            scale = tall / DIGIT if kind == "pen" else float(rng.uniform(0.4, 1.0))
            broad = max(3, round(ink.shape[1] * scale * float(rng.uniform(0.9, 1.15))))
            small = cv2.resize(ink, (broad, max(5, round(ink.shape[0] * scale))), interpolation=cv2.INTER_AREA)
            if leader:
                _leader(page, x, x + broad, base, leader, dot, rng)
            drop = float(rng.normal(0.12, 0.16)) * tall
            paste(pen, small, int(x), int(base - small.shape[0] + drop))
            x += broad + rng.uniform(-3, 8)
    width = int(x + rng.uniform(4, 70))
    _around(page, width, base, size, face, rng)
    both = np.maximum(page[:, :width] * rng.uniform(0.55, 1.0), pen[:, :width] * rng.uniform(0.6, 1.0))
    both = _tilted(both, rng)
    up, down = float(rng.uniform(0.95, 1.7)) * size, float(rng.uniform(0.35, 0.85)) * size
    top, bottom = max(0, round(base - up)), min(page_height, round(base + down))
    left = int(rng.integers(0, 50))
    cut = both[top:bottom, left:]
    grey = worn(cut, 1.05 * size, rng, float(rng.uniform(5, 120)), float(rng.uniform(215, 255)))
    return to_strip(grey), text


def _printed(text: str, face: str, size: int, stretch: float) -> tuple[np.ndarray, int]:
    """``text`` as coverage, and how far its top stands above the base line."""
    letters = font(face, size)
    left, top, right, bottom = letters.getbbox(text, anchor="ls")
    image = Image.new("L", (max(1, int(right - left)) + 4, max(1, int(bottom - top)) + 4), 0)
    ImageDraw.Draw(image).text((2 - left, 2 - top), text, font=letters, fill=255, anchor="ls")
    picture = np.asarray(image, np.float32) / 255
    picture = cv2.resize(picture, (max(2, round(picture.shape[1] * stretch)), picture.shape[0]))
    return picture, round(2 - top)


def _leader(
    page: np.ndarray, left: float, right: float, base: int, step: float, dot: int, rng: np.random.Generator
) -> None:
    for at in np.arange(left, right, step):
        cv2.circle(page, (int(at), base - dot + int(rng.integers(0, 2))), dot, 0.9, -1)


def _around(page: np.ndarray, width: int, base: int, size: int, face: str, rng: np.random.Generator) -> None:
    """The frame's sides, the cell of the word "ĐẾN", and the lines above and below."""
    reach = round(size * rng.uniform(1.15, 1.6))
    for side in (-1, 1):
        if rng.random() < 0.75:
            says = str(rng.choice(OTHERS + WORDS["c"])) if side > 0 else str(rng.choice(OTHERS))
            other = _printed(says, face, round(size * rng.uniform(0.8, 1.5)), 1.0)
            paste(page, other[0], int(rng.uniform(0, 120)), base + side * reach - other[1])
    if rng.random() < 0.45:
        x = int(rng.uniform(2, 48))
        cv2.line(page, (x, 0), (x + int(rng.integers(-3, 4)), page.shape[0]), 1.0, int(rng.integers(2, 6)))
        if rng.random() < 0.35:
            word = _printed("ĐẾN", face, round(size * rng.uniform(1.0, 1.6)), 1.0)
            paste(page, word[0], x - word[0].shape[1] - 6, int(base + rng.uniform(0, size) - word[1]))
    if rng.random() < 0.45:
        x = width - int(rng.uniform(2, 40))
        cv2.line(page, (x, 0), (x + int(rng.integers(-3, 4)), page.shape[0]), 1.0, int(rng.integers(2, 6)))
    if rng.random() < 0.3:
        y = base + int(rng.uniform(0.4, 0.9) * size)
        cv2.line(page, (0, y), (width, y + int(rng.integers(-4, 5))), 1.0, int(rng.integers(2, 6)))


def _tilted(coverage: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """A degree or so that straightening left over."""
    height, width = coverage.shape
    turn = float(np.clip(rng.normal(0, 0.7), -1.8, 1.8))
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), turn, 1.0)
    return np.asarray(cv2.warpAffine(coverage, matrix, (width, height)))


def many(count: int, seed: int, part: str = "train") -> tuple[list[np.ndarray], list[str]]:
    """``count`` strips and their signs."""
    rng = np.random.default_rng(seed)
    made = [compose(rng, part) for _ in range(count)]
    return [strip for strip, _ in made], [text for _, text in made]
