// Makes the pages nicer; nothing on them needs it. One small module per concern, no dependencies.
"use strict";

const $ = (selector, root = document) => root.querySelector(selector);
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
const say = (words) => { $("#say").textContent = ""; requestAnimationFrame(() => { $("#say").textContent = words; }); };

// Copying. The clipboard API needs HTTPS or localhost; an office's plain-HTTP server gets the old way.
async function copy(text, button) {
  let done = false;
  try {
    await navigator.clipboard.writeText(text);
    done = true;
  } catch {
    const box = document.createElement("textarea");
    box.value = text;
    box.className = "unseen";
    document.body.append(box);
    box.select();
    done = document.execCommand("copy");
    box.remove();
  }
  say(done ? document.body.dataset.copied : document.body.dataset.byHand);
  if (done && button && button.tagName === "BUTTON" && !button.dataset.label) {
    button.dataset.label = button.textContent;
    button.textContent = `✓ ${document.body.dataset.copied}`;
    setTimeout(() => { button.textContent = button.dataset.label; delete button.dataset.label; }, 1200);
  }
}

// A passage as a draft quotes it: its own words between quotation marks, then its citation.
function quoted(button) {
  const foot = button.closest(".card-foot");
  const shown = $(".words", foot.closest(".card") ?? document.createElement("i"));
  const cells = (row) => `${$("dt", row).textContent}: ${$("dd", row).textContent}`;
  const words = !shown ? $$("mark.hit").map((each) => each.textContent).filter(Boolean).join("; ")
    : shown.matches("dl") ? $$("div", shown).map(cells).join("; ") : shown.textContent;
  // As the page shows them, in one flow: where the file breaks its lines is no part of what it says.
  return `“${words.replace(/\s+/g, " ").trim()}” (${$("[data-cite]", foot).dataset.copy})`;
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-copy], button[data-copy-link]");
  const quote = event.target.closest("button[data-quote]");
  if (quote) copy(quoted(quote), quote);
  if (button) copy(button.dataset.copy ?? new URL(button.dataset.copyLink, location.href).href, button);
  if (event.target.closest("[data-print]")) {
    $$("details.cite, details.fold:not(.also)").forEach((each) => { each.open = true; });
    window.print();
  }
});

// The reader beside the list: a click on a passage opens it there without losing one's place.
const pane = $("#pane");
const wide = matchMedia("(min-width: 68.01rem)");
function openPane(url, passage, push) {
  const src = new URL(url, location.href);
  src.searchParams.set("embed", "1");
  $(".results").classList.add("with-reader"); $(".pane").hidden = false;
  if (pane.contentWindow.location.href !== src.href) $(".pane").classList.add("loading");
  pane.contentWindow.location.replace(src);
  $("#pane-full").href = url;
  select(passage);
  if (push) {
    const here = new URL(location.href);
    here.searchParams.set("open", passage);
    history.pushState({ url, passage }, "", here);
  }
}
function select(passage) {
  $$(".card").forEach((card) => {
    const on = card.dataset.passage === passage;
    card.classList.toggle("selected", on);
    if (on) card.setAttribute("aria-current", "true"); else card.removeAttribute("aria-current");
  });
}
// Whoever walks on beside the list sees there which hit is read, and takes that one.
function follow() {
  $(".pane").classList.remove("loading");
  const read = pane.contentDocument && $(".hit-tools [data-keep]", pane.contentDocument);
  if (!read || $(".pane").hidden || read.dataset.keep === $(".card.selected")?.dataset.passage) return;
  const full = new URL(pane.contentWindow.location.href), here = new URL(location.href);
  full.searchParams.delete("embed");
  $("#pane-full").href = full;
  select(read.dataset.keep);
  here.searchParams.set("open", read.dataset.keep);
  history.replaceState(history.state, "", here);
  reveal($(".card.selected"), "nearest");
}
function reveal(card, block) {
  const fold = card && card.closest("details.fold");
  if (fold) fold.open = true;
  if (card && wide.matches) card.scrollIntoView({ block });
}
function closePane() {
  $(".results").classList.remove("with-reader");
  $(".pane").hidden = true;
  select("");
}
if (pane) {
  pane.addEventListener("load", follow);
  reveal($(".card.selected"), "center");
  document.addEventListener("click", (event) => {
    const words = event.target.closest(".card .words");
    const link = event.target.closest(".card .open, .card .crumbs a") ?? (words && getSelection().isCollapsed && $(".open", words.closest(".card")));
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    if (!wide.matches) { if (words) location.assign(link.href); return; }
    event.preventDefault();
    const card = link.closest(".card");
    const again = card.classList.contains("selected");  // the second time one wants to go in there
    openPane(link.href, card.dataset.passage, !again);
    if (again) pane.focus();
    card.scrollIntoView({ block: "nearest" });
  });
  $("#pane-close").addEventListener("click", (event) => {
    event.preventDefault();
    const card = $(".card.selected");
    closePane();
    const here = new URL(location.href);
    here.searchParams.delete("open");
    history.pushState(null, "", here);
    if (card) { card.scrollIntoView({ block: "center" }); $(".open", card).focus({ preventScroll: true }); }
  });
  addEventListener("popstate", () => {
    const open = new URL(location.href).searchParams.get("open");
    const card = open && document.getElementById(`card-${open}`);
    if (card && wide.matches) openPane($(".open", card).href, open, false); else closePane();
  });
}
if (document.body.classList.contains("embedded")) {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (link && link.getAttribute("href")[0] !== "#" && !link.closest(".walk")) link.target = "_top";
  });
}

// Loading more keeps what is read in place.
const more = $("#more");
if (more) more.addEventListener("click", async (event) => {
  if (event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  const url = more.href.split("#")[0];
  const page = new DOMParser().parseFromString(await (await fetch(url)).text(), "text/html");
  const known = $$(".cards > .card").length;
  const fresh = $$(".cards > .card", page).slice(known);
  $(".cards").append(...fresh);
  showKept();
  const next = $("#more", page);
  if (next) { more.href = next.getAttribute("href"); more.textContent = next.textContent; more.nextElementSibling.textContent = next.nextElementSibling.textContent; }
  else more.parentElement.remove();
  history.replaceState(history.state, "", url);
  if (fresh[0]) $(".open", fresh[0]).focus({ preventScroll: true });
});

// What an answer leaves folded comes without losing one's place.
document.addEventListener("click", async (event) => {
  const link = event.target.closest("[data-unfold]");
  if (!link || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  const [url] = link.href.split("#");
  const page = new DOMParser().parseFromString(await (await fetch(url)).text(), "text/html");
  const rest = $(`#${link.dataset.unfold} .also`, page);
  link.parentElement.replaceWith(rest);
  $$("[data-unfold]").forEach((each) => { each.href = $(`[data-unfold="${each.dataset.unfold}"]`, page)?.getAttribute("href") ?? each.href; });
  history.replaceState(history.state, "", url);
  showKept();
  $("summary", rest).focus({ preventScroll: true });
});

// Suggestions: a combobox as the ARIA authoring practices describe it.
const box = $("#q");
if (box) {
  const list = $("#suggestions");
  let timer = 0, at = -1, asked = "";
  const close = () => { list.hidden = true; at = -1; box.setAttribute("aria-expanded", "false"); box.removeAttribute("aria-activedescendant"); };
  const pick = (text) => { box.value = text; close(); box.form.requestSubmit(); };
  const show = (items) => {
    list.replaceChildren(...items.map((item, n) => {
      const row = document.createElement("li");
      row.id = `suggestion-${n}`;
      row.setAttribute("role", "option");
      row.setAttribute("aria-selected", "false");
      for (const [name, text] of [["text", item.text], ["kind", item.label], ["note", item.note]]) {
        const part = document.createElement("span");
        part.className = name;
        part.textContent = text;
        row.append(part);
      }
      row.addEventListener("mousedown", (event) => { event.preventDefault(); pick(item.text); });
      return row;
    }));
    at = -1;
    list.hidden = !items.length;
    box.setAttribute("aria-expanded", String(items.length > 0));
  };
  const move = (step) => {
    const rows = $$("li", list);
    if (!rows.length) return;
    if (at >= 0) rows[at].setAttribute("aria-selected", "false");
    at = (at + step + rows.length + (at < 0 && step < 0 ? 1 : 0)) % rows.length;
    rows[at].setAttribute("aria-selected", "true");
    rows[at].scrollIntoView({ block: "nearest" });
    box.setAttribute("aria-activedescendant", rows[at].id);
  };
  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      asked = box.value;
      if (asked.trim().length < 2) return close();
      const items = await (await fetch(`/api/suggest?q=${encodeURIComponent(asked)}`)).json();
      if (asked === box.value && document.activeElement === box) show(items);
    }, 120);
  });
  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") { event.preventDefault(); move(event.key === "ArrowDown" ? 1 : -1); }
    else if (event.key === "Escape") { if (!list.hidden) { event.preventDefault(); close(); } }
    else if (event.key === "Enter" && at >= 0) { event.preventDefault(); pick($("li[aria-selected='true'] .text", list).textContent); }
  });
  box.addEventListener("blur", close);
}

// The collection: kept in this browser; its page is its address, so that it can be shared.
const basket = $("#basket");
const kept = () => { try { return JSON.parse(localStorage.getItem("kept") ?? "[]"); } catch { return []; } };
function keep(ids) {
  try { localStorage.setItem("kept", JSON.stringify(ids.slice(-100))); } catch { /* private windows keep nothing */ }
  showKept();
}
function showKept() {
  const ids = kept();
  const embedded = document.body.classList.contains("embedded");
  basket.hidden = !ids.length || embedded || Boolean($("#collection"));
  basket.textContent = `${basket.dataset.words}: ${ids.length}`;
  basket.href = `/collection?${ids.map((id) => `p=${encodeURIComponent(id)}`).join("&")}`;
  $$("[data-keep]").forEach((button) => {
    const on = ids.includes(button.dataset.keep);
    button.setAttribute("aria-pressed", String(on));
    button.textContent = on ? button.dataset.on : button.dataset.off;
  });
}
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-keep]");
  const out = event.target.closest("[data-drop]");
  if (button) { const id = button.dataset.keep, ids = kept(); keep(ids.includes(id) ? ids.filter((each) => each !== id) : [...ids, id]); }
  const all = event.target.closest("[data-drop-all]");
  if (all && !confirm(all.dataset.sure)) event.preventDefault();
  else if (all) keep(kept().filter((each) => !$(`[data-drop="${each}"]`)));
  if (out) keep(kept().filter((each) => each !== out.dataset.drop));
});
addEventListener("storage", showKept);
showKept();

// A link into a folded part of the page unfolds it.
function unfold() {
  const place = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  for (let fold = place && place.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
}
addEventListener("hashchange", unfold);
unfold();

// Keys.
let current = -1;
function step(by) {
  const cards = $$(".list .card").filter((card) => card.checkVisibility());
  if (!cards.length) {
    const link = $(by > 0 ? ".walk [rel=next]" : ".walk [rel=prev]");
    if (link) location.assign(link.href);
    return;
  }
  if (cards[current]) cards[current].classList.remove("current");
  current = Math.min(Math.max(current + by, 0), cards.length - 1);
  cards[current].classList.add("current");
  cards[current].scrollIntoView({ block: "nearest" });
  $(".open", cards[current]).focus({ preventScroll: true });
}
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (typing || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || $("#keys").open) return;
  const card = $(".card.current") ?? $(".card.selected") ?? $(".hit-tools") ?? document.createElement("i");
  const act = {
    "/": () => ($("#q") ?? $("#find"))?.focus(),
    "?": () => $("#keys").showModal(),
    j: () => step(1),
    k: () => step(-1),
    f: () => $("#find")?.focus(),
    Escape: () => { const shut = $(".pane:not([hidden]) #pane-close") ?? (document.body.classList.contains("embedded") && parent.document.querySelector("#pane-close")); if (shut) shut.click(); },
    q: () => $("[data-quote]", card)?.click(),
    c: () => { const button = $("[data-cite]", card); if (button) copy(button.dataset.copy, button); },
    l: () => { const button = $("[data-copy-link]", card); if (button) copy(new URL(button.dataset.copyLink, location.href).href, button); },
  }[event.key];
  if (act) { event.preventDefault(); act(); }
});

// Reader: the contents follow the scroll, finds are walked with Enter, the bare anchor of a passage is marked.
const contents = $(".contents");
if (contents) {
  const links = new Map($$("a", contents).map((a) => [a.getAttribute("href").slice(1), a]));
  const heads = [...links.keys()].map((id) => document.getElementById(id)).filter(Boolean);
  const follow = () => {
    let now = heads[0];
    for (const head of heads) { if (head.getBoundingClientRect().top > innerHeight * .45) break; now = head; }
    links.forEach((a) => a.removeAttribute("aria-current"));
    const link = now && links.get(now.id);
    if (link) { link.setAttribute("aria-current", "true"); if (contents.scrollHeight > contents.clientHeight) contents.scrollTop = link.offsetTop - contents.clientHeight / 2; }
  };
  let waiting = false;
  addEventListener("scroll", () => { if (!waiting) { waiting = true; requestAnimationFrame(() => { waiting = false; follow(); }); } }, { passive: true });
  follow();
}
// Another page image comes without moving the text that is being read.
document.addEventListener("click", async (event) => {
  const link = event.target.closest(".sheet figcaption [data-turn]");
  if (!link || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  const page = new DOMParser().parseFromString(await (await fetch(link.href)).text(), "text/html");
  const turn = link.dataset.turn;
  const fresh = $(".sheet", page);
  link.closest(".sheet").replaceWith(fresh);
  ($(`[data-turn="${turn}"]`, fresh) ?? $("[data-turn]", fresh)).focus({ preventScroll: true });
});
function markTarget() {
  const place = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const own = place && place.classList.contains("b") && $(".own", place);
  if (!own || $("mark.hit", place)) return;
  $$("mark.hit.bare").forEach((each) => each.replaceWith(...each.childNodes));
  const mark = document.createElement("mark");
  mark.className = "hit bare";
  mark.append(...own.childNodes);
  own.append(mark);
}
if ($(".paper")) {
  if (!location.hash && $("#hit")) $("#hit").scrollIntoView({ block: "center" });
  markTarget();
  addEventListener("hashchange", markTarget);
}
const bar = $(".bar");
if (bar) new IntersectionObserver(([entry]) => bar.classList.toggle("stuck", entry.boundingClientRect.top < 0)).observe($(".paper-head h1"));
const finds = $$("mark.find");
if (finds.length && $("#find").value) {
  let now = -1;
  const go = (by) => {
    if (finds[now]) finds[now].classList.remove("now");
    now = (now + by + finds.length) % finds.length;
    finds[now].classList.add("now");
    $("#find-now").textContent = String(now + 1);
    finds[now].scrollIntoView({ block: "center" });
  };
  $$("[data-find]").forEach((button) => button.addEventListener("click", () => go(Number(button.dataset.find))));
  const typed = $("#find").value;
  $("#find").form.addEventListener("submit", (event) => { if ($("#find").value === typed) { event.preventDefault(); go(event.submitter && event.shiftKey ? -1 : 1); } });
  go(1);
}

// Uploading: each file is sent by itself; the server then tells what becomes of it as it happens.
const drop = $("#drop");
if (drop) {
  const incoming = $("#incoming");
  const follow = () => {
    const events = new EventSource("/documents/progress");
    events.addEventListener("state", (event) => {
      incoming.innerHTML = event.data;
      incoming.hidden = false;
      say($(".incoming-head p", incoming).textContent);
    });
    events.addEventListener("done", () => { events.close(); $("#reload").hidden = !$(".added, .replaced", incoming); });
  };
  const row = (words, name, kind) => {
    const line = document.createElement("li");
    line.className = kind;
    line.append(Object.assign(document.createElement("b"), { textContent: words }), " ", Object.assign(document.createElement("span"), { className: "what", textContent: name }));
    return line;
  };
  const send = async (files) => {
    incoming.hidden = false;
    incoming.open = true;
    const rows = files.map((file) => row(incoming.dataset.sending, file.name, "waiting"));
    $("ul", incoming).prepend(...rows);
    const lost = [];
    for (const file of files) {
      const body = new FormData();
      body.append("files", file);
      try {
        const answer = await fetch("/documents", { method: "POST", body, headers: { Accept: "application/json", Prefer: "respond-async" } });
        if (!answer.ok) throw new Error((await answer.json()).error.message);
      } catch (error) {
        lost.push(row(error instanceof TypeError ? incoming.dataset.lost : error.message, file.name, "failed"));
      }
    }
    rows.forEach((line) => line.remove());
    $("ul", incoming).prepend(...lost);
    if (lost.length < files.length) follow();
  };
  if ("busy" in incoming.dataset) follow();
  $("#files").addEventListener("change", (event) => { $("#picked").textContent = [...event.target.files].map((file) => file.name).join(", "); });
  drop.addEventListener("submit", (event) => { event.preventDefault(); send([...$("#files").files]); drop.reset(); $("#picked").textContent = ""; });
  for (const name of ["dragenter", "dragover"]) drop.addEventListener(name, (event) => { event.preventDefault(); drop.classList.add("over"); });
  for (const name of ["dragleave", "drop"]) drop.addEventListener(name, () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => { event.preventDefault(); send([...event.dataTransfer.files]); });
}
