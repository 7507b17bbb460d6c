/** JSON by hand: JSON.stringify() refuses bigints, and a number of 64 bits must come out exactly. */
import type { FieldValue, Scalar } from "../fields/source.ts";

export function jsonValue(value: FieldValue): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return `[${(value as readonly Scalar[]).map(jsonValue).join(",")}]`;
  switch (typeof value) {
    case "string":
      return jsonString(value);
    case "number":
      return Number.isFinite(value) ? (Object.is(value, -0) ? "0" : `${value}`) : "null";
    case "bigint":
    case "boolean":
      return `${value}`;
    default:
      return jsonString(Buffer.from(value as Uint8Array).toString("latin1"));
  }
}

/**
 * A string that is harmless wherever it ends up: no control character goes to a terminal, and `</script>` ends no script.
 */
export function jsonString(text: string): string {
  const json = JSON.stringify(text); // escapes C0 and lone surrogates
  if (!/[\p{Cc}\u2028\u2029]|<\//u.test(json)) return json;
  return json
    .replace(/[\p{Cc}\u2028\u2029]/gu, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .replaceAll("</", "<\\/");
}

/** @param keys as JSON strings */
export function jsonObject(keys: readonly string[], values: readonly string[]): string {
  return `{${keys.map((key, index) => `${key}:${values[index]}`).join(",")}}`;
}
