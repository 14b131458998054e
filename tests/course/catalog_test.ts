// Finding the lesson that a learner means.
import { assertEquals } from "@std/assert";
import { findLesson, lessonsLike, listLessons } from "../../lib/course/catalog.ts";
import { testWith } from "../support.ts";

const LESSONS = decodeURIComponent(new URL("../../lessons", import.meta.url).pathname);

testWith(
  { read: true },
  "a lesson is found by number, name, file, the beginning or a part of its name, or a part of its title",
  () => {
    const course = listLessons(LESSONS);
    const meant = (asked: string): string | undefined => findLesson(course, asked)?.name;
    const cases: [string, string][] = [
      ["4", "04_linear_regression"],
      ["lessons/04_linear_regression.ts", "04_linear_regression"],
      ["FC", "05_fc"],
      ["mnist", "10_mnist"],
      ["conv", "13_convolution"],
      ["linear", "04_linear_regression"],
      ["pool", "15_pooling"],
      ["fc_", "11_fc_on_mnist"],
      ["13_c", "13_convolution"],
      ["regression", "04_linear_regression"],
      ["matrix", "14_im2col"],
      ["Reads Digits", "11_fc_on_mnist"],
    ];
    for (const [asked, name] of cases) assertEquals([asked, meant(asked)], [asked, name]);
    for (const asked of ["c", "convoluton", "zzz", "o", "", "99"]) {
      assertEquals([asked, meant(asked)], [
        asked,
        undefined,
      ]);
    }
    assertEquals(lessonsLike(course, "c").map(({ name }) => name), ["13_convolution", "16_cnn"]);
  },
);
