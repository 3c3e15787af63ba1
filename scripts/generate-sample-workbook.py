#!/usr/bin/env python3
"""Writes Samples/workbook/0-source.xlsx: what a colleague sends, with a cover, a title, two header rows and totals.

usage: generate-sample-workbook.py OUT
"""
import datetime, sys, zipfile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
TEXT, DATE, MONEY, PERCENT = 0, 1, 2, 3

strings = {}

def cell(place, value, style=TEXT, formula=None):
    inner = f"<f>{formula}</f>" if formula else ""
    if value is None:
        return f'<c r="{place}">{inner}</c>' if inner else ""
    if isinstance(value, datetime.date):
        value = (value - datetime.date(1899, 12, 30)).days
    if isinstance(value, str):
        if value.startswith("#"):
            return f'<c r="{place}" t="e">{inner}<v>{value}</v></c>'
        number = strings.setdefault(value, len(strings))
        return f'<c r="{place}" t="s"><v>{number}</v></c>'
    return f'<c r="{place}" s="{style}">{inner}<v>{value!r}</v></c>'

def rows(table, styles, first=1):
    out = []
    for number, line in enumerate(table, first):
        cells = "".join(cell(f"{'ABCDEFGHIJ'[i]}{number}", value, styles[i] if i < len(styles) else TEXT)
                        for i, value in enumerate(line))
        if cells:
            out.append(f'<row r="{number}">{cells}</row>')
    return "".join(out)

def day(text):
    return datetime.date.fromisoformat(text)

circuits = [
    ("0048-EPL-001", "Zayo", "12 Main St", "Denver", "910 15th St", "Denver", 1250.1000000000001, 0, day("2024-03-04"), "in_service"),
    ("0048-EPL-002", "Zayo", "12 Main St", "Denver", "1500 Champa St", "Denver", 830, 150.5, day("2023-11-30"), "in_service"),
    ("LMN.77120..DIA", "Lumen", "400 S Hope St", "Los Angeles", None, None, 2450, None, day("2022-02-28"), "in_service"),
    ("LMN.77121..DIA", "Lumen", "624 S Grand Ave", "Los Angeles", None, None, 2450, None, day("2024-02-29"), "in_service"),
    ("HE-0417", "Hurricane Electric", "529 Bryant St", "Palo Alto", None, None, 400, 0, day("2021-07-01"), "in_service"),
    ("CG 55-102", "Cogent", "1 Wilshire Blvd", "Los Angeles", None, None, 0.30000000000000004, 0, day("2024-05-20"), "ordered"),
    ("CG 55-103", "Cogent", "1 Wilshire Blvd", "Los Angeles", None, None, "#N/A", 0, day("2024-05-20"), "ordered"),
    (831000123456, "AT&amp;T", "811 10th Ave", "New York", "32 Ave of the Americas", "New York", 12500, 2500, day("2020-01-15"), "in_service"),
]
styles = [TEXT] * 6 + [MONEY, MONEY, DATE, TEXT]
last = 5 + len(circuits)
circuit_rows = (
    rows([("Circuit inventory, West",), (), (None, None, "Location A", None, "Location Z", None, "Charges", None),
          ("Circuit ID", "Carrier", "Street", "City", "Street", "City", "MRC", "NRC", "Installed", "Status")], [])
    + rows(circuits, styles, 5)
    + f'<row r="{last}">' + cell(f"A{last}", "Total")
    + cell(f"G{last}", 19880.4, MONEY, f"SUM(G5:G{last - 1})") + cell(f"H{last}", 2650.5, MONEY, f"SUM(H5:H{last - 1})")
    + "</row>")
merges = "<mergeCells>" + "".join(f'<mergeCell ref="{r}"/>' for r in ("A1:J1", "C3:D3", "E3:F3", "G3:H3")) + "</mergeCells>"
sheets = [
    ("Read me", "visible", rows([("Please load the sheet Circuits.",), ("Ask Ines for questions.",)], []), ""),
    ("Circuits", "visible", circuit_rows, merges),
    ("Circuits 2019", "hidden", rows([("Circuit ID", "Carrier", "MRC"), ("OLD-1", "Zayo", 99)], []), ""),
]

parts = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    + "".join(f'<Override PartName="/xl/worksheets/sheet{n}.xml" '
              'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
              for n in range(1, len(sheets) + 1))
    + '<Override PartName="/xl/styles.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>'
    '<Override PartName="/xl/sharedStrings.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" Type="{OFFICE}/officeDocument" '
    'Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
    + "".join(f'<sheet name="{name}" sheetId="{n}" state="{state}" r:id="rId{n}"/>'
              for n, (name, state, _, _) in enumerate(sheets, 1)) + "</sheets></workbook>",
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">'
    + "".join(f'<Relationship Id="rId{n}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
              for n in range(1, len(sheets) + 1))
    + f'<Relationship Id="rId8" Type="{OFFICE}/styles" Target="styles.xml"/>'
    f'<Relationship Id="rId9" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
    "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/>'
    '<numFmt numFmtId="165" formatCode="[$USD]\\ #,##0.00"/></numFmts><fonts count="1"><font/></fonts>'
    '<fills count="1"><fill><patternFill patternType="none"/></fill></fills><borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="164"/>'
    '<xf numFmtId="165"/></cellXfs></styleSheet>',
    "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">' + "".join(f"<si><t>{text}</t></si>" for text in strings) + "</sst>",
}
for number, (_, _, body, after) in enumerate(sheets, 1):
    parts[f"xl/worksheets/sheet{number}.xml"] = (
        f'<worksheet xmlns="{MAIN}"><sheetData>{body}</sheetData>{after}</worksheet>')

with zipfile.ZipFile(sys.argv[1], "w") as book:
    for name, body in parts.items():
        info = zipfile.ZipInfo(name)
        info.compress_type = zipfile.ZIP_DEFLATED
        book.writestr(info, HEAD + body)
