// On every page of the static site: answers its query string in the visitor's browser, and loads nothing without one.
import { here, openSite } from "../engine/site.js";

// For SQL: sql/page.js
/** @type {Record<string, () => Promise<any>>} */
const SHOWERS = {
  rows: () => import("../../vendor/queries/show/rows_page.js"),
  chart: () => import("./chart_page.js"),
};

/**
 * @param {string} role
 * @param {string} words
 */
const notice = (role, words) => {
  const made = document.createElement("p");
  made.className = role === "alert" ? "message error" : "message";
  made.setAttribute("role", role);
  made.textContent = words;
  return made;
};

const main = document.getElementsByTagName("main")[0];

const place = (/** @type {Element} */ made) => {
  const rows = document.querySelector(".chart, .rows");
  rows ? rows.before(made) : main.append(made);
};

const bakedChart = () =>
  Object.assign(document.createElement("a"), { href: "./", textContent: "The chart as it is with nothing filled in" });

const load = async (/** @type {import("../engine/engine.js").Counted} */ progress) => {
  const [site, { show }] = await Promise.all([openSite(progress), SHOWERS[answers]()]);
  return { show, site };
};

const answerPage = async () => {
  const status = notice("status", "Asking the database …");
  main.setAttribute("aria-busy", "true");
  place(status);
  try {
    const { show, site } = await load((bytes) => (status.textContent = `Asking the database … ${bytes >> 10} kB`));
    await show(here(), location.search, site);
  } catch (error) {
    const said = notice("alert", error.message);
    place(said);
    if (answers === "chart") said.append(" ", bakedChart());
    document
      .querySelectorAll(".rows, .facets, .suggested, .drawing, .asks .export-links")
      .forEach((stale) => stale.remove());
  }
  status.remove();
  main.removeAttribute("aria-busy");
};

/** Keeps what is visited for the next visit, and for reading offline. */
const keepVisited = async () => {
  const { serviceWorker } = navigator;
  const script = new URL("../../../sw.js", import.meta.url);
  script.search = document.querySelector('meta[name="edition"]')?.getAttribute("content") ?? ""; // a new one is another
  await serviceWorker.register(script, { updateViaCache: "imports" });
  if (serviceWorker.controller) return; // it sees by itself what is loaded
  const { active } = await serviceWorker.ready;
  const keep = (/** @type {{ name: string }[]} */ entries) => active?.postMessage(entries.map(({ name }) => name));
  keep([{ name: location.href }]);
  new PerformanceObserver((loaded) => keep(loaded.getEntries())).observe({ type: "resource", buffered: true });
};

const answers = document.querySelector("script[data-answers]")?.getAttribute("data-answers") ?? "";
if (SHOWERS[answers] && location.search) await answerPage();
if (navigator.serviceWorker) keepVisited(); // where there is no TLS, there is none
