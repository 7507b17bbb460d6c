/**
 * Cases of one target in a guest of the real vmtest, in one go: run by `run --vm vmtest` in place of `bun test`, with the
 * same environment (SCAPYARD_TARGET, SCAPYARD_CASE, SCAPYARD_RESULTS).
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { ensureKernel } from "../../kernels/index.ts";
import { libscapShared } from "../../lib/libscap/build.ts";
import { Agent } from "../agent/client.ts";
import { buildPath } from "../build/root.ts";
import { ensure } from "../build/step.ts";
import { NotOnArchitecture } from "../program/numbers.ts";
import { GuestLost } from "../run/guest.ts";
import { type LoadedCase, loadCases } from "../run/list-cases.ts";
import { loadFailure } from "../run/loaded-drivers.ts";
import type { CaseResult } from "../run/results.ts";
import { buildCase, runCase, type Verdict } from "../run/run-case.ts";
import { formatTarget, parseTarget, type Target } from "../run/target.ts";
import { unusableLine } from "../run/target-line.ts";
import { TargetUnusable } from "../run/unusable.ts";
import { appendResult } from "../run/write-results.ts";
import { hostArch } from "../setup/host.ts";
import { typicalSlowdown } from "../vm/deadline.ts";
import { vmtestBinary } from "./build.ts";
import { exportTarget, guestModule, repliesFile } from "./export.ts";
import { onceEach } from "./once-each.ts";
import { RecordedChannel } from "./recorded.ts";

/** Milliseconds: nothing is answered before all has run. */
const everything = 3_600_000;

async function main(target: Target, cases: readonly LoadedCase[], results: string): Promise<void> {
  const record = ({ id, syscall }: LoadedCase, verdict: Verdict) => {
    const name = formatTarget(target);
    const repro = `./scapyard repro ${name}:${id}`;
    const line: CaseResult = { kind: "case", target: name, case: id, syscall, ...verdict, ms: 0, repro };
    appendResult(results, line);
  };
  try {
    await runAll(target, cases, record);
  } catch (error) {
    if (!(error instanceof TargetUnusable)) throw error;
    appendResult(results, unusableLine(target, error));
  }
}

type Record = (item: LoadedCase, verdict: Verdict) => void;

async function runAll(target: Target, cases: readonly LoadedCase[], record: Record): Promise<void> {
  const { arch, driver } = target;
  const kernel = await ensureKernel(arch, target.kernel);
  await ensure(libscapShared(hostArch()));
  const channel = new RecordedChannel();
  const slowdown = typicalSlowdown("tcg");
  const agent = Agent.prepared(channel, kernel.facts.pageSize, { slowdown, deadlineMs: everything });
  const loading = agent.load({ engine: driver, ...(driver === "kmod" ? { modulePath: guestModule } : {}) });
  const said = { console: "" };
  const guest = onceEach(agent, said);
  const running = cases.map(async (item) => record(item, await verdictOf(item, arch, guest)));
  const directory = mkdtempSync(join(buildPath(), "vmtest-run-"));
  try {
    await exportTarget(target, kernel, channel.requests, directory, () => {});
    said.console = await runVmtest(directory);
    const replies = join(directory, repliesFile);
    channel.answer(existsSync(replies) ? readFileSync(replies) : new Uint8Array());
    const reply = await loading.catch(() => {
      throw new TargetUnusable("infra-error", "boot", `vmtest's guest answered nothing:\n${said.console}`);
    });
    if (!reply.ok) throw loadFailure(driver, reply.text);
    await Promise.all(running);
  } finally {
    channel.close();
    await Promise.allSettled(running);
    rmSync(directory, { recursive: true, force: true });
  }
}

async function verdictOf(
  item: LoadedCase,
  arch: Target["arch"],
  guest: ReturnType<typeof onceEach>,
): Promise<Verdict> {
  try {
    return await runCase(item, buildCase(item, arch), guest);
  } catch (error) {
    if (error instanceof NotOnArchitecture)
      return { outcome: "unsupported", cause: "not-on-arch", reason: error.message };
    if (!(error instanceof GuestLost)) throw error;
    return { outcome: "infra-error", cause: error.cause, reason: error.message, diff: error.console };
  }
}

/** Returns what vmtest and its guest printed. */
async function runVmtest(directory: string): Promise<string> {
  await ensure(vmtestBinary());
  const child = Bun.spawn(["setpriv", "--pdeathsig", "KILL", "--", vmtestBinary().outputs[0]!], {
    cwd: directory,
    // It makes a script in the root directory's counterpart of this.
    env: { ...process.env, TMPDIR: "/tmp" },
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
