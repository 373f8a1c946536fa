// What the pages gain when scripts run; each of them works without.
"use strict";

(() => {
  const all = (selector, root = document) => root.querySelectorAll(selector);

  function enliven(root) {
    const summary = root.querySelector("[data-focus]");
    if (summary) summary.focus();
    for (const button of all("[data-print]", root)) button.hidden = false;
    for (const zone of all("[data-upload]", root)) watchUpload(zone);
  }

  function watchUpload(zone) {
    const input = zone.querySelector('input[type="file"]');
    if (!input) return;
    const over = (isOver) => zone.classList.toggle("upload-over", isOver);
    zone.addEventListener("dragover", (event) => { event.preventDefault(); over(true); });
    zone.addEventListener("dragleave", () => over(false));
    zone.addEventListener("drop", (event) => {
      event.preventDefault();
      over(false);
      if (!event.dataTransfer.files.length) return;
      input.files = event.dataTransfer.files;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) window.print();
    for (const more of all("details.more[open]")) if (!more.contains(event.target)) more.open = false;
  });
  document.addEventListener("keydown", (event) => {
    const more = event.key === "Escape" && document.querySelector("details.more[open]");
    if (!more) return;
    more.open = false;
    more.querySelector("summary").focus();
  });
  // A person who filled a form and presses twice means it once.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "yes";
    form.setAttribute("aria-busy", "true");
    keepTyped(form);
    if (form.dataset.file) { event.preventDefault(); takeFile(form); return; }
    window.setTimeout(() => rest(form), 60000);
  });
  window.addEventListener("pageshow", () => { for (const form of all("form[data-sent]")) rest(form); });

  // What is answered with a paper is saved, and the page shows how things stand now: it would stay as it was before.
  async function takeFile(form) {
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form) }).catch(() => null);
    const sent = answer && answer.headers.get("Content-Disposition");
    if (sent) {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(await answer.blob());
      const name = /filename\*=utf-8''([^;]+)|filename="([^"]+)"/i.exec(sent) || [];
      link.download = decodeURIComponent(name[1] || name[2] || "");
      link.click();
    }
    if (answer) window.setTimeout(() => location.reload(), 300); else rest(form);
  }

  function rest(form) {
    delete form.dataset.sent;
    form.removeAttribute("aria-busy");
  }

  // If the session ended while somebody typed, the words wait in this tab until the same form opens again.
  const TYPED = "pingyi.typed";
  // The fingerprint of the text that a form was opened with waits too: what others changed meanwhile is not written over.
  const fields = "textarea[name], select[name]:not([multiple]), input[name]:not([type=hidden], [type=password], [type=file]), input[name=seen_sha256]";
  const isBox = (field) => field.type === "checkbox" || field.type === "radio";

  function keepTyped(form) {
    if (!form.closest("main") || location.pathname.startsWith("/accounts/")) return;
    const typed = [...all(fields, form)].map((field) => [field.name, field.value, field.checked === true]);
    try { sessionStorage.setItem(TYPED, JSON.stringify({ page: location.pathname, typed })); } catch { /* without storage, the back button is left */ }
  }

  function giveBackTyped() {
    const isSignIn = location.pathname.startsWith("/accounts/");
    let kept = null;
    try {
      kept = JSON.parse(sessionStorage.getItem(TYPED));
      if (kept && isSignIn) sessionStorage.setItem(TYPED, JSON.stringify({ ...kept, signedOut: true }));
      else sessionStorage.removeItem(TYPED);
    } catch { return; }
    if (!kept || isSignIn || !kept.signedOut || kept.page !== location.pathname) return;
    const shown = [...all(fields)].filter((one) => one.closest("main form[method=post]"));
    for (const [name, value, checked] of kept.typed) {
      const field = shown.find((one) => one.name === name && (!isBox(one) || one.value === value));
      if (field && isBox(field)) field.checked = checked;
      else if (field) field.value = value;
    }
  }
  document.addEventListener("htmx:after:swap", (event) => enliven(event.target || document));
  function begin() { giveBackTyped(); enliven(document); }
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
})();
