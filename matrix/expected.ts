/** `matrix/expected.yaml`: the non-passes that are understood. */
import { join } from "node:path";
import * as v from "valibot";
import { type CaseResult, causes, outcomes } from "../harness/run/results.ts";
import { loadYaml } from "../harness/yaml/index.ts";

const ExpectedEntry = v.strictObject({
  /** Globs over targets and case ids; `*` crosses no `/`. */
  target: v.string(),
  case: v.string(),
  outcome: v.picklist(outcomes.filter((outcome) => outcome !== "pass")),
  /** Only results with this cause. Without it every case that the globs name must have the outcome; a pass is out of date. */
  cause: v.optional(v.picklist(causes)),
  /** Why this is right or cannot be helped, as verified. */
  reason: v.pipe(v.string(), v.minLength(10, "a reason is a sentence")),
});
export type ExpectedEntry = v.InferOutput<typeof ExpectedEntry>;

/** @throws with file, line and column if the file is malformed. */
export function loadExpected(file: string = join(import.meta.dir, "expected.yaml")): ExpectedEntry[] {
  return loadYaml(file, v.array(ExpectedEntry));
}

/** The entry about this case on this target, if there is one. */
export function findExpected(
  entries: readonly ExpectedEntry[],
  { target, case: id, cause }: Pick<CaseResult, "target" | "case" | "cause">,
): ExpectedEntry | undefined {
  return entries.find(
    (entry) =>
      (entry.cause === undefined || entry.cause === cause) &&
      new Bun.Glob(entry.target).match(target) &&
      new Bun.Glob(entry.case).match(id),
  );
}
