// The form of a query: a key to run it, a button to stop waiting for the live site, a link to copy.
/**
 * @param {HTMLFormElement} form
 * @param {string} name
 * @returns {any}
 */
export const part = (form, name) => form.querySelector(`[data-${name}]`);

/**
 * @param {HTMLFormElement} form
 * @param {string} words
 */
export const say = (form, words) => {
  part(form, "status").textContent = words;
};

/** @param {HTMLFormElement} form */
export const searchOf = (form) => {
  const pairs = Array.from(new FormData(form), ([name, value]) => [name, String(value)]);
  return `?${new URLSearchParams(pairs)}`;
};

const addressOf = (/** @type {HTMLFormElement} */ form) => {
  const url = new URL(form.action);
  url.search = searchOf(form);
  return url.href;
};

const connectCopy = (/** @type {HTMLFormElement} */ form) => {
  const button = part(form, "copy");
  button.hidden = !navigator.clipboard; // a site without TLS has none
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(addressOf(form));
    say(form, "Copied.");
  });
};

/**
 * @param {HTMLFormElement} form
 * @param {boolean} running
 */
export const showRunning = (form, running) => {
  part(form, "cancel").hidden = !running;
  say(form, running ? "Running …" : "");
};

/**
 * A form of the live site, which answers with another page.
 * @param {HTMLFormElement} form
 */
export const connectLive = (form) => {
  form.addEventListener("submit", () => showRunning(form, true));
  addEventListener("pageshow", () => showRunning(form, false)); // the way back leads here as it was left
  part(form, "cancel").addEventListener("click", () => {
    stop();
    showRunning(form, false);
    say(form, "Cancelled.");
  });
};

/**
 * Returns what runs the query.
 * @param {HTMLFormElement} form
 */
export const connectForm = (form) => {
  const run = () => form.requestSubmit();
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey || event.shiftKey)) return;
    event.preventDefault();
    run();
  });
  connectCopy(form);
  return run;
};
