"""OOXML: parts that are known stay, each without authors; what points at a part that went goes with it."""

import posixpath

import markup
import offices
from kinds import Uncleanable

TYPES = "[Content_Types].xml"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
HYPERLINK, LINK_TO_BOOK = "/hyperlink", "/externalLinkPath"
# Properties, accounts of people, connections to databases, logs of shared books, templates of forms.
LEFT_OUT = ("docProps/", "customXml/", "word/people.xml", "xl/connections.xml", "xl/revisions/", "xl/queryTables/")
EMBEDDED = ("/embeddings/", "/activeX/", "/ctrlProps/")
FONTS = (".odttf", ".fntdata", ".ttf")


def cleaned(parts, notes):
    notes["macros"] += any("vbaProject" in name for name in parts)
    notes["embedded"] += sum(_is_embedded(name) and not name.endswith(".rels") for name in parts)
    stay = {name for name in parts if _stays(name)}
    dead, relations = _relations(parts, stay)
    found = {}
    for name in parts:
        if name in relations:
            found[name] = relations[name]
        elif name == TYPES:
            found[name] = _types(parts[name], stay)
        elif name in stay and not name.endswith(".rels"):
            found[name] = _part(name, parts[name], dead.get(name, set()), notes)
    return found


def _stays(name):
    if name.startswith(LEFT_OUT) or _is_embedded(name):
        return False
    if name.endswith(".rels"):
        return posixpath.dirname(name) == "_rels" or _stays(_owner(name))
    return name.lower().endswith((".xml", ".vml", *FONTS)) or offices.is_picture(name)


def _is_embedded(name):
    return any(each in f"/{name}" for each in EMBEDDED)


def _owner(relations):
    folder, last = posixpath.split(relations)
    return posixpath.join(posixpath.dirname(folder), last.removesuffix(".rels"))


def _relations(parts, stay):
    """The lists of references without the dead ones, and the ids of these by the part that uses them."""
    dead, found = {}, {}
    for name in parts:
        if not name.endswith(".rels") or name not in stay:
            continue
        root, gone, owner = markup.parsed(parts[name]), set(), _owner(name)
        for entry in list(root):
            if not _leads_somewhere(entry, owner, stay):
                gone.add(entry.get("Id"))
                markup.remove(entry)
        dead[owner], found[name] = gone, markup.written(root)
    return dead, found


def _leads_somewhere(entry, owner, stay):
    target, kind = entry.get("Target", ""), entry.get("Type", "")
    if entry.get("TargetMode") == "External":
        if kind.endswith(LINK_TO_BOOK) or markup.PATH.match(target):
            entry.set("Target", markup.REMOVED)
        # A picture or a template on a server would tell that server who reads, and from where.
        return kind.endswith((HYPERLINK, LINK_TO_BOOK))
    path = target[1:] if target.startswith("/") else posixpath.join(posixpath.dirname(owner), target)
    return posixpath.normpath(path) in stay or target.startswith("#")


def _types(content, stay):
    root = markup.parsed(content)
    for entry in list(root):
        if markup.local(entry.tag) == "Override" and entry.get("PartName", "").lstrip("/") not in stay:
            markup.remove(entry)
    return markup.written(root)


def _part(name, content, dead, notes):
    if offices.is_picture(name):
        return offices.picture(content, notes)
    if name.lower().endswith(FONTS):
        return content
    root = markup.parsed(content, is_loose=name.endswith(".vml"))
    if root.tag is None:
        raise Uncleanable("damaged")
    _forget_dead(root, dead)
    offices.count(root, notes)
    markup.forget(root)
    return markup.written(root)


def _forget_dead(root, dead):
    if not dead:
        return
    for element in list(root.iter("{*}*")):
        for key, value in list(element.attrib.items()):
            if value in dead and markup.space(key) in {RELATIONS, STRICT}:
                _forget_reference(element, key)
                break


def _forget_reference(element, key):
    """Page set-up outlives its printer, and a picture its link; else what refers to nothing is nothing."""
    if markup.local(element.tag) in {"pageSetup", "blip"}:
        del element.attrib[key]
    else:
        markup.remove(element)
