// No command in the project asks for all permissions at once.

/** Every line of a text (deno.json, .ci/run, README.md) that gives a program all permissions. */
export function allowAll(path: string, text: string): string[] {
  return text.split("\n").flatMap((line, i) =>
    /(^|[\s"'`=])(-[a-z]*A[a-z]*|--allow-all)(?=$|[\s"'`,])/.test(line)
      ? [`${path}:${i + 1} gives all permissions: ${line.trim()}`]
      : []
  );
}
