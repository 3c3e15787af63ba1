"""What scripts/test-ai measures: columns accepted, proposed and right, with and without a model."""
import collections
import csv
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

from canonical import FINER

BIN, MODEL = os.environ["AI_BIN"], os.environ["AI_MODEL"]
HERE = os.path.dirname(os.path.abspath(__file__))
SHARED = os.environ.get("TRUNKLINE_SHARED", os.path.join(HERE, "..", "..", "shared"))
NEEDED = 0.98
CELLS = [  # made-up cells by a part of the canonical name, five rows each
    ("email", "noc@carrier.example"), ("phone", "+1 212 555 0147"), ("mrc", "$1,250.00"), ("nrc", "500.00"),
    ("amount", "1,310.20"), ("price", "12.50"), ("rate", "0.0125"), ("months", "36"), ("days", "60"),
    ("quantity", "2"), ("increment", "60"), ("postal", "75201"), ("state", "TX"), ("city", "Dallas"),
    ("country", "US"), ("address", "1801 California Street"), ("clli", "DLLSTXRNW01"), ("site", "Dallas Hub"),
    ("bandwidth", "100 Mbps"), ("speed", "20 Mbps"), ("currency", "USD"), ("auto_renew", "yes"),
    ("contract_start", "2024-07-15"), ("contract_end", "2027-07-14"), ("date", "2025-03-31"),
    ("period", "2025-04-30"), ("carrier_account", "0048213377"), ("carrier", "Lumen"), ("status", "active"),
    ("service_type", "DIA"), ("customer", "Example Bank"), ("contact_name", "Jane Doe"), ("vlan", "101"),
]


def tables(path):
    """Headings of one source over tables in which no field comes twice, as in real ones."""
    found = collections.OrderedDict()
    with open(path, encoding="utf-8") as file:
        for row in csv.DictReader(file):
            open_tables = found.setdefault(row["source"], [])
            canonical = "" if row["kind"] == "noise" else row["canonical"]
            for table in open_tables:
                if all(row["header"] != h and (not canonical or canonical != c) for h, c in table):
                    table.append((row["header"], canonical))
                    break
            else:
                open_tables.append([(row["header"], canonical)])
    return [table for all_of_one in found.values() for table in all_of_one]


def cell(canonical):
    return next((text for part, text in CELLS if part in canonical), "X-17")


def suggest(columns, *more, environment=None):
    """The decision for each column of a table of such headings."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "table.csv")
        with open(path, "w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow([header for header, _ in columns])
            for _ in range(5):
                writer.writerow([cell(canonical) for _, canonical in columns])
        options = ["--quiet", "--documents", os.path.join(folder, "documents"), "--header-row", "1"]
        rows = subprocess.run([os.path.join(BIN, "trunkline-extract"), *options, path], stdout=subprocess.PIPE, cwd=folder)
        told = subprocess.run(
            [os.path.join(BIN, "trunkline-map"), "suggest", "--json", "--redo", "--quiet", *more], input=rows.stdout,
            stdout=subprocess.PIPE, cwd=folder, env={**os.environ, **(environment or {})})
        if told.returncode not in (0, 10) or rows.returncode != 0:
            sys.exit(f"test-ai: error: extract ended with {rows.returncode}, map with {told.returncode}")
        return json.loads(told.stdout)["columns"], told.returncode == 0


def truths(all_tables):
    """The field each canonical name itself is accepted for; None for what the inventory has no place for."""
    names = sorted({canonical for table in all_tables for _, canonical in table if canonical})
    found = {}
    for name in names:
        column = suggest([(name, name)])[0][0]
        found[name] = column.get("to")
    return found


def serve():
    """A server of the model on a free port, and its process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    threads = str(max(1, (os.cpu_count() or 1) // 2))  # the server's threads wait for each other by spinning
    log = open(os.path.join(os.path.dirname(MODEL), "server.log"), "wb")
    server = subprocess.Popen(
        [sys.executable, "-m", "llama_cpp.server", "--model", MODEL, "--model_alias", "gemma3-270m", "--host", "127.0.0.1",
         "--port", str(port), "--n_ctx", "16384", "--seed", "1", "--n_threads", threads, "--n_threads_batch", threads],
        stdout=log, stderr=log)
    for _ in range(240):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/v1/models", timeout=2)
            return server, port
        except OSError:
            if server.poll() is not None:
                sys.exit("test-ai: error: the server ended; see out/ai/server.log")
            time.sleep(0.5)
    server.terminate()
    sys.exit("test-ai: error: the server does not answer; see out/ai/server.log")


class Score:
    def __init__(self):
        self.columns = self.accepted = self.right = self.finer = self.proposed = self.good = self.unanswered = 0

    def add(self, columns, decisions, truth):
        for (_, canonical), decision in zip(columns, decisions):
            self.columns += 1
            said, finer = decision.get("to"), FINER.get(canonical, [])
            is_right = said is not None and said in {truth.get(canonical), *finer}
            if decision["decision"] == "accepted":
                self.accepted += 1
                self.right += is_right
                self.finer += is_right and said in finer
            elif decision["decision"] == "proposed":
                self.proposed += 1
                self.good += is_right

    @property
    def precision(self):
        return self.right / self.accepted if self.accepted else 1.0

    @property
    def coverage(self):
        return self.accepted / self.columns


def main():
    path = sys.argv[1] if len(sys.argv) > 1 else os.path.join(SHARED, "data", "tables", "headers", "pairs.csv")
    if not os.path.exists(path):
        path = os.path.join(HERE, "headers.csv")
    all_tables = tables(path)
    truth = truths(all_tables)
    server, port = serve()
    environment = {
        "TRUNKLINE_AI__ENDPOINT": f"http://127.0.0.1:{port}/v1", "TRUNKLINE_AI__MODEL": "gemma3-270m",
        "TRUNKLINE_AI__FORM": "json_object", "TRUNKLINE_AI__TIMEOUT": "600", "TRUNKLINE_AI__MAX_TOKENS": "2048",
    }
    alone, asked = Score(), Score()
    try:
        for number, table in enumerate(all_tables, 1):
            alone.add(table, suggest(table)[0], truth)
            decisions, answered = suggest(table, "--ai", "openai-compatible", environment=environment)
            asked.add(table, decisions, truth)
            asked.unanswered += not answered
            print(f"\rtable {number} of {len(all_tables)}", end="", file=sys.stderr, flush=True)
    finally:
        server.terminate()
        server.wait()
        print(file=sys.stderr)
    open_columns = alone.columns - alone.accepted
    print(f"{alone.columns} headings in {len(all_tables)} tables of {os.path.basename(path)}")
    for name, score in (("rules alone", alone), ("with the model", asked)):
        print(f"{name:15} accepted {score.accepted}, right {score.right} ({score.finer} by a finer field): precision {score.precision:.3f}, "
              f"coverage {score.coverage:.3f}")
    print(f"coverage gained {asked.coverage - alone.coverage:.3f} by the model deciding, which it may not")
    print(f"proposals       {asked.proposed} for {open_columns} open columns, {asked.good} right; "
          f"{asked.unanswered} tables without an answer")
    if asked.precision < NEEDED or (asked.accepted, asked.right) != (alone.accepted, alone.right):
        sys.exit(f"test-ai: error: precision of accepted columns is {asked.precision:.3f}, or a model decided something")


if __name__ == "__main__":
    main()
