// Shows what Datasette answers, in a worker, at the path that is this page's query string.
const worker = new Worker("worker.js", { type: "module" });
worker.onmessage = ({ data }) => (document.body.innerHTML = data);
worker.postMessage(location.search.slice(1));
