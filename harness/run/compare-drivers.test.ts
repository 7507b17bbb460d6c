import { expect, test } from "bun:test";
import { PPME } from "#schema/events";
import { buildEvent, ScapEvent } from "../../lib/scap/index.ts";
import { compareDrivers } from "./compare-drivers.ts";

const close = (ts: bigint, tid: bigint, fd: number) =>
  ScapEvent.from(
    buildEvent({
      ts,
      tid,
      type: PPME.SYSCALL_CLOSE_X,
      params: [new Uint8Array(8), Uint8Array.of(fd, 0, 0, 0, 0, 0, 0, 0)],
    }),
  );

const compare = (left: ScapEvent[], right: ScapEvent[]) =>
  compareDrivers({ name: "left", events: left }, { name: "right", events: right });

test("time stamps, and the order between threads, may differ", () => {
  const left = [close(1n, 7n, 3), close(2n, 8n, 4), close(3n, 7n, 5)];
  const right = [close(9n, 8n, 4), close(10n, 7n, 3), close(11n, 7n, 5)];
  expect(compare(left, right)).toEqual([]);
});

test("a byte that differs, a missing event and another order in a thread are differences", () => {
  const left = [close(1n, 7n, 3), close(2n, 7n, 5)];
  expect(compare(left, [close(1n, 7n, 3), close(2n, 7n, 6)]).length).toBe(1);
  expect(compare(left, [close(1n, 7n, 3)]).join()).toContain("right: no event");
  expect(compare(left, left.toReversed()).length).toBe(2);
});
