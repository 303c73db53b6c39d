"""Documents, versions, corrections, search, registers, tasks, audit."""

from __future__ import annotations

from alembic import op
from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    String,
    Text,
    UniqueConstraint,
)

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

BIG = BigInteger().with_variant(Integer(), "sqlite")
APPEND_ONLY = ("extraction", "version", "correction", "task_event", "audit")


def upgrade() -> None:
    _tables()
    if op.get_bind().dialect.name == "sqlite":
        _sqlite()
    else:
        _postgresql()


def _sqlite() -> None:
    for table in APPEND_ONLY:
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
    # The text is folded before it comes here, so the tokenizer has nothing to do but split at spaces.
    op.execute(
        "CREATE VIRTUAL TABLE search_fts USING fts5(number, subject, issuer, body, content='search_text', "
        "content_rowid='id', tokenize='ascii', prefix='2 3')"
    )
    gone = "INSERT INTO search_fts(search_fts, rowid, number, subject, issuer, body) VALUES ('delete', old.id, {old})"
    come = "INSERT INTO search_fts(rowid, number, subject, issuer, body) VALUES (new.id, {new})"
    new, old = (
        ", ".join(f"{row}.{name}" for name in ("number", "subject", "issuer", "body")) for row in ("new", "old")
    )
    gone, come = gone.format(old=old), come.format(new=new)
    op.execute(f"CREATE TRIGGER search_text_insert AFTER INSERT ON search_text BEGIN {come}; END")
    op.execute(f"CREATE TRIGGER search_text_delete AFTER DELETE ON search_text BEGIN {gone}; END")
    op.execute(f"CREATE TRIGGER search_text_update AFTER UPDATE ON search_text BEGIN {gone}; {come}; END")


def _postgresql() -> None:
    op.execute(
        "CREATE FUNCTION congvan_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
    )
    for table in APPEND_ONLY:
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION congvan_append_only()"
        )
    op.execute(
        "ALTER TABLE search_text ADD COLUMN words tsvector GENERATED ALWAYS AS ("
        "setweight(to_tsvector('simple', number), 'A') || setweight(to_tsvector('simple', subject), 'B') || "
        "setweight(to_tsvector('simple', issuer), 'C') || setweight(to_tsvector('simple', body), 'D')) STORED"
    )
    op.execute("CREATE INDEX ix_search_text_words ON search_text USING gin (words)")


def _tables() -> None:
    op.create_table(
        "account",
        Column("name", String(80), nullable=False),
        Column("role", String(12), nullable=False),
        Column("password_hash", Text(), nullable=False),
        Column("active", Boolean(), nullable=False),
        Column("created_at", String(40), nullable=False),
        Column("updated_at", String(40), nullable=False),
        PrimaryKeyConstraint("name", name="pk_account"),
    )
    op.create_table(
        "audit",
        Column("seq", BIG, autoincrement=False, nullable=False),
        Column("at", String(40), nullable=False),
        Column("actor", Text(), nullable=False),
        Column("role", String(12), nullable=False),
        Column("action", String(40), nullable=False),
        Column("subject", Text(), nullable=False),
        Column("details", Text(), nullable=False),
        Column("previous", String(64), nullable=False),
        Column("hash", String(64), nullable=False),
        PrimaryKeyConstraint("seq", name="pk_audit"),
    )
    op.create_index("ix_audit_subject", "audit", ["subject"])
    op.create_table(
        "blob",
        Column("sha256", String(64), nullable=False),
        Column("size", BigInteger(), nullable=False),
        Column("extension", String(16), nullable=False),
        Column("added_at", String(40), nullable=False),
        PrimaryKeyConstraint("sha256", name="pk_blob"),
    )
    op.create_table(
        "book",
        Column("book", String(8), nullable=False),
        Column("year", Integer(), nullable=False),
        Column("next", Integer(), nullable=False),
        PrimaryKeyConstraint("book", "year", name="pk_book"),
    )
    op.create_table(
        "meta",
        Column("key", String(40), nullable=False),
        Column("value", Text(), nullable=False),
        PrimaryKeyConstraint("key", name="pk_meta"),
    )
    op.create_table(
        "arrival",
        Column("id", BIG, nullable=False),
        Column("sha256", String(64), nullable=False),
        Column("path", Text(), nullable=False),
        Column("name", Text(), nullable=False),
        Column("first_at", String(40), nullable=False),
        Column("last_at", String(40), nullable=False),
        Column("times", Integer(), nullable=False),
        Column("actor", Text(), nullable=False),
        Column("outcome", String(20), nullable=False),
        Column("error", Text()),
        ForeignKeyConstraint(["sha256"], ["blob.sha256"], name="fk_arrival_sha256"),
        PrimaryKeyConstraint("id", name="pk_arrival"),
        UniqueConstraint("sha256", "path", name="uq_arrival_sha256_path"),
    )
    op.create_table(
        "extraction",
        Column("id", BIG, nullable=False),
        Column("sha256", String(64), nullable=False),
        Column("record_id", String(128), nullable=False),
        Column("at", String(40), nullable=False),
        Column("tool", String(80), nullable=False),
        Column("digest", String(64), nullable=False),
        Column("record", LargeBinary(), nullable=False),
        ForeignKeyConstraint(["sha256"], ["blob.sha256"], name="fk_extraction_sha256"),
        PrimaryKeyConstraint("id", name="pk_extraction"),
    )
    op.create_index("ix_extraction_record_id", "extraction", ["record_id"])
    op.create_table(
        "page",
        Column("id", BIG, nullable=False),
        Column("sha256", String(64), nullable=False),
        Column("number", Integer(), nullable=False),
        Column("text", LargeBinary(), nullable=False),
        Column("words", LargeBinary()),
        ForeignKeyConstraint(["sha256"], ["blob.sha256"], name="fk_page_sha256"),
        PrimaryKeyConstraint("id", name="pk_page"),
        UniqueConstraint("sha256", "number", name="uq_page_sha256_number"),
    )
    op.create_table(
        "document",
        Column("id", BIG, nullable=False),
        Column("record_id", String(128), nullable=False),
        Column("sha256", String(64), nullable=False),
        Column("extraction_id", BIG, nullable=False),
        Column("version", Integer(), nullable=False),
        Column("digest", String(64), nullable=False),
        Column("state", String(12), nullable=False),
        Column("confirmed_by", Text()),
        Column("confirmed_at", String(40)),
        Column("created_at", String(40), nullable=False),
        Column("updated_at", String(40), nullable=False),
        Column("change", BigInteger(), nullable=False),
        Column("first_page", Integer(), nullable=False),
        Column("last_page", Integer(), nullable=False),
        Column("first_offset", Integer()),
        Column("last_offset", Integer()),
        Column("medium", String(10), nullable=False),
        Column("file", Text(), nullable=False),
        Column("number", Text()),
        Column("raw_number", Text()),
        Column("number_key", Text()),
        Column("serial", String(20)),
        Column("symbol", Text()),
        Column("doc_type", Text()),
        Column("date", String(10)),
        Column("partial_date", String(7)),
        Column("year", Integer()),
        Column("period", String(20)),
        Column("issuer", Text()),
        Column("issuer_key", Text()),
        Column("issuer_parent", Text()),
        Column("place", Text()),
        Column("level", String(12)),
        Column("province", Text()),
        Column("unit", Text()),
        Column("subject", Text()),
        Column("urgency", Text()),
        Column("secrecy", Text()),
        Column("signer", Text()),
        Column("warnings", Text(), nullable=False),
        Column("conflicts", Text(), nullable=False),
        CheckConstraint("state IN ('new', 'confirmed', 'withdrawn')", name="ck_document_state"),
        ForeignKeyConstraint(["extraction_id"], ["extraction.id"], name="fk_document_extraction_id"),
        ForeignKeyConstraint(["sha256"], ["blob.sha256"], name="fk_document_sha256"),
        PrimaryKeyConstraint("id", name="pk_document"),
        UniqueConstraint("record_id", name="uq_document_record_id"),
    )
    op.create_index("ix_document_change", "document", ["change"])
    op.create_index("ix_document_date", "document", ["date"])
    op.create_index("ix_document_doc_type_date", "document", ["doc_type", "date"])
    op.create_index("ix_document_issuer_key_date", "document", ["issuer_key", "date"])
    op.create_index("ix_document_number_key_period", "document", ["number_key", "period"])
    op.create_index("ix_document_province_date", "document", ["province", "date"])
    op.create_index("ix_document_sha256", "document", ["sha256"])
    op.create_index("ix_document_state", "document", ["state"])
    op.create_table(
        "citation",
        Column("id", BIG, nullable=False),
        Column("document_id", BIG, nullable=False),
        Column("ordinal", Integer(), nullable=False),
        Column("doc_type", Text()),
        Column("number", Text()),
        Column("raw_number", Text()),
        Column("number_key", Text()),
        Column("date", String(10)),
        Column("issuer", Text()),
        Column("title", Text()),
        Column("relation", String(20), nullable=False),
        Column("via", Text()),
        Column("attached", Boolean(), nullable=False),
        Column("page", Integer()),
        Column("span_start", Integer()),
        Column("span_end", Integer()),
        Column("sentence", Text()),
        ForeignKeyConstraint(["document_id"], ["document.id"], name="fk_citation_document_id"),
        PrimaryKeyConstraint("id", name="pk_citation"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_citation_document_id", "citation", ["document_id"])
    op.create_index("ix_citation_number_key", "citation", ["number_key"])
    op.create_table(
        "correction",
        Column("id", BIG, nullable=False),
        Column("document_id", BIG, nullable=False),
        Column("seq", Integer(), nullable=False),
        Column("op", String(8), nullable=False),
        Column("pointer", Text(), nullable=False),
        Column("value", Text()),
        Column("before", Text()),
        Column("anchor", Text()),
        Column("page", Integer()),
        Column("boxes", Text()),
        Column("at", String(40), nullable=False),
        Column("actor", Text(), nullable=False),
        Column("role", String(12), nullable=False),
        Column("note", Text(), nullable=False),
        CheckConstraint("op IN ('set', 'insert', 'remove')", name="ck_correction_op"),
        ForeignKeyConstraint(["document_id"], ["document.id"], name="fk_correction_document_id"),
        PrimaryKeyConstraint("id", name="pk_correction"),
        UniqueConstraint("document_id", "seq", name="uq_correction_document_id_seq"),
    )
    op.create_table(
        "deadline",
        Column("id", BIG, nullable=False),
        Column("document_id", BIG, nullable=False),
        Column("ordinal", Integer(), nullable=False),
        Column("kind", String(10), nullable=False),
        Column("raw", Text(), nullable=False),
        Column("due", String(16)),
        Column("bound", String(8)),
        Column("start", String(10)),
        Column("end", String(10)),
        Column("rule", Text()),
        Column("days", Integer()),
        Column("working", Boolean()),
        Column("anchor", String(10)),
        Column("task", Integer()),
        ForeignKeyConstraint(["document_id"], ["document.id"], name="fk_deadline_document_id"),
        PrimaryKeyConstraint("id", name="pk_deadline"),
    )
    op.create_index("ix_deadline_document_id", "deadline", ["document_id"])
    op.create_index("ix_deadline_due", "deadline", ["due"])
    op.create_table(
        "duplicate",
        Column("id", BIG, nullable=False),
        Column("first_id", BIG, nullable=False),
        Column("second_id", BIG, nullable=False),
        Column("reason", Text(), nullable=False),
        Column("certain", Boolean(), nullable=False),
        Column("answer", String(10)),
        Column("decided_by", Text()),
        Column("decided_at", String(40)),
        Column("note", Text()),
        CheckConstraint("first_id < second_id", name="ck_duplicate_order"),
        ForeignKeyConstraint(["first_id"], ["document.id"], name="fk_duplicate_first_id"),
        ForeignKeyConstraint(["second_id"], ["document.id"], name="fk_duplicate_second_id"),
        PrimaryKeyConstraint("id", name="pk_duplicate"),
        UniqueConstraint("first_id", "second_id", name="uq_duplicate_first_id_second_id"),
    )
    op.create_index("ix_duplicate_answer", "duplicate", ["answer"])
    op.create_index("ix_duplicate_second_id", "duplicate", ["second_id"])
    op.create_table(
        "register_entry",
        Column("id", BIG, nullable=False),
        Column("book", String(8), nullable=False),
        Column("year", Integer(), nullable=False),
        Column("number", Integer(), nullable=False),
        Column("document_id", BIG),
        Column("day", String(10), nullable=False),
        Column("handler", Text()),
        Column("transferred_on", String(10)),
        Column("received_by", Text()),
        Column("note", Text()),
        Column("copies", Integer()),
        Column("file_copy_keeper", Text()),
        Column("due", String(16)),
        Column("progress", Text()),
        Column("reply_number", Text()),
        Column("cancelled", Text()),
        Column("at", String(40), nullable=False),
        Column("actor", Text(), nullable=False),
        CheckConstraint("book IN ('đến', 'đi')", name="ck_register_entry_book"),
        ForeignKeyConstraint(["document_id"], ["document.id"], name="fk_register_entry_document_id"),
        PrimaryKeyConstraint("id", name="pk_register_entry"),
        UniqueConstraint("book", "year", "number", name="uq_register_entry_book_year_number"),
    )
    op.create_index("ix_register_entry_book_year_day", "register_entry", ["book", "year", "day"])
    op.create_index("ix_register_entry_document_id", "register_entry", ["document_id"])
    op.create_table(
        "search_text",
        Column("id", BIG, nullable=False),
        Column("document_id", BIG, nullable=False),
        Column("part", Integer(), nullable=False),
        Column("number", Text(), nullable=False),
        Column("subject", Text(), nullable=False),
        Column("issuer", Text(), nullable=False),
        Column("body", Text(), nullable=False),
        ForeignKeyConstraint(["document_id"], ["document.id"], name="fk_search_text_document_id"),
        PrimaryKeyConstraint("id", name="pk_search_text"),
    )
    op.create_index("ix_search_text_document_id", "search_text", ["document_id"])
    op.create_table(
        "task",
        Column("id", BIG, nullable=False),
        Column("document_id", BIG, nullable=False),
        Column("ordinal", Integer()),
        Column("section", Text()),
        Column("text", Text(), nullable=False),
        Column("text_key", Text(), nullable=False),
        Column("assignees", Text(), nullable=False),
        Column("assignees_key", Text(), nullable=False),
        Column("due", String(16)),
        Column("state", String(12), nullable=False),
        Column("state_at", String(40)),
        Column("state_by", Text()),
        CheckConstraint("state IN ('chưa làm', 'đang làm', 'xong')", name="ck_task_state"),
        ForeignKeyConstraint(["document_id"], ["document.id"], name="fk_task_document_id"),
        PrimaryKeyConstraint("id", name="pk_task"),
    )
    op.create_index("ix_task_document_id", "task", ["document_id"])
    op.create_index("ix_task_due", "task", ["due"])
    op.create_index("ix_task_state_due", "task", ["state", "due"])
    op.create_table(
        "version",
        Column("id", BIG, nullable=False),
        Column("document_id", BIG, nullable=False),
        Column("n", Integer(), nullable=False),
        Column("extraction_id", BIG, nullable=False),
        Column("corrections", Integer(), nullable=False),
        Column("digest", String(64), nullable=False),
        Column("at", String(40), nullable=False),
        Column("actor", Text(), nullable=False),
        Column("role", String(12), nullable=False),
        Column("cause", String(20), nullable=False),
        Column("record", LargeBinary()),
        ForeignKeyConstraint(["document_id"], ["document.id"], name="fk_version_document_id"),
        ForeignKeyConstraint(["extraction_id"], ["extraction.id"], name="fk_version_extraction_id"),
        PrimaryKeyConstraint("id", name="pk_version"),
        UniqueConstraint("document_id", "n", name="uq_version_document_id_n"),
    )
    op.create_table(
        "task_event",
        Column("id", BIG, nullable=False),
        Column("task_id", BIG, nullable=False),
        Column("state", String(12), nullable=False),
        Column("at", String(40), nullable=False),
        Column("actor", Text(), nullable=False),
        Column("role", String(12), nullable=False),
        Column("note", Text(), nullable=False),
        ForeignKeyConstraint(["task_id"], ["task.id"], name="fk_task_event_task_id"),
        PrimaryKeyConstraint("id", name="pk_task_event"),
    )
    op.create_index("ix_task_event_task_id", "task_event", ["task_id"])
    # ### end Alembic commands ###
