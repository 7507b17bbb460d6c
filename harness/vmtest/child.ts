/**
 * Cases of one target in a guest of the real vmtest, in one go: run by `run --vm vmtest` in place of `bun test`, with the
 * same environment (SCAPYARD_TARGET, SCAPYARD_CASE, SCAPYARD_RESULTS).
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { buildPath } from "../build/root.ts";
import { ensure } from "../build/step.ts";
import { type LoadedCase, loadCases } from "../run/list-cases.ts";
import { driverInfo, loadFailure } from "../run/loaded-drivers.ts";
import { provenance } from "../run/provenance.ts";
import type { CaseResult } from "../run/results.ts";
import { formatTarget, parseTarget, type Target } from "../run/target.ts";
import { targetLine, unusableLine } from "../run/target-line.ts";
import { TargetUnusable } from "../run/unusable.ts";
import { appendResult } from "../run/write-results.ts";
import { type Batch, makeBatch } from "./batch.ts";
import { vmtestBinary } from "./build.ts";
import { exportTarget, repliesFile } from "./export.ts";

async function main(target: Target, cases: readonly LoadedCase[], results: string): Promise<void> {
  try {
    const batch = await makeBatch(target, cases);
    const { kernel, loading, verdicts } = batch;
    const name = formatTarget(target);
    await answer(target, batch);
    const reply = await loading.catch(() => {
      throw new TargetUnusable(
        "infra-error",
        "boot",
        `vmtest's guest answered nothing: ${lastLine(batch.said.console)}\n${batch.said.console}`,
      );
    });
    if (!reply.ok) throw loadFailure(target.driver, reply.text);
    const opened = {
      ...{ kernel, loaded: [driverInfo(reply.info)], made: await provenance(kernel, target.driver) },
      ...{ guest: { machine: { accel: "tcg" as const } }, timings: {} },
    };
    appendResult(results, targetLine(target, opened));
    for (const [index, { id, syscall }] of cases.entries()) {
      const repro = `./scapyard repro ${name}:${id}`;
      const verdict = await verdicts[index]!;
      const line: CaseResult = { kind: "case", target: name, case: id, syscall, ...verdict, ms: 0, repro };
      appendResult(results, line);
    }
  } catch (error) {
    if (!(error instanceof TargetUnusable)) throw error;
    appendResult(results, unusableLine(target, error));
  }
}

/** What vmtest says of a guest that takes more than two minutes to start, which on a busy machine one may. */
const tooSlow = "Timed out waiting for QGA";

const lastLine = (text: string) => text.trimEnd().split("\n").at(-1)!.trim();

/** Has vmtest run the batch; all of it is answered then, or failed. */
async function answer(target: Target, { kernel, channel, loading, verdicts, said }: Batch): Promise<void> {
  const directory = mkdtempSync(join(buildPath(), "vmtest-run-"));
  try {
    await exportTarget(target, kernel, channel.requests, directory, () => {});
    said.console = await runVmtest(directory);
    if (said.console.includes(tooSlow)) said.console = await runVmtest(directory);
    const replies = join(directory, repliesFile);
    channel.answer(existsSync(replies) ? readFileSync(replies) : new Uint8Array());
  } finally {
    channel.close();
    await Promise.allSettled([loading, ...verdicts]);
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Returns what vmtest and its guest printed. */
async function runVmtest(directory: string): Promise<string> {
  await ensure(vmtestBinary());
  const child = Bun.spawn(["setpriv", "--pdeathsig", "KILL", "--", vmtestBinary().outputs[0]!], {
    cwd: directory,
    // It makes a script in the root directory's counterpart of this.
    env: { ...process.env, TMPDIR: "/tmp", RUST_BACKTRACE: "0" },
    stdout: "pipe",
    stderr: "pipe",
    stdin: "ignore",
  });
  const texts = [child.stdout, child.stderr].map((stream) => new Response(stream).text());
  await child.exited;
  return (await Promise.all(texts)).join("\n").slice(-16_384);
}

if (import.meta.main) {
  const { SCAPYARD_TARGET = "", SCAPYARD_CASE = "**", SCAPYARD_RESULTS = "" } = process.env;
  const glob = new Bun.Glob(SCAPYARD_CASE);
  const cases = (await loadCases()).filter(({ id }) => glob.match(id));
  await main(parseTarget(SCAPYARD_TARGET), cases, SCAPYARD_RESULTS);
}
