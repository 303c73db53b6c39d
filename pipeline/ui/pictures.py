"""Pages of a record for the desk: pictures as JPEG data addresses, rendered once, ahead of time, and remembered."""

from __future__ import annotations

import base64
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from pipeline.errors import CongvanError
from pipeline.store.actors import Actor
from pipeline.store.archive import Archive, Stored
from pipeline.store.reading import PageText
from pipeline.workflow.reread import Picture, RegionText, read_region, upright_picture

_SHOWN_WIDTH = 1150
_AT_ONCE = 1
"""Pictures sent without being asked for; further pages are sent when they come into view."""
_KEPT = 300
_pictures: OrderedDict[tuple[str, int], bytes | None] = OrderedDict()
_lock = threading.Lock()
_rendering = threading.Lock()
"""Held while a page is drawn: the PDF library is not made for two threads."""
_ahead = ThreadPoolExecutor(1, thread_name_prefix="congvan-ahead")


def _jpeg(sha256: str, number: int, data: Callable[[], bytes], name: str, page: PageText) -> bytes | None:
    """A page's picture, remembered; None where there is none.  ``data`` gives the file's bytes."""
    key = (sha256, number)
    with _lock:
        if key in _pictures:
            _pictures.move_to_end(key)
            return _pictures[key]
    made = _rendered(data(), name, page)
    with _lock:
        _pictures[key] = made
        while len(_pictures) > _KEPT:
            _pictures.popitem(last=False)
    return made


def _rendered(data: bytes, name: str, page: PageText) -> bytes | None:
    with _rendering:
        picture = upright_picture(data, Path(name), page.number, [word[2:] for word in page.words], dpi=140)
    if picture is None:
        return None
    image = Image.fromarray(np.asarray(picture))
    if image.width > _SHOWN_WIDTH:
        height = round(image.height * _SHOWN_WIDTH / image.width)
        image = image.resize((_SHOWN_WIDTH, height), Image.Resampling.LANCZOS)
    out = BytesIO()
    image.save(out, "JPEG", quality=74)
    return out.getvalue()


def _original(archive: Archive, actor: Actor, stored: Stored) -> bytes:
    stream, _name = archive.original(actor, stored.id)
    with stream:
        return stream.read()


def make_ahead(archive: Archive, actor: Actor, record_ids: Sequence[str]) -> None:
    """Render the first pages of documents that will be opened next, in the background."""

    def make() -> None:
        for record_id in record_ids:
            try:
                pages_for_desk(archive, actor, archive.record(actor, record_id), set())
            except CongvanError:
                continue  # who opens it is told

    _ahead.submit(make)


def pages_for_desk(archive: Archive, actor: Actor, stored: Stored, wanted: set[int]) -> list[dict[str, Any]]:
    """Every page of the record: with its picture when it is among the first or ``wanted``, as text where there is none.

    A page whose picture cannot be made is shown as its text.
    """
    pages = archive.pages(actor, stored.id)
    source = stored.record.source
    data: list[bytes] = []

    def whole() -> bytes:
        if not data:
            data.append(_original(archive, actor, stored))
        return data[0]

    found = []
    for at, page in enumerate(pages):
        one: dict[str, Any] = {"number": page.number, "image": None, "text": None, "wanted": False}
        if source.medium == "text":
            one["text"] = page.text
        elif at < _AT_ONCE or page.number in wanted:
            try:
                jpeg = _jpeg(source.sha256, page.number, whole, source.file, page)
            except CongvanError:
                jpeg = None
            if jpeg is None:
                one["text"] = page.text
            else:
                one["image"] = "data:image/jpeg;base64," + base64.b64encode(jpeg).decode()
        else:
            one["wanted"] = True
        found.append(one)
    return found


def reread(archive: Archive, actor: Actor, stored: Stored, number: int, box: Any) -> RegionText:
    """Read a region of a page again at full resolution; raises the reader's ``CongvanError``."""
    page = next((page for page in archive.pages(actor, stored.id) if page.number == number), None)
    picture: Picture | None = None
    if page is not None:
        data, name = _original(archive, actor, stored), Path(stored.record.source.file)
        with _rendering:
            picture = upright_picture(data, name, number, [word[2:] for word in page.words])
    if picture is None:
        return RegionText("", None)
    left, top, right, bottom = (min(1.0, max(0.0, float(edge))) for edge in box)
    return read_region(picture, (left, top, right, bottom))
