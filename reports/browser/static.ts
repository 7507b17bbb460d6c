/** Applies the filter to what the page shows without the script, too. */
import { targetParts } from "../target-parts.ts";
import type { Matches } from "./matches.ts";
import type { Model } from "./model.ts";

interface Part {
  readonly element: HTMLElement;
  /** Whether it has something to show. */
  readonly matches: (matches: Matches) => boolean;
}

/** Everything in the page that a filter can hide; looked up once. */
export class StaticParts {
  readonly #parts: readonly Part[];
  readonly #problems = [...document.querySelectorAll<HTMLElement>(".problem")];
  readonly #columns = new ArchColumns();
  readonly #targets: Model["targets"];

  constructor({ targets, syscalls }: Model) {
    this.#targets = targets;
    const names = new Map(targets.map(({ name }, index) => [name, index]));
    const calls = new Map(syscalls.map((name, index) => [name, index]));
    const rows = Map.groupBy(targets.keys(), (index) => rowOf(targets[index]!.name));
    const hasTarget = (name: string) => (matches: Matches) => matches.hasTarget(names.get(name) ?? -1);
    const hasSyscall = (name: string) => (matches: Matches) => matches.hasSyscall(calls.get(name) ?? -1);
    this.#parts = [
      ...marked(
        "row",
        (row) =>
          ({ hasTarget }) =>
            rows.get(row)?.some(hasTarget) ?? false,
      ),
      ...marked("target", hasTarget),
      ...marked("syscall", hasSyscall),
      ...[...document.querySelectorAll("[data-block]")].flatMap((block) => blockParts(block, names, calls)),
    ];
  }

  filter(matches: Matches): void {
    const { filtering } = matches;
    for (const { element, matches: has } of this.#parts) hide(element, filtering && !has(matches));
    for (const problem of this.#problems) hide(problem, filtering && !problem.querySelector(shown));
    const archs = new Set(matches.targets.map((target) => targetParts(this.#targets[target]!.name).arch));
    this.#columns.show(filtering ? archs : null);
  }
}

/** What a problem must have to be one: cases, or targets without any. */
const shown = "[data-block]:not([hidden]), [data-target]:not([hidden])";

/** A row of the kernel matrix is a kernel with a driver. */
function rowOf(target: string): string {
  const { kernel, driver } = targetParts(target);
  return `${kernel}/${driver}`;
}

function marked(mark: string, test: (value: string) => Part["matches"]): Part[] {
  const elements = document.querySelectorAll<HTMLElement>(`[data-${mark}]`);
  return [...elements].map((element) => ({ element, matches: test(element.dataset[mark]!) }));
}

/** A block tells all of its cases on all of its targets: each of both is shown if it has a match among the other. */
function blockParts(
  block: Element,
  names: ReadonlyMap<string, number>,
  calls: ReadonlyMap<string, number>,
): Part[] {
  const within = (mark: string, known: ReadonlyMap<string, number>) =>
    [...block.querySelectorAll<HTMLElement>(`[data-${mark}]`)].map((element) => ({
      element,
      index: known.get(element.dataset[mark]!) ?? -1,
    }));
  const targets = within("on", names);
  const syscalls = within("of", calls);
  const onTarget = (target: number) => (matches: Matches) =>
    syscalls.some(({ index }) => matches.has(target, index));
  const ofCall = (syscall: number) => (matches: Matches) =>
    targets.some(({ index }) => matches.has(index, syscall));
  return [
    {
      element: block as HTMLElement,
      matches: (matches) => targets.some(({ index }) => onTarget(index)(matches)),
    },
    ...targets.map(({ element, index }) => ({ element, matches: onTarget(index) })),
    ...syscalls.map(({ element, index }) => ({ element, matches: ofCall(index) })),
  ];
}

/** The tables with a column, or two, for each architecture: cells of the first have the class `a0`. */
class ArchColumns {
  readonly #heads = [...document.querySelectorAll<HTMLElement>("[data-arch]")];
  readonly #sheet = new CSSStyleSheet();
  #rule = "";

  constructor() {
    document.adoptedStyleSheets.push(this.#sheet);
  }

  /** @param archs null: all */
  show(archs: ReadonlySet<string> | null): void {
    const hidden = this.#heads.filter(({ dataset }) => archs && !archs.has(dataset.arch!));
    const cells = hidden.map((head) => `.${head.closest("table")!.className} .${head.className}`);
    const rule = cells.length > 0 ? `${cells.join(",")}{display:none}` : "";
    if (rule !== this.#rule) this.#sheet.replaceSync(rule);
    this.#rule = rule;
  }
}

/** Writing what is there already would cost a layout. */
function hide(element: HTMLElement, hidden: boolean): void {
  if (element.hidden !== hidden) element.hidden = hidden;
}
