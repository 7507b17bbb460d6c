/** The printed form of a field's value. */
import { dottedText } from "../print/bytes.ts";
import type { Field } from "./catalogue.ts";
import type { FieldValue, Scalar } from "./source.ts";

/** null: there is no value. */
export function fieldText(field: Field, value: FieldValue): string | null {
  if (value === null) return null;
  if (isMany(value)) return `(${value.map((each) => scalarText(field, each)).join(",")})`;
  return scalarText(field, value);
}

const isMany = (value: Scalar | readonly Scalar[]): value is readonly Scalar[] => Array.isArray(value);

function scalarText({ format, type }: Field, value: Scalar): string {
  if (typeof value === "string") return value;
  if (value instanceof Uint8Array) return dottedText(value);
  if (typeof value === "boolean") return String(value);
  if (type === "DOUBLE") return Number(value).toFixed(1);
  if (format === "hex") return value.toString(16).toUpperCase();
  if (format === "octal") return value.toString(8);
  return format === "padded" ? String(value).padStart(9, "0") : String(value);
}
