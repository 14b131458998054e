/** What the page reads first: the lessons of the site. */

/** One lesson. */
export interface CourseLesson {
  name: string;
  /** "4". */
  number: string;
  title: string;
  /** 0 if the lesson does not say. */
  minutes: number;
}

/** The file `course.json`. */
export interface CourseFile {
  /** In order. */
  lessons: CourseLesson[];
  /** Whether a server keeps the learner's files, as `deno task web` does. */
  server?: boolean;
}
