"""A question becomes a printable `Plan`: what it names, what it is limited to, what it means, what it wants.

Pure: needs no store, only the `Directory` of symbols that the base knows and, if there is one, a function that
restores marks.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from ingest.vietnamese import Token, fold, is_plain_syllable, key, nfc, tokens
from kb.marks import Reading
from kb.model import Expansion, Filters, Plan
from kb.question import concepts, english, intent, telex
from kb.question.language import detect, foreign
from kb.question.laws import Called, called
from kb.question.naming import Directory, Named, named
from kb.question.places import places
from kb.question.standing import standing
from kb.question.then import then
from kb.tables import lines, rows

EVERYTHING = Filters()
_QUOTED = re.compile(r"[\"“”«]([^\"“”«»]{2,200})[\"”“»]")
_SPACE = re.compile(r"\s+")
_KIND = (
    "nghi quyet|nghi dinh|quyet dinh|chi thi|ket luan|ke hoach|thong tu|thong bao|huong dan|chuong trinh|de an|bao cao|"
    "to trinh|cong van|quy che|quy dinh|luat|phap lenh"
)
_KIND_EN = {
    "resolution": "Nghị quyết", "decree": "Nghị định", "decision": "Quyết định", "directive": "Chỉ thị",
    "conclusion": "Kết luận", "plan": "Kế hoạch", "circular": "Thông tư", "notice": "Thông báo",
    "guideline": "Hướng dẫn", "programme": "Chương trình", "scheme": "Đề án", "report": "Báo cáo",
    "official letter": "Công văn", "law": "Luật",
}  # fmt: skip
_BODY = (
    r"(?:ubnd|hdnd|uy ban nhan dan|hoi dong nhan dan|tinh uy|thanh uy|huyen uy|thi uy|dang uy|ban thuong vu|chinh phu"
    r"|thu tuong(?: chinh phu)?|bo chinh tri|ban bi thu|quoc hoi|so [a-z]+|bo [a-z]+)"
)
# Filters are taken only from words that speak of the papers themselves; "mục tiêu năm 2030" is no filter.
_YEAR = re.compile(
    r"\b(?:van ban|tai lieu)(?: nao)? (?:cua |trong |tu )?nam (?P<a>(?:19|20)\d\d)\b"
    r"|\b(?:ban hanh|ky|thong qua)(?: trong| vao)? nam (?P<b>(?:19|20)\d\d)\b"
    rf"|\b(?:cac|nhung|moi) (?:{_KIND}) (?:cua |trong )?nam (?P<c>(?:19|20)\d\d)\b"
    rf"|\b(?:{_KIND}) cua {_BODY}[a-z ]{{0,30}}? nam (?P<d>(?:19|20)\d\d)\b"
    r"|\b(?:issued|signed|adopted|promulgated|published|dated)(?: in)? (?P<e>(?:19|20)\d\d)\b"
    r"|\b(?:documents|papers|plans|decisions|resolutions|directives) (?:of|from|in) (?P<f>(?:19|20)\d\d)\b"
)
_ISSUER = re.compile(
    rf"\b(?:van ban|tai lieu|cac (?:{_KIND})|nhung (?:{_KIND})) (?:cua|do) (?P<a>{_BODY}[a-z ]{{0,40}}?)"
    r"(?= ban hanh| nam | ve | noi | quy dinh | thuc hien |[,?.]|$)"
    # "danh mục chất ma túy do Chính phủ ban hành" speaks of a list, not of the paper to search
    rf"|\b(?:van ban|tai lieu|{_KIND})(?: nao)?(?: [^ ]*\d[^ ]*)? do (?P<b>{_BODY}[a-z ]{{0,40}}?) ban hanh\b"
    rf"|\b(?:{_KIND}) cua (?P<c>{_BODY}[a-z ]{{0,40}}?) nam (?:19|20)\d\d\b"
)
_KINDS = re.compile(rf"\btrong (?:cac|nhung|moi) (?P<a>{_KIND})\b|\bchi (?:tim )?trong (?P<b>{_KIND})\b")
_KINDS_EN = re.compile(rf"\b(?:in|among|from) (?:all )?(?:the )?(?P<a>{'|'.join(_KIND_EN)})s\b")

_CAPITALISED = re.compile(r"\b[A-Z][a-z]*\b")
_ASKING = lines("asking.txt")
# Without marks these could as well be content words (chợ, cổ, lá, vẻ, dưới …): kept in a question typed without.
_CONTENT_TOO = frozenset(
    {"co", "la", "ve", "do", "bi", "hay", "cho", "the", "ma", "tu", "ai", "dau", "viec", "nay", "day", "may"}
)
_ABOUT = frozenset(map(fold, lines("about.txt")))
_ASKING_EXACT = re.compile(rf"(?<!\w)(?:{'|'.join(map(key, _ASKING))})(?!\w)")
_ASKING_FOLDED = re.compile(
    rf"(?<!\w)(?:{'|'.join(word for word in map(fold, _ASKING) if word not in _CONTENT_TOO)})(?!\w)"
)


@dataclass(frozen=True, slots=True)
class Understood:
    """A plan and what the search needs besides it and need not print."""

    plan: Plan
    concepts: tuple[concepts.Found, ...]
    content: tuple[Token, ...]  # the content words with their places in the question's reading
    known_symbols: bool  # the papers named are in the base or mentioned there
    papers: frozenset[str] = frozenset()  # ids of the base's laws that are called by name: they are preferred
    mentioned: tuple[str, ...] = ()  # numbers of papers: looked for as words
    marked: Reading | None = None  # how the marks were put back into a question typed without

    @property
    def sure(self) -> tuple[Token, ...]:
        """The content words whose marks are known."""
        doubtful = self.marked.doubtful if self.marked else frozenset()
        return tuple(token for token in self.content if token.start not in doubtful)


def understand(
    question: str,
    *,
    directory: Directory | None = None,
    filters: Filters = EVERYTHING,
    without: frozenset[str] = frozenset(),
    restore: Callable[[str], Reading] | None = None,
) -> Understood:
    """Reads a question. `without` holds keys of expansions (also of filters) that the searcher has switched off."""
    typed = _SPACE.sub(" ", nfc(question)).strip()
    asked = telex.read(typed)  # from here on as if it had been typed so
    language = detect(asked)
    marked = _marked(asked, restore) if language == "vi-plain" else None
    restored = marked.text if marked else None
    phrases = tuple(match.group(1).strip() for match in _QUOTED.finditer(asked))
    known = directory or Directory()
    papers = named(asked, known)
    laws = [one for one in called(asked, known.laws) if _law_key(one) not in without]
    read, chips, taken = _filters(asked, without, of_papers=not papers)
    reading = restored or asked
    wanted = intent.read(asked)
    blank = [(paper.span.start, paper.span.end) for paper in papers] + taken + places(asked) + _meta(asked, wanted)
    mixed = foreign(asked) if language != "en" else []
    blank += [(start, end) for start, end, word in mixed if word in english.FUNCTION]
    found = [one for one in concepts.find(reading, "vi" if restored else language) if not _inside(one, blank)]
    found = _added(found, concepts.find(asked, "vi-plain"), blank) if restored else found
    found = _added(found, _translated(asked, mixed), blank)
    found = _in_english(asked, found) if language == "en" else found
    content = content_words(_without_spans(reading, blank), "vi" if restored else language)
    if marked:
        content = _sure_or_asking(asked, content, marked)
    if papers and all(token.folded in _ABOUT for token in content):
        content = []  # a question that names a paper and no more asks for that paper
    plan = Plan(
        question=asked,
        language=language,
        words=" ".join(reading[token.start : token.end] for token in content),
        restored=restored or (asked if asked != typed else None),
        phrases=phrases,
        symbols=tuple(dict.fromkeys(symbol for paper in papers for symbol in paper.symbols)),
        filters=_merged(filters, read),
        expansions=(*concepts.expansions(found, without), *_law_chips(laws, asked), *chips),
        wants_list=wanted.wants_list,
        wants_tasks=wanted.wants_tasks,
        wants_role=wanted.wants_role,
        subject=reading[slice(*wanted.subject)].strip() if wanted.subject else None,
    )
    return Understood(
        plan,
        tuple(found),
        tuple(content),
        any(paper.known for paper in papers),
        frozenset(document for one in laws for document in one.documents),
        _mentioned(papers, content),
        marked,
    )


def _mentioned(papers: Sequence[Named], content: Sequence[Token]) -> tuple[str, ...]:
    """The numbers that passages should name: of papers that the base only mentions, given in full or with nothing else
    asked. The passages of a paper that it holds do not name it themselves; "Nghị quyết 36" stands on every page of what
    carries it out."""
    sought = [one for one in papers if one.known and not one.borne and (one.full or not content)]
    return tuple(dict.fromkeys(symbol for one in sought for symbol in one.symbols))


def _law_key(one: Called) -> str:
    return f"paper:{concepts.slug(one.name)}"


def _law_chips(laws: Sequence[Called], asked: str) -> list[Expansion]:
    """A law called by name is shown, and can be taken off."""
    chips = {_law_key(one): (asked[slice(*one.span)], one.name) for one in laws}
    return [Expansion(key, source, (name,), "paper") for key, (source, name) in chips.items()]


def _marked(asked: str, restore: Callable[[str], Reading] | None) -> Reading | None:
    """The reading with marks, if it has one character for each that was typed (offsets are shared)."""
    if restore is None:
        return None
    reading = restore(asked)
    return reading if len(reading.text) == len(asked) and reading.text != asked else None


def _sure_or_asking(asked: str, content: list[Token], marked: Reading) -> list[Token]:
    """Syllables whose marks are in doubt are still known as words of asking by how they were typed."""
    kept = {token.start for token in content_words(asked, "vi-plain")}
    return [token for token in content if token.start in kept or token.start not in marked.doubtful] or content


def _meta(asked: str, wanted: intent.Intent) -> list[tuple[int, int]]:
    """English words for what is asked for, which no passage need contain: "which tasks", "list all passages"."""
    words = {"passage", "document", "paragraph", "text"} if wanted.wants_list else set()
    words |= {"task", "duty", "assignment"} if wanted.wants_tasks and wanted.wants_list else set()
    return [(start, end) for start, end, word in english.words(asked) if word in words]


def _inside(one: concepts.Found, blank: Sequence[tuple[int, int]]) -> bool:
    return any(one.start < end and one.end > start for start, end in blank)


def _translated(asked: str, mixed: Sequence[tuple[int, int, str]]) -> list[concepts.Found]:
    """What the English words of a Vietnamese question are in Vietnamese: "deadline nộp báo cáo"."""
    starts = {start for start, _, _ in mixed}
    return [
        one
        for one in (concepts.find(asked, "en") if mixed else ())
        if all(one.start + at in starts for at, _, _ in english.words(one.source))
    ]


def _in_english(asked: str, found: list[concepts.Found]) -> list[concepts.Found]:
    """An English question's concepts with its Vietnamese short forms ("CNSH"), and without what the syllables of a name
    would be as English words ("Dong Khe")."""
    letters = [(match.start(), match.end()) for match in _CAPITALISED.finditer(asked) if is_plain_syllable(match[0])]
    named = {span for span, follows in pairwise(letters) if follows[0] == span[1] + 1}
    named |= {follows for span, follows in pairwise(letters) if follows[0] == span[1] + 1}
    kept = [
        one for one in found if (one.start, one.end) not in named or any(link.relation != "word" for link in one.links)
    ]
    short = [one for one in concepts.find(asked, "vi") if one.source.isupper() and len(one.source) > 2]
    return _added(kept, short, ())


def _added(
    found: list[concepts.Found], others: Sequence[concepts.Found], blank: Sequence[tuple[int, int]]
) -> list[concepts.Found]:
    """Others where there is none yet: where restoring the marks went wrong a concept is known by its folded words."""
    result = list(found)
    for one in others:
        clear = all(one.end <= other.start or one.start >= other.end for other in result)
        if clear and not _inside(one, blank):
            result.append(one)
    return sorted(result, key=lambda one: one.start)


def content_words(text: str, language: str) -> list[Token]:
    """What is left to search when the words of asking are taken out; all of it if nothing would be left."""
    if language == "en":
        kept = [text[start:end] for start, end, word in english.words(text) if word not in english.FUNCTION]
        return [token for token in tokens(text) if any(token.exact in key(word) for word in kept)]
    asking = _ASKING_EXACT.finditer(key(text)) if language == "vi" else _ASKING_FOLDED.finditer(fold(text))
    left = _without_spans(text, (match.span() for match in asking))
    return list(tokens(left)) or list(tokens(text))


def _without_spans(text: str, spans: Iterable[tuple[int, int]]) -> str:
    chars = list(text)
    for start, end in spans:
        chars[start:end] = " " * (end - start)
    return _QUOTED.sub(lambda match: f" {match.group(1)} ", "".join(chars))


def _merged(given: Filters, read: Filters) -> Filters:
    return replace(
        given,
        kinds=given.kinds or read.kinds,
        issuers=given.issuers or read.issuers,
        years=given.years or read.years,
        validity=given.validity or read.validity,
        as_of=given.as_of or read.as_of,
    )


def _filters(
    asked: str, without: frozenset[str], *, of_papers: bool
) -> tuple[Filters, list[Expansion], list[tuple[int, int]]]:
    """Filters that the question's own words ask for, the chips that show them, and where those words stand.

    `of_papers`: whether it asks for papers, not after one that it names, whose force it would ask for.
    """
    folded = fold(asked)
    chips: list[Expansion] = []
    spans: list[tuple[int, int]] = []
    values: dict[str, list[str]] = {"year": [], "issuer": [], "kind": []}
    for name, pattern in (("year", _YEAR), ("issuer", _ISSUER), ("kind", _KINDS), ("kind", _KINDS_EN)):
        for match in pattern.finditer(folded):
            group = next(one for one, value in match.groupdict().items() if value)
            value = _value(name, asked[slice(*match.span(group))].strip())
            chip = f"{name}:{fold(value).replace(' ', '-')}"
            if chip not in without and value not in values[name]:
                values[name].append(value)
                chips.append(Expansion(chip, asked[slice(*match.span())].strip(), (value,), "filter"))
                spans.append(match.span(group))
    when = then(asked)
    if when is not None and f"as-of:{when.day}" in without:
        when = None
    if when is not None:
        words = asked[when.start : when.end]
        chips.append(Expansion(f"as-of:{when.day}", words, (words,), "filter"))
        spans.append((when.start, when.end))
        folded = folded[: when.start].ljust(when.end) + folded[when.end :]
    limit = standing(folded) if of_papers else None
    if limit is not None and limit.key in without:
        limit = None
    if limit is not None:
        chips.append(Expansion(limit.key, asked[limit.start : limit.end].strip(), (limit.words,), "filter"))
        spans.extend(limit.taken)
    read = Filters(
        kinds=tuple(values["kind"]),
        issuers=tuple(values["issuer"]),
        years=tuple(int(year) for year in values["year"]),
        validity=tuple(each.value for each in limit.validity) if limit else (),
        as_of=when.day if when else None,
    )
    return read, chips, spans


def _value(name: str, words: str) -> str:
    if name != "kind":
        return words
    return _KIND_EN.get(words.lower()) or _printed_kinds().get(fold(words)) or words[:1].upper() + words[1:].lower()


@lru_cache(maxsize=1)
def _printed_kinds() -> dict[str, str]:
    """Kinds of papers as they are printed, by how they are typed without marks."""
    return {fold(vi): vi for vi, *_ in rows("kinds.csv")}
