/** Makes what is embedded for the script of the page. */
import { reproId } from "../harness/run/repro.ts";
import type { CaseResult, TargetResult } from "../harness/run/results.ts";
import type { Grid } from "./cells.ts";
import type { EmbeddedGrid, EmbeddedLog, EmbeddedLogs, EmbeddedRun, EmbeddedTarget } from "./embedded.ts";
import { type History, type PastRun, shownRuns } from "./history.ts";
import { outcomeLetters } from "./letters.ts";
import { hasLog, logPath } from "./logs.ts";
import { plain } from "./natural.ts";
import type { Report } from "./report.ts";

/** Compressed, in base 64: it can stand anywhere in a page. */
export function pack(data: unknown): string {
  return Buffer.from(Bun.gzipSync(JSON.stringify(data))).toString("base64");
}

export function embedGrid({ grid, results, history }: Report): EmbeddedGrid {
  const ids = new Map<string, Set<string>>(grid.syscalls.map((syscall) => [syscall, new Set()]));
  for (const result of results.cases.values()) ids.get(result.syscall)!.add(result.case);
  const cases = grid.syscalls.flatMap((syscall, index) =>
    [...ids.get(syscall)!].sort(plain).map((id) => [index, id] as const),
  );
  const places = placesOf(grid, cases);
  const runs = runsTold(history);
  const embed = (target: string) => ({
    ...embedTarget(grid, target, results.targets.get(target), places, cases.length),
    history: embedHistory(history, target, grid.syscalls, runs),
  });
  return { runs: [...runs.values()], syscalls: grid.syscalls, cases, targets: grid.targets.map(embed) };
}

/** By id: when each run started. */
function runsTold({ byTarget }: History): ReadonlyMap<string, string> {
  const past = [...byTarget.values()].flat().map(({ run, started }) => [run, started] as const);
  return new Map(past.sort(([, a], [, b]) => plain(a, b)));
}

/** @param runs all that are told of, in their order */
function embedHistory(
  history: History,
  target: string,
  syscalls: readonly string[],
  runs: ReadonlyMap<string, string>,
): EmbeddedRun[] {
  const past = history.byTarget.get(target) ?? [];
  if (past.length < 2) return [];
  const order = [...runs.keys()];
  const places = new Map(history.syscalls.map((syscall, index) => [syscall, index]));
  const letters = ({ cells }: PastRun) => syscalls.map((syscall) => cells[places.get(syscall)!] ?? ".");
  return past.slice(-shownRuns).map((one) => ({ run: order.indexOf(one.run), cells: letters(one).join("") }));
}

/** By syscall and id of a case: its index. */
type Places = ReadonlyMap<string, ReadonlyMap<string, number>>;

function placesOf(grid: Grid, cases: EmbeddedGrid["cases"]): Places {
  const places = new Map<string, Map<string, number>>();
  for (const [place, [syscall, id]] of cases.entries())
    places.getOrInsertComputed(grid.syscalls[syscall]!, () => new Map()).set(id, place);
  return places;
}

function embedTarget(
  grid: Grid,
  name: string,
  line: TargetResult | undefined,
  places: Places,
  count: number,
): Omit<EmbeddedTarget, "history"> {
  const outcomes = new Array<string>(count).fill(".");
  const ms = new Array<string>(count).fill("");
  const causes: [number, string][] = [];
  for (const { syscall, cases } of grid.cells(name)) {
    const ids = places.get(syscall)!;
    for (const result of cases) {
      outcomes[ids.get(result.case)!] = outcomeLetters[result.outcome];
      ms[ids.get(result.case)!] = Math.max(0, Math.round(result.ms)).toString(36);
      if (result.cause) causes.push([ids.get(result.case)!, result.cause]);
    }
  }
  return {
    name,
    about: line ? about(line) : [],
    outcomes: outcomes.join(""),
    ms: ms.filter(Boolean).join(" "),
    causes,
  };
}

function about({
  kernel,
  driverSha256,
  agentSha256,
  attach,
  btf,
  accel,
  qemu,
  toolchain,
  timings,
  stats,
}: TargetResult): [string, string][] {
  const facts: [string, string | undefined][] = [
    ["kernel", kernel?.release],
    ["kernel package", kernel && `${kernel.package} ${kernel.actual}`],
    ["kernel sha256", kernel?.sha256],
    ["driver sha256", driverSha256],
    ["agent sha256", agentSha256],
    ["attach", attach],
    ["BTF", btf],
    ["machine", accel],
    ["QEMU", qemu],
    ...Object.entries(toolchain ?? {}),
    ...Object.entries(timings ?? {}).map(([name, ms]) => [name, `${Math.round(ms)} ms`] as [string, string]),
    ...Object.entries(stats ?? {}).map(([name, value]) => [name, String(value)] as [string, string]),
  ];
  return facts.filter((fact): fact is [string, string] => fact[1] !== undefined);
}

/** Passes have something to tell only if a reason is given: a run was repeated. */
export function embedLogs({ grid, results, logs }: Report): EmbeddedLogs {
  const embed = logs === "inside" ? whole : linked;
  const told: Record<string, EmbeddedLog> = {};
  for (const target of grid.targets)
    for (const result of results.cases.of(target))
      if (result.outcome !== "pass" || result.reason) told[reproId(result)] = embed(result);
  for (const { target, verifierLog, console } of results.targets.values())
    if (verifierLog || console) told[target] = { verifierLog, console };
  return told;
}

function whole({ cause, reason, diff, program, raw, console }: CaseResult): EmbeddedLog {
  return { cause, reason, diff, program, raw: raw?.join("\n"), console };
}

const linked = (result: CaseResult): EmbeddedLog => ({
  cause: result.cause,
  reason: result.reason,
  ...(hasLog(result) ? { file: logPath(result) } : {}),
});
