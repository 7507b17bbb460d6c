/** The syscalls × architectures: what was measured, rolled up over kernels and drivers. */
import { architectures } from "../harness/run/target.ts";
import { type Cell, type CellOutcome, type Grid, rollUpCells, targetParts } from "./cells.ts";
import { plain } from "./natural.ts";
import { type SchemaFact, schemaFact, schemaSyscalls } from "./schema-facts.ts";

export interface Support {
  readonly arch: string;
  readonly fact: SchemaFact | null;
  /** null: nothing measured. */
  readonly outcome: CellOutcome | null;
  /** Targets on which it was measured, of all targets of the architecture. */
  readonly measured: number;
  readonly targets: number;
  /** Targets on which all its cases pass. */
  readonly passed: number;
}

export interface SupportRow {
  readonly syscall: string;
  readonly byArch: readonly Support[];
}

/** Every syscall of the schema, and any other that the results name, by name. */
export function supportTable(grid: Grid): SupportRow[] {
  const cells = Map.groupBy(
    grid.cells.values(),
    (cell) => `${targetParts(cell.target).arch} ${cell.syscall}`,
  );
  const targets = Map.groupBy(grid.targets, (target) => targetParts(target).arch);
  const archs = supportArchs(grid);
  const row = (syscall: string): SupportRow => ({
    syscall,
    byArch: archs.map((arch) =>
      support(syscall, arch, cells.get(`${arch} ${syscall}`) ?? [], targets.get(arch)?.length ?? 0),
    ),
  });
  return [...new Set([...schemaSyscalls, ...grid.syscalls])].sort(plain).map(row);
}

/** Those that scapyard knows, and any other that the results name. */
export function supportArchs(grid: Grid): string[] {
  return [...new Set([...architectures, ...grid.targets.map((target) => targetParts(target).arch)])];
}

function support(syscall: string, arch: string, cells: readonly Cell[], targets: number): Support {
  const ran = cells.filter(({ outcome }) => outcome !== "not-run");
  return {
    arch,
    fact: schemaFact(syscall, arch),
    outcome: cells.length === 0 ? null : rollUpCells(cells),
    measured: ran.length,
    targets,
    passed: cells.filter(({ outcome }) => outcome === "pass").length,
  };
}
