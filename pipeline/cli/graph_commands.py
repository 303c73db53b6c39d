"""``congvan graph …``: questions to the citation graph, as a table, as JSON, as a picture, as a file for others."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.graph_tables import day, draw_part, kept, show_part, show_standing, table
from pipeline.cli.store_commands import ArchiveFolder, AsJson, DatabaseUrl, open_archive, person

if TYPE_CHECKING:
    from pipeline.graph.graph import CitationGraph

Name = Annotated[str, typer.Argument(metavar="VĂN_BẢN", help="Số, ký hiệu; mã bản ghi; hoặc #12 (nút của đồ thị).")]
Picture = Annotated[
    Path | None, typer.Option("--out", "-o", metavar="TỆP", help="Vẽ ra tệp .svg, .png hoặc .pdf.", show_default=False)
]
Limit = Annotated[int, typer.Option("--limit", "-n", min=1, metavar="N", help="Số dòng.")]
Year = Annotated[int | None, typer.Option("--year", metavar="NĂM", help="Chỉ văn bản của năm này.")]
Issuer = Annotated[str | None, typer.Option("--issuer", metavar="CHỮ", help="Chỉ văn bản của cơ quan này.")]
Province = Annotated[str | None, typer.Option("--province", metavar="TỈNH", help="Chỉ văn bản của tỉnh này.")]


def register(app: typer.Typer) -> None:
    """Add the ``graph`` group."""
    graph = typer.Typer(name="graph", help="Hỏi đồ thị dẫn chiếu giữa các văn bản.", rich_markup_mode=None)
    for name, command in (
        ("lineage", lineage), ("impact", impact), ("path", path), ("missing", missing), ("central", central),
        ("timeline", timeline), ("status", status), ("findings", findings), ("doubts", doubts), ("decide", decide),
        ("export", export),
    ):  # fmt: skip
        graph.command(name)(command)
    app.add_typer(graph)


@contextmanager
def _graph(archive: Path | None, database: str | None) -> Iterator[CitationGraph]:
    from pipeline.graph.graph import CitationGraph

    with open_archive(archive, database) as kept:
        yield CitationGraph(kept, person())


def lineage(
    name: Name,
    *,
    archive: ArchiveFolder = None,
    database: DatabaseUrl = None,
    every: Annotated[bool, typer.Option("--all", help="Theo mọi quan hệ, không chỉ thực hiện và căn cứ.")] = False,
    depth: Annotated[int, typer.Option("--depth", min=1, metavar="N", help="Đi xa nhất N bước.")] = 12,
    as_json: AsJson = False,
    out: Picture = None,
) -> int:
    """Từ một văn bản lên đến chỉ đạo gốc, và xuống mọi văn bản thực hiện nó."""
    from pipeline.graph.model import CARRYING_OUT
    from pipeline.graph.walks import roots

    with _graph(archive, database) as graph:
        node = graph.node(name)
        found = graph.lineage(node, depth=depth, relations=None if every else CARRYING_OUT)
        show_part(found, as_json, out, f"Dòng văn bản của {node.label}", roots=[n.id for n in roots(found)])
    return 0


def impact(
    name: Name,
    *,
    archive: ArchiveFolder = None,
    database: DatabaseUrl = None,
    depth: Annotated[int, typer.Option("--depth", min=1, metavar="N", help="Đi xa nhất N bước.")] = 12,
    as_json: AsJson = False,
    out: Picture = None,
) -> int:
    """Những văn bản dựa vào văn bản này, trực tiếp hay qua văn bản khác."""
    with _graph(archive, database) as graph:
        node = graph.node(name)
        show_part(graph.impact(node, depth=depth), as_json, out, f"Văn bản dựa vào {node.label}")
    return 0


def path(
    first: Name,
    second: Annotated[str, typer.Argument(metavar="VĂN_BẢN_KIA", help="Văn bản ở đầu kia.")],
    *,
    archive: ArchiveFolder = None,
    database: DatabaseUrl = None,
    any_direction: Annotated[bool, typer.Option("--any-direction", help="Không kể chiều của dẫn chiếu.")] = False,
    as_json: AsJson = False,
    out: Picture = None,
) -> int:
    """Chuỗi dẫn chiếu ngắn nhất giữa hai văn bản."""
    with _graph(archive, database) as graph:
        a, b = graph.node(first), graph.node(second)
        show_part(graph.path(a, b, any_direction=any_direction), as_json, out, f"{a.label} → {b.label}", steps=True)
    return 0


def missing(
    *,
    archive: ArchiveFolder = None,
    database: DatabaseUrl = None,
    year: Year = None,
    issuer: Issuer = None,
    province: Province = None,
    limit: Limit = 50,
    as_json: AsJson = False,
) -> int:
    """Văn bản được dẫn mà kho chưa có, được dẫn nhiều trước."""
    with _graph(archive, database) as graph:
        found = graph.missing(year=year, issuer=issuer, province=province, limit=limit)
    rows = [(str(m.cited), m.node.label, m.node.where or "", day(m.last)) for m in found]
    data = [{"node": m.node.as_dict(), "cited": m.cited, "last": m.last, "relations": m.relations} for m in found]
    table(("Số lần dẫn", "Văn bản", "Cơ quan", "Dẫn gần nhất"), rows, data, as_json, numbers=(0,))
    return 0


def central(
    *,
    archive: ArchiveFolder = None,
    database: DatabaseUrl = None,
    by: Annotated[
        str, typer.Option("--by", metavar="CÁCH", help="pagerank, hoặc cited (số văn bản dẫn nó).")
    ] = "pagerank",
    year: Year = None,
    issuer: Issuer = None,
    province: Province = None,
    limit: Limit = 20,
    as_json: AsJson = False,
) -> int:
    """Văn bản được dựa vào nhiều nhất."""
    from pipeline.errors import UsageError

    if by not in ("pagerank", "cited"):
        raise UsageError(reason=f"--by không có cách «{by}»")
    with _graph(archive, database) as graph:
        found = graph.central(by=by, year=year, issuer=issuer, province=province, limit=limit)  # type: ignore[arg-type]
    ranked = by == "pagerank"  # else the score is the number that stands beside it
    rows = [
        (*([f"{r.score:.4f}"] if ranked else []), str(r.cited), r.node.label, r.node.where or "", kept(r.node))
        for r in found
    ]
    data = [{"node": r.node.as_dict(), "score": r.score, "cited": r.cited} for r in found]
    titles = (*(["Điểm"] if ranked else []), "Được dẫn", "Văn bản", "Cơ quan", "Kho")
    table(titles, rows, data, as_json, numbers=(0, 1) if ranked else (0,))
    return 0


def timeline(
    name: Annotated[str | None, typer.Argument(metavar="VĂN_BẢN", help="Chỉ quanh văn bản này.")] = None,
    *,
    archive: ArchiveFolder = None,
    database: DatabaseUrl = None,
    year: Year = None,
    issuer: Issuer = None,
    province: Province = None,
    held: Annotated[bool, typer.Option("--held", help="Chỉ văn bản có trong kho.")] = False,
    limit: Limit = 500,
    as_json: AsJson = False,
    out: Picture = None,
) -> int:
    """Văn bản theo ngày ban hành."""
    with _graph(archive, database) as graph:
        node = graph.node(name) if name else None
        found = graph.timeline(node, year=year, issuer=issuer, province=province, held_only=held, limit=limit)
        if out is not None:
            draw_part(graph.subgraph([n.id for n in found]), out, "Theo thời gian", layout="time")
    rows = [(day(n.date), n.label, n.where or "", kept(n)) for n in found]
    table(("Ngày", "Văn bản", "Cơ quan", "Kho"), rows, [n.as_dict() for n in found], as_json)
    return 0


def status(
    name: Annotated[
        str | None, typer.Argument(metavar="VĂN_BẢN", help="Chỉ văn bản này và văn bản thực hiện nó.")
    ] = None,
    *,
    archive: ArchiveFolder = None,
    database: DatabaseUrl = None,
    limit: Limit = 50,
    as_json: AsJson = False,
) -> int:
    """Văn bản nào còn nhiệm vụ chưa xong, hạn nào đã qua, ai đã trả lời.

    Có VĂN_BẢN thì kể từng nhiệm vụ chưa xong của nó và của các văn bản thực hiện nó.
    """
    with _graph(archive, database) as graph:
        found = graph.status(graph.node(name) if name else None, limit=limit)
    show_standing(found, as_json, with_tasks=name is not None)
    return 0


def findings(
    *,
    archive: ArchiveFolder = None,
    database: DatabaseUrl = None,
    dismissed: Annotated[bool, typer.Option("--dismissed", help="In những điều đã bỏ qua.")] = False,
    limit: Limit = 500,
    as_json: AsJson = False,
) -> int:
    """Những điều mâu thuẫn hoặc ghi khác nhau giữa các văn bản."""
    with _graph(archive, database) as graph:
        found = graph.findings(dismissed=dismissed, limit=limit)
    rows = [(_KINDS[f.kind], f.message, "\n".join(f.sentences)[:400], f.key) for f in found]
    table(("Loại", "Điều thấy", "Nguyên văn, lý do", "Khóa"), rows, [f.as_dict() for f in found], as_json)
    return 0


_KINDS = {
    "cites_later": "dẫn văn bản ban hành sau", "cycle": "căn cứ vòng", "ended_still_cited": "dẫn văn bản hết hiệu lực",
    "cites_itself": "tự dẫn mình", "days_differ": "ngày ghi khác nhau", "types_differ": "tên loại ghi khác nhau",
    "spellings_differ": "số ghi khác nhau", "ambiguous": "chưa rõ là văn bản nào", "held_twice": "có thể trùng",
}  # fmt: skip


def doubts(
    *, archive: ArchiveFolder = None, database: DatabaseUrl = None, limit: Limit = 100, as_json: AsJson = False
) -> int:
    """Những văn bản được dẫn chưa rõ là văn bản nào, để người quyết định."""
    with _graph(archive, database) as graph:
        found = graph.doubts(limit=limit)
    rows, data = [], []
    for doubt in found:
        pairs = list(zip(doubt.candidates, doubt.candidate_signatures, strict=True))
        options = "\n".join(f"#{node.id} {node.label} ({reason})" for (node, reason), _ in pairs)
        options = options or f"chưa nối với văn bản nào: {doubt.why}"
        rows.append((f"#{doubt.node.id}", doubt.node.label, doubt.node.where or "", options))
        data.append(
            {
                "node": doubt.node.as_dict(), "why": doubt.why, "signature": doubt.signature, "records": doubt.records,
                "candidates": [{"node": n.as_dict(), "reason": r, "signature": key} for (n, r), key in pairs],
            }
        )  # fmt: skip
    table(("Nút", "Văn bản được dẫn", "Cơ quan", "Có thể là"), rows, data, as_json)
    return 0


def decide(
    kind: Annotated[
        str, typer.Argument(metavar="VIỆC", help="same (là một), different (khác nhau), dismiss (bỏ qua).")
    ],
    first: Annotated[str, typer.Argument(metavar="A", help="Nút #12, hoặc khóa của điều thấy khi dismiss.")],
    second: Annotated[str | None, typer.Argument(metavar="B", help="Nút kia.")] = None,
    *,
    note: Annotated[str, typer.Option("--note", metavar="CHỮ", help="Vì sao.")] = "",
    archive: ArchiveFolder = None,
    database: DatabaseUrl = None,
) -> int:
    """Ghi lại quyết định của người về hai nút hoặc một điều thấy; quyết định được nhớ mãi."""
    from pipeline.cli.say import print_text
    from pipeline.errors import UsageError

    if kind not in ("same", "different", "dismiss") or (kind != "dismiss") is (second is None):
        raise UsageError(reason="cần «same A B», «different A B» hoặc «dismiss KHÓA»")
    with _graph(archive, database) as graph:
        if second is None:
            made = graph.decide("dismiss", first, note=note)
        else:
            keys = [graph.signatures(graph.node(name))[0] for name in (first, second)]
            made = graph.decide(kind, *keys, note=note)  # type: ignore[arg-type]
    print_text(f"Đã ghi quyết định {made.id}.")
    return 0


def export(
    form: Annotated[
        str, typer.Argument(metavar="DẠNG", help="graphml, gexf, cytoscape, neo4j, cypher, jsonld, akn, dot.")
    ],
    *,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="TỆP", help="Không ghi thì in ra màn hình.")
    ] = None,
    around: Annotated[str | None, typer.Option("--around", metavar="VĂN_BẢN", help="Chỉ dòng của văn bản này.")] = None,
    archive: ArchiveFolder = None,
    database: DatabaseUrl = None,
) -> int:
    """Xuất đồ thị cho chương trình khác."""
    from pipeline.cli.say import print_text
    from pipeline.graph import formats

    with _graph(archive, database) as graph:
        part = graph.lineage(graph.node(around), relations=None) if around else graph.whole()
    if out is None:
        print_text(formats.text(part, form))
        return 0
    for written in formats.write(part, out, form):
        print_text(str(written))
    return 0
