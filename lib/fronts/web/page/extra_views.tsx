/** The views beside the lessons: the drawing pad and the inside of a network. They alone in the page know networks. */

/// <reference lib="dom" />
import type { VNode } from "preact";
import type { Cell } from "../../../cells/document/document.ts";
import { LazyView } from "./lazy_view.tsx";

/** What the views need of the page. */
interface ExtraProps {
  /** The address of the site's folder. */
  site: URL;
  /** The learner's folder. */
  folder: string;
}

/** The view at an address; undefined for that of a lesson. */
export function viewAt(name: string, props: ExtraProps): VNode | undefined {
  if (name === "draw") return <LazyView key="draw" load={drawPage} props={props} />;
  if (name === "inside") return <LazyView key="inside" load={insidePage} props={props} />;
  return undefined;
}

/** What stands below the cells of a step besides: the pad, where lesson 18 has the learner draw. */
export function extraOf(
  lesson: string,
  cells: readonly Cell[],
  props: ExtraProps & { since: number },
): VNode | undefined {
  const asksToDraw = lesson === "18_inside_the_network" && cells.some(({ source }) => /^## Draw it$/m.test(source));
  return asksToDraw ? <LazyView load={drawPanel} props={props} /> : undefined;
}

const drawPage = () => import("../draw/draw_page.tsx").then(({ DrawPage }) => DrawPage);
const drawPanel = () => import("../draw/draw_page.tsx").then(({ DrawPanel }) => DrawPanel);
const insidePage = () => import("../inside/inside_page.tsx").then(({ InsidePage }) => InsidePage);
