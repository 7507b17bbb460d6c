/**
 * A server's thread as drivers recorded it until 2025: an enter event with the arguments, an exit event with the
 * result. Codes and parameters are those of that time.
 */
import { join, Order } from "../../lib/scap/testdata/file.ts";

const o = new Order("little");
const text = (value: string) => Buffer.from(`${value}\0`);
/** u8 family, then source and destination: address, port. */
const tuple = join([o.u8(2, 127, 0, 0, 1), o.u16(41000), o.u8(127, 0, 0, 1), o.u16(80)]);
const data = (size: number) => new Uint8Array(size).fill(0x61);

/** Event code, then parameters, in the order of time. */
const request: readonly (readonly [number, ...Uint8Array[]])[] = [
  [34, o.u64(8), o.u32(1024)], // recvfrom
  [35, o.u64(80), data(80), tuple],
  [306, o.u64(-100), text("/srv/www/index.html"), o.u32(1), o.u32(0)], // openat
  [307, o.u64(9), o.u64(-100), text("/srv/www/index.html"), o.u32(1), o.u32(0), o.u32(0x801), o.u64(131)],
  [70, o.u64(9)], // fstat
  [71, o.u64(0)],
  [6, o.u64(9), o.u32(4096)], // read
  [7, o.u64(512), data(80)],
  [4, o.u64(9)], // close
  [5, o.u64(0)],
  [8, o.u64(3), o.u32(60)], // write
  [9, o.u64(60), data(60)],
  [64, o.u64(0x7f0011223344n), o.u16(129), o.u64(1)], // futex
  [65, o.u64(1)],
  [30, o.u64(8), o.u32(700), tuple], // sendto
  [31, o.u64(700), data(80)],
];

/** 1024 events, as `version` of the format lays them out, and what stands before them. */
export function oldEvents(version: 1 | 2): { head: Uint8Array; events: Uint8Array } {
  const code = version === 1 ? 0x204 : 0x216;
  const all = Array.from({ length: 64 }, (_, round) =>
    request.map(([type, ...params], i) =>
      o.block(code, o.u16(0), o.event(version, type, params, 1000 * (round * request.length + i))),
    ),
  );
  return { head: o.section(), events: join(all.flat()) };
}
