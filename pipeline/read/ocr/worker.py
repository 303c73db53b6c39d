"""A process that keeps Tesseract's library and a language loaded and reads one picture after another.

Run as a file, not as a module: it needs the standard library alone and starts in a few hundredths of a second.  See
``warm`` for the other end.  One request is a line of JSON (width, height, dpi, mode, whitelist) and the picture's
bytes, one a pixel; its answer a line of JSON (size, or error) and the words as Tesseract's TSV.
"""

import ctypes
import ctypes.util
import json
import sys

LIBRARIES = ("libtesseract.so.5", ctypes.util.find_library("tesseract"), ctypes.util.find_library("tesseract-5"))
"""Tesseract 5 by its usual names."""


def library() -> ctypes.CDLL:
    """The library; raises OSError where there is none."""
    for name in LIBRARIES:
        try:
            found = ctypes.CDLL(name) if name else None
        except OSError:
            continue
        if found is not None:
            handle, text, number = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int
            for function, answer, arguments in (
                ("TessVersion", text, []),
                ("TessBaseAPICreate", handle, []),
                ("TessBaseAPIInit3", number, [handle, text, text]),
                ("TessBaseAPISetVariable", number, [handle, text, text]),
                ("TessBaseAPISetPageSegMode", None, [handle, number]),
                ("TessBaseAPISetImage", None, [handle, text, number, number, number, number]),
                ("TessBaseAPIRecognize", number, [handle, handle]),
                ("TessBaseAPIGetTsvText", handle, [handle, number]),
                ("TessBaseAPIClear", None, [handle]),
                ("TessDeleteText", None, [handle]),
            ):
                getattr(found, function).restype = answer
                getattr(found, function).argtypes = arguments
            return found
    raise OSError("no libtesseract")


def words(tesseract: ctypes.CDLL, api: int, request: dict, picture: bytes) -> bytes:
    """TSV of the words of a picture; raises RuntimeError when Tesseract gives up."""
    width, height = int(request["width"]), int(request["height"])
    for name, value in (("user_defined_dpi", request["dpi"]), ("tessedit_char_whitelist", request["whitelist"])):
        tesseract.TessBaseAPISetVariable(api, name.encode(), str(value).encode())
    tesseract.TessBaseAPISetPageSegMode(api, int(request["mode"]))
    tesseract.TessBaseAPISetImage(api, picture, width, height, 1, width)
    try:
        if tesseract.TessBaseAPIRecognize(api, None) != 0:
            raise RuntimeError("Tesseract could not read the picture")
        pointer = tesseract.TessBaseAPIGetTsvText(api, 0)
        if not pointer:
            return b""
        try:
            return ctypes.string_at(pointer)
        finally:
            tesseract.TessDeleteText(pointer)
    finally:
        tesseract.TessBaseAPIClear(api)


def main(language: str) -> int:
    source, target = sys.stdin.buffer, sys.stdout.buffer

    def say(head: dict, body: bytes = b"") -> None:
        target.write(json.dumps(head).encode() + b"\n" + body)
        target.flush()

    try:
        tesseract = library()
        api = tesseract.TessBaseAPICreate()
        if tesseract.TessBaseAPIInit3(api, None, language.encode()) != 0:
            raise OSError(f"no data for {language}")
    except (OSError, AttributeError) as error:
        say({"error": str(error)})
        return 1
    say({"version": tesseract.TessVersion().decode()})
    while line := source.readline():
        request = json.loads(line)
        picture = source.read(int(request["width"]) * int(request["height"]))
        try:
            found = words(tesseract, api, request, picture)
        except RuntimeError as error:
            say({"error": str(error)})
        else:
            say({"size": len(found)}, found)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
