/* Saves every figure as it is typed. What is typed stays on this computer until the server has it: a network that fails
   loses nothing, and what was sent twice is saved once (each saving has a key). Without this script pages save whole. */
(() => {
  "use strict";
  const form = document.querySelector("form[data-saves]");
  if (!form) return;
  const words = form.dataset;
  const store = `ntm:${words.person}:`;
  const wait = 700;
  const again = 15000;
  const timers = new Map();
  const settled = new Map();
  const sending = new Set();
  let asked = false; // the button was pressed: whoever did waits for a word

  const key = () =>
    Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
  const question = (address) =>
    Array.from(document.querySelectorAll("fieldset[data-figure]")).find((one) => one.dataset.figure === address);
  const cellsOf = (one) =>
    Object.fromEntries(Array.from(one.querySelectorAll("[data-part]"), (cell) => [cell.dataset.part, cell.value]));
  const read = (address) => {
    try {
      return JSON.parse(localStorage.getItem(store + address));
    } catch {
      return null;
    }
  };
  const memory = new Map();
  const kept = (address) => memory.get(address) || read(address);
  const keep = (address, typed) => {
    memory.set(address, typed);
    try {
      localStorage.setItem(store + address, JSON.stringify(typed));
    } catch {
      /* a browser that keeps nothing: it is sent all the same */
    }
  };
  const forget = (address) => {
    memory.delete(address);
    try {
      localStorage.removeItem(store + address);
    } catch {
      /* nothing was kept */
    }
  };
  const waiting = () => {
    const found = new Set(memory.keys());
    try {
      for (let at = 0; at < localStorage.length; at += 1) {
        const name = localStorage.key(at);
        if (name.startsWith(store)) found.add(name.slice(store.length));
      }
    } catch {
      /* nothing is kept */
    }
    return Array.from(found);
  };

  const show = (one, state, said, lines) => {
    if (!one) return;
    one.classList.remove("saving", "saved", "kept", "refused", "conflict", "closed", "doubtful");
    one.classList.add(state);
    one.querySelector("[data-state]").textContent = said;
    const list = one.querySelector("[data-said]");
    list.replaceChildren(
      ...(lines || []).map((line) => {
        const item = document.createElement("li");
        item.textContent = line;
        return item;
      }),
    );
  };
  const count = () => {
    const all = waiting().map((address) => kept(address) || {});
    const conflicts = all.filter((typed) => typed.conflict).length;
    const wrong = all.filter((typed) => typed.refused && !typed.conflict).length;
    const n = all.length - conflicts - wrong;
    const told = [
      n ? `${words.waitingWords}${n}` : "",
      wrong ? words.wrongWords.replace("{n}", wrong) : "",
      conflicts ? words.conflictWords.replace("{n}", conflicts) : "",
    ]
      .filter(Boolean)
      .join(". ");
    const done = asked && all.length === 0 && sending.size === 0 ? words.allSaved : "";
    for (const place of document.querySelectorAll("[data-waiting]")) {
      const text = told || (place.hasAttribute("data-done") ? done : "");
      if (place.textContent !== text) place.textContent = text;
      place.hidden = !text;
    }
  };
  const draw = (live) => {
    for (const [name, drawn] of Object.entries(live || {})) {
      for (const place of document.querySelectorAll("[data-live]")) {
        if (place.dataset.live === name) place.innerHTML = drawn;
      }
    }
  };
  const button = (text, act) => {
    const one = document.createElement("button");
    one.type = "button";
    one.textContent = text;
    one.addEventListener("click", act);
    return one;
  };
  const take = (one, cells) => {
    for (const cell of one.querySelectorAll("[data-part]")) {
      const value = cells[cell.dataset.part] || "";
      if (cell.tagName === "SELECT" && !Array.from(cell.options).some((option) => option.value === value)) {
        cell.add(new Option(value, value));
      }
      cell.value = value;
    }
  };
  const version = (one, number) => {
    one.dataset.version = number;
    one.querySelector("[data-base]").value = number;
  };

  const answered = (address, typed, answer) => {
    const one = question(address);
    const newer = kept(address) && kept(address).key !== typed.key;
    if (answer.state === "saved" || answer.state === "closed" || answer.state === "refused") {
      if (newer) {
        const next = kept(address);
        if (answer.state === "saved" && next.base === typed.base) keep(address, { ...next, base: answer.version });
      } else if (answer.state === "saved") {
        forget(address);
        settled.set(address, JSON.stringify(typed.cells));
      } else if (answer.state === "refused") {
        keep(address, { ...typed, refused: true, conflict: false });
      }
      if (one) {
        if (answer.state === "saved") version(one, answer.version);
        if (!newer) show(one, answer.state, answer.words, answer.said);
      }
    } else if (answer.state === "conflict" && !newer) {
      keep(address, { ...typed, refused: true, conflict: true });
      if (one) {
        show(one, "conflict", answer.words, [answer.theirs.words]);
        const choice = document.createElement("li");
        choice.append(
          button(words.mine, () => {
            version(one, answer.version);
            queue(one, 0);
          }),
          button(words.theirs, () => {
            version(one, answer.version);
            take(one, answer.theirs.cells);
            settled.set(address, JSON.stringify(cellsOf(one)));
            forget(address);
            show(one, "saved", "", []);
            count();
          }),
        );
        one.querySelector("[data-said]").append(choice);
      }
    }
    draw(answer.live);
    count();
    if (newer) send(address);
  };

  const send = async (address) => {
    const typed = kept(address);
    if (!typed || sending.has(address)) return;
    clearTimeout(timers.get(address));
    timers.delete(address);
    sending.add(address);
    const one = question(address);
    show(one, "saving", words.saving, []);
    let answer = null;
    let signedOut = false;
    let refusal = "";
    try {
      const data = new FormData();
      data.set("csrfmiddlewaretoken", form.querySelector("[name=csrfmiddlewaretoken]").value);
      for (const [part, value] of Object.entries(typed.cells)) data.set(part, value);
      data.set("base", typed.base);
      data.set("key", typed.key);
      data.set("earlier", (typed.earlier || []).join(" "));
      const response = await fetch(address, { method: "POST", body: data, credentials: "same-origin" });
      signedOut = response.redirected || response.status === 403;
      if (response.ok && !response.redirected) answer = await response.json();
      if (response.status === 503) refusal = await response.text();
      if (response.status === 404) answer = { state: "closed", words: words.closed, said: [], version: typed.base };
    } catch {
      answer = null;
    }
    sending.delete(address);
    if (answer) answered(address, typed, answer);
    else show(one, "kept", signedOut ? words.signedOut : words.kept, refusal ? [refusal] : []);
    count();
  };

  const queue = (one, delay) => {
    const address = one.dataset.figure;
    const last = kept(address);
    const earlier = last ? [...(last.earlier || []), last.key].slice(-20) : [];
    asked = false;
    keep(address, { cells: cellsOf(one), base: Number(one.dataset.version), key: key(), earlier });
    show(one, "saving", words.saving, []);
    clearTimeout(timers.get(address));
    timers.set(
      address,
      setTimeout(() => {
        timers.delete(address); // while one is on its way, `answered` sends what is newer
        send(address);
      }, delay),
    );
    count();
  };
  /* Leaving a cell sends what waits in it, and nothing twice: what is shown below it must stay under the hand that goes there. */
  const leave = (one) => {
    const address = one.dataset.figure;
    const now = JSON.stringify(cellsOf(one));
    const typed = kept(address);
    if (typed && JSON.stringify(typed.cells) === now) {
      if (!timers.has(address)) return;
      send(address);
    } else if (typed || now !== settled.get(address)) queue(one, 0);
  };

  for (const one of document.querySelectorAll("fieldset[data-figure]")) {
    if (!one.dataset.figure) continue;
    for (const cell of one.querySelectorAll("[data-part]")) {
      cell.addEventListener("input", () => queue(one, wait));
      cell.addEventListener("change", () => leave(one));
    }
    settled.set(one.dataset.figure, JSON.stringify(cellsOf(one)));
    const typed = read(one.dataset.figure);
    if (typed) take(one, typed.cells);
  }
  const resend = () => waiting().forEach((address) => (kept(address)?.refused ? null : send(address)));
  for (const address of waiting()) {
    const typed = kept(address);
    if (typed && question(address)) send(address);
    else if (typed && !typed.refused) send(address);
  }
  window.addEventListener("online", resend);
  setInterval(resend, again);
  /* The button sends what typing sends: a page asked for while the network is away would be an error, and what was typed gone. */
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    for (const one of document.querySelectorAll("fieldset[data-figure]")) {
      const address = one.dataset.figure;
      const typed = address && kept(address);
      if (!address || typed?.conflict) continue;
      if (typed && JSON.stringify(typed.cells) === JSON.stringify(cellsOf(one))) send(address);
      else leave(one);
    }
    asked = true;
    count();
    const wrong = document.querySelector("fieldset.refused, fieldset.conflict");
    if (wrong) wrong.scrollIntoView({ block: "center" });
  });
  count();
})();
