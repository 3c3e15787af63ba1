#!/usr/bin/env python3
"""Measures `trunkline map suggest` on headings of real files whose meaning is known, one source left out at a time.

usage: accuracy-headings.py FOLDER-OF-EXECUTABLES [-v]

Reads data/tables/headers under $TRUNKLINE_SHARED or ../shared and says so where that is absent. Each heading is asked alone,
without values: with the curated words only, then with mappings saved for all other sources (what an operator would have by
then). Ends with 1 where a bound is missed.
"""
import collections
import csv
import json
import os
import subprocess
import sys
import tempfile

from canonical import FINER, TARGETS

BOUNDS = {"precision": 0.98, "coverage": 0.60, "first": 0.85, "among three": 0.92, "German and French": 0.80}


def ask(program, headings, mappings):
    """One decision per heading, each as a table of its own."""
    lines = [json.dumps({"type": "SCHEMA", "stream": "rows", "schema": {"properties": {}}, "key_properties": [],
                         "x-columns": [{"name": heading, "property": heading}]}) for heading in headings]
    told = subprocess.run([program, "suggest", "--json", "--quiet", "--accept-unsealed", "--mappings", mappings],
                          input="\n".join(lines) + "\n", capture_output=True, text=True, check=True)
    return [json.loads(line)["columns"][0] for line in told.stdout.splitlines()]


def save_mappings(folder, pairs):
    """What an operator decided for the other sources; a target once a file, as a mapping demands."""
    files = []
    for pair in pairs:
        target = TARGETS.get(pair["canonical"])
        if pair["canonical"] and not target:
            continue
        line = f'  {json.dumps(pair["header"])}: {target or "ignore"}'
        place = next((file for file in files if target not in file or not target), None)
        if place is None:
            place = {}
            files.append(place)
        place[target or line] = (pair["header"], line)
    for number, file in enumerate(files):
        headers = {header: line for header, line in file.values()}
        with open(os.path.join(folder, f"other-{number}.yaml"), "w") as out:
            print("name: other", "entity: circuit", sep="\n", file=out)
            print("signature: {headers: [" + ", ".join(json.dumps(h) for h in headers) + ", never]}", file=out)
            print("columns:", *headers.values(), sep="\n", file=out)


def judge(pairs, answers, verbose):
    count = collections.Counter()
    for pair, answer in zip(pairs, answers):
        fields = [candidate["field"] for candidate in answer["candidates"]]
        known = answer["decision"] == "ignored" and answer["reason"].startswith("belongs to")
        taken = answer["decision"] == "accepted" or known
        if not pair["canonical"]:
            count["noise"] += 1
            count["noise taken"] += taken
            if taken:
                print(f'  noise taken: {pair["header"]!r} as {fields[0]}')
            continue
        strict = TARGETS.get(pair["canonical"], pair["canonical"])
        right = [strict] + FINER.get(pair["canonical"], [])
        first = bool(fields) and fields[0] in right
        count["asked"] += 1
        count["taken"] += taken
        count["taken right"] += taken and first
        count["finer"] += taken and first and fields[0] != strict
        count["placed"] += answer["decision"] == "accepted"
        count["first"] += first
        count["three"] += any(field in right for field in fields)
        if pair["source"].startswith(("German", "French")):
            count["translated"] += 1
            count["translated first"] += first
            count["translated taken"] += taken and first
        if taken and not first:
            print(f'  wrong: {pair["header"]!r} is {pair["canonical"]}, taken as {fields[0]}')
        elif verbose and not (taken and first):
            print(f'  {"undecided" if first else "missed"}: {pair["header"]!r} is {pair["canonical"]}: {fields}')
    return count


def report(title, count):
    figures = {
        "precision": (count["taken right"], count["taken"]), "coverage": (count["taken"], count["asked"]),
        "first": (count["first"], count["asked"]), "among three": (count["three"], count["asked"]),
        "German and French": (count["translated first"], count["translated"]),
    }
    print(f'{title}: {count["asked"]} headings, {count["noise"]} of noise')
    missed = count["noise taken"] > 0
    for name, (part, whole) in figures.items():
        share = part / whole if whole else 0
        missed |= share < BOUNDS[name]
        print(f'  {name:18} {share:.3f} ({part} of {whole}), bound {BOUNDS[name]:.2f}'
              + ("  MISSED" if share < BOUNDS[name] else ""))
    print(f'  {"noise taken":18} {count["noise taken"]}, bound 0')
    print(f'  of the {count["taken"]} taken {count["placed"]} have a place in the inventory, {count["finer"]} by a finer field '
          f'than the list has; German and French taken right: {count["translated taken"]}')
    return missed


def main():
    folder = sys.argv[1]
    verbose = "-v" in sys.argv
    program = os.path.join(folder, "trunkline-map")
    roots = [os.environ.get("TRUNKLINE_SHARED"), "../shared", "../../shared"]
    path = next((p for p in (os.path.join(r, "data/tables/headers/pairs.csv") for r in roots if r)
                 if os.path.exists(p)), None)
    if path is None:
        print("headings: skipped, there are no shared data (TRUNKLINE_SHARED)")
        return 0
    with open(path) as file:
        pairs = list(csv.DictReader(file))
    with tempfile.TemporaryDirectory() as empty:
        curated = ask(program, [pair["header"] for pair in pairs], empty)
    missed = report("curated words alone", judge(pairs, curated, verbose))
    answers = {}
    for source in sorted({pair["source"] for pair in pairs}):
        own = [index for index, pair in enumerate(pairs) if pair["source"] == source]
        with tempfile.TemporaryDirectory() as saved:
            save_mappings(saved, [pair for pair in pairs if pair["source"] != source])
            answers.update(zip(own, ask(program, [pairs[index]["header"] for index in own], saved)))
    learned = [answers[index] for index in range(len(pairs))]
    missed |= report("with mappings of the other sources", judge(pairs, learned, verbose))
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
