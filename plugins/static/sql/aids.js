// What stands beside the editor: the schema, whose names go into the query at a click, and the place of an error.
const wide = matchMedia("(min-width: 64rem)");

const namesIn = (list) => [...list.querySelectorAll("code")].map((name) => name.textContent);

/** {table: [column, ...]}, as the page lists them. */
export const readSchema = (root) =>
  Object.fromEntries([...root.querySelectorAll("[data-table]")].map((list) => [list.dataset.table, namesIn(list)]));

const quoted = (name) => (/^[a-z_]\w*$/i.test(name) ? name : `"${name.replaceAll('"', '""')}"`);

const buttonFor = (name, words, editor) => {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = words;
  button.addEventListener("click", () => editor.insert(quoted(name)));
  return button;
};

const connectSchema = (root, editor) => {
  for (const list of root.querySelectorAll("[data-table]")) {
    for (const name of list.querySelectorAll("code")) {
      name.replaceChildren(buttonFor(name.textContent, name.textContent, editor));
    }
    list.firstElementChild.prepend(buttonFor(list.dataset.table, "Insert its name", editor));
  }
  const schema = root.querySelector(".schema");
  if (schema) schema.open = wide.matches;
};

/** Marks where SQLite found the error; a click on its line and column leads there. */
export const connectPlace = (place, editor) => {
  const [start, end] = [Number(place.dataset.start), Number(place.dataset.end)];
  editor.mark?.(start, end);
  place.addEventListener("click", (event) => {
    event.preventDefault();
    editor.select(start, end);
    editor.focus();
  });
};

export const connectAids = (root, editor) => {
  connectSchema(root, editor);
  const place = root.querySelector(".place");
  if (place) connectPlace(place, editor);
};
