/** A console whose text goes wherever it is sent, written as Node's console writes it under Deno. */

import { inspect } from "./inspect.ts";
import { consoleTable } from "./console_table.ts";

type Write = (stream: "stdout" | "stderr", text: string) => void;

const QUOTES = ["'", '"', "`"];

/** How a console shows a value that is not a text. */
function consoleText(value: unknown): string {
  return inspect(value, { depth: 2, quotes: QUOTES });
}

/** Puts values into a line; `%s`, `%d`, `%i`, `%f`, `%j`, `%o`, `%O`, `%c` and `%%` in the first one take the next ones. */
function formatted(values: readonly unknown[]): string {
  const [first, ...rest] = values;
  if (typeof first !== "string") return values.map(plain).join(" ");
  const line = first.replace(/%([sdifjoOc%])/g, (whole, kind) => {
    if (kind === "%") return rest.length < values.length - 1 || values.length > 1 ? "%" : whole;
    if (rest.length === 0) return whole;
    const value = rest.shift();
    if (kind === "c") return "";
    if (kind === "d") return typeof value === "bigint" ? `${value}n` : String(Number(value));
    if (kind === "i") return String(parseInt(String(value)));
    if (kind === "f") return String(parseFloat(String(value)));
    if (kind === "j") return JSON.stringify(value) ?? "undefined";
    return kind === "s" ? plain(value) : consoleText(value);
  });
  return [line, ...rest.map(plain)].join(" ");
}

function plain(value: unknown): string {
  return typeof value === "string" ? value : consoleText(value);
}

/** A console with the methods that cells may call. */
export function makeConsole(
  write: Write,
): Record<string, (...values: unknown[]) => void> & { log(...values: unknown[]): void } {
  const counts = new Map<string, number>();
  const begun = new Map<string, number>();
  let indent = "";
  const print = (stream: "stdout" | "stderr") => (...values: unknown[]): void => {
    const text = formatted(values);
    write(stream, `${indent}${indent ? text.replaceAll("\n", `\n${indent}`) : text}\n`);
  };
  const [out, err] = [print("stdout"), print("stderr")];
  const elapsed = (label: string): string => {
    const milliseconds = performance.now() - (begun.get(label) ?? performance.now());
    return milliseconds >= 1000 ? `${(milliseconds / 1000).toFixed(3)}s` : `${Number(milliseconds.toFixed(3))}ms`;
  };
  const group = (...values: unknown[]): void => {
    if (values.length > 0) out(...values);
    indent += "  ";
  };
  return {
    ...{ log: out, info: out, debug: out, dirxml: out, error: err, warn: err, group, groupCollapsed: group },
    groupEnd: () => void (indent = indent.slice(2)),
    dir: (value) => out(consoleText(value)),
    table: (value) => out(consoleTable(value) ?? value),
    trace: (...values) => err(`Trace${values.length ? ": " : ""}${formatted(values)}`),
    assert: (holds, ...values) => {
      if (!holds) err(`Assertion failed${values.length ? `: ${formatted(values)}` : ""}`);
    },
    count: (label = "default") => {
      const count = (counts.get(String(label)) ?? 0) + 1;
      counts.set(String(label), count);
      out(`${label}: ${count}`);
    },
    countReset: (label = "default") => void counts.delete(String(label)),
    time: (label = "default") => void begun.set(String(label), performance.now()),
    timeLog: (label = "default", ...values) => out(`${label}: ${elapsed(String(label))}`, ...values),
    timeEnd: (label = "default") => {
      out(`${label}: ${elapsed(String(label))}`);
      begun.delete(String(label));
    },
    clear: () => {},
    timeStamp: () => {},
    profile: () => {},
    profileEnd: () => {},
  };
}
