/** Writes the entry of the service worker, with the list of all files that it keeps. */

import { checksum } from "../../../cells/document/checksum.ts";

const PROJECT = new URL("../../../../", import.meta.url).href;
/** What is large, or only for readers without JavaScript. */
const LEFT_OUT = /^(data\/(?!names\.json)|lessons\/.*\.html$|\.build\/|offline\.js$)/;

/** The code of the entry, for the folder of a site that is complete but for it. */
export function offlineCode(site: string): string {
  const files = [...filesIn(site)].filter((file) => !LEFT_OUT.test(file)).sort();
  const version = checksum(
    files.map((file) => `${file} ${checksum(Deno.readFileSync(`${site}/${file}`), 16)}`).join("\n"),
    16,
  );
  return [
    `import { serveOffline } from "${PROJECT}lib/fronts/web/offline/serve_offline.ts";`,
    `serveOffline(${JSON.stringify(version)}, ${JSON.stringify(["./", ...files])});`,
    "",
  ].join("\n");
}

function* filesIn(folder: string, under = ""): Generator<string> {
  for (const { name, isDirectory } of Deno.readDirSync(`${folder}/${under}`)) {
    if (isDirectory) yield* filesIn(folder, `${under}${name}/`);
    else yield under + name;
  }
}
