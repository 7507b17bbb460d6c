/**
 * Every field there is: the facts of `catalogue/*.yaml`, indexed. What reads a field from an event is elsewhere
 * (`source.ts`); filters, formatters and the reference page need to know only what stands here.
 */
import type { ParamType } from "#schema/types";
import event from "./catalogue/event.yaml";
import fd from "./catalogue/fd.yaml";
import fdlist from "./catalogue/fdlist.yaml";
import fspath from "./catalogue/fspath.yaml";
import generic from "./catalogue/generic.yaml";
import group from "./catalogue/group.yaml";
import process from "./catalogue/process.yaml";
import user from "./catalogue/user.yaml";
import util from "./catalogue/util.yaml";

/**
 * What may stand in `field[…]` or behind `field.`:
 * - index: a number in brackets; name: a name or a number in brackets;
 * - param: a number in brackets or a parameter's name after a dot; param-name: only the latter;
 * - time: a time in ns in brackets; event, cgroup: a name after a dot; path-side: `.src` or `.dst`, or nothing;
 * - key: any text in brackets (fields of plugins).
 */
export type ArgumentKind =
  | "index"
  | "name"
  | "param"
  | "param-name"
  | "time"
  | "event"
  | "cgroup"
  | "path-side"
  | "key";

export type FieldFlag =
  /** Not in listings. */
  | "hidden"
  | "deprecated"
  /** Cannot be printed. */
  | "filter-only"
  /** Cannot be compared. */
  | "print-only"
  /** No side of a comparison of two fields. */
  | "no-rhs"
  | "no-transformer"
  /** Has many values at once. */
  | "list"
  /** Literals it is compared with must name an event. */
  | "event-name"
  /** Each evaluation changes the next one's value: never reordered, shared or skipped. */
  | "stateful";

export interface Field {
  readonly name: string;
  /** DYN: the type of the parameter that the argument names. */
  readonly type: ParamType;
  readonly argument?: { readonly kind: ArgumentKind; readonly need: "required" | "optional" };
  /** How numbers are printed, if not in decimal. */
  readonly format?: "hex" | "octal" | "padded";
  readonly flags: ReadonlySet<FieldFlag>;
  /**
   * A filter sees many values of one event where output shows one.
   * any: a comparison holds if it holds for one of them. either: likewise, but != must hold for all.
   */
  readonly match?: "any" | "either";
  /** In JSON this field's value is the one of another field. */
  readonly json?: string;
  /** When it has which value. */
  readonly desc: string;
}

export interface FieldClass {
  readonly name: string;
  readonly fields: readonly Field[];
}

type Row = Omit<Field, "flags"> & { flags?: FieldFlag[] };

function fieldClass(name: string, rows: unknown): FieldClass {
  return { name, fields: (rows as Row[]).map((row) => ({ ...row, flags: new Set(row.flags) })) };
}

/** In the order in which names are looked up. */
export const classes: readonly FieldClass[] = [
  fieldClass("evt", [...(generic as Row[]), ...(event as Row[])]),
  fieldClass("process", process),
  fieldClass("user", user),
  fieldClass("group", group),
  fieldClass("fd", fd),
  fieldClass("fs.path", fspath),
  fieldClass("util", util),
  fieldClass("fdlist", fdlist),
];

/** A set of fields to look names up in: the built-in ones, or those and more. */
export class Catalogue {
  readonly #byName = new Map<string, Field>();
  readonly #longest: number;

  constructor(fields: Iterable<Field>) {
    // The first one wins: nobody can replace a built-in field.
    for (const field of fields) if (!this.#byName.has(field.name)) this.#byName.set(field.name, field);
    this.#longest = Math.max(0, ...[...this.#byName.keys()].map((name) => name.length));
  }

  get(name: string): Field | undefined {
    return this.#byName.get(name);
  }

  /** The field whose name is the longest beginning of `text` from `at` on. */
  longestPrefix(text: string, at = 0): Field | undefined {
    for (let length = Math.min(this.#longest, text.length - at); length > 0; length--) {
      const field = this.#byName.get(text.slice(at, at + length));
      if (field) return field;
    }
    return undefined;
  }

  fields(): IterableIterator<Field> {
    return this.#byName.values();
  }
}

export const builtinFields = new Catalogue(classes.flatMap(({ fields }) => fields));
