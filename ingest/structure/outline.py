"""A reading understood: zones, then one tree for each root, then passages."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from ingest.document import Kind, Passage, Reading, Role, Span
from ingest.structure import landmarks
from ingest.structure.blocks import Block, blocks
from ingest.structure.builder import Builder, confirm
from ingest.structure.emit import Emitter, root_title
from ingest.structure.labels import lex, roman
from ingest.structure.roles import Setting
from ingest.structure.tree import Node
from ingest.structure.zones import Zone, Zoned, zones
from ingest.vietnamese import fold


@dataclass(frozen=True, slots=True)
class Outline:
    """The passages of a paper, and its zoned blocks for whoever reads its head and foot."""

    passages: tuple[Passage, ...]
    zoned: tuple[Zoned, ...]
    warnings: tuple[str, ...] = ()


FRAMES = {
    Zone.HEAD: ("head", Kind.HEAD),
    Zone.TITLE: ("title", Kind.TITLE),
    Zone.SUMMARY: ("summary", Kind.SUMMARY),
    Zone.RECIPIENTS: ("nn", Kind.RECIPIENTS),
    Zone.SIGNATURE: ("ky", Kind.SIGNATURE),
}


class _Roots:
    """Walks the zones and emits each root with its prefix."""

    def __init__(self, reading: Reading, zoned: Sequence[Zoned]) -> None:
        self.text = reading.text
        self.emitter = Emitter(reading.text, reading.pages)
        self.prefix = ""
        self.setting = Setting(_kind(zoned))
        self.appendices = self.attached = self.notes = self.preamble = 0
        self.bound = False  # in another paper of the same file
        self.place = 0  # of the root's heading among the passages
        self.warnings: list[str] = []

    def run(self, zoned: Sequence[Zoned]) -> None:
        """Emit every run of blocks of one zone."""
        for (zone, _), group in groupby(_numbered(zoned), key=lambda step: (step.zone, step.root)):
            items = [step.item for step in group]
            if items[0].binds:
                self._bind()
            if zone is Zone.BODY:
                self._body(
                    [item.block for item in items if item.zone is Zone.BODY],
                    [item.block for item in items if item.zone is Zone.NOTE],
                )
            else:
                self._zone(zone, [item.block for item in items])

    def _zone(self, zone: Zone, run: list[Block]) -> None:
        match zone:
            case Zone.PREAMBLE:
                for block in run:
                    self._preamble_line(block)
            case Zone.NOTE:
                for block in run:
                    self._note(block)
            case Zone.IMPRINT:
                self.notes += 1
                self.emitter.frame(f"n{self.notes}", Kind.NOTE, Role.FRAME, run[0].start, run[-1].end)
            case Zone.ATTACHED | Zone.APPENDIX:
                self._open(zone, run)
            case Zone.RECIPIENTS | Zone.SIGNATURE:
                self._foot(zone, run)
            case Zone.TITLE | Zone.SUMMARY if self.bound:
                self._title(zone, run)
            case _:
                name, kind = FRAMES[zone]
                self.emitter.frame(self._prefixed(name), kind, Role.FRAME, run[0].start, run[-1].end)

    def _bind(self) -> None:
        """Begin another paper of the same file: its passages stand under "KT" like those of an attached text."""
        self.bound = True
        self._attach()
        self.emitter.title = ()

    def _attach(self) -> None:
        self.attached += 1
        self.preamble = 0
        self.prefix = self.emitter.unique("KT" if self.attached == 1 else f"KT{self.attached}")

    def _title(self, zone: Zone, run: list[Block]) -> None:
        """Type line and trích yếu of a bound paper are the heading of its root."""
        last = self.emitter.passages[-1]
        if zone is Zone.TITLE:
            self.setting = Setting(landmarks.kind_of_line(run[0].words))
            self._heading(Kind.ATTACHED, run)
        elif last.locator == self.prefix:
            self.emitter.passages.pop()
            self._heading(Kind.ATTACHED, run, last)
        else:
            self.emitter.frame(self._prefixed("summary"), Kind.SUMMARY, Role.FRAME, run[0].start, run[-1].end)

    def _preamble_line(self, block: Block) -> None:
        frame = bool(landmarks.RULE.match(block.words)) or landmarks.is_upper(block.words)
        self.preamble += 1
        name = f"{self.prefix}/pre/p{self.preamble}" if self.prefix else f"pre/p{self.preamble}"
        self.emitter.frame(name, Kind.PREAMBLE, Role.FRAME if frame else Role.BASIS, block.start, block.end)

    def _note(self, block: Block) -> None:
        self.notes += 1
        frame = _ornament(block) or not re.search(r"\w{2}", block.words)
        self.emitter.frame(f"n{self.notes}", Kind.NOTE, Role.FRAME if frame else Role.OTHER, block.start, block.end)

    def _open(self, zone: Zone, run: list[Block]) -> None:
        if zone is Zone.ATTACHED:
            self._attach()
            kind = Kind.ATTACHED
            self.setting = Setting(_attached_kind(run[0]), attached=_attached_kind(run[0]) not in _PLANS)
        else:
            self.appendices += 1
            self.prefix = self.emitter.unique(f"PL{_appendix_number(run[0]) or self.appendices}")
            kind = Kind.APPENDIX
            self.setting = Setting("Phụ lục")
        self._heading(kind, run)

    def _heading(self, kind: Kind, run: list[Block], before: Passage | None = None) -> None:
        """The heading of a root: the words of `run`, behind those of `before`."""
        start, end = before.start if before else run[0].start, run[-1].end
        words = [*(self.emitter.title if before else ()), *(block.words for block in run)]
        self.emitter.title = (root_title(" ".join(words)),)
        self.place = len(self.emitter.passages)
        self.emitter.passages.append(
            Passage(
                self.prefix,
                kind,
                Role.FRAME,
                None,
                start,
                end,
                Span(start, end),
                0,
                None,
                True,
                (),
                (Span(start, end),),
                self.emitter.pages_of(start, end),
            )
        )

    def _foot(self, zone: Zone, run: list[Block]) -> None:
        """Recipients and signature; a table row holds both side by side."""
        name, kind = FRAMES[zone]
        if zone is Zone.RECIPIENTS and len(run) == 1 and len(run[0].cells) > 1:
            block = run[0]
            cells = [cell for cell in block.cells if cell.end > cell.start]
            first = next(
                (
                    i
                    for i, cell in enumerate(cells)
                    if landmarks.RECIPIENTS.match(fold(self.text[cell.start : cell.end]))
                ),
                0,
            )
            edges = [block.start, *(cell.start for cell in cells[1:]), block.end]
            for index, cell in enumerate(cells):
                piece, what = ("nn", Kind.RECIPIENTS) if index == first else ("ky", Kind.SIGNATURE)
                extent = Span(edges[index], edges[index + 1])
                self.emitter.frame(self._prefixed(piece), what, Role.FRAME, cell.start, cell.end, extent)
            return
        self.emitter.frame(self._prefixed(name), kind, Role.FRAME, run[0].start, run[-1].end)

    def _prefixed(self, name: str) -> str:
        return f"{self.prefix}/{name}" if self.prefix else name

    def _body(self, run: list[Block], notes: list[Block]) -> None:
        """A tree of the blocks of `run`, with the notes that stand between them."""
        kind = Kind.ATTACHED if self.prefix else Kind.PARAGRAPH
        root = Node(kind, run[0].start, run[0].start, run[0].start, titled=True)
        rules = [block for block in run if _ornament(block)]
        builder = Builder(self.text, root)
        builder.build(_telling(run))
        confirm(root)
        first = len(self.emitter.passages)
        self.emitter.root(root, self.prefix, self.setting)
        if self.prefix:
            own = self.emitter.passages[self.place]
            end = max((passage.extent.end for passage in self.emitter.passages[first:]), default=0)
            self.emitter.passages[self.place] = _reaching(own, end)
        for block in sorted((*rules, *notes), key=lambda block: block.start):
            self._note(block)
        self.warnings.extend(f"Số thứ tự không liên tục: {gap}" for gap in builder.tree.gaps[:5])


def _ornament(block: Block) -> bool:
    """Whether a block says nothing: a rule, the motto of a form's blank letterhead, the mark of a note or the number of
    a box on a line of its own ("(2)", "…… 5 ……").
    """
    if block.cells:
        return False
    said = re.sub(r"[\W_]", "", landmarks.MOTTO.sub("", block.folded))
    return not said or (said.isdecimal() and len(said) <= 2 and not lex(block.words))


def _telling(run: list[Block]) -> list[Block]:
    """The blocks that are no ornament; what stands below a rule stands apart from what is above it."""
    kept: list[Block] = []
    parted = False
    for block in run:
        if not _ornament(block):
            kept.append(replace(block, gap=block.gap or parted))
        parted = _ornament(block)
    return kept


_PLANS = frozenset(
    {"Kế hoạch", "Chương trình", "Chương trình hành động", "Đề án", "Phương án", "Dự án", "Chiến lược", "Hướng dẫn"}
)


@dataclass(frozen=True, slots=True)
class _Step:
    """A block with the count of roots opened so far and the zone whose run it goes with."""

    item: Zoned
    root: int
    zone: Zone


def _numbered(zoned: Sequence[Zoned]) -> list[_Step]:
    """Each block with its root, so that two roots in a row stay apart, and its run.

    A note at the foot of a page stands inside the body that goes on overleaf, where the open article goes on too.
    """
    steps: list[_Step] = []
    root = 0
    for item in zoned:
        root += item.opens
        inside = item.zone is Zone.NOTE and steps and steps[-1].zone is Zone.BODY and not item.opens
        steps.append(_Step(item, root, Zone.BODY if inside else item.zone))
    return steps


def _kind(zoned: Sequence[Zoned]) -> str | None:
    for item in zoned:
        if item.zone is Zone.TITLE:
            return landmarks.kind_of_line(item.block.words)
    return None


def _attached_kind(block: Block) -> str | None:
    return landmarks.kind_of_line(block.words) or ("Quy định" if landmarks.is_upper(block.words) else None)


def _appendix_number(block: Block) -> str | None:
    match = landmarks.APPENDIX.match(block.folded)
    if not match or not match.group("number"):
        return None
    raw = match.group("number")
    value = int(raw) if raw.isdecimal() else roman(raw.upper())
    return f"{value}{match.group('letter').upper()}" if value else None


def _reaching(passage: Passage, end: int) -> Passage:
    return replace(passage, extent=Span(passage.extent.start, max(passage.extent.end, end)))


def outline(reading: Reading) -> Outline:
    """The passages of a reading in document order, parents before children."""
    zoned = zones(blocks(reading))
    roots = _Roots(reading, zoned)
    roots.run(zoned)
    passages = sorted(roots.emitter.passages, key=lambda p: (p.extent.start, -p.extent.end, p.level))
    return Outline(tuple(passages), tuple(zoned), tuple(roots.warnings))
