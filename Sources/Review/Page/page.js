// The page decides nothing by itself and writes nothing: it gathers what the person decides and hands it over as a file.
"use strict";
(() => {
  const root = document.documentElement;
  const set = root.dataset.set;
  const digest = root.dataset.digest;
  const find = (id) => document.getElementById(id);
  const list = find("items");
  const pages = find("pages");
  const items = Array.from(list.querySelectorAll(".item"));
  const boxes = Array.from(document.querySelectorAll(".box"));
  const decisions = new Map();
  let current = null;
  let kind = "all";
  let unsaved = false;
  let started = false;

  const seq = (item) => Number(item.dataset.seq);
  const fields = (item) => JSON.parse(item.dataset.fields);
  const isMandatory = (item) => item.dataset.mandatory !== undefined;
  const isWithheld = (item) => item.dataset.withheld !== undefined;
  const title = (item) => item.dataset.title;
  const comment = (item) => item.querySelector(".comment");
  const number = (item) => item.id.slice(1);
  const isDecided = (item) => decisions.has(item) && decisions.get(item).verdict !== "skip";
  const shown = () => items.filter((item) => !item.hidden);
  const boxesOf = (item) => boxes.filter((box) => box.dataset.items.split(" ").includes(number(item)));
  const say = (text) => { find("said").textContent = ""; requestAnimationFrame(() => { find("said").textContent = text; }); };
  const count = (n, one) => n + " " + one + (n === 1 ? "" : "s");

  // Progress and what each item says of itself.

  function progress() {
    const done = items.filter(isDecided);
    const left = items.filter((item) => isMandatory(item) && !isDecided(item)).length;
    find("done").textContent = done.length + "/" + items.length;
    find("left").textContent = left + " mandatory left";
    find("left").classList.toggle("none", left === 0);
    find("bar").value = done.length;
    find("save").disabled = decisions.size === 0;
    return done.length + " of " + items.length + ", " + left + " mandatory left";
  }

  const words = { approve: "approved", edit: "edited", reject: "rejected", skip: "skipped" };

  function draw(item) {
    const made = decisions.get(item);
    item.querySelector(".state").textContent = made ? { approve: "✓", edit: "✎", reject: "✗", skip: "–" }[made.verdict] : "○";
    let text = "";
    if (made) {
      item.dataset.verdict = made.verdict;
      text = made.ack && made.verdict === "approve" ? "acknowledged, quote on screen" : words[made.verdict];
      if (made.edited) text += " to " + Object.values(made.edited).join(", ");
      if (made.comment) text += ": " + made.comment;
    } else {
      delete item.dataset.verdict;
    }
    item.querySelector(".verdict").textContent = text;
    for (const button of item.querySelectorAll("[data-act]")) {
      const verdict = button.dataset.act === "acknowledge" ? "approve" : button.dataset.act;
      button.setAttribute("aria-pressed", String(made !== undefined && made.verdict === verdict));
    }
  }

  // Moving about.

  function select(item, focus) {
    if (current && current !== item) current.classList.remove("on");
    for (const box of boxes) box.classList.remove("on");
    current = item;
    if (!item) return;
    item.classList.add("on");
    const own = boxesOf(item);
    for (const box of own) box.classList.add("on");
    if (focus) item.focus({ preventScroll: true });
    reveal(item, list);
    if (own.length > 0) show(own[0]);
  }

  const calm = matchMedia("(prefers-reduced-motion: reduce)");

  /** Short ways are gone visibly, long ones at once. */
  function scroll(pane, by, across) {
    const isShort = Math.abs(by) < pane.clientHeight && started;
    pane.scrollBy({ top: by, left: across, behavior: isShort && !calm.matches ? "smooth" : "instant" });
  }

  function reveal(element, pane) {
    const inner = element.getBoundingClientRect();
    const outer = pane.getBoundingClientRect();
    if (inner.top < outer.top + 6) pane.scrollTop += inner.top - outer.top - 6;
    else if (inner.bottom > outer.bottom - 6) pane.scrollTop += Math.min(inner.bottom - outer.bottom + 6, inner.top - outer.top - 6);
  }

  function show(box) {
    const inner = box.getBoundingClientRect();
    const outer = pages.getBoundingClientRect();
    const isAside = inner.left < outer.left || inner.right > outer.right;
    const across = isAside ? inner.left + inner.width / 2 - outer.left - outer.width / 2 : 0;
    scroll(pages, inner.top - outer.top - outer.height * 0.36, across);
  }

  function step(by) {
    const rows = shown();
    const index = rows.indexOf(current);
    const next = rows[index < 0 ? 0 : index + by];
    if (next) select(next, true);
    return next !== undefined;
  }

  function nextOpen() {
    const rows = shown();
    const from = rows.indexOf(current) + 1;
    const next = rows.slice(from).concat(rows.slice(0, from)).find((item) => !isDecided(item));
    if (next) select(next, true);
    else say("Nothing is left undecided here: " + progress());
  }

  function filter() {
    const wanted = find("filter").value.trim().toLowerCase();
    for (const item of items) {
      const fits = kind === "all" || (kind === "open" && !isDecided(item)) || (kind === "must" && isMandatory(item))
        || (kind === "doubt" && item.dataset.doubtful !== undefined);
      item.hidden = !fits || !item.dataset.search.includes(wanted);
    }
    find("empty").hidden = shown().length > 0;
    if (!shown().includes(current)) select(shown()[0] || null, false);
  }

  // Deciding.

  /** Whether the quote can be read now: its beginning lies in the list's window. */
  function isOnScreen(item) {
    const quote = item.querySelector(".quote");
    if (!item.classList.contains("on") || !quote) return false;
    const inner = quote.getBoundingClientRect();
    const outer = list.getBoundingClientRect();
    return inner.height > 0 && inner.top >= outer.top - 1 && inner.top + Math.min(inner.height, 40) <= Math.min(outer.bottom, innerHeight) + 1;
  }

  function decide(item, verdict, edited) {
    const ack = isOnScreen(item);
    if ((verdict === "approve" || verdict === "edit") && isMandatory(item) && !ack) {
      reveal(item.querySelector(".quote") || item, list);
      return say("The quote was not on the screen. It is now: read it, then press " + (edited ? "Enter" : "k") + " again");
    }
    decisions.set(item, {
      verdict, ack, edited: edited || null, comment: comment(item).value.trim(), at: new Date().toISOString(),
    });
    if (edited) closeEdit(item);
    unsaved = true;
    draw(item);
    say(title(item) + " " + words[verdict] + ". " + progress());
  }

  const acts = {
    approve(item) {
      if (isMandatory(item)) return say(title(item) + " is mandatory: read its quote, then acknowledge it with k");
      decide(item, "approve");
    },
    acknowledge(item) {
      if (!isMandatory(item)) return say(title(item) + " needs no acknowledgement: approve it with a");
      decide(item, "approve");
    },
    edit(item) { openEdit(item); },
    write(item) { write(item); },
    unedit(item) { closeEdit(item); },
    reject(item) { decide(item, "reject"); },
    skip(item) { decide(item, "skip"); },
  };

  function act(name, item) {
    if (!item) return;
    if (isWithheld(item)) return say("You may not read this value, so it is for somebody else to decide");
    acts[name](item);
  }

  // Editing: the page takes what looks right; whether it is, the program says when it reads the file.

  const editor = (item) => item.querySelector(".edit");
  const edits = (item) => Array.from(item.querySelectorAll("[data-edit]"));

  function openEdit(item) {
    if (!editor(item)) return say(title(item) + " cannot be edited: reject it with r");
    editor(item).hidden = false;
    edits(item)[0].focus();
    if (edits(item)[0].select) edits(item)[0].select();
    reveal(editor(item), list);
  }

  function closeEdit(item) {
    editor(item).hidden = true;
    item.focus({ preventScroll: true });
    reveal(item, list);
  }

  function write(item) {
    const wrong = edits(item).find((input) => input.value !== input.dataset.now && !input.checkValidity());
    if (wrong) {
      wrong.focus();
      return say(wrong.parentElement.firstChild.textContent.trim() + " is not taken: write " + wrong.parentElement.querySelector("small").textContent);
    }
    const changed = edits(item).filter((input) => input.value.trim() !== input.dataset.now);
    if (changed.length === 0) return say("Nothing is written anew: approve it, or press Esc");
    decide(item, "edit", Object.fromEntries(changed.map((input) => [input.dataset.edit, input.value.trim()])));
  }

  function approveRest() {
    const rest = shown().filter((item) => !isMandatory(item) && !isWithheld(item) && !decisions.has(item));
    for (const item of rest) {
      decisions.set(item, { verdict: "approve", ack: false, edited: null, comment: comment(item).value.trim(), at: new Date().toISOString() });
      draw(item);
    }
    if (rest.length > 0) unsaved = true;
    say(count(rest.length, "item") + " approved; mandatory ones never are by this. " + progress());
  }

  // The file.

  function lines() {
    return items.filter((item) => decisions.has(item)).map((item) => {
      const made = decisions.get(item);
      return JSON.stringify({
        change_set: set, content_sha256: digest, seq: seq(item), fields: fields(item), verdict: made.verdict,
        edited_value: made.edited, ack: made.ack, comment: made.comment, principal: "", at: made.at, surface: "html",
        quote: item.dataset.quote || "",
      }) + "\n";
    }).join("");
  }

  function save() {
    if (decisions.size === 0) return say("Nothing is decided yet");
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([lines()], { type: "application/jsonl" }));
    link.download = set + ".decisions.jsonl";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    unsaved = false;
    say(count(decisions.size, "decision") + " saved as " + link.download + ". They count once this is run: trunkline review apply " + link.download);
  }

  /** Takes up decisions saved before; those about anything else are left alone and counted. */
  function resume(text) {
    let taken = 0;
    let other = 0;
    for (const line of text.split("\n")) {
      if (line.trim() === "") continue;
      let made = null;
      try { made = JSON.parse(line); } catch { made = null; }
      const item = made && made.change_set === set && made.content_sha256 === digest
        ? items.find((one) => seq(one) === made.seq && one.dataset.fields === JSON.stringify(made.fields) && (one.dataset.quote || "") === made.quote)
        : undefined;
      const fits = item && !isWithheld(item) && words[made.verdict] !== undefined
        && !(["approve", "edit"].includes(made.verdict) && isMandatory(item) && made.ack !== true)
        && (made.verdict === "edit") === (made.edited_value !== null && typeof made.edited_value === "object")
        && Object.keys(made.edited_value || {}).every((name) => edits(item).some((input) => input.dataset.edit === name));
      if (!fits) { other += 1; continue; }
      const said = String(made.comment || "");
      const edited = made.verdict === "edit" ? Object.fromEntries(Object.entries(made.edited_value).map(([name, text]) => [name, String(text)])) : null;
      decisions.set(item, { verdict: made.verdict, ack: made.ack === true, edited, comment: said, at: String(made.at) });
      comment(item).value = said;
      for (const input of edits(item)) if (edited && edited[input.dataset.edit] !== undefined) input.value = edited[input.dataset.edit];
      draw(item);
      taken += 1;
    }
    say(count(taken, "decision") + " taken up" + (other > 0 ? ", " + count(other, "line") + " not about this page left alone" : "") + ". " + progress());
  }

  // Listening.

  const keys = {
    a: () => act("approve", current), k: () => act("acknowledge", current), r: () => act("reject", current), e: () => act("edit", current),
    s: () => act("skip", current), j: () => step(1), J: () => step(-1), ArrowDown: () => step(1), ArrowUp: () => step(-1),
    Enter: nextOpen, A: approveRest, o: enlarge, "/": () => find("filter").focus(), "?": () => find("help").showModal(),
    c: () => { if (current) comment(current).focus(); }, q: save,
  };

  function enlarge() {
    const large = pages.classList.toggle("large");
    find("large").setAttribute("aria-pressed", String(large));
    if (current && boxesOf(current).length > 0) show(boxesOf(current)[0]);
  }

  // Keys count only while the list has the focus, so that they never surprise whoever is elsewhere on the page.
  list.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.tagName === "INPUT" || event.target.tagName === "SELECT") {
      if (event.key !== "Escape" && event.key !== "Enter") return;
      event.preventDefault();
      if (!current) return;
      if (event.target.dataset.edit === undefined) return current.focus();
      return event.key === "Enter" ? act("write", current) : act("unedit", current);
    }
    if (event.target.tagName === "BUTTON" && (event.key === "Enter" || event.key === " ")) return;
    if (event.key === "Tab" && event.target.classList.contains("item")) {
      if (step(event.shiftKey ? -1 : 1)) event.preventDefault();
      return;
    }
    if (!Object.hasOwn(keys, event.key)) return;
    event.preventDefault();
    keys[event.key]();
  });
  for (const item of items) {
    item.addEventListener("focus", () => { if (current !== item) select(item, false); });
    item.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (current !== item) select(item, !button && !["INPUT", "SELECT", "LABEL"].includes(event.target.tagName));
      if (button && button.dataset.act) act(button.dataset.act, item);
      else if (button) for (const box of boxesOf(item).slice(0, 1)) show(box);
    });
    item.addEventListener("mouseenter", () => { for (const box of boxesOf(item)) box.classList.add("near"); });
    item.addEventListener("mouseleave", () => { for (const box of boxesOf(item)) box.classList.remove("near"); });
    comment(item).addEventListener("change", (event) => {
      const made = decisions.get(item);
      if (!made) return;
      made.comment = event.target.value.trim();
      unsaved = true;
      draw(item);
    });
  }
  for (const box of boxes) {
    const own = () => items.filter((item) => box.dataset.items.split(" ").includes(number(item)));
    box.addEventListener("mouseenter", () => { for (const item of own()) item.classList.add("near"); });
    box.addEventListener("mouseleave", () => { for (const item of own()) item.classList.remove("near"); });
    box.addEventListener("click", () => {
      // A box of several fields gives them one after another.
      const rows = own();
      const item = rows[(rows.indexOf(current) + 1) % rows.length];
      if (item.hidden) { kind = "all"; find("filter").value = ""; pressKind(); filter(); }
      select(item, true);
    });
  }
  const kindButtons = Array.from(document.querySelectorAll("[data-kind]"));
  function pressKind() { for (const button of kindButtons) button.setAttribute("aria-pressed", String(button.dataset.kind === kind)); }
  for (const button of kindButtons) button.addEventListener("click", () => { kind = button.dataset.kind; pressKind(); filter(); });
  find("filter").addEventListener("input", filter);
  find("filter").addEventListener("keydown", (event) => {
    if (event.key === "Escape") { find("filter").value = ""; filter(); }
    if ((event.key === "Enter" || event.key === "Escape") && current) { event.preventDefault(); current.focus(); }
  });
  find("rest").addEventListener("click", approveRest);
  find("save").addEventListener("click", save);
  find("large").addEventListener("click", enlarge);
  find("keys").addEventListener("click", () => find("help").showModal());
  find("close").addEventListener("click", () => find("help").close());
  find("help").addEventListener("close", () => { if (current) current.focus(); });
  find("resume").addEventListener("click", () => find("file").click());
  find("file").addEventListener("change", async (event) => {
    const file = event.target.files[0];
    if (file) resume(await file.text());
    event.target.value = "";
  });
  addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });

  for (const item of items) draw(item);
  progress();
  if (items.length > 0) select(items[0], true);
  started = true;
})();
