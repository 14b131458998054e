/** Hears of errors outside a cell's own run: in a promise that nobody awaits, or in a timer. Without a listener, the kernel hangs or is silent. */

/** @param tell Receives what to print. */
export function listenForUncaught(tell: (text: string) => void): void {
  addEventListener("unhandledrejection", (event) => {
    event.preventDefault();
    tell(`An error in a promise that nobody awaits; is an await missing?\n${textOf(event.reason)}\n`);
  });
  addEventListener("error", (event) => {
    event.preventDefault();
    tell(`An error outside the run of a cell, as in a timer:\n${textOf(event.error ?? event.message)}\n`);
  });
}

/** A thrown value as text, without a stack: it does not say which cell a place is in. */
function textOf(thrown: unknown): string {
  try {
    return Error.isError(thrown) ? `${thrown.name}: ${thrown.message}` : Deno.inspect(thrown);
  } catch {
    return "a value that cannot be shown";
  }
}
