/** Checks what comes out of a realm: cells may have a hand in it, so its form and size are not taken on trust. */

import type { CellError, Output, Reply, SourceLocation, Variable } from "./protocol.ts";

/** More characters of one text are cut off. */
const MAX_TEXT = 2_000_000;
const MAX_FRAMES = 100;
const MAX_VARIABLES = 5_000;

type Fields = Record<string, unknown>;

/** The reply, in its right form; undefined for what is not one. */
export function checkedReply(message: unknown): Reply | undefined {
  if (!isFields(message)) return undefined;
  const { type, id } = message;
  if (type === "ready") return message.problem === undefined ? { type } : { type, problem: errorOf(message.problem) };
  if (type === "tell") return { type, name: textOf(message.name), data: message.data };
  if (typeof id !== "number" || !Number.isSafeInteger(id)) return undefined;
  switch (type) {
    case "output": {
      const output = outputOf(message.output);
      return output && { type, id, output };
    }
    case "evaluated": {
      const { milliseconds, pollCount, interrupted } = message;
      const error = message.error === undefined ? undefined : errorOf(message.error);
      return {
        ...{ type, id, milliseconds: numberOf(milliseconds), error },
        ...{ interrupted: interrupted === true, pollCount: numberOf(pollCount), damaged: message.damaged === true },
      };
    }
    case "checked":
      return { type, id, error: message.error === undefined ? undefined : errorOf(message.error) };
    case "variables":
      return { type, id, variables: listOf(message.variables, MAX_VARIABLES).flatMap(variableOf) };
    case "picture":
      return { type, id, bundle: bundleOf(message.bundle) };
    case "asked":
      return { type, id, polling: message.polling === true };
    case "ask":
      return { type, id, name: textOf(message.name), data: message.data };
    default:
      return undefined;
  }
}

/** What a cell puts out; undefined for what has no form that could be shown. */
function outputOf(value: unknown): Output | undefined {
  if (!isFields(value)) return undefined;
  if (value.type === "text") {
    return { type: "text", stream: value.stream === "stderr" ? "stderr" : "stdout", text: textOf(value.text) };
  }
  if (value.type === "custom") return { type: "custom", name: textOf(value.name), data: value.data };
  const bundle = value.type === "display" ? bundleOf(value.bundle) : undefined;
  if (!bundle) return undefined;
  const output: Output = { type: "display", bundle };
  if (value.displayId !== undefined) output.displayId = textOf(value.displayId);
  if (value.update === true) output.update = true;
  if (isFields(value.frames)) {
    const { id, count } = value.frames;
    if (Number.isSafeInteger(id) && Number.isSafeInteger(count)) {
      output.frames = { id: id as number, count: count as number };
    }
  }
  return output;
}

/** Forms by MIME type; one without text says so, for every front end can show text. */
function bundleOf(value: unknown): Record<string, string> | undefined {
  if (!isFields(value)) return undefined;
  const forms = Object.entries(value).flatMap(([type, form]) => typeof form === "string" ? [[type, textOf(form)]] : []);
  const bundle: Record<string, string> = Object.fromEntries(forms);
  bundle["text/plain"] ??= `(${Object.keys(bundle).join(", ") || "nothing"}: it has no text form)`;
  return bundle;
}

/** An error in its right form, whatever it is. */
export function errorOf(value: unknown): CellError {
  const fields = isFields(value) ? value : {};
  const frames = listOf(fields.frames, MAX_FRAMES).flatMap((frame) => {
    const place = locationOf(frame);
    return place ? [{ ...place, name: textOf((frame as Fields).name) }] : [];
  });
  const place = locationOf(fields.place);
  return { name: textOf(fields.name), message: textOf(fields.message), frames, ...(place ? { place } : {}) };
}

function locationOf(value: unknown): SourceLocation | undefined {
  if (!isFields(value) || typeof value.file !== "string") return undefined;
  const { file, line, column } = value;
  return Number.isSafeInteger(line) && Number.isSafeInteger(column)
    ? { file, line: line as number, column: column as number }
    : undefined;
}

function variableOf(value: unknown): Variable[] {
  if (!isFields(value)) return [];
  const { shape, numbers } = value;
  const variable: Variable = { name: textOf(value.name), type: textOf(value.type), preview: textOf(value.preview) };
  if (Array.isArray(shape)) variable.shape = shape.map(numberOf);
  if (isFields(numbers)) {
    const { min, mean, max, nan } = numbers;
    variable.numbers = { min: numberOf(min), mean: numberOf(mean), max: numberOf(max), nan: numberOf(nan) };
  }
  return [variable];
}

function listOf(value: unknown, most: number): unknown[] {
  return Array.isArray(value) ? value.slice(0, most) : [];
}

function numberOf(value: unknown): number {
  return typeof value === "number" ? value : NaN;
}

function textOf(value: unknown): string {
  const text = typeof value === "string" ? value : value === undefined ? "" : `(not a text: ${typeof value})`;
  return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}… (${text.length - MAX_TEXT} more characters)` : text;
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
