// EDTF dates in words, as plugins/news_site/site/formats.py has them.
const MONTHS =
  "January February March April May June July August September October November December".split(" ");

const readableDay = (date) => {
  const [, year, month, day] = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?$/.exec(date) ?? [];
  if (!year || Number(month ?? 1) < 1 || Number(month ?? 1) > 12) return date;
  return [day && Number(day), month && MONTHS[month - 1], year].filter(Boolean).join(" ");
};

export const readableDate = (date) => {
  const [begin, end] = date.split("/");
  if (end === undefined) return readableDay(date);
  if (["", ".."].includes(begin)) return `until ${readableDay(end)}`;
  if (["", ".."].includes(end)) return `from ${readableDay(begin)}`;
  const sameMonth = begin.length === 10 && begin.slice(0, 7) === end.slice(0, 7);
  if (sameMonth) return `${Number(begin.slice(8))}–${readableDay(end)}`;
  return `${readableDay(begin)} – ${readableDay(end)}`;
};
