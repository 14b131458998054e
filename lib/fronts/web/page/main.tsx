/** The page: reads the course, follows the address, and opens lessons. */

/// <reference lib="dom" />
import { render, type VNode } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Progress } from "../../../course/progress/progress.ts";
import { browserFiles } from "../stores/browser_files.ts";
import { serverFiles } from "../stores/server_files.ts";
import { useFiles } from "../stand_in/deno.ts";
import type { CourseFile } from "./course_file.ts";
import { CourseView } from "./course_view.tsx";
import { viewAt } from "./extra_views.tsx";
import { keepOffline } from "./keep_offline.ts";
import { LessonModel, STATE } from "./lesson_model.ts";
import { LessonView } from "./lesson_view.tsx";
import { ServerTypes } from "./server_types.ts";

/** The folder of the site. */
const SITE = new URL("../", import.meta.url);

const course = JSON.parse(await read("course.json")) as CourseFile;
const kept = course.server ? await serverFiles(SITE) : await browserFiles();
useFiles(kept.files);
if (!course.server) void keepOffline(SITE);
const progress = new Progress(STATE);

async function read(path: string): Promise<string> {
  const response = await fetch(new URL(path, SITE));
  if (!response.ok) throw new Error(`${path} answered ${response.status}`);
  return await response.text();
}

function App(): VNode {
  const [name, setName] = useState(lessonInAddress());
  const [model, setModel] = useState<LessonModel>();
  const at = course.lessons.findIndex((lesson) => lesson.name === name);
  const next = course.lessons[at + 1];
  useEffect(() => {
    const follow = (): void => setName(lessonInAddress());
    addEventListener("hashchange", follow);
    return () => removeEventListener("hashchange", follow);
  }, []);
  useEffect(() => {
    if (at < 0) return setModel(undefined);
    let opened: LessonModel | undefined;
    let isClosed = false;
    read(`lessons/${course.lessons[at].name}.txt`).then((source) => {
      if (isClosed) return;
      opened = new LessonModel({
        ...{ name: course.lessons[at].name, source, progress, hasNext: next !== undefined },
        script: new URL("cells/cells.js", SITE),
        types: course.server ? new ServerTypes(SITE, course.lessons[at].name) : undefined,
        left: (to) => location.hash = to === "next lesson" && next ? `#/${next.name}` : "#/",
      });
      void opened.run();
      setModel(opened);
    });
    return () => {
      isClosed = true;
      opened?.close();
      setModel(undefined);
    };
  }, [at]);
  const lesson = course.lessons[at];
  const extra = viewAt(name, { site: SITE, folder: STATE });
  return (
    <>
      <header>
        <a href="#/">Gradually</a>
        {kept.problem && <span class="notice">{kept.problem}</span>}
      </header>
      {extra ?? (lesson === undefined
        ? <CourseView lessons={course.lessons} progress={progress} files={course.server ? undefined : kept.files} />
        : model && (
          <LessonView
            key={lesson.name}
            model={model}
            number={lesson.number}
            nextTitle={next && `${next.number} ${next.title}`}
          />
        ))}
    </>
  );
}

function lessonInAddress(): string {
  return decodeURIComponent(location.hash.replace(/^#\/?/, ""));
}

const place = document.querySelector("#app")!;
place.replaceChildren();
render(<App />, place);
