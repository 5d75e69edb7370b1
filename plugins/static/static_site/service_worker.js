// Keeps what was visited of this edition, so that a second visit asks nobody for it and it can be read offline. sw.js
// loads this and says which edition it is, files-*.js what the hash of each file is that is no page; pages say by
// themselves of which edition they are. Nothing else is kept, whatever a cache on the way may answer.
const worker =
  /** @type {ServiceWorkerGlobalScope & { edition: string, offline: string[], files: Record<string, string> }} */ (
    /** @type {unknown} */ (self)
  );
const { scope } = worker.registration;
const { edition, files, offline } = worker;
const STORE = `${scope} ${edition}`;
const STAMP = `<meta name="edition" content="${edition}">`;
const NAMED = /-[0-9a-f]{12}(\/|\.db$)/; // has a hash of its content in its address: no cache can know another
const VISIT = 10 * 60_000; // milliseconds
const PATIENCE = 4_000; // milliseconds

const forget = async () => {
  const names = await caches.keys();
  const earlier = names.filter((name) => name.startsWith(`${scope} `) && name !== STORE);
  await Promise.all(earlier.map((name) => caches.delete(name)));
  await worker.clients.claim();
};

// A query string is answered by the page itself.
const addressOf = (/** @type {string} */ url) => url.split(/[?#]/)[0];
const kept = (/** @type {string} */ address) => caches.match(address, { cacheName: STORE });

const hex = (/** @type {ArrayBuffer} */ bytes) =>
  Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");

/**
 * Whether an answer is of this edition.
 * @param {string} address
 * @param {Response} answer
 */
const belongs = async (address, answer) => {
  const hash = files[decodeURI(address.slice(scope.length))];
  if (hash) return hex(await crypto.subtle.digest("SHA-256", await answer.arrayBuffer())).startsWith(hash);
  const isPage = answer.headers.get("content-type")?.startsWith("text/html");
  return isPage && (await answer.text()).includes(STAMP);
};

/**
 * @param {string} address
 * @param {Response} answer
 */
const keep = async (address, answer) => {
  if (!answer.ok || !(await belongs(address, answer.clone()))) return;
  const store = await caches.open(STORE);
  await store.put(address, answer);
};

/** Asks the host itself: the browser and what lies on the way may have an earlier edition's. */
const ask = (/** @type {Request} */ request) =>
  fetch(NAMED.test(addressOf(request.url)) ? request : new Request(request, { cache: "reload" }));

let asked = -Infinity;
let isPresent = true;

/** A link or an address from elsewhere, a reload, and a page that has been open for long begin a visit. */
const beginsVisit = (/** @type {Request} */ { mode, referrer, cache }) =>
  mode === "navigate" && (!referrer.startsWith(scope) || cache !== "default" || Date.now() - asked > VISIT);

/** Asks the host whether this is its edition; if not, pages of the new one bring a worker of their own. */
const askEdition = async () => {
  asked = Date.now();
  const options = { cache: /** @type {const} */ ("no-store"), signal: AbortSignal.timeout(PATIENCE) };
  const script = new URL(`?${asked}`, worker.location.href);
  const answer = await fetch(script, options).catch(() => Response.error());
  if (answer.ok) isPresent = (await answer.text()).includes(`"${edition}"`);
  else if (answer.status === 404) isPresent = false;
};

/** The page for what is not kept, its links told from here. */
const sayOffline = async () => {
  const page = await kept(scope + offline[0]);
  if (!page) return Response.error();
  const html = (await page.text()).replaceAll('="../../', `="${scope}`);
  return new Response(html, { status: 503, headers: { "content-type": "text/html; charset=utf-8" } });
};

const answer = async (/** @type {FetchEvent} */ event) => {
  const { request } = event;
  const address = addressOf(request.url);
  if (beginsVisit(request)) await askEdition();
  const found = isPresent && (await kept(address));
  if (found) return found;
  try {
    const response = await ask(request);
    if (isPresent) event.waitUntil(keep(address, response.clone()));
    return response;
  } catch (error) {
    if (request.mode === "navigate") return sayOffline();
    throw error;
  }
};

const load = async (/** @type {string} */ url) => keep(addressOf(url), await ask(new Request(url)));
// What the first page loaded before there was a service worker.
const keepAll = (/** @type {string[]} */ urls) =>
  Promise.allSettled(urls.filter((url) => url.startsWith(scope)).map(load));

const isOurs = (/** @type {Request} */ { method, url, headers }) =>
  method === "GET" && url.startsWith(scope) && !headers.has("range");

worker.addEventListener("install", (event) => event.waitUntil(keepAll(offline.map((name) => scope + name))));
worker.addEventListener("install", () => worker.skipWaiting());
worker.addEventListener("activate", (event) => event.waitUntil(forget()));
worker.addEventListener("message", (event) => {
  if (event.data === "files") event.ports[0].postMessage(Object.keys(files));
  else event.waitUntil(keepAll(event.data));
});
worker.addEventListener("fetch", (event) => {
  if (isOurs(event.request)) event.respondWith(answer(event));
});
