/** Machines: boot, talk, save, restore. */
export { type Accelerator, accelerator, qemuVersion } from "./accel.ts";
export { archMachine } from "./arch/index.ts";
export type { Channel } from "./channel.ts";
export { BootError, type VmCause } from "./error.ts";
export { type InitramfsContent, makeInitramfs } from "./initramfs.ts";
export { type Intention, kernelArguments } from "./intentions.ts";
export { boot, defaultMemory, type Machine, type MachineConfig } from "./machine.ts";
export { portModules } from "./port-modules.ts";
export { restore, type Snapshot } from "./snapshot.ts";
export { cachedSnapshot, type SnapshotSpec } from "./snapshots.ts";
