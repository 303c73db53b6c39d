"""The tables.  The migrations build them; a test compares the two.

Moments are UTC ISO 8601 text and days ISO text, which sort as they count in both databases.  What people and the
reader said is append-only (``extraction``, ``version``, ``correction``, ``task_event``, ``audit``): the database itself
refuses to change or delete those rows (triggers in the migrations).  ``document`` and the tables that hang from it by
``document_id`` are the present state, derived from these and rebuilt at any time.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    UniqueConstraint,
)

from pipeline.store.columns import JsonText, PackedJson
from pipeline.store.columns import PlainText as Text

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)
# SQLite numbers rows by itself only for a plain INTEGER PRIMARY KEY.
BigId = BigInteger().with_variant(Integer(), "sqlite")

APPEND_ONLY = ("extraction", "version", "correction", "task_event", "audit")
"""Tables whose rows the database refuses to change or delete."""


def _id() -> Column[int]:
    return Column("id", BigId, primary_key=True, autoincrement=True)


def _document(index: bool = True) -> Column[int]:
    return Column("document_id", BigId, ForeignKey("document.id"), nullable=False, index=index)


meta = Table("meta", METADATA, Column("key", String(40), primary_key=True), Column("value", Text, nullable=False))

blob = Table(  # the originals: one row for one content, whatever the file was called
    "blob", METADATA,
    Column("sha256", String(64), primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("extension", String(16), nullable=False),
    Column("added_at", String(40), nullable=False),
)  # fmt: skip

arrival = Table(  # every way on which a content came, so that the same bytes under another name are not forgotten
    "arrival", METADATA, _id(),
    Column("sha256", String(64), ForeignKey("blob.sha256"), nullable=False),
    Column("path", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("first_at", String(40), nullable=False),
    Column("last_at", String(40), nullable=False),
    Column("times", Integer, nullable=False),
    Column("actor", Text, nullable=False),
    Column("outcome", String(20), nullable=False),  # stored | failed
    Column("error", JsonText),
    UniqueConstraint("sha256", "path"),
)  # fmt: skip

page = Table(  # what the reader saw on a page; words are packed [start, end, left, top, right, bottom] rows
    "page", METADATA, _id(),
    Column("sha256", String(64), ForeignKey("blob.sha256"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("text", PackedJson, nullable=False),
    Column("words", PackedJson),
    UniqueConstraint("sha256", "number"),
)  # fmt: skip

extraction = Table(  # what the program read, every time
    "extraction", METADATA, _id(),
    Column("sha256", String(64), ForeignKey("blob.sha256"), nullable=False),
    Column("record_id", String(128), nullable=False, index=True),
    Column("at", String(40), nullable=False),
    Column("tool", String(80), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("record", PackedJson, nullable=False),
)  # fmt: skip

document = Table(  # the present state of a document: its effective record, opened into columns
    "document", METADATA, _id(),
    Column("record_id", String(128), nullable=False, unique=True),
    Column("sha256", String(64), ForeignKey("blob.sha256"), nullable=False, index=True),
    Column("extraction_id", BigId, ForeignKey("extraction.id"), nullable=False),
    Column("version", Integer, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("state", String(12), nullable=False),  # new | confirmed | withdrawn
    Column("confirmed_by", Text), Column("confirmed_at", String(40)),
    Column("created_at", String(40), nullable=False), Column("updated_at", String(40), nullable=False),
    Column("change", BigInteger, nullable=False, index=True),
    Column("first_page", Integer, nullable=False), Column("last_page", Integer, nullable=False),
    # Where the document begins on its first page and ends on its last, when it shares them (offsets; NULL: the edge).
    Column("first_offset", Integer), Column("last_offset", Integer),
    Column("medium", String(10), nullable=False),
    Column("file", Text, nullable=False),
    Column("number", Text), Column("raw_number", Text), Column("number_key", Text),
    Column("serial", String(20)), Column("symbol", Text),
    Column("doc_type", Text), Column("date", String(10)), Column("partial_date", String(7)),
    Column("year", Integer), Column("period", String(20)),
    Column("issuer", Text), Column("issuer_key", Text), Column("issuer_parent", Text), Column("place", Text),
    Column("level", String(12)), Column("province", Text), Column("unit", Text),
    Column("subject", Text), Column("urgency", Text), Column("secrecy", Text),
    Column("signer", Text),
    Column("warnings", JsonText, nullable=False),
    Column("conflicts", JsonText, nullable=False),  # corrections that found no place in the last extraction
    Index(None, "number_key", "period"), Index(None, "date"), Index(None, "doc_type", "date"),
    Index(None, "issuer_key", "date"), Index(None, "province", "date"), Index(None, "state"),
    CheckConstraint("state IN ('new', 'confirmed', 'withdrawn')", name="state"),
)  # fmt: skip

version = Table(
    "version", METADATA, _id(), _document(index=False),
    Column("n", Integer, nullable=False),
    Column("extraction_id", BigId, ForeignKey("extraction.id"), nullable=False),
    Column("corrections", Integer, nullable=False),  # how many corrections are in it
    Column("digest", String(64), nullable=False),
    Column("at", String(40), nullable=False),
    Column("actor", Text, nullable=False), Column("role", String(12), nullable=False),
    Column("cause", String(20), nullable=False),  # extracted | re-extracted | corrected
    Column("record", PackedJson),  # the effective record; NULL when it is the extraction as it stands
    UniqueConstraint("document_id", "n"),
)  # fmt: skip

correction = Table(
    "correction", METADATA, _id(), _document(index=False),
    Column("seq", Integer, nullable=False),
    Column("op", String(8), nullable=False),  # set | insert | remove
    Column("pointer", Text, nullable=False),
    Column("value", JsonText), Column("before", JsonText), Column("anchor", JsonText),
    Column("page", Integer), Column("boxes", JsonText),
    Column("at", String(40), nullable=False),
    Column("actor", Text, nullable=False), Column("role", String(12), nullable=False),
    Column("note", Text, nullable=False),
    UniqueConstraint("document_id", "seq"),
    CheckConstraint("op IN ('set', 'insert', 'remove')", name="op"),
)  # fmt: skip

search_text = Table(  # folded text; a very long document has several parts
    "search_text", METADATA, _id(), _document(),
    Column("part", Integer, nullable=False),
    Column("number", Text, nullable=False), Column("subject", Text, nullable=False),
    Column("issuer", Text, nullable=False), Column("body", Text, nullable=False),
)  # fmt: skip

citation = Table(
    "citation", METADATA, _id(), _document(),
    Column("ordinal", Integer, nullable=False),
    Column("doc_type", Text), Column("number", Text), Column("raw_number", Text),
    Column("number_key", Text, index=True), Column("date", String(10)),
    Column("issuer", Text), Column("title", Text), Column("relation", String(20), nullable=False),
    Column("via", Text), Column("attached", Boolean, nullable=False),
    Column("page", Integer), Column("span_start", Integer), Column("span_end", Integer),
    Column("sentence", Text),
    sqlite_autoincrement=True,  # an id is never used again, so an edge left behind points to no other citation
)  # fmt: skip

deadline = Table(
    "deadline", METADATA, _id(), _document(),
    Column("ordinal", Integer, nullable=False), Column("kind", String(10), nullable=False),
    Column("raw", Text, nullable=False), Column("due", String(16), index=True), Column("bound", String(8)),
    Column("start", String(10)), Column("end", String(10)), Column("rule", Text),
    Column("days", Integer), Column("working", Boolean), Column("anchor", String(10)), Column("task", Integer),
)  # fmt: skip

task = Table(  # rows outlive re-extraction, so that a state set by a person stays with its task
    "task", METADATA, _id(), _document(),
    Column("ordinal", Integer),  # NULL: no longer in the record
    Column("section", Text), Column("text", Text, nullable=False), Column("text_key", Text, nullable=False),
    Column("assignees", JsonText, nullable=False), Column("assignees_key", Text, nullable=False),
    Column("due", String(16)),
    Column("state", String(12), nullable=False), Column("state_at", String(40)), Column("state_by", Text),
    Index(None, "state", "due"), Index(None, "due"),
    CheckConstraint("state IN ('chưa làm', 'đang làm', 'xong')", name="state"),
)  # fmt: skip

task_event = Table(
    "task_event", METADATA, _id(),
    Column("task_id", BigId, ForeignKey("task.id"), nullable=False, index=True),
    Column("state", String(12), nullable=False),
    Column("at", String(40), nullable=False),
    Column("actor", Text, nullable=False), Column("role", String(12), nullable=False),
    Column("note", Text, nullable=False),
)  # fmt: skip

duplicate = Table(  # a question for a person, and its answer
    "duplicate", METADATA, _id(),
    Column("first_id", BigId, ForeignKey("document.id"), nullable=False),
    Column("second_id", BigId, ForeignKey("document.id"), nullable=False, index=True),
    Column("reason", Text, nullable=False),
    Column("certain", Boolean, nullable=False),
    Column("answer", String(10)),  # NULL: open | same | different
    Column("decided_by", Text), Column("decided_at", String(40)), Column("note", Text),
    UniqueConstraint("first_id", "second_id"),
    Index(None, "answer"),
    CheckConstraint("first_id < second_id", name="order"),
)  # fmt: skip

book = Table(  # the next number of a register's year
    "book", METADATA,
    Column("book", String(8), primary_key=True), Column("year", Integer, primary_key=True),
    Column("next", Integer, nullable=False),
)  # fmt: skip

register_entry = Table(
    "register_entry", METADATA, _id(),
    Column("book", String(8), nullable=False), Column("year", Integer, nullable=False),
    Column("number", Integer, nullable=False),
    Column("document_id", BigId, ForeignKey("document.id"), index=True),
    Column("day", String(10), nullable=False),
    Column("handler", Text), Column("transferred_on", String(10)), Column("received_by", Text), Column("note", Text),
    Column("copies", Integer), Column("file_copy_keeper", Text),
    Column("due", String(16)), Column("progress", Text), Column("reply_number", Text),
    Column("cancelled", Text),  # the reason; the number is never given again
    Column("at", String(40), nullable=False), Column("actor", Text, nullable=False),
    UniqueConstraint("book", "year", "number"),
    Index(None, "book", "year", "day"),
    CheckConstraint("book IN ('đến', 'đi')", name="book"),
)  # fmt: skip

user = Table(
    "account", METADATA,
    Column("name", String(80), primary_key=True),
    Column("role", String(12), nullable=False),
    Column("password_hash", Text, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("created_at", String(40), nullable=False), Column("updated_at", String(40), nullable=False),
)  # fmt: skip

audit = Table(
    "audit", METADATA,
    Column("seq", BigId, primary_key=True, autoincrement=False),
    Column("at", String(40), nullable=False),
    Column("actor", Text, nullable=False), Column("role", String(12), nullable=False),
    Column("action", String(40), nullable=False),
    Column("subject", Text, nullable=False, index=True),
    Column("details", JsonText, nullable=False),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
)  # fmt: skip

# The citation graph: ``pipeline.graph`` fills these.  A signature is one way of naming a document ("14/CT-UBND,
# 2020-12-23, Quảng Ngãi, tỉnh"); signatures that name the same document share a node.
node = Table(
    "node", METADATA, _id(),
    Column("label", Text, nullable=False),
    Column("number", Text), Column("doc_type", Text), Column("date", String(10)), Column("year", Integer),
    Column("issuer", Text), Column("issuer_key", Text), Column("level", String(12)), Column("province", Text),
    Column("unit", Text), Column("title", Text),
    Column("held", Integer, nullable=False),  # how many copies are in the archive
    Column("variants", JsonText, nullable=False),  # every spelling of the number
    Column("reasons", JsonText, nullable=False),  # why its signatures are one document
    Column("doubt", String(12)),  # vague | ambiguous | near: it may be another node; for a person to decide
    Index(None, "year"), Index(None, "number"), Index(None, "held"), Index(None, "doubt"),
)  # fmt: skip

signature = Table(
    "signature", METADATA, _id(),
    Column("key", Text, nullable=False, unique=True),
    Column("number_key", Text), Column("serial", String(20)), Column("symbol", Text),
    Column("number", Text), Column("doc_type", Text), Column("date", String(10)), Column("period", String(20)),
    Column("issuer", Text), Column("level", String(12)), Column("province", Text), Column("unit", Text),
    Column("inferred", Boolean, nullable=False),
    Column("vague", Boolean, nullable=False),  # too little is said to join it with anything
    Column("title", Text),
    Column("node_id", BigId, ForeignKey("node.id"), index=True),
    # What may be one document has one of these in common; NULL for what is vague.
    Column("number_block", Text, index=True), Column("day_block", Text, index=True),
    Index(None, "number_key"),
)  # fmt: skip

self_mention = Table(  # the signature of a held document itself
    "self_mention", METADATA,
    Column("document_id", BigId, ForeignKey("document.id"), primary_key=True),
    Column("signature_id", BigId, ForeignKey("signature.id"), nullable=False, index=True),
)  # fmt: skip

edge = Table(  # one citation as an arrow; source and target follow their signatures when nodes join or part
    "edge", METADATA,
    # No foreign key: the graph follows the archive a step behind, and must still see what it had when a citation goes.
    Column("citation_id", BigId, primary_key=True, autoincrement=False),
    _document(),
    Column("source_signature", BigId, ForeignKey("signature.id"), nullable=False, index=True),
    Column("target_signature", BigId, ForeignKey("signature.id"), nullable=False, index=True),
    Column("source", BigId, ForeignKey("node.id")),
    Column("target", BigId, ForeignKey("node.id")),
    Column("relation", String(20), nullable=False),
    Index(None, "source", "relation", "target"), Index(None, "target", "relation", "source"),
)  # fmt: skip

decision = Table(  # a person's answers about the graph, kept by signature key and replayed over every rebuild
    "decision", METADATA, _id(),
    Column("kind", String(12), nullable=False),  # same | different | dismiss | reopen
    Column("first", Text, nullable=False), Column("second", Text, nullable=False),
    Column("at", String(40), nullable=False),
    Column("actor", Text, nullable=False), Column("role", String(12), nullable=False),
    Column("note", Text, nullable=False),
    Column("revoked_at", String(40)), Column("revoked_by", Text),
    Index(None, "first"), Index(None, "second"),
)  # fmt: skip
