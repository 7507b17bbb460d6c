/** Which cases on which targets, without naming each pair: cases that hit the same targets stand together. */
import type { CaseResult } from "../harness/run/results.ts";

type Item = Pick<CaseResult, "target" | "case" | "syscall">;

export interface Block {
  readonly targets: readonly string[];
  readonly cases: readonly Pick<Item, "case" | "syscall">[];
}

/** @param items no two of them about the same case on the same target */
export function blocksOf(items: readonly Item[]): Block[] {
  const byCase = [...Map.groupBy(items, (item) => item.case).values()];
  const alike = Map.groupBy(byCase, (same) => same.map(({ target }) => target).join("\n"));
  return [...alike.values()].map((groups) => ({
    targets: groups[0]!.map(({ target }) => target),
    cases: groups.map((group) => group[0]!),
  }));
}
