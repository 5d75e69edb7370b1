// Charts that answer the mouse and the keyboard: a tooltip, and the mark in question stands out from the others.
const tip = document.createElement("div");
tip.className = "tip";
tip.hidden = true;
tip.setAttribute("aria-hidden", "true"); // the link says the same to readers of the screen

const place = (/** @type {Element} */ mark) => {
  const figure = mark.closest(".chart");
  if (!figure) return;
  const outer = figure.getBoundingClientRect();
  const inner = mark.getBoundingClientRect();
  figure.append(tip);
  tip.textContent = mark.getAttribute("aria-label");
  tip.hidden = false;
  const left = inner.left + inner.width / 2 - tip.offsetWidth / 2 - outer.left;
  const above = inner.top - outer.top - tip.offsetHeight - 6;
  tip.style.left = `${Math.max(0, Math.min(left, outer.width - tip.offsetWidth))}px`;
  tip.style.top = `${above}px`;
};

const single = (/** @type {Element | null} */ mark) => {
  document.querySelector(".singled")?.classList.remove("singled");
  document.querySelector(".single")?.classList.remove("single");
  mark?.closest(".drawing")?.classList.add("singled");
  mark?.classList.add("single");
};

const show = (/** @type {Event} */ { target }) => {
  const mark = /** @type {Element} */ (target).closest(".drawing a");
  if (!mark) return;
  mark.querySelector("title")?.remove(); // or there would be two tooltips
  place(mark);
  single(mark);
};

const hide = () => {
  tip.hidden = true;
  single(null);
};

// A chart may be drawn anew, on a site made of files.
for (const event of ["pointerover", "focusin"]) document.addEventListener(event, show);
for (const event of ["pointerout", "focusout"]) document.addEventListener(event, hide);
document.addEventListener("keydown", ({ key }) => key === "Escape" && hide());

// A copy made of files does not know its own address before it is read.
const code = document.querySelector(".embed-code span");
const embed = /** @type {HTMLAnchorElement | null} */ (document.querySelector("a.embed"));
if (code && embed) code.textContent = embed.href;
