/** `./scapyard bench sinsp`: how fast events get their state, are filtered, printed and written as JSON. */
import { ensure } from "../../harness/build/step.ts";
import { table } from "../../harness/cli/table.ts";
import { hostArch } from "../../harness/setup/host.ts";
import { libscapShared } from "../../lib/libscap/build.ts";
import { benchCaptures, captures } from "../scap/files.ts";
import { recordStep, workloadCapture } from "./record.ts";

interface Measured {
  readonly events: number;
  /** CPU time in nanoseconds: of the first pass, in which code is compiled, and of the best one. */
  readonly first: number;
  readonly ns: number;
}

/** What the existing C++ library reaches on such a machine, in million events a second. */
const goals = [
  { mode: "state", name: "state only", goal: 9.6 },
  { mode: "filter", name: "state and a filter of three parts", goal: 7.8 },
  { mode: "line", name: "the default line", goal: 1.0 },
  { mode: "json", name: "eight fields as JSON", goal: 0.34 },
] as const;

/** @param rounds everything is measured until that many more bring nothing better */
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
  const walk = measure("walk", file, rounds);
  const all = goals.map((one) => ({ ...one, measured: measure(one.mode, file, rounds) }));
  const state = all[0]!.measured;
  const rows = [
    row("reading alone", read),
    row("reading, and a look at each header", walk, "", share(read, walk)),
    ...all.map(({ name, goal, mode, measured }) =>
      row(
        name,
        measured,
        `${goal} M/s${rate(measured) < goal ? " (missed)" : ""}`,
        share(mode === "state" ? walk : state, measured),
      ),
    ),
  ];
  const head = ["", "M events/s", "ns/event", "first pass", "goal", "of that, the stage before"];
  return `${title}: ${read.events} events\n${table(head, rows)}\n${["state", "filter"].map((mode) => made(mode, file)).join("\n")}\n`;
}

/** What the state keeps is made, too: so many descriptors and processes come and go. */
function made(mode: string, file: string): string {
  const { events, objects, growth } = json<Made>("objects.ts", mode, file);
  const million = events / 1e6;
  const thousand = (count: number) => (count / million / 1000).toFixed(1);
  return `${mode}: ${thousand(objects)} thousand objects made per million events; the heap grew by ${thousand(growth)} thousand`;
}

interface Made {
  readonly events: number;
  readonly objects: number;
  readonly growth: number;
}

const measure = (mode: string, file: string, rounds: number) =>
  json<Measured>("measure.ts", mode, file, `${rounds}`);

/** What a script of this folder prints, in a process of its own. */
function json<T>(script: string, ...args: string[]): T {
  const { stdout, stderr, exitCode } = Bun.spawnSync([
    process.execPath,
    `${import.meta.dir}/${script}`,
    ...args,
  ]);
  if (exitCode !== 0) throw new Error(`${script} ${args[0]} ended with status ${exitCode}: ${stderr}`);
  return JSON.parse(stdout.toString());
}

const perEvent = ({ events, ns }: Measured) => ns / events;
const first = ({ events, first }: Measured) => `${(first / events).toFixed(0)} ns`;
const rate = (measured: Measured) => 1000 / perEvent(measured);
const share = (before: Measured, measured: Measured) =>
  `${Math.min(100, Math.round((100 * perEvent(before)) / perEvent(measured)))} %`;

const row = (name: string, measured: Measured, goal = "", before = "") => [
  name,
  rate(measured).toFixed(2),
  perEvent(measured).toFixed(0),
  first(measured),
  goal,
  before,
];
