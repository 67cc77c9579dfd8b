"""Bullets of Word lists as the text shows them."""

import io

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from ingest.readers import read


def bulleted(sign: str) -> bytes:
    """A DOCX of one paragraph in a list whose bullet is `sign`."""
    document = Document()
    numbering = document.part.numbering_part.element
    numbering.insert(
        0,
        parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
            f'<w:numFmt w:val="bullet"/><w:lvlText w:val="{sign}"/></w:lvl></w:abstractNum>'
        ),
    )
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
    paragraph = document.add_paragraph("Các xã vùng cao đạt 58%.")
    properties = paragraph._p.get_or_add_pPr()
    properties.append(parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="0"/><w:numId w:val="90"/></w:numPr>'))
    assert properties.find(qn("w:numPr")) is not None
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("sign", "printed"), [("+", "+"), ("-", "-"), ("\uf02b", "+"), ("\uf02d", "-"), ("\uf0b7", "•"), ("\uf0a7", "•")]
)
def test_a_bullet_is_the_sign_that_is_printed(sign, printed):
    assert read(bulleted(sign), "a.docx").text == f"{printed} Các xã vùng cao đạt 58%."
