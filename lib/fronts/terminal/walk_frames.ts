/** Shows a picture that consists of frames, such as the stops of a convolution, one frame for each key. */

import type { Engine } from "../../cells/engine/engine.ts";
import type { Frames } from "../../cells/engine/protocol.ts";
import type { TerminalUi } from "./terminal_ui.ts";

/** Shows one frame at a time in the same place, until the learner has seen all or leaves; the last one stays on the screen. */
export async function walkFrames(ui: TerminalUi, engine: Engine, { id, count }: Frames): Promise<void> {
  const display = `frames-${id}`;
  let at = 0;
  let shown = -1;
  while (true) {
    if (at !== shown) {
      const bundle = await ui.attend(engine.frame(id, at), () => engine.interrupt());
      if (!bundle) break;
      ui.region.show(ui.renderer.bundle(bundle), display);
      shown = at;
    }
    const back = at > 0 ? " · ← back" : "";
    const forward = at + 1 < count ? "Enter next" : "Enter continue";
    const leave = at + 1 < count ? " · Esc leave" : "";
    ui.region.statusLine = ui.keyLine(`${forward}${back}${leave} · ${at + 1} of ${count}`);
    const key = await ui.keys.next();
    if (key === "enter" || key === "newline" || key === "space" || key === "right" || key === "down") {
      if (at + 1 >= count) break;
      at++;
    } else if (key === "left" || key === "up" || key === "b") at = Math.max(0, at - 1);
    else if (key === "home") at = 0;
    else if (key === "line-end") at = count - 1;
    else if (key === "escape" || key === "ctrl-c" || key === "q" || key === "end") {
      if (key === "end" || key === "q") ui.keys.unread([key]);
      break;
    }
  }
  ui.region.settle();
  ui.region.statusLine = "";
}
