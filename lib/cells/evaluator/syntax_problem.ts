/** Says what is wrong with the text of a cell, and where. */

/** A cell that does not parse, or that has something in it which cells cannot have. */
export class SyntaxProblem extends SyntaxError {
  override readonly name = "SyntaxError";
  /** Where in the cell's source, counted in UTF-16 units from 0. */
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}
