/** Events for tests: a code and the values of fields, by the fields' texts. */
import { valueByCode } from "../../fields/by-code.ts";
import type { FieldSource, FieldValue } from "../../fields/source.ts";

export interface ModelEvent {
  readonly code: number;
  readonly values: Readonly<Record<string, FieldValue>>;
}

/** Every reading of a field, in order. */
export const readings: string[] = [];

export const model: FieldSource<ModelEvent> = {
  code: ({ code }) => code,
  reader:
    (ref) =>
    ({ code, values }) => {
      readings.push(ref.text);
      const fixed = valueByCode(ref, code);
      return fixed === undefined ? (values[ref.text] ?? null) : fixed;
    },
};
