// The form of a query: a key to run it, a button to stop waiting for the live site, a link to copy.
export const part = (form, name) => form.querySelector(`[data-${name}]`);

export const say = (form, words) => {
  part(form, "status").textContent = words;
};

const addressOf = (form) => {
  const url = new URL(form.action);
  url.search = new URLSearchParams(new FormData(form));
  return url.href;
};

const connectCopy = (form) => {
  const button = part(form, "copy");
  button.hidden = !navigator.clipboard; // a site without TLS has none
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(addressOf(form));
    say(form, "Copied.");
  });
};

export const showRunning = (form, running) => {
  part(form, "cancel").hidden = !running;
  say(form, running ? "Running …" : "");
};

/** A form of the live site, which answers with another page. */
export const connectLive = (form) => {
  form.addEventListener("submit", () => showRunning(form, true));
  addEventListener("pageshow", () => showRunning(form, false)); // the way back leads here as it was left
  part(form, "cancel").addEventListener("click", () => {
    stop();
    showRunning(form, false);
    say(form, "Cancelled.");
  });
};

/** Returns what runs the query. */
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
