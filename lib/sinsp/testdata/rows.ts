/** Tests of fields as tables: what each one says of the last event of a story. */
import { expect, test } from "bun:test";
import type { FieldValue } from "../fields/source.ts";
import type { Story } from "./story.ts";

/** Field, native value; printed text and JSON, if they are not just that value. */
export type Row = readonly [field: string, value: FieldValue, text?: string | undefined, json?: string];

export function fieldsOf(what: string, story: () => Story, rows: readonly Row[]): void {
  for (const [field, value, text, json] of rows)
    test(`${what}: ${field}`, () => {
      const told = story();
      expect(told.get(field)).toEqual(value);
      expect(told.text(field)).toBe(text ?? (value === null ? null : String(value)));
      expect(told.json(field)).toBe(json ?? plainJson(value));
    });
}

const plainJson = (value: FieldValue) => (typeof value === "bigint" ? String(value) : JSON.stringify(value));
