"""Files as people send them, each with a secret in every corner that a program has put one in."""

import io
import zipfile

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf
from PIL import Image

SECRET = "planted-4711"


def picture(kind="JPEG", size=(64, 48), mode="RGB", **kwargs):
    """EXIF with place, artist and serial number; a comment; text chunks; XMP."""
    exif = Image.Exif()
    exif[0x013B] = exif[0x010F] = f"{SECRET} artist"
    exif[0x0112] = 6  # turned by a quarter
    exif.get_ifd(0x8825)[1], exif.get_ifd(0x8825)[29] = "N", SECRET
    given = {"exif": exif.tobytes()}
    if kind == "JPEG":
        given |= {"comment": f"{SECRET} comment".encode(), "xmp": f"<x>{SECRET}</x>".encode()}
    if kind == "PNG":
        from PIL.PngImagePlugin import PngInfo

        given["pnginfo"] = PngInfo()
        given["pnginfo"].add_text("Author", SECRET)
        given["pnginfo"].add_itxt("XML:com.adobe.xmp", SECRET, zip=True)
    if kind == "WEBP":
        given["xmp"] = f"<x>{SECRET}</x>".encode()
    out = io.BytesIO()
    half = size[0] // 2
    image = Image.new(mode, size, "white")
    image.paste("black" if mode == "L" else "navy", (0, 0, half, size[1]))
    image.save(out, kind, **given | kwargs)
    return out.getvalue()


def _stream(pdf, data, **keys):
    return pdf.make_indirect(pikepdf.Stream(pdf, data, **keys))


def pdf(*, page_text="(Hello) Tj", **save):
    """Attachments by names and by /AF, metadata of document, page and picture, a script, EXIF inside."""
    found = Pdf.new()
    said = SECRET.encode()
    photo = _stream(
        found,
        picture(),
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=64,
        Height=48,
        ColorSpace=Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=Name.DCTDecode,
        Metadata=_stream(found, said),
    )
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    attached = Dictionary(Type=Name.Filespec, F=SECRET, EF=Dictionary(F=_stream(found, said, Type=Name.EmbeddedFile)))
    comment = Dictionary(Type=Name.Annot, Subtype=Name.Text, T=SECRET, Contents=SECRET, Rect=[0, 0, 9, 9])
    page = Dictionary(
        Type=Name.Page,
        MediaBox=[0, 0, 300, 200],
        Resources=Dictionary(Font=Dictionary(A=font), XObject=Dictionary(F=photo)),
        Contents=_stream(found, f"BT /A 12 Tf 20 20 Td {page_text} ET q 100 0 0 80 20 60 cm /F Do Q".encode()),
        Metadata=_stream(found, said),
        PieceInfo=Dictionary(X=Dictionary(Private=SECRET)),
        LastModified=f"D:20210101 {SECRET}",
        AF=Array([found.make_indirect(attached)]),
        Annots=Array([found.make_indirect(comment)]),
    )
    found.pages.append(pikepdf.Page(found.make_indirect(page)))
    found.attachments[f"{SECRET}.txt"] = said
    found.docinfo[Name.Author] = SECRET
    with found.open_metadata() as meta:
        meta["dc:creator"] = [SECRET]
    found.Root.AF = Array([found.make_indirect(attached)])
    found.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=SECRET)
    out = io.BytesIO()
    found.save(out, **save)
    return out.getvalue()


def archive(parts, *, comment=b""):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
        file.comment = comment
    return out.getvalue()


PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def _relations(*rows):
    inside = "".join(
        f'<Relationship Id="r{number}" Type="{OFFICE}/{kind}" Target="{target}"{mode}/>'
        for number, (kind, target, mode) in enumerate(rows, 1)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{inside}</Relationships>'


EXTERNAL = ' TargetMode="External"'


def docx_parts():
    names = ["word/document.xml", "word/comments.xml", "word/people.xml", "docProps/core.xml", "word/vbaProject.bin"]
    overrides = "".join(f'<Override PartName="/{name}" ContentType="application/xml"/>' for name in names)
    who = f'w:author="{SECRET}" w:initials="{SECRET}" w:date="2021-05-17T10:00:00Z" w:rsidR="00{SECRET}"'
    return {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>',
        "_rels/.rels": _relations(
            ("officeDocument", "word/document.xml", ""),
            ("core-properties", "docProps/core.xml", ""),
            ("thumbnail", "docProps/thumbnail.jpeg", ""),
        ),
        "docProps/core.xml": f"<x>{SECRET}</x>",
        "docProps/app.xml": f"<x>{SECRET}</x>",
        "docProps/thumbnail.jpeg": picture(),
        "customXml/item1.xml": f"<x>{SECRET}</x>",
        "word/document.xml": f'<w:document xmlns:w="{WORD}" xmlns:r="{OFFICE}"><!-- {SECRET} --><w:body><w:p {who}>'
        f"<w:ins {who}><w:r><w:t>the story</w:t></w:r></w:ins><w:del {who}/></w:p>"
        '<w:object><w:OLEObject r:id="r4"/></w:object><w:hyperlink r:id="r6"/></w:body></w:document>',
        "word/_rels/document.xml.rels": _relations(
            ("image", "media/image1.jpeg", ""),
            ("comments", "comments.xml", ""),
            ("people", "people.xml", ""),
            ("oleObject", "embeddings/oleObject1.bin", ""),
            ("image", f"https://example.org/{SECRET}.png", EXTERNAL),
            ("hyperlink", "https://example.org/page", EXTERNAL),
            ("hyperlink", f"file:///C:/Users/{SECRET}/draft.docx", EXTERNAL),
        ),
        "word/comments.xml": f'<w:comments xmlns:w="{WORD}"><w:comment w:id="0" {who}><w:p/></w:comment></w:comments>',
        "word/people.xml": f"<x>{SECRET}</x>",
        "word/settings.xml": f'<w:settings xmlns:w="{WORD}" xmlns:r="{OFFICE}">'
        f'<w:rsids><w:rsid w:val="{SECRET}"/></w:rsids>'
        '<w:attachedTemplate r:id="r1"/><w:zoom w:percent="100"/></w:settings>',
        "word/_rels/settings.xml.rels": _relations(("attachedTemplate", f"file:///C:/{SECRET}/x.dotm", EXTERNAL)),
        "word/media/image1.jpeg": picture(),
        "word/media/image2.emf": f"EMF {SECRET}".encode(),
        "word/embeddings/oleObject1.bin": SECRET.encode(),
        "word/vbaProject.bin": SECRET.encode(),
    }  # fmt: skip


def docx(**changed):
    return archive(docx_parts() | changed, comment=SECRET.encode())


def xlsx():
    sheet = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return archive(
        {
            "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"/>',
            "_rels/.rels": _relations(("officeDocument", "xl/workbook.xml", "")),
            "docProps/app.xml": f"<x>{SECRET}</x>",
            "xl/workbook.xml": f'<workbook xmlns="{sheet}" xmlns:x="urn:x"><fileSharing userName="{SECRET}"/>'
            f'<x:absPath url="C:\\Users\\{SECRET}\\"/><sheets/></workbook>',
            "xl/persons/person.xml": f'<x xmlns="urn:p"><person displayName="{SECRET}" userId="{SECRET}"/></x>',
            "xl/comments1.xml": f'<comments xmlns="{sheet}"><authors><author>{SECRET}</author></authors>'
            "<commentList><comment ref='A1'><text><t>mind the door</t></text></comment></commentList></comments>",
            "xl/connections.xml": f"<x>{SECRET}</x>",
            "xl/printerSettings/printerSettings1.bin": SECRET.encode(),
            "xl/drawings/vmlDrawing1.vml": "<xml><br>mind</xml>",
        }
    )  # fmt: skip


def odt(**changed):
    office = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
    text, dc = "urn:oasis:names:tc:opendocument:xmlns:text:1.0", "http://purl.org/dc/elements/1.1/"
    manifest = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    names = ["content.xml", "meta.xml", "Pictures/one.jpg", "Thumbnails/thumbnail.png"]
    entries = "".join(f'<m:file-entry m:full-path="{name}" m:media-type=""/>' for name in ["/", *names])
    who = f"<dc:creator>{SECRET}</dc:creator><dc:date>2021-05-17T10:00:00</dc:date>"
    return archive(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f'<o:document-content xmlns:o="{office}" xmlns:t="{text}" xmlns:dc="{dc}">'
            f"<o:scripts>{SECRET}</o:scripts><o:body><t:tracked-changes><t:changed-region><o:change-info>{who}</o:change-info>"
            f"</t:changed-region></t:tracked-changes><t:p>the story<o:annotation>{who}<t:p>mind</t:p></o:annotation>"
            f"<t:author-name>{SECRET}</t:author-name></t:p></o:body></o:document-content>",
            "meta.xml": f"<x>{SECRET}</x>",
            "settings.xml": f"<x>{SECRET}</x>",
            "Pictures/one.jpg": picture(),
            "Thumbnails/thumbnail.png": picture("PNG"),
            "Basic/Standard/Module1.xml": f"<x>{SECRET}</x>",
            "META-INF/manifest.xml": f'<m:manifest xmlns:m="{manifest}">{entries}</m:manifest>',
        }
        | changed
    )  # fmt: skip


def png_bomb():
    """20,000 by 20,000 pixels in some 50 KB."""
    out = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(out, "PNG", optimize=True)
    return out.getvalue()


def zip_bomb():
    return archive(docx_parts() | {"word/big.xml": bytes(210 * 1024**2)})


def entities():
    parts = docx_parts()
    parts["word/document.xml"] = '<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><a>&b;</a>'
    return archive(parts)


WITH_SECRETS = {
    "jpeg": picture,
    "png": lambda: picture("PNG"),
    "webp": lambda: picture("WEBP", lossless=True),
    "pdf": pdf,
    "docx": docx,
    "xlsx": xlsx,
    "odt": odt,
}
