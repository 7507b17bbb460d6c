/** From a target to a guest: kernel, agent and driver into a snapshot, and a clone of that to run programs in. */

import { kernelBtf, kernelBtfPath } from "../../drivers/bpf/kernel-btf.ts";
import { kmodModule, modulePath } from "../../drivers/kmod/build.ts";
import { compatOption, ensureKernel, type Kernel, KernelError } from "../../kernels/index.ts";
import { libscapShared } from "../../lib/libscap/build.ts";
import { agentBinary } from "../agent/build.ts";
import { Agent } from "../agent/client.ts";
import { ensure } from "../build/step.ts";
import { program } from "../program/index.ts";
import { hostArch } from "../setup/host.ts";
import { BootError, cachedSnapshot, type Machine, makeInitramfs, portModules, restore } from "../vm/index.ts";
import { configConflict, type GuestOptions, guestOptions } from "./guest-options.ts";
import { hostKernel, openHost } from "./host/open-host.ts";
import {
  guestBtf,
  guestModule,
  type LoadedDriver,
  loadDrivers,
  loadedFormat,
  readLoaded,
  writeLoaded,
} from "./loaded-drivers.ts";
import { type Provenance, provenance } from "./provenance.ts";
import { Stages } from "./stages.ts";
import { type Arch, type Driver, formatTarget, type Target } from "./target.ts";
import { TargetUnusable } from "./unusable.ts";
import { VmGuest } from "./vm-guest.ts";

/** Why 32-bit calls do not work there. */
function noCompat({ arch, facts }: Kernel): string {
  const option = compatOption(arch);
  return facts.compat
    ? `32-bit calls do not work, though the kernel is built with ${option}`
    : `the kernel is built without ${option}`;
}

/** Which kernel it was, as results say it. */
export type KernelIdentity = Pick<
  Kernel,
  "name" | "series" | "release" | "package" | "lockedVersion" | "actualVersion" | "sha256"
>;

/** A running clone with everything that was loaded, and how long its parts took. */
export interface OpenedGuest {
  readonly guest: VmGuest;
  readonly kernel: KernelIdentity;
  readonly loaded: readonly LoadedDriver[];
  /** Of the first driver. */
  readonly made: Provenance;
  /** Milliseconds. */
  readonly timings: Readonly<Record<string, number>>;
}

export async function openGuest(
  { arch, kernel, driver, options = {} }: Target,
  stages?: Stages,
): Promise<OpenedGuest> {
  if (kernel === hostKernel) return openHost(driver);
  return openGuestWith(arch, kernel, [driver], guestOptions(options), stages);
}

const unusable = new Map<string, TargetUnusable>();

/** @throws TargetUnusable, also if the same was tried before in this process */
export async function openGuestWith(
  arch: Arch,
  kernelName: string,
  drivers: readonly Driver[],
  options: GuestOptions = {},
  stages = new Stages(),
): Promise<OpenedGuest> {
  const key = JSON.stringify([arch, kernelName, drivers, options]);
  const known = unusable.get(key);
  if (known) throw known;
  try {
    return await open(arch, kernelName, drivers, options, stages);
  } catch (error) {
    const reason = whyUnusable(error, { arch, kernel: kernelName, driver: drivers[0]! });
    unusable.set(key, reason);
    throw reason;
  }
}

function whyUnusable(error: unknown, target: Target): TargetUnusable {
  if (error instanceof TargetUnusable) return error;
  if (error instanceof KernelError)
    return new TargetUnusable("infra-error", "kernel-download", error.message, { cause: error });
  if (error instanceof BootError)
    return new TargetUnusable("infra-error", error.cause, error.message, { cause: error });
  const text = error instanceof Error ? error.message : String(error);
  const hint = `${formatTarget(target)} could not be prepared: ${text}\nIf a tool is missing, run ./scapyard setup`;
  return new TargetUnusable("infra-error", "build", hint, { cause: error });
}

async function open(
  arch: Arch,
  kernelName: string,
  drivers: readonly Driver[],
  options: GuestOptions,
  stages: Stages,
): Promise<OpenedGuest> {
  stages.show("kernel");
  const kernel = await ensureKernel(arch, kernelName);
  stages.book("kernel");
  const conflict = configConflict(options, kernel.config);
  if (conflict) throw new TargetUnusable("unsupported", "missing-feature", conflict);
  const { snapshot, loaded, bootMs } = await snapshotOf(kernel, drivers, options, stages);
  stages.show("restore");
  const [machine, made] = await Promise.all([restore(snapshot), provenance(kernel, drivers[0]!)]);
  const guest = await connect(machine, kernel);
  if (options.noCompat && guest.agent.info.features.ia32) {
    await guest[Symbol.asyncDispose]();
    const reason = `32-bit calls cannot be switched off in ${kernel.release}: that came with Linux 6.7`;
    throw new TargetUnusable("unsupported", "missing-feature", reason);
  }
  stages.book("restore");
  stages.show("cases");
  // The boot belongs to the snapshot, which may be older than this run.
  return { guest, kernel, loaded, made, timings: { ...stages.timings, boot: bootMs } };
}

async function connect(
  machine: Machine,
  kernel: Kernel,
  options: { deadlineMs?: number } = {},
): Promise<VmGuest> {
  try {
    const agent = await Agent.connect(machine.channel, { slowdown: machine.slowdown, ...options });
    return new VmGuest(machine, agent, agent.info.features.ia32 ? undefined : noCompat(kernel));
  } catch (error) {
    const failure = machine.failure("channel", (error as Error).message);
    await machine[Symbol.asyncDispose]();
    throw failure;
  }
}

/** Its port answers, and time goes on in it. @throws BootError, AgentError */
async function proveClone(clone: Machine, kernel: Kernel): Promise<void> {
  const { agent } = await connect(clone, kernel, { deadlineMs: 3000 });
  const sleeps = program(kernel.arch, (p) => {
    p.nanosleep(p.struct("timespec", { sec: 0, nsec: 1_000_000 }), null);
  });
  const { timedOut } = await agent.run(sleeps, { timeoutMs: 500 });
  if (timedOut) throw clone.failure("timeout", "a clone that sleeps for a millisecond does not wake up");
}

async function snapshotOf(kernel: Kernel, drivers: readonly Driver[], options: GuestOptions, stages: Stages) {
  const { arch, name } = kernel;
  stages.show("build");
  for (const step of [agentBinary(arch), libscapShared(hostArch())]) await ensure(step);
  const files = await driverFiles(kernel, drivers, options);
  const load = guestBtf in files ? { ...options.load, btfPath: `/${guestBtf}` } : (options.load ?? {});
  const modules = await portModules(kernel);
  const initramfs = makeInitramfs({ init: agentBinary(arch).outputs[0]!, modules, files });
  const { cpus = 1, memory, extra = [] } = options;
  const slot = [
    arch,
    name,
    ...drivers,
    cpus > 1 ? `smp${cpus}` : "",
    Object.keys(load).length + extra.length > 0 || memory || options.module || options.btfOfHeaders
      ? "tuned"
      : "",
  ];
  stages.book("build");
  stages.show("boot");
  const snapshot = await cachedSnapshot(
    {
      slot: slot.filter(Boolean).join("-"),
      config: { arch, kernel: kernel.image, initramfs, cpus, extra, ...(memory && { memory }) },
      key: [JSON.stringify([drivers, load, loadedFormat])],
      prove: (clone) => proveClone(clone, kernel),
    },
    async (machine, directory) => {
      const bootMs = stages.book("boot");
      stages.show("load");
      const loaded = await loadDrivers(machine, drivers, load);
      stages.book("load");
      stages.show("save");
      writeLoaded(directory, { loaded, bootMs });
    },
  );
  stages.book("snapshot");
  return { snapshot, ...readLoaded(snapshot.directory) };
}

/** What the drivers need in the guest, by their paths there. */
export async function driverFiles(
  kernel: Kernel,
  drivers: readonly Driver[],
  options: GuestOptions = {},
): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  if (drivers.includes("kmod")) files[guestModule] = options.module ?? (await moduleFor(kernel));
  const { headers, facts } = kernel;
  if (drivers.includes("modern_bpf") && headers && (options.btfOfHeaders || !facts.btf)) {
    await ensure(kernelBtf({ ...kernel, headers }));
    files[guestBtf] = kernelBtfPath(kernel);
  }
  return files;
}

async function moduleFor(kernel: Kernel): Promise<string> {
  const { headers } = kernel;
  if (!headers)
    throw new TargetUnusable("unsupported", "no-headers", `the archive has no headers for ${kernel.release}`);
  const withHeaders = { ...kernel, headers };
  await ensure(kmodModule(withHeaders));
  return modulePath(withHeaders);
}
