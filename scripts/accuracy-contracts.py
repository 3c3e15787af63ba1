#!/usr/bin/env python3
"""Measures what the rules read from contracts against what lawyers marked in them (CUAD), part by part.

usage: accuracy-contracts.py CONTRACT-FIELDS PAGES-FOLDER [-v FIELD] [--part development|held-out|all] [--rules]

Reads data/documents/contracts under $TRUNKLINE_SHARED or ../shared and says so where that is absent. PAGES-FOLDER holds one
file NAME.jsonl of `pages` records for each NAME.pdf. A contract belongs to the held-out part when the CRC-32 of its file's name
leaves 1 or 5 when divided by 16: rules are written by looking at the others only. Targets are those of all contracts; a part
that is below one is said, for its few values decide nothing, and exit 1 is for all.

A value is right when it is equal after normalising:
- dates: the day; a contract that only says part of a day, or describes it, is skipped, as is a redacted one;
- expiration: the day, or perpetual;
- renewal: the months of one renewal (`successive 1 year` is 12); other answers are skipped;
- notice: the days, a month being 30;
- governing law: the first place named, in small letters, without `state of` and its like;
- parties: names without defined terms and without sums of them (`A and B (the "Parties")`), in small letters and digits; equal, or alike at 88 % (difflib).
A row with a marked clause and no answer is skipped; one without either counts against precision when a value is reported.
Quote: share of the reported values of rows that have a marked clause, whose quote overlaps it; raised letters (`30th`) aside, which
the corpus has lost.
"""
import argparse
import collections
import csv
import datetime
import difflib
import ast
import json
import os
import re
import subprocess
import sys
import zlib

FIELDS = {  # ours: the columns of the clause and of the answer, the least F1
    "agreement_date": ("Agreement Date", "Agreement Date-Answer", 0.90),
    "effective_date": ("Effective Date", "Effective Date-Answer", 0.85),
    "expiration": ("Expiration Date", "Expiration Date-Answer", 0.75),
    "renewal": ("Renewal Term", "Renewal Term-Answer", 0.88),
    "notice": ("Notice Period To Terminate Renewal", "Notice Period To Terminate Renewal- Answer", 0.85),
    "governing_law": ("Governing Law", "Governing Law-Answer", 0.97),
    "parties": ("Parties", "Parties-Answer", 0.75),
}
WORDS = {w: i for i, w in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())}
SKIP = object()


def day(text):
    match = re.fullmatch(r"\s*(\d{1,2})/(\d{1,2})/(\d{2}|\d{4})\s*", text)
    if not match:
        return SKIP
    month, number, year = map(int, match.groups())
    year += 0 if year > 99 else 2000 if year < 70 else 1900
    try:
        return datetime.date(year, month, number).isoformat()
    except ValueError:
        return SKIP


def length(text, day_length):
    """`successive 1 year`, `6 months`: in months, or in days where a month is 30."""
    text = text.lower()
    found = re.search(r"(\d+(?:\.\d+)?|" + "|".join(WORDS) + r")\)?[\s-]*(day|week|month|year)", text)
    if not found:
        return SKIP
    number = float(WORDS.get(found[1], found[1]))
    if day_length:
        return round(number * {"day": 1, "week": 7, "month": 30, "year": 360}[found[2]])
    return {"month": number, "year": number * 12}.get(found[2], SKIP)


def place(text):
    text = re.split(r"[;,]| and |\bU\.?S\.?A?\b", text.lower().replace("’", "'"))[0]
    text = re.sub(r"\b(of america|the|(state|commonwealth|province|republic|kingdom) of( the)?(?! china))\b", " ", text)
    return " ".join(re.findall(r"[a-z']+", text)) or SKIP


def letters(text):
    return " ".join(re.findall(r"[a-z0-9]+", text.lower().replace("&", " and ")))


def names(text):
    """The names of an answer: between semicolons, without what stands in parentheses or quotation marks."""
    found = []
    terms = {letters(term) for term in re.findall(r"[\"“”]([^\"“”]+)[\"“”]", text)}
    for part in text.split(";"):
        part = part.strip()
        while part.startswith("(") and part.endswith(")") and part.count("(") > 1:
            part = part[1:-1]
        while True:
            shorter = re.sub(r"\([^()]*\)", " ", part)
            if shorter == part:
                break
            part = shorter
        part = re.sub(r"[\"“”].*?[\"“”]|\(.*", " ", part)
        plain = re.split(r" (?:d b a|f k a|a k a|dba) ", letters(part))[0]
        pieces = {letters(piece) for piece in re.split(r",| and ", part)}
        if len(pieces) > 1 and pieces <= terms:
            continue
        if plain and not re.search(r"\b(party|parties|each|collectively|individually|together)\b", plain) and "[" not in part:
            found.append(plain)
    return found


def truth(field, row):
    clause, answer = (row[name] for name in FIELDS[field][:2])
    if not answer.strip():
        return None if clause in ("", "[]") else SKIP
    if field == "parties":
        return names(answer)
    if field == "governing_law":
        return place(answer)
    if field == "renewal":
        return length(answer, False)
    if field == "notice":
        return length(answer, True)
    if field == "expiration" and answer.strip().lower().startswith("perpetual"):
        return "perpetual"
    return day(answer)


def value(field, contract):
    finding = contract.get(field)
    if not finding:
        return None
    said = finding["value"]
    if field == "renewal":
        return said["months"]
    if field == "notice":
        return said["count"] * (30 if said["unit"] == "months" else 1)
    if field == "governing_law":
        return None if place(said) is SKIP else place(said)
    return None if isinstance(said, dict) else said


def run_together(text):
    """Letters and digits only; `30th` and `30t h` are `30`, as the corpus has lost raised letters."""
    return re.sub(r"(?<=\d)(s ?t|n ?d|r ?d|t ?h)\b", "", re.sub(r"(?<=\d) (?=(s ?t|n ?d|r ?d|t ?h)\b)", "", letters(text))).replace(" ", "")


def overlaps(quote, clauses):
    quote = run_together(quote)
    for clause in clauses:
        for part in re.split(r"<omitted>", clause):
            part = run_together(part)
            if part and (part in quote or quote in part):
                return True
            match = difflib.SequenceMatcher(None, quote, part, autojunk=False).find_longest_match()
            if match.size >= min(20, len(part)):
                return True
    return False


class Score:
    def __init__(self):
        self.truth = self.said = self.right = self.skipped = self.marked = self.quoted = 0

    @property
    def precision(self):
        return self.right / self.said if self.said else 0

    @property
    def recall(self):
        return self.right / self.truth if self.truth else 0

    @property
    def f1(self):
        return 2 * self.right / (self.truth + self.said) if self.truth + self.said else 0


def judge_parties(wanted, contract, score):
    said = [letters(re.sub(r"\(.*?\)", " ", party["value"])) for party in contract["parties"]]
    score.truth += len(wanted)
    score.said += len(said)
    missing = list(wanted)
    hits = []
    for name in said:
        best = max(missing, key=lambda other: difflib.SequenceMatcher(None, name, other).ratio(), default=None)
        if best and difflib.SequenceMatcher(None, name, best).ratio() >= 0.88:
            missing.remove(best)
            score.right += 1
            hits.append(True)
        else:
            hits.append(False)
    return not missing and len(said) == len(wanted), said, hits


def measure(rows, contracts, verbose, rules):
    scores = {field: Score() for field in FIELDS}
    for row in rows:
        contract = contracts[row["pdf"][:-4]]
        for field, (column, answer, _) in FIELDS.items():
            score, wanted = scores[field], truth(field, row)
            clauses = ast.literal_eval(row[column]) if row[column].startswith("[") else [row[column]]
            quotes = [contract[field]["evidence"]["quote"]] if field in contract and field != "parties" else []
            if field == "parties":
                quotes = [party["evidence"]["quote"] for party in contract["parties"]]
            elif value(field, contract) is None:
                quotes = []
            hits = [overlaps(quote, clauses) for quote in quotes] if clauses else []
            score.marked += len(hits)
            score.quoted += sum(hits)
            if wanted is SKIP:
                score.skipped += 1
                continue
            if field == "parties":
                right, said, each = judge_parties(wanted or [], contract, score)
                for party, hit in zip(contract["parties"], each):
                    rules[(field, party["evidence"]["method"])].append((party["evidence"]["conf"], hit))
            else:
                said = value(field, contract)
                right = said == wanted
                score.truth += wanted is not None
                score.said += said is not None
                score.right += right and said is not None
                if said is not None:
                    rules[(field, contract[field]["evidence"]["method"])].append((contract[field]["evidence"]["conf"], right))
            if verbose == field and not right:
                print(row["pdf"][:-4], "| wanted", wanted, "| said", said, "|", row[answer][:60], "\n    MARKED", row[column][:700])
                if field == "parties":
                    print("    OURS", [party["value"] for party in contract["parties"]])
                elif field in contract:
                    print("    OURS", contract[field]["evidence"]["method"], contract[field]["evidence"]["quote"])
            if verbose == field and right and not all(hits):
                print(row["pdf"][:-4], "QUOTE", quotes, "\n    MARKED", row[column][:400])
    return scores


def is_held_out(row):
    return zlib.crc32(row["pdf"].encode()) % 16 in (1, 5)


def calibration(values):
    """How often values of about the same confidence are right."""
    print("| confidence | values | right |")
    print("| --- | --- | --- |")
    for low, high in [(0, 499), (500, 699), (700, 799), (800, 899), (900, 949), (950, 1000)]:
        inside = [right for confidence, right in values if low <= confidence <= high]
        if inside:
            print(f"| {low} to {high} | {len(inside)} | {sum(inside) / len(inside):.3f} |")


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("program")
    arguments.add_argument("pages")
    arguments.add_argument("-v", default="")
    arguments.add_argument("--part", choices=["development", "held-out", "all", "both"], default="both")
    arguments.add_argument("--rules", action="store_true")
    options = arguments.parse_args()
    shared = os.path.join(os.environ.get("TRUNKLINE_SHARED", "../shared"), "data/documents/contracts")
    if not os.path.isdir(shared):
        print(f"accuracy: no {shared}: contracts skipped")
        return
    with open(os.path.join(shared, "answers.csv"), encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if os.path.exists(f"{options.pages}/{row['pdf'][:-4]}.jsonl")]
    files = [f"{options.pages}/{row['pdf'][:-4]}.jsonl" for row in rows]
    told = subprocess.run([options.program, *files], capture_output=True, text=True, check=True).stdout
    contracts = {}
    for line in told.splitlines():
        read = json.loads(line)
        contracts[os.path.basename(read["file"])[:-6]] = read["contracts"][0]
    missed, short = [], []
    for part in ["development", "held-out", "all"]:
        if options.part not in (part, "both"):
            continue
        chosen = [row for row in rows if part == "all" or is_held_out(row) == (part == "held-out")]
        rules = collections.defaultdict(list)
        scores = measure(chosen, contracts, options.v if part != "all" else "", rules)
        print(f"contracts, {part}: {len(chosen)}")
        print("| field | truth | reported | right | skipped | precision | recall | F1 | quote |")
        print("| --- | --- | --- | --- | --- | --- | --- | --- | --- |")
        for field, score in scores.items():
            quoted = score.quoted / score.marked if score.marked else 1
            print(f"| {field} | {score.truth} | {score.said} | {score.right} | {score.skipped} | {score.precision:.3f} | "
                  f"{score.recall:.3f} | {score.f1:.3f} | {quoted:.3f} |")
            if score.f1 < FIELDS[field][2]:
                (missed if part == "all" else short).append(
                    f"{part}: {field} {score.f1:.3f} < {FIELDS[field][2]} ({score.truth} values)")
        marked, quoted = sum(s.marked for s in scores.values()), sum(s.quoted for s in scores.values())
        print(f"quotes on the marked clause: {quoted} of {marked} = {quoted / marked:.3f}")
        if quoted / marked < 0.95:
            (missed if part == "all" else short).append(f"{part}: quotes {quoted / marked:.3f} < 0.95")
        if options.rules:
            for (field, rule), found in sorted(rules.items()):
                print(f"  {field} {rule}: {sum(right for _, right in found)} of {len(found)}")
        calibration([pair for found in rules.values() for pair in found])
    for line in short:
        print("accuracy: note: below its target in one part:", line)
    for line in missed:
        print("accuracy: missed:", line)
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
