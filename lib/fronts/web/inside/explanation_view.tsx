/** ExplanationView: the numbers from which one number came, written out. */

import type { VNode } from "preact";
import type { Explanation, Term } from "./explain_value.ts";
import type { Window } from "./windows_of.ts";

/** How many of the products of a fully connected layer are shown. */
const TERMS = 8;
/** How many windows are shown at once. */
const WINDOWS = 4;

/** The explanation of a number. */
export function ExplanationView({ of, place }: { of: Explanation; place: string }): VNode {
  const { windows, terms, numbers, formula, value } = of;
  const ordered = [...windows].sort((a, b) => Math.abs(b.result) - Math.abs(a.result));
  return (
    <div class="explanation" role="region" aria-label="How this number came about" aria-live="polite">
      <p>
        <strong>{place} = {text(value)}</strong> = {formula}
      </p>
      <div class="windows">
        {ordered.slice(0, WINDOWS).map((window) => <WindowView key={window.channel} window={window} />)}
      </div>
      {windows.length > WINDOWS && (
        <p class="more">
          The {WINDOWS} channels that matter most. The others:{" "}
          {ordered.slice(WINDOWS).map(({ channel, result }) => `channel ${channel}: ${text(result)}`).join(", ")}
        </p>
      )}
      {terms.length > 0 && <Terms terms={terms} />}
      {numbers.length > 0 && (
        <p class="numbers">{numbers.map(([name, each]) => `${name} = ${text(each)}`).join(", ")}</p>
      )}
    </div>
  );
}

function WindowView({ window: { channel, values, kernel, chosen, result } }: { window: Window }): VNode {
  return (
    <figure class="window">
      <div class="product">
        <Grid rows={values} chosen={chosen} />
        {kernel && <span aria-label="times">×</span>}
        {kernel && <Grid rows={kernel} />}
      </div>
      <figcaption>
        channel {channel}: {text(result)}
      </figcaption>
    </figure>
  );
}

function Grid(
  { rows, chosen }: { rows: readonly (readonly number[])[]; chosen?: readonly [number, number] },
): VNode {
  return (
    <table class="grid">
      <tbody>
        {rows.map((row, u) => (
          <tr key={u}>
            {row.map((each, v) => (
              <td key={v} class={chosen?.[0] === u && chosen[1] === v ? "chosen" : ""}>{text(each)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Terms({ terms }: { terms: readonly Term[] }): VNode {
  const rest = terms.slice(TERMS).reduce((sum, { product }) => sum + product, 0);
  return (
    <div class="wide">
      <table class="terms">
        <thead>
          <tr>{["input", "its value", "weight", "product"].map((name) => <th key={name} scope="col">{name}</th>)}</tr>
        </thead>
        <tbody>
          {terms.slice(0, TERMS).map(({ from, input, weight, product }) => (
            <tr key={from}>
              <td>{from}</td>
              <td>{text(input)}</td>
              <td>{text(weight)}</td>
              <td>{text(product)}</td>
            </tr>
          ))}
          {terms.length > TERMS && (
            <tr>
              <td colSpan={3}>the other {terms.length - TERMS}</td>
              <td>{text(rest)}</td>
            </tr>
          )}
        </tbody>
      </table>
    </div>
  );
}

/** A number, short enough for a table. */
export function text(value: number): string {
  if (value === 0) return "0";
  const size = Math.abs(value);
  const short = size >= 1000 || size < 0.001
    ? value.toExponential(1)
    : value.toFixed(size >= 100 ? 0 : size >= 10 ? 1 : 2);
  return (size < 0.005 && size >= 0.001 ? value.toFixed(3) : short).replace("-", "−");
}
