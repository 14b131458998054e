// A display in a terminal, at the borders of the screen and after its end.
import { assertEquals } from "@std/assert";
import xterm from "@xterm/headless";
import { TextOutput } from "../../lib/show/text_output.ts";

/** What a terminal of 80 × 24 holds after this text, what has scrolled away included. */
function onScreen(text: string): Promise<string[]> {
  const terminal = new xterm.Terminal({ cols: 80, rows: 24, allowProposedApi: true, convertEol: true });
  return new Promise((resolve) => {
    terminal.write(text, () => {
      const { active: buffer } = terminal.buffer;
      const lines = Array.from({ length: buffer.length }, (_, i) => buffer.getLine(i)?.translateToString(true) ?? "");
      resolve(lines.join("\n").trimEnd().split("\n"));
    });
  });
}

Deno.test("of a display taller than the screen only what can be seen is drawn again", async () => {
  let written = "";
  const output = new TextOutput((text) => written += text);
  const tall = (name: string) => Array.from({ length: 40 }, (_, i) => `${name} ${i}`);
  output.print(tall("a").join("\n"), { displayId: "x", update: false }, true);
  output.print(tall("b").join("\n"), { displayId: "x", update: true }, true);
  assertEquals(await onScreen(written), [...tall("a").slice(0, 17), ...tall("b").slice(17)]);
});

Deno.test("a display that was settled is not drawn over any more", async () => {
  let written = "";
  const output = new TextOutput((text) => written += text);
  output.print("the end", { displayId: "x", update: false }, true);
  output.settle("x");
  output.print("another", { displayId: "x", update: true }, true);
  assertEquals(await onScreen(written), ["the end", "another"]);
});
