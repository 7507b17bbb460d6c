/** This very machine as a guest: the agent as an ordinary process, its driver in the running kernel. */
import { mkdtempSync, rmSync } from "node:fs";
import { release, tmpdir, version } from "node:os";
import { join } from "node:path";
import { libscapShared } from "../../../lib/libscap/build.ts";
import { agentBinary } from "../../agent/build.ts";
import { Agent } from "../../agent/client.ts";
import { processChannel } from "../../agent/process-channel.ts";
import { fileHash } from "../../build/file-hash.ts";
import { ensure } from "../../build/step.ts";
import { hostArch } from "../../setup/host.ts";
import { BootError } from "../../vm/index.ts";
import { driverInfo, loadFailure } from "../loaded-drivers.ts";
import type { KernelIdentity, OpenedGuest } from "../open-guest.ts";
import type { Driver } from "../target.ts";
import { TargetUnusable } from "../unusable.ts";
import { type AgentHost, VmGuest } from "../vm-guest.ts";
import { hostKernel, refusal } from "./refusal.ts";

export { hostKernel } from "./refusal.ts";

/** What must have been built for it. */
export const hostTargetSteps = () => [agentBinary(hostArch()), libscapShared(hostArch())];

let unusable: TargetUnusable | undefined;

/** @throws TargetUnusable, also if this machine or its user does not want it, or the driver did not load before */
export async function openHost(driver: Driver): Promise<OpenedGuest> {
  const no = refusal(driver);
  if (no) throw new TargetUnusable("unsupported", "other", no);
  if (unusable) throw unusable;
  try {
    return await open(driver);
  } catch (error) {
    if (error instanceof TargetUnusable) unusable = error;
    throw error;
  }
}

async function open(driver: Driver): Promise<OpenedGuest> {
  const started = performance.now();
  for (const step of hostTargetSteps()) await ensure(step);
  const agentFile = agentBinary(hostArch()).outputs[0]!;
  const { agent, host } = await startAgent(agentFile);
  const reply = await agent.load({ engine: driver });
  if (!reply.ok) {
    await host[Symbol.asyncDispose]();
    throw loadFailure(driver, reply.text);
  }
  return {
    guest: new VmGuest(
      host,
      agent,
      agent.info.features.ia32 ? undefined : "the running kernel takes no 32-bit calls",
    ),
    kernel: runningKernel(),
    loaded: [driverInfo(reply.info)],
    made: { agentSha256: await fileHash(agentFile), toolchain: { bun: Bun.version } },
    timings: { prepare: performance.now() - started },
  };
}

/** Nobody knows how fast this machine is: time for programs as in an emulated one. */
const slowdown = 6;

async function startAgent(file: string): Promise<{ agent: Agent; host: AgentHost }> {
  const dir = mkdtempSync(join(tmpdir(), "scapyard-host-"));
  const channel = processChannel(["setpriv", "--pdeathsig", "KILL", "--", file, "--host", dir]);
  const dispose = async () => {
    channel.kill();
    await channel.exited;
    rmSync(dir, { recursive: true, force: true });
  };
  const failure: AgentHost["failure"] = (cause, summary) =>
    new BootError(cause, summary, { console: "", qemuLine: "(this machine)" });
  try {
    return {
      agent: await Agent.connect(channel, { slowdown }),
      host: { failure, [Symbol.asyncDispose]: dispose },
    };
  } catch (error) {
    await dispose();
    const said = (await channel.stderr).trim();
    throw new TargetUnusable("infra-error", "channel", `the agent does not start: ${said || error}`);
  }
}

function runningKernel(): KernelIdentity {
  const series = /^\d+\.\d+/.exec(release())?.[0] ?? release();
  return {
    ...{ name: hostKernel, series, release: release(), package: "(running)" },
    ...{ lockedVersion: version(), actualVersion: version(), sha256: "" },
  };
}
