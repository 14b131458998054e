/** The number of a lesson as learners say it: "4" for "04". */

/** Without zeros at its beginning. */
export function shownNumber(number: string): string {
  return number.replace(/^0+(?=\d)/, "");
}
