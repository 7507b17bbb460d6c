/** From a field's name to what reads it; worked out once for each way of writing it. */
import type { SinspEvent } from "../event.ts";
import { rendererOf } from "../format/text.ts";
import { builtinFields, type Field } from "./catalogue.ts";
import { counting } from "./counting.ts";
import { directWriters } from "./direct.ts";
import { bothEnds } from "./either.ts";
import { environments } from "./env.ts";
import { event, generic } from "./evt.ts";
import { args } from "./evt-args.ts";
import { rawParams } from "./evt-raw.ts";
import { fds } from "./fd.ts";
import { fdLists } from "./fdlist.ts";
import type { Getter, Getters, Purpose } from "./getter.ts";
import { paths } from "./path.ts";
import { pathsAt } from "./paths-at.ts";
import { proc } from "./proc.ts";
import { procFacts } from "./proc-facts.ts";
import { rare } from "./rare.ts";
import { type FieldRef, isProblem, resolveField } from "./reference.ts";
import type { FieldSource } from "./source.ts";
import { user } from "./user.ts";

const getters: Getters = {
  ...generic,
  ...event,
  ...args,
  ...rawParams,
  ...counting,
  ...rare,
  ...proc,
  ...procFacts,
  ...environments,
  ...user,
  ...fds,
  ...bothEnds,
  ...fdLists,
  ...paths,
  ...pathsAt,
};

/** evt.around is a question, not a value: filters answer it from the time of the event. */
const withoutValue = new Set(["evt.around"]);

/** Fields that have values. */
export const readableFields = (): Field[] =>
  [...builtinFields.fields()].filter(({ name }) => !withoutValue.has(name));

/** @throws {RangeError} if the field has no value. */
function getterOf({ field, argument }: FieldRef, purpose: Purpose): Getter {
  const make = Object.hasOwn(getters, field.name) ? getters[field.name] : undefined;
  if (make) return make(argument, purpose);
  if (withoutValue.has(field.name) && purpose === "filter") return () => null;
  throw new RangeError(`the field ${field.name} has no value; it can only be used in filters`);
}

function resolve(written: string): FieldRef {
  const [, name = written, bracket] = /^([^[]*)\[(.*)\]$/s.exec(written) ?? [];
  const found = resolveField(builtinFields, name, bracket);
  if (isProblem(found)) throw new RangeError(found.hint ? `${found.message}; ${found.hint}` : found.message);
  return found;
}

/** For `evt.get()` and `evt.getText()`. */
export class FieldReaders {
  readonly #values = new Map<string, Getter>();
  readonly #texts = new Map<string, (event: SinspEvent) => string | null>();

  value(written: string): Getter {
    let getter = this.#values.get(written);
    if (!getter) {
      getter = getterOf(resolve(written), "value");
      this.#values.set(written, getter);
    }
    return getter;
  }

  text(written: string): (event: SinspEvent) => string | null {
    let reader = this.#texts.get(written);
    if (!reader) {
      reader = textReader(resolve(written));
      this.#texts.set(written, reader);
    }
    return reader;
  }
}

function textReader(ref: FieldRef): (event: SinspEvent) => string | null {
  if (ref.field.flags.has("filter-only"))
    throw new RangeError(`the field ${ref.text} can only be used in filters`);
  const getter = getterOf(ref, "output");
  const render = rendererOf(ref.type, ref.field.format);
  return (event) => {
    const value = getter(event);
    return value === null ? null : render(value);
  };
}

/** For filters and formatters. */
export const fieldSource: FieldSource<SinspEvent> = {
  code: (event) => event.code,
  writer: ({ field }) => (Object.hasOwn(directWriters, field.name) ? directWriters[field.name] : undefined),
  reader(ref, purpose) {
    const getter = getterOf(ref, purpose);
    // The JSON of the existing library asks twice for each value.
    if (purpose !== "json" || !ref.field.flags.has("stateful")) return getter;
    return (event) => {
      getter(event);
      return getter(event);
    };
  },
};
