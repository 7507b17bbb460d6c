/** Applies the filter to what the page shows without the script, too. */
import { cellAddress } from "../cells.ts";
import type { Model } from "./model.ts";

type Shown = (target: number, syscall: number) => boolean;

export function filterStatic({ targets, syscalls, cells }: Model, filtering: boolean, shown: Shown): void {
  const kernels = new Set<string>();
  const names = new Set<string>();
  const rows = new Set<string>();
  const addresses = new Set<string>();
  targets.forEach(({ name }, target) => {
    syscalls.forEach((syscall, index) => {
      if (!cells[target]![index] || !shown(target, index)) return;
      names.add(name);
      kernels.add(name.split("/")[1]!);
      rows.add(syscall);
      addresses.add(cellAddress(name, syscall));
    });
  });
  hideOthers("data-kernel", kernels, filtering);
  hideOthers("data-target", names, filtering);
  hideOthers("data-syscall", rows, filtering);
  hideOthers("data-cell", addresses, filtering);
  for (const problem of document.querySelectorAll<HTMLElement>(".problem:has([data-cell])"))
    problem.hidden = !problem.querySelector("[data-cell]:not([hidden])");
}

function hideOthers(attribute: string, keep: ReadonlySet<string>, filtering: boolean): void {
  for (const element of document.querySelectorAll<HTMLElement>(`[${attribute}]`))
    element.hidden = filtering && !keep.has(element.getAttribute(attribute)!);
}
