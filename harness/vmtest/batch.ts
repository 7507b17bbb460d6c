/** All cases of a target as one file of requests. */
import { ensureKernel, type Kernel } from "../../kernels/index.ts";
import { libscapShared } from "../../lib/libscap/build.ts";
import { Agent } from "../agent/client.ts";
import type { LoadReply } from "../agent/messages.ts";
import { ensure } from "../build/step.ts";
import { NotOnArchitecture } from "../program/numbers.ts";
import { GuestLost } from "../run/guest.ts";
import type { LoadedCase } from "../run/list-cases.ts";
import { guestBtf, guestModule } from "../run/loaded-drivers.ts";
import { driverFiles } from "../run/open-guest.ts";
import { buildCase, runCase, type Verdict } from "../run/run-case.ts";
import type { Arch, Target } from "../run/target.ts";
import { hostArch } from "../setup/host.ts";
import { typicalSlowdown } from "../vm/deadline.ts";
import { exportTarget, shared } from "./export.ts";
import { onceEach } from "./once-each.ts";
import { RecordedChannel } from "./recorded.ts";

/** Milliseconds: nothing is answered before all has run. */
const everything = 3_600_000;

export interface Batch {
  readonly kernel: Kernel;
  readonly channel: RecordedChannel;
  readonly loading: Promise<LoadReply>;
  /** In the order of the cases. */
  readonly verdicts: readonly Promise<Verdict>[];
  /** What is known of the guest when something is missing. */
  readonly said: { console: string };
}

/** Asks for everything; the channel is to be answered later. */
export async function makeBatch(target: Target, cases: readonly LoadedCase[]): Promise<Batch> {
  const { arch, driver } = target;
  const kernel = await ensureKernel(arch, target.kernel);
  await ensure(libscapShared(hostArch()));
  const channel = new RecordedChannel();
  const slowdown = typicalSlowdown("tcg");
  const agent = Agent.prepared(channel, kernel.facts.pageSize, { slowdown, deadlineMs: everything });
  const files = await driverFiles(kernel, [driver]);
  const loading = agent.load({
    engine: driver,
    ...(guestModule in files ? { modulePath: `${shared}/${guestModule}` } : {}),
    ...(guestBtf in files ? { btfPath: `${shared}/${guestBtf}` } : {}),
  });
  const said = { console: "" };
  const guest = onceEach(agent, said);
  const verdicts = cases.map((item) => verdictOf(item, arch, guest));
  return { kernel, channel, loading, verdicts, said };
}

async function verdictOf(item: LoadedCase, arch: Arch, guest: ReturnType<typeof onceEach>): Promise<Verdict> {
  try {
    return await runCase(item, buildCase(item, arch), guest);
  } catch (error) {
    if (error instanceof NotOnArchitecture)
      return { outcome: "unsupported", cause: "not-on-arch", reason: error.message };
    if (!(error instanceof GuestLost)) throw error;
    return { outcome: "infra-error", cause: error.cause, reason: error.message, diff: error.console };
  }
}

/** The directory for plain vmtest, without anybody who waits for the replies. */
export async function exportBatch(
  target: Target,
  cases: readonly LoadedCase[],
  directory: string,
  say: (line: string) => void,
): Promise<void> {
  const { kernel, channel, loading, verdicts } = await makeBatch(target, cases);
  try {
    await exportTarget(target, kernel, channel.requests, directory, say);
  } finally {
    channel.close();
    await Promise.allSettled([loading, ...verdicts]);
  }
}
