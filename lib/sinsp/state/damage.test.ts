/** Parameters that are not what the schema says: no event with such may end the reading. */
import { expect, test } from "bun:test";
import fc from "fast-check";
import { events } from "#schema/events";
import { ScapEvent } from "../../scap/event.ts";
import { buildEvent } from "../../scap/frame.ts";
import { builtinFields, type Field } from "../fields/catalogue.ts";
import { Story, start } from "../testdata/story.ts";

const argumentOf: Partial<Record<NonNullable<Field["argument"]>["kind"], string>> = {
  index: "[1]",
  name: "[1]",
  param: "[1]",
  "param-name": ".name",
  event: ".open",
  cgroup: ".cpu",
  "path-side": ".src",
};

/** Every field that can be read, with an argument where it needs one. */
const asked = [...builtinFields.fields()]
  .filter(({ flags }) => !flags.has("filter-only"))
  .map(({ name, argument }) => name + (argument ? (argumentOf[argument.kind] ?? "[x]") : ""));

const lengths = fc.constantFrom(0, 1, 2, 3, 4, 8, 9, 14, 21, 37);
const bytes = lengths.chain((length) => fc.uint8Array({ minLength: length, maxLength: length }));
const codes = events.filter(({ flags }) => flags >= 0).map(({ code }) => code);

const damaged = fc.constantFrom(...codes).chain((type) => {
  const { length } = events[type]!.params;
  return fc.record({
    type: fc.constant(type),
    params: fc.oneof(
      fc.array(bytes, { minLength: length, maxLength: length }),
      fc.array(bytes, { maxLength: length + 1 }),
    ),
  });
});

test("random bytes in parameters: every event is taken, every field can be read", () => {
  fc.assert(
    fc.property(fc.array(damaged, { minLength: 1, maxLength: 8 }), (all) => {
      const story = new Story();
      for (const { type, params } of all) {
        story.take(ScapEvent.from(buildEvent({ ts: start, tid: 100n, type, params })));
        for (const field of asked) {
          story.get(field);
          story.evt.getText(field);
        }
        expect(typeof story.evt.args).toBe("string");
        story.evt.copy().get("fd.name");
      }
    }),
    { numRuns: 200, includeErrorInReport: true },
  );
}, 60_000);
