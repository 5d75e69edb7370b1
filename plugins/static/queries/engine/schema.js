// What is known of a database before it is asked: its tables as Datasette sees them, and how names are written in SQL.
const PLAIN = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

/** `schema` is what /-/schema.json says. */
export const describe = ({ settings, reserved_words, databases }, database) => {
  const reserved = new Set(reserved_words);
  const doubled = (name) => `"${name.replaceAll('"', '""')}"`;
  const escape = (name) => {
    if (PLAIN.test(name) && !reserved.has(name.toLowerCase())) return name;
    return name.includes("]") ? doubled(name) : `[${name}]`;
  };
  return {
    settings,
    ...databases[database],
    name: database,
    escape,
    /** Always in marks, as filters have it. */
    quote: (name) => (escape(name) === name ? `"${name}"` : escape(name)),
  };
};
