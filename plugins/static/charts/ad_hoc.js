// Leads links within the page where they lead: datasette-vega takes them for links to another drawing of these rows.

document.addEventListener("click", (event) => {
  if (event.target instanceof Element && event.target.closest('a[href^="#"]')) event.stopPropagation();
});
