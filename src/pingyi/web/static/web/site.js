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
  });
  // A person who filled a form and presses twice means it once.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "yes";
    window.setTimeout(() => { delete form.dataset.sent; }, 4000);
  });
  window.addEventListener("pageshow", () => { for (const form of all("form[data-sent]")) delete form.dataset.sent; });
  document.addEventListener("htmx:after:swap", (event) => enliven(event.target || document));
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", () => enliven(document));
  else enliven(document);
})();
