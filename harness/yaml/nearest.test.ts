import { expect, test } from "bun:test";
import fc from "fast-check";
import { nearest } from "./nearest.ts";

const commands = ["setup", "run", "test", "report", "kernels", "repro"];

test.each([
  ["kernel", ["kernels"]],
  ["rnu", ["run"]],
  ["tset", ["test"]],
  ["REPORT", ["report"]],
  ["rep", ["report", "repro"]],
  ["zzzzzz", []],
  ["", []],
] as [string, string[]][])("nearest(%p) is %p", (word, expected) => {
  expect(nearest(word, commands)).toEqual(expected);
});

test("a word that is a candidate comes first, and there are never more than three", () => {
  const word = fc.string({ minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 20 }), (words) => {
      const found = nearest(words[0]!, words);
      expect(found[0]?.toLowerCase()).toBe(words[0]!.toLowerCase());
      expect(found.length).toBeLessThanOrEqual(3);
    }),
  );
});
