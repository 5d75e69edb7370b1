// Charts that answer the mouse and the keyboard: a tooltip, and the mark in question stands out from the others.
const tip = document.createElement("div");
tip.className = "tip";
tip.hidden = true;
tip.setAttribute("aria-hidden", "true"); // the link says the same to readers of the screen

const place = (mark) => {
  const figure = mark.closest(".chart");
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

const single = (drawing, mark) => {
  drawing.classList.toggle("singled", Boolean(mark));
  drawing.querySelector(".single")?.classList.remove("single");
  mark?.classList.add("single");
};

for (const drawing of document.querySelectorAll(".drawing")) {
  for (const title of drawing.querySelectorAll("title")) title.remove(); // or there would be two tooltips
  const show = (event) => {
    const mark = event.target.closest("a");
    if (!mark) return;
    place(mark);
    single(drawing, mark);
  };
  const hide = () => {
    tip.hidden = true;
    single(drawing, null);
  };
  drawing.addEventListener("pointerover", show);
  drawing.addEventListener("focusin", show);
  drawing.addEventListener("pointerout", hide);
  drawing.addEventListener("focusout", hide);
}
addEventListener("keydown", (event) => {
  if (event.key === "Escape") tip.hidden = true;
});

// A copy made of files does not know its own address before it is read.
const code = document.querySelector(".embed-code span");
if (code) code.textContent = document.querySelector("a.embed").href;
