/**
 * The filter box: `arch:s390x driver:kmod is:fail openat`. All words must match. A word without a key is looked for in
 * targets and syscalls; a word after `-` must not match.
 */
import type { CellOutcome } from "../cells.ts";

const keys = ["arch", "kernel", "driver", "syscall", "is"] as const;
type Key = (typeof keys)[number];

interface Term {
  readonly key: Key | null;
  readonly value: string;
  readonly negated: boolean;
}

export interface Filter {
  readonly terms: readonly Term[];
  /** Words that have a meaning for nobody: `color:red`. */
  readonly unknown: readonly string[];
}

export function parseFilter(text: string): Filter {
  const terms: Term[] = [];
  const unknown: string[] = [];
  for (const word of text.toLowerCase().split(/\s+/).filter(Boolean)) {
    const negated = word.startsWith("-") && word.length > 1;
    const bare = negated ? word.slice(1) : word;
    const [, key, value] = /^([a-z]+):(.*)$/.exec(bare) ?? [];
    if (key === undefined) terms.push({ key: null, value: bare, negated });
    else if ((keys as readonly string[]).includes(key))
      terms.push({ key: key as Key, value: value!, negated });
    else unknown.push(word);
  }
  return { terms, unknown };
}

/** Whether the cell of a syscall on a target matches, by their indices. */
export type CellTest = (target: number, syscall: number, outcomes: ReadonlySet<CellOutcome>) => boolean;

/** What a cell must have of its target and its syscall is looked up once for each of these, not for each cell. */
export function applyFilter(
  filter: Filter,
  targets: readonly string[],
  syscalls: readonly string[],
): CellTest {
  const tests = filter.terms.map((term) => ({
    negated: term.negated,
    outcome: term.key === "is" ? (term.value.replace("_", "-") as CellOutcome) : null,
    byTarget: targets.map((target) => targetHas(term, target.toLowerCase())),
    bySyscall: syscalls.map((syscall) => syscallHas(term, syscall.toLowerCase())),
  }));
  return (target, syscall, outcomes) => {
    for (const { negated, outcome, byTarget, bySyscall } of tests) {
      const has = outcome ? outcomes.has(outcome) : byTarget[target]! || bySyscall[syscall]!;
      if (has === negated) return false;
    }
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
