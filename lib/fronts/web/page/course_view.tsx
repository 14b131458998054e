/** Lists the lessons of the course, with what is done. */

import type { VNode } from "preact";
import { useState } from "preact/hooks";
import type { Progress } from "../../../course/progress/progress.ts";
import type { Files } from "../stand_in/files.ts";
import { exported, imported } from "../stores/transfer.ts";
import type { CourseLesson } from "./course_file.ts";

interface CourseViewProps {
  lessons: readonly CourseLesson[];
  progress: Progress;
  /** The learner's files, where no server keeps them. */
  files?: Files;
}

/** The course. */
export function CourseView({ lessons, progress, files }: CourseViewProps): VNode {
  return (
    <main class="course">
      <h1>Gradually</h1>
      <p>
        Build a neural network piece by piece, see every number on the way, and watch it train. All of it runs in this
        page{globalThis.crossOriginIsolated ? "" : ", on one thread: the host of this page does not let it use more"}.
      </p>
      <p>
        <a href="#/draw">Draw a digit</a> and have it read, or look <a href="#/inside">inside the network</a>.
      </p>
      <ol class="lessons">
        {lessons.map(({ name, number, title, minutes }) => {
          const state = stateOf(progress, name);
          return (
            <li key={name} class={state}>
              <a href={`#/${name}`}>
                <span class="number">{number}</span> <span class="title">{title}</span>
              </a>
              <span class="minutes">{minutes ? `${minutes} min` : ""}</span>
              <span class="state">{{ new: "", begun: "begun", done: "✓ done" }[state]}</span>
            </li>
          );
        })}
      </ol>
      {files && <TransferView files={files} />}
    </main>
  );
}

/** Saves the learner's files as one file, and reads such a file. */
function TransferView({ files }: { files: Files }): VNode {
  const [said, setSaid] = useState("");
  const save = (): void => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([exported(files)], { type: "application/json" }));
    link.download = "gradually.json";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  };
  const read = async (file: File | undefined): Promise<void> => {
    if (!file) return;
    try {
      imported(await file.text(), files);
      location.reload();
    } catch (error) {
      setSaid((error as Error).message);
    }
  };
  return (
    <div class="transfer">
      <p>Your place and your answers are kept in this browser. To take them along:</p>
      <p class="buttons">
        <button type="button" onClick={save}>Save my work to a file</button>
        <label>
          Read my work from a file:{" "}
          <input type="file" accept=".json" onChange={(event) => void read(event.currentTarget.files?.[0])} />
        </label>
      </p>
      {said && <p class="notice" role="alert">{said}</p>}
    </div>
  );
}

function stateOf(progress: Progress, name: string): "new" | "begun" | "done" {
  const known = progress.lesson(name);
  if (known?.done) return "done";
  return known && known.cell > 0 ? "begun" : "new";
}
