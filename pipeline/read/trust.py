"""May a page's text layer be believed?  If not, the page goes through OCR."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from pipeline.language.syllables import is_syllable, syllable_share
from pipeline.read.compose import RawWord
from pipeline.read.model import Page

_GLYPHS = re.compile(r"\(cid:\d+\)|[\ufffd\ue000-\uf8ff]")
_LONE_MARK = re.compile(r"[\u0300-\u036f]")
NOT_VIETNAMESE = "not-vietnamese"
SCANNED = 0.7  # share of the page that a scan's picture covers at least
POOR = 0.6  # mean confidence below which a picture was not read
MIN_SHARE = 0.8
MIN_SHARE_OVER_SCAN = 0.93


def distrust(words: Sequence[RawWord], picture_cover: float) -> str | None:
    """Why the text layer should not be believed, or None when it may be.

    Reasons: ``empty``, ``glyphs`` (unmapped fonts), ``split-marks`` (letters parted from their marks or syllables cut
    in pieces), ``not-vietnamese`` (legacy fonts, a scanner's bad OCR), ``sparse`` (a stamp's text on a scan).
    """
    text = " ".join(w.text for w in words)
    letters = sum(c.isalpha() for c in text)
    if letters < 20:
        return "empty"
    if len(_GLYPHS.findall(text)) > max(3, letters // 100):
        return "glyphs"
    if picture_cover > SCANNED and letters < 250:
        # A digital signature's block or a stamp laid over a picture of the page.
        return "sparse"
    composed = unicodedata.normalize("NFC", text)
    if len(_LONE_MARK.findall(composed)) > letters // 100:
        return "split-marks"
    pieces = [w.text for w in words if w.text.isalpha()]
    if pieces:
        single = sum(len(p) == 1 and not p.isdigit() for p in pieces) / len(pieces)
        if single > 0.15:
            return "split-marks"
    share = syllable_share(composed)
    least = MIN_SHARE_OVER_SCAN if picture_cover > SCANNED else MIN_SHARE
    if share is not None and share < least:
        return NOT_VIETNAMESE
    # Unaccented Vietnamese passes as syllables; a scanner's English OCR drops every mark.
    marked = sum(ord(c) > 127 for c in composed if c.isalpha())
    if letters > 200 and marked < letters * 0.05 and sum(map(is_syllable, composed.split())) > 20:
        return NOT_VIETNAMESE
    return None


def is_poor(page: Page, layer: Page) -> bool:
    """Whether recognition made so little of a page's picture that even a doubtful text layer says more."""
    letters = sum(len(word.text) for word in page.words)
    if letters < 0.4 * sum(len(word.text) for word in layer.words):
        return True
    return sum(len(word.text) * (word.confidence or 0.0) for word in page.words) < POOR * letters
