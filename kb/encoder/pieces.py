"""The tokenizer: one that reads Vietnamese in words, not in syllables.

Most Vietnamese words are two syllables written apart (`ngân hàng`, a bank; `ngân` alone is silver or budget, `hàng`
goods or a row). A unigram model whose pieces may hold a blank lets Viterbi choose `▁ngân▁hàng`, one piece whose vector
can mean *bank*: nearer to English, which this network was trained on, and a third fewer tokens to compute.

All normalising is done by the tokenizer file itself, so that plain sentence-transformers reads text exactly as we do.
"""

import unicodedata
from collections.abc import Iterable, Mapping

from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]")
MARK = "▁"  # stands before the first character of a word
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_NOT_WORD = r"[\p{P}$+<=>^`|~]"


def normaliser() -> normalizers.Normalizer:
    """NFC, lower case, one tone placement (`hoà` → `hòa`), one spelling of toned y (`ký` → `kí`), single blanks."""
    steps: list[normalizers.Normalizer] = [normalizers.NFC(), normalizers.Lowercase(), normalizers.Replace("ð", "đ")]
    for first, second in ("oa", "oe", "uy"):
        # Applied inside closed syllables too (`toàn` → `tòan`): a spelling of our own, but always the same one.
        steps += [normalizers.Replace(first + _toned(second, t), _toned(first, t) + second) for t in _TONES]
    steps += [normalizers.Replace(_toned("y", tone), _toned("i", tone)) for tone in _TONES]
    steps += [
        normalizers.Replace(Regex(r"\s+"), " "),
        normalizers.Replace(Regex(f" (?={_NOT_WORD})"), ""),
        normalizers.Strip(),
    ]
    return normalizers.Sequence(steps)


def _toned(letter: str, tone: str) -> str:
    return unicodedata.normalize("NFC", letter + tone)


def splitter() -> pre_tokenizers.PreTokenizer:
    """Punctuation stands alone; blanks become the mark and do not part words from each other."""
    return pre_tokenizers.Sequence(
        [
            pre_tokenizers.Punctuation("isolated"),
            pre_tokenizers.Metaspace(replacement=MARK, prepend_scheme="always", split=False),
        ]
    )


def tokenizer(scores: Mapping[str, float]) -> Tokenizer:
    """A tokenizer over `scores` (piece → log probability); ids follow the mapping's order after the special pieces."""
    vocabulary = [(name, 0.0) for name in SPECIAL] + list(scores.items())
    result = Tokenizer(models.Unigram(vocabulary, unk_id=SPECIAL.index("[UNK]"), byte_fallback=False))
    result.normalizer = normaliser()
    result.pre_tokenizer = splitter()
    begin, end = ((name, SPECIAL.index(name)) for name in ("[CLS]", "[SEP]"))
    result.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B:1 [SEP]:1", special_tokens=[begin, end]
    )
    result.add_special_tokens(list(SPECIAL))
    return result


def runs(texts: Iterable[str]) -> Iterable[str]:
    """The texts as the tokenizer sees them: normalised runs between punctuation marks, each beginning with the mark."""
    normal, split = normaliser(), splitter()
    for text in texts:
        for run, _ in split.pre_tokenize_str(normal.normalize_str(text)):
            yield run
