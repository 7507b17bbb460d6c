/** `struct scap_metric` of scap.h. */
import { CString, type Pointer, read } from "bun:ffi";

export interface MetricOptions {
  /** Counters of each CPU, too. */
  readonly perCpu?: boolean;
  /** modern_bpf: runs of each hook program; 0 unless sysctl kernel.bpf_stats_enabled is 1. */
  readonly programs?: boolean;
}

const size = 128;
const valueAt = 112;

/** @param out the array's address and the number of its entries, as C filled them in */
export function metricsFrom(out: DataView): Map<string, bigint> {
  const array = Number(out.getBigUint64(0, true));
  const count = Number(out.getBigUint64(8, true));
  return new Map(
    Array.from({ length: count }, (_, i) => {
      const metric = (array + i * size) as Pointer;
      return [new CString(metric).toString(), read.u64(metric, valueAt)] as const;
    }),
  );
}
