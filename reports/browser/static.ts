/** Applies the filter to what the page shows without the script, too. */
import type { Matches } from "./matches.ts";
import type { Model } from "./model.ts";

interface Hideable {
  readonly element: HTMLElement;
  /** Whether it has something to show. */
  readonly matches: (matches: Matches) => boolean;
}

/** Everything in the page that a filter can hide; looked up once. */
export class StaticParts {
  readonly #parts: readonly Hideable[];
  readonly #problems = [...document.querySelectorAll<HTMLElement>(".problem:has([data-cell])")];

  constructor({ targets, syscalls }: Model) {
    const names = new Map(targets.map(({ name }, index) => [name, index]));
    const calls = new Map(syscalls.map((name, index) => [name, index]));
    this.#parts = [
      ...marked("kernel", (kernel) => ({ targets: found }) => {
        return found.some((target) => targets[target]!.name.split("/")[1] === kernel);
      }),
      ...marked("target", (name) => {
        const target = names.get(name);
        return (matches) => matches.targets.includes(target!);
      }),
      ...marked("syscall", (name) => {
        const syscall = calls.get(name);
        return (matches) => matches.syscalls.includes(syscall!);
      }),
      ...marked("cell", (address) => {
        const slash = address.lastIndexOf("/");
        const target = names.get(address.slice(0, slash));
        const syscall = calls.get(address.slice(slash + 1));
        return (matches) => target !== undefined && syscall !== undefined && matches.has(target, syscall);
      }),
    ];
  }

  filter(matches: Matches): void {
    for (const { element, matches: has } of this.#parts) hide(element, matches.filtering && !has(matches));
    for (const problem of this.#problems)
      hide(problem, matches.filtering && !problem.querySelector("[data-cell]:not([hidden])"));
  }
}

function marked(mark: string, test: (value: string) => Hideable["matches"]): Hideable[] {
  const elements = document.querySelectorAll<HTMLElement>(`[data-${mark}]`);
  return [...elements].map((element) => ({ element, matches: test(element.dataset[mark]!) }));
}

/** Writing what is there already would cost a layout. */
function hide(element: HTMLElement, hidden: boolean): void {
  if (element.hidden !== hidden) element.hidden = hidden;
}
