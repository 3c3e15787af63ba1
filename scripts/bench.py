"""What scripts/bench measures. Figures are CPU seconds (user + system) of every process of a job, by wait4."""
import csv
import json
import os
import re
import subprocess
import sys
import time

ROWS = int(os.environ["BENCH_ROWS"])
BIN, WORK, VENV = (os.environ[name] for name in ("BENCH_BIN", "BENCH_WORK", "BENCH_VENV"))
MAPPING = "Mappings/circuit-inventory.yaml"
POSTGRES = os.environ.get("TRUNKLINE_TEST_POSTGRES_URL")
HERE = os.path.dirname(os.path.abspath(__file__))
TABLE = []


def at(name):
    return os.path.join(WORK, name)


def note(text):
    print(f"# {text}", file=sys.stderr, flush=True)


class Cost:
    """CPU seconds, and peak memory in MiB by step."""

    def __init__(self):
        self.seconds, self.steps, self.memory = 0.0, {}, {}

    def add(self, step, seconds, memory):
        self.seconds += seconds
        self.steps[step] = self.steps.get(step, 0.0) + seconds
        self.memory[step] = max(self.memory.get(step, 0.0), memory)

    def __str__(self):
        return "  ".join(f"{step} {self.steps[step]:.2f}s {self.memory[step]:.0f}M" for step in self.steps)


def job(cost, step, command, stdin=None, stdout=None, expect=(0,), text=None, env=None):
    """One process to its end; answers its output where none is named to take it."""
    source = open(stdin, "rb") if stdin else subprocess.DEVNULL
    if text is not None:
        with open(at("stdin"), "w", encoding="utf-8") as file:
            file.write(text)
        source = open(at("stdin"), "rb")
    with open(stdout or at("stdout"), "wb") as target:
        child = subprocess.Popen(command, stdin=source, stdout=target, env={**os.environ, **(env or {})})
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in expect:
        sys.exit(f"bench: error: {' '.join(command)} ended with {child.returncode}")
    cost.add(step, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)
    if stdout is None:
        with open(at("stdout"), encoding="utf-8") as file:
            return file.read()
    return None


def trunkline(cost, verb, *arguments, **options):
    return job(cost, verb, [f"{BIN}/trunkline-{verb}", *arguments], **options)


def new_database(url):
    trunkline(Cost(), "init", "--profile", "test", "--db", url)


def chain(csv_file, url, known=False):
    """The whole onboarding of a file; the acts of approval are taken from the plan it prints."""
    cost, env = Cost(), {"TRUNKLINE_DB": url}
    loads = []
    if known:
        trunkline(cost, "db", "loads", stdout=at("loads"), env=env)
        loads = ["--known", at("loads")]
    trunkline(cost, "extract", *loads, csv_file, stdout=at("extracted"))
    trunkline(cost, "map", "--mapping", MAPPING, stdin=at("extracted"), stdout=at("mapped"))
    trunkline(cost, "stage", stdin=at("mapped"), stdout=at("staged"), env=env)
    plan = trunkline(cost, "diff", stdin=at("staged"), env=env, expect=(0, 2))
    name = re.search(r"^Saved change set (CS-\d+)", plan, re.M)
    if not name:
        return cost
    acts = {}
    for field, kind, rows, total in re.findall(r"^  (\w+)  (new|overwrites?)  (\d+) rows?(?:  .*-> (.*))?$", plan, re.M):
        acts.setdefault((field, kind), []).append(total or rows)
    for (field, kind), totals in acts.items():
        options = [part for total in totals for part in ("--total", total)]
        options += ["--overwrites"] if kind.startswith("overwrite") else []
        trunkline(cost, "approve", name[1], "--field", field, *options, env=env)
    trunkline(cost, "approve", name[1], "--all-but-mandatory", env=env)
    trunkline(cost, "commit", name[1], env=env)
    return cost


def header(file):
    with open(file, encoding="utf-8", newline="") as lines:
        return next(csv.reader(lines))


def upsert(columns):
    values = ", ".join(f"{name} = excluded.{name}" for name in columns if name not in ("carrier", "circuit_id"))
    return (
        f"INSERT INTO circuits SELECT * FROM raw WHERE true ON CONFLICT (carrier, circuit_id) DO UPDATE SET {values};\n"
    )


def sqlite_peer(file, database):
    cost, columns = Cost(), header(file)
    typed = ", ".join(f"{name} TEXT" for name in columns)
    script = (
        f"CREATE TABLE IF NOT EXISTS circuits ({typed}, PRIMARY KEY (carrier, circuit_id));\n"
        f"CREATE TEMP TABLE raw ({typed});\n.import --csv --skip 1 --schema temp {file} raw\n" + upsert(columns)
    )
    job(cost, "sqlite3", ["sqlite3", "-bail", database], text=script)
    return cost


def postgres_url(database):
    host = POSTGRES.split("host=")[1]
    return f"postgres://trunkline@/{database}?host={host}"


def server_seconds():
    """CPU seconds of the Postgres server so far: its processes, and those of its backends that have ended."""
    with open(POSTGRES.split("host=")[1] + "/data/postmaster.pid", encoding="utf-8") as file:
        master = file.readline().strip()
    total = 0
    for process in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{process}/stat", encoding="utf-8") as file:
                fields = file.read().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if process == master:
            total += sum(map(int, fields[11:15]))
        elif fields[1] == master:
            total += sum(map(int, fields[11:13]))
    return total / os.sysconf("SC_CLK_TCK")


def with_server(work):
    before = server_seconds()
    cost = work()
    time.sleep(0.5)
    cost.add("server", server_seconds() - before, 0)
    return cost


def postgres_peer(file, database):
    cost, columns = Cost(), header(file)
    typed = ", ".join(f"{name} text" for name in columns)
    script = (
        f"CREATE TABLE IF NOT EXISTS circuits ({typed}, PRIMARY KEY (carrier, circuit_id));\n"
        f"CREATE TEMP TABLE raw ({typed});\n\\copy raw FROM '{file}' WITH (FORMAT csv, HEADER)\n" + upsert(columns)
    )
    job(cost, "psql", ["psql", "-qX", "-v", "ON_ERROR_STOP=1", postgres_url(database)], text=script)
    return cost


def row(what, ours, peer, figure, target, holds):
    TABLE.append((what, ours, peer, figure, target, "" if holds is None else "yes" if holds else "NO"))


def generate(rows, name, *options):
    subprocess.run([sys.executable, f"{HERE}/generate-circuits.py", str(rows), at(name), "42", *options], check=True)
    return at(name)


def bare_json_lines(file):
    """The bytes of the file's cells that are not blank, as compact JSON objects, one a line."""
    size = 0
    with open(file, encoding="utf-8", newline="") as lines:
        for record in csv.DictReader(lines):
            cells = {name: text for name, text in record.items() if text}
            size += len(json.dumps(cells, ensure_ascii=False, separators=(",", ":")).encode()) + 1
    return size


def measure_streams(file, cost):
    megabytes = os.path.getsize(file) / 1e6
    speed = megabytes / cost.steps["extract"]
    row("extract", f"{cost.steps['extract']:.2f} s", "", f"{speed:.0f} MB/s", ">= 90", speed >= 90)
    ratio = os.path.getsize(at("extracted")) / bare_json_lines(file)
    row("stream of extract / bare JSON Lines", "", "", f"{ratio:.3f} x", "<= 1.25", ratio <= 1.25)
    speed = ROWS / cost.steps["map"]
    row("map", f"{cost.steps['map']:.2f} s", "", f"{speed:,.0f} rows/s", ">= 200,000", speed >= 200_000)
    for step, memory in cost.memory.items():
        row(f"peak memory of {step}", f"{memory:.0f} MiB", "", "", "< 64 MiB", memory < 64)


def compare(what, ours, peer, target, least=False):
    figure = peer.seconds / ours.seconds if least else ours.seconds / peer.seconds
    holds = None if target is None else figure >= target if least else figure <= target
    shown = "" if target is None else f"{'>=' if least else '<='} {target} x"
    unit = "x less" if least else "x"
    row(what, f"{ours.seconds:.2f} s", f"{peer.seconds:.2f} s", f"{figure:.2f} {unit}", shown, holds)
    note(f"{what}: {ours}")
    note(f"  peer: {peer}")


def measure_floor(database):
    """What the rows of a committed database cost when sqlite3 alone copies them table by table, in order of their keys."""
    listed = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY rowid"
    tables = job(Cost(), "sqlite3", ["sqlite3", "-readonly", database, listed]).split()
    schema = job(Cost(), "sqlite3", ["sqlite3", "-readonly", database, ".schema"])
    for keys in ("ON", "OFF"):
        copies = "".join(f"INSERT INTO main.{name} SELECT * FROM o.{name} WHERE true;\n" for name in tables)
        script = (
            f"PRAGMA page_size=8192; PRAGMA cache_size=-24000; PRAGMA foreign_keys={keys};\nATTACH '{database}' AS o;\n"
            f"{schema}\nBEGIN; PRAGMA defer_foreign_keys=ON;\n{copies}COMMIT;\n"
        )
        cost = Cost()
        job(cost, "sqlite3", ["sqlite3", "-bail", at(f"floor-{keys}.db")], text=script)
        os.remove(at(f"floor-{keys}.db"))
        row(f"sqlite3 alone, the same rows, foreign keys {keys.lower()}", "", f"{cost.seconds:.2f} s", "", "", None)


def measure_sqlite(file, touched):
    url = "sqlite:" + at("chain.db")
    new_database(url)
    first = chain(file, url)
    measure_streams(file, first)
    peer = sqlite_peer(file, at("peer.db"))
    compare("onboarding / sqlite3 upsert", first, peer, 1.5)
    measure_floor(at("chain.db"))
    again = chain(touched, url)
    compare("same rows, other bytes / sqlite3 second run", again, sqlite_peer(touched, at("peer.db")), 1.0)
    known = chain(touched, url, known=True)
    compare("same bytes again / sqlite3 second run", known, sqlite_peer(touched, at("peer.db")), None)
    whole = os.path.getsize(touched) / 1e6 / known.seconds
    row("same bytes again", f"{known.seconds:.2f} s", "", f"{whole:.0f} MB/s", "", None)


def measure_sqlite_utils():
    program = f"{VENV}/bin/sqlite-utils"
    if not os.access(program, os.X_OK):
        return note("sqlite-utils is not installed: skipped")
    file, url = generate(50_000, "small.csv"), "sqlite:" + at("small.db")
    new_database(url)
    peer = Cost()
    keys = ["--pk", "carrier", "--pk", "circuit_id"]
    job(peer, "sqlite-utils", [program, "upsert", at("utils.db"), "circuits", file, "--csv", *keys])
    compare("sqlite-utils upsert / onboarding, 50,000 rows", chain(file, url), peer, 9, least=True)


def measure_postgres(file, touched):
    if not POSTGRES:
        return note("postgres is not installed: skipped")
    for database in ("bench_chain", "bench_peer"):
        subprocess.run(["psql", "-qX", POSTGRES, "-c", f"CREATE DATABASE {database}"], check=True)
    new_database(postgres_url("bench_chain"))
    for what, source in (("onboarding / \\copy + upsert", file), ("same rows, other bytes / \\copy + upsert", touched)):
        ours = with_server(lambda: chain(source, postgres_url("bench_chain")))
        peer = with_server(lambda: postgres_peer(source, "bench_peer"))
        compare(f"postgres: {what}", ours, peer, None)


def measure_workbooks():
    """A workbook of 200,000 x 25 cells: its cells read, and the whole of extract, beside fastexcel."""
    python = f"{VENV}/bin/python"
    if subprocess.run([python, "-c", "import fastexcel"], capture_output=True).returncode != 0:
        return note("fastexcel is not installed: skipped")
    program = "import fastexcel, sys; print(fastexcel.read_excel(sys.argv[1]).load_sheet(0).to_arrow().num_rows)"
    for kind in ("shared", "inline"):
        book = at(f"{kind}.xlsx")
        subprocess.run([sys.executable, f"{HERE}/generate-workbook.py", book, "200000", kind], check=True)
        ours, peer, whole = Cost(), Cost(), Cost()
        for _ in range(3):
            job(ours, "sheet-cells", [f"{BIN}/sheet-cells", "--count", book])
            job(peer, "fastexcel", [python, "-c", program, book])
        trunkline(whole, "extract", "-q", book, stdout=at("extracted"))
        compare(f"xlsx read, {kind} strings: 3 x 200,000 x 25 / fastexcel", ours, peer, 1.0)
        for step, memory in [("read", ours.memory["sheet-cells"]), ("extract", whole.memory["extract"])]:
            row(f"peak memory of xlsx {step}, {kind} strings", f"{memory:.0f} MiB", f"{peer.memory['fastexcel']:.0f} MiB",
                "", "< 32 MiB", memory < 32)
        row(f"xlsx extract, {kind} strings", f"{whole.seconds:.2f} s", f"{peer.seconds / 3:.2f} s",
            f"{whole.seconds * 3 / peer.seconds:.2f} x", "", None)


def measure_start():
    for name in sorted(os.listdir(BIN)):
        path = f"{BIN}/{name}"
        # What extract and ocr start to open a PDF or to recognise a page is no command of its own.
        is_worker = name in ("trunkline-pages", "trunkline-recognise")
        if not re.fullmatch(r"trunkline(-[a-z]+)?", name) or is_worker or not os.access(path, os.X_OK):
            continue
        cost = Cost()
        for _ in range(40):
            job(cost, name, [path, "--version"])
        linked = subprocess.run(["ldd", path], capture_output=True, text=True, check=True).stdout
        limit = 4.0 if re.search(r"lib(sqlite3|yaml|crypto|pq|xlsxwriter|utf8proc)\.", linked) else 2.5
        each = cost.seconds / 40 * 1000
        row(f"start of {name}", f"{each:.2f} ms", "", "", f"<= {limit} ms", each <= limit)


def rejects(count):
    """A file of rejects as map writes them: 25 columns, two mistakes a row."""
    columns = [f"Column {n}" for n in range(22)] + ["Status", "Monthly", "Install"]
    trailer = ["_code", "_field", "_message", "_hint", "_value", "_row", "_file"]
    compact = {"separators": (",", ":")}
    text = {"type": ["null", "string"]}
    path = at("rejects.jsonl")
    with open(path, "w", encoding="utf-8") as out:
        schema = {"type": "object", "properties": {name: text for name in columns + trailer}}
        out.write(json.dumps({
            "type": "SCHEMA", "stream": "rows__rejects", "key_properties": [], "schema": schema, "x-profile": 1,
            "x-run": "bench", "x-origin": {"src": "sha256:00", "file": "bench.csv", "header_row": 1},
            "x-columns": [{"name": name, "property": name, "filled": count} for name in columns]}, **compact) + "\n")
        for n in range(count):
            record = {name: f"value {n % 977} of {place}" for place, name in enumerate(columns)}
            record |= {
                "Status": "Live-ish", "Monthly": "call us", "_code": "E_CODE; E_MONEY", "_field": "Status; Monthly",
                "_message": "the word is not in the field's list; not an amount", "_hint": "use another; write an amount",
                "_value": "Live-ish; call us", "_row": n + 2, "_file": "bench.csv"}
            out.write(json.dumps({
                "type": "RECORD", "stream": "rows__rejects", "record": record, "row": n + 2}, **compact) + "\n")
        run = {"id": "bench", "step": "map", "in": count, "accepted": count, "rejected": 0, "skipped": {},
               "emitted": {"rows__rejects": count}, "final": True, "crc32c": "00000000"}
        out.write(json.dumps({"type": "STATE", "value": {"run": run}}, **compact) + "\n")
    return path


def measure_correction():
    """A workbook to correct of 100,000 rows, and its way back."""
    cost, file = Cost(), rejects(100_000)
    trunkline(cost, "errors", "--quiet", file, "--out", at("bench.errors.xlsx"), "--db", "sqlite:" + at("none.db"))
    seconds, memory = cost.seconds, cost.memory["errors"]
    row("workbook to correct, 100,000 rows of 25", f"{seconds:.2f} s", "", f"{memory:.0f} MiB", "<= 10 s, <= 256 MiB",
        seconds <= 10 and memory <= 256)
    back = Cost()
    trunkline(back, "fix", "--stream", at("bench.errors.xlsx"), stdout=at("fixed.jsonl"))
    row("the same taken back", f"{back.seconds:.2f} s", "", f"{back.memory['fix']:.0f} MiB", "", None)


def print_table():
    lines = [("what", "trunkline", "peer", "figure", "target", "holds"), *TABLE]
    widths = [max(len(line[column]) for line in lines) for column in range(6)]
    for line in lines:
        print("  ".join(text.ljust(width) for text, width in zip(line, widths)).rstrip())


def main():
    note(f"{ROWS:,} rows")
    file, touched = generate(ROWS, "first.csv"), generate(ROWS, "touched.csv", "--touch")
    try:
        measure_sqlite(file, touched)
        measure_sqlite_utils()
        measure_postgres(file, touched)
        measure_correction()
        measure_workbooks()
        measure_start()
    finally:
        print_table()


main()
