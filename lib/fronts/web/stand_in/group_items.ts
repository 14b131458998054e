/** Puts the items of a long list side by side, in columns of the same width, as the consoles of Deno and Node do. */

/** The space between two items, with the comma. */
const SEPARATOR = 2;
/** A character is this many times as high as it is wide: columns are chosen so that a block of items looks like a square. */
const HEIGHT = 2.5;
const MOST_COLUMNS = 12;

/** What it needs to know of the text around the list. */
interface Around {
  breakLength: number;
  indentation: number;
  iterableLimit: number;
}

/** The items in rows; as they are, if they do not fit. */
export function groupItems(items: string[], value: ArrayLike<unknown>, around: Around): string[] {
  const { breakLength, indentation, iterableLimit } = around;
  const hasMore = iterableLimit < items.length;
  const count = hasMore ? items.length - 1 : items.length;
  const lengths = items.slice(0, count).map((item) => item.length);
  const longest = Math.max(...lengths);
  const total = lengths.reduce((sum, length) => sum + length + SEPARATOR, 0);
  const widest = longest + SEPARATOR;
  if (widest * 3 + indentation >= breakLength || (total / widest <= 5 && longest > 6)) return items;
  const bias = Math.sqrt(widest - total / items.length);
  const width = Math.max(widest - 3 - bias, 1);
  const columns = Math.min(
    Math.round(Math.sqrt(HEIGHT * width * count) / width),
    Math.floor((breakLength - indentation) / widest),
    MOST_COLUMNS,
    15,
  );
  if (columns <= 1) return items;
  const widths = Array.from({ length: columns }, (_, column) => {
    const inColumn = lengths.filter((_, i) => i % columns === column);
    return Math.max(0, ...inColumn) + SEPARATOR;
  });
  const first = value[0];
  const isNumeric = typeof first === "number" || typeof first === "bigint";
  const rows: string[] = [];
  for (let i = 0; i < count; i += columns) {
    const row = items.slice(i, Math.min(i + columns, count));
    rows.push(
      row.map((item, j) => {
        const isLast = j === row.length - 1;
        if (isNumeric) return (isLast ? item : `${item}, `).padStart(isLast ? widths[j] - SEPARATOR : widths[j]);
        return isLast ? item : `${item}, `.padEnd(widths[j]);
      }).join(""),
    );
  }
  return hasMore ? [...rows, items[count]] : rows;
}
