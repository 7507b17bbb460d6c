/** Which cells the filter leaves. Looked up once per change of the filter, for all parts of the page. */
import { applyFilter, type Filter } from "./filter.ts";
import type { Model } from "./model.ts";

export interface Matches {
  /** Whether the filter says anything. */
  readonly filtering: boolean;
  readonly count: number;
  /** Indices of those with a matching cell, rising. */
  readonly targets: readonly number[];
  readonly syscalls: readonly number[];
  /** By index; -1 is what the results do not have. */
  readonly hasTarget: (target: number) => boolean;
  readonly hasSyscall: (syscall: number) => boolean;
  readonly has: (target: number, syscall: number) => boolean;
}

export function findMatches({ targets, syscalls, marks, cells }: Model, filter: Filter): Matches {
  const matches = applyFilter(
    filter,
    targets.map(({ name }) => name),
    syscalls,
    marks,
  );
  const found = new Uint8Array(targets.length * syscalls.length);
  const byTarget = new Uint8Array(targets.length);
  const bySyscall = new Uint8Array(syscalls.length);
  let count = 0;
  for (const [target, row] of cells.entries())
    for (const [syscall, cell] of row.entries()) {
      if (!cell || !matches(target, syscall, cell.marks)) continue;
      found[target * syscalls.length + syscall] = 1;
      byTarget[target] = 1;
      bySyscall[syscall] = 1;
      count += 1;
    }
  return {
    filtering: filter.terms.length > 0,
    count,
    targets: indices(byTarget),
    syscalls: indices(bySyscall),
    hasTarget: (target) => byTarget[target] === 1,
    hasSyscall: (syscall) => bySyscall[syscall] === 1,
    has: (target, syscall) => syscall >= 0 && found[target * syscalls.length + syscall] === 1,
  };
}

const indices = (marks: Uint8Array) => [...marks.keys()].filter((index) => marks[index] === 1);
