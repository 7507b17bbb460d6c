/** What stands in a profile, `matrix/<name>.yaml`. The README of this directory explains it by examples. */
import * as v from "valibot";
import { architectures, drivers } from "../harness/run/target.ts";
import { TargetOptions } from "../harness/run/target-options.ts";
import { parseRequirement } from "../kernels/index.ts";
import { isSeriesCondition } from "./series.ts";

/** One value, or a list of different ones. The schema follows the input, so that errors are about what was meant. */
function some<T extends string>(item: v.GenericSchema<T>) {
  const list = v.pipe(
    v.array(item),
    v.minLength(1, "an empty list matches nothing"),
    v.check((items) => new Set(items).size === items.length, "listed twice"),
  );
  return v.lazy((input): v.GenericSchema<T | T[]> => (Array.isArray(input) ? list : item));
}

const Series = v.pipe(v.string(), v.check(isSeriesCondition, 'a series is "6.12", ">=6.1" or "<7.0"'));

/** In KiB by name. */
export const pageSizes = { "4K": 4, "16K": 16, "64K": 64 } as const;

const Requirement = v.pipe(
  v.string(),
  v.check(
    (text) => whyWrong(text) === undefined,
    ({ input }) => whyWrong(String(input)) ?? "",
  ),
);

function whyWrong(requirement: string): string | undefined {
  try {
    parseRequirement(requirement);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

/** All that is given must hold. */
const conditions = {
  arch: v.optional(some(v.picklist(architectures))),
  /** Globs over the catalogue's names. */
  kernel: v.optional(some(v.string())),
  /** Of a list, one must hold; `all` of a range are two entries of `exclude`. */
  series: v.optional(some(Series)),
  pageSize: v.optional(some(v.picklist(["4K", "16K", "64K"]))),
  driver: v.optional(some(v.picklist(drivers))),
  /** What the kernel must have, all of it: `btf`, `!compat`, `CONFIG_KPROBES`. */
  requires: v.optional(some(Requirement)),
};

export const Include = v.strictObject({
  ...conditions,
  /** Of the kernels that the conditions leave, the so many newest series of each architecture. */
  newest: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1, "at least 1"))),
  options: v.optional(TargetOptions),
});
export type Include = v.InferOutput<typeof Include>;

export const Exclude = v.pipe(
  v.strictObject(conditions),
  v.check((entry) => Object.keys(entry).length > 0, "an empty entry would exclude everything"),
);
export type Exclude = v.InferOutput<typeof Exclude>;

export const Profile = v.strictObject({
  include: v.pipe(v.array(Include), v.minLength(1, "nothing is included")),
  exclude: v.optional(v.array(Exclude)),
});
export type Profile = v.InferOutput<typeof Profile>;
