"""The training tasks, each an endless supply of batches already in pieces."""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import torch
from tokenizers import Tokenizer
from torch import Tensor

from ingest.vietnamese import fold
from kb.encoder.prepare import Texts

Ids = list[int]
_UNMARKED = 0.15  # of Vietnamese questions and sentences are read without their marks
_OPENING = 0.3  # of an article's windows start at its beginning, where it says what it is about


@dataclass(frozen=True, slots=True)
class Parallel:
    """Vietnamese and English of the same text, and what the teacher makes of the English, (texts, 384)."""

    vi: list[Ids]
    en: list[Ids]
    target: Tensor


@dataclass(frozen=True, slots=True)
class Retrieval:
    """Questions, the passages that answer them in the same order, and further passages that answer none of them.

    Questions with equal `group` may answer each other's: they are not counted as wrong answers.
    """

    questions: list[Ids]
    passages: list[Ids]
    groups: Tensor


class Supply:
    """Tokenises everything once and draws batches from it, reproducibly."""

    def __init__(self, texts: Texts, tokenizer: Tokenizer, teach: Callable[[Sequence[str]], Tensor], seed: int) -> None:
        self._random = random.Random(seed)
        self._tokenizer = tokenizer
        self._mixture: list[tuple[float, list[tuple[Ids, Ids, Ids]], Tensor]] = []
        groups = (
            (0.38, texts.clauses),
            (0.22, texts.everyday),
            (0.1, texts.sentences),
            (0.18, texts.terms),
            (0.12, texts.passages),
        )
        for share, pairs in groups:
            vi = self._encode([vi for vi, _ in pairs])
            plain = self._encode([fold(vi) for vi, _ in pairs])
            en = self._encode([en for _, en in pairs])
            self._mixture.append((share, list(zip(vi, plain, en, strict=True)), teach([en for _, en in pairs]).half()))
        self._titles = self._titled([(title, text) for title, text in texts.code])
        self._articles = self._bilingual(texts)
        self._asked: list[tuple[list[Ids], Ids, Ids]] = []
        for passage, asked_vi, asked_en, decoy in texts.questions:
            right, wrong = self._encode([passage, decoy])
            self._asked.append((self._encode([*asked_vi, *asked_en, *map(fold, asked_vi)]), right, wrong))

    def parallel(self, size: int) -> Parallel:
        """A mixture of law clauses, everyday sentences, authored sentences, terms and passages."""
        vi: list[Ids] = []
        en: list[Ids] = []
        targets = []
        for share, pairs, target in self._mixture:
            chosen = [self._random.randrange(len(pairs)) for _ in range(round(share * size))]
            vi += [pairs[i][1 if self._unmarked() else 0] for i in chosen]
            en += [pairs[i][2] for i in chosen]
            targets.append(target[chosen])
        return Parallel(vi, en, torch.cat(targets).float())

    def titles(self, size: int, window: int) -> Retrieval:
        """Titles of the codified law (some without marks) and a window of the text under each."""
        chosen = [self._random.choice(self._titles) for _ in range(size)]
        questions = [plain if self._unmarked() else title for title, plain, _, _ in chosen]
        passages = [self._window(text, window) for _, _, text, _ in chosen]
        return Retrieval(questions, passages, torch.tensor([group for *_, group in chosen]))

    def inverse_cloze(self, size: int, window: int) -> Retrieval:
        """A stretch cut out of an article as the question, the article around it as the passage."""
        questions: list[Ids] = []
        passages: list[Ids] = []
        while len(questions) < size:
            *_, text, _ = self._random.choice(self._titles)
            if len(text) < 48:
                continue
            length = self._random.randrange(10, 28)
            start = self._random.randrange(1, len(text) - length)
            questions.append([text[0], *text[start : start + length], text[-1]])
            passages.append(self._window(text[:start] + text[start + length :], window))
        return Retrieval(questions, passages, torch.arange(size))

    def bilingual_titles(self, size: int, window: int) -> Retrieval:
        """English (half) or Vietnamese titles of bilingual articles → Vietnamese (mostly) or English text."""
        chosen = [self._random.choice(self._articles) for _ in range(size)]
        questions = [en if self._random.randrange(2) else vi for vi, en, *_ in chosen]
        passages = [self._window(vi if self._random.random() < 0.8 else en, window) for _, _, vi, en, _ in chosen]
        return Retrieval(questions, passages, torch.tensor([row[4] for row in chosen]))

    def asked(self, size: int) -> Retrieval:
        """Authored questions in either language; each passage's look-alike stands behind the passages."""
        chosen = self._random.sample(self._asked, min(size, len(self._asked)))
        questions = [self._random.choice(questions) for questions, _, _ in chosen]
        passages = [passage for _, passage, _ in chosen] + [decoy for _, _, decoy in chosen]
        return Retrieval(questions, passages, torch.arange(len(chosen)))

    def _unmarked(self) -> bool:
        return self._random.random() < _UNMARKED

    def _window(self, text: Ids, window: int) -> Ids:
        if len(text) <= window:
            return text
        start = 0 if self._random.random() < _OPENING else self._random.randrange(0, len(text) - window + 1)
        return [text[0], *text[max(start, 1) : start + window - 1], text[-1]]

    def _titled(self, entries: list[tuple[str, str]]) -> list[tuple[Ids, Ids, Ids, int]]:
        groups: dict[str, int] = {}
        titles = self._encode([title for title, _ in entries])
        plain = self._encode([fold(title) for title, _ in entries])
        texts = self._encode([text for _, text in entries])
        group = [groups.setdefault(title.lower(), len(groups)) for title, _ in entries]
        return list(zip(titles, plain, texts, group, strict=True))

    def _bilingual(self, texts: Texts) -> list[tuple[Ids, Ids, Ids, Ids, int]]:
        rows = list(_split_titles(texts.articles))
        groups: dict[str, int] = {}
        columns = [self._encode([row[column] for row in rows]) for column in range(4)]
        group = [groups.setdefault(row[1].lower(), len(groups)) for row in rows]
        return list(zip(*columns, group, strict=True))

    def _encode(self, texts: Sequence[str]) -> list[Ids]:
        return [encoding.ids for encoding in self._tokenizer.encode_batch_fast(list(texts))]


def _split_titles(articles: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str, str, str]]:
    """(Vietnamese title, English title, Vietnamese text, English text), `Điều n.` taken off the titles."""
    for vi, en in articles:
        vi_title, _, vi_text = vi.partition("\n")
        en_title, _, en_text = en.partition("\n")
        vi_name, en_name = vi_title.partition(". ")[2], en_title.partition(". ")[2]
        if vi_name and en_name and vi_text and en_text:
            yield vi_name, en_name, vi_text, en_text
