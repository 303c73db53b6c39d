"""A PDF made into PDF/A-2b (ISO 19005-2, level B): what an archive can show in fifty years as it shows today.

What a reader does not see is taken out (scripts, actions, attachments, fields to fill in); what he sees stays: fields
and signatures' pictures become part of their page.  A digital signature does not survive that, nor could it hold over
a changed file; it stays valid in the original.  What cannot be mended is told, and such a file is not declared PDF/A.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import pikepdf
from PIL import ImageCms

# Section 6.5 and 6.11 of the standard: actions, scripts and attachments that no conforming file holds.
_NOT_IN_CATALOG = (
    "/AA",
    "/AF",
    "/AcroForm",
    "/Collection",
    "/OpenAction",
    "/Perms",
    "/Requirements",
    "/NeedsRendering",
)
_NOT_IN_NAMES = ("/JavaScript", "/EmbeddedFiles", "/AlternatePresentations")
_ALLOWED_ACTIONS = ("/URI", "/GoTo")
PRINT = 4  # annotation flag: shown on paper as on the screen, not hidden
NO_FONT = "phông chữ không được nhúng trong tệp gốc ({name})"
FOUR_COLOURS = "tệp gốc dùng màu in CMYK không kèm hồ sơ màu"
LAYERS = "tệp gốc có lớp bật tắt được"


@dataclass(frozen=True, slots=True)
class Archival:
    """The file, and why it is not declared PDF/A (Vietnamese, without full stop; none when it is)."""

    data: bytes
    obstacles: tuple[str, ...]


def archival(data: bytes, title: str) -> Archival:
    """``data``, a PDF, as PDF/A-2b; the same bytes for the same input.  Raises pikepdf.PdfError on a damaged PDF."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.flatten_annotations("screen")
        _take_out(pdf)
        for item in pdf.objects:
            if isinstance(item, pikepdf.Stream):
                _mend_stream(item)
        kept = _saved(pdf)
    # Saved and opened again: what nothing refers to any more is gone, and is no obstacle.
    with pikepdf.open(io.BytesIO(kept)) as pdf:
        obstacles = tuple(dict.fromkeys(_obstacles(pdf)))
        _describe(pdf, title, declared=not obstacles)
        return Archival(_saved(pdf), obstacles)


def _saved(pdf: pikepdf.Pdf) -> bytes:
    out = io.BytesIO()
    # Without ``encryption`` the copy is open, as the standard asks.
    pdf.save(out, min_version="1.7", deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return out.getvalue()


def _take_out(pdf: pikepdf.Pdf) -> None:
    for key in _NOT_IN_CATALOG:
        if key in pdf.Root:
            del pdf.Root[key]
    names = pdf.Root.get("/Names")
    for key in _NOT_IN_NAMES:
        if names is not None and key in names:
            del names[key]
    for page in pdf.pages:
        if "/AA" in page:
            del page["/AA"]
        links = [a for a in page.get("/Annots", []) if _is_link(a)]
        for link in links:
            link["/F"] = PRINT
            if "/AA" in link:
                del link["/AA"]
        if links:
            page["/Annots"] = pikepdf.Array(links)
        elif "/Annots" in page:
            del page["/Annots"]


def _is_link(annotation: Any) -> bool:
    if annotation.get("/Subtype") != "/Link":
        return False
    action = annotation.get("/A")
    return action is None or action.get("/S") in _ALLOWED_ACTIONS


def _mend_stream(stream: pikepdf.Stream) -> None:
    """Decode what is packed by a forbidden filter; drop what forbids or replaces a picture."""
    filters = stream.get("/Filter")
    if filters is not None and "LZWDecode" in str(filters):
        stream.write(stream.read_bytes())
    if stream.get("/Subtype") == "/Image":
        if stream.get("/Interpolate"):
            stream["/Interpolate"] = False
        for key in ("/Alternates", "/OPI"):
            if key in stream:
                del stream[key]


def _obstacles(pdf: pikepdf.Pdf) -> Iterator[str]:
    if "/OCProperties" in pdf.Root:
        yield LAYERS
    drawn: list[Any] = [page.obj for page in pdf.pages]
    for item in pdf.objects:
        if isinstance(item, (pikepdf.Dictionary, pikepdf.Stream)) and item.get("/ColorSpace") == "/DeviceCMYK":
            yield FOUR_COLOURS
        if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Form":
            drawn.append(item)
    for content in drawn:
        yield from _unshowable(content)


def _unshowable(content: Any) -> Iterator[str]:
    """Obstacles among what a page or form draws: letters of a font that is not in the file, inks of a printing press.

    A font that only unseen words use needs no program (ISO 19005-2, 6.2.11.4.1).
    """
    fonts = content.get("/Resources", pikepdf.Dictionary()).get("/Font", pikepdf.Dictionary())
    font: Any = None
    unseen = False
    kept: list[tuple[Any, bool]] = []
    for step in pikepdf.parse_content_stream(content, "k K q Q Tf Tr Tj TJ ' \""):
        operands = step.operands
        match str(step.operator):
            case "k" | "K":
                yield FOUR_COLOURS
            case "q":
                kept.append((font, unseen))
            case "Q":
                font, unseen = kept.pop() if kept else (None, False)
            case "Tf":
                font = fonts.get(str(operands[0]))
            case "Tr":
                unseen = int(operands[0]) == 3
            case _ if font is not None and not unseen and not _is_embedded(font):
                yield NO_FONT.format(name=str(font.get("/BaseFont", "/?")).lstrip("/"))


def _is_embedded(font: Any) -> bool:
    kind = font.get("/Subtype")
    if kind == "/Type3":
        return True
    # A font of two bytes a sign holds its program in its descendant, which is a font object of its own.
    if kind == "/Type0":
        return all(_is_embedded(one) for one in font.get("/DescendantFonts", []))
    descriptor = font.get("/FontDescriptor")
    return descriptor is not None and any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3"))


def _describe(pdf: pikepdf.Pdf, title: str, declared: bool) -> None:
    """Metadata (XMP) and the meaning of the colours; the declaration only where it is true."""
    for key in ("/Metadata", "/OutputIntents"):
        if key in pdf.Root:
            del pdf.Root[key]
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as meta:
        meta["dc:title"] = title
        meta["xmp:CreatorTool"] = "congvan"
        if declared:
            meta["pdfaid:part"] = "2"
            meta["pdfaid:conformance"] = "B"
    # What the dictionary says besides must agree with the metadata; the original keeps its own.
    if "/Info" in pdf.trailer:
        del pdf.trailer["/Info"]
    profile = pdf.make_stream(srgb(), N=3, Alternate=pikepdf.Name.DeviceRGB)
    pdf.Root["/OutputIntents"] = pikepdf.Array([pdf.make_indirect(pikepdf.Dictionary(
        Type=pikepdf.Name.OutputIntent, S=pikepdf.Name.GTS_PDFA1, OutputConditionIdentifier="sRGB IEC61966-2.1",
        Info="sRGB IEC61966-2.1", RegistryName="http://www.color.org", DestOutputProfile=profile,
    ))])  # fmt: skip
    pdf.Root["/MarkInfo"] = pikepdf.Dictionary(Marked=False)


@cache
def srgb() -> bytes:
    """The sRGB profile (ICC), without the day on which it was made: the copy is the same on every run."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    # ICC.1:2010, 7.2.8: date and time in bytes 24 to 35.
    profile[24:36] = bytes([7, 208, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0])
    return bytes(profile)
