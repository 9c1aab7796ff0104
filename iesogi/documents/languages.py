"""A passage in another language says so to those who hear the document.

WeasyPrint names the language of the whole PDF only; PDF/UA asks for it wherever it changes (ISO 14289-1, 7.2). The
elements of the structure tree are made from boxes, whose HTML element still carries `lang`. A test holds it: the day
it passes without this module, the module can go.
"""

MARK = "_names_languages"


def name_languages(tags, pydyf) -> None:
    """`tags` is the module `weasyprint.pdf.tags`; its function calls itself by name. Twice does nothing twice."""
    build = tags._build_box_tree
    if hasattr(build, MARK):
        return

    def with_language(box, *rest):
        for element in build(box, *rest):
            own = getattr(box, "element", None)
            language = own.attrib.get("lang") if own is not None else None
            if language and "Lang" not in element:  # boxes of the page hand on the elements of what they hold
                element["Lang"] = pydyf.String(language)
            yield element

    setattr(with_language, MARK, True)
    tags._build_box_tree = with_language
