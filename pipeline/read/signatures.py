"""Digital signatures of a PDF: who signed and when, from the certificates inside the file, which is not touched.

Only names are read; whether a signature is valid is not judged here.
"""

from __future__ import annotations

import ctypes
from typing import Any

import pypdfium2.raw as pdfium_c
from cryptography.hazmat.primitives.serialization import pkcs7
from cryptography.x509 import Certificate
from cryptography.x509.oid import NameOID


def read_signatures(document: Any) -> list[dict[str, str]]:
    """Signatures of an open pdfium document as dicts of ``name``, ``organization`` and ``time`` ("" when absent)."""
    found = []
    for index in range(max(0, pdfium_c.FPDF_GetSignatureCount(document))):
        signature = pdfium_c.FPDF_GetSignatureObject(document, index)
        contents = _buffer(pdfium_c.FPDFSignatureObj_GetContents, signature)
        if certificate := _leaf(contents.rstrip(b"\x00")):
            found.append(
                {
                    "name": _attribute(certificate, NameOID.COMMON_NAME),
                    "organization": _attribute(certificate, NameOID.ORGANIZATION_NAME),
                    "time": _buffer(pdfium_c.FPDFSignatureObj_GetTime, signature)
                    .rstrip(b"\x00")
                    .decode("ascii", "ignore"),
                }
            )
    return found


def _buffer(function: Any, signature: Any) -> bytes:
    size = function(signature, None, 0)
    if size <= 0:
        return b""
    data = ctypes.create_string_buffer(size)
    function(signature, data, size)
    return data.raw


def _leaf(contents: bytes) -> Certificate | None:
    """The signer's own certificate: the one that issued no other in the bundle."""
    if not contents:
        return None
    try:
        certificates = pkcs7.load_der_pkcs7_certificates(contents)
    except (ValueError, TypeError):
        return None
    issuers = {c.issuer for c in certificates}
    leaves = [c for c in certificates if c.subject not in issuers]
    return next(iter(leaves or certificates), None)


def _attribute(certificate: Certificate, oid: Any) -> str:
    values = certificate.subject.get_attributes_for_oid(oid)
    return str(values[0].value) if values else ""
