import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { loadProfile, testProfile } from "../../matrix/profile.ts";
import { buildPath, root } from "../build/root.ts";
import { exitStatus } from "../run/exit-status.ts";
import { availableMemory } from "../run/room.ts";
import type { Target } from "../run/target.ts";
import { prepare } from "../setup/prepare.ts";
import { type Arguments, flag, type OwnCommand } from "./command.ts";
import { interruption } from "./interrupt.ts";
import { jobCount } from "./job-count.ts";
import { failure, sum, type Tally, tallyBunTest, tallyLine } from "./tally.ts";
import { runMatrix } from "./test-matrix.ts";

export const testCommand: OwnCommand = {
  summary: "run every test of the project",
  usage: "[options] [FILTER...]",
  details: `Sets up, checks types and style, then runs all tests: TypeScript, C, and those in virtual machines. A FILTER is a part of
a test file's path; with one, only tests run. The last line is the sum: "N passed, N failed, N skipped".`,
  options: { watch: { type: "boolean", help: "run again whenever a file changes" } },
  positionals: [0, 1000],
  run,
};

async function run(args: Arguments): Promise<number> {
  const say = (line: string) => console.error(line);
  const targets = loadProfile(testProfile);
  await prepare({ targets, locked: false, say });
  using signal = interruption();
  if (flag(args, "watch")) return spawn(["test", "--watch", ...args.positionals], signal);
  const everything = args.positionals.length === 0;
  const checks = everything ? await runChecks(signal) : [];
  const unit = await runBunTest(args.positionals, outermostKernels(targets), signal);
  const matrix = everything ? [await runMatrix(signal)] : [];
  const tally = sum([...checks, unit, ...matrix]);
  for (const note of tally.notes) console.log(note);
  console.log(tallyLine(tally));
  if (signal.aborted) return exitStatus.interrupted;
  return tally.failed > 0 ? exitStatus.fail : exitStatus.ok;
}

/** Run Bun in the foreground. Returns its exit status. */
async function spawn(
  words: readonly string[],
  signal: AbortSignal,
  env: Record<string, string> = {},
): Promise<number> {
  if (signal.aborted) return exitStatus.interrupted;
  const child = Bun.spawn([process.execPath, ...words], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ["ignore", "inherit", "inherit"],
    signal,
    killSignal: "SIGTERM",
  });
  return child.exited;
}

const checks = [
  { name: "types", words: ["x", "tsc", "--noEmit"] },
  { name: "style", words: ["x", "biome", "check", "."] },
];

async function runChecks(signal: AbortSignal): Promise<Tally[]> {
  const tallies: Tally[] = [];
  for (const { name, words } of checks) {
    const status = await spawn(words, signal);
    const passed = { passed: 1, failed: 0, skipped: 0, notes: [] };
    tallies.push(
      status === 0 ? passed : failure(`${name}: bun ${words.join(" ")} ended with status ${status}`),
    );
  }
  return tallies;
}

/** Of each architecture the oldest and the newest kernel, which is the order of a profile; the cases visit all. */
function outermostKernels(targets: readonly Target[]): string[] {
  const groups = Map.groupBy(targets, ({ arch }) => arch);
  return [...groups].flatMap(([arch, all]) => {
    const names = new Set([all[0]!.kernel, all.at(-1)!.kernel]);
    return [...names].map((kernel) => `${arch}/${kernel}`);
  });
}

/** Test files as `bun test` finds them in the checkout, less the cases: these run on every target. */
function testFiles(): string[] {
  const found = new Bun.Glob("**/*.test.{ts,tsx}").scanSync({ cwd: root });
  return [...found].filter((file) => !/^(node_modules|build|drivers\/cases)\//.test(file)).sort();
}

/** Milliseconds, for tests that do not ask for more: on a busy machine five seconds are soon over. */
const patience = 60_000;

/** MiB that a test takes at most: one of Bun in a guest. */
const memoryOfTest = 2048;

/** Test files at a time: nearly all time goes into guests of one CPU. */
function workers(): number {
  return Math.max(1, Math.min(jobCount(undefined), Math.floor(availableMemory() / memoryOfTest)));
}

/** @param kernels on which the tests run that boot guests */
async function runBunTest(
  filters: readonly string[],
  kernels: readonly string[],
  signal: AbortSignal,
): Promise<Tally> {
  const outfile = buildPath("test", "junit.xml");
  mkdirSync(dirname(outfile), { recursive: true });
  rmSync(outfile, { force: true });
  // One module registry for all files of a worker, as without workers: anew for each file takes longer than most tests.
  const parallel = [`--parallel=${workers()}`, "--no-isolate"];
  const options = ["--reporter=junit", `--reporter-outfile=${outfile}`, `--timeout=${patience}`, ...parallel];
  const files = testFiles();
  // Named one by one, so that nothing under build/ is taken for a test.
  const chosen = filters.length > 0 ? filters : files.map((file) => join(root, file));
  const env = { SCAPYARD_KERNELS: kernels.join(",") };
  const status = await spawn(["test", ...options, ...chosen], signal, env);
  const junit = existsSync(outfile) ? readFileSync(outfile, "utf8") : null;
  return tallyBunTest({ junit, status, files: filters.length > 0 ? [] : files });
}
