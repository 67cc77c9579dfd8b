"""The nouns of finding: questions, plans, hits and answers. Frozen; no behaviour beyond small properties."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ingest.document import Metadata, Passage, Span
from ingest.legibility import LOW


class Tier(StrEnum):
    """How much of search is available: words alone, words and meaning, or both with a language model."""

    WORDS = "words"
    MEANING = "meaning"
    MODEL = "model"


class Verdict(StrEnum):
    """`answered` has at least one passage that answers; `related` has passages on the matter; `nothing` has none."""

    ANSWERED = "answered"
    RELATED = "related"
    NOTHING = "nothing"


class Validity(StrEnum):
    """What the base knows of a document's force (DOMAIN §3.3); `UNKNOWN` whenever no paper in the base says so.

    `IN_FORCE`, `IN_PERIOD`, `EXPIRED`, `PERIOD_OVER` and `NOT_YET` rest on the document's own words, and no other paper
    of the base has ended it. A period is the time in which a plan is carried out, which ends no rule.
    """

    UNKNOWN = "unknown"
    IN_FORCE = "in_force"
    IN_PERIOD = "in_period"
    EXPIRED = "expired"
    PERIOD_OVER = "period_over"
    AMENDED = "amended"
    PARTLY_EXPIRED = "partly_expired"
    REPLACED = "replaced"
    REPEALED = "repealed"
    NOT_YET = "not_yet"
    ISSUER_DISSOLVED = "issuer_dissolved"
    NOT_APPLICABLE = "not_applicable"


class Legibility(StrEnum):
    """How far the words of a document can be trusted, judged from its pages."""

    GOOD = "good"
    OCR = "ocr"  # some of it was recognised from images
    POOR = "poor"  # too many of its words are none
    PARTLY = "partly"  # some of its pages are images without words
    UNREAD = "unread"  # nothing in it can be found


@dataclass(frozen=True, slots=True)
class Change:
    """What another paper makes of a document from `since` on (None: no day is known), with its evidence."""

    validity: Validity
    by_document: str | None = None
    by_symbol: str | None = None
    by_locator: str | None = None
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Status:
    """A validity with its evidence: the id of the paper that says so and the passage locator there, if there is one.

    That paper may be the document itself. `since` is the first day of the validity, of a rule's force or of a plan's
    time; `until` the last day that the document gives itself; `coming` what another paper makes of it later.
    """

    validity: Validity = Validity.UNKNOWN
    by_document: str | None = None
    by_symbol: str | None = None
    by_locator: str | None = None
    since: date | None = None
    until: date | None = None
    coming: Change | None = None


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """A document as lists and cards need it, without its text."""

    id: str
    file: str
    format: str
    metadata: Metadata
    status: Status
    version: int  # 1 for the first file of this name
    current: bool  # False once a newer version of the same file came in
    passages: int  # searchable ones
    pages: int | None
    quality: float | None
    searchable: bool  # False: kept, but nothing readable in it (a scan without OCR)
    added: str  # ISO 8601, UTC
    warnings: tuple[str, ...] = ()
    waiting: int = 0  # pages that are images still to be recognised
    recognised: int = 0  # pages whose words were recognised from an image (OCR), here or by a scanner
    unread: int = 0  # pages that are images without words: nothing on them can be found

    @property
    def legibility(self) -> Legibility:
        """The gravest thing to say of its words."""
        if not self.searchable:
            return Legibility.UNREAD
        if self.unread:
            return Legibility.PARTLY
        if self.quality is not None and self.quality < LOW:
            return Legibility.POOR
        return Legibility.OCR if self.recognised else Legibility.GOOD


@dataclass(frozen=True, slots=True)
class PassageRecord:
    """A passage with the document it stands in.

    `id` is the permalink key: "<document id, 12 hex>-<locator with / as ->".
    """

    id: str
    number: int  # catalog row, dense key of the indexes
    document: DocumentRecord
    passage: Passage
    text: str


@dataclass(frozen=True, slots=True)
class Filters:
    """What a search is limited to. Empty means everything current. Every route obeys them."""

    kinds: tuple[str, ...] = ()  # type words, folded comparison: "Kế hoạch"
    issuers: tuple[str, ...] = ()  # part of the issuer's name or its abbreviation, folded comparison
    years: tuple[int, ...] = ()
    documents: tuple[str, ...] = ()  # ids
    as_of: date | None = None  # only documents dated on or before, with their status of that day
    roles: tuple[str, ...] = ()
    validity: tuple[str, ...] = ()
    legibility: tuple[str, ...] = ()

    @property
    def any(self) -> bool:
        """Whether anything is filtered."""
        return self != Filters()


@dataclass(frozen=True, slots=True)
class Expansion:
    """A concept the question was understood to name: shown as a chip, removable by its key."""

    key: str
    source: str  # the words in the question
    terms: tuple[str, ...]  # what is searched besides (Vietnamese)
    relation: str  # "same", "narrower", "broader", "translation", "abbreviation"
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Plan:
    """A question understood; printable (`kb search --explain`)."""

    question: str
    language: str  # "vi", "vi-plain" (typed without marks) or "en"
    words: str  # what is left to search once symbols, quotes and filter words are taken out
    restored: str | None = None  # the reading with marks, for a question typed without
    phrases: tuple[str, ...] = ()  # quoted: must stand in the passage
    missing: tuple[str, ...] = ()  # quoted, but in no passage word for word: their words are searched instead
    symbols: tuple[str, ...] = ()  # canonical document symbols named in the question
    filters: Filters = Filters()
    expansions: tuple[Expansion, ...] = ()
    wants_list: bool = False
    wants_tasks: bool = False
    wants_role: str | None = None  # "responsibility", "target", "deadline", … where the question says so
    subject: str | None = None  # "UBND xã" in "giao gì cho UBND xã"


@dataclass(frozen=True, slots=True)
class Citation:
    """How to cite a passage, in both languages; says only what the stored file says."""

    vi: str
    en: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A found passage that can explain itself."""

    rank: int
    score: float  # calibrated, 0..1
    record: PassageRecord
    marks: tuple[Span, ...]  # offsets into the document's text
    why: tuple[str, ...]  # "exact words: …", "concept: …", "meaning .71"
    citation: Citation
    also_in: tuple[str, ...] = ()  # passage ids of near copies in other documents, folded into this hit
    routes: tuple[tuple[str, float], ...] = ()  # raw contribution of each route, for --explain
    sentence: Span | None = None  # of an answer to a fact question: the sentence that answers, offsets like `marks`


@dataclass(frozen=True, slots=True)
class Searched:
    """What was looked through, and what of it could not be: `unsearchable` documents have no readable word, `unread`
    pages of the others are images without words, `poor` documents were read badly.
    """

    documents: int
    passages: int
    unsearchable: int
    unread: int = 0
    poor: int = 0


@dataclass(frozen=True, slots=True)
class Results:
    """What a search returns."""

    plan: Plan
    verdict: Verdict
    total: int  # passages above the floor, of which `hits` are the first k
    tier: Tier
    searched: Searched
    hits: tuple[Hit, ...]
    milliseconds: float = 0.0
    least: bool = False  # not every passage was looked at: there may be more than `total`


@dataclass(frozen=True, slots=True)
class Group:
    """The hits of one document, in document order."""

    document: DocumentRecord
    hits: tuple[Hit, ...]
    also: tuple[Hit, ...] = ()  # on the matter, but not what was asked for (results, targets, when tasks were asked)


@dataclass(frozen=True, slots=True)
class Answer:
    """Everything that matches, grouped by document."""

    plan: Plan
    verdict: Verdict
    tier: Tier
    searched: Searched
    groups: tuple[Group, ...]
    passages: int
    documents: int
    named: tuple[DocumentRecord, ...] = ()  # the papers of the base that the question names, by number or as a law


class OutcomeStatus(StrEnum):
    """What became of a file."""

    ADDED = "added"
    UNCHANGED = "unchanged"
    REPLACED = "replaced"
    FAILED = "failed"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file of a batch; starts as failed until proved otherwise."""

    path: str
    status: OutcomeStatus = OutcomeStatus.FAILED
    document: str | None = None
    passages: int = 0
    pages: int | None = None
    reason: str | None = None
    seconds: float = 0.0
    waiting: int = 0  # pages that are images still to be recognised
    code: str | None = None  # of `reason`, where the file itself was at fault: see `ingest.errors`
