// How two values differ, line by line: `-` before what is there, `+` before what was expected.

/** More pairs of lines than this are not compared: then all of one comes before all of the other. */
const MOST_PAIRS = 4_000_000;

/** The difference, below a line that says which sign stands for what. */
export function difference(actual: unknown, expected: unknown): string {
  const lines = compare(linesOf(actual), linesOf(expected));
  return ["", "", "", "    [Diff] Actual / Expected", "", "", ...lines, ""].join("\n");
}

/** A text by its lines; any other value as Deno shows it, one property a line. */
function linesOf(value: unknown): string[] {
  const text = typeof value === "string" && value.includes("\n") ? value : Deno.inspect(value, {
    ...{ depth: Infinity, iterableLimit: Infinity, strAbbreviateSize: Infinity },
    ...{ sorted: true, trailingComma: true, compact: false, getters: true, colors: false },
  });
  return text.split("\n");
}

/** The lines of both, in order, each after its sign; what both have, only once. */
function compare(actual: readonly string[], expected: readonly string[]): string[] {
  let start = 0, end = 0;
  const shorter = Math.min(actual.length, expected.length);
  while (start < shorter && actual[start] === expected[start]) start++;
  while (end < shorter - start && actual.at(-1 - end) === expected.at(-1 - end)) end++;
  const middle = [actual, expected].map((lines) => lines.slice(start, lines.length - end));
  return [
    ...actual.slice(0, start).map((line) => `    ${line}`),
    ...inTheMiddle(middle[0], middle[1]),
    ...actual.slice(actual.length - end).map((line) => `    ${line}`),
  ];
}

function inTheMiddle(actual: readonly string[], expected: readonly string[]): string[] {
  const all = actual.length * expected.length <= MOST_PAIRS;
  // How many lines the two have in common from these two on.
  const common = Array.from({ length: actual.length + 1 }, () => new Uint32Array(all ? expected.length + 1 : 0));
  for (let i = actual.length - 1; all && i >= 0; i--) {
    for (let j = expected.length - 1; j >= 0; j--) {
      common[i][j] = actual[i] === expected[j]
        ? common[i + 1][j + 1] + 1
        : Math.max(common[i + 1][j], common[i][j + 1]);
    }
  }
  const lines: string[] = [];
  let i = 0, j = 0;
  while (i < actual.length || j < expected.length) {
    if (all && i < actual.length && j < expected.length && actual[i] === expected[j]) {
      lines.push(`    ${actual[i]}`);
      i++, j++;
    } else if (i < actual.length && !(all && j < expected.length && common[i][j + 1] > common[i + 1][j])) {
      lines.push(`-   ${actual[i++]}`);
    } else lines.push(`+   ${expected[j++]}`);
  }
  return lines;
}
