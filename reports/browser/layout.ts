/** What stands in the rows and columns of the grid: a pivot over the same cells. */
import { natural } from "../natural.ts";
import { targetParts } from "../target-parts.ts";
import type { Matches } from "./matches.ts";
import type { Model } from "./model.ts";

/** What the columns are grouped by, with syscalls in the rows; or targets in the rows, and a column for each syscall. */
export const pivots = ["arch", "kernel", "driver", "target"] as const;
export type Pivot = (typeof pivots)[number];

export const pivotMeaning: Readonly<Record<Pivot, string>> = {
  arch: "columns by architecture and kernel",
  kernel: "columns by distribution and series",
  driver: "columns by driver",
  target: "a row for each target",
};

export interface Axis {
  readonly what: string;
  readonly heads: readonly Head[];
}

export interface Head {
  /** What several neighbours have in common; "" on an axis without groups. */
  readonly group: string;
  readonly label: string;
}

export interface Layout {
  readonly rows: Axis;
  readonly columns: Axis;
  /** Indices into the model. */
  at(row: number, column: number): { readonly target: number; readonly syscall: number };
}

export function layoutOf(model: Model, matches: Matches, pivot: Pivot): Layout {
  const names = new Map(matches.targets.map((target) => [target, model.targets[target]!.name]));
  const heads = new Map([...names].map(([target, name]) => [target, headOf(name, pivot)]));
  const targets = ordered(matches.targets, heads, pivot);
  const { syscalls } = matches;
  const targetAxis = { what: "target", heads: targets.map((target) => heads.get(target)!) };
  const syscallAxis = {
    what: "syscall",
    heads: syscalls.map((syscall) => ({ group: "", label: model.syscalls[syscall]! })),
  };
  if (pivot === "target")
    return {
      rows: targetAxis,
      columns: syscallAxis,
      at: (row, column) => ({ target: targets[row]!, syscall: syscalls[column]! }),
    };
  return {
    rows: syscallAxis,
    columns: targetAxis,
    at: (row, column) => ({ target: targets[column]!, syscall: syscalls[row]! }),
  };
}

/** Groups in the order in which they first come, which is that of targets; kernels of all architectures from old to new. */
function ordered(targets: readonly number[], heads: ReadonlyMap<number, Head>, pivot: Pivot): number[] {
  const groups = [...Map.groupBy(targets, (target) => heads.get(target)!.group)];
  if (pivot === "kernel") groups.sort(([a], [b]) => natural(a, b));
  return groups.flatMap(([, group]) => group);
}

function headOf(name: string, pivot: Pivot): Head {
  const { arch, kernel, driver } = targetParts(name);
  if (pivot === "target") return { group: "", label: name };
  if (pivot === "arch") return { group: `${arch}/${kernel}`, label: driver };
  if (pivot === "kernel") return { group: kernel, label: `${arch} ${driver}` };
  return { group: driver, label: `${arch}/${kernel}` };
}
