"""References to other documents with the verb that governs each, and the short names a paper defines (DOMAIN §3.2).

A phrase governs the whole list after it. A relation may start from the paper itself (`of` is None) or from a document
cited before it: "Nghị định B … quy định chi tiết A" gives A the verb `details`, of B.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ingest.aliases import aliases, kind_of
from ingest.dates import find_dates
from ingest.document import Alias, Metadata, Passage, Reference
from ingest.mentions import Finder, Mention
from ingest.structure import landmarks
from ingest.structure.zones import Zone, Zoned
from ingest.verbs import VERBS
from ingest.vietnamese import fold

# "Tham mưu sửa đổi Kế hoạch 86", "xây dựng Nghị định thay thế …": who is told to prepare a change makes none.
_PREPARED = re.compile(
    r"\b(?:tham muu|nghien cuu|de xuat|kien nghi|ra soat|du thao|(?<!chuong )(?<!quy )(?<!cong )(?<!to )trinh"
    r"|xay dung(?= (?:du |luat|phap lenh|nghi |quyet |thong |ke |quy |chi )))\b(?:[ ,]+\w+){0,10}[ ,]*$"
)
_CUT = re.compile(r";|(?<!\bno)\.\s")  # not after the "No." of an English number
_LISTING = re.compile(r"^[\s,;]*(?:va|hoac|cung|,|;|\w)?[\s,]*(?:cac |tai |cua |so )*\s*$")
_OWN_ACT = re.compile(r"\b(?:va|dong thoi)[ ,]*$")  # "thực hiện Nghị quyết B và thay thế Kế hoạch A"
# "Bãi bỏ các quy định về kỷ luật tại Nghị định A": the rest of A stays in force.
_PARTS = re.compile(r"^ ((?:mot so|cac) (?:dieu|khoan|noi dung|quy dinh|phu luc|bieu mau)|noi dung|so thu tu)\b[^:]*$")
_CLOSES_LIST = re.compile(r"(?:^|[,\s])va\s*(?:cac |tai )?$")
_AFTER_REPEALED = re.compile(r"^[^.;]{0,260}?(?:het hieu luc|bi bai bo|duoc bai bo)\b")
_AFTER_CONTINUED = re.compile(r"^[^.;]{0,120}?tiep tuc (?:thuc hien|co hieu luc|duoc thuc hien|ap dung)\b")
# A letter of an issuer's name; what the paper does is no part of the name.
_NAME = r"(?:(?!\b(?:huong dan|sua doi|bo sung|thay the|bai bo|quy dinh chi tiet|thuc hien|thi hanh)\b)[a-z ,])"
_AFTER_DATE = re.compile(r"^,?\s*(?:ngay\s+)?(?=\d)")
_YEAR = re.compile(r"^\s*nam\s+((?:19|20)\d\d)\b")
_PROGRAMME = re.compile(
    r"^\s*(?:cua )?(?:chuong trinh|quy dinh|quy che|de an|ke hoach|dieu le)\b[^;]{0,400}?kem theo\s*$"
)
_EXPECTED = re.compile(
    r"\b(?:xay dung|ban hanh)(?:,? (?:va )?(?:ban hanh|trien khai))? (?P<paper>ke hoach|quy che|quy dinh|huong "
    r"dan|de an|phuong an|chuong trinh)"
    r"(?: (?:chi tiet|cu the|hanh dong|rieng))?(?: (?:cua|tai) [^,;.]{3,40}?)?,? (?:de )?(?:to chuc )?(?:trien "
    r"khai )?(?:thuc hien|thi hanh)\b"
)
_SENTENCE = re.compile(r"[.!?]\s+(?=[^\W\d_a-z])|\n\n")


_CHANGES = ("amends", "repeals", "replaces")
_ACTS = (*_CHANGES, "details")


@dataclass(frozen=True, slots=True)
class Clause:
    """What an amending clause above says: its verb and the document it speaks of."""

    verb: str
    symbol: str | None
    kind: str | None


@dataclass(slots=True)
class _Last:
    """The reference before, for lists and for what a phrase after it attaches to."""

    end: int
    reference: Reference
    main: str | None  # the document that an attached phrase speaks of


class _Paper:
    """Collects the references of one paper, paragraph by paragraph."""

    def __init__(self, text: str, own: str | None, quoted: frozenset[int]) -> None:
        self.text = text
        self.own = own
        self.found: list[Reference] = []
        self.clause: Clause | None = None
        self.lead: str | None = None
        self.quoting = False
        self.quoted = quoted  # where quoted paragraphs begin
        self.short: dict[str, tuple[str | None, str | None]] = {}

    def paragraph(self, start: int, end: int, zone: Zone) -> None:
        """The references of one paragraph."""
        words = self.text[start:end]
        folded = fold(words).replace("\n", " ").replace("\u00a0", " ")
        mentions = self._mentions(start, end, zone)
        basis = zone is Zone.PREAMBLE and landmarks.CITES.match(folded) is not None
        quoted = start in self.quoted
        self.quoting = quoted
        mine = len(self.found)
        last: _Last | None = None
        first: Reference | None = None
        for mention in mentions:
            reference = self._reference(mention, folded, start, zone, basis, last)
            reference = replace(reference, quoted=quoted)
            self.found.append(reference)
            if first is None or (reference.verb in _ACTS and reference.of is None and first.verb not in _ACTS):
                first = reference
            if reference.verb != "self":
                main = last.main if last and reference.of else reference.symbol or self._name(mention)
                last = _Last(mention.end, reference, main)
        self._implied(mine)
        if zone is Zone.BODY:
            self.found.extend(self._expected(start, folded, mine))
        if not quoted:
            self._keep_clause(folded, first)

    def _expected(self, start: int, folded: str, mine: int) -> Iterator[Reference]:
        """A paper still to be issued ("xây dựng kế hoạch thực hiện Nghị quyết 36"): in lower case, no citation."""
        for match in _EXPECTED.finditer(folded):
            at, end = start + match.start("paper"), start + match.end("paper")
            taken = any(at < other.end and other.start < end for other in self.found[mine:])
            if not taken and self.text[at].islower():
                kind = next(kind for kind in landmarks.KINDS if fold(kind) == match.group("paper"))
                yield Reference(at, end, None, kind, None, "expected")

    def _implied(self, mine: int) -> None:
        """In "khoản 2 Điều 43; khoản 4 Điều 47 Nghị định số 77" both provisions are of that document."""
        for index in range(len(self.found) - 2, mine - 1, -1):
            this, after = self.found[index], self.found[index + 1]
            between = fold(self.text[this.end : after.start])
            bare = this.verb == "self" and this.kind is None and this.provision and "này" not in this.provision
            if bare and after.symbol and _PROGRAMME.match(between):
                self.found[index] = replace(this, verb="refers", symbol=after.symbol, kind=after.kind, implied=True)
            elif bare and after.provision and after.verb != "self" and re.fullmatch(r"[\s;,]*(?:va)?\s*", between):
                self.found[index] = replace(
                    this, verb=after.verb, symbol=after.symbol, kind=after.kind, of=after.of, implied=True
                )

    def _keep_clause(self, folded: str, first: Reference | None) -> None:
        ends = folded.rstrip().endswith(":")
        match = next(iter(VERBS.finditer(folded[:160])), None)
        verb = match.lastgroup if match else None
        if (
            first
            and first.verb in _ACTS
            and first.of is None
            and (first.symbol or first.kind in ("Luật", "Bộ luật"))
            and not first.implied
        ):
            self.clause = Clause(first.verb, first.symbol, first.kind)
        self.lead = verb if ends and verb in (*_ACTS, "continues") else None if ends else self.lead
        if re.match(r"\W*dieu \d+[.:]", folded) and not ends and verb not in _CHANGES:
            self.lead = None

    # -- mentions -----------------------------------------------------------------------------------------------------

    def _mentions(self, start: int, end: int, zone: Zone) -> list[Mention]:
        found = Finder(self.text, start, end).find()
        if self.short:
            found = self._with_short(found, start, end)
        own = [
            m
            for m in found
            if m.symbol is not None and self.own and m.symbol == self.own and zone in (Zone.HEAD, Zone.SUMMARY)
        ]
        return [m for m in found if m not in own]

    def _with_short(self, found: list[Mention], start: int, end: int) -> list[Mention]:
        """Short names that the paper defined, with the provisions before them."""
        names = sorted(self.short, key=len, reverse=True)
        pattern = re.compile("|".join(rf"(?<!\w){re.escape(name)}(?![\w/-])" for name in names))
        extra: list[Mention] = []
        for match in pattern.finditer(self.text, start, end):
            symbol, kind = self.short[match.group(0)]
            if any(match.start() < m.end and m.core < match.end() and not m.alone for m in found):
                continue
            extra.append(Mention(match.start(), match.end(), match.start(), symbol, kind))
        for mention in extra:
            before = Finder(self.text, start, end).attach(mention, start)
            found = [m for m in found if not (m.alone and m.start < before.end and before.start < m.end)]
            found.append(before)
        return sorted(found, key=lambda m: m.start)

    @staticmethod
    def _name(mention: Mention) -> str | None:
        return mention.symbol or mention.kind

    # -- verbs --------------------------------------------------------------------------------------------------------

    def _reference(
        self, mention: Mention, folded: str, start: int, zone: Zone, basis: bool, last: _Last | None
    ) -> Reference:
        made = Reference(
            mention.start, mention.end, mention.symbol, mention.kind, mention.provision, "refers", self._date(mention)
        )
        if mention.own or (mention.symbol is not None and mention.symbol == self.own and zone is Zone.BODY):
            return replace(made, verb="self")
        if mention.alone:
            return self._alone(made, mention, folded, start, zone, last)
        here = mention.start - start
        since = (last.end - start) if last else 0
        between = folded[since:here]
        if last and _LISTING.match(_without_date(between)):
            return self._listed(made, last.reference)
        return self._governed(made, folded, here, since, between, zone, basis, last)

    def _governed(
        self,
        made: Reference,
        folded: str,
        here: int,
        since: int,
        between: str,
        zone: Zone,
        basis: bool,
        last: _Last | None,
    ) -> Reference:
        """The verb from the phrase before the mention, from what follows it, or from the paragraph's kind."""
        after = folded[made.end - made.start + here :]
        cut = [m.end() for m in _CUT.finditer(between)]
        fresh = between[cut[-1] :] if cut else between
        attached = last is not None and not cut
        phrases = list(VERBS.finditer(fresh))
        telling = [phrase for phrase in phrases if phrase.lastgroup != "refers"]
        if attached and last and _CLOSES_LIST.search(fresh) and last.reference.kind == made.kind and not telling:
            return self._listed(made, last.reference)
        passive = phrases and (phrases[-1].lastgroup or "").startswith("passive_")
        if phrases and (attached or passive or not basis):
            verb = phrases[-1].lastgroup or "refers"
            if verb == "guides" and any(phrase.lastgroup == "details" for phrase in phrases):
                verb = "details"
            if verb.startswith("passive_"):
                return replace(made, verb=verb.removeprefix("passive_"), of=last.main if last else None, reverse=True)
            return self._acting(made, verb, folded[:here], fresh, phrases, zone, last if attached else None)
        if last and cut and zone is Zone.PREAMBLE and re.match(r"\W*(?:de )?(?:thuc hien|trien khai|thi hanh)", folded):
            return replace(made, verb="implements")
        if basis:
            return replace(made, verb="refers" if attached and last and not _and(fresh) else "basis")
        if _AFTER_REPEALED.match(after) and zone is Zone.BODY and not re.search(r"\bnay\b", after[:40]):
            return replace(made, verb="repeals")
        if _AFTER_CONTINUED.match(after):
            return replace(made, verb="continues")
        if self.lead and since == 0 and here < 12:
            return replace(made, verb=self.lead)
        return made

    def _acting(
        self,
        made: Reference,
        verb: str,
        before: str,
        fresh: str,
        phrases: Sequence[re.Match[str]],
        zone: Zone,
        last: _Last | None,
    ) -> Reference:
        """What an active phrase says, of this paper or of the document before it (`last`)."""
        head, tail = fresh[: phrases[-1].start()], fresh[phrases[-1].end() :]
        if last and verb != "refers":
            outer = self._outer(verb, fresh, phrases)
            if verb == "attached" and outer == verb and last.reference.verb in _ACTS:
                outer = last.reference.verb
            shared = outer != verb and outer == last.reference.verb
            own = zone is Zone.BODY and last.reference.of is None and _OWN_ACT.search(head)
            return replace(made, verb=outer, of=None if own else last.reference.of if shared else last.main)
        if zone is Zone.BODY and verb in _CHANGES and _PREPARED.search(head):
            return replace(made, verb="refers")
        outer = self._outer(verb, fresh, list(VERBS.finditer(before)))
        parts = _PARTS.match(tail) if outer in ("repeals", "replaces") and made.provision is None else None
        at = made.start - len(tail)
        provision = self.text[at + parts.start(1) : at + parts.end(1)] if parts else made.provision
        return replace(made, verb=outer, provision=provision)

    @staticmethod
    def _listed(made: Reference, before: Reference) -> Reference:
        """`made` as one more in a list: what is done to parts of the first is done to parts of each."""
        parts = before.provision if _PARTS.match(f" {fold(before.provision or '')}") else None
        provision = made.provision or parts
        return replace(made, verb=before.verb, of=before.of, reverse=before.reverse, provision=provision)

    @staticmethod
    def _outer(verb: str, fresh: str, phrases: Sequence[re.Match[str]]) -> str:
        """ "Sửa đổi … Quy định ban hành kèm theo X" amends; "Ban hành kèm theo" alone attaches."""
        if verb == "attached":
            for phrase in reversed(phrases[:-1]):
                if phrase.lastgroup in _CHANGES:
                    return phrase.lastgroup
            if re.search(r"\b(?:quy dinh|theo|mau|phu luc)\b", fresh) and not re.match(
                r"^\W*\(?(?:ban hanh )?kem theo", fresh
            ):
                return "refers" if re.search(r"theo quy dinh|quy dinh tai", fresh) else "attached"
        return verb

    def _alone(
        self, made: Reference, mention: Mention, folded: str, start: int, zone: Zone, last: _Last | None
    ) -> Reference:
        """A provision without a document: implied in an amending clause, else one of this paper's own."""
        here = mention.start - start
        head = folded[:here]
        acting = [m.lastgroup for m in VERBS.finditer(head) if m.lastgroup in _CHANGES]
        if self.clause and (acting or self.lead in ("amends", "repeals")) and not self.quoting:
            verb = acting[-1] if acting else self.lead or self.clause.verb
            return replace(made, verb=verb or "amends", symbol=self.clause.symbol, kind=self.clause.kind, implied=True)
        return replace(made, verb="self")

    def _date(self, mention: Mention) -> date | None:
        tail = self.text[mention.end : mention.end + 60]
        match = _AFTER_DATE.match(fold(tail))
        dated = find_dates(tail)
        if (
            dated
            and (dated[0].start <= 8)
            and (match or fold(tail[: dated[0].start + 5]).strip(" ,").startswith("ngay"))
        ):
            return dated[0].date
        return None


def _and(fresh: str) -> bool:
    return bool(re.search(r"(?:^|,|;)\W*(?:va|cung)?\W*$", fresh))


def _without_date(between: str) -> str:
    """The words between two mentions without the date and issuer of the first."""
    cut = re.sub(r"^,?\s*ngay\s+[\d/.-]+(?:\s+thang\s+\d+\s+nam\s+\d{4})?", "", between)
    cut = re.sub(r"^\s*nam\s+\d{4}", "", cut)
    return re.sub(
        rf"^\s*cua\s+(?:quoc hoi|chinh phu|thu tuong chinh phu|bo chinh tri|(?:bo truong )?bo {_NAME}{{2,40}}?|uy "
        rf"ban {_NAME}{{2,40}}?|hoi dong nhan dan {_NAME}{{2,30}}?|ban {_NAME}{{2,40}}?)(?=\s*(?:,|;|va\b|$))",
        "",
        cut,
    )


def references(
    text: str, zoned: Sequence[Zoned], passages: Sequence[Passage], metadata: Metadata
) -> tuple[tuple[Reference, ...], tuple[Alias, ...]]:
    """The references of a paper in order, and its short names; a short name is followed to its number once defined."""
    paper = _Paper(text, metadata.symbol, frozenset(p.start for p in passages if "quoted" in p.flags))
    known: list[Alias] = []
    for item in zoned:
        block = item.block
        if item.zone is Zone.RECIPIENTS:
            paper.lead = paper.clause = None  # "Như khoản 4 Điều 6" is this paper's own, whatever the last list did
        if item.zone in (Zone.TITLE, Zone.SIGNATURE):
            continue
        spans = block.cells if block.cells and item.zone is not Zone.HEAD else ((block.start, block.end),)
        for start, end in spans:
            paper.paragraph(start, end, item.zone)
        if "(" in block.words and re.search(r"(?:goi|viet)\s", block.folded):
            for alias in aliases(text, block.start, block.end, paper.found):
                known.append(alias)
                if alias.symbol:
                    paper.short[alias.short] = (alias.symbol, kind_of(alias.short))
    return tuple(paper.found), tuple(known)
