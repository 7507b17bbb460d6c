import { join } from "node:path";
import { buildPath } from "../build/root.ts";
import { execute } from "../run/execute.ts";
import { exitStatus } from "../run/exit-status.ts";
import { listCases } from "../run/list-cases.ts";
import { plan } from "../run/plan.ts";
import type { CaseResult } from "../run/results.ts";
import type { Work } from "../run/schedule.ts";
import { NoMatch } from "../run/select.ts";
import { formatTarget, parseTarget, type Target } from "../run/target.ts";
import { judge } from "../run/verdict.ts";
import { prepare } from "../setup/prepare.ts";
import { caseCommand } from "./case-command.ts";
import { type Arguments, flag, type OwnCommand, UsageError } from "./command.ts";
import { interruption } from "./interrupt.ts";
import { version } from "./version.ts";

export const reproCommand: OwnCommand = {
  summary: "run one case on one target, and show program, events and difference",
  usage: "[options] TARGET:CASE",
  details: "TARGET:CASE is what run and the report print: x86_64/debian-6.12/kmod:openat/creates-a-file.",
  options: { json: { type: "boolean", help: "print the result as JSON" } },
  positionals: [1, 1],
  run,
};

/** @throws UsageError if the text is no repro id. */
export function parseReproId(text: string): { target: Target; id: string } {
  const colon = text.indexOf(":");
  if (colon < 0) throw new UsageError(`"${text}" is not TARGET:CASE`);
  try {
    return { target: parseTarget(text.slice(0, colon)), id: text.slice(colon + 1) };
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

async function run(args: Arguments): Promise<number> {
  const { target, id } = parseReproId(args.positionals[0]!);
  const work = await choose(formatTarget(target), id);
  await prepare({ targets: [target], locked: false, say: (line) => console.error(line) });
  using signal = interruption();
  const started = new Date().toISOString();
  const dir = buildPath("runs", `repro-${process.pid}`);
  const results: CaseResult[] = [];
  await execute({
    work,
    jobs: 1,
    estimate: (_, cases) => cases,
    dir,
    command: caseCommand,
    env: { SCAPYARD_REPRO: "1" },
    signal,
    results: join(dir, "all.jsonl"),
    resume: false,
    retry: false,
    run: { id: dir, started, scapyard: await version(), command: process.argv.slice(2) },
    onResult: (line) => line.kind === "case" && results.push(line),
  });
  // It reads events by libscap, which set-up may have built just now.
  const { showResult } = await import("./show-result.ts");
  for (const result of results) console.log(flag(args, "json") ? JSON.stringify(result) : showResult(result));
  return signal.aborted ? exitStatus.interrupted : judge(results, []).status;
}

async function choose(target: string, id: string): Promise<Work[]> {
  try {
    return plan({ targetGlobs: [], caseGlobs: [id] }, [target], await listCases());
  } catch (error) {
    if (error instanceof NoMatch) throw new UsageError(error.message);
    throw error;
  }
}
