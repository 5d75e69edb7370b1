// Keeps what was visited of this edition: a second visit asks nobody for it, and it can be read offline.
// The bake writes this file to the site's root and puts the hash of all its files here: a new edition begins anew.
const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const { scope } = worker.registration;
const CACHE = `${scope} EDITION`;

const forget = async () => {
  const names = await caches.keys();
  const earlier = names.filter((name) => name.startsWith(`${scope} `) && name !== CACHE);
  await Promise.all(earlier.map((name) => caches.delete(name)));
  await worker.clients.claim();
};

// A query string is answered by the page itself, and a file's own name tells one edition's from another's.
const addressOf = (/** @type {string} */ url) => url.split(/[?#]/)[0];
const isOurs = (/** @type {Request} */ { method, url, headers }) =>
  method === "GET" && url.startsWith(scope) && !headers.has("range");
const isPage = (/** @type {Response} */ response) => response.headers.get("content-type")?.startsWith("text/html");
/**
 * @param {Request} request
 * @param {Response} response
 */
const isKept = (request, response) => response.ok && (request.mode !== "navigate" || isPage(response)); // no downloads

const answer = async (/** @type {Request} */ request) => {
  const cache = await caches.open(CACHE);
  const address = addressOf(request.url);
  const kept = await cache.match(address);
  if (kept) return kept;
  const response = await fetch(request);
  if (isKept(request, response)) await cache.put(address, response.clone());
  return response;
};

// What the first page loaded before there was a service worker is still in the browser's own cache.
const keep = async (/** @type {string[]} */ urls) => {
  const cache = await caches.open(CACHE);
  const load = async (/** @type {string} */ url) => {
    const response = await fetch(url, { cache: "force-cache" });
    if (response.ok) await cache.put(addressOf(url), response);
  };
  await Promise.allSettled(urls.filter((url) => url.startsWith(scope)).map(load));
};

worker.addEventListener("install", () => worker.skipWaiting());
worker.addEventListener("activate", (event) => event.waitUntil(forget()));
worker.addEventListener("message", (event) => event.waitUntil(keep(event.data)));
worker.addEventListener("fetch", (event) => {
  if (isOurs(event.request)) event.respondWith(answer(event.request));
});
