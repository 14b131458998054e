/** Adds and removes the call with which a question in a notebook asks for a guess; the learner completes it. */

const CALL = /(?:^|\n)await course\.predict\([\s\S]*$/;

/** The question with the call at its end. */
export function withGuessCall(source: string, id: string): string {
  return `${source}${source && "\n"}await course.predict(${JSON.stringify(id)}, "");`;
}

/** The question without the call, and without the learner's guess. */
export function withoutGuessCall(source: string): string {
  return source.replace(CALL, "");
}
