/** Writes elements as HTML, for pages that can be read without JavaScript. */

import { type ComponentChildren, Fragment, type VNode } from "preact";

const VOID = new Set(["br", "hr", "img", "input", "link", "meta"]);

/** The HTML of an element. Its components are called as they are: they may not keep a state. */
export function toHtml(node: ComponentChildren): string {
  if (node === null || node === undefined || typeof node === "boolean") return "";
  if (Array.isArray(node)) return node.map(toHtml).join("");
  if (typeof node !== "object") return escape(String(node));
  const { type, props } = node as VNode<Record<string, unknown>>;
  const children = props.children as ComponentChildren;
  if (type === Fragment) return toHtml(children);
  if (typeof type === "function") return toHtml((type as (props: unknown) => ComponentChildren)(props));
  const attributes = Object.entries(props).map(([name, value]) => attribute(name, value)).join("");
  const inner = (props.dangerouslySetInnerHTML as { __html: string } | undefined)?.__html ?? toHtml(children);
  return VOID.has(type) ? `<${type}${attributes}>` : `<${type}${attributes}>${inner}</${type}>`;
}

function attribute(name: string, value: unknown): string {
  if (name === "children" || name === "dangerouslySetInnerHTML" || name === "key") return "";
  if (value === undefined || value === null || value === false || typeof value === "function") return "";
  const written = name === "tabIndex" ? "tabindex" : name;
  return value === true ? ` ${written}` : ` ${written}="${escape(String(value))}"`;
}

/** Text that cannot be taken for a tag. */
export function escape(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[sign]!);
}
