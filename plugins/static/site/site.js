// Small conveniences; every page works without them.

// Notes stand open in a wide margin; older browsers cannot do that with the stylesheet alone.
if (!CSS.supports("selector(::details-content)")) {
  const wide = matchMedia("(min-width: 64rem)");
  const unfold = () => {
    /** @type {NodeListOf<HTMLDetailsElement>} */
    const margin = document.querySelectorAll(".margin > details");
    for (const notes of margin) notes.open = wide.matches;
  };
  wide.addEventListener("change", unfold);
  unfold();
}

// A link into folded text opens it; some browsers do that by themselves.
const reveal = () => {
  const target = document.querySelector(":target");
  const fold = /** @type {HTMLDetailsElement | null | undefined} */ (target?.closest("details:not([open])"));
  if (!target || !fold) return;
  fold.open = true;
  target.scrollIntoView();
};
addEventListener("hashchange", reveal);
reveal();
