/** Shows a picture of `show`, or one of its frames. */

import type { VNode } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { CellEngine } from "../../../cells/engine/cell_engine.ts";
import type { Frames } from "../../../cells/engine/protocol.ts";
import { type Bundle, OnePicture } from "./one_picture.tsx";

/** A picture, with buttons for its frames. */
export function Picture({ bundle, frames, engine }: { bundle: Bundle; frames?: Frames; engine: CellEngine }): VNode {
  const [frame, setFrame] = useState<{ index: number; bundle?: Bundle }>({ index: 0 });
  const show = async (index: number): Promise<void> => {
    const drawn = frames && await engine.frame(frames.id, index);
    if (drawn) setFrame({ index, bundle: drawn });
  };
  useEffect(() => void (frames && show(0)), [frames?.id]);
  const image = <OnePicture bundle={frame.bundle ?? bundle} />;
  if (!frames) return image;
  return (
    <div class="frames">
      {image}
      <p class="frame-buttons">
        <button type="button" disabled={frame.index === 0} onClick={() => show(frame.index - 1)}>
          Previous picture
        </button>
        <span>{frame.index + 1} of {frames.count}</span>
        <button type="button" disabled={frame.index + 1 >= frames.count} onClick={() => show(frame.index + 1)}>
          Next picture
        </button>
      </p>
    </div>
  );
}
