// The time that a date of any precision stands for, as in plugins/news_site/charts/table_charts.py: 2022-02 is a month.
const DATE = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ].*)?)?)?$/;
const DAY = 86_400_000;

const dayNumber = (year, month, day) => {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date / DAY : undefined;
};

/** The first and the last day as numbers; undefined for what is no date. */
const daysOf = (moment) => {
  const match = DATE.exec(moment);
  if (!match) return undefined;
  const [year, month, day] = match.slice(1).map(Number).map((part) => part || undefined);
  const lastOfMonth = new Date(0);
  lastOfMonth.setUTCFullYear(year, month ?? 12, 0);
  const days = [dayNumber(year, month ?? 1, day ?? 1), dayNumber(year, month ?? 12, day ?? lastOfMonth.getUTCDate())];
  return days.includes(undefined) ? undefined : days;
};

/** The first and the last day of an EDTF date or interval, undefined where it is open; undefined for what is no date. */
export const spanOf = (value) => {
  if (typeof value !== "string") return undefined;
  const slash = value.indexOf("/");
  const [begin, end] = slash < 0 ? [value, value] : [value.slice(0, slash), value.slice(slash + 1)];
  const [first, last] = [daysOf(begin), daysOf(end)];
  const isOpen = (text) => ["", ".."].includes(text);
  if (!(first || last) || !(first || isOpen(begin)) || !(last || isOpen(end))) return undefined;
  return [first?.[0], last?.[1]];
};
