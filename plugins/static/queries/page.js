// On every page of the static site: answers its query string in the visitor's browser, and loads nothing without one.
const root = new URL("../../", import.meta.url);
const linked = (type) => document.querySelector(`link[type="${type}"]`)?.href;

const notice = (role, words) => {
  const made = document.createElement("p");
  made.className = role === "alert" ? "message error" : "message";
  made.setAttribute("role", role);
  made.textContent = words;
  return made;
};

const place = (made) => {
  const rows = document.querySelector(".rows");
  rows ? rows.before(made) : document.querySelector("main").append(made);
};

const load = async (progress) => {
  const described = fetch(linked("application/json")).then((response) => response.json());
  const [{ open }, { show }] = await Promise.all([import("./engine.js"), import("../vendor/queries/show.js")]);
  const engine = open(linked("application/vnd.sqlite3"), { progress });
  return { show, site: { root, engine, described: await described } };
};

const answerPage = async () => {
  const main = document.querySelector("main");
  const status = notice("status", "Asking the database …");
  main.setAttribute("aria-busy", "true");
  place(status);
  try {
    if (!globalThis.WebAssembly) throw new Error("This browser has no WebAssembly, which queries need here.");
    const { show, site } = await load((bytes) => (status.textContent = `Asking the database … ${bytes >> 10} kB`));
    const path = decodeURI(location.pathname).slice(decodeURI(root.pathname).length);
    await show(path, location.search, site);
  } catch (error) {
    place(notice("alert", error.message));
    document.querySelectorAll(".rows, .facets, .suggested").forEach((stale) => stale.remove());
  }
  status.remove();
  main.removeAttribute("aria-busy");
};

const isAsked = location.search && document.body.matches(".table, .query, .database, .search-page");
if (isAsked) answerPage();
