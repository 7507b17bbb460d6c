/** One run: work → results.jsonl. */
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Dividing, divide, type Part } from "./divide.ts";
import { Merged, mergeResults } from "./merge-results.ts";
import { remaining, resultsOf } from "./plan.ts";
import { parseResults } from "./read-results.ts";
import { reproId } from "./repro.ts";
import type { ResultTable } from "./result-table.ts";
import { type CaseResult, type ResultLine, type RunResult, resultsSchemaVersion } from "./results.ts";
import { retriedResult } from "./retry.ts";
import { runSchedule, type Schedule, type Work } from "./schedule.ts";
import { appendResult } from "./write-results.ts";

export interface Execution
  extends Pick<Schedule, "jobs" | "memory" | "dir" | "command" | "env" | "signal">,
    Pick<Schedule, "onResult" | "onStart" | "onStage" | "onEnd" | "onBroken"> {
  readonly work: readonly Work[];
  readonly estimate: Dividing["estimate"];
  /** What there is to do, less what was done before. */
  readonly onPlan?: (parts: readonly Part[]) => void;
  /** The results.jsonl to write. */
  readonly results: string;
  /** Keep what the file has, and do only what is left. */
  readonly resume: boolean;
  /** Run failing cases once more; one that then passes is flaky. */
  readonly retry: boolean;
  readonly run: Pick<RunResult, "id" | "started" | "scapyard" | "command">;
}

/** Everything that the results file says afterwards. */
export async function execute(execution: Execution): Promise<Merged> {
  const { results: file, resume, run, signal } = execution;
  const merged = resume ? readKept(file) : startFile(file);
  const keep = (line: ResultLine) => {
    appendResult(file, line);
    merged.add(line);
  };
  const record = (line: ResultLine, part: Part) => {
    keep(line);
    execution.onResult(line, part);
  };
  try {
    keep({ kind: "run", schema: resultsSchemaVersion, ...run });
    const work = remaining(execution.work, merged.cases);
    const parts = divide(work, execution);
    execution.onPlan?.(parts);
    await runSchedule({ ...execution, parts, onResult: record });
    if (execution.retry && !signal.aborted) await retryFailures(execution, work, merged.cases, record);
  } finally {
    rmSync(execution.dir, { recursive: true, force: true });
  }
  return merged;
}

function startFile(file: string): Merged {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, "");
  return new Merged();
}

function readKept(file: string): Merged {
  if (!existsSync(file)) throw new Error(`there is nothing to resume: ${file} does not exist`);
  const text = readFileSync(file, "utf8");
  // A line that was cut short must not take the next one with it.
  if (text !== "" && !text.endsWith("\n")) appendFileSync(file, "\n");
  return mergeResults(parseResults(text).lines);
}

async function retryFailures(
  execution: Execution,
  work: readonly Work[],
  cases: ResultTable,
  record: Schedule["onResult"],
): Promise<void> {
  const failed = new Map<string, CaseResult>();
  for (const result of resultsOf(work, cases))
    if (result.outcome === "fail") failed.set(reproId(result), result);
  const again = work
    .map(({ target, cases }) => ({
      target,
      cases: cases.filter(({ id }) => failed.has(reproId({ target, case: id }))),
    }))
    .filter(({ cases }) => cases.length > 0);
  const onResult = (line: ResultLine, part: Part) => {
    const first = line.kind === "case" ? failed.get(reproId(line)) : undefined;
    if (line.kind === "case" && first && line.outcome === "pass") record(retriedResult(first, line), part);
  };
  const parts = divide(again, execution);
  await runSchedule({ ...execution, parts, dir: join(execution.dir, "retry"), onResult });
}
