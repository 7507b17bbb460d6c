/** Events that change no descriptor and no process make no objects: counted, with garbage, and without a clock. */

import { heapStats } from "bun:jsc";
import { expect, test } from "bun:test";
import { ensure } from "../../harness/build/step.ts";
import { libscapShared } from "../libscap/build.ts";
import { arch } from "../scap/ffi.ts";
import { ScapEvent, ScapWriter } from "../scap/index.ts";
import { type Filter, Inspector, type SinspEvent } from "./index.ts";
import { encodeEvent, eventNamed, type Params } from "./testdata/story.ts";

await ensure(libscapShared(arch));

const rounds = 20_000;

const told: readonly (readonly [string, Params])[] = [
  ["page_fault", { addr: 0x7f00_0000_1000, ip: 0xffff_ffff_8100_0000n, error: 6 }],
  ["switch", { next: 2, pgft_maj: 1, pgft_min: 2, vm_size: 3, vm_rss: 4, vm_swap: 5 }],
  ["read", { res: 5, data: "hello", fd: 3, size: 100 }],
  ["write", { res: -9, data: "hello", fd: 99, size: 100 }],
  ["brk", { res: 0x5555_0000_0000, vm_size: 3, vm_rss: 4, vm_swap: 5, addr: 0 }],
];

/** One process that opens a file, and then does `told` again and again. */
function capture(): Uint8Array {
  using writer = ScapWriter.open();
  const put = (name: string, params: Params, ts: bigint) =>
    writer.event(ScapEvent.from(encodeEvent(eventNamed(name), params, { tid: 7, ts })));
  put("openat", { fd: 3, dirfd: -100, name: "/etc/hosts", flags: 1, mode: 0, dev: 1, ino: 2 }, 1n);
  for (let i = 0; i < rounds; i++) for (const [name, params] of told) put(name, params, BigInt(i + 2));
  return writer.bytes().slice();
}

const bytes = capture();

function inspect(wanted: (event: SinspEvent) => boolean): number {
  using inspector = Inspector.open({ bytes });
  let count = 0;
  for (const evt of inspector) if (wanted(evt)) count++;
  return count;
}

/** Compiling it makes some thousand objects. */
function compiled(filter: string): Filter<SinspEvent> {
  using inspector = Inspector.open({ bytes });
  return inspector.filter(filter);
}

const cells = () => Object.values(heapStats().objectTypeCounts).reduce((sum, count) => sum + count, 0);

test.each([
  ["evt.num > 0", 5 * rounds + 1],
  ["evt.type in (open, openat) and fd.name startswith /etc and proc.name = cat", 0],
  ["evt.type = read and fd.name startswith /etc and evt.rawres > 0", rounds],
])("with the filter %p", (filter, matching) => {
  const wanted = compiled(filter);
  for (let i = 0; i < 3; i++) inspect(wanted); // until compilers have done their part
  Bun.gc(true);
  const before = cells();
  expect(inspect(wanted)).toBe(matching);
  expect(cells() - before).toBeLessThan(rounds / 10);
});
