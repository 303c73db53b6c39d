"""What is known of a document while its fields are read: the extractors' shared input."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pipeline.language.deadlines import DeadlineSpan, find_deadlines
from pipeline.layout import DocumentLayout, Flow, Zone
from pipeline.read.model import SourceFile


@dataclass(slots=True)
class Context:
    """One document, and what earlier extractors have found out about it.

    ``typed`` is True when the text was not recognised from a picture.  ``issued`` and ``received`` are set as soon as
    they are read; deadlines and validity dates need them.
    """

    source: SourceFile
    layout: DocumentLayout
    index: int
    typed: bool
    issued: date | None = None
    issued_year: int | None = None
    issued_month: int | None = None
    received: date | None = None

    def zone(self, zone: Zone) -> Flow:
        return self.layout.zone(zone)

    @property
    def body(self) -> Flow:
        return self.layout.body

    @property
    def when(self) -> date | None:
        """The day for which facts about the world are looked up: of issue, or mid-year when only the year is known."""
        if self.issued:
            return self.issued
        return date(self.issued_year, 6, 30) if self.issued_year else None

    @property
    def earliest(self) -> date | None:
        """The first day on which the document can have been issued, as far as its date line says."""
        if self.issued:
            return self.issued
        return date(self.issued_year, self.issued_month or 1, 1) if self.issued_year else None

    def deadlines_in(self, text: str) -> list[DeadlineSpan]:
        """Deadlines in ``text`` (NFC) as this document, with its days of issue and receipt, means them."""
        return find_deadlines(text, issued=self.issued, received=self.received, earliest=self.earliest)
