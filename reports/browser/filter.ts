/**
 * The filter box: `arch:s390x driver:kmod is:fail openat`. All words must match. A word without a key is looked for in
 * targets and syscalls; a word after `-` must not match.
 */

const keys = ["arch", "kernel", "driver", "syscall", "is", "cause"] as const;
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
    // Nothing after the colon: still being typed.
    if (value === "" && isKey(key)) continue;
    if (key === undefined) terms.push({ key: null, value: bare, negated });
    else if (isKey(key)) terms.push({ key, value: value!, negated });
    else unknown.push(word);
  }
  return { terms, unknown };
}

const isKey = (key: string | undefined): key is Key => keys.some((known) => known === key);

/** Whether the cell of a syscall on a target matches, by their indices. @param marks see GridCell */
export type CellTest = (target: number, syscall: number, marks: ReadonlySet<string>) => boolean;

/** What a cell must have of its target and its syscall is looked up once for each of these, not for each cell. */
export function applyFilter(
  filter: Filter,
  targets: readonly string[],
  syscalls: readonly string[],
): CellTest {
  const tests = filter.terms.map((term) => ({
    negated: term.negated,
    mark: term.key === "is" || term.key === "cause" ? `${term.key}:${term.value}` : null,
    byTarget: targets.map((target) => targetHas(term, target.toLowerCase())),
    bySyscall: syscalls.map((syscall) => syscallHas(term, syscall.toLowerCase())),
  }));
  return (target, syscall, marks) => {
    for (const { negated, mark, byTarget, bySyscall } of tests) {
      const has = mark ? marks.has(mark) : byTarget[target]! || bySyscall[syscall]!;
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
