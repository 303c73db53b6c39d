"""Pictures to a PDF of pictures only, as a scanner makes it: no text layer, no date, the same bytes every time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Sheet:
    """One page's JPEG with its size in pixels, its resolution and whether it has colour."""

    jpeg: bytes
    width: int
    height: int
    dpi: float
    colour: bool


def write(sheets: Sequence[Sheet]) -> bytes:
    """A PDF 1.4 with one picture filling each page."""
    objects: list[bytes] = []
    kids = " ".join(f"{3 + 3 * at} 0 R" for at in range(len(sheets)))
    objects.append(b"<< /Type /Catalog /Pages 2 0 R >>")
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(sheets)} >>".encode())
    for at, sheet in enumerate(sheets):
        wide, high = sheet.width * 72 / sheet.dpi, sheet.height * 72 / sheet.dpi
        content, picture = 4 + 3 * at, 5 + 3 * at
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {wide:.2f} {high:.2f}] /Contents {content} 0 R "
            f"/Resources << /XObject << /Im0 {picture} 0 R >> >> >>".encode()
        )
        drawing = f"q {wide:.2f} 0 0 {high:.2f} 0 0 cm /Im0 Do Q".encode()
        objects.append(_stream(b"", drawing))
        space = "DeviceRGB" if sheet.colour else "DeviceGray"
        entries = (
            f"/Type /XObject /Subtype /Image /Width {sheet.width} /Height {sheet.height} /ColorSpace /{space} "
            "/BitsPerComponent 8 /Filter /DCTDecode "
        ).encode()
        objects.append(_stream(entries, sheet.jpeg))
    out = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    for offset in offsets:
        out += f"{offset:010d} 00000 n \n".encode()
    out += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)


def _stream(entries: bytes, data: bytes) -> bytes:
    return b"<< " + entries + f"/Length {len(data)} >>\nstream\n".encode() + data + b"\nendstream"
