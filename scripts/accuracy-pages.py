#!/usr/bin/env python3
"""accuracy-pages.py EXTRACT: words of PDFs as EXTRACT reads them beside pdftotext, and what becomes of odd files.

Needs poppler-utils and ../shared or TRUNKLINE_SHARED; says so and ends well without them. Words are compared as bags, those
parted by a hyphen at the end of a line joined as pdftotext joins them.
"""
import collections
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile


def words(text):
    return collections.Counter(re.sub(r"(\w)-\n(?=[a-z])", r"\1", text.replace("\f", "\n")).split())


def documents(program, files):
    """File name to its status and text."""
    found, names = {}, {}
    with tempfile.TemporaryDirectory() as folder:
        run = subprocess.run(
            [program, *(os.path.abspath(file) for file in files)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            cwd=folder, check=False)
    for line in run.stdout.splitlines():
        message = json.loads(line)
        if message["type"] != "RECORD":
            continue
        record = message["record"]
        if message["stream"] == "documents":
            names[record["sha256"]] = record["filename"]
            found[record["filename"]] = [record["status"], ""]
        else:
            found[names[record["sha256"]]][1] += record["text"] + "\n"
    return found


def peer(file):
    """pdftotext's exit status, None beyond 20 seconds, and its text."""
    try:
        run = subprocess.run(["pdftotext", str(file), "-"], capture_output=True, timeout=20, check=False)
    except subprocess.TimeoutExpired:
        return None, ""
    return run.returncode, run.stdout.decode("utf-8", "replace")


def main():
    program = os.path.abspath(sys.argv[1])
    root = pathlib.Path(os.environ.get("TRUNKLINE_SHARED", "../shared")) / "data/documents"
    if not root.is_dir() or not shutil.which("pdftotext"):
        print(f"accuracy: no {root} or no pdftotext: words of PDFs skipped")
        return
    files = sorted((root / "contracts/pdf").glob("*.pdf"))
    ours = documents(program, files)
    common = theirs_count = ours_count = 0
    for file in files:
        theirs, mine = words(peer(file)[1]), words(ours.get(file.name, ["", ""])[1])
        common += sum((theirs & mine).values())
        theirs_count += sum(theirs.values())
        ours_count += sum(mine.values())
    print(f"words of {len(files)} contracts, {theirs_count} by pdftotext: "
          f"recall {common / theirs_count:.5f}, precision {common / ours_count:.5f}")
    files = sorted(path for path in (root / "odd-pdf").iterdir() if path.suffix in (".pdf", ".fuzz"))
    ours = documents(program, files)
    lost = unlike = 0
    for file in files:
        status, text = peer(file)
        mine = ours.get(file.name, ["none", ""])
        if text.split() and not mine[1].split():
            lost += 1
            print(f"  {file.name}: pdftotext finds text, we {mine[0]}")
        if (status == 0) != (mine[0] in ("ok", "no_text")):
            unlike += 1
            print(f"  {file.name}: pdftotext ends with {status}, we say {mine[0]}")
    print(f"odd files: {len(files)}, with a status {len(ours)}, text lost {lost}, judged otherwise than pdftotext {unlike}")


main()
