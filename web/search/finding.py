"""A search as the page shows it: what was understood, what was found, and the ways on from there."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.vietnamese import fold
from kb.answer import beside, named
from kb.citation.citing import mentioning
from kb.finding.ranking import understanding
from kb.library import Library
from kb.model import DocumentRecord, Expansion, Group, Hit, Plan, Searched, Validity, Verdict
from kb.question.slips import mended
from kb.terms import Field
from web import links
from web.language import Words
from web.record import MOST_NAMED, Tie, Ties, cited_by, mentioned_in, ties
from web.search.facets import Facet, facets
from web.search.looking import Looked, by_document, ranked, wants_list
from web.search.state import PAGE, VIEWS, State
from web.views import Card, Heading, Link, card, heading

_AT_ONCE = 5  # passages of one document that an answer shows before it folds the others
_READ = 3  # passages of a ranking that a searcher takes for its answer
_FOLDED = 3  # the fewest that are worth folding
_NUMBER = re.compile(r"\S*\d\S*")
# A question after papers by what became of them.
_AFTER_STATUS = re.compile(
    r"\b(?:(?:van ban|quyet dinh|nghi quyet|ke hoach|tai lieu) (?:nao|gi)\b.*"
    r"\b(?:hieu luc|bi thay the|bi bai bo|duoc thay the|duoc sua doi|bi sua doi)"
    r"|which (?:documents|papers|plans|decisions|resolutions)\b.*\b(?:in force|expired|replaced|repealed|amended))\b"
)
# Its words → the statuses that they mean, the first that matches; else every one that says something.
_STATED = (
    (re.compile(r"chua co hieu luc|not yet"), (Validity.NOT_YET,)),
    (
        re.compile(r"\b(?:con|dang co) hieu luc|(?<!longer )\bin (?:force|effect)"),
        (Validity.IN_FORCE, Validity.IN_PERIOD, Validity.AMENDED, Validity.PARTLY_EXPIRED),
    ),
    (
        re.compile(r"het hieu luc|expired|no longer"),
        (Validity.EXPIRED, Validity.REPLACED, Validity.REPEALED, Validity.PARTLY_EXPIRED, Validity.PERIOD_OVER),
    ),
    (
        re.compile(""),
        (
            Validity.REPLACED, Validity.REPEALED, Validity.EXPIRED, Validity.PERIOD_OVER, Validity.PARTLY_EXPIRED,
            Validity.AMENDED, Validity.NOT_YET, Validity.ISSUER_DISSOLVED,
        ),
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Chip:
    """One thing the question was understood to say; `url` takes it off, or brings it back."""

    kind: str
    words: str
    detail: str
    url: str | None
    back: str = ""  # of one that is off: what taking it away does


@dataclass(frozen=True, slots=True)
class GroupView:
    """A document of the answer: what was asked for, and apart what is only on the matter."""

    anchor: str
    document: Heading
    cards: tuple[Card, ...]
    folded: tuple[Card, ...]  # of `cards`, those beyond the first few
    also: tuple[Card, ...]  # empty while folded: half of a long answer, and few look at it
    left: Link | None  # unfolds `also`
    note: str  # who issued it, where another document of the answer has the same name


@dataclass(frozen=True, slots=True)
class Named:
    """A document that the question names, with the papers it is tied to."""

    document: Heading
    ties: tuple[Ties, ...]
    cited_by: tuple[Ties, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What a search shows."""

    verdict: Verdict
    named: tuple[Named, ...]  # the documents that the question names
    headline: str
    leads: tuple[Link, ...]  # lists of papers by status, for a question after those
    near: str  # how many passages come near, where none answers
    unknown: str  # the numbers the question may mean that no document of the base bears, in a sentence
    searched: str
    tier: str
    mentioned: tuple[Tie, ...]  # the papers that mention those numbers all the same
    view: str
    chips: tuple[Chip, ...]
    meant: Link | None  # how a question typed without marks was read
    slip: Link | None  # the question without its slips of the fingers
    cards: tuple[Card, ...]
    groups: tuple[GroupView, ...]
    apart: tuple[GroupView, ...]  # documents that only speak of the matter
    facets: tuple[Facet, ...]
    limits: tuple[Chip, ...]  # the filters in use: where the filters stand aside, they are said with the hits
    counted: str  # how many passages the counts of the filters rest on, where it is not all of them
    showing: str
    more: Link | None
    views: tuple[Link, ...]
    then: str = ""  # the day as of which is searched, where it is another one than today
    missing: str = ""  # that quoted words stand nowhere as they were quoted
    instead: str = ""  # that something else than what was typed was searched


def find(base: Library, state: State, t: Words) -> Found:
    """Searches as the address asks. Where a slip of the fingers finds nothing, what was meant is searched, and said."""
    found = _found(base, state, t)
    if found.verdict is not Verdict.NOTHING or found.named or not found.slip:
        return found
    better = found.slip.words
    meant = _found(base, replace(state, q=better), t)
    if meant.verdict is Verdict.NOTHING:
        return found
    return replace(meant, instead=t("found.instead", typed=state.q, question=better))


def _found(base: Library, state: State, t: Words) -> Found:
    """A list question is answered whole unless the address wants the ranking."""
    view = state.view or ("answer" if wants_list(state) else "passages")
    look = by_document if view == "answer" else ranked
    looked = look(base, state)
    records = named(base, looked.plan)
    numbered = any(record.metadata.symbol in looked.plan.symbols for record in records)
    lacking = _lacking(base, looked.plan, records) if numbered else looked.plan.symbols
    verdict = looked.verdict
    # Of a ranking the first few are what a searcher takes for the answer.
    if verdict is Verdict.ANSWERED and beside(
        base, looked.plan, records, looked.hits if looked.groups else looked.hits[:_READ]
    ):
        verdict = Verdict.RELATED
    groups = _groups(base, looked.groups, state, t)
    if looked.verdict is Verdict.NOTHING and not state.filtered:
        shown: tuple[Facet, ...] = ()
    else:
        shown = facets(state, looked.hits, lambda others: look(base, state, others).hits, state.filters(base), t)
    slip = _slip(base, looked.plan, state)
    cards = _cards(base, looked.hits[: state.k], state, t) if view == "passages" else ()
    seen = sum(1 + len(hit.also_in) for hit in looked.hits[: state.k])
    left = len(looked.hits) - state.k if view == "passages" else 0
    onward = Link(t("found.more", n=min(PAGE, left)), state.url(k=state.k + PAGE, open=""))
    return Found(
        verdict=verdict,
        named=tuple(_named(base, record, t) for record in records),
        unknown=_unknown(lacking, t) if lacking else "",
        headline=_headline(looked, verdict, named=bool(records), filtered=state.filtered, t=t),
        mentioned=mentioned_in(base, lacking, t) if lacking else (),
        leads=_leads(base, looked.plan, t),
        near=t.count("found.near", looked.total) if verdict is Verdict.RELATED and not looked.plan.missing else "",
        searched=_searched(looked.searched, t),
        tier=t(f"tier.{base.tier}"),
        view=view,
        chips=_chips(base, looked.plan, state, t, numbers=numbered),
        meant=None if slip else _meant(looked.plan, state),
        slip=slip,
        cards=cards,
        groups=tuple(group for group in groups if group.cards),
        apart=tuple(group for group in groups if not group.cards),
        facets=shown,
        limits=tuple(Chip(f.title, o.words, "", o.url) for f in shown for o in f.options if o.chosen),
        counted=t("facets.counted", n=len(looked.hits)) if shown and looked.more else "",
        then=t("found.then", day=t.date(looked.plan.filters.as_of)) if looked.plan.filters.as_of else "",
        missing=_missing(looked.plan, verdict, t),
        showing=t(
            "found.showing.least" if looked.least or looked.more else "found.showing", shown=seen, total=looked.total
        )
        if left > 0
        else "",
        more=onward if left > 0 else None,
        views=tuple(Link(t(f"view.{each}"), state.url(view=each, open="", k=PAGE)) for each in VIEWS),
    )


def _named(base: Library, record: DocumentRecord, t: Words) -> Named:
    return Named(heading(record, t), ties(base, record, t), cited_by(base, record, t, MOST_NAMED))


def _headline(looked: Looked, verdict: Verdict, *, named: bool, filtered: bool, t: Words) -> str:
    """What was found, in a sentence that claims no more than the verdict does."""
    if verdict is Verdict.NOTHING:
        return t("found.named" if named else "found.nothing.filtered" if filtered else "found.nothing")
    if verdict is Verdict.RELATED:
        return t("found.nothing")
    if named and not looked.plan.words:
        return t("found.named")  # and below it what stands in it
    if not looked.groups:
        return _total(looked, t)
    main = sum(len(group.hits) for group in looked.groups)
    also = sum(len(group.also) for group in looked.groups)
    count = t.count("found.tasks", main) if looked.plan.wants_tasks else _total(looked, t, less=also)
    documents = sum(bool(group.hits) for group in looked.groups)
    words = f"{count} {t('found.in', documents=t.count('documents', documents))}"
    return f"{words}, {t.count('found.also', also)}" if also else words


def _total(looked: Looked, t: Words, *, less: int = 0) -> str:
    return t.count("found.least" if looked.least or looked.more else "found.passages", looked.total - less)


def _leads(base: Library, plan: Plan, t: Words) -> tuple[Link, ...]:
    """For "văn bản nào đã bị thay thế": the lists of the papers of the statuses that are asked after."""
    asked = fold(plan.question)
    if plan.symbols or not _AFTER_STATUS.search(asked):
        return ()
    stated = next(statuses for words, statuses in _STATED if words.search(asked))
    counts = Counter(record.status.validity for record in base.documents())  # today's, as the lists show them
    return tuple(
        Link(f"{t(f'status.{each}')}: {t.number(counts[each])}", links.address("/documents", [("status", each)]))
        for each in stated
        if counts[each]
    )


def _searched(searched: Searched, t: Words) -> str:
    parts = [
        t(
            "found.searched",
            documents=t.count("documents", searched.documents),
            passages=t.count("passages", searched.passages),
        )
    ]
    if searched.unsearchable:
        parts.append(t("found.unsearchable", documents=t.count("documents", searched.unsearchable)))
    if searched.unread:
        parts.append(t.count("found.unread", searched.unread))
    if searched.poor:
        parts.append(t.count("found.poor", searched.poor))
    return "; ".join(parts)


def _cards(base: Library, hits: tuple[Hit, ...], state: State, t: Words) -> tuple[Card, ...]:
    lines: dict[str, Heading] = {}
    for hit in hits:
        document = hit.record.document
        if document.id not in lines:
            lines[document.id] = heading(document, t, asked=state.asked())
    return tuple(
        card(
            hit,
            lines[hit.record.document.id],
            t,
            asked=state.asked(),
            selected=state.open,
            others=tuple(base.passage(other) for other in hit.also_in),
        )
        for hit in hits
    )


def _groups(base: Library, found: Sequence[Group], state: State, t: Words) -> tuple[GroupView, ...]:
    headings = [heading(group.document, t, asked=state.asked()) for group in found]
    borne = Counter(each.name for each in headings)
    return tuple(
        _group(base, group, line, state, t, note=line.facts if borne[line.name] > 1 else "")
        for group, line in zip(found, headings, strict=True)
    )


def _group(base: Library, group: Group, line: Heading, state: State, t: Words, *, note: str) -> GroupView:
    document, anchor = links.short(group.document.id), f"in-{links.short(group.document.id)}"
    cards = _cards(base, group.hits, state, t)
    shown = _AT_ONCE if len(cards) >= _AT_ONCE + _FOLDED else len(cards)
    unfolded = document in state.also or any(hit.record.id == state.open for hit in group.also)
    also = _cards(base, group.also, state, t) if unfolded else ()
    url = f"{state.url(also=(*state.also, document))}#{anchor}"
    left = Link(t.count("answer.also", len(group.also)), url) if group.also and not unfolded else None
    return GroupView(anchor, line, cards[:shown], cards[shown:], also, left, note)


def _lacking(base: Library, plan: Plan, records: Sequence[DocumentRecord]) -> tuple[str, ...]:
    """Of "nghị quyết 36", where the base has a resolution of that number: the others that its papers speak of."""
    borne = {record.metadata.symbol for record in records}
    return tuple(symbol for symbol in plan.symbols if symbol not in borne and mentioning(base, (symbol,)))


def _unknown(symbols: tuple[str, ...], t: Words) -> str:
    """That the base lacks the paper; "plan 63" may be the number of many bodies."""
    number = re.split(r"[-/]", symbols[0])[0]
    if len(symbols) > 1 and all(re.split(r"[-/]", each)[0] == number for each in symbols):
        return t("found.unknown.number", number=number, symbols=", ".join(symbols))
    return t("found.unknown", symbols=", ".join(symbols))


def _missing(plan: Plan, verdict: Verdict, t: Words) -> str:
    if not plan.missing:
        return ""
    quoted = ", ".join(f"“{phrase}”" for phrase in plan.missing)
    return t("found.unquoted.nothing" if verdict is Verdict.NOTHING else "found.unquoted", phrases=quoted)


def _meant(plan: Plan, state: State) -> Link | None:
    """The reading with marks of a question typed without; numbers of documents stay as they were typed."""
    meant = plan.restored or ""
    for number in _NUMBER.finditer(state.q) if len(meant) == len(state.q) else ():
        meant = meant[: number.start()] + number.group() + meant[number.end() :]
    if not meant or meant.lower() == state.q.lower() or not plan.words:  # of a number alone there is nothing to mean
        return None
    return Link(meant, state.url(q=meant, k=PAGE, open=""))


def _slip(base: Library, plan: Plan, state: State) -> Link | None:
    def frequency(word: str) -> int:
        return base.frequency(Field.FOLDED_PAIRS if "_" in word else Field.FOLDED, word)

    better = mended(plan.question, frequency)
    return Link(better, state.url(q=better, k=PAGE, open="")) if better else None


def _expansion(expansion: Expansion, state: State, t: Words, before: str) -> Chip:
    """The chip of a concept; the words it rests on are not said again where the chip before has said them."""
    url = state.url(without=(*state.without, expansion.key), open="", k=PAGE)
    key = f"relation.{expansion.relation}"
    return Chip(
        t(key if t.has(key) else "relation.other"),
        "" if expansion.source == before or fold(expansion.source) == fold(expansion.terms[0]) else expansion.source,
        _terms(expansion, t),
        url,
    )


def _terms(expansion: Expansion, t: Words) -> str:
    """What a chip says of a concept: its Vietnamese terms, or what a limit by status lets through."""
    return t(f"asked.{expansion.key}") if t.has(f"asked.{expansion.key}") else ", ".join(expansion.terms)


def _chips(base: Library, plan: Plan, state: State, t: Words, *, numbers: bool) -> tuple[Chip, ...]:
    """`numbers`: whether the base has what the question's numbers name; else a sentence says that it has not."""
    # "Plan 63" may be the number of many bodies: one chip says so.
    found = plan.symbols if numbers else ()
    chips = [Chip(t("chip.symbol"), ", ".join(found), "", None)] if found else []
    chips += [Chip(t("chip.phrase"), f"“{phrase}”", "", None) for phrase in plan.phrases]
    # What stands between quotation marks is taken word for word: it is not widened.
    quoted = fold(" ".join(plan.phrases))
    widened = [each for each in plan.expansions if not quoted or fold(each.source) not in quoted]
    before = ("", *(each.source for each in widened))
    chips += [_expansion(each, state, t, last) for each, last in zip(widened, before, strict=False)]
    chips += [_off(base, key, plan, state, t) for key in state.without]
    return tuple(chips)


def _off(base: Library, key: str, plan: Plan, state: State, t: Words) -> Chip:
    """The chip of a concept that was switched off; taking it away brings the concept back."""
    whole = {each.key: each for each in understanding(base, plan.restored or plan.question).plan.expansions}
    relation, _, words = key.partition(":")
    name, terms = f"relation.{relation}", words.replace("-", " ")
    if key in whole:
        name, terms = f"relation.{whole[key].relation}", _terms(whole[key], t)
    kind = t("chip.off", relation=t(name if t.has(name) else "relation.other"))
    back = state.url(without=tuple(each for each in state.without if each != key), open="", k=PAGE)
    return Chip(kind, "", terms, back, t("chip.back", words=terms))
