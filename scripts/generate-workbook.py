#!/usr/bin/env python3
"""Writes a workbook of ROWS x 25 cells like a carrier's inventory; the same arguments give the same bytes.

usage: generate-workbook.py OUT ROWS [inline]

With shared strings (as Excel writes), or with inline strings (as libxlsxwriter streams).
"""
import random, sys, zipfile

out, rows, inline = sys.argv[1], int(sys.argv[2]), "inline" in sys.argv[3:]
rng = random.Random(7)
carriers = ["AT&amp;T", "Verizon Business", "Lumen Technologies, Inc.", "Zayo", "Cogent", "Comcast Business", "BT Global"]
services = ["DIA", "MPLS", "EPL", "EVPL", "Wavelength", "Dark Fiber"]
letters = [chr(65 + i) for i in range(25)]
table, order = {}, []

def text(value):
    if inline:
        return f' t="inlineStr"><is><t>{value}</t></is></c>'
    if value not in table:
        table[value] = len(order)
        order.append(value)
    return f' t="s"><v>{table[value]}</v></c>'

def cells(row):
    for column in range(25):
        ref = f'<c r="{letters[column]}{row}"'
        if row == 1:
            yield ref + text(f"Column {column}")
        elif column in (14, 15):
            yield f'{ref} s="2"><v>{rng.randrange(2500000) / 100!r}</v></c>'
        elif column == 17:
            yield f"{ref}><v>{12 * rng.randrange(1, 6)}</v></c>"
        elif column in (18, 19, 20):
            yield f'{ref} s="1"><v>{42000 + rng.randrange(3600)}</v></c>'
        elif column in (0, 2, 6, 10, 22):
            yield ref + text(f"{rng.randrange(99):02}/KEFN/{row:06}/{column}/SB")
        elif column == 24:
            if row % 50 == 0:
                yield ref + text("migrated from legacy; verify")
        else:
            yield ref + text(rng.choice(carriers if column % 2 else services))

main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
package = "http://schemas.openxmlformats.org/package/2006/relationships"
head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as book:
    def add(name, body):
        book.writestr(zipfile.ZipInfo(name), head + body, zipfile.ZIP_DEFLATED)
    add("_rels/.rels", f'<Relationships xmlns="{package}"><Relationship Id="rId1" Type="{office}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>')
    add("xl/workbook.xml", f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
        '<sheet name="Inventory" sheetId="1" r:id="rId1"/></sheets></workbook>')
    add("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{package}">'
        f'<Relationship Id="rId1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{office}/styles" Target="styles.xml"/>'
        f'<Relationship Id="rId3" Type="{office}/sharedStrings" Target="sharedStrings.xml"/></Relationships>')
    add("xl/styles.xml", f'<styleSheet xmlns="{main}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/>'
        '</numFmts><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders>'
        '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="164"/>'
        '<xf numFmtId="4"/></cellXfs></styleSheet>')
    part = zipfile.ZipInfo("xl/worksheets/sheet1.xml")
    part.compress_type = zipfile.ZIP_DEFLATED
    with book.open(part, "w", force_zip64=True) as sheet:
        sheet.write((head + f'<worksheet xmlns="{main}"><sheetData>').encode())
        for row in range(1, rows + 2):
            sheet.write(f'<row r="{row}" spans="1:25">{"".join(cells(row))}</row>'.encode())
        sheet.write(b"</sheetData></worksheet>")
    add("xl/sharedStrings.xml", f'<sst xmlns="{main}" count="{len(order)}" uniqueCount="{len(order)}">'
        + "".join(f"<si><t>{value}</t></si>" for value in order) + "</sst>")
    add("[Content_Types].xml", '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/xl/workbook.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>')
