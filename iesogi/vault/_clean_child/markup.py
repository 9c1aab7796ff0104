"""XML of office documents: parsed without entities and network, and written again without who, when and where."""

import re

from kinds import Uncleanable
from lxml import etree

# Attributes by their local name: authors, initials, accounts; and moments, wherever one stands beside them.
WHO = {"author", "initials", "userId", "providerId", "displayName", "userName", "refreshedBy", "presenceInfo"}
NAMED = {"cmAuthor", "author", "person"}  # elements whose `name` is a person's
WHEN = {"date", "dateUtc", "dt", "dT", "created", "modified", "refreshedDateIso"}
SESSION = re.compile(r"(.*-)?rsid\w*$", re.IGNORECASE)
# Elements whose text names a person or a moment: comments and changes of ODF, fields of both.
TOLD = {
    "creator", "initial-creator", "creator-initials", "author-name", "author-initials", "sender-firstname",
    "sender-lastname", "sender-initials", "sender-email", "printed-by", "lastModifiedBy", "date-string",
}  # fmt: skip
ODF = ("urn:oasis:names:tc:opendocument", "urn:org:documentfoundation", "http://purl.org/dc/elements/1.1/")
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
# Elements that go whole: paths on the author's machine, sources of merged letters, hidden variables, ids, programs.
GONE = {
    "absPath", "rsids", "mailMerge", "docVars", "docId", "attachedTemplate", "fileSharing", "revisionPtr",
    "documentProtection", "writeProtection", "scripts", "event-listeners",
}  # fmt: skip
PATH = re.compile(r"^(file:|[A-Za-z]:[\\/]|\\\\|/(home|Users)/)")
MOMENT = re.compile(r"^\d{4}-\d\d-\d\dT")
REMOVED = "removed"
PARSER = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}


def parsed(content, *, is_loose=False):
    """Old drawings (VML) are loose: Excel itself writes them with tags that nobody closes."""
    parser = etree.XMLParser(recover=is_loose, **PARSER)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise Uncleanable("damaged") from error
    if root is None or root.getroottree().docinfo.doctype:
        raise Uncleanable("damaged")  # no office program writes one
    return root


def written(root):
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def local(name):
    return etree.QName(name).localname if isinstance(name, str) else ""


def space(name):
    return etree.QName(name).namespace or "" if isinstance(name, str) else ""


def remove(element):
    """Without the text that follows it, which belongs to the element around."""
    parent, before = element.getparent(), element.getprevious()
    if parent is None:
        return
    if element.tail and before is not None:
        before.tail = (before.tail or "") + element.tail
    elif element.tail:
        parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def forget(root):
    """Take out of a part whatever says who wrote it, when, and on which machine."""
    for element in list(root.iter(etree.Element)):
        name = local(element.tag)
        if name in GONE:
            remove(element)
            continue
        if _tells(element, name):
            element.text = ""
        for key in list(element.attrib):
            _forget_attribute(element, key)


def _tells(element, name):
    where = space(element.tag)
    if where.startswith(ODF):
        return name in TOLD or (name == "date" and where.startswith("http"))
    return where == SHEET and name == "author"


def _forget_attribute(element, key):
    name = local(key)
    if SESSION.match(name) or (name in WHEN and MOMENT.match(element.attrib[key])):
        del element.attrib[key]
    elif name in WHO or (name == "name" and local(element.tag) in NAMED):
        element.attrib[key] = ""
    elif PATH.match(element.attrib[key]):
        element.attrib[key] = REMOVED
