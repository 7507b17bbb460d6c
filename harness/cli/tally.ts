/** The sum of all tests. */
import { parseJunit, type TestCase } from "./junit.ts";

export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** What must be said besides the numbers: each skip, and failures that are no test's. */
  readonly notes: readonly string[];
}

export interface BunTestRun {
  /** null: it ended without writing one. */
  readonly junit: string | null;
  /** Exit status of `bun test`. */
  readonly status: number;
  /** Test files that must have run, relative to the checkout; none if the user chose. */
  readonly files: readonly string[];
}

export function tallyBunTest({ junit, status, files }: BunTestRun): Tally {
  if (junit === null) return failure(`bun test ended with status ${status} and no results`);
  const cases = parseJunit(junit);
  const ran = new Set(cases.map(({ file }) => file));
  const tally = sum([...cases.map(tallyCase), ...files.filter((file) => !ran.has(file)).map(notRun)]);
  if (status === 0 || tally.failed > 0) return tally;
  return sum([tally, failure(`bun test ended with status ${status} though no test failed`)]);
}

/** A skip must say why, in the test's name; one that does not is a failure. */
function tallyCase({ outcome, name, file, reason }: TestCase): Tally {
  if (outcome === "pass") return { passed: 1, failed: 0, skipped: 0, notes: [] };
  if (outcome === "fail") return { passed: 0, failed: 1, skipped: 0, notes: [] };
  if (!reason)
    return failure(`${file}: "${name}" is skipped without a reason: its name must end in [skipped: reason]`);
  return { passed: 0, failed: 0, skipped: 1, notes: [`skipped: ${file}: ${name}`] };
}

const notRun = (file: string): Tally => failure(`${file}: none of its tests ran; does it load?`);

export function failure(note: string): Tally {
  return { passed: 0, failed: 1, skipped: 0, notes: [`failed: ${note}`] };
}

export function sum(tallies: readonly Tally[]): Tally {
  const add = (key: "passed" | "failed" | "skipped") =>
    tallies.reduce((total, tally) => total + tally[key], 0);
  return {
    passed: add("passed"),
    failed: add("failed"),
    skipped: add("skipped"),
    notes: tallies.flatMap(({ notes }) => notes),
  };
}

export function tallyLine({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}
