"""Papers as pages of a document portal: menu, side bar, share buttons and footer round the text."""

from html import escape
from pathlib import Path

from corpus.builder.source import Block, Look, Paper

_PAGE = """<!DOCTYPE html>
<html lang="vi">
<head>
<meta charset="utf-8">
<title>{title}</title>
<style>body {{ font-family: "Times New Roman", serif }} .menu {{ display: flex }}</style>
<script>window.dataLayer = window.dataLayer || [];</script>
</head>
<body>
<header class="header-bar"><a href="/">Cổng thông tin điện tử</a></header>
<nav class="menu"><ul>
<li><a href="/">Trang chủ</a></li><li><a href="/van-ban">Văn bản</a></li><li><a href="/lien-he">Liên hệ</a></li>
</ul></nav>
<div class="breadcrumb"><a href="/">Trang chủ</a> » <a href="/van-ban">Văn bản chỉ đạo điều hành</a></div>
<main>
<div class="document">
{body}
</div>
<aside><h3>Văn bản liên quan</h3><ul><li><a href="/van-ban/1">Văn bản mới nhất</a></li></ul></aside>
</main>
<div class="share"><button>Chia sẻ</button><button>In trang</button></div>
<footer class="footer"><p>© Cổng thông tin điện tử. Ghi rõ nguồn khi trích dẫn.</p></footer>
</body>
</html>
"""


def write(paper: Paper, path: Path, title: str) -> None:
    """Writes `path`."""
    parts = [
        _columns(paper.left, paper.right),
        *(f'<p align="center"><b>{escape(line)}</b></p>' for line in paper.title),
    ]
    parts.extend(_block(block) for block in paper.body)
    path.write_text(_PAGE.format(title=escape(title), body="\n".join(parts)), encoding="utf-8")


def _columns(left: list[str], right: list[str]) -> str:
    cells = "".join(f'<td width="50%" align="center">{"<br>".join(map(escape, lines))}</td>' for lines in (left, right))
    return f'<table border="0" width="100%"><tr valign="top">{cells}</tr></table>'


def _block(block: Block) -> str:
    match block.look:
        case Look.CENTRED:
            return "\n".join(f'<p align="center"><b>{escape(line)}</b></p>' for line in block.lines)
        case Look.TABLE:
            rows = [
                "".join(f"<{tag}>{escape(cell)}</{tag}>" for cell in row)
                for row, tag in zip(block.rows, ["th"] + ["td"] * len(block.rows), strict=False)
            ]
            return '<table border="1">' + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"
        case Look.FOOT:
            return _columns(list(block.lines), list(block.signature))
        case Look.HEADING:
            return f"<p><b>{escape(block.lines[0])}</b></p>"
    return f"<p>{escape(block.lines[0])}</p>"
