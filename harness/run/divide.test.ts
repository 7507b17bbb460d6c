import { expect, test } from "bun:test";
import fc from "fast-check";
import { divide, partName } from "./divide.ts";
import type { Work } from "./schedule.ts";

const work = (sizes: Readonly<Record<string, number>>): Work[] =>
  Object.entries(sizes).map(([target, size]) => ({
    target,
    cases: Array.from({ length: size }, (_, i) => ({ id: `open/${i}`, syscall: "open", file: "f" })),
  }));

const divided = (
  sizes: Readonly<Record<string, number>>,
  jobs: number,
  perCase: Record<string, number> = {},
) =>
  divide(work(sizes), { jobs, estimate: (target, cases) => cases * (perCase[target] ?? 1) }).map(
    (part) => `${partName(part)}: ${part.cases.length}`,
  );

test("the slowest begins, however many cases it has", () => {
  expect(divided({ a: 20, b: 30, c: 10 }, 1, { c: 9 })).toEqual(["c: 10", "b: 30", "a: 20"]);
});

test("a lone target is shared by all guests; many targets are not split", () => {
  expect(divided({ a: 101 }, 2)).toEqual(["a, 2 of 2: 51", "a, 1 of 2: 50"]);
  expect(divided({ a: 100, b: 100, c: 100, d: 100 }, 2)).toEqual(["a: 100", "b: 100", "c: 100", "d: 100"]);
});

test("a target that takes longer than its share is split, a few cases are not", () => {
  expect(divided({ a: 300, b: 50 }, 2)).toEqual(["a, 1 of 2: 150", "a, 2 of 2: 150", "b: 50"]);
  expect(divided({ a: 12 }, 4)).toEqual(["a: 12"]);
  expect(divided({ a: 25 }, 4)).toEqual(["a, 2 of 2: 13", "a, 1 of 2: 12"]);
});

test("whatever the division, each case is in it once", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(80), { maxLength: 6 }), fc.integer({ min: 1, max: 9 }), (sizes, jobs) => {
      const all = work(Object.fromEntries(sizes.map((size, i) => [`t${i}`, size])));
      const ids = (items: readonly Work[]) =>
        items.flatMap(({ target, cases }) => cases.map(({ id }) => `${target}:${id}`)).sort();
      expect(ids(divide(all, { jobs, estimate: (_, cases) => cases }))).toEqual(ids(all));
    }),
  );
});
