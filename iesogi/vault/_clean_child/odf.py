"""ODF: content and styles stay; properties, settings, programs, previews and signatures do not."""

import markup
import offices
from kinds import Uncleanable

MANIFEST = "META-INF/manifest.xml"
XML = ("content.xml", "styles.xml")
FONTS = (".ttf", ".otf")
PROGRAMS = ("Basic/", "Scripts/", "Dialogs/")


def cleaned(parts, notes):
    if MANIFEST not in parts or "content.xml" not in parts:
        raise Uncleanable("damaged")
    manifest = markup.parsed(parts[MANIFEST])
    if any(markup.local(each.tag) == "encryption-data" for each in manifest.iter("{*}*")):
        raise Uncleanable("encrypted")
    notes["macros"] += any(name.startswith(PROGRAMS) for name in parts)
    found = {name: part for name, content in parts.items() if (part := _part(name, content, notes)) is not None}
    for entry in list(manifest):
        path = next((value for key, value in entry.attrib.items() if markup.local(key) == "full-path"), "")
        if not path.endswith("/") and path not in found:
            markup.remove(entry)
    return found | {"mimetype": parts["mimetype"], MANIFEST: markup.written(manifest)}


def _part(name, content, notes):
    folder, _slash, last = name.rpartition("/")
    if last in XML and (not folder or folder.startswith("Object ")):
        root = markup.parsed(content)
        offices.count(root, notes)
        markup.forget(root)
        return markup.written(root)
    if folder in {"Pictures", "media"} and offices.is_picture(name):
        return offices.picture(content, notes)
    return content if folder == "Fonts" and name.endswith(FONTS) else None
