/** What the lessons of this course may do: read the project; with `permissions: [mnist]` in their header, the data too. */
import { MNIST_MIRRORS } from "../data/mnist_mirrors.ts";
import type { LessonGrants } from "../lib/course/permissions.ts";

const PROJECT = new URL("../", import.meta.url);

/**
 * Every lesson reads the project and its own folder, and may ask whether colors are wanted. `mnist` adds the data wherever it may lie, the
 * cache, and the mirrors.
 *
 * @param lesson The URL of the lesson file.
 * @param dataFolders Where the data may lie, absolute: what `--data` and MNIST_DIR say.
 */
export function courseGrants(lesson: string, dataFolders: readonly string[]): LessonGrants {
  return {
    always: { read: [PROJECT, new URL("./", lesson)], env: ["NO_COLOR", "COLORTERM"] },
    named: {
      mnist: {
        env: ["MNIST_DIR"],
        read: dataFolders,
        write: [new URL("data/cache", PROJECT)],
        net: MNIST_MIRRORS.map((url) => new URL(url).host),
      },
    },
  };
}
