import type { CaseResult } from "./results.ts";

/** The result of a case that failed and was run again: a pass does not undo the failure. */
export function retriedResult(first: CaseResult, second: CaseResult): CaseResult {
  if (second.outcome !== "pass") return first;
  return { ...first, outcome: "flaky", reason: `failed, then passed when repeated: ${first.reason ?? "?"}` };
}
