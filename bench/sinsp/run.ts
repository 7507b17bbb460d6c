/** `./scapyard bench sinsp`: how fast events get their state, are filtered, printed and written as JSON. */
import { ensure } from "../../harness/build/step.ts";
import { table } from "../../harness/cli/table.ts";
import { hostArch } from "../../harness/setup/host.ts";
import { libscapShared } from "../../lib/libscap/build.ts";
import { benchCaptures, captures } from "../scap/files.ts";
import { recordStep, workloadCapture } from "./record.ts";

interface Measured {
  readonly events: number;
  /** CPU time of the best round, in nanoseconds. */
  readonly ns: number;
}

/** What the existing C++ library reaches on such a machine, in million events a second. */
const goals = [
  { mode: "state", name: "state only", goal: 9.6 },
  { mode: "filter", name: "state and a filter of three parts", goal: 7.8 },
  { mode: "line", name: "the default line", goal: 1.0 },
  { mode: "json", name: "eight fields as JSON", goal: 0.34 },
] as const;

/** @param rounds how often everything is measured; the best counts */
export async function benchSinsp(rounds: number, say: (line: string) => void): Promise<string> {
  for (const step of [libscapShared(hostArch()), benchCaptures, recordStep]) await ensure(step, say);
  const parts = [
    section("a workload recorded in a VM (record.ts)", workloadCapture, rounds),
    section("vm-http, 64 times", captures.plain, rounds),
  ];
  return parts.join("\n");
}

function section(title: string, file: string, rounds: number): string {
  const read = measure("read", file, rounds);
  const all = goals.map((one) => ({ ...one, measured: measure(one.mode, file, rounds) }));
  const state = perEvent(all[0]!.measured);
  const rows = [
    row("reading alone", read, "", ""),
    ...all.map(({ name, goal, mode, measured }) =>
      row(
        name,
        measured,
        `${goal} M/s${rate(measured) < goal ? " (missed)" : ""}`,
        share(mode === "state" ? perEvent(read) : state, measured),
      ),
    ),
  ];
  return `${title}: ${read.events} events\n${table(["", "M events/s", "ns/event", "goal", "of that, the stage before"], rows)}\n`;
}

function measure(mode: string, file: string, rounds: number): Measured {
  const { stdout, stderr, exitCode } = Bun.spawnSync([
    process.execPath,
    `${import.meta.dir}/measure.ts`,
    mode,
    file,
    `${rounds}`,
  ]);
  if (exitCode !== 0) throw new Error(`measuring ${mode} ended with status ${exitCode}: ${stderr}`);
  return JSON.parse(stdout.toString());
}

const perEvent = ({ events, ns }: Measured) => ns / events;
const rate = (measured: Measured) => 1000 / perEvent(measured);
const share = (before: number, measured: Measured) =>
  `${Math.min(100, Math.round((100 * before) / perEvent(measured)))} %`;

const row = (name: string, measured: Measured, goal: string, before: string) => [
  name,
  rate(measured).toFixed(2),
  perEvent(measured).toFixed(0),
  goal,
  before,
];
