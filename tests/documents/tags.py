"""The tags of a PDF, by which assistive technology reads it."""

import pikepdf


def elements(pdf, kind):
    return [
        each
        for each in pdf.objects
        if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/StructElem" and each.get("/S") == kind
    ]
