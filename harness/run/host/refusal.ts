/** Whether cases may run on this very machine: only as its user says, and only where it can be done. */
import { accessSync, constants, existsSync, statfsSync } from "node:fs";
import type { Driver } from "../target.ts";

/** The kernel's name in such a target: `x86_64/host/modern_bpf`. */
export const hostKernel = "host";

/** Set by `run --this-kernel`, for the processes that run the cases. */
export const consent = "SCAPYARD_THIS_KERNEL";

/** What decides; the running machine's, unless a test says otherwise. */
export interface HostState {
  readonly consent: boolean;
  readonly root: boolean;
  readonly cgroups: boolean;
  readonly btf: boolean;
}

/** The magic number of a cgroup v2 file system (linux/magic.h). */
const cgroup2 = 0x63677270;

export function hostState(env: NodeJS.ProcessEnv = process.env): HostState {
  return {
    consent: env[consent] === "1",
    root: process.getuid?.() === 0,
    cgroups: isWritable("/sys/fs/cgroup") && statfsSync("/sys/fs/cgroup").type === cgroup2,
    btf: existsSync("/sys/kernel/btf/vmlinux"),
  };
}

/** Why not, in a sentence; undefined if nothing speaks against it. */
export function refusal(driver: Driver, state: HostState = hostState()): string | undefined {
  if (!state.consent)
    return "the running kernel is only touched with --this-kernel: cases load a driver into it, and run system calls as root";
  if (driver !== "modern_bpf") return `the ${driver} driver is for virtual machines only`;
  if (!state.root) return "loading a driver into the running kernel takes root";
  if (!state.cgroups)
    return "there is no writable cgroup v2 hierarchy in /sys/fs/cgroup, which confines what is captured";
  if (!state.btf) return "the running kernel has no BTF (/sys/kernel/btf/vmlinux)";
  return undefined;
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
