#!/usr/bin/env python3
"""Writes Samples/contracts/0-source, changed and odd: contracts as carriers write them, with invented parties.

usage: generate-contracts.py [OUT]     (OUT: Samples/contracts)

Needs python3-reportlab, python3-pil, poppler-utils and fonts-liberation of Debian 12 (FONTS names another folder of the
fonts). The files it writes are committed: nobody has to run it. The answer sheets beside them are written by hand.
"""
import os
import pathlib
import random
import subprocess
import sys
import tempfile

from PIL import Image, ImageFilter
from reportlab.lib import colors
from reportlab.lib.pagesizes import letter
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import (BaseDocTemplate, Frame, NextPageTemplate, PageBreak, PageTemplate, Paragraph, Spacer,
                                Table)

import contract_texts as texts

FONTS = os.environ.get("FONTS", "/usr/share/fonts/truetype/liberation")
for name in ("LiberationSans-Regular", "LiberationSans-Bold", "LiberationSerif-Regular", "LiberationSerif-Bold"):
    pdfmetrics.registerFont(TTFont(name, f"{FONTS}/{name}.ttf"))


def style(family, size, bold=False, **more):
    more = {"leading": size * 1.25, "spaceAfter": size * 0.55} | more
    return ParagraphStyle(family, fontName=f"Liberation{family}-{'Bold' if bold else 'Regular'}", fontSize=size, **more)


SANS = {
    "title": style("Sans", 14, True), "head": style("Sans", 9, True, spaceBefore=4), "body": style("Sans", 8.5),
    "cell": style("Sans", 7.5, spaceAfter=0), "number": style("Sans", 7.5, spaceAfter=0, alignment=2),
    "label": style("Sans", 7.5, True, spaceAfter=0), "small": style("Sans", 6.5), "white": style("Sans", 5, textColor="white"),
}
SERIF = {
    "title": style("Serif", 14, True, alignment=1), "head": style("Serif", 10.5, True), "body": style("Serif", 10.5, alignment=4),
    "cell": style("Serif", 9, spaceAfter=0), "number": style("Serif", 9, spaceAfter=0, alignment=2),
    "label": style("Serif", 9, True, spaceAfter=0), "small": style("Serif", 8), "white": style("Serif", 5, textColor="white"),
}
NARROW = SERIF | {"body": style("Serif", 9.4, alignment=4), "head": style("Serif", 9.4, True), "title": style("Serif", 12, True)}
RULED = [("GRID", (0, 0), (-1, -1), 0.4, colors.grey), ("VALIGN", (0, 0), (-1, -1), "TOP")]
LINED = [("LINEBELOW", (0, 0), (-1, 0), 0.9, colors.black), ("LINEBELOW", (0, 1), (-1, -1), 0.25, colors.lightgrey),
         ("VALIGN", (0, 0), (-1, -1), "TOP")]


def form(looks, rows, widths):
    """Labels in odd columns, what is filled in beside them."""
    return Table([[Paragraph(text, looks["label" if column % 2 == 0 else "cell"]) for column, text in enumerate(row)]
                  for row in rows], colWidths=widths, style=RULED)


def prices(looks, rows, widths, numbers, ruled=False, space=3):
    """A first row of headings, repeated on the next page; columns from `numbers` on are aligned right."""
    room = [("TOPPADDING", (0, 0), (-1, -1), space), ("BOTTOMPADDING", (0, 0), (-1, -1), space)]
    body = [[Paragraph(text, looks["number" if column >= numbers else "cell"]) for column, text in enumerate(row)]
            for row in rows[1:]]
    return Table([[Paragraph(text, looks["label"]) for text in rows[0]]] + body, colWidths=widths, repeatRows=1,
                 style=(RULED if ruled else LINED) + room)


def signatures(looks, left, right):
    return Table([[Paragraph(a, looks["cell"]), Paragraph(b, looks["cell"])] for a, b in zip(left, right)],
                 colWidths=[250, 250])


def story(looks, parts):
    """Paragraphs by their kind, other parts as they are."""
    return [Paragraph(part[1], looks[part[0]]) if isinstance(part, tuple) else part for part in parts]


def footer(left, family="Sans", first=1):
    def draw(canvas, document):
        canvas.setFont(f"Liberation{family}-Regular", 6.5)
        canvas.drawString(54, 30, left)
        canvas.drawRightString(document.pagesize[0] - 54, 30, f"Page {document.page - first + 1}")
    return draw


def write(path, parts, foot, size=letter, margin=54, columns=1, templates=None, encrypt=None):
    """One document, the same bytes each time."""
    document = BaseDocTemplate(str(path), pagesize=size, invariant=1, title="", author="", encrypt=encrypt)
    width, gap = size[0] - 2 * margin, 18
    each = (width - gap * (columns - 1)) / columns
    frames = [Frame(margin + n * (each + gap), 46, each, size[1] - 94, leftPadding=0, rightPadding=0)
              for n in range(columns)]
    document.addPageTemplates(templates or [PageTemplate("all", frames, onPage=foot)])
    document.build(parts)


def portrait(name, foot):
    return PageTemplate(name, [Frame(54, 46, 504, 698, leftPadding=0, rightPadding=0)], onPage=foot)


def turned(name, foot):
    """A landscape sheet stored upright and shown turned, as a scanner or a printer driver leaves it."""
    def draw(canvas, document):
        canvas.translate(letter[0], 0)
        canvas.rotate(90)
        foot(canvas, document)
    template = PageTemplate(name, [Frame(46, 46, 700, 500, leftPadding=0, rightPadding=0)], onPage=draw,
                            pagesize=(letter[1], letter[0]))
    template.rotation = 90
    return template


def fax(pages):
    """A PDF of one-bit pages and nothing else: images as CCITT group 4, 200 dots an inch."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>",
               b"<< /Type /Pages /Kids [%s] /Count %d >>"
               % (b" ".join(b"%d 0 R" % (3 + 3 * n) for n in range(len(pages))), len(pages))]
    for n, page in enumerate(pages):
        with tempfile.NamedTemporaryFile(suffix=".tif") as file:
            page.save(file.name, compression="group4", tiffinfo={278: page.height})
            with Image.open(file.name) as tiff:
                place, length = tiff.tag_v2[273][0], tiff.tag_v2[279][0]
            data = pathlib.Path(file.name).read_bytes()[place:place + length]
        content = b"q %.2f 0 0 %.2f 0 0 cm /I Do Q" % (page.width * 0.36, page.height * 0.36)
        first = 3 + 3 * n
        objects += [
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %.2f %.2f] /Contents %d 0 R /Resources << /XObject << /I %d 0 R >> >> >>"
            % (page.width * 0.36, page.height * 0.36, first + 1, first + 2),
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
            b"<< /Type /XObject /Subtype /Image /Width %d /Height %d /BitsPerComponent 1 /ColorSpace /DeviceGray "
            b"/Filter /CCITTFaxDecode /DecodeParms << /K -1 /Columns %d /Rows %d /BlackIs1 true >> /Length %d >>\nstream\n%s\nendstream"
            % (page.width, page.height, page.width, page.height, len(data), data)]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + (b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
                  % (len(objects) + 1, table, len(objects) + 1, len(out)))


def scan(source, target, degrees):
    """The pages as an office scanner leaves them: a little turned, a little dust, black and white."""
    dust = random.Random(20418)
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["pdftoppm", "-r", "200", "-gray", source, f"{folder}/p"], check=True)
        pages = []
        for number, file in enumerate(sorted(pathlib.Path(folder).glob("p-*.pgm"))):
            page = Image.open(file).convert("L")
            turn = degrees if number % 2 == 0 else -degrees / 2
            page = page.rotate(turn, Image.BICUBIC, fillcolor=255).filter(ImageFilter.GaussianBlur(0.6))
            page = page.point(lambda level: 255 if level > 150 else 0).convert("1")
            for _ in range(260):
                page.putpixel((dust.randrange(page.width), dust.randrange(page.height)), 0)
            pages.append(page)
        target.write_bytes(fax(pages))


def odd(out):
    """Orders in which something is missing, doubled or blacked out, and one that asks for its password."""
    out.mkdir(parents=True, exist_ok=True)
    for name, parts, lines in (("no-notice", texts.no_notice, texts.no_notice_lines),
                               ("two-currencies", texts.two_currencies, texts.two_currencies_lines),
                               ("redacted", texts.redacted, texts.redacted_lines)):
        write(out / f"{name}.pdf", story(SANS, parts) + [prices(SANS, lines, [40, 200, 100, 100], 2)],
              footer("Northline Carrier Services, LLC - Confidential"))
    write(out / "password.pdf", story(SANS, texts.no_notice), footer("Northline Carrier Services, LLC"),
          encrypt=StandardEncryption("hearthwood", ownerPassword="northline", strength=128))


def amendment(path, lines, end):
    write(path,
          story(SERIF, texts.amendment) + [prices(SERIF, lines, [40, 148, 92, 92, 92], 2, True), Spacer(1, 8)]
          + story(SERIF, end) + [signatures(SERIF, *texts.amendment_signed)],
          footer("NCS-AM-55210-1", "Serif"), margin=72)


def main(out):
    odd(out / "odd")
    out = out / "0-source"
    out.mkdir(parents=True, exist_ok=True)
    t = texts
    write(out / "northline-master.pdf",
          story(SERIF, t.northline_master) + [signatures(SERIF, *t.northline_master_signed)],
          footer("NCS-MSA-20418", "Serif"), margin=72)
    write(out / "northline-order.pdf",
          story(SANS, t.northline_order_head)
          + [form(SANS, t.northline_order_form, [90, 190, 90, 134]), Spacer(1, 8),
             prices(SANS, t.northline_order_lines, [28, 112, 112, 112, 32, 56, 52], 4, space=9)]
          + story(SANS, t.northline_order_terms) + [signatures(SANS, *t.northline_order_signed)],
          footer("Northline Carrier Services, LLC - Service Order NCS-SO-55210 - Confidential"))
    amendment(out / "northline-amendment.pdf", t.amendment_lines, t.amendment_end)
    (out.parent / "changed").mkdir(exist_ok=True)
    amendment(out.parent / "changed/northline-amendment.pdf", t.signed_amendment_lines, t.signed_amendment_end)
    with tempfile.TemporaryDirectory() as folder:
        clean = pathlib.Path(folder) / "clean.pdf"
        write(clean,
              story(SANS, t.meridian_scan_head)
              + [form(SANS, t.meridian_scan_form, [90, 190, 90, 134]), Spacer(1, 8),
                 prices(SANS, t.meridian_scan_lines, [26, 150, 188, 70, 70], 3, True)]
              + story(SANS, t.meridian_scan_terms) + [signatures(SANS, *t.meridian_scan_signed)],
              footer("Meridian Fiber Networks - MFN-30877"))
        scan(clean, out / "meridian-order-scan.pdf", 0.9)
    foot = footer("Meridian Fiber Networks - Wave Service Order MFN-31402")
    write(out / "meridian-wave-rotated.pdf",
          story(SANS, t.meridian_wave) + [NextPageTemplate("turned"), PageBreak()] + story(SANS, t.meridian_wave_attachment)
          + [prices(SANS, t.meridian_wave_lines, [30, 150, 190, 190, 70, 70], 4, True)] + story(SANS, t.meridian_wave_end),
          foot, templates=[portrait("upright", foot), turned("turned", foot)])
    write(out / "meridian-terms.pdf",
          story(NARROW, t.meridian_terms), footer("Meridian Fiber Networks - General Terms MFN-GT-2023-118", "Serif"),
          columns=2)
    write(out / "northline-order-hostile.pdf",
          story(SANS, t.hostile_head)
          + [form(SANS, t.hostile_form, [90, 190, 90, 134]), Spacer(1, 8),
             prices(SANS, t.hostile_lines, [30, 168, 166, 70, 70], 3)]
          + story(SANS, t.hostile_terms) + [signatures(SANS, *t.hostile_signed)],
          footer("Northline Carrier Services, LLC - Service Order NCS-SO-55377 - Confidential"))
    foot, order = footer("MFN-MSA-7714", "Serif"), footer("Meridian Fiber Networks - MFN-32055", first=2)
    write(out / "meridian-two-agreements.pdf",
          story(SERIF, t.two_master) + [signatures(SERIF, *t.two_master_signed), NextPageTemplate("order"), PageBreak()]
          + story(SANS, t.two_order_head) + [form(SANS, t.two_order_form, [90, 190, 90, 134]), Spacer(1, 8),
                                             prices(SANS, t.two_order_lines, [26, 150, 188, 70, 70], 3, True)]
          + story(SANS, t.two_order_terms) + [signatures(SANS, *t.two_order_signed)],
          foot, templates=[portrait("master", foot), portrait("order", order)])


main(pathlib.Path(sys.argv[1] if len(sys.argv) > 1
                  else pathlib.Path(__file__).resolve().parent.parent / "Samples/contracts"))
