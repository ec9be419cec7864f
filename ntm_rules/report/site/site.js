// Sorting, filters and folds of the pages. An addition: without it every table stands whole, in its own order, and every
// fold opens by itself. It reads only the page it stands on, asks for nothing and keeps nothing.
"use strict";

const words = document.currentScript.dataset;

function made(tag, attributes, ...inside) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...inside);
  return element;
}

// --- sorting --------------------------------------------------------------------------------------

for (const table of document.querySelectorAll("table.sortable")) {
  const body = table.tBodies[0];
  [...table.tHead.rows[0].cells].forEach((head, column) => {
    const button = made("button", { type: "button", class: "sort", "aria-label": words.sort.replace("{}", head.textContent.trim()) }, "↕");
    button.addEventListener("click", () => {
      const up = head.getAttribute("aria-sort") !== "ascending";
      const key = (row) => row.cells[column]?.dataset.sort ?? row.cells[column]?.textContent.trim() ?? "";
      const rows = [...body.rows].sort((a, b) => {
        const [x, y] = [key(a), key(b)];
        const order = x - y || x.localeCompare(y, document.documentElement.lang, { numeric: true });
        return up ? order : -order;
      });
      table.querySelectorAll("th[aria-sort]").forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", up ? "ascending" : "descending");
      body.append(...rows);
    });
    head.append(" ", button);
  });
}

// --- filters --------------------------------------------------------------------------------------

// A name as it is looked for: without marks, so that "ta tong" finds Tà Tổng and Tả Tổng.
function plain(name) {
  return name.toLowerCase().replaceAll("đ", "d").normalize("NFD").replace(/\p{M}/gu, "").replace(/\s+/g, " ").trim();
}

let made_ids = 0;

function labelled(words_, field) {
  field.id = `loc-${++made_ids}`;
  return made("p", {}, made("label", { for: field.id }, words_), " ", field);
}

function choice(options) {
  return made("select", {}, made("option", { value: "" }, words.every), ...options.map(([value, shown]) => made("option", { value }, shown)));
}

for (const scope of document.querySelectorAll("[data-filter]")) {
  const items = [...scope.querySelectorAll("[data-item]")];
  if (items.length < 2) continue;
  const find = made("input", { type: "search", autocomplete: "off" });
  const groups = [...new Set(items.map((item) => item.dataset.group).filter(Boolean))].sort();
  const group = groups.length > 1 ? choice(groups.map((name) => [name, name])) : null;
  const heads = scope.matches("table") ? [...scope.tHead.rows[0].cells].filter((head) => head.dataset.criterion) : [];
  const missed = heads.length ? choice(heads.map((head) => [head.cellIndex, head.dataset.criterion])) : null;
  const opens = items.filter((item) => "open" in item.dataset).length;
  const only = !missed && opens && opens < items.length ? made("input", { type: "checkbox" }) : null;
  const shown = made("p", { role: "status" });
  const form = made("form", { class: "filter", role: "search" }, labelled(words.find, find));
  if (group) form.append(labelled(scope.dataset.groupLabel ?? words.group, group));
  if (missed) form.append(labelled(words.missed, missed));
  if (only) {
    const line = labelled(words.only, only);
    line.prepend(only, " ");
    form.append(line);
  }
  form.append(shown);
  form.addEventListener("submit", (event) => event.preventDefault());

  const apply = () => {
    const wanted = plain(find.value);
    let n = 0;
    for (const item of items) {
      item.hidden = !(
        plain(item.dataset.item).includes(wanted) &&
        (!group?.value || item.dataset.group === group.value) &&
        (!missed?.value || item.cells[missed.value]?.classList.contains("v-not-met")) &&
        (!only?.checked || "open" in item.dataset)
      );
      n += !item.hidden;
    }
    const narrowed = n < items.length;
    for (const holder of scope.querySelectorAll("[data-holder]")) {
      const inside = [...holder.querySelectorAll("[data-item]")];
      holder.hidden = narrowed && inside.every((item) => item.hidden);
      if (narrowed && wanted + (only?.checked || "") && !holder.hidden) {
        for (const fold of [holder, ...holder.querySelectorAll("details")]) if (fold.matches("details")) fold.open = true;
      }
    }
    shown.textContent = narrowed ? words.shown.replace("{n}", n).replace("{total}", items.length) : "";
  };
  form.addEventListener("input", apply);
  (scope.closest(".wide") ?? scope).before(form);
  apply();
}

// --- folds ----------------------------------------------------------------------------------------

// The folds that a link leads into, or that begin at its end, open.
function reveal() {
  const target = document.querySelector(":target");
  if (!target) return;
  const inside = target.matches("section") ? target.querySelector(":scope > details") : null;
  for (let fold = inside ?? target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  target.scrollIntoView();
}
addEventListener("hashchange", reveal);
reveal();

const folds = [...document.querySelectorAll("details.fold")];
if (folds.length > 2) {
  const button = made("button", { type: "button", class: "folds" }, words.unfold);
  button.addEventListener("click", () => {
    const open = folds.some((fold) => !fold.open);
    folds.forEach((fold) => (fold.open = open));
    button.textContent = open ? words.fold : words.unfold;
  });
  folds[0].before(made("p", {}, button));
}

// Paper holds everything, also where the style sheet alone can't open a fold.
let closed = [];
addEventListener("beforeprint", () => {
  closed = folds.filter((fold) => !fold.open);
  closed.forEach((fold) => (fold.open = true));
});
addEventListener("afterprint", () => closed.forEach((fold) => (fold.open = false)));
