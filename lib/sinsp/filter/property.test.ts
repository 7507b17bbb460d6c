import { expect, test } from "bun:test";
import fc from "fast-check";
import type { Expression } from "./ast.ts";
import { compileFilter, FilterError, parse, print } from "./index.ts";
import { anyEvent, anyTree, sensibleFilter } from "./testdata/arbitrary.ts";
import { model } from "./testdata/model.ts";
import { evaluate } from "./testdata/slow.ts";

/** Trees are equal wherever their nodes stand in a text. */
const withoutSpans = (tree: Expression): unknown =>
  JSON.parse(JSON.stringify(tree, (key, value) => (key === "start" || key === "end" ? undefined : value)));

test("a printed tree parses to the same tree", () => {
  fc.assert(
    fc.property(anyTree, (tree) => {
      expect(withoutSpans(parse(print(tree)))).toEqual(withoutSpans(tree));
    }),
    { numRuns: 1000 },
  );
});

test("a compiled filter answers as the slow evaluator does", () => {
  let matched = 0;
  fc.assert(
    fc.property(sensibleFilter, fc.array(anyEvent, { minLength: 5, maxLength: 20 }), (text, events) => {
      const wanted = compileFilter(model, text);
      for (const event of events) {
        const answer = evaluate(wanted.tree, event);
        if (answer) matched++;
        expect(wanted(event)).toBe(answer);
        if (answer) expect(wanted.mayMatch(event.code)).toBe(true);
      }
    }),
    { numRuns: 1000 },
  );
  expect(matched).toBeGreaterThan(1000);
}, 60_000);

test("any text parses, or is refused with a place inside it", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "binary", maxLength: 40 }),
      sensibleFilter,
      fc.nat(),
      (noise, filter, at) => {
        const text =
          filter.slice(0, at % (filter.length + 1)) + noise + filter.slice(at % (filter.length + 1));
        try {
          parse(text);
        } catch (error) {
          expect(error).toBeInstanceOf(FilterError);
          const { offset, length } = error as FilterError;
          expect(offset >= 0 && offset + length <= text.length).toBe(true);
        }
      },
    ),
    { numRuns: 1000 },
  );
});
