"""Write communications/letters/data/letter.docx, the Word template that every letter is filled into.

docxtpl reads the lines in braces: one paragraph for each block of the text, in the style of its kind.
"""

from datetime import UTC, datetime
from pathlib import Path

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt, RGBColor

TARGET = Path(__file__).parent.parent / "communications" / "letters" / "data" / "letter.docx"
LINES = [
    ("Normal", "{%p for block in blocks %}"),
    ("Normal", "{%p if block.kind == 'heading' %}"),
    ("Heading 2", "{{ block.text }}"),
    ("Normal", "{%p elif block.kind == 'item' %}"),
    ("List Number", "{{ block.text }}"),
    ("Normal", "{%p else %}"),
    ("Normal", "{{ block.text }}"),
    ("Normal", "{%p endif %}"),
    ("Normal", "{%p endfor %}"),
]


def set_type(style, *, size: int) -> None:
    """Black, in the type of official letters. What names a font of the theme would win over it."""
    style.font.name, style.font.size, style.font.color.rgb = "Times New Roman", Pt(size), RGBColor(0, 0, 0)
    fonts = style.element.rPr.rFonts
    for name in [name for name in fonts.attrib if name.endswith("Theme")]:
        del fonts.attrib[name]


def main() -> None:
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    set_type(document.styles["Normal"], size=11)
    set_type(document.styles["Heading 2"], size=12)
    head = section.header.paragraphs[0]
    head.text, head.alignment = "{{ office }}", WD_ALIGN_PARAGRAPH.CENTER
    section.footer.paragraphs[0].text = "{{ name }}"
    document.add_paragraph("{{ standing }}").runs[0].bold = True
    for style, text in LINES:
        document.add_paragraph(text, style=style)
    core = document.core_properties
    core.author, core.comments, core.title = "", "", ""
    core.created = core.modified = datetime(2021, 1, 1, tzinfo=UTC)
    document.save(TARGET)


if __name__ == "__main__":
    main()
