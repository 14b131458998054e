/** The form of a table of wrong answers: what was done wrong, and the answer that does it. */

/** Wrong answers to one exercise. None of them is among the mistakes that the exercise itself lists, as far as its author knew. */
export type WrongAnswers<Answer extends (...inputs: never[]) => unknown> = Record<
  string,
  (...inputs: Parameters<Answer>) => unknown
>;
