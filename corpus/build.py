"""Makes the office files of this folder from the papers in tests/gold/sample: `python corpus/build.py [FOLDER]`.

The same sources give the same bytes, so a rebuild changes nothing unless a source or the builder changed.
"""

import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from corpus.builder import docx, html, pdf, source  # noqa: E402  after the path is known

SOURCES = ROOT / "tests" / "gold" / "sample"
# Chosen so that each format meets two-column heads, numbered items, task tables, articles and an attached regulation.
FORMATS = {
    "01": "docx",
    "02": "pdf",
    "03": "pdf",
    "04": "pdf",
    "05": "docx",
    "06": "docx",
    "07": "pdf",
    "08": "docx",
    "09": "pdf",
    "10": "pdf",
    "11": "html",
    "12": "docx",
    "13": "html",
    "14": "pdf",
    "15": "txt",
    "16": "docx",
    "17": "txt",
    "18": "txt",
}


def build(folder: Path) -> list[Path]:
    """Writes every paper into `folder` and returns the paths."""
    pdf.register_fonts()
    writers = {"pdf": pdf.write, "docx": docx.write, "html": html.write}
    made = []
    for path in sorted(SOURCES.glob("*.txt")):
        suffix = FORMATS[path.name[:2]]
        target = folder / f"{path.stem}.{suffix}"
        if suffix == "txt":
            shutil.copyfile(path, target)
        else:
            paper = source.read(path.read_text(encoding="utf-8"))
            writers[suffix](paper, target, _title(paper))
        made.append(target)
    return made


def _title(paper: source.Paper) -> str:
    return " ".join(paper.title)


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "corpus"
    for made in build(folder):
        print(made.name)
