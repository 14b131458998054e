// Which public functions and classes lack an example that asserts, by the output of `deno doc --json`.

/** The part of `deno doc --json` that is read here. */
export interface Documentation {
  nodes: Record<string, { symbols: { name: string; declarations: Declaration[] }[] }>;
}

interface Declaration {
  kind: string; // function, class, variable, interface, typeAlias, or reference: declared in another entry point
  location: { filename: string; line: number };
  jsDoc?: { tags?: { kind: string; doc?: string }[] };
}

/**
 * Every function and class without an example that asserts, as a sentence. Constants, interfaces and types need none:
 * the examples of functions show them.
 */
export function lackingExamples({ nodes }: Documentation): string[] {
  return Object.values(nodes).flatMap(({ symbols }) =>
    symbols.flatMap(({ name, declarations }) => {
      const [first] = declarations.filter(({ kind }) => kind === "function" || kind === "class");
      const tags = declarations.flatMap(({ jsDoc }) => jsDoc?.tags ?? []);
      const asserts = tags.some(({ kind, doc }) => kind === "example" && /\bassert\w*\(/.test(doc ?? ""));
      return first && !asserts
        ? [`${first.location.filename}:${first.location.line}: ${name} has no @example that asserts`]
        : [];
    })
  );
}
