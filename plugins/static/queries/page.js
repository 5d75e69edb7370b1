// On every page of the static site: where the address has a query string, starts what answers it.
const file = (selector) => document.querySelector(selector)?.href;

if (location.search) {
  const database = file('link[type="application/vnd.sqlite3"]');
  console.log(database);
}
