"""Pictures of a part of the graph: graphviz where it is installed, matplotlib else.  Nothing is fetched from outside.

Held documents are filled, ghosts are dashed outlines, the document asked about has a heavy border; the root directive
stands on top, or on the right where a row would be too wide to read.  Long texts are broken, never cut in the middle of
a number.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import textwrap
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal

from pipeline.errors import OutputUnwritable, UsageError
from pipeline.graph.errors import DrawingToolMissing
from pipeline.graph.model import Edge, Node, Subgraph

Layout = Literal["hierarchy", "time"]

# One colour for each kind of relation; legible beside each other for people who do not see red and green apart.
_COLOURS = {
    "implements": "#1b5e9b", "based_on": "#4a7c59", "guides": "#4a7c59", "replies_to": "#8a5a00", "follows": "#8a5a00",
    "proposed_by": "#8a5a00", "replaces": "#a61c1c", "repeals": "#a61c1c", "recalls": "#a61c1c", "amends": "#a61c1c",
    "corrects": "#a61c1c", "promulgates": "#1b5e9b", "refers_to": "#777777",
}  # fmt: skip
_CONTROL = re.compile(r"[\x00-\x1f]")
_IN_A_ROW = 6
"""More documents than these in a row are wider than a screen at a size that can be read."""


def draw(part: Subgraph, target: Path, *, layout: Layout = "hierarchy", title: str | None = None) -> Path:
    """Write a picture; the ending of ``target`` (.svg, .png, .pdf) says which kind.

    Raises ``UsageError`` for another ending, ``DrawingToolMissing``, ``OutputUnwritable``.
    """
    kind = target.suffix.lower().lstrip(".")
    if kind not in ("svg", "png", "pdf"):
        raise UsageError(reason=f"không vẽ được tệp «{target.name}»; dùng đuôi .svg, .png hoặc .pdf")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if shutil.which("dot"):
            parts = 1 if layout == "time" else _parts(part)
            _graphviz(dot(part, layout=layout, title=title), target, kind, parts)
        else:
            _matplotlib(part, target, title)
    except OSError as error:
        raise OutputUnwritable(target, reason=error.strerror or str(error)) from error
    return target


def _graphviz(source: str, target: Path, kind: str, parts: int) -> None:
    data = source.encode()
    if parts > 1 and all(map(shutil.which, ("ccomps", "gvpack", "neato"))):
        # Parts that have nothing to do with each other are laid out by themselves and packed like tiles.
        for command in (["ccomps", "-x"], ["dot"], ["gvpack", "-g", "-m8"]):
            data = _run(command, data, target)
        data = _run(["neato", "-n2", f"-T{kind}", "-Gdpi=110"], data, target)
    else:
        data = _run(["dot", f"-T{kind}", "-Gdpi=110"], data, target)
    target.write_bytes(data)


def _run(command: list[str], data: bytes, target: Path) -> bytes:
    made = subprocess.run(command, input=data, capture_output=True, check=False, timeout=300)
    if made.returncode and not made.stdout:
        raise OutputUnwritable(target, reason=made.stderr.decode(errors="replace").strip()[:200])
    return made.stdout


def _parts(part: Subgraph) -> int:
    """How many pieces the picture falls into."""
    of = {node_id: node_id for node_id in part.nodes}

    def root(node_id: int) -> int:
        while of[node_id] != node_id:
            node_id = of[node_id] = of[of[node_id]]
        return node_id

    for edge in part.edges:
        of[root(edge.source)] = root(edge.target)
    return len({root(node_id) for node_id in of})


def dot(part: Subgraph, *, layout: Layout = "hierarchy", title: str | None = None) -> str:
    """The part of the graph in the DOT language, cited documents above those that cite them, or right of them."""
    sideways = layout == "hierarchy" and widest_fan(part) > _IN_A_ROW
    space = "rankdir=LR, nodesep=0.12, ranksep=1.1" if sideways else "rankdir=BT, nodesep=0.35, ranksep=0.6"
    # On a line of time arrows go over years: straight behind the documents, else they wind round all of them.
    arrows = "splines=line, outputorder=edgesfirst" if layout == "time" else "splines=true"
    lines = [
        "digraph congvan {",
        f"  graph [{space}, newrank=true, fontname=\"DejaVu Sans\", {arrows}"
        + (f", label={_quoted(title)}, labelloc=t" if title else "") + "];",
        "  node [fontname=\"DejaVu Sans\", fontsize=10, shape=box, style=\"rounded,filled\", margin=\"0.12,0.07\"];",
        "  edge [fontname=\"DejaVu Sans\", fontsize=8, arrowsize=0.7];",
    ]  # fmt: skip
    for node in part.nodes.values():
        lines.append(f"  n{node.id} [{_node_style(node, node.id in part.focus, 46 if sideways else 34)}];")
    if layout == "time":
        lines += _years(part)
    for edge in part.edges:
        style = _edge_style(edge, named=layout != "time")
        # On a line of time only the days say which row a document stands in.
        free = ", constraint=false" if layout == "time" else ""
        lines.append(f"  n{edge.source} -> n{edge.target} [{style}{free}];")
    return "\n".join([*lines, "}"]) + "\n"


def widest_fan(part: Subgraph) -> int:
    """The most documents that one document cites, or that cite one: they would stand side by side."""
    cited: dict[int, set[int]] = {}
    citing: dict[int, set[int]] = {}
    for edge in part.edges:
        cited.setdefault(edge.source, set()).add(edge.target)
        citing.setdefault(edge.target, set()).add(edge.source)
    return max((len(some) for ways in (cited, citing) for some in ways.values()), default=0)


def _node_style(node: Node, focus: bool, width: int) -> str:
    fill, line, style = (
        ("#dcebf7", "#1b5e9b", "rounded,filled") if node.held else ("#ffffff", "#888888", "rounded,filled,dashed")
    )
    if node.doubt:
        line = "#b36b00"
    text = "\n".join(_wrapped(node, width))
    values = {"label": text, "fillcolor": fill, "color": line, "style": style, "penwidth": "2.4" if focus else "1.0",
              "tooltip": node.title or node.label}  # fmt: skip
    return ", ".join(f"{name}={_quoted(value)}" for name, value in values.items())


def _wrapped(node: Node, width: int = 34) -> list[str]:
    named = node.label.replace(" ngày ", " ngày\N{NO-BREAK SPACE}")
    lines = textwrap.wrap(named, width, break_long_words=False, break_on_hyphens=False)
    if node.where:
        lines += textwrap.wrap(node.where, width, break_long_words=False, break_on_hyphens=False)
    if len(node.variants) > 1:
        lines.append("(" + ", ".join(node.variants) + ")")
    return lines


def _edge_style(edge: Edge, named: bool) -> str:
    colour = _COLOURS.get(edge.relation, "#777777")
    attached = any(proof.attached for proof in edge.proofs)
    values = {"color": colour, "fontcolor": colour}
    if named:
        values["label"] = edge.verb + (" (kèm theo)" if attached else "")
    if edge.relation == "refers_to":
        values["style"] = "dashed"
    if edge.proofs and edge.proofs[0].sentence:
        values["tooltip"] = edge.proofs[0].sentence
    return ", ".join(f"{name}={_quoted(value)}" for name, value in values.items())


def _years(part: Subgraph) -> list[str]:
    """Rows of at most ``_IN_A_ROW`` documents by day, the oldest on top, with the year before a year's first row.

    Documents without a year stand in rows of their own below.
    """
    years: dict[int, list[int]] = {}
    for node in sorted(part.nodes.values(), key=lambda node: (node.date or "9", node.id)):
        years.setdefault(node.year or 9999, []).append(node.id)
    lines, before = [], ""
    for year in sorted(years):
        name = "chưa rõ ngày" if year == 9999 else str(year)
        for at in range(0, len(years[year]), _IN_A_ROW):
            row = f"y{year}_{at}"
            lines.append(f'  {row} [label="{name if at == 0 else ""}", fontsize=13, shape=plaintext, style=""];')
            some = years[year][at : at + _IN_A_ROW]
            lines.append(f"  {{rank=same; {row}; {'; '.join(f'n{node_id}' for node_id in some)};}}")
            lines += [f"  {a} -> {b} [style=invis];" for a, b in pairwise([row, *(f"n{node_id}" for node_id in some)])]
            if before:
                lines.append(f"  {row} -> {before} [style=invis, weight=9];")
            before = row
    return lines


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return '"' + _CONTROL.sub(" ", escaped) + '"'


def _matplotlib(part: Subgraph, target: Path, title: str | None) -> None:
    try:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure
    except ImportError as error:
        raise DrawingToolMissing() from error
    place = rows(part)
    wide = max((sum(1 for p in place.values() if p[1] == y) for _, y in place.values()), default=1)
    high = len({y for _, y in place.values()}) or 1
    figure = Figure(figsize=(min(60, 3.4 * wide + 1), min(60, 1.9 * high + 1)))
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    axes.set_axis_off()
    if title:
        axes.set_title(title)
    for edge in part.edges:
        _arrow(axes, edge, place)
    for node in part.nodes.values():
        x, y = place[node.id]
        box = {"boxstyle": "round", "facecolor": "#dcebf7" if node.held else "white", "edgecolor": "#1b5e9b",
               "linestyle": "-" if node.held else "--", "linewidth": 2.4 if node.id in part.focus else 1.0}  # fmt: skip
        axes.text(x, y, _plain("\n".join(_wrapped(node))), ha="center", va="center", fontsize=8, bbox=box)
    axes.margins(0.12)
    figure.savefig(target, bbox_inches="tight", dpi=110)


def _arrow(axes: Any, edge: Edge, place: dict[int, tuple[float, float]]) -> None:
    (x0, y0), (x1, y1) = place[edge.source], place[edge.target]
    colour = _COLOURS.get(edge.relation, "#777777")
    arrow = {"arrowstyle": "->", "color": colour, "shrinkA": 22, "shrinkB": 22, "linestyle": "-"}
    if edge.relation == "refers_to":
        arrow["linestyle"] = "--"
    axes.annotate("", (x1, y1), (x0, y0), arrowprops=arrow)
    over = {"facecolor": "white", "edgecolor": "none", "pad": 0.6}  # the line shall not cross the word
    axes.text((x0 + x1) / 2, (y0 + y1) / 2, edge.verb, fontsize=7, color=colour, ha="center", va="center", bbox=over)
    axes.plot([x0, x1], [y0, y1], alpha=0.0)


def _plain(text: str) -> str:
    return text.replace("$", r"\$")  # matplotlib takes a dollar for mathematics


def rows(part: Subgraph) -> dict[int, tuple[float, float]]:
    """A place for every node: cited documents above those that cite them, the middle of each row at 0."""
    level = dict.fromkeys(part.nodes, 0)
    for _ in range(len(part.nodes)):  # longest way to a root; a cycle is cut by the number of rounds
        moved = False
        for edge in part.edges:
            wanted = level[edge.target] - 1
            if edge.source != edge.target and level[edge.source] > wanted >= -len(part.nodes):
                level[edge.source] = wanted
                moved = True
        if not moved:
            break
    by_level: dict[int, list[int]] = {}
    for node_id in sorted(part.nodes, key=lambda i: (part.nodes[i].date or "", i)):
        by_level.setdefault(level[node_id], []).append(node_id)
    return {
        node_id: (at - (len(some) - 1) / 2, float(y)) for y, some in by_level.items() for at, node_id in enumerate(some)
    }
