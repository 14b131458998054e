/** The changes of a number everywhere in a piece of code: somebody who takes one number for another does it more than once. */
import { type Here, longest, quote, startOf } from "./change.ts";
import { type Node, walk } from "./node.ts";
import { isRead } from "./reads.ts";

/** What a number may have been taken for. */
const instead: readonly ((name: string) => string)[] = [
  (name) => `(1 - ${name})`,
  (name) => `(${name} / 2)`,
  (name) => `(${name} + 1)`,
  (name) => `(${name} - 1)`,
  () => "1",
  () => "0.9",
];

/** What it may have been taken for in a loop: there are many of them, one in another. */
const oneOff: typeof instead = [(name) => `(${name} - 1)`, (name) => `(${name} + 1)`, () => "1"];

/** The kinds of changes. */
export const repeatedChanges: readonly ((here: Here) => void)[] = [
  /** A number for another wherever it is read in an expression, a statement or the whole function; and two exchanged. */
  ({ node, above, code, names, add }) => {
    if (!/^(Binary\w+|\w+Statement|VariableDeclaration|FunctionDeclaration)$/.test(node.type)) return;
    const reads = numbersRead(node, above, names);
    const where = placeOf(node, code), loop = /^(For|While|DoWhile|Block)/.test(node.type);
    for (const [name, places] of reads) {
      if (places.length < 2) continue;
      const changed = (loop ? oneOff : instead).map((of) => of(name));
      const others = loop ? [] : names.numbersNear(places[0]).filter((other) => other !== name);
      for (const text of [...others, ...changed]) {
        add(
          places.map(({ start, end }) => ({ start, end, text })),
          `${quote(name)} were ${quote(text)}${where}`,
          node.start,
        );
      }
    }
    const all = loop ? [] : [...reads]; // in loops there would be hundreds
    for (const [i, [a, placesOfA]] of all.entries()) {
      for (const [b, placesOfB] of all.slice(i + 1)) {
        const to = (text: string) => ({ start, end }: Node) => ({ start, end, text });
        const splices = [...placesOfA.map(to(b)), ...placesOfB.map(to(a))];
        add(splices, `${quote(a)} and ${quote(b)} were exchanged${where}`, node.start);
      }
    }
  },
];

/** Where each number is read below a node, by its name. */
function numbersRead(root: Node, above: readonly Node[], names: Here["names"]): Map<string, Node[]> {
  const found = new Map<string, Node[]>();
  walk(root, (node, over) => {
    const parent = over.at(-1);
    if (node.type !== "Identifier" || !parent || !isRead(node, parent, over) || !names.isNumber(node)) return;
    found.set(node.name as string, [...found.get(node.name as string) ?? [], node]);
  }, [...above]);
  return found;
}

/** Where a change is, after what it changes. */
function placeOf({ type, start, end }: Node, code: string): string {
  const text = code.slice(start, end);
  if (type === "FunctionDeclaration") return "";
  if (text.length <= longest) return ` in ${quote(text)}`;
  const loop = /^for \((?:let|const) (\w+)/.exec(text);
  return loop
    ? ` in the loop over ${quote(loop[1])}`
    : ` in the part that begins with ${startOf(text.replace(/^(const|let|return) /, ""))}`;
}
