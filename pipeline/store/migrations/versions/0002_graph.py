"""The citation graph: nodes, signatures, edges, decisions."""

from __future__ import annotations

from alembic import op
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKeyConstraint,
    Integer,
    PrimaryKeyConstraint,
    String,
    Text,
    UniqueConstraint,
)

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

BIG = BigInteger().with_variant(Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "decision",
        Column("id", BIG, nullable=False),
        Column("kind", String(12), nullable=False),
        Column("first", Text(), nullable=False),
        Column("second", Text(), nullable=False),
        Column("at", String(40), nullable=False),
        Column("actor", Text(), nullable=False),
        Column("role", String(12), nullable=False),
        Column("note", Text(), nullable=False),
        Column("revoked_at", String(40)),
        Column("revoked_by", Text()),
        PrimaryKeyConstraint("id", name="pk_decision"),
    )
    op.create_index("ix_decision_first", "decision", ["first"])
    op.create_index("ix_decision_second", "decision", ["second"])
    op.create_table(
        "node",
        Column("id", BIG, nullable=False),
        Column("label", Text(), nullable=False),
        Column("number", Text()),
        Column("doc_type", Text()),
        Column("date", String(10)),
        Column("year", Integer()),
        Column("issuer", Text()),
        Column("issuer_key", Text()),
        Column("level", String(12)),
        Column("province", Text()),
        Column("unit", Text()),
        Column("title", Text()),
        Column("held", Integer(), nullable=False),
        Column("variants", Text(), nullable=False),
        Column("reasons", Text(), nullable=False),
        Column("doubt", String(12)),
        PrimaryKeyConstraint("id", name="pk_node"),
    )
    op.create_index("ix_node_doubt", "node", ["doubt"])
    op.create_index("ix_node_held", "node", ["held"])
    op.create_index("ix_node_number", "node", ["number"])
    op.create_index("ix_node_year", "node", ["year"])
    op.create_table(
        "signature",
        Column("id", BIG, nullable=False),
        Column("key", Text(), nullable=False),
        Column("number_key", Text()),
        Column("serial", String(20)),
        Column("symbol", Text()),
        Column("number", Text()),
        Column("doc_type", Text()),
        Column("date", String(10)),
        Column("period", String(20)),
        Column("issuer", Text()),
        Column("level", String(12)),
        Column("province", Text()),
        Column("unit", Text()),
        Column("inferred", Boolean(), nullable=False),
        Column("vague", Boolean(), nullable=False),
        Column("title", Text()),
        Column("node_id", BIG),
        Column("number_block", Text()),
        Column("day_block", Text()),
        ForeignKeyConstraint(["node_id"], ["node.id"], name="fk_signature_node_id"),
        PrimaryKeyConstraint("id", name="pk_signature"),
        UniqueConstraint("key", name="uq_signature_key"),
    )
    op.create_index("ix_signature_day_block", "signature", ["day_block"])
    op.create_index("ix_signature_node_id", "signature", ["node_id"])
    op.create_index("ix_signature_number_block", "signature", ["number_block"])
    op.create_index("ix_signature_number_key", "signature", ["number_key"])
    op.create_table(
        "edge",
        Column("citation_id", BIG, autoincrement=False, nullable=False),
        Column("document_id", BIG, nullable=False),
        Column("source_signature", BIG, nullable=False),
        Column("target_signature", BIG, nullable=False),
        Column("source", BIG),
        Column("target", BIG),
        Column("relation", String(20), nullable=False),
        ForeignKeyConstraint(["document_id"], ["document.id"], name="fk_edge_document_id"),
        ForeignKeyConstraint(["source"], ["node.id"], name="fk_edge_source"),
        ForeignKeyConstraint(["source_signature"], ["signature.id"], name="fk_edge_source_signature"),
        ForeignKeyConstraint(["target"], ["node.id"], name="fk_edge_target"),
        ForeignKeyConstraint(["target_signature"], ["signature.id"], name="fk_edge_target_signature"),
        PrimaryKeyConstraint("citation_id", name="pk_edge"),
    )
    op.create_index("ix_edge_document_id", "edge", ["document_id"])
    op.create_index("ix_edge_source_relation_target", "edge", ["source", "relation", "target"])
    op.create_index("ix_edge_source_signature", "edge", ["source_signature"])
    op.create_index("ix_edge_target_relation_source", "edge", ["target", "relation", "source"])
    op.create_index("ix_edge_target_signature", "edge", ["target_signature"])
    op.create_table(
        "self_mention",
        Column("document_id", BIG, nullable=False),
        Column("signature_id", BIG, nullable=False),
        ForeignKeyConstraint(["document_id"], ["document.id"], name="fk_self_mention_document_id"),
        ForeignKeyConstraint(["signature_id"], ["signature.id"], name="fk_self_mention_signature_id"),
        PrimaryKeyConstraint("document_id", name="pk_self_mention"),
    )
    op.create_index("ix_self_mention_signature_id", "self_mention", ["signature_id"])
    # ### end Alembic commands ###
