"""View models of the search page: what a template shows, already in words, so that templates only lay out."""

import re
from dataclasses import dataclass

from markupsafe import Markup

from ingest.document import Kind, Span
from kb.cite import issuer_name, law_name, locator_words
from kb.model import DocumentRecord, Hit, Legibility, PassageRecord, Status, Validity
from web import links
from web.language import Words
from web.reader.inline import Inline, tag, weave

_TONES = {
    Validity.UNKNOWN: "quiet",
    Validity.NOT_APPLICABLE: "quiet",
    Validity.IN_FORCE: "quiet",
    Validity.IN_PERIOD: "quiet",
    Validity.PERIOD_OVER: "warning",
    Validity.EXPIRED: "danger",
    Validity.AMENDED: "notice",
    Validity.PARTLY_EXPIRED: "warning",
    Validity.NOT_YET: "notice",
    Validity.ISSUER_DISSOLVED: "warning",
    Validity.REPLACED: "danger",
    Validity.REPEALED: "danger",
}
_ACTED = (
    Validity.AMENDED, Validity.PARTLY_EXPIRED, Validity.REPLACED, Validity.REPEALED, Validity.ISSUER_DISSOLVED,
)  # fmt: skip
_OWN = (
    Validity.UNKNOWN, Validity.IN_FORCE, Validity.IN_PERIOD, Validity.EXPIRED, Validity.PERIOD_OVER, Validity.NOT_YET,
)  # fmt: skip
_RELATION = re.compile(r" \(\w+\)")  # "phân bón vi sinh (narrower)": the chips say it better


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere."""

    words: str
    url: str


@dataclass(frozen=True, slots=True)
class Pill:
    """A status in a word, with its colour's meaning and its reason."""

    words: str
    tone: str  # "quiet", "notice", "warning", "danger"
    reason: str
    url: str | None = None  # of the passage that says so
    see: str = ""  # what that link is called
    coming: Link | None = None  # the passage of another paper that will change it, and what it will do


@dataclass(frozen=True, slots=True)
class Heading:
    """A document named on one line: symbol, date and issuer, as far as the paper says them."""

    name: str
    facts: str
    title: str  # empty where the paper has none
    url: str
    pill: Pill
    older: bool
    doubtful: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table row under the heading of its column."""

    column: str
    html: Markup


@dataclass(frozen=True, slots=True)
class Card:
    """A passage found."""

    id: str
    rank: int
    document: Heading
    html: Markup
    cells: tuple[Cell, ...]
    locator: str  # in words
    pages: str
    role: str
    role_key: str
    crumbs: tuple[Link, ...]
    url: str
    permalink: str
    citation: str
    other_citation: str  # in the other language
    why: tuple[str, ...]
    also_in: tuple[Link, ...]
    flags: tuple[str, ...]
    selected: bool = False


def pill(status: Status, t: Words) -> Pill:
    """The status of a document with the passage that says so, in another paper or in its own words."""
    key = f"status.{status.validity}"
    days = {"since": status.since, "until": status.until}
    said = {name: t.date(day) for name, day in days.items() if day}
    words = t(f"{key}.dated", **said) if t.has(f"{key}.dated") else t(key)
    why = f"{key}.said.why" if status.validity is Validity.UNKNOWN and status.by_document else f"{key}.why"
    if status.coming and status.validity is Validity.IN_FORCE:
        why = f"{key}.for_now.why"  # it would be odd to say here that nothing changes it
    then = t("status.since", date=said["since"]) if status.since and status.validity in _ACTED else ""
    reasons = [t(why, by=status.by_symbol or t("status.a_paper"), then=then, **said)]
    if status.until and status.validity in (*_ACTED, Validity.IN_FORCE, Validity.NOT_YET):
        reasons.append(t("status.until", date=said["until"]))
    tone, onward = _TONES[status.validity], None
    if coming := status.coming:
        later = {"by": coming.by_symbol or t("status.a_paper"), "date": t.date(coming.since) if coming.since else ""}
        words = f"{words}; {t(f'status.coming.{coming.validity}', **later)}"
        tone = "notice" if tone == "quiet" else tone
        away = links.reader(coming.by_document, coming.by_locator) if coming.by_document else ""
        onward = Link(t(f"status.coming.{coming.validity}.why", **later), away)
    url = links.reader(status.by_document, status.by_locator) if status.by_document else None
    own = status.by_document is not None and status.validity in _OWN
    return Pill(words, tone, " ".join(reasons), url, t("notice.see.own" if own else "notice.see"), onward)


def name(record: DocumentRecord, t: Words) -> str:
    """What people call the document: a law by its name, kind and symbol, else its kind, else its file."""
    meta = record.metadata
    law = law_name(meta)
    if law:
        return f"{law} {meta.symbol}" if meta.symbol else law
    if meta.symbol:
        return f"{meta.kind} {meta.symbol}" if meta.kind else meta.symbol
    return meta.kind or record.file


def heading(record: DocumentRecord, t: Words, *, asked: links.Pairs = ()) -> Heading:
    """The line that names a document."""
    meta = record.metadata
    facts = [issuer_name(meta), t.date(meta.date) if meta.date else None]
    if not meta.symbol:
        facts.append(t("document.no_symbol"))
    return Heading(
        name=name(record, t),
        facts=" · ".join(fact for fact in facts if fact),
        title="" if law_name(meta) else meta.title or "",  # the name of a law says it
        url=links.reader(record.id, asked=asked),
        pill=pill(record.status, t),
        older=not record.current,
        doubtful=record.legibility is Legibility.POOR,
    )


def marks(spans: tuple[Span, ...], text: str) -> list[Inline]:
    """The words that matched, neighbours in `text` under one mark: "Kế hoạch" is one word to its reader."""
    joined: list[Span] = []
    for span in spans:
        if joined and not text[joined[-1].end : span.start].strip():
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return [tag(span.start, span.end, "mark") for span in joined]


def own_words(
    record: PassageRecord, spans: tuple[Span, ...], says: Span | None = None
) -> tuple[Markup, tuple[Cell, ...]]:
    """A passage as HTML, and cell by cell where it is a table row; `spans` count in the document's text."""
    passage, base = record.passage, record.passage.start
    moved = marks(tuple(Span(s.start - base, s.end - base) for s in spans), record.text)
    answering = [tag(says.start - base, says.end - base, "strong", class_="says")] if says else []
    html = weave(record.text, 0, len(record.text), [answering, moved])
    if passage.kind is not Kind.ROW or not passage.cells:
        return html, ()
    columns = passage.columns + ("",) * (len(passage.cells) - len(passage.columns))
    cells = tuple(
        Cell(column, weave(record.text, cell.start - base, cell.end - base, [moved]))
        for column, cell in zip(columns, passage.cells, strict=False)
        if cell.start >= base and record.text[cell.start - base : cell.end - base].strip()  # the number stands before
    )
    return html, cells


def flowing(text: str) -> str:
    """Words as a page lays them out: where the stored text breaks its lines is no part of what it says."""
    return " ".join(text.split())


def pages(numbers: tuple[int, ...], t: Words) -> str:
    """ "trang 3", "trang 3–4", or nothing for a format without pages."""
    if not numbers:
        return ""
    span = str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]}–{numbers[-1]}"
    return t("passage.page", pages=span) if len(numbers) == 1 else t("passage.pages", pages=span)


def crumbs(record: PassageRecord, asked: links.Pairs) -> tuple[Link, ...]:
    """The heading path, each step a link to where it stands."""
    steps = record.passage.locator.split("/")
    depth = len(record.passage.heading)
    return tuple(
        Link(words, links.reader(record.document.id, asked=asked) + "#" + links.anchor("/".join(steps[: i + 1])))
        for i, words in enumerate(record.passage.heading)
        if i < max(depth, len(steps))
    )


def why(reasons: tuple[str, ...], t: Words) -> tuple[str, ...]:
    """The reasons of a hit; "kind: words" gets its kind in the interface language."""
    said = []
    for reason in reasons:
        kind, _, detail = reason.partition(": ")
        key = f"why.{kind}"
        detail = t(f"role.{detail}") if kind == "role" and t.has(f"role.{detail}") else _RELATION.sub("", detail)
        if kind == "meaning" and t.language == "vi":
            detail = detail.replace(".", ",")  # how near, as a decimal
        said.append(f"{t(key)}: {detail}" if detail and t.has(key) else reason)
    return tuple(said)


def card(
    hit: Hit,
    document: Heading,
    t: Words,
    *,
    asked: links.Pairs,
    selected: str = "",
    others: tuple[PassageRecord, ...] = (),
) -> Card:
    """A hit as its card."""
    record = hit.record
    html, cells = own_words(record, hit.marks, hit.sentence)
    here, there = (hit.citation.vi, hit.citation.en) if t.language == "vi" else (hit.citation.en, hit.citation.vi)
    vi, en = locator_words(record.passage.locator, record.passage.heading, record.document)
    return Card(
        id=record.id,
        rank=hit.rank,
        document=document,
        html=html,
        cells=cells,
        locator=vi if t.language == "vi" else en,
        pages=pages(record.passage.pages, t),
        role=t(f"role.{record.passage.role}"),
        role_key=record.passage.role,
        crumbs=crumbs(record, asked),
        url=links.reader(record.document.id, record.passage.locator, asked=asked),
        permalink=links.passage(record.id),
        citation=here,
        other_citation=there,
        why=why(hit.why, t),
        also_in=tuple(Link(name(other.document, t), links.passage(other.id)) for other in others),
        flags=tuple(t(f"flag.{flag}") for flag in sorted(record.passage.flags) if t.has(f"flag.{flag}")),
        selected=record.id == selected,
    )
