// Paths of the project.
import { fileURLToPath } from "node:url";

/** The path of a file, by its path from the root of the project. */
export function fromRoot(path: string): string {
  return fileURLToPath(new URL(`../../${path}`, import.meta.url));
}
