"""Pages of a record for the desk: pictures as JPEG data addresses, rendered once and remembered."""

from __future__ import annotations

import base64
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import streamlit as st
from PIL import Image

from pipeline.errors import CongvanError
from pipeline.store.actors import Actor
from pipeline.store.archive import Archive, Stored
from pipeline.store.reading import PageText
from pipeline.workflow.reread import Picture, RegionText, read_region, upright_picture

_SHOWN_WIDTH = 1150
_AT_ONCE = 3
"""Pictures sent without being asked for; further pages are sent when they come into view."""


@st.cache_data(max_entries=300, show_spinner=False)
def _jpeg(sha256: str, number: int, _data: bytes, _name: str, _page: PageText) -> bytes | None:
    picture = upright_picture(_data, Path(_name), number, [word[2:] for word in _page.words], dpi=140)
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


def pages_for_desk(archive: Archive, actor: Actor, stored: Stored, wanted: set[int]) -> list[dict[str, Any]]:
    """Every page of the record: with its picture when it is among the first or ``wanted``, as text where there is none.

    A page whose picture cannot be made is shown as its text.
    """
    pages = archive.pages(actor, stored.id)
    source = stored.record.source
    data: bytes | None = None
    found = []
    for at, page in enumerate(pages):
        one: dict[str, Any] = {"number": page.number, "image": None, "text": None, "wanted": False}
        if source.medium == "text":
            one["text"] = page.text
        elif at < _AT_ONCE or page.number in wanted:
            if data is None:
                data = _original(archive, actor, stored)
            try:
                jpeg = _jpeg(source.sha256, page.number, data, source.file, page)
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
        picture = upright_picture(data, name, number, [word[2:] for word in page.words])
    if picture is None:
        return RegionText("", None)
    left, top, right, bottom = (min(1.0, max(0.0, float(edge))) for edge in box)
    return read_region(picture, (left, top, right, bottom))
