/** What the YAML files may contain, file by file. Whether names lead anywhere is checked in resolve-*.ts. */
import * as v from "valibot";
import { archs } from "./archs.ts";

const matching = (pattern: RegExp, what: string) => v.pipe(v.string(), v.regex(pattern, `not ${what}`));
const symbol = matching(/^[A-Za-z_][A-Za-z0-9_]*$/, "a C name");
const upperSymbol = matching(/^[A-Z][A-Z0-9_]*$/, "an upper-case C name");
const lowerSymbol = matching(/^[a-z_][a-z0-9_]*$/, "a lower-case C name");
const integer = v.pipe(v.number(), v.integer("not an integer"));
const natural = v.pipe(integer, v.minValue(0, "less than 0"));
const upTo = (max: number) => v.pipe(natural, v.maxValue(max, `more than ${max}`));

/** `TYPE`, `TYPE REFERENCE`, `TYPE FORMAT` or `TYPE REFERENCE FORMAT`. */
const paramText = matching(
  /^[A-Z0-9_]+( [a-z]\w*)?( [A-Z0-9_]+)?$/,
  "TYPE [reference] [FORMAT], as in FLAGS32 file_flags",
);

export const versionShape = v.strictObject({
  version: matching(/^\d+\.\d+\.\d+$/, "a version such as 4.5.1"),
});

export const typesShape = v.strictObject({
  types: v.record(
    upperSymbol,
    v.strictObject({
      code: upTo(255),
      size: v.union([natural, v.literal("var")]),
      format: v.string(),
      takes: v.optional(v.picklist(["table", "variants", "dirfd"])),
      is: v.string(),
    }),
  ),
  formats: v.record(v.string(), upTo(255)),
  categories: v.record(upperSymbol, upTo(511)),
  sources: v.record(upperSymbol, natural),
  event_flags: v.record(upperSymbol, natural),
  dynamic: v.record(lowerSymbol, v.record(v.string(), paramText)),
});

const params = v.record(symbol, paramText);

export const eventsShape = v.record(
  upperSymbol,
  v.strictObject({
    code: upTo(0xfffe),
    name: v.pipe(lowerSymbol, v.maxLength(31, "longer than 31 characters")),
    category: v.string(),
    source: v.optional(v.string(), "SYSCALL"),
    flags: v.optional(v.array(v.string()), []),
    enter_flags: v.optional(v.array(v.string()), []),
    exit_flags: v.optional(v.array(v.string()), []),
    enter: v.optional(params),
    exit: v.optional(params),
  }),
);
export type EventEntry = v.InferOutput<typeof eventsShape>[string];

const flagValue = v.union([
  natural,
  v.strictObject({
    value: natural,
    constant: v.optional(v.union([v.literal("none"), upperSymbol])),
    /** The value is longer than the parameter, which so never holds it. */
    too_wide: v.optional(v.literal(true)),
  }),
]);
export const flagsShape = v.record(
  lowerSymbol,
  v.strictObject({
    prefix: v.optional(v.union([v.literal("none"), upperSymbol]), "PPM_"),
    values: v.record(symbol, flagValue),
  }),
);

export const constantsShape = v.record(matching(/^PPM_\w+$/, "a name that begins with PPM_"), integer);

const numbers = v.union([
  upTo(0xfffe),
  v.strictObject({
    ...v.entriesFromList(archs, v.optional(upTo(0xfffe))),
    generic: v.optional(upTo(0xfffe)),
  }),
]);
export const syscallsShape = v.record(
  lowerSymbol,
  v.strictObject({
    sc: upTo(0xfffe),
    event: v.optional(upperSymbol),
    was: v.optional(v.array(upperSymbol), []),
    nr: v.optional(numbers),
    ia32: v.optional(v.union([natural, v.array(natural)])),
    drop: v.optional(v.picklist(["never", "always"])),
    sends_enter: v.optional(v.literal(true)),
    filler: v.optional(lowerSymbol),
  }),
);
export type SyscallEntry = v.InferOutput<typeof syscallsShape>[string];

/** A constant of the kernel: one value, or one for each architecture that differs and `else` for the others. */
const kernelValue = v.union([
  natural,
  v.strictObject({ ...v.entriesFromList(archs, v.optional(natural)), else: v.optional(natural) }),
]);
export const kernelShape = v.record(symbol, kernelValue);

const width = v.picklist(["u8", "u16", "u32", "u64"]);
const target = v.union([symbol, natural]);
/** A list, where the PPM constant is `prefix` + the kernel's name; or a map to names and numbers. */
const pairs = <T extends v.GenericSchema>(to: T) =>
  v.optional(v.union([v.array(symbol), v.record(symbol, to)]));
export const flagmapsShape = v.record(
  lowerSymbol,
  v.strictObject({
    takes: v.optional(width, "u32"),
    returns: width,
    prefix: v.optional(upperSymbol, "PPM_"),
    mask: v.optional(natural),
    values: pairs(target),
    else: v.optional(v.union([v.literal("same"), target])),
    bits: pairs(v.union([target, v.tuple([target, target])])),
  }),
);
export type FlagmapEntry = v.InferOutput<typeof flagmapsShape>[string];

const conversionItem = matching(
  /^(old|default|container-json|empty(\*[1-9]\d*)?|old\.\w+(\.\.\w+)?|enter\.\w+\??)$/,
  "old, old.NAME, old.NAME..NAME, enter.NAME, enter.NAME?, empty, empty*N, default or container-json",
);
const upgrade = v.union([
  v.picklist(["pass", "store", "store-and-pass"]),
  v.strictObject({ add: v.array(conversionItem) }),
  v.strictObject({ becomes: upperSymbol, params: v.array(conversionItem) }),
]);
export type Upgrade = v.InferOutput<typeof upgrade>;
/** By the number of parameters in the file. */
const upgrades = v.record(matching(/^\d+$/, "a number of parameters"), upgrade);
export const conversionShape = v.record(
  upperSymbol,
  v.strictObject({ enter: v.optional(upgrades), exit: v.optional(upgrades) }),
);
export type ConversionEntry = v.InferOutput<typeof conversionShape>[string];

/** Symbols of events by kind. */
export const lossesShape = v.record(lowerSymbol, v.array(upperSymbol));
