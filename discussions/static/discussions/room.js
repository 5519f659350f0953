// The reading room on a wide screen: a paragraph's number opens its threads beside the text, and the text stays where it is.
// On a narrow screen, and without this script, the number is a link to the paragraph's own page.

const room = document.querySelector(".room");
const article = document.querySelector("article");
const margin = document.getElementById("margin");
const wide = matchMedia("(min-width: 54.0625rem)");

let active = null;

/** The block with this key as the page shows it. */
const block = (key) => document.getElementById(key);

function activate(key) {
  active?.classList.remove("active");
  active?.querySelector(".no")?.removeAttribute("aria-current");
  active = block(key);
  active?.classList.add("active");
  active?.querySelector(".no")?.setAttribute("aria-current", "true");
}

/** Show the threads on a block beside the text, and remember it in the address so that Back and a reload lead here. */
async function open(key, { url, remember = true, focus = false } = {}) {
  activate(key);
  const address = url ?? active?.querySelector(".no")?.href;
  if (!address) return;
  document.getElementById("panel")?.classList.add("loading");
  if (remember) history.pushState({ key }, "", `#${key}`);
  // The article asks (its hx-sync lets the newest request win), and the margin, which stays, takes the answer.
  try {
    await htmx.ajax("GET", address, { target: margin, swap: "innerHTML", source: article });
  } catch {
    return; // a newer choice took its place, or it failed, and page.js has said why
  }
  margin.scrollTop = 0;
  if (focus) margin.focus({ preventScroll: true });
}

room.addEventListener("click", (event) => {
  const link = event.target.closest("a.no, a.folded");
  if (!link || !wide.matches || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  const key = link.dataset.block;
  if (link.matches(".folded")) block(key)?.scrollIntoView({ block: "center" });
  open(key, { url: link.href.split("#")[0], focus: true });
});

// j and k go from paragraph to paragraph, Enter or o opens its threads, as in many readers. Never while somebody writes.
document.addEventListener("keydown", (event) => {
  if (event.target.closest("input, textarea, select, [contenteditable]") || event.ctrlKey || event.metaKey || event.altKey) return;
  const step = { j: 1, k: -1 }[event.key];
  if (step) {
    const numbered = [...document.querySelectorAll(".p > .no[id]")];
    const here = document.activeElement?.matches(".p > .no[id]") ? document.activeElement : null;
    const from = here ? numbered.indexOf(here) : numbered.findIndex((no) => no.getBoundingClientRect().top > 60) - (step > 0 ? 1 : 0);
    const next = numbered[Math.min(Math.max(from + step, 0), numbered.length - 1)];
    next?.focus({ preventScroll: true });
    next?.scrollIntoView({ block: "center" });
  } else if (event.key === "o" && document.activeElement?.matches(".no")) {
    document.activeElement.click();
  } else if (event.key === "Escape" && active && margin.contains(document.activeElement) && !document.activeElement.matches(".slot *")) {
    active.querySelector(".no")?.focus({ preventScroll: true });
  }
});

/** A note and the like are places on this page; a block named in the address has its threads opened beside it. */
function follow() {
  const named = decodeURIComponent(location.hash.slice(1));
  const target = named && document.getElementById(named)?.closest(".p, .h");
  if (target && wide.matches) open(target.id, { remember: false });
}
addEventListener("popstate", follow);
follow();

// Where the reader is: the line under the bar, the paragraph's number in it, and the section in the contents list.
const here = document.querySelector("[data-here]");
const progress = document.querySelector(".progress");
const lines = new Map([...document.querySelectorAll(".toc a[href^='#']")].map((a) => [a.hash.slice(1), a]));
const marks = [...document.querySelectorAll(".p > .no[id], .h")];
let waiting = false;

function locate() {
  waiting = false;
  const box = article.getBoundingClientRect();
  const so_far = Math.min(1, Math.max(0, -box.top / Math.max(1, box.height - innerHeight)));
  progress.style.setProperty("--read-so-far", so_far.toFixed(4));
  let low = 0;
  let high = marks.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (marks[middle].getBoundingClientRect().top < innerHeight / 3) low = middle + 1;
    else high = middle;
  }
  const before = marks.slice(0, low);
  const number = before.findLast((mark) => mark.matches(".no"))?.id;
  here.textContent = number ? `· ¶${number} / ${article.dataset.total}` : "";
  const section = before.findLast((mark) => mark.matches(".h"))?.id;
  for (const [key, line] of lines) {
    if (key === section) line.setAttribute("aria-current", "true");
    else line.removeAttribute("aria-current");
  }
}
addEventListener("scroll", () => {
  if (!waiting) requestAnimationFrame(locate);
  waiting = true;
}, { passive: true });
locate();
