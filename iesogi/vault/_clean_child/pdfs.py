"""PDF by a list of what is allowed: pages, what they draw, and nothing that says who made them or runs."""

import io

import images
import pikepdf
from kinds import Uncleanable
from pikepdf import Array, Dictionary, Name, Pdf, Stream

PAGE = {
    "/Type", "/Parent", "/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox", "/Rotate", "/Resources",
    "/Contents", "/UserUnit", "/Group",
}  # fmt: skip
RESOURCES = {"/Font", "/XObject", "/ColorSpace", "/Pattern", "/Shading", "/ExtGState", "/ProcSet"}
# Names in these are chosen by whoever wrote the file: /A or /F is a letter there, and no action or file.
NAMED = {"/Font", "/XObject", "/ColorSpace", "/Pattern", "/Shading", "/ExtGState", "/CharProcs", "/Colorants"}
IMAGE = {
    "/Type", "/Subtype", "/Width", "/Height", "/ColorSpace", "/BitsPerComponent", "/Decode", "/DecodeParms", "/Filter",
    "/ImageMask", "/Mask", "/SMask", "/SMaskInData", "/Interpolate", "/Intent", "/Matte", "/Length",
}  # fmt: skip
FILTER = {"/Filter", "/DecodeParms", "/Length"}
FORM = {"/Type", "/Subtype", "/FormType", "/BBox", "/Matrix", "/Resources", "/Group", *FILTER}
# Wherever it stands: names, dates, files, places, programs, and what leads back out of the page.
NEVER = {
    "/Metadata", "/PieceInfo", "/AF", "/EF", "/LastModified", "/Info", "/Thumb", "/OPI", "/Measure", "/PtData", "/JS",
    "/A", "/AA", "/OpenAction", "/StructParent", "/StructParents", "/OC", "/Properties", "/Alternates", "/Ref",
    "/Annots", "/B", "/Dests", "/URI", "/F", "/FFilter", "/FDecodeParms", "/Title", "/Author", "/Creator", "/Producer",
    "/CreationDate", "/ModDate",
}  # fmt: skip
# Something that a drawing has no use for, so a reference to it is a way around the list.
OUTSIDE = {
    "/Catalog", "/Pages", "/Page", "/Filespec", "/EmbeddedFile", "/Action", "/Annot", "/Outlines", "/Sig", "/Metadata",
}  # fmt: skip
# Marks around what is drawn: they draw nothing, but hold another text for it, a description, or the name of a layer.
MARKS = {"BMC", "BDC", "EMC", "MP", "DP"}
COMMENTS = {"/Text", "/FreeText", "/Highlight", "/Underline", "/StrikeOut", "/Squiggly", "/Caret", "/Sound"}
DEEPEST = 200


def cleaned(data, notes):
    try:
        source = Pdf.open(io.BytesIO(data))
    except pikepdf.PasswordError as error:
        raise Uncleanable("encrypted") from error
    with source, Pdf.new() as target:
        notes["attachments"] += _attached(source)
        _draw_in(source, notes)
        for page in source.pages:
            target.pages.append(page)
        if not len(target.pages):
            raise Uncleanable("damaged")
        walk = _Walk(notes)
        for page in target.pages:
            walk.page(page.obj)
            page.obj.Contents = target.make_stream(_unmarked(page))
        out = io.BytesIO()
        target.save(out, deterministic_id=True, fix_metadata_version=False)
        return out.getvalue()


def _attached(source):
    try:
        return len(source.attachments)
    except Exception:  # a broken list of attachments; none of them comes along anyway
        return 1


def _draw_in(source, notes):
    """What a form was filled with, and stamps, are seen on paper too; comments, links and sounds are left behind."""
    found = [str(each.get("/Subtype")) for page in source.pages for each in page.obj.get("/Annots", [])]
    notes["comments"] += sum(kind in COMMENTS for kind in found)
    if set(found) - {"/Link"}:
        source.generate_appearance_streams()
        source.flatten_annotations("print")


def _unmarked(drawing):
    """What a page, form, pattern or letter draws, without marks and remarks between its commands."""
    drawn = pikepdf.parse_content_stream(drawing)
    return pikepdf.unparse_content_stream([each for each in drawn if str(each.operator) not in MARKS])


def _keep(thing, allowed):
    for key in list(thing.keys()):
        if key not in allowed:
            del thing[key]


def _drop(thing, keys):
    for key in keys & set(thing.keys()):
        del thing[key]


class _Walk:
    """Every object that the pages can reach, each once."""

    def __init__(self, notes):
        self._notes, self._seen = notes, set()

    def page(self, page):
        _keep(page, PAGE)
        contents = page.get("/Contents", Array())
        for stream in contents if isinstance(contents, Array) else [contents]:
            _keep(stream, FILTER)
        self._resources(page.get("/Resources", Dictionary()), 0)

    def _resources(self, resources, depth):
        _keep(resources, RESOURCES)
        self._each(resources, depth)

    def clean(self, thing, depth):
        if depth > DEEPEST:
            raise Uncleanable("damaged")
        if isinstance(thing, Array):
            self._each(thing, depth)
        elif isinstance(thing, (Dictionary, Stream)) and not self._is_known(thing):
            self._object(thing, depth)

    def _object(self, thing, depth):
        _drop(thing, NEVER)
        if isinstance(thing, Stream) and thing.get("/Subtype") == Name.Image:
            images.rebuild(thing, IMAGE, self._notes)
        elif isinstance(thing, Stream) and thing.get("/Subtype") == Name.Form:
            _keep(thing, FORM)
        if isinstance(thing, Stream) and (thing.get("/Subtype") == Name.Form or thing.get("/PatternType") == 1):
            thing.write(_unmarked(thing))
        if "/Resources" in thing:
            _keep(thing.Resources, RESOURCES)
        self._each(thing, depth)

    def _each(self, thing, depth):
        for key in range(len(thing)) if isinstance(thing, Array) else list(thing.keys()):
            value = thing[key]
            if isinstance(value, (Dictionary, Stream)) and str(value.get("/Type", "")) in OUTSIDE:
                thing[key] = Dictionary()
            elif key in NAMED and isinstance(value, Dictionary):
                self._each(value, depth + 1)
                if key == "/CharProcs":
                    self._letters(value)
            else:
                self.clean(value, depth + 1)

    def _letters(self, drawings):
        for drawing in drawings.values():
            if isinstance(drawing, Stream):
                drawing.write(_unmarked(drawing))

    def _is_known(self, thing):
        if not thing.is_indirect:
            return False
        is_known = thing.objgen in self._seen
        self._seen.add(thing.objgen)
        return is_known
