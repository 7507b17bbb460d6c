/** How fields are read: each class of fields has a table of these. */
import type { SinspEvent } from "../event.ts";
import type { FieldValue, Purpose, Reader } from "./source.ts";

export type Getter = Reader<SinspEvent>;

/** Makes the getter of one occurrence of a field; what it remembers is that occurrence's own. */
export type GetterMaker = (argument: string | number | null, purpose: Purpose) => Getter;

export type Getters = Readonly<Record<string, GetterMaker>>;

/** A field without an argument. */
export const of =
  (get: Getter): GetterMaker =>
  () =>
    get;

/** A number where that is exact, as all integers are given. */
export const exact = (value: bigint): number | bigint =>
  value <= Number.MAX_SAFE_INTEGER && value >= Number.MIN_SAFE_INTEGER ? Number(value) : value;

/** Whether all values are asked for, of a field that is shown as one text. */
export const wantsAll = (purpose: Purpose) => purpose === "filter" || purpose === "value";

export type { FieldValue, Purpose, SinspEvent };
