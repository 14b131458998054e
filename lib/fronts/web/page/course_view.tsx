/** Lists the lessons of the course, with what is done. */

import type { VNode } from "preact";
import type { Progress } from "../../../course/progress/progress.ts";
import type { CourseLesson } from "./course_file.ts";

/** The course. */
export function CourseView({ lessons, progress }: { lessons: readonly CourseLesson[]; progress: Progress }): VNode {
  return (
    <main class="course">
      <h1>Gradually</h1>
      <p>
        Build a neural network piece by piece, see every number on the way, and watch it train. All of it runs in this
        page.
      </p>
      <p>
        <a href="#/draw">Draw a digit</a> and have it read, or look <a href="#/inside">inside the network</a>.
      </p>
      <ol class="lessons">
        {lessons.map(({ name, number, title, minutes }) => {
          const state = stateOf(progress, name);
          return (
            <li class={state}>
              <a href={`#/${name}`}>
                <span class="number">{number}</span> <span class="title">{title}</span>
              </a>
              <span class="minutes">{minutes ? `${minutes} min` : ""}</span>
              <span class="state">{{ new: "", begun: "begun", done: "✓ done" }[state]}</span>
            </li>
          );
        })}
      </ol>
    </main>
  );
}

function stateOf(progress: Progress, name: string): "new" | "begun" | "done" {
  const known = progress.lesson(name);
  if (known?.done) return "done";
  return known && known.cell > 0 ? "begun" : "new";
}
