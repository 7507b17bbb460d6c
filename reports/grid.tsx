/** The main table: a row for each syscall, a column for each target. */
import { type Cell, cellAddress, type Grid } from "./cells.ts";
import { OutcomeWord } from "./outcome.tsx";

export function GridTable({ grid }: { grid: Grid }) {
  return (
    <div class="scroll">
      <table class="grid">
        <thead>
          <KernelRow targets={grid.targets} />
          <tr>
            <th scope="col">syscall</th>
            {grid.targets.map((target) => (
              <th scope="col" key={target}>
                {target.split("/")[2]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {grid.syscalls.map((syscall) => (
            <tr key={syscall}>
              <th scope="row">{syscall}</th>
              {grid.targets.map((target) => (
                <CellView key={target} cell={grid.cells.get(cellAddress(target, syscall))} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Architecture and kernel, over the columns of its drivers. */
function KernelRow({ targets }: { targets: readonly string[] }) {
  const kernelOf = (target: string) => target.split("/").slice(0, 2).join("/");
  const spans = new Map<string, number>();
  for (const target of targets) spans.set(kernelOf(target), (spans.get(kernelOf(target)) ?? 0) + 1);
  return (
    <tr>
      <td />
      {[...spans].map(([kernel, span]) => (
        <th scope="colgroup" colSpan={span} key={kernel}>
          {kernel}
        </th>
      ))}
    </tr>
  );
}

function CellView({ cell }: { cell: Cell | undefined }) {
  if (!cell) return <td class="none">no case</td>;
  return (
    <td class={cell.outcome}>
      <a href={`#${encodeURI(cellAddress(cell.target, cell.syscall))}`}>
        <OutcomeWord outcome={cell.outcome} />{" "}
        <small>
          {cell.passed}/{cell.cases.length}
        </small>
      </a>
    </td>
  );
}
