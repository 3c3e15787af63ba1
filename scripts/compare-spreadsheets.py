#!/usr/bin/env python3
"""Compares our cells with those of python-calamine, file by file, and lists every difference.

usage: compare-spreadsheets.py SHEET-CELLS FILE...

Numbers are equal when their first 15 significant digits are; dates when they are the same moment to the millisecond.
Prints a line per file, each difference below it, and the sums. Exit status 1 when a difference is not in KNOWN.
"""
import datetime, decimal, os, subprocess, sys
from python_calamine import CalamineWorkbook

# Differences that stay, by file, each with its verdict: what calamine has, what we have, who is right and why.
KNOWN = {}

def unescape(text):
    out, i = [], 0
    while i < len(text):
        if text[i] == "\\":
            out.append({"\\": "\\", "t": "\t", "n": "\n", "r": "\r"}[text[i + 1]])
            i += 2
        else:
            out.append(text[i])
            i += 1
    return "".join(out)

def ours(tool, path):
    """Our cells by sheet name, or the refusal."""
    done = subprocess.run([tool, path], capture_output=True, timeout=60)
    if done.returncode != 0:
        return None, done.stderr.decode().strip()
    sheets, names = {}, {}
    for line in done.stdout.decode().split("\n"):
        if not line:
            continue
        words = line.split("\t")
        if words[0] == "#sheet":
            names[words[1]] = words[4]
            sheets[words[4]] = {}
        elif words[0][0] != "#":
            number, row, column, kind, _, form, _, text = words
            sheets[names[number]][int(row), int(column)] = (kind, unescape(text), form)
    return sheets, None

def theirs(path):
    """calamine's cells by sheet name, or the refusal."""
    try:
        book = CalamineWorkbook.from_path(path)
        sheets = {}
        for name in book.sheet_names:
            try:
                rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            except Exception as error:
                if "not a worksheet" in str(error).lower():
                    continue
                raise
            sheets[name] = {
                (r + 1, c): v for r, row in enumerate(rows) for c, v in enumerate(row) if v != "" and v is not None}
        return sheets, None
    except BaseException as error:
        return None, f"{type(error).__name__}: {error}"

def rounded(value):
    with decimal.localcontext() as context:
        context.prec = 15
        context.rounding = decimal.ROUND_HALF_UP
        return +decimal.Decimal(value)

def same(a, b):
    kind, text, form = a
    if isinstance(b, bool):
        return text == ("TRUE" if b else "FALSE")
    if isinstance(b, (int, float)):
        try:
            return rounded(decimal.Decimal(b)) == rounded(text)
        except decimal.InvalidOperation:
            return False
    if isinstance(b, datetime.datetime):
        iso = b.isoformat(timespec="milliseconds").replace(".000", "")
        return text in (iso, iso.replace("T00:00:00", ""))
    if isinstance(b, datetime.date):
        return text == b.isoformat()
    if isinstance(b, datetime.time):
        return text == b.isoformat(timespec="milliseconds").replace(".000", "")
    if isinstance(b, datetime.timedelta):
        seconds = round(b.total_seconds() * 1000)
        sign, seconds = ("-", -seconds) if seconds < 0 else ("", seconds)
        clock = f"{sign}{seconds // 3600000:02}:{seconds // 60000 % 60:02}:{seconds // 1000 % 60:02}"
        return text in (clock, f"{clock}.{seconds % 1000:03}")
    return text == b

def differences(mine, other):
    for name in other:
        if name not in mine:
            yield f"sheet {name!r}: only calamine has it"
            continue
        for place in sorted(set(mine[name]) | set(other[name])):
            a, b = mine[name].get(place), other[name].get(place)
            if a is None or b is None:
                if a and (a[1] == "" or a[0] == "error"):
                    continue  # its Python side hands over errors as nothing
                yield f"sheet {name!r} row {place[0]} column {place[1] + 1}: ours {a}, calamine {b!r}"
            elif not same(a, b):
                yield f"sheet {name!r} row {place[0]} column {place[1] + 1}: ours {a}, calamine {b!r}"
    for name in mine:
        if name not in other:
            yield f"sheet {name!r}: only we have it"

def main():
    tool, files = sys.argv[1], sys.argv[2:]
    equal = differing = both_refuse = unexplained = cells = 0
    for path in files:
        base = os.path.basename(path)
        mine, refusal = ours(tool, path)
        other, error = theirs(path)
        if other is None and mine is None:
            both_refuse += 1
            print(f"{base}: both refuse: {refusal} | {error}")
            continue
        if other is None:
            found = [f"calamine refuses: {error}"]
        elif mine is None:
            found = [f"we refuse: {refusal}"]
        else:
            found = list(differences(mine, other))
            cells += sum(len(sheet) for sheet in other.values())
        if not found:
            equal += 1
            continue
        differing += 1
        verdict = KNOWN.get(base)
        unexplained += verdict is None
        print(f"{base}: {len(found)} differences; {verdict or 'NO VERDICT'}")
        for text in found[:12]:
            print(f"  {text[:300]}")
    print(f"{len(files)} files, {cells} cells: {equal} the same, {differing} differ ({unexplained} without a verdict), "
          f"{both_refuse} refused by both")
    sys.exit(1 if unexplained else 0)

main()
