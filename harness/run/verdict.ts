/** What a run as a whole says: its exit status, and the cases that decided it. */
import { type ExpectedEntry, findExpected } from "../../matrix/expected.ts";
import { exitStatus } from "./exit-status.ts";
import type { CaseResult } from "./results.ts";

export interface Verdict {
  readonly status: number;
  /** Non-passes that nothing lists. */
  readonly unexpected: readonly CaseResult[];
  /** Passes of cases that are listed as non-passes. */
  readonly outdated: readonly { readonly result: CaseResult; readonly entry: ExpectedEntry }[];
  /** Non-passes that are listed with their reason. */
  readonly listed: readonly { readonly result: CaseResult; readonly entry: ExpectedEntry }[];
}

const noVerdict = new Set(["infra-error", "not-run"]);

export function judge(results: Iterable<CaseResult>, expected: readonly ExpectedEntry[]): Verdict {
  const unexpected: CaseResult[] = [];
  const outdated: { result: CaseResult; entry: ExpectedEntry }[] = [];
  const listed: { result: CaseResult; entry: ExpectedEntry }[] = [];
  for (const result of results) {
    const entry = findExpected(expected, result);
    if (result.outcome === "pass") {
      if (entry) outdated.push({ result, entry });
    } else if (entry?.outcome === result.outcome) listed.push({ result, entry });
    else unexpected.push(result);
  }
  return { status: status(unexpected, outdated.length), unexpected, outdated, listed };
}

/** A real failure outranks a case without a verdict. */
function status(unexpected: readonly CaseResult[], outdated: number): number {
  if (outdated > 0 || unexpected.some(({ outcome }) => !noVerdict.has(outcome))) return exitStatus.fail;
  return unexpected.length > 0 ? exitStatus.infra : exitStatus.ok;
}
