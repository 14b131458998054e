// The bottom of the screen, as a terminal shows it: wrapped lines, tabs, displays redrawn in place.
import { assertEquals, assertStringIncludes } from "@std/assert";
import xterm from "@xterm/headless";
import { LiveRegion } from "../../../lib/fronts/terminal/live_region.ts";

/** The lines of a terminal of this size after `draw`. */
function onScreen(draw: (region: LiveRegion) => void, columns = 20, rows = 8): Promise<string[]> {
  const terminal = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true });
  let written = "";
  draw(new LiveRegion({ columns, rows, write: (text: string) => written += text }));
  return new Promise((resolve) => {
    terminal.write(written, () => {
      const { active: buffer } = terminal.buffer;
      const lines = Array.from({ length: buffer.length }, (_, i) => buffer.getLine(i)?.translateToString(true) ?? "");
      resolve(lines.join("\n").trimEnd().split("\n"));
    });
  });
}

Deno.test("a tab moves to the next multiple of eight columns", async () => {
  assertEquals(await onScreen((region) => region.print("ab\tc\tde\n")), ["ab      c       de"]);
});

Deno.test("a display with wrapped lines is redrawn in place, and the text after it stays below", async () => {
  const screen = await onScreen((region) => {
    region.print("above\n");
    region.show("a display that is wider than the screen", "x");
    region.print("below\n");
    region.show("short", "x");
    region.settle();
  });
  assertEquals(screen, ["above", "short", "below"]);
});

Deno.test("the line of keys is below an empty line, and disappears when something is printed", async () => {
  assertEquals(await onScreen((region) => region.statusLine = "keys"), ["", "keys"]);
  const screen = await onScreen((region) => {
    region.statusLine = "keys";
    region.print("one\n");
    region.statusLine = "other keys that are far too long for it";
  });
  assertEquals(screen, ["one", "", "other keys that ar…"]);
});

Deno.test("a cell's output cannot draw over the lesson", () => {
  let written = "";
  const region = new LiveRegion({ columns: 80, rows: 24, write: (text) => written += text });
  region.print("\x1b[2J\x1b[10A\x1b]0;title\x07\x1b(0plain \x1b[31mred\x1b[0m\x07\n");
  assertStringIncludes(written, "plain \x1b[31mred\x1b[0m\r\n");
  for (const bad of ["\x1b[2J", "\x1b[10A", "\x1b]", "\x07"]) {
    assertEquals(written.includes(bad), false, JSON.stringify(bad));
  }
});

Deno.test("of a display taller than the screen the end is seen while it lives, and all of it afterward", async () => {
  const tall = Array.from({ length: 12 }, (_, i) => `row ${i}`);
  const shown = await onScreen((area) => area.show(tall.join("\n"), "x"));
  assertEquals(shown, tall.slice(-shown.length));
  const settled = await onScreen((area) => {
    area.show(tall.join("\n"), "x");
    area.settle();
  });
  assertEquals(settled, tall);
});
