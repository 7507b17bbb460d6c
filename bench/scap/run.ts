/** `./scapyard bench scap`: how fast libscap and lib/scap read files, each goal beside what was measured. */
import { ensure } from "../../harness/build/step.ts";
import { table } from "../../harness/cli/table.ts";
import { hostArch } from "../../harness/setup/host.ts";
import { libscapShared } from "../../lib/libscap/build.ts";
import { benchProgram } from "./build.ts";
import { benchCaptures, captures } from "./files.ts";

interface Measured {
  readonly events: number;
  /** CPU time of the best round, in nanoseconds. */
  readonly ns: number;
}

interface MeasuredByC extends Measured {
  /** Uncompressed. */
  readonly bytes: number;
  readonly peakKb: number;
}

type Mode = "walk" | "next" | "views" | "batch" | "inflate";

/** @param rounds how often everything is measured; the best counts */
export async function benchScap(rounds: number, say: (line: string) => void): Promise<string> {
  for (const step of [benchProgram(), libscapShared(hostArch()), benchCaptures]) await ensure(step, say);
  const c = (mode: Mode, file: string): MeasuredByC =>
    JSON.parse(output([benchProgram().outputs[0]!, mode, file, `${rounds}`]));
  const walk = c("walk", captures.plain);
  const views = c("views", captures.plain);
  const short = c("views", captures.short);
  const batch = c("batch", captures.plain);
  const unzipped = c("views", captures.gzip);
  const inflate = { ...c("inflate", captures.gzip), events: unzipped.events };
  /** Of an old file the events in the file count, not those that come of them. */
  const old = (file: string) => ({ ...c("views", file), events: c("walk", file).events });
  const ts = typescript(rounds);
  const rows = [
    row("bare walk over mapped bytes", walk),
    row("scap_next_views, plain", views, goal(rate(views) >= 40, "≥ 40 M/s"), share(walk, views)),
    row("scap_next, plain", c("next", captures.plain)),
    row("scap_next_batch, plain", batch),
    row("inflate alone", inflate),
    row("scap_next_views, gzip", unzipped, "", share(inflate, unzipped)),
    row("conversion, event blocks v1", ...withGoal(old(captures.old1), 8)),
    row("conversion, event blocks v2", ...withGoal(old(captures.old2), 8)),
    row(
      "TypeScript, batch walk",
      ts.walk,
      goal(ts.walk.ns <= 3 * batch.ns, "≤ 3 × C"),
      times(ts.walk, batch),
    ),
    row("  and three numbers of each", ts.decode, ...decoding(ts.walk, ts.decode)),
  ];
  const head = ["", "M events/s", "ns/event", "goal", "compared"];
  const memory = `peak of memory: ${kb(short)} for a file of ${mb(short)}, ${kb(views)} for one of ${mb(views)}`;
  const cold = `the first TypeScript round, not yet compiled: ${first(ts.walk)} ns/event, with numbers ${first(ts.decode)}`;
  return `${table(head, rows)}\n${memory}\n${cold}\n`;
}

interface MeasuredByBun extends Measured {
  /** Of the very first round, in which the engine still compiles. */
  readonly firstNs: number;
}

interface Typescript {
  readonly walk: MeasuredByBun;
  readonly decode: MeasuredByBun;
}

function typescript(rounds: number): Typescript {
  return JSON.parse(output([process.execPath, `${import.meta.dir}/walk.ts`, captures.plain, `${rounds}`]));
}

function output(words: readonly string[]): string {
  const { stdout, stderr, exitCode } = Bun.spawnSync([...words]);
  if (exitCode !== 0) throw new Error(`${words.join(" ")} ended with status ${exitCode}: ${stderr}`);
  return stdout.toString();
}

/** Million events a second. */
const rate = ({ events, ns }: Measured) => (events / ns) * 1000;
const first = ({ firstNs, events }: MeasuredByBun) => (firstNs / events).toFixed(1);
const kb = ({ peakKb }: MeasuredByC) => `${(peakKb / 1024).toFixed(1)} MB`;
const mb = ({ bytes }: MeasuredByC) => `${Math.round(bytes / 1e6)} MB`;

const goal = (met: boolean, text: string) => `${text}${met ? "" : " (missed)"}`;
const share = (least: Measured, all: Measured) => `${Math.round((100 * least.ns) / all.ns)} % is that`;
const times = (all: Measured, least: Measured) => `× ${(all.ns / least.ns).toFixed(1)}`;

function row(name: string, measured: Measured, wanted = "", compared = ""): string[] {
  return [name, rate(measured).toFixed(1), (measured.ns / measured.events).toFixed(1), wanted, compared];
}

function withGoal(measured: Measured, least: number): [Measured, string] {
  return [measured, goal(rate(measured) >= least, `≥ ${least} M/s`)];
}

function decoding(walk: Measured, decode: Measured): [string, string] {
  const more = (decode.ns - walk.ns) / decode.events;
  return [goal(more <= 10, "walk + 10 ns"), `walk + ${more.toFixed(1)} ns`];
}
