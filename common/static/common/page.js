// What every page does beyond plain HTML: posts once, says what went wrong and keeps what was typed, and shows what is new.

const notices = document.getElementById("notices");

/** Tell people something at the top of the page; screen readers hear it. */
export function notify(words, kind = "") {
  const line = document.createElement("p");
  line.className = `notice live ${kind}`;
  line.textContent = words;
  notices.replaceChildren(line);
}

// Without htmx a second click would send the form a second time. (The server posts it once all the same.)
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("form[data-once]") || form.hasAttribute("hx-post")) return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "1";
});
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

// "Cancel" in a form that was put into the page takes it out again; on a page of its own it is a plain link.
document.addEventListener("click", (event) => {
  const cancel = event.target.closest("[data-dismiss]");
  const slot = cancel?.closest(".slot, [id^='thread-slot-']");
  if (!slot) return;
  event.preventDefault();
  const opener = slot.closest(".c, .thread")?.querySelector(".acts a");
  slot.replaceChildren();
  opener?.focus();
});

// Ctrl+Enter or ⌘+Enter posts; Escape closes a form that was put into the page.
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.matches("textarea")) {
    event.target.form.requestSubmit();
  } else if (event.key === "Escape" && event.target.matches(".slot *, [id^='thread-slot-'] *")) {
    event.target.closest("form")?.querySelector("[data-dismiss]")?.click();
  }
});

// Links that act as buttons are pressed with the space bar too.
document.addEventListener("keydown", (event) => {
  if (event.key === " " && event.target.matches("a[role=button]")) {
    event.preventDefault();
    event.target.click();
  }
});

document.addEventListener("htmx:afterSwap", (event) => {
  const target = event.detail.target?.isConnected ? event.detail.target : document;
  const field = target.querySelector?.("[data-invalid] :is(textarea, input)") ?? target.querySelector?.(".slot textarea, .slot input[type=text], .write.inline :is(textarea, input[type=text])");
  field?.focus();
});

document.addEventListener("htmx:afterSettle", (event) => {
  const form = event.detail.elt;
  if (form.matches?.("form[data-focus]")) form.querySelector("textarea")?.focus();
});

// The server names what to look at after a change: bring it into view and let the next Tab begin there.
document.addEventListener("colloquy:look", (event) => {
  const seen = document.getElementById(event.detail.id);
  if (!seen) return;
  seen.closest("details")?.setAttribute("open", "");
  seen.classList.add("looked-at");
  seen.focus({ preventScroll: true });
  seen.scrollIntoView({ block: "nearest" });
});

/** Why a request failed, in words: the server's own where it says why, else by kind. */
function explain(xhr) {
  const said = new DOMParser().parseFromString(xhr.responseText ?? "", "text/html").querySelector("[data-reason]");
  return said?.textContent.trim() || document.body.dataset.failed;
}

document.addEventListener("htmx:responseError", (event) => notify(explain(event.detail.xhr), "error"));
document.addEventListener("htmx:sendError", () => notify(document.body.dataset.offline, "error"));
document.addEventListener("htmx:timeout", () => notify(document.body.dataset.offline, "error"));
