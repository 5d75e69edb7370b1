// On /-/offline: lists what is kept, and keeps the whole edition. The service worker keeps whatever is asked for.
const root = new URL("../../", import.meta.url);
const here = new URL("../../-/offline/", import.meta.url).href;
const edition = document.querySelector('meta[name="edition"]')?.getAttribute("content");
const STORE = `${root.href} ${edition}`;
const AT_ONCE = 6; // requests, as many as a browser makes to one host
const LISTED = 200; // pages

const shown = (/** @type {string} */ when) =>
  /** @type {HTMLElement} */ (document.querySelector(`[data-when="${when}"]`));
const button = /** @type {HTMLButtonElement} */ (document.querySelector("main button"));
const status = /** @type {HTMLElement} */ (document.querySelector('main [role="status"]'));
const bar = /** @type {HTMLProgressElement} */ (document.querySelector("main progress"));

const locations = async (/** @type {URL} */ url) => {
  const response = await fetch(url);
  const xml = new DOMParser().parseFromString(await response.text(), "text/xml");
  return [...xml.getElementsByTagName("loc")].map((entry) => entry.textContent ?? "");
};

/** All pages, from the sitemap; a large site's is in parts. Wherever the bake took the site to stand, it is here. */
const listPages = async () => {
  const first = await locations(new URL("../../sitemap.xml", import.meta.url));
  const parts = first.filter((address) => address.endsWith(".xml")).map((address) => address.split("/").pop() ?? "");
  const all = parts.length ? (await Promise.all(parts.map((name) => locations(new URL(name, root))))).flat() : first;
  return all.map((address) => new URL(`./${address.slice(all[0].length)}`, root).href);
};

/** All other files of the edition, as the service worker knows them. @returns {Promise<string[]>} */
const listFiles = () =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) =>
      resolve(data.map((/** @type {string} */ name) => new URL(encodeURI(name), root).href));
    navigator.serviceWorker.controller?.postMessage("files", [port2]);
  });

/** Which of the addresses are not kept. */
const missingOf = async (/** @type {string[]} */ addresses) => {
  const store = await caches.open(STORE);
  const there = new Set((await store.keys()).map(({ url }) => url));
  return addresses.filter((address) => !there.has(address));
};

/**
 * @param {string[]} addresses
 * @param {AbortSignal} signal
 * @param {(done: number) => void} progress
 */
const fetchAll = async (addresses, signal, progress) => {
  const left = addresses.values();
  let done = 0;
  const work = async () => {
    for (const address of left) {
      if (signal.aborted) return;
      const response = await fetch(address, { signal });
      await response.arrayBuffer();
      progress((done += 1));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
};

const SETTLES = 5_000; // milliseconds: what has arrived is looked at before it is kept

const whenSettled = async (/** @type {string[]} */ addresses) => {
  const giveUp = performance.now() + SETTLES;
  for (;;) {
    const missing = await missingOf(addresses);
    if (!missing.length || performance.now() > giveUp) return missing;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
};

const keepAll = async (/** @type {AbortSignal} */ signal) => {
  const all = [...(await listPages()), ...(await listFiles())];
  const missing = await missingOf(all);
  const before = all.length - missing.length;
  Object.assign(bar, { hidden: false, max: all.length, value: before });
  await fetchAll(missing, signal, (done) => {
    bar.value = before + done;
    status.textContent = `${(before + done).toLocaleString("en")} of ${all.length.toLocaleString("en")} files`;
  });
  const left = await whenSettled(all);
  return left.length
    ? `${left.length.toLocaleString("en")} of ${all.length.toLocaleString("en")} files could not be kept: there may be a new edition, or no room. Reload this page to try again.`
    : `The whole edition is kept: ${all.length.toLocaleString("en")} files.`;
};

const run = async () => {
  const stop = new AbortController();
  button.textContent = "Stop";
  button.onclick = () => stop.abort();
  try {
    status.textContent = await keepAll(stop.signal);
  } catch {
    status.textContent = stop.signal.aborted
      ? "Stopped. What has come is kept."
      : "The connection was lost. What has come is kept.";
  }
  button.textContent = "Keep the whole edition";
  button.onclick = run;
  await listKept();
};

const SITE = / – [^–]*$/; // as the titles of all pages but home end

const titleOf = (/** @type {string} */ html) =>
  new DOMParser().parseFromString(html, "text/html").title.replace(SITE, "");

const listKept = async () => {
  const store = await caches.open(STORE);
  const addresses = (await store.keys()).map(({ url }) => url).filter((url) => url.endsWith("/") && url !== here);
  const items = addresses.slice(0, LISTED).map(async (href) => {
    const kept = await store.match(href);
    const link = Object.assign(document.createElement("a"), { href, textContent: titleOf((await kept?.text()) ?? "") });
    const item = document.createElement("li");
    item.append(link);
    return item;
  });
  const list = /** @type {HTMLElement} */ (shown("kept").querySelector("ul"));
  list.replaceChildren(...(await Promise.all(items)));
  shown("kept").hidden = !items.length;
};

const isHere = location.href.split(/[?#]/)[0] === here;
shown("here").hidden = !isHere;
shown("elsewhere").hidden = isHere;
if (navigator.serviceWorker) {
  await navigator.serviceWorker.ready;
  shown("keeps").hidden = !navigator.onLine;
  button.onclick = run;
  await listKept();
} else shown("nothing").hidden = false;
