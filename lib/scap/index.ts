/** Captures of system-call events: read, decode, write. */
export type { Endpoint, SockAddr, SockTuple } from "./address.ts";
export { ScapBatch } from "./batch.ts";
export { copyCapture } from "./copy.ts";
export type { Dyn, PolledFd, Value } from "./decode.ts";
export { ScapError, type ScapStatus } from "./error.ts";
export { ScapEvent } from "./event.ts";
export type { Fd, FdType, L4Proto } from "./fd.ts";
export { buildEvent, type EventParts } from "./frame.ts";
export type { ScapHandle } from "./handle.ts";
export type { Int } from "./int.ts";
export type { Lists } from "./lists.ts";
export {
  type DriverInfo,
  type DynamicSnaplen,
  LiveCapture,
  type LiveOptions,
  type LiveStats,
  type Losses,
  type MetricOptions,
} from "./live.ts";
export { localMachineInfo, type MachineInfo } from "./machine.ts";
export type { Group, Interface, User } from "./machine-lists.ts";
export { type FileInfo, type ReadOptions, readEvents, ScapReader, type ScapSource } from "./reader.ts";
export type { ScanInfo, ScanOptions } from "./scan.ts";
export type { Thread } from "./thread.ts";
export { ScapWriter, type WriterInfo } from "./writer.ts";
export type { Rotation, WriterOptions } from "./writer-options.ts";
