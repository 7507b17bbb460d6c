import { ptr } from "bun:ffi";
import type { ScapBatch } from "./batch.ts";
import { libscap } from "./ffi.ts";
import { ScapHandle } from "./handle.ts";
import {
  type DriverInfo,
  type DynamicSnaplen,
  driverInfoFrom,
  driverInfoSize,
  interestBits,
  type LiveOptions,
  type LiveStats,
  type Losses,
  liveOptions,
  lossesFrom,
  lossesSize,
  statsdPort,
  statsFrom,
  statsSize,
} from "./live-options.ts";
import { type MetricOptions, metricsFrom } from "./metrics.ts";
import { fixedBytes, openHandle } from "./native.ts";
import { type ScanInfo, type ScanOptions, scanInfoFrom, scanInfoSize, scanOptions } from "./scan.ts";

export type { DriverInfo, DynamicSnaplen, LiveOptions, LiveStats, Losses } from "./live-options.ts";
export type { MetricOptions } from "./metrics.ts";

/** Milliseconds between two looks at the rings when nothing came: from, and at most. */
const firstPause = 1;
const longestPause = 16;

/** What reaches C must be a u16 by itself. @throws {RangeError} */
function port(value: number): number {
  if (!Number.isInteger(value) || value < 0 || value > 0xffff) throw new RangeError(`${value} is no port`);
  return value;
}

/**
 * Events of the running kernel: `using capture = LiveCapture.open({ engine: "modern_bpf" })`. Needs root, but for "nodriver".
 *
 * The rings are looked at from the event loop, never blocking it: a look that finds nothing takes microseconds, and looks
 * become rarer (up to one in 16 ms) while nothing comes. Rings must be large enough for what comes between two looks, long
 * synchronous work of the program included.
 */
export class LiveCapture extends ScapHandle {
  /** @throws {ScapError} NOT_SUPPORTED if the kernel cannot do it: the message begins with a cause word. */
  static open(options: LiveOptions): LiveCapture {
    const packed = liveOptions(options);
    const capture = new LiveCapture(
      openHandle((out, err) => libscap().scap_open_live(packed.pointer, out, err)),
      "capture",
    );
    try {
      if (options.dynamicSnaplen) capture.setDynamicSnaplen(options.dynamicSnaplen);
    } catch (error) {
      capture.close();
      throw error;
    }
    return capture;
  }

  start(): void {
    this.check(libscap().scap_start(this.open));
  }

  /** What the rings still hold can be read afterwards. */
  stop(): void {
    this.check(libscap().scap_stop(this.open));
  }

  /** Throw away what is in the rings, and zero the counters. Only when stopped. */
  reset(): void {
    this.check(libscap().scap_reset(this.open));
  }

  /** Batches as they come, until `signal` is aborted; what the rings hold then is still given if the capture is stopped. */
  async *batches({ signal }: { readonly signal?: AbortSignal } = {}): AsyncGenerator<ScapBatch> {
    let pause = firstPause;
    for (;;) {
      const batch = this.next();
      if (batch) {
        pause = firstPause;
        yield batch;
        continue;
      }
      if (signal?.aborted) return;
      await Bun.sleep(pause);
      pause = Math.min(2 * pause, longestPause);
    }
  }

  /** PPM_SC codes to capture; undefined: all. */
  setInterest(codes?: Iterable<number>): void {
    const bits = codes && interestBits(codes);
    this.check(libscap().scap_set_interest(this.open, bits ? ptr(bits) : null));
  }

  setSnaplen(bytes: number): void {
    this.check(libscap().scap_set_snaplen(this.open, bytes));
  }

  /** null: no more than `snaplen` bytes of anything. @throws {ScapError} ILLEGAL_INPUT for ports that are no range */
  setDynamicSnaplen(wanted: DynamicSnaplen | null): void {
    const [first, last] = (wanted?.fullcapturePorts ?? [0, 0]).map(port);
    this.check(libscap().scap_set_fullcapture_ports(this.open, first!, last!));
    this.check(libscap().scap_set_statsd_port(this.open, port(wanted?.statsdPort ?? statsdPort)));
    this.check(libscap().scap_set_dynamic_snaplen(this.open, wanted ? 1 : 0));
  }

  /** Only tasks in this cgroup v2 (the inode number of its directory); 0: all. */
  setScope(cgroup: number | bigint): void {
    this.check(libscap().scap_set_scope(this.open, BigInt(cgroup)));
  }

  setDropFailed(on: boolean): void {
    this.check(libscap().scap_set_drop_failed(this.open, on ? 1 : 0));
  }

  /** Dropping mode: record the first 1/ratio of every second (a power of two up to 128), and no noise; 0: everything. */
  setSampling(ratio: number): void {
    this.check(libscap().scap_set_sampling(this.open, ratio));
  }

  stats(): LiveStats {
    const bytes = fixedBytes(statsSize);
    this.check(libscap().scap_get_stats(this.open, ptr(bytes)));
    return statsFrom(bytes);
  }

  /** What full rings lost, by kind of event. */
  losses(): Losses {
    const bytes = fixedBytes(lossesSize);
    this.check(libscap().scap_get_losses(this.open, ptr(bytes)));
    return lossesFrom(bytes);
  }

  /** Counters by the names that dashboards know: `n_evts`, `n_drops_buffer_open_exit`, … See `struct scap_metric`. */
  metrics(options: MetricOptions = {}): Map<string, bigint> {
    const flags = 1 | (options.programs ? 2 : 0) | (options.perCpu ? 128 : 0);
    const out = fixedBytes(16);
    this.check(libscap().scap_get_metrics(this.open, flags, ptr(out), ptr(out, 8)));
    return metricsFrom(new DataView(out.buffer));
  }

  driverInfo(): DriverInfo {
    const bytes = fixedBytes(driverInfoSize);
    this.check(libscap().scap_get_driver_info(this.open, ptr(bytes)));
    return driverInfoFrom(bytes);
  }

  /** Look at this machine's processes, users and interfaces: threads() and the other lists show them. */
  scan(options: ScanOptions = {}): ScanInfo {
    const packed = scanOptions(options);
    const info = fixedBytes(scanInfoSize);
    this.check(libscap().scap_scan(this.open, packed.pointer, ptr(info)));
    return scanInfoFrom(info, String(libscap().scap_scan_reason(this.open)));
  }
}
