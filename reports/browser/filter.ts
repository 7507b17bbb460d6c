/**
 * The filter box: `arch:s390x driver:kmod is:fail openat`. All words must match. A word without a key is looked for in
 * targets and syscalls; a word after `-` must not match. `by:kernel` is no term: it says how the grid is laid out.
 */
import { type Pivot, pivots } from "./layout.ts";

const keys = ["arch", "kernel", "driver", "syscall", "is", "cause"] as const;
type Key = (typeof keys)[number];

interface Term {
  readonly key: Key | null;
  readonly value: string;
  readonly negated: boolean;
}

export interface Filter {
  readonly terms: readonly Term[];
  readonly pivot: Pivot;
  /** Words that have a meaning for nobody: `color:red`. */
  readonly unknown: readonly string[];
}

export function parseFilter(text: string): Filter {
  const terms: Term[] = [];
  const unknown: string[] = [];
  let pivot: Pivot = "arch";
  for (const word of text.toLowerCase().split(/\s+/).filter(Boolean)) {
    const negated = word.startsWith("-") && word.length > 1;
    const bare = negated ? word.slice(1) : word;
    const [, key, value] = /^([a-z]+):(.*)$/.exec(bare) ?? [];
    // Nothing after the colon: still being typed.
    if (value === "" && (isKey(key) || key === "by")) continue;
    const by = key === "by" && !negated ? pivots.find((known) => known === value) : undefined;
    if (by) pivot = by;
    else if (key === undefined) terms.push({ key: null, value: bare, negated });
    else if (isKey(key)) terms.push({ key, value: value!, negated });
    else unknown.push(word);
  }
  return { terms, pivot, unknown };
}

/** The same filter with another layout of the grid. */
export function withPivot(text: string, pivot: Pivot): string {
  const words = text.split(/\s+/).filter((word) => word && !word.toLowerCase().startsWith("by:"));
  return [...words, ...(pivot === "arch" ? [] : [`by:${pivot}`])].join(" ");
}

const isKey = (key: string | undefined): key is Key => keys.some((known) => known === key);

/** Whether the cell of a syscall on a target matches, by their indices and that of what is marked on the cell. */
export type CellTest = (target: number, syscall: number, marks: number) => boolean;

/**
 * What a term asks of a cell is answered once for each target, each syscall and each set of marks, not for each cell.
 * @param marks distinct sets of marks, see Model
 */
export function applyFilter(
  filter: Filter,
  targets: readonly string[],
  syscalls: readonly string[],
  marks: readonly ReadonlySet<string>[],
): CellTest {
  const tests = filter.terms.map((term) => ({
    negated: term.negated,
    byTarget: targets.map((target) => targetHas(term, target.toLowerCase())),
    bySyscall: syscalls.map((syscall) => syscallHas(term, syscall.toLowerCase())),
    byMarks: marks.map((set) => set.has(`${term.key}:${term.value}`)),
  }));
  return (target, syscall, mark) => {
    for (const { negated, byTarget, bySyscall, byMarks } of tests)
      if ((byTarget[target]! || bySyscall[syscall]! || byMarks[mark]!) === negated) return false;
    return true;
  };
}

function targetHas({ key, value }: Term, target: string): boolean {
  const [arch = "", kernel = "", driver = ""] = target.split("/");
  if (key === null) return target.includes(value);
  if (key === "arch") return arch.startsWith(value);
  if (key === "kernel")
    return kernel === value || kernel.endsWith(`-${value}`) || kernel.startsWith(`${value}-`);
  return key === "driver" && driver.includes(value);
}

function syscallHas({ key, value }: Term, syscall: string): boolean {
  return (key === null || key === "syscall") && syscall.includes(value);
}
