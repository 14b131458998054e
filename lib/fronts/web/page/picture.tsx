/** Shows a picture of `show`, or one of its frames. */

import type { VNode } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { CellEngine } from "../../../cells/engine/cell_engine.ts";
import type { Frames } from "../../../cells/engine/protocol.ts";

type Bundle = Record<string, string>;

/** A picture. An SVG is shown as an image: whatever a cell has put into it, nothing in it runs. */
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

function OnePicture({ bundle }: { bundle: Bundle }): VNode {
  const svg = bundle["image/svg+xml"];
  const text = bundle["text/plain"] ?? "";
  if (svg === undefined) return <pre class="output" tabIndex={0}>{text}</pre>;
  const label = /<title>([^<]*)<\/title>/.exec(svg)?.[1] ?? "picture";
  return <img class="picture" src={`data:image/svg+xml,${encodeURIComponent(svg)}`} alt={label} />;
}
