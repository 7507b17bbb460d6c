/** What captures mean: threads, descriptors, users, and fields of events. */
export { ScapError } from "../scap/index.ts";
export type { LiveOptions } from "./capture/live.ts";
export { Dumper, type DumpOptions } from "./dump/dumper.ts";
export { SinspEvent, type TimeMode } from "./event.ts";
export type { Field } from "./fields/catalogue.ts";
export type { FieldValue, Scalar } from "./fields/source.ts";
export {
  type Filter,
  FilterError,
  type FilterErrorCode,
  type FilterOptions,
  pretty,
} from "./filter/index.ts";
export { type Formatter, jsonString } from "./format/index.ts";
export { Inspector, type InspectorOptions, type InspectorSource } from "./inspector.ts";
export { type InterestOptions, interestOf } from "./interest.ts";
export { type Metric, outputRule, prometheus } from "./metrics.ts";
export type { BufferFormat } from "./print/bytes.ts";
export type { FdInfo } from "./state/fd.ts";
export type { Thread } from "./state/thread.ts";
export type { Threads } from "./state/threads.ts";
export type { Suppressed } from "./suppress.ts";
