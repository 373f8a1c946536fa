// A draft of the public form stays on this device alone; a report of misconduct leaves no trace here.
"use strict";

(() => {
  const KEPT_FOR = 7 * 24 * 3600 * 1000;
  const NAMES = ["kind", "text", "place", "title"]; // never name, telephone or mail address
  const key = (name) => `pingyi.draft.${name}`;

  function read(name) {
    try {
      const kept = JSON.parse(localStorage.getItem(key(name)));
      return kept && Date.now() - kept.at < KEPT_FOR ? kept.said : null;
    } catch { return null; }
  }
  function drop(name) { try { localStorage.removeItem(key(name)); } catch { /* nothing is kept then */ } }

  function typed(form) {
    const given = new FormData(form);
    return Object.fromEntries(NAMES.map((name) => [name, given.get(name) || ""]).filter(([, value]) => value));
  }
  function keep(form) {
    const said = typed(form);
    if (said.kind === "misconduct" || !said.text) { drop(form.dataset.draft); return; }
    try { localStorage.setItem(key(form.dataset.draft), JSON.stringify({ at: Date.now(), said })); } catch { /* full or forbidden */ }
  }
  function fill(form, said) {
    for (const [name, value] of Object.entries(said)) {
      const field = form.elements[name];
      if (field) field.value = value; // for a group of radio buttons this marks the right one
    }
  }

  function begin() {
    const done = document.querySelector("[data-draft-done]");
    if (done) drop(done.dataset.draftDone);
    const form = document.querySelector("form[data-draft]");
    if (!form) return;
    const said = read(form.dataset.draft);
    const found = document.querySelector("[data-draft-found]");
    if (said && !typed(form).text) {
      fill(form, said);
      if (found) found.hidden = false;
    }
    form.addEventListener("input", () => keep(form));
    document.querySelector("[data-draft-drop]")?.addEventListener("click", () => {
      drop(form.dataset.draft);
      form.reset();
      fill(form, { text: "", place: "", title: "" });
      found.hidden = true;
      form.elements.text.focus();
    });
  }
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
})();
