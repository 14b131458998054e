// The bottom of the screen, as a terminal shows what is written for it: wrapped lines, tabs, displays drawn again in place.
import { assertEquals } from "@std/assert";
import xterm from "@xterm/headless";
import { LiveRegion } from "../../../lib/fronts/terminal/live_region.ts";
import { cut, rowsOf } from "../../../lib/fronts/text/width.ts";

/** What a terminal of this size holds after `draw`. */
function onScreen(draw: (area: LiveRegion) => void, columns = 20, rows = 8): Promise<string[]> {
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

Deno.test("text takes as many rows as its lines fill, an empty line one, wide characters two columns", () => {
  assertEquals(["", "a", "abcd", "abcde", "abcd\nabcde\n\na", "数数", "数数数"].map((text) => rowsOf(text, 4)), [
    0,
    1,
    1,
    2,
    5,
    1,
    2,
  ]);
});

Deno.test("a line is cut at the edge, with a sign, and never in the middle of a wide character", () => {
  assertEquals([cut("abcd", 4), cut("abcde", 4), cut("数数数", 4)], ["abcd", "abc…\x1b[0m", "数…\x1b[0m"]);
});

Deno.test("a tab goes on to the next eighth column", async () => {
  assertEquals(await onScreen((area) => area.print("ab\tc\tde\n")), ["ab      c       de"]);
});

Deno.test("a display that wraps is drawn again in its place, and what follows stays below", async () => {
  const screen = await onScreen((area) => {
    area.print("above\n");
    area.show("a display that is wider than the screen", "x");
    area.print("below\n");
    area.show("short", "x");
    area.settle();
  });
  assertEquals(screen, ["above", "short", "below"]);
});

Deno.test("the line of keys stands below an empty line, and goes when something is printed", async () => {
  assertEquals(await onScreen((area) => area.statusLine = "keys"), ["", "keys"]);
  const screen = await onScreen((area) => {
    area.statusLine = "keys";
    area.print("one\n");
    area.statusLine = "other keys that are far too long for it";
  });
  assertEquals(screen, ["one", "", "other keys that ar…"]);
});

Deno.test("of a display taller than the screen the end is seen while it lives, and all of it afterwards", async () => {
  const tall = Array.from({ length: 12 }, (_, i) => `row ${i}`);
  const shown = await onScreen((area) => area.show(tall.join("\n"), "x"));
  assertEquals(shown, tall.slice(-shown.length));
  const settled = await onScreen((area) => {
    area.show(tall.join("\n"), "x");
    area.settle();
  });
  assertEquals(settled, tall);
});
