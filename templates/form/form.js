// The form in the browser: shows the HTML that the kernel made, and tells the kernel what a person does.

// What no kernel has answered yet, and what stands half typed, is kept for the tab it was typed in: when the kernel died or
// the page was loaded anew, the next view of the file sends it again.
const kept = {
  name: (file, what) => `cxassess ${file} ${what}`,
  write(file, what, value) {
    const name = kept.name(file, what);
    try {
      if (value.length) sessionStorage.setItem(name, JSON.stringify(value)); else sessionStorage.removeItem(name);
    } catch { /* no room, or not allowed: then it stands on this page only */ }
  },
  read(file, what) {
    try { return JSON.parse(sessionStorage.getItem(kept.name(file, what))) ?? []; } catch { return []; }
  },
  clients(file) {
    const start = kept.name(file, "events ");
    try { return Object.keys(sessionStorage).filter((name) => name.startsWith(start)).map((name) => name.slice(start.length)); }
    catch { return []; }
  },
};
// Views that are there: what they wait for may still be under way.
const present = (window.cxassessPresent ??= new Map());
// From here on the list of pages stands unfolded at first; below, it folds once one has chosen a page.
const WIDE = 1056;
const PAUSE = 800, SEEKING = 250, PATIENCE = 5000, AGAIN = 5000;
// Jupyter takes no messages over 10 MB.
const PIECE = 1_000_000;
// What need not be done again for somebody who comes back; a piece of a file is nothing without the others.
const PASSING = ["look", "retry", "seek", "attach", "locate"];
// Where what stands in a form goes as it is typed: to a place of the assessment, or to a search.
const place = (form) => form?.dataset.set ?? form?.dataset.seek;
const isText = (field) => field.matches("textarea, input:not([type=radio], [type=checkbox])");

// --- on paper ---

function paper() {
  const there = document.querySelector("body > .cx-paper");
  if (there) return there;
  const made = document.createElement("div");
  made.className = "cx-paper";
  document.body.append(made);
  return made;
}

function offPaper() {
  document.querySelector("body > .cx-paper")?.remove();
}

// A form as it stands, with what is typed in it as text, and unfolded where something stands in it.
function copyOf(root) {
  const copy = root.cloneNode(true);
  const fields = [...root.querySelectorAll("textarea, select")];
  for (const [index, field] of [...copy.querySelectorAll("textarea, select")].entries()) {
    const text = document.createElement("p");
    text.className = "cx-typed";
    text.textContent = field.localName === "select" ? fields[index].selectedOptions[0]?.label ?? "" : fields[index].value;
    field.replaceWith(text);
  }
  for (const one of copy.querySelectorAll("details")) one.open ||= Boolean(one.querySelector("[data-set]"));
  return copy;
}

function render({ model, el }) {
  const root = document.createElement("div");
  root.className = "cx-form";
  el.append(root);
  const client = Math.random().toString(36).slice(2);
  const events = [];
  let view;
  // Fields whose content the kernel has not confirmed: what it sends must not overwrite them.
  const unconfirmed = new Map();
  // What a person changed since it was last saved; a choice is changed as a whole.
  const touched = new Set();
  // Forms of which something was refused and still stands on screen.
  const pending = new Set();
  const typing = new Map();
  // What stands half typed in forms with a button of their own: it is there again when one comes back to the page.
  const drafts = new Map();
  // Who waits for the answer to an event.
  const answered = new Map();
  let seq = 0, focused = -1, looked = Date.now(), retry, isReloading = false, hasBegun = false;

  // --- to the kernel ---

  function send(event, form, pieces) {
    const sent = { ...event, client, seq: ++seq, seen: view?.number ?? 0 };
    events.push({ sent, at: Date.now() });
    remember();
    for (const field of form?.elements ?? []) unconfirmed.set(field, seq);
    root.dataset.saving = "";
    try { model.send(sent, undefined, pieces); } catch { /* no kernel: told when nobody answers */ }
  }

  // A file goes in pieces, each once the one before is answered; the last is, when the file is in its place.
  async function attach(field) {
    const [file] = field.files, at = field.dataset.attach.split("/");
    if (!file) return;
    const values = { name: file.name, size: `${file.size}` };
    let from = 0;
    do {
      const piece = await file.slice(from, from + PIECE).arrayBuffer();
      send({ do: "attach", at, values: { ...values, from: `${from}` } }, undefined, [piece]);
      const mine = seq;
      await new Promise((done) => answered.set(mine, done));
      if (view.refused) break;
    } while ((from += PIECE) < file.size);
    field.value = "";
  }

  function remember() {
    if (view) kept.write(view.file, `events ${client}`, events.filter(({ sent }) => !PASSING.includes(sent.do)));
  }

  function valuesOf(form) {
    const values = {};
    for (const [name, value] of new FormData(form)) values[name] = name in values ? `${values[name]} ${value}` : value;
    // A date that is half typed says nothing; it must not say "none".
    for (const { name, validity } of form.elements)
      if (validity?.badInput || validity?.rangeUnderflow || validity?.rangeOverflow) delete values[name];
    return values;
  }

  function set(form) {
    clearTimeout(typing.get(form));
    typing.delete(form);
    const values = valuesOf(form), { seek } = form.dataset;
    if (seek) return send({ do: "seek", at: seek.split("/"), values }, form);
    // What nobody touched here another may just have changed.
    const own = new Set([...form.elements].filter((field) => touched.has(field)).map(({ name }) => name));
    for (const name of Object.keys(values)) if (!own.has(name)) delete values[name];
    send({ do: "set", at: form.dataset.set.split("/"), values }, form);
  }

  function flush() {
    for (const form of [...typing.keys()]) set(form);
  }

  function act(what, form) {
    flush();
    if (what.do === "copy") return keep(view.copy);
    if (what.do === "reload") { isReloading = true; return location.reload(); }
    if (["clear", "undo", "redo", "mine", "theirs", "both"].includes(what.do)) giveUp(what);
    send({ do: what.do, at: what.at ? what.at.split("/") : [], values: form ? valuesOf(form) : {} }, form);
  }

  // What was refused is no longer wanted once a person takes something back.
  function giveUp({ do: what, at }) {
    for (const [field, number] of unconfirmed) {
      const { set: place } = field.form?.dataset ?? {};
      if (number === Infinity && place && (what !== "clear" || place === at)) unconfirmed.delete(field);
    }
  }

  function keep(text) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    const now = new Date().toISOString().replace(/[:T]/g, "-").slice(0, 19);
    link.download = view.file.split(/[\\/]/).pop().replace(/\.json$/, "") + `-${now}.json`;
    link.click();
    URL.revokeObjectURL(link.href);
  }

  // --- from the kernel ---

  function show() {
    const { html, acks, refused, unsaved } = view;
    const done = acks[client] ?? 0;
    while (events.length && events[0].sent.seq <= done) events.shift();
    remember();
    for (const [field, number] of unconfirmed) {
      if (number > done) continue;
      if (refused && number === done && touched.has(field)) { unconfirmed.set(field, Infinity); pending.add(field.form); }
      else { unconfirmed.delete(field); touched.delete(field); drop(field.id); }
    }
    const held = root.contains(document.activeElement) ? document.activeElement : null;
    const around = [];
    for (let box = held; box && box !== root; box = box.parentElement) if (box.id) around.push(box.id);
    Idiomorph.morph(root, html, { morphStyle: "innerHTML", callbacks: { beforeNodeMorphed, beforeAttributeUpdated } });
    for (const form of pending) {
      const isHeld = [...form.elements].some((field) => unconfirmed.has(field));
      form.toggleAttribute("data-refused", isHeld);
      if (!isHeld) pending.delete(form);
    }
    for (const [id, value] of drafts) draft(root.querySelector(`#${CSS.escape(id)}`), value);
    if (held && !held.isConnected) settle(around);
    for (const [number, done] of answered) if (number <= (acks[client] ?? 0)) { answered.delete(number); done(); }
    if (!events.length) { delete root.dataset.saving; delete root.dataset.lost; }
    clearTimeout(retry);
    if (unsaved) retry = setTimeout(() => send({ do: "retry" }), AGAIN);
    focus();
  }

  // The kernel strips what is typed: the space before the next word must not go while one thinks.
  const squeezed = (text) => text?.replace(/\s+/g, " ").trim();
  const isSame = (old, fresh) => old === document.activeElement && isText(old) && squeezed(old.value) === squeezed(fresh.value);
  // A date of which some digits are typed has no value yet, and says nothing of it.
  const isHalf = (old) => old === document.activeElement && old.validity?.badInput;
  const beforeNodeMorphed = (old, fresh) => !unconfirmed.has(old) && !isSame(old, fresh) && !isHalf(old);
  const beforeAttributeUpdated = (name, node) => !(name === "open" && node.localName === "details") && name !== "data-refused";

  function drop(id) {
    if (drafts.delete(id)) kept.write(view.file, "drafts", [...drafts]);
  }

  function draft(field, value) {
    if (!field || unconfirmed.has(field)) return;
    field.value = value;
    unconfirmed.set(field, Infinity);
    touched.add(field);
    field.closest("details")?.setAttribute("open", "");
  }

  // What had the focus is gone: without one, the next key would be a command of JupyterLab.
  function settle(around) {
    const place = [...around, "cx-page"].map((id) => root.querySelector(`#${CSS.escape(id)}`)).find(Boolean);
    if (!place.hasAttribute("tabindex")) place.tabIndex = -1;
    place.focus({ preventScroll: true });
  }

  function focus() {
    const [n, id, mover] = view.focus;
    const isMoved = mover === client && n > focused && focused >= 0;
    focused = n;
    if (!isMoved) return;
    const target = root.querySelector(`#${CSS.escape(id)}`) ?? root.querySelector("#cx-page");
    if (view.alone && view.alone !== view.page) return turnTo(view.page, id);
    if (root.clientWidth <= WIDE && root.querySelector(".cx-menu")) root.querySelector(".cx-menu").open = false;
    root.scrollIntoView({ block: "nearest" });
    reveal(target);
    (target.tabIndex >= 0 || target.hasAttribute("tabindex") ? target : target.querySelector("textarea") ?? target).focus({ preventScroll: true });
  }

  // A page that stands alone leads to the others as far as they stand in the same document.
  function turnTo(page, id) {
    const other = document.querySelector(`.cx-form .cx-alone[data-page="${page}"]`) ?? document.querySelector(`.cx-form [data-page="${page}"]`);
    (other?.querySelector(`#${CSS.escape(id)}`) ?? other)?.scrollIntoView({ block: "start" });
  }

  function reveal(target) {
    for (let box = target; box && box !== root; box = box.parentElement) if (box.localName === "details") box.open = true;
    const pane = root.querySelector(".cx-pane");
    if (pane.scrollHeight > pane.clientHeight) pane.scrollTop += target.getBoundingClientRect().top - pane.getBoundingClientRect().top - 16;
    else target.scrollIntoView();  // in a low window the page has no bounds of its own
  }

  // --- from a person ---

  root.addEventListener("change", ({ target }) => {
    // A date changes with every digit of its year.
    if (target.dataset.attach) attach(target);
    else if (place(target.form) && target.type !== "date") set(target.form);
  });
  root.addEventListener("input", ({ target }) => {
    const form = target.form;
    if (!form) return;
    unconfirmed.set(target, Infinity);
    for (const field of form.elements) if (field.name === target.name) touched.add(field);
    if (form.dataset.do && target.type !== "checkbox") { drafts.set(target.id, target.value); kept.write(view.file, "drafts", [...drafts]); }
    if (!place(form) || !isText(target)) return;
    clearTimeout(typing.get(form));
    typing.set(form, setTimeout(() => set(form), form.dataset.seek ? SEEKING : PAUSE));
  });
  root.addEventListener("focusout", ({ target }) => {
    if (typing.has(target.form)) set(target.form);
  });
  root.addEventListener("submit", (event) => {
    event.preventDefault();
    const form = event.target;
    const isUnderWay = [...form.elements].some((field) => Number.isFinite(unconfirmed.get(field)));
    if (place(form)) set(form); else if (!isUnderWay) act(form.dataset, form);
  });
  root.addEventListener("click", ({ target }) => {
    const button = target.closest("button[data-do]");
    if (button) act(button.dataset);
  });
  root.addEventListener("keydown", (event) => {
    // JupyterLab would take keys typed here for commands: x cuts the cell that holds the form.
    if (event.key !== "Escape") event.stopPropagation();
    const { target, key } = event;
    if (event.ctrlKey || event.metaKey) {
      const away = key === "s" ? () => act({ do: "look" }) : key === "z" && !isText(target) ? () => act({ do: "undo" }) : null;
      if (away) { event.preventDefault(); away(); }
    } else if (target.matches("input[type=radio]") && !event.altKey) {
      const choice = target.form.querySelector(`input[data-key="${CSS.escape(key.toLowerCase())}"]`);
      if (choice) { event.preventDefault(); choice.focus(); if (!choice.checked) choice.click(); }
    }
  });

  // Nobody looks at this view any more: the kernel need not look at the file for it.
  const gone = () => { try { model.send({ do: "leave", client }); } catch { /* no kernel, nobody looks */ } };
  const leave = (event) => { flush(); if (!isReloading && (events.length || view?.unsaved)) event.preventDefault(); };
  const hide = () => { if (document.hidden) flush(); };
  const look = () => { if (Date.now() - looked > 10000) { looked = Date.now(); act({ do: "look" }); } };
  const tick = setInterval(() => {
    if (events.length && Date.now() - events[0].at > PATIENCE) root.dataset.lost = "";
  }, 500);
  // JupyterLab prints what is in its window; so what is to be printed stands, while it is, for all that there is.
  const onPaper = () => { if (root.clientWidth) paper().append(copyOf(root)); };
  window.addEventListener("beforeprint", onPaper);
  window.addEventListener("afterprint", offPaper);
  window.addEventListener("beforeunload", leave);
  window.addEventListener("cxassess-leave", leave);  // of our Voilà page, which asks before Voilà stops the kernel
  document.addEventListener("visibilitychange", hide);
  window.addEventListener("focus", look);
  window.addEventListener("pagehide", gone);
  // Of a page alone in a long notebook the kernel makes nothing while it is out of sight.
  let isInSight = true, isShown = true;
  function tellSight() {
    if (!view?.alone || isShown === isInSight) return;
    isShown = isInSight;
    if (isShown) send({ do: "look" }); else gone();
  }
  const sight = new IntersectionObserver(([{ isIntersecting }]) => { isInSight = isIntersecting; tellSight(); }, { rootMargin: "50%" });
  sight.observe(root);
  // Where there is little room, the list of pages stays folded until it is asked for. A person's own choice stands.
  let isWide;
  const fold = () => {
    const menu = root.querySelector(".cx-menu"), isNow = root.clientWidth > WIDE;
    if (menu && isNow !== isWide) menu.open = isWide = isNow;
  };
  const room = new ResizeObserver(fold);
  const heard = (message) => {
    const isOther = view?.file !== message.file;
    if (view && isOther) finish(message);
    view = message;
    // What is still to be set belongs to the file before: it must not be sent to the one that stands here now.
    if (isOther) for (const timer of typing.values()) clearTimeout(timer);
    if (isOther) for (const one of [unconfirmed, touched, pending, typing, drafts]) one.clear();
    show();
    if (isOther) begin();
    if (view.desk) goOn(isOther);
    tellSight();
  };
  // What led to another file was taken: it must not stand half typed when one comes back.
  function finish({ acks, refused }) {
    for (const [field, number] of unconfirmed) if (!refused && number <= (acks[client] ?? 0)) drop(field.id);
  }
  // In the app a reload is a new kernel: it opens again what was open in this tab.
  function goOn(isOther) {
    const last = kept.read("", "open")[0];
    const isNew = document.body.dataset.voila && !hasBegun;
    hasBegun = true;
    if (isNew && !view.file && last) return send({ do: "open", at: [], values: { path: last } });
    if (isOther) kept.write("", "open", view.file ? [view.file] : []);
  }
  function begin() {
    room.observe(root);
    isWide = undefined;
    fold();
    present.set(client, { events, left: false });
    for (const [id, value] of kept.read(view.file, "drafts")) drafts.set(id, value);
    for (const [id, value] of drafts) draft(root.querySelector(`#${CSS.escape(id)}`), value);
    for (const other of kept.clients(view.file)) if (other !== client) takeOver(other);
    remember();
    const last = view.anchor && root.querySelector(`#${CSS.escape(view.anchor)}`);
    if (last) reveal(last);
  }

  // A view that was only replaced may have been heard: to set a thing again does no harm, to add one would.
  function takeOver(other) {
    const there = present.get(other), what = `events ${other}`;
    const isHeard = ({ sent }) => sent.seq <= (view.acks[sent.client] ?? 0);
    const isLost = ({ sent, at }) => Date.now() - at > PATIENCE || (there?.left !== false && sent.do === "set");
    const open = kept.read(view.file, what).filter((one) => !isHeard(one));
    const lost = open.filter(isLost);
    const rest = open.filter((one) => !lost.includes(one));
    there?.events.splice(0, Infinity, ...rest);
    kept.write(view.file, what, rest);
    for (const { sent } of lost) send(sent);
  }
  model.on("msg:custom", heard);
  send({ do: "look" });

  return () => {
    gone();
    if (present.has(client)) present.get(client).left = true;
    clearInterval(tick);
    clearTimeout(retry);
    room.disconnect();
    sight.disconnect();
    window.removeEventListener("beforeprint", onPaper);
    window.removeEventListener("afterprint", offPaper);
    window.removeEventListener("beforeunload", leave);
    window.removeEventListener("cxassess-leave", leave);
    document.removeEventListener("visibilitychange", hide);
    window.removeEventListener("focus", look);
    window.removeEventListener("pagehide", gone);
    model.off("msg:custom", heard);
  };
}
export default { render };
