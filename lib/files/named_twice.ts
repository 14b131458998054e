/** namedTwice: finds a name that an object of a JSON text has twice, which JSON.parse does not tell. */

/** A text, or a sign that opens or ends an object or a list. */
const TOKEN = /"(?:[^"\\]|\\.)*"(\s*:)?|[{}[\]]/g;

/**
 * The first name that one object has twice; undefined if there is none.
 *
 * @param json JSON that parses.
 */
export function namedTwice(json: string): string | undefined {
  const open: (Set<string> | undefined)[] = []; // the names of each object around; undefined for a list
  for (const [token, colon] of json.matchAll(TOKEN)) {
    if (token === "{") open.push(new Set());
    else if (token === "[") open.push(undefined);
    else if (token === "}" || token === "]") open.pop();
    else if (colon) {
      const name: string = JSON.parse(token.slice(0, -colon.length)); // "\u0061" is "a"
      const names = open.at(-1)!;
      if (names.has(name)) return name;
      names.add(name);
    }
  }
  return undefined;
}
