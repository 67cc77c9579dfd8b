"""How the command line speaks: one JSON object a line for scripts, a few clear lines for people."""

import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from ingest.document import Document, Metadata
from kb.cite import cite_document, date_vi
from kb.library import Library
from kb.model import Answer, DocumentRecord, Hit, Outcome, OutcomeStatus, Results, Status, Tier, Validity, Verdict
from kb.store.status import Relation

_PIPED = 200  # columns where no terminal says how wide it is
out = Console(highlight=False, soft_wrap=True, width=None if sys.stdout.isatty() else _PIPED)
err = Console(stderr=True, highlight=False, soft_wrap=True)
STATUS = {
    OutcomeStatus.ADDED: ("đã thêm", "green"),
    OutcomeStatus.UNCHANGED: ("không đổi", "dim"),
    OutcomeStatus.REPLACED: ("bản mới", "cyan"),
    OutcomeStatus.FAILED: ("lỗi", "red"),
    OutcomeStatus.REFUSED: ("từ chối", "yellow"),
}
VALIDITY = {
    Validity.UNKNOWN: "",
    Validity.AMENDED: "được sửa đổi",
    Validity.PARTLY_EXPIRED: "hết hiệu lực một phần",
    Validity.REPLACED: "bị thay thế",
    Validity.REPEALED: "bị bãi bỏ",
    Validity.NOT_YET: "chưa có hiệu lực (từ {since})",
    Validity.IN_FORCE: "có hiệu lực từ {since} theo văn bản",
    Validity.IN_PERIOD: "trong thời gian thực hiện (đến {until})",
    Validity.EXPIRED: "hết hiệu lực theo văn bản (đến {until})",
    Validity.PERIOD_OVER: "đã qua thời gian thực hiện (đến {until})",
    Validity.ISSUER_DISSOLVED: "cơ quan ban hành đã kết thúc hoạt động từ 01/7/2025",
    Validity.NOT_APPLICABLE: "",
}
COMING = {
    Validity.AMENDED: "sẽ được sửa đổi",
    Validity.PARTLY_EXPIRED: "sẽ hết hiệu lực một phần",
    Validity.REPLACED: "sẽ bị thay thế",
    Validity.REPEALED: "sẽ bị bãi bỏ",
}
VERBS = {
    "basis": "căn cứ", "implements": "thực hiện", "details": "quy định chi tiết", "guides": "hướng dẫn",
    "amends": "sửa đổi, bổ sung", "replaces": "thay thế", "repeals": "bãi bỏ", "corrects": "đính chính",
    "suspends": "ngưng hiệu lực", "continues": "tiếp tục thực hiện", "attached": "ban hành kèm theo",
    "refers": "dẫn chiếu", "reviews": "sơ kết, tổng kết", "expected": "dự kiến",
}  # fmt: skip
VERDICT = {
    Verdict.ANSWERED: "Có câu trả lời",
    Verdict.RELATED: "Chỉ có đoạn liên quan",
    Verdict.NOTHING: "Không có gì trong các văn bản này",
}
TIER = {Tier.WORDS: "theo từ ngữ", Tier.MEANING: "theo từ ngữ và ý nghĩa", Tier.MODEL: "có mô hình ngôn ngữ"}


def force(status: Status) -> str:
    """A status in words, with its days and what will change it; nothing where nothing is known."""
    days = {"since": status.since, "until": status.until}
    words = VALIDITY[status.validity].format(**{name: date_vi(day) for name, day in days.items() if day})
    coming = status.coming
    if coming is None:
        return words
    by = f" bởi {coming.by_symbol}" if coming.by_symbol else ""
    later = f"{COMING[coming.validity]}{by}" + (f" từ {date_vi(coming.since)}" if coming.since else "")
    return f"{words}; {later}" if words else later


def force_lines(record: DocumentRecord, paper: Document) -> Iterator[Text]:
    """What is known of a paper's force, and the words in which it speaks of it itself."""
    if known := force(record.status):
        yield Text(f"Tình trạng: {known}", style="bold")
    terms = dict.fromkeys(term for term in (record.metadata.effect, record.metadata.expiry) if term)
    for said in dict.fromkeys(" ".join(paper.slice(term).split()) for term in terms):
        yield Text(f"  Văn bản ghi: “{said}”", style="dim")


def labels(metadata: Metadata) -> list[str]:
    """What a paper is marked with that its reader must know."""
    said = ((metadata.draft, "dự thảo, chưa phải văn bản chính thức"), (metadata.internal, "lưu hành nội bộ"))
    return [words for marked, words in said if marked]


def emit(value: Any) -> None:
    """One JSON object on a line of standard output."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def notice(library: Library) -> None:
    """Says on standard error why search is by words alone, where an encoder was expected."""
    if library.notice:
        err.print(Text(f"Tìm theo từ ngữ: {library.notice}", style="yellow"))


@contextmanager
def progress(title: str, total: int) -> Iterator[Progress]:
    """A bar on standard error, on a terminal only; its one task has id 0."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as bar:
        bar.add_task(title, total=total)
        yield bar


def relations_lines(found: Sequence[Relation]) -> Iterator[Text]:
    """What a paper does to others, one line for each paper and verb: how often, and which paper of the base it is."""
    counted: Counter[tuple[str, str]] = Counter()
    known: dict[tuple[str, str], str] = {}
    for relation in found:
        said = relation.reference
        if said.verb == "self" or not (said.symbol or relation.candidates):
            continue
        key = (VERBS.get(said.verb, said.verb), " ".join(filter(None, (said.kind, said.symbol))))
        counted[key] += 1
        several = f"có thể là {len(relation.candidates)} văn bản" if relation.candidates else "chưa có trong kho"
        known[key] = relation.target.id[:12] if relation.target else several
    for (verb, paper), times in counted.items():
        line = Text(f"{verb:<20} {paper}")
        line.append(f"  {known[verb, paper]}", "dim")
        yield line.append(f", {times} lần" if times > 1 else "", "dim")


def outcome_line(outcome: Outcome) -> Text:
    """One file's outcome."""
    word, style = STATUS[outcome.status]
    line = Text.assemble((f"{word:<10}", style), outcome.path)
    if outcome.document and outcome.status is not OutcomeStatus.UNCHANGED:
        line.append(f"  {outcome.document[:12]}, {outcome.passages} đoạn", "dim")
    if outcome.reason:
        line.append(f"  {outcome.reason}", style if outcome.document is None else "dim")
    return line


def documents_table(records: Sequence[DocumentRecord]) -> Table:
    """The documents of a base."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("mã", "số ký hiệu", "ngày", "đoạn", "tệp", "tình trạng"):
        table.add_column(name, no_wrap=name in ("mã", "ngày"), justify="right" if name == "đoạn" else "left")
    for record in records:
        meta = record.metadata
        state = _unread(record) or force(record.status)
        table.add_row(
            record.id[:12], meta.symbol or "–", _day(meta.date), str(record.passages), Text(record.file), state
        )
    return table


def _unread(record: DocumentRecord) -> str:
    if record.waiting:
        return f"{record.waiting} trang ảnh chờ nhận dạng chữ"
    if not record.searchable:
        return "không đọc được chữ nào"
    return f"{record.unread} trang không đọc được" if record.unread else ""


def _day(day: date | None) -> str:
    return day.strftime("%d/%m/%Y") if day else "–"


def results_lines(results: Results, named: Sequence[DocumentRecord] = (), *, explain: bool) -> Iterator[Text]:
    """A search as a person reads it; `named` are the papers of the base that the question names."""
    yield _found(results, f"{'ít nhất ' if results.least else ''}{results.total} đoạn")
    yield from _missing(results)
    yield from _papers(results, named)
    for hit in results.hits:
        yield from hit_lines(hit, explain=explain)


def answer_lines(answer: Answer) -> Iterator[Text]:
    """An answer as a person reads it: grouped by document, what answers first, what is only near apart."""
    yield _found(answer, f"{answer.passages} đoạn trong {answer.documents} văn bản")
    yield from _missing(answer)
    yield from _papers(answer, answer.named)
    for group in answer.groups:
        meta = group.document.metadata
        yield Text(f"\n{meta.kind or ''} {meta.symbol or group.document.file} — {meta.title or ''}", style="bold")
        for hit in group.hits:
            yield from hit_lines(hit, explain=False, indent="  ")
        if group.also:
            yield Text("  Cùng chủ đề:", style="dim")
            for hit in group.also:
                yield from hit_lines(hit, explain=False, indent="    ")


def _papers(found: Results | Answer, named: Sequence[DocumentRecord]) -> Iterator[Text]:
    """The papers that the question names, or that the base lacks the one it gives the number of."""
    for record in named:
        yield from _named_lines(record)
    symbols = found.plan.symbols
    if symbols and not any(record.metadata.symbol in symbols for record in named):
        yield Text(f"\nKho chưa có văn bản nào mang số {', '.join(symbols)}.", style="bold")


def _named_lines(record: DocumentRecord) -> Iterator[Text]:
    """A paper that the question names, and what is known of its force."""
    status = record.status
    state = force(status) or ("" if status.validity is Validity.NOT_APPLICABLE else "chưa rõ hiệu lực")
    by = f" bởi {status.by_symbol}" if status.by_symbol else ""
    yield Text(f"\nVăn bản được nêu: {cite_document(record).vi}", style="bold")
    yield Text(f"   {record.id[:12]}  {record.file}" + (f" — {state}{by}" if state else ""), style="dim")


def _found(found: Results | Answer, count: str) -> Text:
    searched = found.searched
    line = Text(f"{VERDICT[found.verdict]}: {count}; đã tìm {TIER[found.tier]}", style="bold")
    line.append(f" trong {searched.documents} văn bản, {searched.passages} đoạn")
    if searched.unsearchable:
        line.append(f" ({searched.unsearchable} văn bản chưa đọc được chữ)", "yellow")
    if searched.unread:
        line.append(f" (thêm {searched.unread} trang ảnh chưa đọc được)", "yellow")
    if searched.poor:
        line.append(f" ({searched.poor} văn bản đọc kém)", "yellow")
    if then := found.plan.filters.as_of:
        line.append(f"; văn bản và hiệu lực tại ngày {then:%d/%m/%Y}")
    return line


def _missing(found: Results | Answer) -> Iterator[Text]:
    """That quoted words stand nowhere as they were quoted."""
    if found.plan.missing:
        quoted = ", ".join(f"“{phrase}”" for phrase in found.plan.missing)
        instead = "" if found.verdict is Verdict.NOTHING else "; dưới đây là các đoạn có những từ đó"
        yield Text(f"Không đoạn nào có đúng nguyên văn {quoted}{instead}.", style="yellow")


def hit_lines(hit: Hit, *, explain: bool, indent: str = "") -> Iterator[Text]:
    """A hit: its words with the matches marked, and its citation."""
    record = hit.record
    text = Text(record.text)
    for mark in hit.marks:
        text.stylize("bold yellow", mark.start - record.passage.start, mark.end - record.passage.start)
    label = f"{record.passage.label} " if record.passage.label else ""
    yield Text.assemble("" if indent else "\n", indent, (f"{hit.rank}. " if not indent else "• ", "bold"), label, text)
    state = force(record.document.status)
    yield Text(f"{indent}   {hit.citation.vi}" + (f" — {state}" if state else ""), style="dim")
    if explain:
        routes = ", ".join(f"{name} {value:.3f}" for name, value in hit.routes)
        yield Text(f"{indent}   {record.id}  điểm {hit.score:.3f}  [{routes}]", style="cyan")
        for why in hit.why:
            yield Text(f"{indent}   · {why}", style="cyan")
