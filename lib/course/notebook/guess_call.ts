/** A question of a lesson asks for a guess: in a notebook by a call at its end, which the learner completes. */

const CALL = /(?:^|\n)await course\.predict\([\s\S]*$/;

/** The question with the call. */
export function withGuessCall(source: string, id: string): string {
  return `${source}${source && "\n"}await course.predict(${JSON.stringify(id)}, "");`;
}

/** The question without the call, and without the learner's guess. */
export function withoutGuessCall(source: string): string {
  return source.replace(CALL, "");
}
