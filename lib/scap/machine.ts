/** `struct scap_machine_info` of scap.h. */
import { ptr } from "bun:ffi";
import { ScapError, Status } from "./error.ts";
import { libscap } from "./ffi.ts";
import { fixedBytes } from "./native.ts";

export interface MachineInfo {
  readonly cpus: number;
  readonly memoryBytes: bigint;
  readonly maxPid: bigint;
  readonly hostname: string;
  /** Nanoseconds since the epoch. */
  readonly bootTs: bigint;
  readonly flags: bigint;
}

const at = { cpus: 0, memoryBytes: 8, maxPid: 16, hostname: 24, bootTs: 152, flags: 160 } as const;
const hostnameSize = 128;
export const machineInfoSize = 168;

export function machineInfoFrom(bytes: Uint8Array<ArrayBuffer>): MachineInfo {
  const view = new DataView(bytes.buffer);
  const hostname = Buffer.from(bytes.subarray(at.hostname, at.hostname + hostnameSize));
  return {
    cpus: view.getUint32(at.cpus, true),
    memoryBytes: view.getBigUint64(at.memoryBytes, true),
    maxPid: view.getBigUint64(at.maxPid, true),
    hostname: hostname.toString("utf8", 0, hostname.indexOf(0)),
    bootTs: view.getBigUint64(at.bootTs, true),
    flags: view.getBigUint64(at.flags, true),
  };
}

/** @throws {RangeError} if the host name has more than 127 bytes. */
export function machineInfoBytes(info: MachineInfo): Uint8Array<ArrayBuffer> {
  const bytes = fixedBytes(machineInfoSize);
  const view = new DataView(bytes.buffer);
  const hostname = Buffer.from(info.hostname);
  if (hostname.length >= hostnameSize) throw new RangeError(`host name of ${hostname.length} bytes; 127 fit`);
  view.setUint32(at.cpus, info.cpus, true);
  view.setBigUint64(at.memoryBytes, info.memoryBytes, true);
  view.setBigUint64(at.maxPid, info.maxPid, true);
  bytes.set(hostname, at.hostname);
  view.setBigUint64(at.bootTs, info.bootTs, true);
  view.setBigUint64(at.flags, info.flags, true);
  return bytes;
}

/** Facts of the machine that this process runs on. @throws {ScapError} */
export function localMachineInfo(): MachineInfo {
  const bytes = fixedBytes(machineInfoSize);
  const error = fixedBytes(1024);
  const status = libscap().scap_local_machine_info(ptr(bytes), ptr(error));
  if (status !== Status.OK)
    throw new ScapError(status, Buffer.from(error.subarray(0, error.indexOf(0))).toString());
  return machineInfoFrom(bytes);
}
