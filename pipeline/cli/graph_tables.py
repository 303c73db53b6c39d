"""Answers of the citation graph on a terminal: tables, or JSON when asked for, or a picture."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from pipeline.graph.model import Node, Subgraph
    from pipeline.graph.standing import Standing

_WIDE = 160
"""Columns of a table that does not go to a terminal."""
_LONGEST_WORD = 20


def kept(node: Node) -> str:
    """Whether the archive has the document."""
    return "có" if node.held else "chưa có"


def day(iso: str | None) -> str:
    """An ISO day or moment as people write it: "25/07/2019", "25/07/2019 10:00"; nothing for none."""
    if not iso:
        return ""
    date, _, time = iso[:16].partition("T")
    return "/".join(reversed(date.split("-"))) + (f" {time}" if time else "")


def show_part(
    found: Subgraph, as_json: bool, out: Path | None, title: str, roots: Sequence[int] = (), steps: bool = False
) -> None:
    """A part of the graph; ``steps``: depth counts the documents of a path instead of levels above and below."""
    from pipeline.cli.say import say_note

    if out is not None:
        draw_part(found, out, title)
    signs = {-1: "↑", 0: "●", 1: "↓"}
    rows = []
    nodes = sorted(found.nodes.values(), key=lambda n: (found.depth.get(n.id, 0), n.date or "", n.id))
    for node in nodes:
        far = found.depth.get(node.id, 0)
        sign = str(far + 1) if steps else signs[(far > 0) - (far < 0)] + (str(abs(far)) if far else "")
        verbs = "\n".join(
            f"{edge.verb} {found.nodes[edge.target].number or found.nodes[edge.target].label}"
            for edge in found.edges
            if edge.source == node.id
        )
        rows.append((sign + (" gốc" if node.id in roots else ""), node.label, node.where or "", kept(node), verbs))
    titles = ("Bước" if steps else "Bậc", "Văn bản", "Cơ quan", "Kho", "Quan hệ")
    table(titles, rows, {**found.as_dict(), "roots": list(roots)}, as_json)
    if found.cut:
        say_note("còn nữa: chỉ hiện phần gần nhất")


def show_standing(found: Sequence[Standing], as_json: bool, with_tasks: bool) -> None:
    """How far documents are carried out; ``with_tasks`` lists what is undone."""
    rows, undone = [], []
    for one in found:
        answers = "\n".join(node.number or node.label for node, _ in one.answers)
        near = min((task.due for task in one.open if task.due), default=None)
        done = f"{len(one.tasks) - len(one.open)}/{len(one.tasks)}"
        late = str(len(one.overdue) or "")
        rows.append((one.node.label, one.node.where or "", done, late, day(near), answers))
        for task in sorted(one.open, key=lambda task: task.due or "9"):
            which = (one.node.number or one.node.label) + (f", mục {task.section}" if task.section else "")
            what = "quá hạn" if task in one.overdue else task.state
            undone.append((which, task.text, "\n".join(task.assignees), day(task.due), what))
    titles = ("Văn bản", "Cơ quan", "Xong", "Quá hạn", "Hạn gần nhất", "Văn bản trả lời, thực hiện")
    table(titles, rows, [one.as_dict() for one in found], as_json, numbers=(2, 3))
    if with_tasks and undone and not as_json:
        table(("Văn bản", "Nhiệm vụ chưa xong", "Ai làm", "Hạn", "Tình trạng"), undone, None, as_json=False)


def draw_part(found: Subgraph, out: Path, title: str, **options: Any) -> None:
    """Draw a part of the graph and say where."""
    from pipeline.cli.say import say
    from pipeline.graph.drawing import draw

    say(f"Đã vẽ {draw(found, out, title=title, **options)}")


def table(
    titles: Sequence[str], rows: Sequence[Sequence[str]], data: Any, as_json: bool, numbers: Sequence[int] = ()
) -> None:
    """A table on a terminal or a pipe, ``numbers`` being columns set to the right; JSON of ``data`` when asked for."""
    from pipeline.cli.say import print_text

    if as_json:
        print_text(json.dumps(data, ensure_ascii=False, indent=1))
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    if not rows:
        print_text("Không có gì.")
        return
    console = Console(highlight=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=_WIDE)
    made = Table(show_lines=any("\n" in cell for row in rows for cell in row))
    for at, title in enumerate(titles):
        # Folded, never cut, and not within a number where the terminal has any room: half a number is a wrong number.
        longest = max(len(word) for row in rows for word in (row[at].split() or [""]))
        justify: Literal["left", "right"] = "right" if at in numbers else "left"
        made.add_column(title, overflow="fold", justify=justify, min_width=min(longest, _LONGEST_WORD))
    for row in rows:
        made.add_row(*(Text(cell) for cell in row))
    console.print(made)
