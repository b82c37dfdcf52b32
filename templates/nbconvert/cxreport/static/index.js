// The list of an index page: search, filters, sorting. Without this script the whole list stands, by company.
const { words, columns, levels, rows } = JSON.parse(document.getElementById("cx-data").textContent);
const lang = document.documentElement.lang;
const box = document.querySelector("#reports ~ .cx-table");
const table = box.querySelector("table");
const heads = [...table.tHead.rows[0].cells];
const body = table.tBodies[0];
const column = Object.fromEntries(columns.map((name, index) => [name, index]));

// Capitals and accents make no difference.
const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
const unique = (values) => [...new Set(values)].sort((one, other) => one.localeCompare(other, lang));

rows.forEach((row, index) => {
  row.line = body.rows[index];
  row.groups = row.group.map((_, end) => row.group.slice(0, end + 1).join(" › "));
  row.text = folded([...row.line.cells[0].children, ...row.group].map((one) => one.textContent ?? one).join(" "));
});

function element(tag, properties, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

// --- the controls: a filter that could not tell two rows apart is left out ---

const controls = {};
const form = element("form", { className: "cx-controls" });
form.setAttribute("role", "search");
form.setAttribute("aria-label", words["index-controls"]);

function labelled(key, text, control) {
  controls[key] = control;
  form.append(element("label", { className: `cx-control-${key}` }, element("span", {}, text), control));
}

function choice(key, text, options, all = words["index-all"]) {
  if (options.length < 2) return;
  const shown = all ? [["", all], ...options] : options;
  labelled(key, text, element("select", {}, ...shown.map(([value, name]) => new Option(name, value))));
}

const nameOf = (name) => levels[name - 1] ?? heads[column[name]].textContent;
const present = (name) => unique(rows.map((row) => row.keys[column[name]]).join(" ").split(" "));
labelled("q", words["index-search"], element("input", { type: "search", autocomplete: "off", spellcheck: false }));
for (const result of ["claimed", "verified"]) {
  const text = filled(words["index-least"], { result: nameOf(result) });
  choice(result, text, levels.map((name, index) => [String(index + 1), name]));
}
choice("status", words["index-status"], present("status").map((key) => [key, words[key]]));
choice("language", words["index-language"], present("reports").map((key) => [key, words[`language-${key}`]]));
choice("group", words["group"], unique(rows.flatMap((row) => row.groups)).map((path) => [path, path]));
const directions = [["", words["index-rising"]], ["-", words["index-falling"]]];
const orders = columns.flatMap((name) => directions.map(([sign, way]) => [sign + name, `${nameOf(name)}, ${way}`]));
choice("sort", words["index-sort"], orders, "");
const reset = element("button", { type: "button" }, words["index-reset"]);
form.append(reset);

const count = element("p", { className: "cx-count" });
count.setAttribute("role", "status");
const noMatch = element("p", { className: "cx-no-match", hidden: true }, words["index-no-match"]);
document.getElementById("reports").after(form);
box.before(count, noMatch);

// --- sorting by the heads: names rise first, dates and levels fall first ---

heads.forEach((head, index) => {
  const name = columns[index];
  const button = element("button", { type: "button" }, head.textContent);
  if (levels[name - 1]) button.title = levels[name - 1];
  button.addEventListener("click", () => {
    const rising = name === "company" ? controls.sort.value !== name : controls.sort.value === `-${name}`;
    controls.sort.value = rising ? name : `-${name}`;
    update();
  });
  head.replaceChildren(button);
});

let order = rows;
function sort() {
  const falling = controls.sort.value.startsWith("-");
  const index = column[controls.sort.value.replace("-", "")];
  heads.forEach((head, at) => {
    if (at === index) head.setAttribute("aria-sort", falling ? "descending" : "ascending");
    else head.removeAttribute("aria-sort");
  });
  const compared = ({ keys: one }, { keys: other }) =>
    one[index] < other[index] ? -1 : one[index] > other[index] ? 1 : 0;
  order = [...rows].sort((one, other) => (falling ? compared(other, one) : compared(one, other)));
  body.append(...order.map((row) => row.line));
}

// --- what is shown, and the address that shows it again ---

function matches(row, wanted) {
  const is = (key, test) => !wanted[key] || test(wanted[key]);
  return (
    wanted.q.every((word) => row.text.includes(word)) &&
    is("claimed", (least) => row.keys[column.claimed] >= Number(least)) &&
    is("verified", (least) => row.keys[column.verified] >= Number(least)) &&
    is("status", (key) => row.keys[column.status] === key) &&
    is("language", (key) => row.keys[column.reports].split(" ").includes(key)) &&
    is("group", (path) => row.groups.includes(path))
  );
}

// To lay out a thousand rows at each key would halt the typing: the list grows as one reads on, and for paper.
const LOT = 30;
let limit = LOT;
let fitting = rows;
const end = element("div", {});
box.after(end);
const reader = new IntersectionObserver(([{ isIntersecting }]) => isIntersecting && grow(LOT), { rootMargin: "1000px" });

function show() {
  const shown = new Set(fitting.slice(0, limit));
  for (const row of rows) if (row.line.hidden === shown.has(row)) row.line.hidden = !row.line.hidden;
  // Asked anew, or it would keep silent while the end stays near.
  reader.unobserve(end);
  reader.observe(end);
}

function grow(more) {
  if (limit >= fitting.length) return;
  limit += more;
  show();
}
addEventListener("beforeprint", () => grow(rows.length));

let sortedBy = "";
function update() {
  const chosen = Object.entries(controls).filter(([, control]) => control.value && control.selectedIndex !== 0);
  const values = chosen.map(([key, control]) => [key, control.value]);
  const wanted = { ...Object.fromEntries(values), q: folded(controls.q.value).split(/\s+/) };
  if (sortedBy !== controls.sort.value) sort();
  sortedBy = controls.sort.value;
  fitting = order.filter((row) => matches(row, wanted));
  show();
  const told = { shown: fitting.length.toLocaleString(lang), all: rows.length.toLocaleString(lang) };
  count.textContent = filled(words["index-shown"], told);
  noMatch.hidden = fitting.length > 0;
  reset.disabled = values.length === 0;
  clearTimeout(update.later);
  // Browsers refuse an address that changes with every key.
  update.later = setTimeout(() => {
    const address = `#${new URLSearchParams(values)}`;
    if (values.length || location.hash.includes("=")) history.replaceState(null, "", address);
  }, 300);
}

/** Sets every control as asked, and what is not asked for, or cannot be, as at first. */
function ask(asked) {
  for (const [key, control] of Object.entries(controls)) {
    control.value = asked.get(key) ?? "";
    if (control.selectedIndex === -1) control.selectedIndex = 0;
  }
  limit = LOT;
  update();
}

const inAddress = () => new URLSearchParams(location.hash.slice(1));
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("input", () => {
  limit = LOT;
  update();
});
reset.addEventListener("click", () => {
  ask(new URLSearchParams());
  controls.q.focus();
});
// An address may also name a place in the page; that changes nothing.
addEventListener("hashchange", () => /^#?$|=/.test(location.hash) && ask(inAddress()));
ask(inAddress());
