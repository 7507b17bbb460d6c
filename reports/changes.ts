/** What changed between two sets of results. */
import type { Merged } from "../harness/run/merge-results.ts";
import type { CaseResult, Outcome } from "../harness/run/results.ts";
import { plain } from "./natural.ts";
import { compareTargets } from "./order.ts";

/** In the order in which they are told. */
export const changeKinds = [
  "regression",
  "no verdict",
  "unstable",
  "still failing",
  "fixed",
  "disappeared",
  "appeared",
] as const;
export type ChangeKind = (typeof changeKinds)[number];

/** What each kind means, for people. */
export const changeMeaning: Readonly<Record<ChangeKind, string>> = {
  regression: "passed before and does not now, or fails now where it did not before",
  "no verdict": "had a verdict before, and has none now",
  unstable: "flaky now, or flaky before and passing now",
  "still failing": "failed before, and fails now",
  fixed: "did not pass before, and does now",
  disappeared: "has no result now",
  appeared: "had no result before",
};

export interface Change {
  readonly kind: ChangeKind;
  readonly target: string;
  readonly case: string;
  readonly syscall: string;
  readonly was: Outcome | undefined;
  readonly now: Outcome | undefined;
}

/** Every change, and every failure that stays; by kind, then target, then case. */
export function compare(old: Merged, now: Merged): Change[] {
  const changes: Change[] = [];
  const add = (result: CaseResult, was: Outcome | undefined, is: Outcome | undefined) => {
    const kind = classify(was, is);
    if (kind) changes.push({ kind, ...about(result), was, now: is });
  };
  for (const result of now.cases.values())
    add(result, old.cases.get(result.target, result.case)?.outcome, result.outcome);
  for (const result of old.cases.values())
    if (!now.cases.get(result.target, result.case)) add(result, result.outcome, undefined);
  const rank = ({ kind }: Change) => changeKinds.indexOf(kind);
  return changes.sort(
    (a, b) => rank(a) - rank(b) || compareTargets(a.target, b.target) || plain(a.case, b.case),
  );
}

const about = ({ target, case: id, syscall }: CaseResult) => ({ target, case: id, syscall });

const hasVerdict = (outcome: Outcome) => outcome !== "infra-error" && outcome !== "not-run";

/** null: nothing worth telling. */
export function classify(was: Outcome | undefined, now: Outcome | undefined): ChangeKind | null {
  if (was === undefined) return "appeared";
  if (now === undefined) return "disappeared";
  if (now === "flaky" || (was === "flaky" && now === "pass")) return "unstable";
  if (!hasVerdict(now)) return hasVerdict(was) ? "no verdict" : null;
  if (now === "pass") return was === "pass" ? null : "fixed";
  if (was === "pass") return "regression";
  if (now !== "fail") return null;
  return was === "fail" || was === "flaky" ? "still failing" : "regression";
}
