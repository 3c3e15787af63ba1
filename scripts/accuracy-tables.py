#!/usr/bin/env python3
"""accuracy-tables.py EXTRACT: header rows, first rows and records of Tests/Tables, CleverCSV beside it where installed.

Also the shared hostile files and csv-spectrum where they are: what each costs in processor seconds and memory.
"""
import csv
import json
import os
import resource
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
TABLES = os.path.join(ROOT, "Tests", "Tables")
SHARED = os.environ.get("TRUNKLINE_SHARED", os.path.join(ROOT, "..", "shared")) + "/data/tables"


def extract(program, path, folder):
    """Status, lines of output, processor seconds and MiB of one run."""
    argv = [program, "--rejects", os.path.join(folder, "rejects.jsonl"), path]
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        child = subprocess.Popen(argv, stdout=out, stderr=err)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        lines = out.read().decode("utf-8").splitlines()
        return child.returncode, lines, err.read().decode("utf-8"), usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def ours(lines):
    """Header rows as truth.csv writes them, and the rows that are records."""
    if not lines:
        return "refused", []
    table = json.loads(lines[0])["x-table"]
    header = table.get("header_rows") or [table["header_row"]]
    rows = [json.loads(line)["row"] for line in lines if '"type":"RECORD"' in line]
    if header == [None]:
        return "none", rows
    return str(header[0]) if len(header) == 1 else f"{header[0]}-{header[-1]}", rows


def theirs(path):
    """CleverCSV: its dialect, and its own word on whether the first row is a header."""
    import clevercsv

    data = open(path, "rb").read()
    for encoding in ("utf-8-sig", "utf-16", "cp1252"):
        try:
            text = data.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    dialect = clevercsv.Sniffer().sniff(text)
    if dialect is None:
        return "refused", 0
    rows = list(clevercsv.reader(text.splitlines(True), dialect))
    try:
        header = clevercsv.Sniffer().has_header(text)
    except Exception:
        header = False
    return ("1" if header else "none"), len(rows) - (1 if header else 0)


def tables(program, folder):
    truths = list(csv.DictReader(open(os.path.join(TABLES, "truth.csv"))))
    try:
        import clevercsv

        peer = f"CleverCSV {clevercsv.__version__}"
    except ImportError:
        peer = None
    right, records, cpu, peer_right, peer_records, peer_cpu = 0, 0, 0.0, 0, 0, 0.0
    for truth in truths:
        path = os.path.join(TABLES, truth["file"])
        _, lines, _, seconds, _ = extract(program, path, folder)
        cpu += seconds
        header, rows = ours(lines)
        right += header == truth["header"]
        records += len(rows) == int(truth["records"])
        if header != truth["header"] or len(rows) != int(truth["records"]):
            print(f"  {truth['file']}: header {header} for {truth['header']}, {len(rows)} records for {truth['records']}")
        if peer:
            before = resource.getrusage(resource.RUSAGE_SELF)
            header, count = theirs(path)
            after = resource.getrusage(resource.RUSAGE_SELF)
            peer_cpu += after.ru_utime - before.ru_utime
            peer_right += header == truth["header"]
            peer_records += count == int(truth["records"])
    count = len(truths)
    print(f"tables of our own: {count}")
    print(f"  trunkline     header rows {right / count:.3f}  records {records / count:.3f}  {cpu:.2f} CPU s")
    if peer:
        print(f"  {peer} header rows {peer_right / count:.3f}  records {peer_records / count:.3f}  {peer_cpu:.2f} CPU s")
    else:
        print("  CleverCSV skipped: not installed")
    return right >= 0.9 * count


def hostile(program, folder):
    bad = os.path.join(SHARED, "bad")
    if not os.path.exists(os.path.join(bad, "MANIFEST.csv")):
        print("hostile files skipped: not here")
        return True
    later = {"E_DUP_KEY", "W_DUP_KEY"}
    worst = (0.0, ""), (0.0, "")
    good = count = 0
    for row in csv.DictReader(open(os.path.join(bad, "MANIFEST.csv"))):
        if not row["file"].endswith((".csv", ".tsv", ".txt", ".gz", ".xls")) or row["format"] == "xlsx":
            continue
        status, lines, errors, seconds, mebibytes = extract(program, os.path.join(bad, row["file"]), folder)
        # A PDF that cannot be read goes on as a document of which nothing was taken.
        table = json.loads(lines[0]).get("x-table") if lines else None
        notes = [note["code"] for note in table["notes"]] if table else []
        code = row["code"]
        if code.startswith("E_") and code not in later:
            fits = f"({code})" in errors and not table
        else:
            # "accept, or reject as HTML": a refusal by content is one of the two.
            refused = code == "W_TYPE" and "(E_TYPE)" in errors
            fits = refused or status in (0, 3) and (code == "OK" or code in later or code in notes)
        fits = fits and seconds < 2 and mebibytes < 150
        count += 1
        good += fits
        worst = max(worst[0], (seconds, row["file"])), max(worst[1], (mebibytes, row["file"]))
        if not fits:
            print(f"  {row['file']}: {code} expected, exit {status}, {notes}, {errors.strip()[:120]}, {seconds:.2f} s, {mebibytes:.0f} MiB")
    print(f"hostile files as the manifest says, within 2 CPU s and 150 MiB: {good} of {count}")
    print(f"  most processor time {worst[0][0]:.2f} s ({worst[0][1]}), most memory {worst[1][0]:.0f} MiB ({worst[1][1]})")
    return good == count


def spectrum(program, folder):
    base = os.path.join(SHARED, "csv-spectrum")
    if not os.path.isdir(base):
        print("csv-spectrum skipped: not here")
        return True
    good = 0
    names = sorted(name[:-4] for name in os.listdir(os.path.join(base, "csvs")))
    for name in names:
        path = os.path.join(base, "csvs", name + ".csv")
        truth = json.load(open(os.path.join(base, "json", name + ".json")))
        if name == "location_coordinates":  # its truth has another phone number and a broken encoding
            truth = list(csv.DictReader(open(path, encoding="utf-8")))
        if name == "newlines_crlf":  # its truth has CR LF inside a cell, the file lost its CRs in git
            truth = list(csv.DictReader(open(path, newline="")))
        _, lines, _, _, _ = extract(program, path, folder)
        if not lines:
            print(f"  {name}: refused")
            continue
        columns = [column["name"] for column in json.loads(lines[0])["x-columns"]]
        rows = [json.loads(line)["record"] for line in lines if '"type":"RECORD"' in line]
        found = [{column: row.get(column, "") for column in columns} for row in rows]
        good += found == truth
        if found != truth:
            print(f"  {name}: {found[:2]} for {truth[:2]}")
    print(f"csv-spectrum: {good} of {len(names)}")
    return good == len(names)


def main():
    program = sys.argv[1]
    with tempfile.TemporaryDirectory() as folder:
        results = [check(program, folder) for check in (tables, hostile, spectrum)]
    sys.exit(0 if all(results) else 1)


main()
