/** Values as text. */
import type { ParamType } from "#schema/types";
import type { Field } from "../fields/catalogue.ts";
import type { FieldValue, Scalar } from "../fields/source.ts";
import { integerBits, kindOfType } from "../filter/kinds.ts";

/** Of a list no more than this is shown, in bytes. */
const maxListBytes = 1023;

export type Renderer = (value: NonNullable<FieldValue>) => string;

/** How values of that type are printed; `format` is the field's. */
export function rendererOf(type: ParamType, format?: Field["format"]): Renderer {
  const scalar = scalarRenderer(type, format);
  return (value) => (Array.isArray(value) ? listText(value, scalar) : scalar(value as Scalar));
}

function listText(values: readonly Scalar[], scalar: (value: Scalar) => string): string {
  const text = `(${values.map(scalar).join(",")})`;
  const bytes = Buffer.from(text, "utf8");
  return bytes.length <= maxListBytes ? text : wholeCharacters(bytes, maxListBytes);
}

/** Cut where a character ends. */
function wholeCharacters(bytes: Buffer, limit: number): string {
  let end = limit;
  while (end > 0 && (bytes[end]! & 0xc0) === 0x80) end--;
  return bytes.toString("utf8", 0, end);
}

function scalarRenderer(type: ParamType, format: Field["format"]): (value: Scalar) => string {
  if (format === "padded") return (value) => `${value}`.padStart(9, "0");
  if (format === "hex") return (value) => unsigned(value, type).toString(16).toUpperCase();
  if (format === "octal") return (value) => unsigned(value, type).toString(8);
  if (kindOfType(type) === "double") return (value) => (value as number).toFixed(1);
  return plain;
}

const unsigned = (value: Scalar, type: ParamType) =>
  BigInt.asUintN(integerBits(type).bits, BigInt(value as number | bigint));

function plain(value: Scalar): string {
  if (typeof value === "string") return harmless(value);
  if (value instanceof Uint8Array) return dotted(value);
  return `${value}`;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const control = /[\x00-\x1f\x7f-\x9f]/;
const controls = new RegExp(control, "g");
const named: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** Control characters as escapes: a file name must not move the reader's cursor, or make a second line. */
export function harmless(text: string): string {
  if (!control.test(text)) return text;
  return text.replace(
    controls,
    (one) => named[one] ?? `\\x${one.charCodeAt(0).toString(16).padStart(2, "0")}`,
  );
}

/** Bytes that print, and a dot for each other one. */
const dotted = (bytes: Uint8Array) =>
  Buffer.from(bytes)
    .toString("latin1")
    .replace(/[^\x20-\x7e]/g, ".");

/** Padded by blanks, or cut, to so many characters. */
export function toWidth(text: string, width: number): string {
  // Of text without surrogates, units are characters.
  if (text.length < width && !/[\ud800-\udfff]/.test(text)) return text.padEnd(width);
  const characters = Array.from(text);
  return characters.length < width
    ? text + " ".repeat(width - characters.length)
    : characters.slice(0, width).join("");
}
