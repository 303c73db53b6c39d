"""Is what is declared PDF/A free of what the standard forbids, and is what cannot be mended told?"""

from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf
import pypdfium2 as pdfium
import pytest
from pikepdf import Array, Dictionary, Name
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from pipeline.read.archival import archival
from pipeline.workflow.fonts import vietnamese_font_file

Change = Callable[[pikepdf.Pdf], None]


def made(draw: Callable[[Canvas], None], change: Change | None = None, **how: object) -> bytes:
    pdfmetrics.registerFont(TTFont("inside", str(vietnamese_font_file())))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(300, 400), initialFontName="inside")
    draw(canvas)
    canvas.showPage()
    canvas.save()
    with pikepdf.open(out) as pdf:
        if change:
            change(pdf)
        again = io.BytesIO()
        pdf.save(again, **how)
    return again.getvalue()


def words(font: str, mode: int = 0) -> Callable[[Canvas], None]:
    def draw(canvas: Canvas) -> None:
        text = canvas.beginText(30, 300)
        text.setFont(font, 12)
        text.setTextRenderMode(mode)
        text.textOut("Nghi quyet")
        canvas.drawText(text)

    return draw


def script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS="app.alert(1)")
    pdf.Root.AA = Dictionary(WC=Dictionary(S=Name.JavaScript, JS="1"))


def attachment(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["a.txt"] = pikepdf.AttachedFileSpec(pdf, b"a", filename="a.txt")


def signature(pdf: pikepdf.Pdf) -> None:
    """A signature field whose appearance is a black square."""
    look = pdf.make_stream(b"0 g 0 0 50 50 re f")
    look.update(Dictionary(Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 50, 50])))
    field = pdf.make_indirect(Dictionary(
        Type=Name.Annot, Subtype=Name.Widget, FT=Name.Sig, T="s", Rect=Array([200, 20, 250, 70]), F=132,
        AP=Dictionary(N=look),
    ))  # fmt: skip
    pdf.pages[0].Annots = Array([field])
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]), SigFlags=3)


def link(kind: str) -> Change:
    def add(pdf: pikepdf.Pdf) -> None:
        action = Dictionary(S=Name("/" + kind), URI="https://example.org", F="a.exe")
        pdf.pages[0].Annots = Array([
            Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), A=action)
        ])  # fmt: skip

    return add


def nothing(canvas: Canvas) -> None:
    canvas.rect(10, 10, 20, 20)


OWNER = pikepdf.Encryption(owner="chủ", user="", R=6)


@pytest.mark.parametrize(("question", "data", "obstacle"), [
    ("a plain sheet", made(nothing), None),
    ("letters of a font that is in the file", made(words("inside")), None),
    ("letters of a font that is not", made(words("Helvetica")), "Helvetica"),
    ("unseen letters need no font", made(words("Helvetica", 3)), None),
    ("inks of a printing press", made(lambda canvas: canvas.setFillColorCMYK(0, 0, 0, 1)), "CMYK"),
    ("scripts", made(nothing, script), None),
    ("an attachment", made(nothing, attachment), None),
    ("a signature", made(nothing, signature), None),
    ("a locked file that anybody may open", made(nothing, encryption=OWNER), None),
    ("a link to the web", made(nothing, link("URI")), None),
    ("a link to a program", made(nothing, link("Launch")), None),
])  # fmt: skip
def test_what_is_declared(question: str, data: bytes, obstacle: str | None) -> None:
    copy = archival(data, "Số 1")
    assert bool(copy.obstacles) == (obstacle is not None)
    if obstacle:
        assert obstacle in copy.obstacles[0]
    with pikepdf.open(io.BytesIO(copy.data)) as pdf:
        with pdf.open_metadata(update_docinfo=False) as meta:
            assert meta.pdfa_status == ("" if obstacle else "2B")
            assert meta["dc:title"] == "Số 1"
        (intent,) = pdf.Root.OutputIntents
        assert intent.S == "/GTS_PDFA1"
        assert bytes(intent.DestOutputProfile.read_bytes())[36:40] == b"acsp"
        assert not pdf.is_encrypted
        assert "/ID" in pdf.trailer
        assert "/Info" not in pdf.trailer
        # ISO 19005-2, 6.1.3 to 6.9: none of these anywhere in the file.
        for item in pdf.objects:
            if isinstance(item, (pikepdf.Dictionary, pikepdf.Stream)):
                assert item.get("/S") not in ("/JavaScript", "/Launch")
                assert not {"/AA", "/JS", "/EF", "/AcroForm", "/SigFlags"} & set(item.keys()), question


def test_a_signature_is_seen_as_before() -> None:
    data = made(nothing, signature)
    before = pdfium.PdfDocument(data)
    before.init_forms()
    seen = [page.render(scale=1).to_pil().convert("L").getpixel((225, 355)) for page in
            (before[0], pdfium.PdfDocument(archival(data, "a").data)[0])]  # fmt: skip
    assert seen == [0, 0]


def test_a_link_to_the_web_stays_and_the_same_input_gives_the_same_bytes() -> None:
    data = made(nothing, link("URI"))
    copies = [archival(data, "a").data for _ in range(2)]
    assert copies[0] == copies[1]
    with pikepdf.open(io.BytesIO(copies[0])) as pdf:
        assert [a.A.S for a in pdf.pages[0].Annots] == ["/URI"]


def test_a_filter_that_the_standard_forbids_is_undone() -> None:
    def pack(pdf: pikepdf.Pdf) -> None:
        # "-----A---B" of the PDF specification's own example of LZW (7.4.4.2).
        packed = pdf.make_stream(b"")
        packed.write(bytes([0x80, 0x0B, 0x60, 0x50, 0x22, 0x0C, 0x0C, 0x85, 0x01]), filter=Name.LZWDecode)
        packed.update(Dictionary(Type=Name.XObject, Subtype=Name.Image, Width=9, Height=1, BitsPerComponent=8,
                                 ColorSpace=Name.DeviceGray, Interpolate=True))  # fmt: skip
        pdf.pages[0].Resources.XObject = Dictionary(Im=packed)

    with pikepdf.open(io.BytesIO(archival(made(nothing, pack), "a").data)) as pdf:
        picture = pdf.pages[0].Resources.XObject.Im
        assert "LZW" not in str(picture.get("/Filter"))
        assert not picture.Interpolate
        assert picture.read_bytes() == b"-----A---B"
