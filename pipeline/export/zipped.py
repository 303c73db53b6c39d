"""Files as one zip that holds no hour of writing."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO


def zipped(content: Mapping[str, bytes]) -> bytes:
    """Files as a zip, the same bytes for the same content."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in content.items():
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()
