/** Which syscalls are supported where: the schema's word in plain text, what was measured in colour. */
import type { Grid } from "../cells.ts";
import { type Support, supportArchs, supportTable } from "../support.ts";
import { Measured, NotRun } from "./outcome.tsx";
import { Scroll } from "./scroll.tsx";

export function SyscallTable({ grid }: { grid: Grid }) {
  const archs = supportArchs(grid);
  return (
    <Scroll by="syscalls" long>
      <table class="support">
        <thead>
          <tr>
            <th scope="col" rowSpan={2}>
              syscall
            </th>
            {archs.map((arch) => (
              <th scope="colgroup" colSpan={2} key={arch}>
                {arch}
              </th>
            ))}
          </tr>
          <tr>
            {archs.map((arch) => (
              <Heads key={arch} />
            ))}
          </tr>
        </thead>
        <tbody>
          {supportTable(grid).map(({ syscall, byArch }) => (
            <tr key={syscall} data-syscall={syscall}>
              <th scope="row">{syscall}</th>
              {byArch.map((support) => (
                <SupportCells key={support.arch} support={support} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function Heads() {
  return (
    <>
      <th scope="col">schema</th>
      <th scope="col">measured</th>
    </>
  );
}

const factWords = { own: "own event", generic: "generic", planned: "planned", "not on arch": "not on arch" };

function SupportCells({ support }: { support: Support }) {
  const { fact, outcome, measured, targets } = support;
  return (
    <>
      <td class="fact">{fact ? factWords[fact] : "unknown"}</td>
      <td>
        {outcome ? (
          <Measured outcome={outcome} count={`${measured} of ${targets}`} />
        ) : fact === "not on arch" ? null : (
          <NotRun />
        )}
      </td>
    </>
  );
}
