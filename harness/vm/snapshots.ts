/** `build/snapshots`: snapshots by a hash of all that is in them. */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { fileHash } from "../build/file-hash.ts";
import { withLock } from "../build/lock.ts";
import { buildPath } from "../build/root.ts";
import { accelerator, qemuVersion } from "./accel.ts";
import { archMachine } from "./arch/index.ts";
import { BootError } from "./error.ts";
import { memoryInFile } from "./intentions.ts";
import { defaultMemory, type Machine, type MachineConfig, machineCommand } from "./machine.ts";
import { freeSpace } from "./ram.ts";
import { isAlive } from "./scratch.ts";
import { bootForSnapshot, readSnapshot, restore, type Snapshot, saveSnapshot } from "./snapshot.ts";

export interface SnapshotSpec {
  /** What the snapshot is of, as a file name: `x86_64-debian-6.12-kmod`. Of each slot only the newest are kept. */
  readonly slot: string;
  readonly config: MachineConfig;
  /** Whatever `make` brings into the guest that is not in the initramfs: hashes, options. */
  readonly key: readonly string[];
  /**
   * Throws if a clone does not work. Emulators forget things: an interrupt that was pending, a timer that was armed. A snapshot
   * without them is thrown away, and made once more.
   */
  readonly prove?: (clone: Machine) => Promise<void>;
}

/** Snapshots of a slot that stay: the current one, and one that another process may be about to start from. */
const kept = 2;

/**
 * The snapshot for a spec, made if there is none. `make` gets the booted machine and brings it to the point from which
 * clones start; the channel must then be quiet. Files that it writes into the directory become part of the snapshot.
 * Safe across processes. @throws BootError
 */
export async function cachedSnapshot(
  spec: SnapshotSpec,
  make: (machine: Machine, directory: string) => Promise<void>,
  store = buildPath("snapshots"),
): Promise<Snapshot> {
  const name = `${spec.slot}.${await snapshotHash(spec)}`;
  const directory = join(store, name);
  if (existsSync(directory)) return use(directory);
  return withLock(`snapshot-${name}`, async () => {
    if (existsSync(directory)) return use(directory);
    mkdirSync(store, { recursive: true });
    const attempt = () => makeInto(spec, make, store, directory);
    const fault = (await attempt()) && (await attempt());
    if (fault) throw fault;
    prune(store, spec.slot);
    return use(directory);
  });
}

/** @returns what is wrong with clones of what was saved, which is gone again then; null if they work */
async function makeInto(
  spec: SnapshotSpec,
  make: (machine: Machine, directory: string) => Promise<void>,
  store: string,
  directory: string,
): Promise<Error | null> {
  const temporary = join(store, `${spec.slot}.tmp-${process.pid}-${crypto.randomUUID().slice(0, 8)}`);
  mkdirSync(temporary);
  try {
    await using machine = await bootForSnapshot(spec.config, temporary);
    await make(machine, temporary);
    const saved = await saveSnapshot(machine, spec.config, temporary);
    const fault = await faultOf(saved, spec);
    if (!fault) renameSync(temporary, directory);
    return fault;
  } catch (error) {
    throw explained(error, store);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

async function faultOf(saved: Snapshot, { prove }: SnapshotSpec): Promise<Error | null> {
  if (!prove) return null;
  await using clone = await restore(saved);
  try {
    await prove(clone);
    return null;
  } catch (error) {
    return error as Error;
  }
}

/** A full disk shows as a failed write of the state, or as a bus error of QEMU when the guest touches its RAM. */
function explained(error: unknown, store: string): unknown {
  if (!(error instanceof BootError) || error.cause === "disk-full" || freeSpace(store) > 0) return error;
  return new BootError("disk-full", `no space left for a snapshot in ${store} (${error.summary})`, error);
}

function use(directory: string): Snapshot {
  const now = new Date();
  utimesSync(directory, now, now);
  return readSnapshot(directory);
}

/** Of kernel, initramfs (agent, modules, drivers), QEMU, its whole command line, and the caller's key. */
export async function snapshotHash({ config, key }: SnapshotSpec): Promise<string> {
  const arch = archMachine(config.arch);
  const accel = await accelerator(config.arch, config.kernel);
  const ram = memoryInFile(arch, config.memory ?? defaultMemory, "ram", true);
  const command = machineCommand({ ...config, kernel: "kernel", initramfs: "initramfs" }, accel, ram, {
    agent: "agent",
    control: "control",
  });
  const parts = [
    ...command,
    await qemuVersion(arch),
    await fileHash(config.kernel),
    await fileHash(config.initramfs),
    arch.settleMs ?? 0,
    ...key,
  ];
  return new Bun.CryptoHasher("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 32);
}

/** Drops older snapshots of the slot, and what killed processes left behind. Machines that run keep their RAM. */
export function prune(store: string, slot: string): void {
  const finished: { path: string; used: number }[] = [];
  for (const name of readdirSync(store)) {
    const path = join(store, name);
    const maker = /\.tmp-(\d+)-\w+$/.exec(name)?.[1];
    if (maker) {
      if (!isAlive(Number(maker))) rmSync(path, { recursive: true, force: true });
    } else if (name.slice(0, name.lastIndexOf(".")) === slot) {
      finished.push({ path, used: statSync(path).mtimeMs });
    }
  }
  finished.sort((a, b) => b.used - a.used);
  for (const { path } of finished.slice(kept)) rmSync(path, { recursive: true, force: true });
}
