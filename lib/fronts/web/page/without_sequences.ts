/** Text that was written for a terminal, without its sequences. */

/** The text without colors and movements of the cursor. */
export function withoutSequences(text: string): string {
  // deno-lint-ignore no-control-regex
  return text.replace(/\x1b\[[0-9;]*[A-Za-z]/g, "");
}
