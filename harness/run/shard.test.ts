import { expect, test } from "bun:test";
import fc from "fast-check";
import { reproId } from "./repro.ts";
import type { Work } from "./schedule.ts";
import { parseShard, shardOf } from "./shard.ts";

const workOf = (sizes: readonly number[]): Work[] =>
  sizes.map((size, target) => ({
    target: `x86_64/k${target}/kmod`,
    cases: Array.from({ length: size }, (_, i) => ({ id: `open/${i}`, syscall: "open", file: "f" })),
  }));

const ids = (work: readonly Work[]) =>
  work.flatMap(({ target, cases }) => cases.map(({ id }) => reproId({ target, case: id })));

test("shards together are the whole, in its order, and equally large", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 8 }),
      fc.integer({ min: 1, max: 12 }),
      (sizes, count) => {
        const work = workOf(sizes);
        const shards = Array.from({ length: count }, (_, i) => shardOf(work, { index: i + 1, count }));
        expect(shards.flatMap(ids)).toEqual(ids(work));
        const lengths = shards.map((shard) => ids(shard).length);
        expect(Math.max(...lengths) - Math.min(...lengths)).toBeLessThanOrEqual(1);
        for (const shard of shards) expect(shard.every(({ cases }) => cases.length > 0)).toBe(true);
      },
    ),
  );
});

test("a shard is <number>/<how many>", () => {
  expect(parseShard("3/8")).toEqual({ index: 3, count: 8 });
  for (const wrong of ["0/8", "9/8", "3", "3/", "a/b", "1/2/3", "-1/2"])
    expect(() => parseShard(wrong)).toThrow("a shard is");
});
