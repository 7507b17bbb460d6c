/** The border between what reads events (state, parsers, fields) and what asks for fields (filters, formatters). */
import type { AsciiWriter } from "../print/ascii.ts";
import type { FieldRef } from "./reference.ts";

/** An integer is a number where that is exact, else a bigint. An address is its text, a buffer its bytes. */
export type Scalar = number | bigint | string | boolean | Uint8Array;

/** null: the event has no such value. An array: a field of many values, or one that is matched against many. */
export type FieldValue = Scalar | readonly Scalar[] | null;

/**
 * value: for programs: numbers, texts, bytes, arrays. A `match` field without an argument gives all that it is matched against.
 * filter: values to compare. A `match` field gives the array of all values that it is matched against (for "any": absent if
 *   that is empty; for "either": it may be empty), a network field the addresses as text.
 * output: what text shows: a buffer and a raw argument come as their rendered text.
 * json: likewise, for JSON.
 */
export type Purpose = "value" | "filter" | "output" | "json";

export type Reader<E> = (event: E) => FieldValue;

/** Writes what `read` and `render` would give. @returns false if it cannot: what it has written is void then */
export interface DirectWriter<E> {
  readonly write: (event: E, out: AsciiWriter) => boolean;
  /** Whether `read` would give null; without it, that never happens to what can be written. */
  readonly isMissing?: (event: E) => boolean;
  /** Whether it is a string in JSON. */
  readonly quoted: boolean;
}

export interface FieldSource<E> {
  /** The event code, PPME. */
  code(event: E): number;
  /**
   * How to read one occurrence of a field. Called when a filter or a format is compiled, never per event.
   * A reader of a number, an address, a text and so on always answers with that type's kind of value, or null.
   * @throws if this source cannot read that field at all.
   */
  reader(field: FieldRef, purpose: Purpose): Reader<E>;
  /** A faster way to the text of a common field; it says the same. */
  writer?(field: FieldRef): DirectWriter<E> | undefined;
}
