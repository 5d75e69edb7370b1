// What stands beside the editor: the schema, whose names go into the query at a click, and the place of an error.
const wide = matchMedia("(min-width: 64rem)");

/**
 * @typedef {object} Editor
 * @property {() => void} focus
 * @property {(text: string) => void} insert
 * @property {(start: number, end: number) => void} select
 * @property {(text: string) => void} replace
 * @property {(start: number, end: number) => void} [mark]
 */

const namesIn = (/** @type {Element} */ list) => Array.from(list.querySelectorAll("code"), (name) => name.textContent);

/** @returns {NodeListOf<HTMLElement>} */
const tablesIn = (/** @type {ParentNode} */ root) => root.querySelectorAll("[data-table]");

const nameOf = (/** @type {HTMLElement} */ list) => list.dataset.table ?? "";

/**
 * {table: [column, ...]}, as the page lists them.
 * @param {ParentNode} root
 */
export const readSchema = (root) =>
  Object.fromEntries(Array.from(tablesIn(root), (list) => [nameOf(list), namesIn(list)]));

const quoted = (/** @type {string} */ name) => (/^[a-z_]\w*$/i.test(name) ? name : `"${name.replaceAll('"', '""')}"`);

/**
 * @param {string} name
 * @param {string} words
 * @param {Editor} editor
 */
const buttonFor = (name, words, editor) => {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = words;
  button.addEventListener("click", () => editor.insert(quoted(name)));
  return button;
};

/**
 * @param {ParentNode} root
 * @param {Editor} editor
 */
const connectSchema = (root, editor) => {
  for (const list of tablesIn(root)) {
    for (const name of list.querySelectorAll("code")) {
      name.replaceChildren(buttonFor(name.textContent, name.textContent, editor));
    }
    list.firstElementChild?.prepend(buttonFor(nameOf(list), "Insert its name", editor));
  }
  const schema = /** @type {HTMLDetailsElement | null} */ (root.querySelector(".schema"));
  if (schema) schema.open = wide.matches;
};

/**
 * Marks where SQLite found the error; a click on its line and column leads there.
 * @param {HTMLElement} place
 * @param {Editor} editor
 */
export const connectPlace = (place, editor) => {
  const [start, end] = [Number(place.dataset.start), Number(place.dataset.end)];
  editor.mark?.(start, end);
  place.addEventListener("click", (event) => {
    event.preventDefault();
    editor.select(start, end);
    editor.focus();
  });
};

/**
 * @param {ParentNode} root
 * @param {Editor} editor
 */
export const connectAids = (root, editor) => {
  connectSchema(root, editor);
  const place = /** @type {HTMLElement | null} */ (root.querySelector(".place"));
  if (place) connectPlace(place, editor);
};
