/** JSON by hand: JSON.stringify() refuses bigints, and a number of 64 bits must come out exactly. */
import type { FieldValue, Scalar } from "../fields/source.ts";

export function jsonValue(value: FieldValue): string {
  if (value === null) return "null";
  // The existing library's list of nothing is null in JSON, and "()" in text.
  if (Array.isArray(value))
    return value.length === 0 ? "null" : `[${(value as readonly Scalar[]).map(jsonValue).join(",")}]`;
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

/** What JSON allows in a string and others stumble over. */
const unsafe = /[\x7f-\x9f\u2028\u2029]|<\//;

/**
 * A string that is harmless wherever it ends up: no control character goes to a terminal, and `</script>` ends no script.
 */
export function jsonString(text: string): string {
  const json = JSON.stringify(text); // escapes C0 and lone surrogates
  if (!unsafe.test(json)) return json;
  return json
    .replace(/[\x7f-\x9f\u2028\u2029]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .replaceAll("</", "<\\/");
}
