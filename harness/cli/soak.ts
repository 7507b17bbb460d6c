import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { ensureSchema } from "../../drivers/schema/build.ts";
import { buildPath, root } from "../build/root.ts";
import { fuzzTargets } from "../fuzz/targets.ts";
import { exitStatus } from "../run/exit-status.ts";
import { preparePackages } from "../setup/prepare.ts";
import { type Arguments, flag, type OwnCommand, string, UsageError } from "./command.ts";
import { interruption } from "./interrupt.ts";
import { table } from "./table.ts";

/** How far a part is. A finished one is done again only with --fresh, or when its key has changed. */
interface Part {
  /** What was run: another key begins anew. */
  key: string;
  done: number;
  of: number;
  unit: string;
  seconds: number;
  failure: string | null;
  /** When it was last worked on, ISO 8601. */
  at: string;
}

type Progress = { [name: string]: Part };

const recordFile = buildPath("soak.json");

interface Work {
  readonly name: string;
  readonly of: number;
  readonly unit: string;
  readonly key: () => Promise<string>;
  /** Do the next share, from `done` on. */
  readonly share: (done: number, signal: AbortSignal) => Promise<{ count: number; failure: string | null }>;
}

const sharesOf = 20_000;

/** Loaded late: the generated schema must be there. */
const random = () => import("../fuzz/soak.ts");
const mutationsKey = async () => (await random()).mutationsKey();

const mutations = (of: number): Work => ({
  name: "mutations",
  of,
  unit: "inputs",
  key: mutationsKey,
  async share(done, signal) {
    const count = Math.min(sharesOf, of - done);
    return { count, failure: await (await random()).readMutations(done + 1, count, signal) };
  },
});

const fuzzing = (name: string, seconds: number): Work => ({
  name: `fuzz ${name}`,
  of: seconds,
  unit: "seconds",
  key: mutationsKey,
  async share(done, signal) {
    const count = Math.min(60, seconds - done);
    const { fuzz } = await import("../fuzz/fuzz.ts");
    const { failure } = await fuzz(fuzzTargets.find((target) => target.name === name)!, count, { signal });
    return { count, failure };
  },
});

/** Every target of the full profile; `run` itself resumes. */
const matrix: Work = {
  name: "matrix",
  of: 1,
  unit: "runs",
  key: async () => "full",
  async share(_, signal) {
    const results = buildPath("soak", "results.jsonl");
    const out = ["--results", results, "--report", buildPath("soak", "index.html")];
    const resume = existsSync(results) ? ["--resume"] : [];
    mkdirSync(dirname(results), { recursive: true });
    const child = Bun.spawn(
      [process.execPath, `${root}/harness/cli/main.ts`, "run", "--profile", "full", ...out, ...resume],
      {
        stdio: ["ignore", "inherit", "inherit"],
        signal,
        killSignal: "SIGTERM",
      },
    );
    const status = await child.exited;
    return { count: 1, failure: status === 0 ? null : `run --profile full ended with status ${status}` };
  },
};

export const soakCommand: OwnCommand = {
  summary: "the long tests: mutations, fuzzing, the full matrix",
  usage: "[options] [PART...]",
  details: `Parts: mutations (captures changed at random, under AddressSanitizer), fuzz (every target), matrix (run --profile full).
Progress is kept in build/soak.json: an interrupted soak goes on where it was, and a finished part is only shown. Exit status: 0
nothing was found, 1 something failed.`,
  options: {
    mutations: { type: "string", value: "N", help: "how many mutated captures (default: 1000000)" },
    time: { type: "string", value: "SECONDS", help: "of fuzzing for each target (default: 600)" },
    fresh: { type: "boolean", help: "begin anew" },
  },
  positionals: [0, 3],
  run,
};

async function run(args: Arguments): Promise<number> {
  const record: Progress = existsSync(recordFile) ? JSON.parse(readFileSync(recordFile, "utf8")) : {};
  await preparePackages((line) => console.error(line));
  await ensureSchema();
  using signal = interruption();
  const works = chosen(args);
  for (const work of works) {
    if (flag(args, "fresh")) delete record[work.name];
    await workOff(work, record, signal);
    if (signal.aborted) break;
  }
  process.stdout.write(`${summary(record)}\n`);
  if (signal.aborted) return exitStatus.interrupted;
  return works.some(({ name }) => record[name]?.failure) ? exitStatus.fail : exitStatus.ok;
}

function chosen(args: Arguments): Work[] {
  const number = (name: string, otherwise: number) => {
    const value = Number(string(args, name) ?? otherwise);
    if (!Number.isInteger(value) || value < 1) throw new UsageError(`--${name} takes a number from 1`);
    return value;
  };
  const parts: Readonly<Record<string, () => Work[]>> = {
    mutations: () => [mutations(number("mutations", 1_000_000))],
    fuzz: () => fuzzTargets.map(({ name }) => fuzzing(name, number("time", 600))),
    matrix: () => [matrix],
  };
  const names = args.positionals.length > 0 ? args.positionals : Object.keys(parts);
  return names.flatMap((name) => {
    if (!Object.hasOwn(parts, name))
      throw new UsageError(`soak has no part "${name}" (there are: ${Object.keys(parts).join(", ")})`);
    return parts[name]!();
  });
}

/** Go on with a part until it is finished, fails or is interrupted. */
async function workOff(work: Work, record: Progress, signal: AbortSignal): Promise<void> {
  const { name, of, unit } = work;
  const key = await work.key();
  let part = record[name];
  if (!part || part.key !== key || part.failure)
    part = { key, done: 0, of, unit, seconds: 0, failure: null, at: "" };
  record[name] = part;
  part.of = of;
  while (part.done < of && !part.failure) {
    const start = performance.now();
    const { count, failure } = await work.share(part.done, signal);
    if (signal.aborted) return;
    part.done += count;
    part.failure = failure;
    part.seconds += (performance.now() - start) / 1000;
    part.at = new Date().toISOString();
    writeFileSync(recordFile, JSON.stringify(record, null, 2));
    console.error(`${name}: ${part.done} of ${of} ${unit}`);
    if (failure) console.error(failure);
  }
}

function summary(record: Progress): string {
  const rows = Object.entries(record).map(([name, part]) => [
    name,
    `${part.done} of ${part.of} ${part.unit}`,
    `${Math.round(part.seconds)} s`,
    part.failure ? "FAILED" : part.done >= part.of ? "nothing found" : "not finished",
    part.at.slice(0, 16),
  ]);
  return table(["part", "done", "time", "outcome", "last worked on"], rows);
}
