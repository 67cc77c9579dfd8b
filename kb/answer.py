"""Answers: everything in the base that answers, grouped by document, or an honest "nothing".

Exhaustively: every passage above the listing floor (kb/finding/listing.py), not a top ten; what may be worth a look
beside them stands apart in `also`, as do, when tasks were asked for, passages on the matter that are none (targets,
results, rules).
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from ingest.document import Metadata
from ingest.vietnamese import fold
from kb.cite import law_name
from kb.finding.highlight import sentence
from kb.finding.listing import TASKS, belonging
from kb.finding.ranking import Candidate, Ranking, rank
from kb.finding.verdict import verdict
from kb.library import Library
from kb.model import Answer, DocumentRecord, Filters, Group, Hit, Plan, Verdict
from kb.query import EVERYTHING
from kb.search import as_hit
from kb.store.status import symbol_key

DEPTH = 400  # candidates looked at for an exhaustive answer
_APART = 30  # passages that stand apart, at most
_WORD = re.compile(r"\w+")
_PAPERS = (
    "nghị quyết|nghị định|quyết định|chỉ thị|kết luận|kế hoạch|thông tư|thông báo|hướng dẫn|chương trình|đề án|"
    "báo cáo|tờ trình|công văn|quy chế|quy định|luật|pháp lệnh"
)
# Looking through the laws costs something in a base of many papers: only for a question that says the word.
_LAW = re.compile(r" (?:luat|phap lenh|hien phap) ")
_IS_LAW = (
    "current AND json_extract(card, '$.metadata.kind') IN"
    " ('Luật', 'LUẬT', 'Bộ luật', 'Bộ Luật', 'BỘ LUẬT', 'Pháp lệnh', 'PHÁP LỆNH', 'Hiến pháp', 'HIẾN PHÁP')"
)
_ASIDE = ("refers", "self", "expected")  # what a paper says of another without having to do with it


def answer(
    library: Library, question: str, *, filters: Filters = EVERYTHING, without: frozenset[str] = frozenset()
) -> Answer:
    """Every passage that answers, in document order within its document, the best document first."""
    ranking = rank(library, question, filters=filters, without=without, depth=DEPTH)
    plan = ranking.understood.plan
    found = verdict(ranking, library.tier)
    groups = () if found is Verdict.NOTHING else _groups(ranking, *_chosen(library, ranking))
    counted = [hit for group in groups for hit in group.hits]
    papers = named(library, plan)
    if found is Verdict.ANSWERED and beside(library, plan, papers, [*counted, *(h for g in groups for h in g.also)]):
        found = Verdict.RELATED
    return Answer(
        plan=plan,
        verdict=found if groups else Verdict.NOTHING,
        tier=library.tier,
        searched=library.searched(plan.filters),
        groups=groups,
        passages=len(counted),
        documents=sum(bool(group.hits) for group in groups),
        named=papers,
    )


def named(library: Library, plan: Plan) -> tuple[DocumentRecord, ...]:
    """The papers of the base that a question names: by number ("86-KH/TU"), or a law by name ("luật chăn nuôi").

    Laws come after papers named by number; of two with the same name the newer stands first.
    """
    keys = tuple(symbol_key(symbol) for symbol in plan.symbols)
    where = f"current AND symbol IN ({', '.join('?' * len(keys))})"
    day = plan.filters.as_of
    numbered = [stored.record for stored in library.catalog.documents(where, keys, day)] if keys else []
    asked = _said(plan.question)
    laws = library.catalog.documents(_IS_LAW, day=day) if _LAW.search(asked) else []
    called = [each.record for each in laws if each.record not in numbered and _called(each.record.metadata, asked)]
    return (*numbered, *sorted(called, key=lambda record: record.metadata.date or date.min, reverse=True))


def beside(library: Library, plan: Plan, papers: Sequence[DocumentRecord], hits: Sequence[Hit]) -> bool:
    """Whether a question is after a paper that the base lacks, and what was found is about others.

    A passage is about it that mentions it, or that stands in a paper which carries it out, rests on it or changes it.
    The number alone is no mention: "Điều 57" and "57 tỷ đồng" do not speak of a resolution 57.
    """
    if not plan.symbols or any(record.metadata.symbol in plan.symbols for record in papers) or not hits:
        return False
    numbers = "|".join({re.escape(re.split(r"[-/]", symbol)[0]) for symbol in plan.symbols})
    mention = re.compile(
        rf"(?<![\w/.,])(?:(?:{numbers})\s*[-–/]\s*\w|(?:{_PAPERS})\s+(?:số\s+)?(?:{numbers})(?!\w))", re.IGNORECASE
    )
    if any(mention.search(hit.record.text) for hit in hits):
        return False
    wanted = {symbol_key(symbol) for symbol in plan.symbols}
    return not any(
        relation.reference.verb not in _ASIDE and symbol_key(relation.reference.symbol or "") in wanted
        for document in {hit.record.document.id for hit in hits}
        for relation in library.relations(document)
    )


def _called(meta: Metadata, asked: str) -> bool:
    name = law_name(meta)
    return name is not None and _said(name) in asked


def _said(words: str) -> str:
    return f" {' '.join(_WORD.findall(fold(words)))} "


def _chosen(library: Library, ranking: Ranking) -> tuple[list[Candidate], list[Candidate]]:
    """What answers, the best candidate at least, and what stands apart; both in order."""
    listed, apart = belonging(ranking, library.tier, library.catalog.points)
    listed = listed or list(ranking.candidates[:1])
    return listed, [one for one in apart if one is not listed[0]][:_APART]


def _groups(ranking: Ranking, listed: Sequence[Candidate], apart: Sequence[Candidate]) -> tuple[Group, ...]:
    """Documents by their best passage; those that only have something apart come last."""
    plan = ranking.understood.plan
    order = {one.record.number: place + 1 for place, one in enumerate(ranking.candidates)}
    beside = {one.record.number for one in apart}
    rows: dict[str, list[Hit]] = {}
    for one in (*listed, *apart):
        hit = as_hit(ranking, one, order[one.record.number])
        if not plan.wants_list:
            hit = replace(hit, sentence=sentence(ranking.units, one.record))
        rows.setdefault(one.record.document.id, []).append(hit)
    groups = [_group(hits, beside, tasks=plan.wants_tasks) for hits in rows.values()]
    if not any(group.hits for group in groups):
        # None of them is a task: better the passages on the matter than an empty answer.
        groups = [_group(hits, beside, tasks=False) for hits in rows.values()]
    return tuple(sorted(groups, key=lambda group: (not group.hits, _first(group))))


def _group(hits: Sequence[Hit], beside: set[int], *, tasks: bool) -> Group:
    """`beside`: numbers of passages that stand apart; so do others than the tasks asked for."""
    ordered = sorted(hits, key=lambda hit: hit.record.passage.start)
    asked = tuple(
        hit for hit in ordered if hit.record.number not in beside and (not tasks or hit.record.passage.role in TASKS)
    )
    return Group(ordered[0].record.document, asked, tuple(hit for hit in ordered if hit not in asked))


def _first(group: Group) -> int:
    return min(hit.rank for hit in (*group.hits, *group.also))
