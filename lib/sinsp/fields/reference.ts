/** One use of a field, `proc.aname[2]`: finding the field that a written name means, and checking its argument. */
import { events } from "#schema/events";
import type { ParamType } from "#schema/types";
import { didYouMean } from "../../../harness/yaml/nearest.ts";
import type { Catalogue, Field } from "./catalogue.ts";

export interface FieldRef {
  readonly field: Field;
  /** A number for an index. */
  readonly argument: string | number | null;
  /** The field's type; for `evt.rawarg.x` that of the first event parameter of that name. */
  readonly type: ParamType;
  /** As one writes it. */
  readonly text: string;
}

export type FieldProblemCode = "UNKNOWN_FIELD" | "ARGUMENT_REQUIRED" | "ARGUMENT_REFUSED" | "BAD_ARGUMENT";

export interface FieldProblem {
  readonly code: FieldProblemCode;
  readonly message: string;
  readonly hint?: string;
}

/** The type of each parameter name, by the first event that has it. */
const paramTypes = new Map<string, ParamType>();
for (const { params } of events)
  for (const { name, type } of params) if (!paramTypes.has(name)) paramTypes.set(name, type);
const eventNames = new Set(events.map(({ name }) => name));

/** @param bracket what stands in `[…]`, if there are brackets */
export function resolveField(catalogue: Catalogue, name: string, bracket?: string): FieldRef | FieldProblem {
  const field = catalogue.get(name);
  if (field) return withArgument(field, null, bracket);
  for (let dot = name.lastIndexOf("."); dot > 0; dot = name.lastIndexOf(".", dot - 1)) {
    const owner = catalogue.get(name.slice(0, dot));
    if (owner && takesDotted(owner)) return withArgument(owner, name.slice(dot + 1), bracket);
  }
  const hint = didYouMean(
    name,
    [...catalogue.fields()].map((known) => known.name),
  ).replace(/^; /, "");
  return {
    code: "UNKNOWN_FIELD",
    message: `there is no field ${name}`,
    ...(hint && { hint }),
  };
}

export const isProblem = (found: FieldRef | FieldProblem): found is FieldProblem => "code" in found;

const dottedKinds = new Set(["param", "param-name", "event", "cgroup", "path-side"]);
export const takesDotted = ({ argument }: Field) => argument !== undefined && dottedKinds.has(argument.kind);

function withArgument(field: Field, dotted: string | null, bracket?: string): FieldRef | FieldProblem {
  const { argument, name } = field;
  if (dotted !== null && bracket !== undefined)
    return {
      code: "ARGUMENT_REFUSED",
      message: `${name} takes one argument, not .${dotted} and [${bracket}]`,
    };
  if (!argument) {
    if (bracket !== undefined) return { code: "ARGUMENT_REFUSED", message: `${name} takes no argument` };
    return { field, argument: null, type: field.type, text: name };
  }
  if (dotted === null && bracket === undefined) {
    if (argument.need === "required" && argument.kind !== "path-side")
      return { code: "ARGUMENT_REQUIRED", message: `${name} needs an argument`, hint: usage(field) };
    return { field, argument: null, type: field.type, text: name };
  }
  return dotted !== null ? dottedArgument(field, dotted) : bracketArgument(field, bracket!);
}

const usages: Readonly<Record<string, string>> = {
  index: "[0]",
  name: "[NAME]",
  param: "[0] or .NAME, NAME being a parameter of an event",
  "param-name": ".NAME, NAME being a parameter of an event",
  time: "[NANOSECONDS]",
  event: ".NAME, NAME being an event",
  cgroup: ".SUBSYSTEM",
  "path-side": ".src or .dst",
  key: "[KEY]",
};
const usage = ({ name, argument }: Field) => `write ${name}${usages[argument!.kind]}`;

function dottedArgument(field: Field, dotted: string): FieldRef | FieldProblem {
  const { name, type } = field;
  const ref = { field, argument: dotted, type, text: `${name}.${dotted}` };
  const bad = (message: string, candidates: Iterable<string> = []): FieldProblem => {
    const hint = didYouMean(dotted, candidates).replace(/^; /, "") || usage(field);
    return { code: "BAD_ARGUMENT", message, hint };
  };
  switch (field.argument!.kind) {
    case "param":
    case "param-name": {
      const paramType = paramTypes.get(dotted);
      if (!paramType) return bad(`no event has a parameter ${dotted}`, paramTypes.keys());
      return type === "DYN" ? { ...ref, type: paramType } : ref;
    }
    case "event":
      return eventNames.has(dotted) ? ref : bad(`there is no event ${dotted}`, eventNames);
    case "path-side":
      return dotted === "src" || dotted === "dst" ? ref : bad(`${name} has no .${dotted}`);
    default:
      return /^[a-z_]+$/.test(dotted) ? ref : bad(`${dotted} is no name of a cgroup subsystem`);
  }
}

function bracketArgument(field: Field, text: string): FieldRef | FieldProblem {
  const { name, type, argument } = field;
  const ref = { field, type, text: `${name}[${text}]` };
  const bad = (message: string): FieldProblem => ({ code: "BAD_ARGUMENT", message, hint: usage(field) });
  const isNumber = /^[0-9]+$/.test(text);
  switch (argument!.kind) {
    case "index":
    case "param":
      if (!isNumber || Number(text) > 0x7fffffff)
        return bad(`the argument of ${name} is an index, not "${text}"`);
      return { ...ref, argument: Number(text) };
    case "name":
      return { ...ref, argument: isNumber && Number(text) <= 0x7fffffff ? Number(text) : text };
    case "time":
      if (!isNumber || text.length > 20) return bad(`the argument of ${name} is a time in ns, not "${text}"`);
      return { ...ref, argument: text };
    case "key":
      return { ...ref, argument: text };
    default:
      return {
        code: "ARGUMENT_REFUSED",
        message: `${name} takes no argument in brackets`,
        hint: usage(field),
      };
  }
}
