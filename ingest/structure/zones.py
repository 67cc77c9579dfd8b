"""The zones of a paper by landmarks: head, type line, trích yếu, preamble, body, recipients, signature, then annexes.

Every zone is optional; what has no landmark is body. After the first signature further roots may open: a regulation
issued with the decision, annexes (DOMAIN §2.2 step 1).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from ingest.structure import landmarks
from ingest.structure.another import begins_paper
from ingest.structure.blocks import Block, opening_label
from ingest.structure.feet import named, recipient_line, signature_line
from ingest.structure.heads import after_amendments, head_end, type_line
from ingest.structure.labels import article_number, lex
from ingest.structure.notes import imprint_end, note_end
from ingest.symbols import find_symbols
from ingest.vietnamese import fold


class Zone(Enum):
    """Where a block stands in the paper."""

    HEAD = auto()
    TITLE = auto()
    SUMMARY = auto()
    PREAMBLE = auto()
    BODY = auto()
    RECIPIENTS = auto()
    SIGNATURE = auto()
    ATTACHED = auto()  # the heading of a text issued with the paper
    APPENDIX = auto()  # the heading of an annex
    NOTE = auto()
    IMPRINT = auto()  # of the gazette in which the paper is printed


@dataclass(frozen=True, slots=True)
class Zoned:
    """A block with its zone; `opens` marks the first block of a new root."""

    block: Block
    zone: Zone
    opens: bool = False

    @property
    def binds(self) -> bool:
        """Whether another paper of the same file begins here."""
        return self.opens and self.zone not in (Zone.ATTACHED, Zone.APPENDIX)


class _Walk:
    """The zones of one paper, block by block."""

    def __init__(self, found: list[Block]) -> None:
        self.found = found
        self.result: list[Zoned] = []
        self.signed = False  # a signature lies behind
        self.form = False  # inside a form of this root
        self.annex = False  # this root is an annex
        self.article = 0  # number of the last article

    def put(self, zone: Zone, opens: bool = False) -> None:
        self.signed = self.signed or zone in (Zone.SIGNATURE, Zone.RECIPIENTS)
        self.form = not opens and (self.form or landmarks.FORM.match(self.found[self.at].folded) is not None)
        if zone is Zone.BODY:
            self.article = article_number(lex(self.found[self.at].words)) or self.article
        self.result.append(Zoned(self.found[len(self.result)], zone, opens))

    @property
    def at(self) -> int:
        return len(self.result)

    def opening(self) -> None:
        """Head, type line, trích yếu and preamble."""
        line = type_line(self.found)
        if line is None:
            if self._opens_root(0):
                return
            end = head_end(self.found)
            for _ in range(end):
                self.put(Zone.SUMMARY if landmarks.SUBJECT.match(self.found[self.at].folded) else Zone.HEAD)
        else:
            for _ in range(line):
                self.put(Zone.SUMMARY if landmarks.SUBJECT.match(self.found[self.at].folded) else Zone.HEAD)
            self.put(Zone.TITLE)
            while self.at < len(self.found) and self._speaks(self.found[self.at]):
                self.put(Zone.TITLE)
            self._summary()
        self._preamble()

    @staticmethod
    def _speaks(block: Block) -> bool:
        """Between type word and trích yếu: "CỦA BAN THƯỜNG VỤ TỈNH ỦY", "CỦA CHÍNH PHỦ SỐ 29/1998/NĐ-CP NGÀY 11 …"."""
        folded = block.folded.strip(" *_")
        return (
            len(folded) < (110 if find_symbols(block.words) else 60)
            and landmarks.is_upper(block.words)
            and folded.startswith("cua ")
            and bool(landmarks.AUTHORITY.match(folded[4:]))
        )

    def _summary(self) -> None:
        taken = 0
        while self.at < len(self.found):
            block = self.found[self.at]
            folded = block.folded
            if landmarks.RULE.match(block.words):
                self.put(Zone.NOTE)
                if taken:
                    return
                continue
            if (
                block.cells
                or opening_label(block)
                or landmarks.ADDRESSEE.match(folded)
                or landmarks.CITES.match(folded)
                or (taken and landmarks.DECIDES.match(folded) and landmarks.is_upper(block.words))
            ):
                return
            upper = landmarks.is_upper(block.words)
            if upper and landmarks.AUTHORITY.match(folded) and (taken or len(block.words) < 60):
                return
            if taken and not (upper and landmarks.is_upper(self.result[-1].block.words)) and not self._continues(block):
                return
            if not taken and landmarks.FINAL.search(block.words) and len(block.words) > 250:
                return
            self.put(Zone.SUMMARY)
            taken += 1

    def _continues(self, block: Block) -> bool:
        """A trích yếu goes on in the next line when no blank stands between and it does not open a new sentence."""
        last = self.result[-1].block
        if landmarks.is_upper(last.words) and not landmarks.is_upper(block.words):
            goes_on = block.words[:1].islower() and not landmarks.FINAL.search(block.words)
            return (goes_on or block.words.lstrip().startswith("(")) and not block.gap
        sentence = block.words[:1].isupper() and (landmarks.FINAL.search(block.words) or block.words.endswith(","))
        return (
            not block.gap
            and not landmarks.FINAL.search(last.words)
            and not landmarks.BASIS.match(block.folded)
            and len(block.words) < (60 if sentence else 300)
        )

    def _preamble(self) -> None:
        """Bases and enacting words: up to the last enacting line before the first label, else the lines that cite."""
        start = self.at
        first = next((i for i in range(start, len(self.found)) if self._body_starts(i)), len(self.found))
        listed, first = first, after_amendments(self.found, first)
        limit = min(first, start + 150)
        enacting = [i for i in range(listed if first > listed else start, limit) if self._enacts(i)]
        stop = enacting[-1] + 1 if enacting else start
        if not enacting and first > listed:
            stop = limit
        elif not enacting:
            while stop < limit and self._cites(stop):
                stop += 1
        elif first < len(self.found) and all(self._frames(i) for i in range(stop, first)):
            stop = first
        while self.at < stop:
            if landmarks.FOOTNOTE.match(self.found[self.at].words):
                self._footnote()
            else:
                self.put(Zone.NOTE if landmarks.RULE.match(self.found[self.at].words) else Zone.PREAMBLE)

    def _footnote(self) -> None:
        for _ in range(note_end(self.found, self.at, self.article + 1) - self.at):
            self.put(Zone.NOTE)

    def _body_starts(self, index: int) -> bool:
        block = self.found[index]
        if block.cells:
            return index > self.at
        label = opening_label(block)
        return label is not None or self._upper_heading(index) or landmarks.RECIPIENTS.match(block.folded) is not None

    def _upper_heading(self, index: int) -> bool:
        block = self.found[index]
        if (
            not landmarks.is_upper(block.words)
            or landmarks.DECIDES.match(block.folded)
            or landmarks.AUTHORITY.match(block.folded)
        ):
            return False
        if landmarks.kind_of_line(block.words) or landmarks.RULE.match(block.words):
            return False
        return index > self.at and len(block.words) > 8

    def _enacts(self, index: int) -> bool:
        block = self.found[index]
        if landmarks.is_upper(block.words) and (
            landmarks.kind_of_line(block.words) or landmarks.DECIDES.match(block.folded)
        ):
            return True
        tail = block.words.rstrip(" *_")
        if landmarks.AUTHORITY.match(block.folded) and landmarks.ISSUES.match(block.folded):
            return True
        basis = landmarks.BASIS.match(block.folded) is not None
        if tail.endswith(":") and (landmarks.ENACTING.search(block.folded) or index == self.at or basis):
            return True
        return basis and index + 1 < len(self.found) and opening_label(self.found[index + 1]) is not None

    def _cites(self, index: int) -> bool:
        folded = self.found[index].folded
        upper = landmarks.is_upper(self.found[index].words) and landmarks.AUTHORITY.match(folded)
        return bool(landmarks.CITES.match(folded) or upper or landmarks.RULE.match(self.found[index].words))

    def _frames(self, index: int) -> bool:
        block = self.found[index]
        return (
            bool(landmarks.RULE.match(block.words))
            or (landmarks.is_upper(block.words) and not self._upper_heading(index))
            or (landmarks.DECIDES.match(block.folded) is not None)
        )

    def rest(self) -> None:
        """Body, foot and further roots."""
        zone = Zone.BODY
        ended = False
        while self.at < len(self.found):
            index = self.at
            block = self.found[index]
            if zone in (Zone.SIGNATURE, Zone.RECIPIENTS) and begins_paper(self.found, index):
                self._paper()
                return
            if self._opens_root(index) or self._follows_signature(zone, index):
                self._root()
                zone, ended = Zone.BODY, False
                continue
            if landmarks.FOOTNOTE.match(block.words):
                self._footnote()
                continue
            if landmarks.IMPRINT.match(block.folded):
                for _ in range(imprint_end(self.found, index) - index):
                    self.put(Zone.IMPRINT)
                continue
            zone = self._next(zone, block, ended)
            ended = (
                ended
                or (zone is Zone.BODY and landmarks.END_MARK.search(block.words) is not None)
                or zone is not Zone.BODY
            )
            self.put(zone)

    def _paper(self) -> None:
        """All the rest as a paper of its own, its first block marked."""
        first, *others = zones(self.found[self.at :])
        self.result.extend((replace(first, opens=True), *others))

    def _follows_signature(self, zone: Zone, index: int) -> bool:
        """Whether something issued with the paper begins behind its signature, called by another word than usual."""
        return (zone is Zone.SIGNATURE and self._attachable(index)) or (self.signed and self._heads_issue(index))

    def _next(self, zone: Zone, block: Block, ended: bool) -> Zone:
        folded = block.folded
        first_cell = any(landmarks.RECIPIENTS.match(fold(self._cell(block, i))) for i in range(len(block.cells)))
        if landmarks.RECIPIENTS.match(folded) or first_cell:
            return Zone.RECIPIENTS
        if self._signs(block, ended or zone is not Zone.BODY):
            return Zone.SIGNATURE
        if zone is Zone.BODY:
            return Zone.BODY
        if zone is Zone.SIGNATURE:
            return zone if signature_line(block) else Zone.RECIPIENTS if self._listed_on(block) else Zone.BODY
        if zone is Zone.RECIPIENTS:
            return zone if recipient_line(block) else Zone.BODY
        return zone

    def _listed_on(self, block: Block) -> bool:
        """Whether the recipients go on below a signature that a page cuts short of its name."""
        foot = [item for item in self.result[-30:] if item.zone in (Zone.SIGNATURE, Zone.RECIPIENTS)]
        signed = any(item.zone is Zone.SIGNATURE and named(item.block) for item in foot)
        listed = any(item.zone is Zone.RECIPIENTS for item in foot)
        return listed and not signed and block.folded.lstrip().startswith(("-", "–"))

    @staticmethod
    def _cell(block: Block, index: int) -> str:
        start, end = block.cells[index]
        return block.words[start - block.start : end - block.start]

    def _signs(self, block: Block, ended: bool) -> bool:
        words, folded = block.words.strip(" *_|"), block.folded
        if block.cells:
            cells = [self._cell(block, i) for i in range(len(block.cells))]
            marked = any(landmarks.SIGNING.match(fold(cell)) and landmarks.is_upper(cell[:12]) for cell in cells)
            posted = ended and any(landmarks.POST_LINE.match(fold(cell[:40])) for cell in cells)
            return (marked or posted) and len(block.words) < 900
        if (landmarks.CONSOLIDATED.match(folded) and landmarks.is_upper(words[:30])) or self._consolidates():
            return True
        if len(words) > 160 or not (landmarks.is_upper(words[:40]) or landmarks.is_upper(words)):
            return bool(ended and landmarks.SIGNED.match(folded))
        if landmarks.SIGNING.match(folded):
            return ended or not landmarks.FINAL.search(words)
        return landmarks.POST_LINE.match(folded) is not None and (ended or self._named_next())

    def _named_next(self) -> bool:
        """Whether a name or "(đã ký)" follows: a post that signs without an end mark before it."""
        following = self.found[self.at + 1 : self.at + 3]
        return any(named(block) for block in following)

    def _consolidates(self) -> bool:
        """Whether the foot of a consolidated text begins here: its office and number stand above "XÁC THỰC …"."""
        following = self.found[self.at + 1 : self.at + 3]
        return landmarks.is_upper(self.found[self.at].words) and any(
            landmarks.CONSOLIDATED.match(b.folded) for b in following
        )

    def _opens_root(self, index: int) -> Zone | None:
        block = self.found[index]
        words = block.words.strip(" *_#")
        if block.cells and len(block.cells) > 1:
            return None
        match = landmarks.APPENDIX.match(block.folded)
        if match and self._is_appendix(index, words, match.group("number") is not None):
            return Zone.APPENDIX
        if self._attachable(index) and (index or len(self.found) > 1) and self._issued_with(index):
            return Zone.ATTACHED
        return None

    def _heads_issue(self, index: int) -> bool:
        """Whether a title in capitals stands right above "(Kèm theo Quyết định số …)": a list, a procedure.

        Not in an annex nor in a form, whose tables and samples say so too.
        """
        if self.form or self.annex or not landmarks.ISSUED_TITLE.match(self.found[index].folded):
            return False
        above = self.found[index : index + 5]
        issued = next((i for i, b in enumerate(above) if landmarks.ISSUED_LINE.match(b.folded)), 0)
        return issued > 0 and all(landmarks.is_upper(b.words) and not b.cells for b in above[:issued])

    def _attachable(self, index: int) -> bool:
        words = self.found[index].words.strip(" *_#")
        return landmarks.is_upper(words) and fold(words).strip(" .:*") in landmarks.ATTACHABLE

    def _is_appendix(self, index: int, words: str, numbered: bool) -> bool:
        if (landmarks.FINAL.search(words) and not numbered) or len(words) > 200:
            return False
        if landmarks.is_upper(words.split("\n", maxsplit=1)[0][:40]):
            return True
        if not numbered:
            return len(words) < 12 and any(
                landmarks.ATTACHED_WITH.match(b.folded) for b in self.found[index + 1 : index + 3]
            )
        if len(words) > 60:
            return False
        following = self.found[index + 1 : index + 4]
        return any(landmarks.is_upper(b.words) or landmarks.ATTACHED_WITH.match(b.folded) for b in following)

    def _issued_with(self, index: int) -> bool:
        return any(landmarks.ATTACHED_WITH.match(block.folded) for block in self.found[index + 1 : index + 7])

    def _root(self) -> None:
        """The heading of a new root and, of an attached text, its bases."""
        zone = self._opens_root(self.at) or Zone.ATTACHED
        self.put(zone, opens=True)
        self.annex = zone is Zone.APPENDIX
        self._root_title(zone)
        while zone is Zone.ATTACHED and self.at < len(self.found) and landmarks.CITES.match(self.found[self.at].folded):
            self.put(Zone.PREAMBLE)

    def _root_title(self, zone: Zone) -> None:
        """What belongs to a root's heading: its title in capitals, its "(Kèm theo …)" line."""
        ahead = self.found[self.at : self.at + 8]
        issued = next((i for i, block in enumerate(ahead) if landmarks.ATTACHED_WITH.match(block.folded)), None)
        taken = 0
        while self.at < len(self.found) and taken < 8:
            block = self.found[self.at]
            if block.cells or self._opens_root(self.at):
                return
            inside = issued is not None and taken <= issued
            subject = zone is Zone.ATTACHED and issued is None and not taken and self._subject(block)
            if not inside and (
                opening_label(block)
                or not (subject or landmarks.is_upper(block.words) or landmarks.RULE.match(block.words))
            ):
                return
            if not inside and landmarks.FORM.match(block.folded):
                return
            self.put(zone)
            taken += 1

    @staticmethod
    def _subject(block: Block) -> bool:
        """Whether a block reads like the trích yếu below a type line."""
        text = block.words
        return len(text) < 250 and not landmarks.FINAL.search(text) and not landmarks.BASIS.match(block.folded)


def zones(found: list[Block]) -> list[Zoned]:
    """Each block of a paper with its zone, in order."""
    walk = _Walk(found)
    if found:
        walk.opening()
        walk.rest()
    return walk.result


def first_paper(zoned: Sequence[Zoned]) -> Sequence[Zoned]:
    """The zones of the file's first paper alone: its head and foot are those of the file."""
    return zoned[: next((at for at, item in enumerate(zoned) if item.binds), len(zoned))]
