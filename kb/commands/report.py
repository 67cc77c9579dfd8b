"""An evaluation's figures, for scripts and for a terminal."""

import math
from typing import Any

from rich.table import Table

from kb.evaluate import METRICS, Judged, Report, Row


def as_json(report: Report) -> dict[str, Any]:
    """Figures by group ("all", a language, "kind: …"), shares of right decisions, and each question's first right rank.

    A share that cannot be told, such as right abstentions where every question can be answered, is null.
    """
    return {
        "questions": len(report.judged),
        "groups": {
            row.name: {
                "questions": row.questions,
                **dict(zip(METRICS, (round(x, 4) for x in row.figures), strict=True)),
            }
            for row in report.rows
        },
        "decided": _known(report.decided),
        "answered": _known(report.answered),
        "abstained": _known(report.abstained),
        "judged": [_judged(one) for one in report.judged],
    }


def _figures(row: Row) -> dict[str, float]:
    return {name: round(figure, 4) for name, figure in zip(METRICS, row.figures, strict=True)}


def _judged(one: Judged) -> dict[str, Any]:
    return {
        "id": one.question.id,
        "answerable": one.question.answerable,
        "verdict": one.verdict.value,
        "score": round(one.score, 4),
        "first": one.first,
    }


def _known(share: float) -> float | None:
    return None if math.isnan(share) else round(share, 4)


def table(report: Report) -> Table:
    """The figures as rows; the shares of right decisions below."""
    shown = Table(box=None, pad_edge=False, header_style="bold", caption=_decisions(report), caption_justify="left")
    shown.add_column("nhóm", no_wrap=True)
    for name in ("câu hỏi", *METRICS):
        shown.add_column(name, justify="right", no_wrap=True)
    for row in report.rows:
        shown.add_row(row.name, str(row.questions), *(f"{figure:.3f}" for figure in row.figures))
    return shown


def _decisions(report: Report) -> str:
    shares = ((report.decided, "tất cả"), (report.answered, "câu có đáp án"), (report.abstained, "câu không có đáp án"))
    told = ", ".join(f"{share:.3f} ({name})" for share, name in shares if not math.isnan(share))
    return f"Trả lời hay từ chối đúng: {told or 'không có câu hỏi nào'}."
