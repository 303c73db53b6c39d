"""Fourth pass: the signature's column again where it was not surely read.

Over the title and the name lie a stamp's rim and the strokes of a signature, which mislead now one mode and scale, now
another.  The column is read with whatever is larger than a letter removed and with it kept, and the grammar of a
signature's lines decides line by line; readings that agree letter for letter raise each other's confidence, readings
that differ in a letter lower it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import numpy as np

from pipeline.language.names import clean_person_name, may_lack_family_name
from pipeline.lexicon.cues import cue_pattern, key_of
from pipeline.read.model import Image
from pipeline.read.name_network import name_reader
from pipeline.read.name_readings import settled_name
from pipeline.read.ocr import Engine, OcrWord
from pipeline.read.ocr.line_network import LineNetwork
from pipeline.read.overlaid import letters_alone, without_rims
from pipeline.read.passes import redness_of
from pipeline.read.prepare import Prepared
from pipeline.read.printed_names import printed_names
from pipeline.read.red_names import red_names
from pipeline.read.regions import Area, inside, read_part, rows_of
from pipeline.read.signature_lines import Capacity, capacity_of

DEPTH = 0.27  # of the page's height: from the authority to the name
HEAD = 0.022  # the authority may stand a little above "Nơi nhận"
LEFT_OF_CENTRE = 0.46  # where the column begins when no gutter is found, of the page's width
SOUND_NAME, SOUND_TITLE = 0.85, 0.6
SWALLOWED = 0.1  # share of dark pixels beside a name above which more of it is taken to stand there
# (scale, mode, letters alone) of each reading, the most telling first; measured on the scans.
READINGS = ((1.0, 11, True), (1.5, 6, True), (1.0, 6, False), (2.0, 6, True))
_LINE_NUMBERS = 3_000_000


@dataclass(frozen=True, slots=True)
class _Reading:
    words: tuple[OcrWord, ...]
    text: str
    said: Capacity | None
    red: bool = False

    @property
    def confidence(self) -> float:
        told = [w.confidence for w in self.words if any(c.isalnum() for c in w.text)]
        return min(told, default=0.0)

    @property
    def middle(self) -> float:
        return sum(w.top + w.bottom for w in self.words) / (2 * len(self.words))

    @property
    def height(self) -> float:
        return float(np.median([w.bottom - w.top for w in self.words]))


def read_signature(
    prepared: Prepared, layer: Image | None, words: list[OcrWord], engine: Engine, dpi: int, timeout: float,
    network: LineNetwork | None = None,
) -> list[OcrWord]:  # fmt: skip
    """``words`` with the lines of the signature's column replaced where another reading fits better.

    ``network`` reads names stamped in red, whose script face the engine does not know.
    """
    region = signature_region(words, prepared.grey.shape)
    if region is None:
        return words
    left, top, right, bottom = region
    known = _lines([w for w in words if inside(w, region)])
    if _sound([r for r in known if not (_is_name(r) and _goes_on(r, prepared.with_rules))]):
        return words
    crop = prepared.grey[top:bottom, left:right]
    if crop.size == 0:
        return words
    alone = letters_alone(crop)
    readings = list(known)
    for scale, mode, bare in READINGS:
        readings += _read(alone if bare else crop, region, scale, mode, engine, dpi, timeout)
    whole = prepared.with_rules[top:bottom, left:right]
    if (clear := without_rims(whole)) is not None:
        whole = clear
        for scale, mode in ((2.0, 6), (1.0, 11)):
            readings += _read(whole, region, scale, mode, engine, dpi, timeout)
    for band in _bands(readings, region, alone):
        strip = whole[band[1] - top : band[3] - top, band[0] - left : band[2] - left]
        for scale, mode in ((1.0, 7), (2.0, 7)):
            readings += _read(strip, band, scale, mode, engine, dpi, timeout)
    reader = name_reader() if network is not None else None
    if layer is not None:
        readings += _read_red(prepared, layer, region, readings, engine, dpi, timeout)
        for at, name in enumerate(red_names(layer, region, network, reader) if network else []):
            # A name that several framings read alike has as many voices.
            readings += [_reading(name.words(-at), red=True)] * name.times
    broken = [r for r in readings if _is_name(r) and _goes_on(r, prepared.with_rules)]
    if network is not None and reader is not None:
        for at, name in enumerate(printed_names(prepared.grey, _unsettled(readings, broken), network, reader)):
            readings += [_reading(name.words(-100 - at))] * name.times
    doubted = {id(w) for r in broken for w in r.words}
    words = [replace(w, confidence=min(w.confidence, 0.5)) if id(w) in doubted else w for w in words]
    known = _lines([w for w in words if inside(w, region)])
    return _merged(words, known, [*known, *(r for r in readings[len(known) :] if r not in broken)])


def _is_name(reading: _Reading) -> bool:
    return reading.said is not None and reading.said.kind == "name"


def _unsettled(readings: list[_Reading], broken: list[_Reading]) -> list[Area]:
    """Lines of printed names, none of whose whole readings is sound."""
    lines = []
    for place in _places([r for r in readings if _is_name(r) and not r.red]):
        if any(r not in broken and r.confidence >= SOUND_NAME for r in place):
            continue
        words = [w for r in place for w in r.words if any(c.isalnum() for c in w.text)]
        tops, bottoms = [w.top for w in words], [w.bottom for w in words]
        lines.append(
            (min(w.left for w in words), round(float(np.median(tops))), max(w.right for w in words),
             round(float(np.median(bottoms))))
        )  # fmt: skip
    return lines


def _goes_on(name: _Reading, grey: Image) -> bool:
    """Ink stands right before or behind a name: a syllable that a stroke or a rim swallowed ("f Hoàng Oanh")."""
    top, bottom = min(w.top for w in name.words), max(w.bottom for w in name.words)
    left, right = min(w.left for w in name.words), max(w.right for w in name.words)
    tall = max(8, bottom - top)
    rows = slice(max(0, top + tall // 4), max(1, bottom - tall // 4))
    dark = int(np.percentile(grey[::8, ::8], 80)) - 60
    for a, b in ((left - 1.6 * tall, left - 0.12 * tall), (right + 0.12 * tall, right + 1.2 * tall)):
        beside = grey[rows, max(0, round(a)) : max(0, round(b))]
        if beside.size and float((beside < dark).mean()) > SWALLOWED:
            return True
    return False


def signature_region(words: list[OcrWord], shape: tuple[int, ...]) -> Area | None:
    """Pixel rectangle right of "Nơi nhận", or round a title alone in the right half; None without either."""
    height, width = shape[:2]
    lines = _lines(words)
    heads = [
        line for line in lines
        if line.words[0].left < 0.4 * width
        and cue_pattern("closing.recipients", marks=False).match(re.sub(r"^[\W_]+", "", key_of(line.text)))
    ]  # fmt: skip
    if heads:
        head = max(heads, key=lambda line: line.middle)
        at = min(w.top for w in head.words)
        listed = [
            max(w.right for w in line.words)
            for line in lines
            if 0 <= line.middle - at < DEPTH * height and line.words[0].left < 0.3 * width
            and max(w.right for w in line.words) < 0.56 * width
        ]  # fmt: skip
        left = max([round(LEFT_OF_CENTRE * width), *(edge + round(0.008 * width) for edge in listed)])
        top = at - HEAD * height
    else:
        titles = [
            line for line in lines
            if line.middle > 0.05 * height
            and min(w.left for w in line.words) > LEFT_OF_CENTRE * width
            and line.said is not None and line.said.kind in ("authority", "position") and line.said.fit >= 0.7
            and not re.search(r"[\d:;]", line.text)
        ]  # fmt: skip
        if not titles:
            return None
        left = round(LEFT_OF_CENTRE * width)
        top = min(titles[-1].words, key=lambda w: w.top).top - HEAD * height
    return left, max(0, round(top)), width, min(height, round(top + (HEAD + DEPTH) * height))


def _sound(lines: list[_Reading]) -> bool:
    """A title that the grammar knows and a name, both read with confidence, and a deputy under "KT."."""
    said = [(line.said, line.confidence) for line in lines if line.said]
    names = [
        line.confidence for line in lines
        if line.said and line.said.kind == "name" and line.said.fit >= 0.8 and not may_lack_family_name(line.text)
    ]  # fmt: skip
    titles = [s for s, c in said if s.kind in ("authority", "position") and c >= SOUND_TITLE and s.fit >= 0.9]
    if not names or max(names) < SOUND_NAME or not titles:
        return False
    held = [s for s in titles if s.kind == "position"]
    return bool(held) or not any(s.prefix in ("KT.", "TL.", "TUQ.") for s in titles)


def _lines(words: list[OcrWord], red: bool = False) -> list[_Reading]:
    found = []
    for places in rows_of(words).values():
        row = [words[at] for at in places]
        found.append(_reading(row, red or all(w.red for w in row)))
    return sorted(found, key=lambda line: line.middle)


def _reading(row: list[OcrWord], red: bool = False) -> _Reading:
    """A line without the specks that stand apart at its ends."""
    while len(row) > 1 and not any(c.isalnum() for c in row[0].text):
        row = row[1:]
    while len(row) > 1 and not any(c.isalnum() for c in row[-1].text):
        row = row[:-1]
    text = " ".join(w.text for w in row)
    return _Reading(tuple(row), text, capacity_of(text), red)


def _bands(readings: list[_Reading], region: Area, alone: Image) -> list[Area]:
    """Strips one line high: titles not surely read, and the line under the last one where a position should stand.

    A strip cuts off the strokes above and below the line, which is enough where they only graze it.
    """
    titles = [_best(p) for p in _places([r for r in readings if r.said and r.said.kind != "name"])]
    if not titles:
        return []
    last = max(titles, key=lambda t: t.middle)
    tall = min(max(14, w.bottom - w.top) for w in last.words if any(c.isalnum() for c in w.text))
    left = max(region[0], round(min(w.left for w in last.words) - 6 * tall))
    right = min(region[2], round(max(w.right for w in last.words) + 6 * tall))
    rows = _text_rows(alone[:, left - region[0] : right - region[0]], tall)
    middles = [t.middle - region[1] for t in titles if t.said and (t.said.fit < 0.9 or t.confidence < 0.7)]
    wanted = [row for row in rows if any(row[0] <= middle < row[1] for middle in middles)]
    if last.said and last.said.kind == "authority":
        at = last.middle - region[1]
        wanted += [row for row in rows if at < row[0] < at + 3 * tall and row not in wanted][:1]
    pad = tall // 5
    return [(left, max(region[1], region[1] + a - pad), right, min(region[3], region[1] + b + pad)) for a, b in wanted]


def _text_rows(picture: Image, tall: int) -> list[tuple[int, int]]:
    """Half-open rows of each line of text, about ``tall`` pixels or more high."""
    if picture.size == 0:
        return []
    dark = (picture < int(np.percentile(picture, 80)) - 60).sum(axis=1)
    inked = np.concatenate(([0], (dark > 0.2 * dark.max()).astype(np.int8), [0]))
    edges = np.flatnonzero(np.diff(inked)).tolist()
    return [(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if 0.5 * tall < b - a < 2.5 * tall]


def _read(
    crop: Image, region: Area, scale: float, mode: int, engine: Engine, dpi: int, timeout: float, red: bool = False
) -> list[_Reading]:
    words = read_part(crop, region[0], region[1], engine, dpi=dpi, scale=scale, mode=mode, timeout=timeout)
    return _lines([replace(w, red=red) for w in words], red)


def _read_red(
    prepared: Prepared, layer: Image, region: Area, readings: list[_Reading], engine: Engine,
    dpi: int, timeout: float,
) -> list[_Reading]:  # fmt: skip
    """Titles and names stamped in red: the layer without seals, and the strip under a printed title.

    A stamped "PHÓ CHỦ TỊCH" overlaps the seal's rim; its ink is the darker, so a higher threshold parts them.
    """
    left, top, right, bottom = region
    plain = 255 - layer[top:bottom, left:right]
    found: list[_Reading] = []
    if plain.min() < 150:
        for scale, mode in ((1.5, 6), (2.0, 11)):
            found += _read(plain, region, scale, mode, engine, dpi, timeout, red=True)
    printed = [r for r in readings if r.said and r.said.kind in ("authority", "position") and not r.red]
    if not printed:
        return found
    last = max(printed, key=lambda r: r.middle)
    x0, x1 = min(w.left for w in last.words), max(w.right for w in last.words)
    tall = last.height
    strip = (
        max(left, round(x0 - 5 * tall)), round(last.middle + 0.2 * tall),
        min(right, round(x1 + 5 * tall)), min(bottom, round(last.middle + 3.4 * tall)),
    )  # fmt: skip
    rgb = prepared.straight()[strip[1] : strip[3], strip[0] : strip[2]]
    if rgb.size == 0:
        return found
    redness = redness_of(rgb)
    if (redness > 70).mean() < 0.02:
        return found
    strongest = float(np.percentile(redness[redness > 70], 95))
    for share in (0.45, 0.65):
        low = share * strongest
        sharp = np.clip((redness.astype(np.float32) - low) * (255 / max(1.0, strongest - low)), 0, 255).astype(np.uint8)
        for scale, mode in ((2.0, 6), (1.5, 7)):
            found += _read(np.asarray(255 - sharp), strip, scale, mode, engine, dpi, timeout, red=True)
    return found


def _merged(words: list[OcrWord], known: list[_Reading], readings: list[_Reading]) -> list[OcrWord]:
    """Replace lines of the first reading by the best one of each place that the grammar knows."""
    kept = list(words)
    number = max((w.line for w in words), default=0) + _LINE_NUMBERS
    for place in _places([r for r in readings if r.said]):
        best = _best(place)
        old = [r for r in known if _same_line(r, best)]
        if best in known and len({r.text for r in place}) == 1:
            continue
        confidence = _agreed(best, place)
        for line in old:
            kept = [w for w in kept if w not in line.words or not _overlaps(w, best)]
        number += 1
        # The line is as sure as its readings agree: its weakest word decides in either direction.
        raised = confidence >= best.confidence
        kept += [
            replace(w, line=number, confidence=(max if raised else min)(confidence, w.confidence)) for w in best.words
        ]
    for line in known:
        # A damaged title is no noise where another reading has it whole: "-RO TRƯỞNG" is "RỘ TRƯỞNG".
        whole = all(any(w is k for k in kept) for w in line.words)
        if whole and line.said is None and _is_noise(line) and (clear := _clearer(line, readings)):
            kept = [w for w in kept if w not in line.words]
            number += 1
            kept += [replace(w, line=number) for w in clear.words]
    replaced = {id(w) for line in known for w in line.words} & {id(w) for w in kept}
    noise = {id(w) for line in known if _is_noise(line) for w in line.words} & replaced
    return [w for w in kept if id(w) not in noise]


def _is_noise(line: _Reading) -> bool:
    """Strokes read as letters: nothing the grammar knows, and few letters or little confidence."""
    return line.said is None and (sum(c.isalpha() for c in line.text) <= 3 or line.confidence < 0.5)


def _clearer(line: _Reading, readings: list[_Reading]) -> _Reading | None:
    sure = [
        r for r in readings
        if r is not line and r.confidence > 0.85 and sum(c.isupper() for c in r.text) > 5 and _same_line(r, line)
    ]  # fmt: skip
    return max(sure, key=lambda r: (len(r.text), r.confidence), default=None)


def _places(readings: list[_Reading]) -> list[list[_Reading]]:
    places: list[list[_Reading]] = []
    for reading in sorted(readings, key=lambda r: r.middle):
        for place in places:
            if _same_line(place[0], reading):
                place.append(reading)
                break
        else:
            places.append([reading])
    return places


def _same_line(a: _Reading, b: _Reading) -> bool:
    shared = min(max(w.right for w in a.words), max(w.right for w in b.words)) - max(
        min(w.left for w in a.words), min(w.left for w in b.words)
    )
    return abs(a.middle - b.middle) < 0.5 * min(a.height, b.height) and shared > 0


def _overlaps(word: OcrWord, line: _Reading) -> bool:
    """The word stands on the line, in its extent or right beside it."""
    left, right = min(w.left for w in line.words), max(w.right for w in line.words)
    middle = (word.top + word.bottom) / 2
    beside = word.right > left - 3 * line.height and word.left < right + line.height
    return beside and abs(middle - line.middle) < line.height


def _best(place: list[_Reading]) -> _Reading:
    """Of the readings of one line: the one that fits best, counting how often the same letters were read."""
    settled = _settled(place)

    def worth(reading: _Reading) -> float:
        same = sum(r.confidence for r in place if _plain(r.text) == _plain(reading.text))
        fit = reading.said.fit if reading.said else 0.0
        agreed = settled is not None and clean_person_name(reading.text) == settled[0]
        return 3 * agreed + 2 * fit + 0.6 * min(2.5, same) + 0.3 * reading.confidence

    return max(place, key=worth)


def _settled(place: list[_Reading]) -> tuple[str, float] | None:
    """The name of a line that is read as one more often than as a title."""
    names = [(r.text, r.confidence) for r in place if _is_name(r)]
    return settled_name(names) if 2 * len(names) > len(place) else None


def _agreed(best: _Reading, place: list[_Reading]) -> float:
    """Confidence of the chosen reading given the others (see settled_name; a title is checked by its grammar)."""
    if settled := _settled(place):
        return settled[1]
    same = sorted((r.confidence for r in place if _plain(r.text) == _plain(best.text)), reverse=True)
    return max(same[0], min(0.95, 1 - (1 - same[0]) * (1 - same[1]))) if len(same) > 1 else same[0]


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text).strip()
