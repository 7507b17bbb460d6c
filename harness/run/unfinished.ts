/** Results for cases that a child left without one: nothing selected may be missing from the results. */

import type { ListedCase } from "./list-cases.ts";
import { reproCommand } from "./repro.ts";
import type { CaseResult, Cause, Outcome, TargetResult } from "./results.ts";

interface Why {
  readonly outcome: Outcome;
  readonly cause: Cause;
  readonly reason: string;
  readonly console?: string;
}

/** What the target's own line says, if it could run nothing; else that the child ended early. */
export function whyUnfinished(target: TargetResult | undefined, ended: string, log: string): Why {
  if (target?.outcome && target.outcome !== "pass")
    return {
      outcome: target.outcome,
      cause: target.cause ?? "other",
      reason: target.reason ?? "the target could not run any case",
    };
  return {
    outcome: "not-run",
    cause: "other",
    reason: `the test process ${ended} before this case`,
    console: log,
  };
}

export const interrupted: Why = {
  outcome: "not-run",
  cause: "interrupted",
  reason: "the run was interrupted before this case",
};

export function unfinishedResult(target: string, { id, syscall }: ListedCase, why: Why): CaseResult {
  const line = { target, case: id };
  return { kind: "case", ...line, syscall, ...why, ms: 0, repro: reproCommand(line) };
}
