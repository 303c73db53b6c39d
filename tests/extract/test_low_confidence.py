"""Which values are marked as doubtful, and does the evidence state the calibrated probability?"""

from __future__ import annotations

import pytest
from extract_pages import scanned, zoned

from pipeline.extract import Extraction, Found
from pipeline.layout import Zone
from pipeline.record.assemble import assemble
from pipeline.record.calibration import calibration
from pipeline.record.models import Record
from pipeline.record.scores import Score


@pytest.mark.parametrize(
    ("question", "rule", "certainty", "reading", "warned"),
    [
        ("typed", "issuer.header", 0.96, None, False),
        ("well read", "issuer.header", 0.96, 0.95, False),
        ("hardly read", "issuer.header", 0.96, 0.1, True),
        ("a rule that nobody measured, on a poor reading", "issuer.other", 0.6, 0.3, True),
        ("nothing known: a doubt that nobody can name", "issuer.header", None, None, False),
    ],
)
def test_low_confidence_speaks_of_watched_values_below_their_bound(
    question: str, rule: str, certainty: float | None, reading: float | None, warned: bool
) -> None:
    record = assembled("issuer", rule, certainty, reading)
    assert ("low_confidence" in record.warnings) is warned, question
    (piece,) = record.evidence["/issuer"]
    assert piece.confidence == calibration().probability(Score("issuer", rule, piece.source, certainty, reading))


def test_other_fields_do_not_warn() -> None:
    """A clerk registers by the head of a paper: one doubtful place in the list of recipients is marked, no warning."""
    assert "low_confidence" not in assembled("addressees", "addressees.list", 0.5, 0.1).warnings


def assembled(field: str, rule: str, certainty: float | None, reading: float | None) -> Record:
    line = "SỞ NỘI VỤ"
    words = dict.fromkeys(line.split(), reading) if reading is not None else None
    context = scanned(Zone.ISSUER, line, doubt=words) if words else zoned(Zone.ISSUER, line)
    flow = context.zone(Zone.ISSUER)
    item = Found("Sở Nội vụ", tuple(flow.locate(0, len(flow.text))), rule, certainty)
    extraction = Extraction(context)
    extraction.lists = {"citations": []}
    if field == "issuer":
        extraction.scalars = {field: item}
    else:
        extraction.lists[field] = [item]
    return assemble(extraction)
