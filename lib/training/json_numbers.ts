/** keepNumbers and reviveNumbers: JSON has no NaN and no infinity, and a loss may be either. */

/** The replacer of JSON.stringify. */
export function keepNumbers(_key: string, value: unknown): unknown {
  return typeof value === "number" && !Number.isFinite(value) ? { "$number": String(value) } : value;
}

/** The reviver of JSON.parse. */
export function reviveNumbers(_key: string, value: unknown): unknown {
  const text = (value as { $number?: unknown } | null)?.$number;
  return typeof text === "string" ? Number(text) : value;
}
