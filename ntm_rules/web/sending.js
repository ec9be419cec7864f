/* No form is sent into a network that is away or a session that has ended: what was typed stays on the page, which says so.
   Before a form goes it is asked whether the server is there and whether the same person is signed in. */
(() => {
  "use strict";
  const words = document.currentScript.dataset;
  const patience = 10000;
  const asking = new WeakSet();
  const answered = new WeakSet();
  const places = new WeakMap();

  const typed = (form) =>
    Array.from(form.elements).some((one) => one.name && !["hidden", "submit", "button", "fieldset"].includes(one.type));

  const say = (form, submitter, text) => {
    let place = places.get(form);
    if (!place) {
      place = document.createElement("p");
      place.className = "notice";
      place.setAttribute("role", "alert");
      places.set(form, place);
    }
    const button = submitter || form.querySelector("button") || form.lastElementChild;
    (button.closest("p") || button).after(place);
    place.textContent = text;
    place.hidden = !text;
  };

  const answer = async () => {
    const given = new AbortController();
    const timer = setTimeout(() => given.abort(), patience);
    try {
      const response = await fetch(words.check, { credentials: "same-origin", cache: "no-store", signal: given.signal });
      if (!response.ok) return { said: words.away };
      const page = await response.text();
      const person = page.match(/data-person="([0-9]*)"/);
      const token = page.match(/name="csrfmiddlewaretoken" value="([^"]+)"/);
      if (!person || !token) return { said: response.redirected ? words.signedOut : words.away };
      return person[1] === words.person ? { said: "", token: token[1] } : { said: words.another };
    } catch {
      return { said: words.away };
    } finally {
      clearTimeout(timer);
    }
  };

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.requestSubmit || event.defaultPrevented || form.method !== "post") return; // an old browser sends at once
    if (answered.delete(form) || !typed(form)) return;
    event.preventDefault();
    if (asking.has(form)) return;
    asking.add(form);
    const found = await answer();
    asking.delete(form);
    say(form, event.submitter, found.said);
    if (found.said) return;
    form.elements.namedItem("csrfmiddlewaretoken").value = found.token;
    answered.add(form);
    form.requestSubmit(event.submitter);
  });
})();
