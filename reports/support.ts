/** The syscalls × architectures: what was measured, rolled up over kernels and drivers. */
import { architectures } from "../harness/run/target.ts";
import type { Grid } from "./cells.ts";
import { plain } from "./natural.ts";
import { compareArchs } from "./order.ts";
import { type CellOutcome, rollUpCells } from "./outcomes.ts";
import { type SchemaFact, schemaFact, schemaSyscalls } from "./schema-facts.ts";
import { targetParts } from "./target-parts.ts";

export interface Support {
  readonly arch: string;
  readonly fact: SchemaFact | null;
  /** null: nothing measured. */
  readonly outcome: CellOutcome | null;
  /** Targets on which cases of it got a verdict, of all targets of the architecture. */
  readonly measured: number;
  readonly targets: number;
  /** Targets on which all of its cases pass that can. */
  readonly passed: number;
}

export interface SupportRow {
  readonly syscall: string;
  readonly byArch: readonly Support[];
}

/** Every syscall of the schema, and any other that the results name, by name. */
export function supportTable(grid: Grid): SupportRow[] {
  const places = new Map(grid.syscalls.map((syscall, index) => [syscall, index]));
  const targets = Map.groupBy(grid.targets, (target) => targetParts(target).arch);
  const row = (syscall: string): SupportRow => ({
    syscall,
    byArch: supportArchs(grid).map((arch) => {
      const own = targets.get(arch) ?? [];
      const cells = own.flatMap((target) => grid.cellOutcome(target, places.get(syscall) ?? -1) ?? []);
      return support(syscall, arch, cells, own.length);
    }),
  });
  return [...new Set([...schemaSyscalls, ...grid.syscalls])].sort(plain).map(row);
}

/** Those that scapyard knows, and any other that the results name. */
export function supportArchs(grid: Grid): string[] {
  const found = grid.targets.map((target) => targetParts(target).arch);
  return [...new Set([...architectures, ...found])].sort(compareArchs);
}

const verdicts = new Set<CellOutcome>(["pass", "partial", "fail", "flaky"]);

function support(syscall: string, arch: string, cells: readonly CellOutcome[], targets: number): Support {
  return {
    arch,
    fact: schemaFact(syscall, arch),
    outcome: cells.length === 0 ? null : rollUpCells(cells),
    measured: cells.filter((outcome) => verdicts.has(outcome)).length,
    targets,
    passed: cells.filter((outcome) => outcome === "pass").length,
  };
}
