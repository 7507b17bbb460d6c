import { expect, test } from "bun:test";
import fc from "fast-check";
import { applyFilter, parseFilter, withPivot } from "./filter.ts";
import { step } from "./move.ts";
import { formatPlace, parsePlace } from "./place.ts";
import { windowOf } from "./window.ts";

const targets = ["x86_64/debian-6.1/kmod", "x86_64/debian-6.12/modern_bpf", "s390x/debian-6.12/kmod"];
const syscalls = ["open", "openat", "close"];
const marks = [new Set(["is:pass"]), new Set(["is:partial", "is:fail", "is:pass", "cause:mismatch"])];
/** openat on s390x is partial; all else passes. */
const marksOf = (target: number, syscall: number): number => (target === 2 && syscall === 1 ? 1 : 0);

/** The matching cells, as digits: target, syscall. */
function matching(words: string): string {
  const matches = applyFilter(parseFilter(words), targets, syscalls, marks);
  const found: string[] = [];
  for (const target of targets.keys())
    for (const syscall of syscalls.keys())
      if (matches(target, syscall, marksOf(target, syscall))) found.push(`${target}${syscall}`);
  return found.join(" ");
}

test.each([
  ["", "00 01 02 10 11 12 20 21 22"],
  ["arch:s390x", "20 21 22"],
  ["arch:S390X close", "22"],
  ["kernel:debian-6.1", "00 01 02"],
  ["kernel:6.12 driver:bpf", "10 11 12"],
  ["kernel:debian driver:kmod syscall:close", "02 22"],
  ["is:fail", "21"],
  ["is:partial", "21"],
  ["-is:fail s390x", "20 22"],
  ["open -openat arch:x86", "00 10"],
  ["cause:mismatch", "21"],
  ["arch:s390x -cause:mismatch is:", "20 22"],
  ["is:nonsense", ""],
] as const)("%p leaves %p", (words, cells) => {
  expect(matching(words)).toBe(cells);
});

test("words with an unknown key are told, not guessed", () => {
  expect(parseFilter("colour:red -x:y open").unknown).toEqual(["colour:red", "-x:y"]);
});

test("a place is read back from its hash", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.string({ unit: "grapheme" }), (address, filter) => {
      expect(parsePlace(formatPlace({ address, filter }))).toEqual({ address, filter });
    }),
  );
});

test("the address of a cell is readable", () => {
  const address = "x86_64/debian-6.12/kmod/openat";
  expect(formatPlace({ address, filter: "" })).toBe(`#${address}`);
  expect(formatPlace({ address, filter: "is:fail s390x" })).toBe(`#${address}?is:fail%20s390x`);
  expect(parsePlace("#100%").address).toBe("100%");
});

test("all that can be seen is drawn, and not more than exists", () => {
  fc.assert(
    fc.property(fc.nat(1000), fc.nat(50_000), fc.nat(2000), (count, scrolled, room) => {
      const { first, last } = windowOf({ size: 32, count, scrolled, room, margin: 8 });
      expect(first).toBeGreaterThanOrEqual(0);
      expect(last).toBeLessThanOrEqual(count);
      for (let item = 0; item < count; item++)
        if (item * 32 < scrolled + room && (item + 1) * 32 > scrolled)
          expect(first <= item && item < last).toBe(true);
    }),
  );
});

test.each([
  ["ArrowDown", false, { row: 6, column: 3 }],
  ["ArrowLeft", false, { row: 5, column: 2 }],
  ["PageDown", false, { row: 9, column: 3 }],
  ["PageUp", false, { row: 0, column: 3 }],
  ["End", false, { row: 5, column: 4 }],
  ["Home", true, { row: 0, column: 0 }],
  ["x", false, undefined],
] as const)("%p moves", (key, ctrlKey, to) => {
  const event = { key, ctrlKey, altKey: false, metaKey: false };
  expect(step(event, { row: 5, column: 3 }, { row: 9, column: 4 }, 10)).toEqual(to);
});

test("the layout is a word of the filter, and no term", () => {
  expect(parseFilter("is:fail by:kernel")).toMatchObject({
    pivot: "kernel",
    unknown: [],
    terms: { length: 1 },
  });
  expect(parseFilter("by:").unknown).toEqual([]);
  expect(parseFilter("by:colour")).toMatchObject({ pivot: "arch", unknown: ["by:colour"] });
  expect(withPivot("is:fail by:kernel  openat", "target")).toBe("is:fail openat by:target");
  expect(withPivot("is:fail by:kernel", "arch")).toBe("is:fail");
});
