/** How fields are read: each class of fields has a table of these. */
import type { SinspEvent } from "../event.ts";
import type { FieldValue, Reader } from "./source.ts";

export type Getter = Reader<SinspEvent>;

/** Makes the getter of one occurrence of a field; what it remembers is that occurrence's own. */
export type GetterMaker = (argument: string | number | null) => Getter;

export type Getters = Readonly<Record<string, GetterMaker>>;

/** A field without an argument. */
export const of =
  (get: Getter): GetterMaker =>
  () =>
    get;

export type { FieldValue, SinspEvent };
