import { assertEquals } from "@std/assert";
import { understandsEscapes } from "../../lib/text/understands_escapes.ts";

Deno.test("terminals in use understand escape sequences, whatever the system knows about them", () => {
  const terms = [
    "xterm",
    "xterm-256color",
    "screen",
    "screen.xterm-256color",
    "tmux-256color",
    "linux",
    "vt220",
    "rxvt-unicode",
  ];
  for (const term of [...terms, "xterm-kitty", "xterm-ghostty", "alacritty", "st-256color", "foot"]) {
    assertEquals([term, understandsEscapes(term)], [term, true]);
  }
});

Deno.test("a terminal without a name, or with one that stands for none, gets plain text", () => {
  for (const term of ["", "dumb", "unknown", "emacs-dumb", "screenless", "a/b", "../xterm", "xterm\n", "-x"]) {
    assertEquals([term, understandsEscapes(term)], [term, false]);
  }
});
