/** From a field's name to what reads it; worked out once for each way of writing it. */
import type { SinspEvent } from "../event.ts";
import { builtinFields, type Field } from "./catalogue.ts";
import { event, generic } from "./evt.ts";
import { args } from "./evt-args.ts";
import { fds } from "./fd.ts";
import type { Getter, Getters } from "./getter.ts";
import { paths } from "./path.ts";
import { proc } from "./proc.ts";
import { procFacts } from "./proc-facts.ts";
import { type FieldRef, isProblem, resolveField } from "./reference.ts";
import type { FieldSource } from "./source.ts";
import { fieldText } from "./text.ts";
import { user } from "./user.ts";

const getters: Getters = { ...generic, ...event, ...args, ...proc, ...procFacts, ...user, ...fds, ...paths };

/** Fields that can be read; the others of the catalogue are refused when they are asked for. */
export const readableFields = (): Field[] =>
  [...builtinFields.fields()].filter(({ name }) => name in getters);

/** @throws {RangeError} if there is no such field, its argument is wrong, or nothing reads it yet. */
function getterOf({ field, argument }: FieldRef): Getter {
  const make = Object.hasOwn(getters, field.name) ? getters[field.name] : undefined;
  if (!make) throw new RangeError(`the field ${field.name} cannot be read in this version`);
  return make(argument);
}

function resolve(written: string): FieldRef {
  const [, name = written, bracket] = /^([^[]*)\[(.*)\]$/s.exec(written) ?? [];
  const found = resolveField(builtinFields, name, bracket);
  if (isProblem(found)) throw new RangeError(found.hint ? `${found.message}; ${found.hint}` : found.message);
  return found;
}

export class FieldReaders {
  readonly #values = new Map<string, Getter>();
  readonly #texts = new Map<string, (event: SinspEvent) => string | null>();

  value(written: string): Getter {
    let getter = this.#values.get(written);
    if (!getter) {
      getter = getterOf(resolve(written));
      this.#values.set(written, getter);
    }
    return getter;
  }

  text(written: string): (event: SinspEvent) => string | null {
    let reader = this.#texts.get(written);
    if (!reader) {
      const ref = resolve(written);
      const getter = getterOf(ref);
      reader = (event) => fieldText(ref.field, getter(event));
      this.#texts.set(written, reader);
    }
    return reader;
  }
}

/** For filters and formatters. Getters give the same for all purposes, so what differs by purpose is refused. */
export const fieldSource: FieldSource<SinspEvent> = {
  code: (event) => event.code,
  reader(ref, purpose) {
    if (ref.field.match && purpose === "filter" && ref.argument === null)
      throw new RangeError(`the field ${ref.text} cannot be matched against many values in this version`);
    return getterOf(ref);
  },
};
