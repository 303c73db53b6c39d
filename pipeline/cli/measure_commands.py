"""``congvan evaluate``: how well does the extractor do on documents whose records are known?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.cli.options import MAX_PAGES, PAGE_TIMEOUT, ForceOcr, Jobs, NoCache, job_count, read_options

if TYPE_CHECKING:
    from pipeline.workflow.evaluate import Evaluation

_SLICES = {
    "all": "Tất cả", "text": "Văn bản chữ", "digital": "PDF/DOCX có chữ", "scan": "Bản quét", "printed": "Trường in",
    "handwritten": "Trường viết tay", "unread": "Không đọc được",
}  # fmt: skip


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("evaluate")(evaluate)


def evaluate(
    gold: Annotated[Path, typer.Argument(metavar="THƯ_MỤC_CHUẨN", help="Thư mục các tệp kết quả chuẩn <tên>.json.")],
    files: Annotated[Path, typer.Argument(metavar="THƯ_MỤC_TỆP", help="Thư mục các tệp nguồn cùng tên.")],
    *,
    misses: Annotated[bool, typer.Option("--misses", help="In cả từng chỗ sai hoặc thiếu.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="In kết quả dạng JSON.")] = False,
    jobs: Jobs = 0,
    ocr: ForceOcr = False,
    no_cache: NoCache = False,
) -> int:
    """Chạy bộ đọc trên các tệp có kết quả chuẩn; in độ chính xác, độ phủ và F1 của từng trường."""
    import json

    from pipeline.cli.progress import BatchProgress
    from pipeline.cli.say import print_text, say_error
    from pipeline.errors import FileMissing
    from pipeline.workflow.evaluate import evaluate as run

    for folder in (gold, files):
        if not folder.is_dir():
            raise FileMissing(folder)
    options = read_options(MAX_PAGES, PAGE_TIMEOUT, ocr, no_cache, job_count(jobs))
    with BatchProgress(len(list(gold.glob("*.json")))) as bar:
        result = run(gold, files, options, bar.page)
    for error in result.errors:
        say_error(error)
    if as_json:
        print_text(json.dumps(_plain(result), ensure_ascii=False, indent=1))
        return 0
    print_text(_table(result))
    if misses:
        for miss in result.misses:
            print_text(f"{miss.source}: {miss.field}: chuẩn {miss.gold!r} · đọc được {miss.found!r}")
    return 0


def _plain(result: Evaluation) -> dict[str, Any]:
    return {"calibration": _calibration(result)} | {
        part: {
            "macro_f1": result.macro(part),
            "fields": {
                name: {
                    "right": t.right, "wrong": t.wrong, "missed": t.missed,
                    "precision": t.precision, "recall": t.recall, "f1": t.f1,
                }
                for name, t in result.fields(part).items()
            },
        }
        for part in result.slices()
    }  # fmt: skip


def _calibration(result: Evaluation) -> dict[str, Any]:
    """Stated confidence against what is right; figures are null without any value."""
    from pipeline.workflow.reliability import brier, calibration_error

    stated, right = [one.confidence for one in result.stated], [one.right for one in result.stated]
    return {
        "values": len(stated), "wrong": len(right) - sum(right),
        "expected_wrong": sum(1 - p for p in stated), "ece": calibration_error(stated, right),
        "brier": brier(stated, right) if stated else None,
    }  # fmt: skip


def _table(result: Evaluation) -> str:
    lines = [f"{'Trường':22} {'đúng':>5} {'sai':>5} {'thiếu':>5} {'chính xác':>10} {'độ phủ':>8} {'F1':>7}"]
    for name, tally in result.fields().items():
        if tally.f1 is None:
            continue
        cells = [f"{v:.3f}" if v is not None else "" for v in (tally.precision, tally.recall, tally.f1)]
        lines.append(
            f"{name:22} {tally.right:>5} {tally.wrong:>5} {tally.missed:>5} {cells[0]:>10} {cells[1]:>8} {cells[2]:>7}"
        )
    lines.append("")
    for part in result.slices():
        macro = result.macro(part)
        if macro is not None:
            lines.append(f"{_SLICES.get(part, part):22} F1 trung bình {macro:.4f}")
    held = _calibration(result)
    if held["values"]:
        lines.append(
            f"Độ tin cậy: {held['values']} giá trị; dự kiến sai {held['expected_wrong']:.1f}, "
            f"sai thật {held['wrong']}; "
            f"ECE {held['ece']:.4f}; Brier {held['brier']:.4f}"
        )
    return "\n".join(lines)
