// A lesson in a pipe: what reads it may well show it on a terminal, so that it is cleaned like everything else.
import { assertEquals } from "@std/assert";
import type { Output } from "../../../lib/cells/engine/protocol.ts";
import type { SessionState } from "../../../lib/course/session_state.ts";
import { PipeOutput } from "../../../lib/fronts/plain/pipe_output.ts";
import { PlainFront } from "../../../lib/fronts/plain/plain_front.ts";
import { Renderer } from "../../../lib/fronts/text/renderer.ts";
import { styleOf } from "../../../lib/fronts/text/style.ts";
import { transcript } from "../../../lib/fronts/text/transcript.ts";

const STATE = { steps: [], at: 0, phase: "running" } as unknown as SessionState;

/** What a pipe gets of these outputs; `undefined` ends a cell. */
function piped(outputs: readonly (Output | undefined)[]): string {
  let written = "";
  const renderer = new Renderer(styleOf(false), 80);
  const output = new PipeOutput((text) => written += text);
  const front = new PlainFront({ renderer, output, wrap: false, code: () => ({ index: 0, source: "", line: 1 }) });
  for (const output of [...outputs, undefined]) {
    front.view(output ? { type: "output", output } : { type: "settle" }, STATE);
  }
  return written;
}

function text(text: string, stream: "stdout" | "stderr" = "stdout"): Output {
  return { type: "text", stream, text };
}

Deno.test("tabs, carriage returns and long lines stay in a pipe; colors and everything else go", () => {
  assertEquals(piped([text(`a\tb\r${"x".repeat(200)}\r\n`)]), `a\tb\r${"x".repeat(200)}\r\n`);
  assertEquals(piped([text("\x1b[31mred\x1b[0m\x1b]0;title\x07\x9b2J!\n")]), "red!\n");
  assertEquals(piped([{ type: "display", bundle: { "text/plain": "\x1b[2Ja\u202eb" } }]), "a\ufffdb\n");
});

Deno.test("a sequence that is split over two outputs is removed; stdout and stderr are two streams", () => {
  assertEquals(piped([text("a\x1b]0;ti"), text("tle\x07b\n")]), "ab\n");
  assertEquals(piped([text("a\x1b["), text("2Jb", "stderr"), text("2Jc\n")]), "a2Jbc\n");
});

Deno.test("a sequence that is not ended does not reach into the next cell", () => {
  assertEquals(piped([text("a\x1b]0;title"), undefined, text("b\n")]), "a\nb\n");
  const outputs = [text("\x1b[31mred\x1b]0;title")];
  const renderer = new Renderer(styleOf(true), 80);
  assertEquals(transcript(outputs, undefined, renderer), { text: "red", ansi: "\x1b[31mred\x1b[0m" });
  assertEquals(transcript([text("next")], undefined, renderer), { text: "next" });
});
