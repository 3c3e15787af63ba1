#!/usr/bin/env python3
# The review page in a headless Chromium: rendering, keys, hover and click, contrast, policy, hostile texts, and the
# decisions' way out and back in. Usage: look-review.py REVIEW-PAGE OUT [CHROMIUM]. Pictures and a print go to OUT.
# Exit 1 at the first thing that does not hold.
import hashlib, json, os, struct, subprocess, sys, tempfile, time, zlib

program, out = sys.argv[1:3]
chromium = sys.argv[3] if len(sys.argv) > 3 else "chromium"
work = tempfile.mkdtemp(prefix="trunkline-look.")
os.makedirs(out, exist_ok=True)
checks = 0


def check(holds, what):
    global checks
    checks += 1
    if not holds:
        print(f"look-review: error: {what}", file=sys.stderr)
        raise SystemExit(1)


def png(path, width, height):
    """A page of grey lines of words on white."""
    rows = bytearray()
    for y in range(height):
        ink = 60 < y < height - 60 and y % 16 < 8
        rows += b"\0" + bytes(170 if ink and 60 < x < width - 60 and (x // 7 * 5 + y // 16) % 6 else 255 for x in range(width))
    def chunk(kind, data): return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    with open(path, "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
                   + chunk(b"IDAT", zlib.compress(bytes(rows))) + chunk(b"IEND", b""))


HOSTILE = "</script><script>window.owned=1</script>\"'><img src=x onerror=window.owned=2>"


def sheet(hostile=False):
    """Two papers, eighteen items; the fourth is the least sure. The last has no quote."""
    papers = [hashlib.sha256(name.encode()).hexdigest() for name in ("first", "second")]
    images = {}
    for paper in papers:
        for page in (1, 2):
            path = f"{work}/{paper[:6]}-{page}.png"
            png(path, 850, 1100)
            images[f"{paper} {page}"] = {"png": path, "width": 612000, "height": 792000}
    items = []
    for n in range(18):
        top = 70000 + (n // 4) * 130000
        quote = HOSTILE if hostile else f"the words of the paper that say number {n}, as they stand on the page"
        evidence = {"doc": papers[n % 2], "page": 1 + n // 2 % 2, "boxes": [[72000, top, 300000, top + 12000]],
                    "quote": quote, "method": "sentence/term", "conf": 300 if n == 3 else 960 - 17 * n}
        if n == 3: evidence["doubts"] = [HOSTILE if hostile else "W_WORD_FIGURE"]
        item = {"seq": n + 1, "entity": "circuit", "key": HOSTILE if hostile else f"32KRGN{n}", "values":
                [{"field": "mrc" if n % 3 == 0 else "notes", "after": HOSTILE if hostile else f"USD {n}.00"}]}
        if n % 5 == 0: item["values"][0]["before"] = "USD 900.00"
        if n % 3 == 0: item["mandatory"] = "mrc"
        if n < 17: item.update(evidence=evidence, quote=hashlib.sha256(f"{n}".encode()).hexdigest(),
                               before="what stands before it", after="and what comes after it.")
        items.append(item)
    return {"change_set": "CS-0004", "digest": hashlib.sha256(b"set").hexdigest(), "title": "two papers",
            "author": "ingest@operator.example", "created_at": "2026-11-21T09:00:00Z", "items": items, "images": images,
            "banner": "TEST DATABASE: scripted approvals are accepted here" if hostile else "",
            "documents": [{"digest": papers[0], "name": HOSTILE if hostile else "order.pdf", "pages": 2},
                          {"digest": papers[1], "name": "terms.pdf", "pages": 4}]}


def write(name, data):
    path = f"{work}/{name}.json"
    with open(path, "w") as file: json.dump(data, file)
    html = subprocess.run([program, path], check=True, capture_output=True).stdout
    with open(f"{work}/{name}.html", "wb") as file: file.write(html)
    return path, html


class Browser:
    """Chromium over its debugging pipe: a JSON message each way, ended by a zero byte."""

    def __init__(self):
        here, theirs = os.pipe(), os.pipe()
        def connect():
            for ours, number in ((here[0], 203), (theirs[1], 204)): os.dup2(ours, number)
            os.dup2(203, 3), os.dup2(204, 4)
        self.process = subprocess.Popen(
            [chromium, "--headless=new", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe", "--hide-scrollbars",
             "--disable-background-networking", f"--user-data-dir={work}/profile", "about:blank"],
            preexec_fn=connect, close_fds=False, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        os.close(here[0]), os.close(theirs[1])
        self.to, self.back, self.rest, self.count, self.events = here[1], theirs[0], b"", 0, []
        target = self("Target.createTarget", url="about:blank")["targetId"]
        self.session = None
        self.session = self("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network", "DOM"): self(domain + ".enable")

    session = None

    def __call__(self, method, **parameters):
        sent = self.send(method, parameters)
        while True:
            answer = self.receive()
            if answer.get("id") == sent:
                check("error" not in answer, f"{method}: {answer.get('error')}")
                return answer["result"]
            if answer.get("method") == "Page.javascriptDialogOpening" and answer["params"]["type"] == "beforeunload":
                # Leaving a page with unsaved decisions asks, and holds everything up until it is answered.
                self.send("Page.handleJavaScriptDialog", {"accept": True})
            elif "method" in answer:
                self.events.append(answer)

    def send(self, method, parameters):
        self.count += 1
        message = {"id": self.count, "method": method, "params": parameters}
        if self.session: message["sessionId"] = self.session
        os.write(self.to, json.dumps(message).encode() + b"\0")
        return self.count

    def receive(self):
        while b"\0" not in self.rest:
            block = os.read(self.back, 1 << 20)
            check(block, "the browser ended")
            self.rest += block
        line, self.rest = self.rest.split(b"\0", 1)
        return json.loads(line)

    def evaluate(self, text):
        result = self("Runtime.evaluate", expression=text, awaitPromise=True, returnByValue=True)
        check("exceptionDetails" not in result, f"{text}: {result.get('exceptionDetails')}")
        return result["result"].get("value")

    def until(self, text, seconds=10):
        """Whether the expression comes true; what a page draws, it draws with its next frame."""
        end = time.monotonic() + seconds
        while not self.evaluate(text):
            if time.monotonic() > end: return False
            time.sleep(.02)
        return True

    def open(self, name, width=1440, height=900, dark=False):
        self("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        self("Emulation.setEmulatedMedia", features=[
            {"name": "prefers-color-scheme", "value": "dark" if dark else "light"},
            {"name": "prefers-reduced-motion", "value": "reduce"}])
        self.events.clear()
        self("Page.navigate", url=f"file://{work}/{name}.html")
        for _ in range(200):
            if self.evaluate(f"location.pathname.endsWith('{name}.html') && document.readyState") == "complete": return
            time.sleep(.02)
        check(False, f"{name} does not load")

    KEYS = {"Tab": 9, "Enter": 13, "Escape": 27, "ArrowDown": 40, "ArrowUp": 38}

    def press(self, key, shift=False):
        code = self.KEYS.get(key)
        text = {} if code and key != "Enter" else {"text": "\r" if key == "Enter" else key}
        common = {"key": key, "windowsVirtualKeyCode": code or ord(key.upper()), "modifiers": 8 if shift else 0}
        self("Input.dispatchKeyEvent", type="keyDown", **common, **text)
        self("Input.dispatchKeyEvent", type="keyUp", **common)

    def mouse(self, selector, click=False):
        x, y = self.evaluate(
            f"(() => {{ const r = document.querySelector('{selector}').getBoundingClientRect();"
            " return [r.x + r.width / 2, r.y + r.height / 2] })()")
        self("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y)
        if click:
            for kind in ("mousePressed", "mouseReleased"):
                self("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def picture(self, name):
        import base64
        with open(f"{out}/{name}.png", "wb") as file:
            file.write(base64.b64decode(self("Page.captureScreenshot", format="png")["data"]))

    def faults(self):
        """What the browser held against the page: policy, errors, dialogs, requests other than the page itself."""
        self.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done, 30)))")
        found = []
        for event in self.events:
            method, data = event.get("method"), event.get("params", {})
            if method == "Log.entryAdded" and data["entry"]["level"] in ("error", "warning"): found.append(data["entry"]["text"])
            if method == "Runtime.exceptionThrown": found.append(data["exceptionDetails"]["text"])
            if method == "Page.javascriptDialogOpening" and data["type"] != "beforeunload": found.append(data["message"])
            if method == "Network.requestWillBeSent" and not data["request"]["url"].startswith(("data:", f"file://{work}/", "blob:")):
                found.append("asks for " + data["request"]["url"])
        return found


CONTRAST = """(() => {
  const parse = (text) => { const n = text.match(/[\\d.]+/g).map(Number); return n.length < 4 ? [...n, 1] : n; };
  const light = (c) => c.slice(0, 3).map((v) => v / 255).map((v) => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
  const ground = (e) => { for (; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor); if (c[3] > .99) return c; } return [255, 255, 255, 1]; };
  const bad = [];
  for (const e of document.querySelectorAll("body *")) {
    if (e.closest("svg, dialog, .unseen") || !e.checkVisibility()) continue;
    const own = [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
    if (!own) continue;
    const a = light(parse(getComputedStyle(e).color)), b = light(ground(e));
    const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
    if (ratio < 4.5) bad.push(e.className + " " + e.textContent.trim().slice(0, 20) + " " + ratio.toFixed(2));
  }
  return bad;
})()"""

STATE = """({
  current: document.querySelector('.item.on')?.id, focus: document.activeElement.id,
  done: document.getElementById('done').textContent, left: document.getElementById('left').textContent,
  said: document.getElementById('said').textContent, aside: document.documentElement.scrollWidth > innerWidth,
  verdicts: [...document.querySelectorAll('.item')].map((i) => i.dataset.verdict || ''),
})"""


def looks(browser):
    for width, height, dark in ((1440, 900, False), (1440, 900, True), (560, 900, False), (560, 900, True), (320, 640, False)):
        browser.open("plain", width, height, dark)
        where = f"{width}x{height} {'dark' if dark else 'light'}"
        state = browser.evaluate(STATE)
        check(not state["aside"], f"{where}: the page is wider than the window")
        check(state["current"] == "i4" and state["focus"] == "i4", f"{where}: the least sure item is not the first: {state}")
        inside = browser.evaluate(
            "(() => { const b = document.querySelector('.box.on').getBoundingClientRect(), p = document.getElementById('pages')"
            ".getBoundingClientRect(); return b.top >= p.top && b.bottom <= p.bottom && b.left >= p.left && b.right <= p.right })()")
        check(inside, f"{where}: the quote's box is not on the screen")
        loaded = browser.evaluate("[...document.images].filter((i) => i.complete && i.naturalWidth === 850).length")
        check(loaded > 0, f"{where}: no page image is drawn")
        check(browser.evaluate(CONTRAST) == [], f"{where}: too little contrast: {browser.evaluate(CONTRAST)}")
        check(browser.faults() == [], f"{where}: {browser.faults()}")
        browser.picture(f"review-{width}-{'dark' if dark else 'light'}")


def by_keys(browser):
    browser.open("plain")
    browser.press("a")
    check(browser.until("document.getElementById('said').textContent.includes('mandatory: read')"),
          "a on a mandatory item does not say why it does nothing")
    check(browser.evaluate(STATE)["done"] == "0/18", "a approves a mandatory item")
    browser.evaluate("document.getElementById('items').scrollTop = 1e6")
    browser.press("k")
    check(browser.evaluate(STATE)["done"] == "0/18", "k counts although the quote was not on the screen")
    browser.press("k")
    check(browser.evaluate(STATE)["done"] == "1/18", "k with the quote on the screen does not count")
    check(browser.evaluate(STATE)["left"] == "5 mandatory left", "one mandatory item less is not counted")
    browser.press("Tab")
    second = browser.evaluate(STATE)
    check(second["current"] == second["focus"] == "i18" or second["current"] == second["focus"], "Tab does not move to the next field")
    check(second["current"] != "i4", "Tab does not leave the first field")
    browser.press("Tab", shift=True)
    check(browser.evaluate(STATE)["current"] == "i4", "Shift Tab does not go back")
    browser.press("Enter")
    check(browser.evaluate(STATE)["current"] == second["current"], "Enter does not go to the next undecided field")
    browser.press("r"), browser.press("c")
    browser("Input.insertText", text="no & <b>")
    browser.press("Escape"), browser.press("j"), browser.press("J")
    check(browser.evaluate(STATE)["current"] == second["current"], "j and J do not go and come back")
    browser.press("/")
    browser("Input.insertText", text="usd 9")
    shown = "[...document.querySelectorAll('.item')].filter((i) => !i.hidden).length"
    check(browser.evaluate(shown) == 5, f"the filter shows {browser.evaluate(shown)} fields")
    browser.press("Escape"), browser.press("?")
    check(browser.evaluate("document.getElementById('help').open"), "? does not open the keys")
    browser.press("Escape"), browser.press("A")
    state = browser.evaluate(STATE)
    check(state["left"] == "5 mandatory left" and state["done"] == "13/18", f"A is not what it says: {state}")
    for _ in range(5): browser.press("Enter"), browser.press("k")
    state = browser.evaluate(STATE)
    check(state["done"] == "18/18" and state["left"] == "0 mandatory left", f"keys alone do not suffice: {state}")
    check(browser.faults() == [], f"keys: {browser.faults()}")
    browser.picture("review-decided")


def by_mouse(browser):
    browser.open("plain")
    browser.mouse(".box.on")
    check(browser.evaluate("document.getElementById('i4').classList.contains('near')"), "a box does not light its field")
    browser.mouse("#i17")
    check(browser.evaluate("[...document.querySelectorAll('.box.near')].map((b) => b.dataset.items).join() === '17'"),
          "a field does not light its box")
    other = browser.evaluate(
        "(() => { const p = document.getElementById('pages').getBoundingClientRect(); const b = [...document.querySelectorAll"
        "('.box:not(.on)')].find((b) => { const r = b.getBoundingClientRect(); return r.top > p.top + 50 && r.bottom < p.bottom });"
        " b.id = 'other'; return b.dataset.items })()")
    browser.mouse("#other", click=True)
    check(browser.evaluate(STATE)["current"] == "i" + other.split(" ")[0], "a click on a box does not choose its field")
    browser.mouse(".item.on .from button", click=True)
    check(browser.faults() == [], f"mouse: {browser.faults()}")


def editing(browser):
    """A value is written anew by keys alone; what is none is refused at once; the quote has to be on the screen."""
    browser.open("plain", 1440, 904)
    browser.press("e")
    check(browser.evaluate("document.activeElement.dataset.edit") == "mrc", "e does not go to the value")
    write = "(() => { const i = document.activeElement; i.value = %s; })()"
    browser.evaluate(write % json.dumps("a lot"))
    browser.press("Enter")
    check(browser.until("document.getElementById('said').textContent.includes('is not taken: write an amount in USD')"),
          f"a bad amount is not refused: {browser.evaluate(STATE)['said']}")
    check(browser.evaluate(STATE)["done"] == "0/18", "a bad amount counts")
    check(browser.evaluate(CONTRAST) == [], f"editing: too little contrast: {browser.evaluate(CONTRAST)}")
    browser.picture("review-edit-refused")
    browser.evaluate(write % json.dumps("USD 3.00"))
    browser.press("Enter")
    check(browser.until("document.getElementById('said').textContent.startsWith('Nothing is written anew')"), "what was read counts as an edit")
    browser.press("Escape")
    check(browser.evaluate(STATE)["focus"] == "i4", "Escape does not go back to the field")
    check(browser.evaluate("document.querySelector('#i4 .edit').hidden"), "Escape does not close the edit")
    browser.press("e")
    browser.evaluate(write % json.dumps("USD 1,250.00"))
    browser.evaluate("document.getElementById('items').scrollTop = 1e6")
    browser.press("Enter")
    if browser.evaluate(STATE)["done"] == "0/18": browser.press("Enter")
    state = browser.evaluate(STATE)
    check(state["done"] == "1/18" and state["left"] == "5 mandatory left" and state["focus"] == "i4", f"an edit does not count: {state}")
    check(browser.evaluate("document.querySelector('#i4 .verdict').textContent") == "edited to USD 1,250.00", "the edit is not shown")
    browser.picture("review-edited")
    browser.press("Tab"), browser.press("e")
    browser("Input.insertText", text=HOSTILE)
    browser.press("Enter")
    check(browser.evaluate("window.owned === undefined"), "an edit ran as a script")
    check(browser.faults() == [], f"editing: {browser.faults()}")
    made = saved(browser)
    first = next(m for m in made if m["seq"] == 4)
    check(first["verdict"] == "edit" and first["edited_value"] == {"mrc": "USD 1,250.00"} and first["ack"], f"the edit is not in the file: {first}")
    check(all((m["verdict"] == "edit") == (m["edited_value"] is not None) for m in made), "a decision has an edit that is none")


def saved(browser):
    """The lines that q saves, read by the program's own reader as well."""
    browser.session, session = None, browser.session
    browser("Browser.setDownloadBehavior", behavior="allow", downloadPath=work)
    browser.session = session
    file = f"{work}/CS-0004.decisions.jsonl"
    if os.path.exists(file): os.remove(file)
    browser.press("q")
    for _ in range(500):
        if os.path.exists(file) and os.path.getsize(file): break
        time.sleep(.02)
    check(os.path.exists(file), "q saves no file")
    read = subprocess.run([program, f"{work}/plain.json", file], capture_output=True, text=True)
    with open(file) as text: made = [json.loads(line) for line in text]
    check(read.returncode == 0 and len(read.stdout.splitlines()) == len(made), f"the program does not take the file: {read.stdout}")
    return made


def there_and_back(browser):
    """Saves the decisions of the pass by keys, reads them by the program's own reader, and takes them up in a new page."""
    made = saved(browser)
    file = f"{work}/CS-0004.decisions.jsonl"
    check(len(made) == 18 and all(m["ack"] for m in made if "mrc" in m["fields"]), "the file lacks decisions or their quotes")
    check(any(m["verdict"] == "reject" and m["comment"] == "no & <b>" for m in made), "the comment is not in the file")
    browser.open("plain", 1440, 901)
    root = browser("DOM.getDocument")["root"]["nodeId"]
    node = browser("DOM.querySelector", nodeId=root, selector="#file")["nodeId"]
    browser("DOM.setFileInputFiles", nodeId=node, files=[file])
    check(browser.until("document.getElementById('done').textContent === '18/18'"), "saved decisions are not taken up")
    wrong = file + ".other"
    with open(wrong, "w") as text:
        for m in made[:3]: text.write(json.dumps({**m, "content_sha256": "0" * 64}) + "\n")
    browser.open("plain", 1440, 902)
    root = browser("DOM.getDocument")["root"]["nodeId"]
    node = browser("DOM.querySelector", nodeId=root, selector="#file")["nodeId"]
    browser("DOM.setFileInputFiles", nodeId=node, files=[wrong])
    check(browser.until("document.getElementById('said').textContent.startsWith('0 decisions taken up, 3 lines')")
          and browser.evaluate(STATE)["done"] == "0/18", "decisions about other content are taken up")


def hostile(browser, html):
    browser.open("hostile")
    check(browser.evaluate("window.owned === undefined"), "a name or quote ran as a script")
    check(browser.evaluate("document.scripts.length") == 1, "a name or quote became an element")
    for _ in range(3): browser.press("Enter"), browser.press("k")
    check(browser.faults() == [], f"hostile: {browser.faults()}")
    browser.picture("review-hostile")
    # The check itself can fail: a script, a style and a picture from elsewhere are refused, and that is seen.
    for name, piece in (("script", b"<script>window.owned=3</script>"), ("style", b"<p style='color:red'>x</p>"),
                        ("fetch", b"<img src='https://example.invalid/x.png'>")):
        with open(f"{work}/{name}.html", "wb") as file: file.write(html.replace(b"</body>", piece + b"</body>"))
        browser.open(name)
        check(browser.evaluate("window.owned === undefined"), f"the policy lets a foreign {name} in")
        check(browser.faults() != [], f"a foreign {name} is not noticed")


def printed(browser):
    import base64
    browser.open("plain", 1440, 903)
    with open(f"{out}/review.pdf", "wb") as file:
        file.write(base64.b64decode(browser("Page.printToPDF", printBackground=True)["data"]))
    text = subprocess.run(["pdftotext", "-raw", f"{out}/review.pdf", "-"], capture_output=True, text=True).stdout
    flat = "".join(text.split())
    check(hashlib.sha256(b"set").hexdigest() in flat, "the print lacks the content's digest")
    for n in range(17): check(f"saynumber{n}," in flat, f"the print lacks quote {n}")


def main():
    write("plain", sheet())
    html = write("hostile", sheet(hostile=True))[1]
    browser = Browser()
    try:
        looks(browser)
        by_mouse(browser)
        by_keys(browser)
        there_and_back(browser)
        editing(browser)
        hostile(browser, html)
        printed(browser)
    finally:
        browser.process.kill()
        browser.process.wait()
        subprocess.run(["rm", "-rf", work])
    print(f"look-review: {checks} checks hold; pictures in {out}")


main()
