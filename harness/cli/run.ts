import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { loadExpected } from "../../matrix/expected.ts";
import { buildPath } from "../build/root.ts";
import { Durations } from "../run/durations.ts";
import { type Execution, execute } from "../run/execute.ts";
import { exitStatus } from "../run/exit-status.ts";
import { listCases } from "../run/list-cases.ts";
import type { Merged } from "../run/merge-results.ts";
import { plan, resultsOf } from "../run/plan.ts";
import { reproId } from "../run/repro.ts";
import { availableMemory, needOf } from "../run/room.ts";
import type { Work } from "../run/schedule.ts";
import { NoMatch } from "../run/select.ts";
import { parseShard, type Shard, shardOf } from "../run/shard.ts";
import { formatTarget, type Target } from "../run/target.ts";
import { judge } from "../run/verdict.ts";
import { prepare } from "../setup/prepare.ts";
import { shellQuote } from "../vm/shell.ts";
import { prepareVmtest, vmtestCommand } from "../vmtest/prepare.ts";
import { caseCommand } from "./case-command.ts";
import { type Arguments, flag, type OwnCommand, string, strings, UsageError } from "./command.ts";
import { profileOf, targetOptions } from "./find-profile.ts";
import { interruption } from "./interrupt.ts";
import { jobCount } from "./job-count.ts";
import { defaultReport, defaultResults } from "./output-files.ts";
import { Progress } from "./progress.ts";
import { shownPath } from "./shown-path.ts";
import { countByTarget, summaryTable, verdictLines } from "./summary.ts";
import { hostTargets, isOnHost, prepareHost } from "./this-kernel.ts";
import { type PartTime, timingsTable } from "./timings.ts";
import { version } from "./version.ts";

export const runCommand: OwnCommand = {
  summary: "run the driver cases on targets, and write the report",
  usage: "[options]",
  details: `A target is <arch>/<kernel>/<driver>, a case <syscall>/<name>. In globs * crosses no /.
Exit status: 0 every case passed, or is listed in matrix/expected.yaml with another outcome; 1 a case failed
or was flaky, or a listed one passed; 2 usage; 3 a case got no verdict; 130 interrupted.`,
  options: {
    ...targetOptions,
    case: { type: "string", multiple: true, value: "GLOB", help: "only these cases (repeatable)" },
    vm: {
      type: "string",
      value: "NAME",
      help: "qemu, or vmtest: each target in one guest of it, without snapshots (qemu)",
    },
    "this-kernel": { type: "boolean", help: "with --target host: on this very machine's kernel, as root" },
    shard: { type: "string", value: "N/M", help: "only part N of M equal ones; merge them with report" },
    results: { type: "string", value: "FILE", help: `where results go (${shownPath(defaultResults)})` },
    report: { type: "string", value: "FILE", help: `where the page goes (${shownPath(defaultReport)})` },
    resume: { type: "boolean", help: "keep the results of an interrupted run, and do the rest" },
    retry: { type: "boolean", help: "run failing cases once more; one that then passes is flaky" },
    jobs: { type: "string", value: "N", help: "guests at a time, if memory allows (one per core)" },
    locked: { type: "boolean", help: "fail if a kernel is not the locked version" },
    list: { type: "boolean", help: "print what would run, and exit" },
    timings: { type: "boolean", help: "print where the time went" },
    json: { type: "boolean", help: "print the list or the summary as JSON" },
  },
  positionals: [0, 0],
  run,
};

async function run(args: Arguments): Promise<number> {
  const onHost = isOnHost(args);
  const onVmtest = isOnVmtest(args);
  const targets = onHost ? hostTargets(args) : profileOf(args);
  const work = await choose(args, targets);
  if (flag(args, "list")) return list(work, flag(args, "json"));
  const jobs = onHost ? 1 : jobCount(string(args, "jobs"));
  const file = resultsFile(args);
  const chosen = targets.filter((target) => work.some((item) => item.target === formatTarget(target)));
  const locked = flag(args, "locked");
  const say = (line: string) => console.error(line);
  if (onVmtest) await prepareVmtest(say);
  await (onHost ? prepareHost(say) : prepare({ targets: chosen, locked, say }));
  // Not earlier: what set-up does may simply die.
  using signal = interruption();
  const outcome = await runWork(args, { work, jobs, results: file, signal });
  return conclude(args, work, outcome, signal.aborted);
}

function isOnVmtest(args: Arguments): boolean {
  const name = string(args, "vm") ?? "qemu";
  if (name !== "qemu" && name !== "vmtest") throw new UsageError(`--vm is qemu or vmtest, not "${name}"`);
  if (name === "vmtest" && isOnHost(args))
    throw new UsageError("--vm vmtest has nothing to do with --target host");
  return name === "vmtest";
}

async function choose(args: Arguments, targets: readonly Target[]): Promise<Work[]> {
  const targetGlobs = isOnHost(args) ? [] : strings(args, "target");
  const selection = { targetGlobs, caseGlobs: strings(args, "case") };
  const shard = shardArgument(args);
  try {
    return shardOf(plan(selection, targets.map(formatTarget), await listCases()), shard);
  } catch (error) {
    if (error instanceof NoMatch) throw new UsageError(error.message);
    throw error;
  }
}

function shardArgument(args: Arguments): Shard {
  try {
    return parseShard(string(args, "shard") ?? "1/1");
  } catch (error) {
    throw new UsageError(`--shard: ${(error as Error).message}`);
  }
}

/** Lines for people; for programs `[{ "target": …, "cases": […] }, …]`. */
function list(work: readonly Work[], json: boolean): number {
  const targets = work.map(({ target, cases }) => ({ target, cases: cases.map(({ id }) => id) }));
  const lines = targets.flatMap(({ target, cases }) => cases.map((id) => reproId({ target, case: id })));
  console.log(json ? JSON.stringify(targets) : lines.join("\n"));
  return exitStatus.ok;
}

interface Outcome {
  readonly merged: Merged;
  readonly times: readonly PartTime[];
  readonly file: string;
}

/** @throws UsageError if there is nothing to resume */
function resultsFile(args: Arguments): string {
  const file = resolve(string(args, "results") ?? defaultResults);
  if (flag(args, "resume") && !existsSync(file))
    throw new UsageError(`there is nothing to resume: ${file} does not exist; leave out --resume`);
  return file;
}

async function runWork(
  args: Arguments,
  what: Pick<Execution, "work" | "jobs" | "results" | "signal">,
): Promise<Outcome> {
  const started = new Date().toISOString();
  const id = `${started.replaceAll(/\D/g, "")}-${process.pid}`;
  const durations = Durations.read();
  using progress = new Progress({ jobs: what.jobs, expected: (target) => durations.of(target) });
  const times: PartTime[] = [];
  const merged = await execute({
    ...what,
    memory: { limit: availableMemory(), need: needOf },
    estimate: (target, cases) => durations.estimate(target, cases),
    dir: buildPath("runs", id),
    command: isOnVmtest(args) ? vmtestCommand : caseCommand,
    resume: flag(args, "resume"),
    retry: flag(args, "retry"),
    run: { id, started, scapyard: await version(), command: process.argv.slice(2) },
    ...reporting(progress, durations, times),
  });
  durations.write();
  return { merged, times, file: what.results };
}

function reporting(progress: Progress, durations: Durations, times: PartTime[]) {
  return {
    onPlan: (parts) => progress.plan(parts),
    onStart: (part) => progress.start(part),
    onStage: (part, stage) => progress.stage(part, stage),
    onResult: (line, part) => {
      if (line.kind === "case") progress.result(part, line);
    },
    onEnd: (part, wall) => {
      times.push({ part, wall });
      const measured = progress.end(part, wall);
      if (measured) durations.learn(part.target, part.cases.length, measured);
    },
    onBroken: (target, message) => progress.note(`${target}: a result was unreadable: ${message}`),
  } satisfies Partial<Execution>;
}

async function conclude(
  args: Arguments,
  work: readonly Work[],
  outcome: Outcome,
  interrupted: boolean,
): Promise<number> {
  const { merged, times, file } = outcome;
  const results = resultsOf(work, merged.cases);
  const verdict = judge(results, loadExpected());
  const status = interrupted ? exitStatus.interrupted : verdict.status;
  // It imports the schema's modules, which may have been made just now.
  const { writeReport } = await import("../../reports/write.ts");
  const { page: report } = await writeReport([file], resolve(string(args, "report") ?? defaultReport));
  const counts = countByTarget(results);
  if (flag(args, "json")) {
    const { unexpected, outdated, listed } = verdict;
    const targets = Object.fromEntries(counts);
    console.log(JSON.stringify({ status, targets, unexpected, outdated, listed, results: file, report }));
    return status;
  }
  console.log(`\n${summaryTable(counts)}\n`);
  for (const line of verdictLines(verdict, resumeCommand())) console.log(line);
  if (flag(args, "timings")) console.log(`\n${timingsTable(times, merged.targets, results)}`);
  console.log(`\nresults: ${shownPath(file)}\nreport:  ${shownPath(report)}`);
  return status;
}

/** The same command, to do the rest. */
function resumeCommand(): string {
  const words = process.argv.slice(2).filter((word) => word !== "--resume");
  return `./scapyard ${shellQuote([...words, "--resume"])}`;
}
