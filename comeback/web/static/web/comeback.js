/* Comeback: what plain HTML cannot do. Everything works without it, only slower. No inline handlers, no evaluation. */
"use strict";
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const mainForm = () => document.querySelector("form[data-main]");

  /* Ctrl+Enter sends the main form; Esc closes a menu, then resets the search; Alt and function keys press [data-key]. */
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) return sendMain(event);
    if (event.key === "Escape") return escape();
    const button = /^F\d+$/.test(event.key) && document.querySelector(`[data-key="${event.key}"]`);
    if (button) { event.preventDefault(); button.click(); }
  });

  function sendMain(event) {
    const form = event.target.closest?.("form[data-main]") || mainForm();
    if (!form) return;
    event.preventDefault();
    const button = form.querySelector("button.btn-primary") || (form.id && document.querySelector(`button.btn-primary[form="${form.id}"]`));
    if (button?.getAttribute("aria-disabled") === "true") return button.focus();
    if (button) form.requestSubmit(button.form === form ? button : undefined); else form.requestSubmit();
  }

  function escape() {
    const open = document.querySelector("details[data-menu][open]");
    if (open) { open.open = false; return open.querySelector("summary").focus(); }
    document.querySelector("[data-reset]")?.click();
  }

  /* A blocked button says why and does nothing. */
  document.addEventListener("click", (event) => {
    const blocked = event.target.closest?.("[aria-disabled=true]");
    if (blocked) { event.preventDefault(); event.stopPropagation(); }
    all("details[data-menu][open]").forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; });
  }, true);

  /* One press, one command: a form that is on its way cannot be sent a second time. */
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "1";
    event.submitter?.setAttribute("aria-busy", "true");
  });
  const awake = () => { all("form[data-sent]").forEach((form) => delete form.dataset.sent); all(".btn[aria-busy]").forEach((button) => button.removeAttribute("aria-busy")); };
  window.addEventListener("pageshow", awake);
  ["htmx:finally:request", "htmx:error"].forEach((name) => document.addEventListener(name, awake));

  /* Theme: at once on the page, then kept with the person. */
  document.addEventListener("submit", (event) => {
    const form = event.target.closest?.("[data-theme-form]");
    if (!form) return;
    event.preventDefault();
    const button = form.querySelector("button"), theme = button.value, next = theme === "dark" ? "light" : "dark";
    document.documentElement.dataset.bsTheme = theme;
    const body = new URLSearchParams(new FormData(form));
    body.set("theme", theme);
    button.value = next;
    button.setAttribute("aria-label", button.dataset[next]);
    fetch(form.action, { method: "POST", body, redirect: "manual", credentials: "same-origin" }).catch(() => {});
  }, true);

  /* Drafts of this device end with the session. */
  document.addEventListener("submit", (event) => {
    if (event.target.matches?.("[data-sign-out]")) { try { localStorage.clear(); sessionStorage.clear(); indexedDB.databases?.().then((list) => list.forEach((one) => indexedDB.deleteDatabase(one.name))); } catch { /* storage is switched off */ } }
  }, true);

  /* Focus stays where it was when htmx replaces a part that holds it. */
  let kept = null;
  document.addEventListener("htmx:before:swap", () => {
    const element = document.activeElement;
    kept = element?.id ? { id: element.id, start: element.selectionStart, end: element.selectionEnd } : null;
  });
  document.addEventListener("htmx:after:swap", () => {
    const element = kept && document.getElementById(kept.id);
    if (!element || element === document.activeElement) return;
    element.focus({ preventScroll: true });
    if (typeof kept.start === "number") { try { element.setSelectionRange(kept.start, kept.end); } catch { /* not a text field */ } }
  });

  /* A refusal is read out and seen first; else the first wrong field. */
  document.addEventListener("DOMContentLoaded", () => {
    (document.querySelector("[data-focus]") || document.querySelector("[aria-invalid=true]"))?.focus();
  });
})();
