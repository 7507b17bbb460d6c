/**
 * A machine's state on disk, to start clones from. One file has the RAM; every clone maps it copy-on-write, so clones
 * cost what they write. Clones share the state of the guest's random numbers and its clock.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Accelerator, accelerator } from "./accel.ts";
import { archMachine } from "./arch/index.ts";
import { measuredSlowdown, typicalSlowdown, within } from "./deadline.ts";
import { incoming, memoryInFile } from "./intentions.ts";
import {
  bootWith,
  defaultMemory,
  type Machine,
  type MachineConfig,
  machineCommand,
  machineOf,
} from "./machine.ts";
import { loadState, saveState } from "./migration.ts";
import { Qemu } from "./qemu.ts";
import { makeRam, trimRam } from "./ram.ts";

export interface Snapshot {
  /** Directory with `ram`, `state` and `snapshot.json`. */
  readonly directory: string;
  readonly config: MachineConfig;
  readonly accel: Accelerator;
  /** Of the machine that was saved. */
  readonly slowdown: number;
}

const ramFile = (directory: string) => join(directory, "ram");
const stateFile = (directory: string) => join(directory, "state");

/** Boots a machine that `saveSnapshot` can save into the same directory, which must exist. @throws BootError */
export async function bootForSnapshot(config: MachineConfig, directory: string): Promise<Machine> {
  const size = config.memory ?? defaultMemory;
  makeRam(ramFile(directory), size);
  const accel = await accelerator(config.arch, config.kernel);
  return bootWith(config, accel, memoryInFile(archMachine(config.arch), size, ramFile(directory), true));
}

/** Milliseconds on KVM to write or read a machine's state. */
const statePatience = 5_000;

/** Saves the machine and ends it. @throws BootError */
export async function saveSnapshot(
  machine: Machine,
  config: MachineConfig,
  directory: string,
): Promise<Snapshot> {
  await Bun.sleep((archMachine(config.arch).settleMs ?? 0) * machine.slowdown);
  try {
    await machine.within(statePatience, "the snapshot", saveState(machine.qemu.qmp, stateFile(directory)));
  } catch (error) {
    throw machine.failure("boot", `cannot save a snapshot in ${directory}: ${(error as Error).message}`);
  }
  await machine[Symbol.asyncDispose]();
  await trimRam(ramFile(directory));
  const snapshot = { directory, config, accel: machine.accel, slowdown: machine.slowdown };
  writeFileSync(join(directory, "snapshot.json"), JSON.stringify(snapshot));
  return snapshot;
}

export function readSnapshot(directory: string): Snapshot {
  return { ...JSON.parse(readFileSync(join(directory, "snapshot.json"), "utf8")), directory };
}

/** Milliseconds that a restore takes on KVM. */
const nominalRestore = 20;

/** A running clone of the saved machine. @throws BootError */
export async function restore({ directory, config, accel, slowdown }: Snapshot): Promise<Machine> {
  const arch = archMachine(config.arch);
  const ram = memoryInFile(arch, config.memory ?? defaultMemory, ramFile(directory), false);
  const started = performance.now();
  const patience = statePatience * typicalSlowdown(accel);
  const qemu = await Qemu.launch(
    (sockets) =>
      machineCommand({ ...config, extra: [...(config.extra ?? []), incoming()] }, accel, ram, sockets),
    patience,
    () => {},
  );
  try {
    await within(loadState(qemu.qmp, stateFile(directory)), patience);
  } catch (error) {
    await qemu.kill();
    throw qemu.failure("boot", `cannot restore ${directory}: ${(error as Error).message}`);
  }
  const now = measuredSlowdown(accel, performance.now() - started, nominalRestore);
  return machineOf(config.arch, accel, Math.max(slowdown, now), qemu);
}
