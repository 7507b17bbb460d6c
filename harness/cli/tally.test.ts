import { expect, test } from "bun:test";
import { parseJunit } from "./junit.ts";
import { sum, tallyBunTest, tallyLine } from "./tally.ts";

/** As Bun 1.4.5 writes it. */
const junit = `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="bun test" tests="5" assertions="2" failures="1" skipped="1" time="0.01">
  <testsuite name="a.test.ts" file="a.test.ts" tests="4" failures="1" skipped="1">
    <testsuite name="g &amp; &lt;x&gt;" file="a.test.ts" line="2" tests="3">
      <testcase name="ok" classname="g &amp; &lt;x&gt;" time="0.000009" file="a.test.ts" line="2" assertions="0" />
      <testcase name="a &quot;q&quot; [skipped: no such thing]" classname="g" time="0" file="a.test.ts" line="2">
        <skipped />
      </testcase>
      <testcase name="bad" classname="g" time="0.000282" file="a.test.ts" line="2" assertions="1">
        <failure type="AssertionError" message="expect(received)&#10;">AssertionError: &lt;skipped&#10;</failure>
      </testcase>
    </testsuite>
    <testcase name="multi&#10;line" classname="" time="0.000015" file="a.test.ts" line="3" assertions="0" />
  </testsuite>
</testsuites>`;

test("cases are read with their groups, outcomes and reasons", () => {
  expect(parseJunit(junit)).toEqual([
    { file: "a.test.ts", name: "g & <x> > ok", outcome: "pass" },
    {
      file: "a.test.ts",
      name: 'g > a "q" [skipped: no such thing]',
      outcome: "skip",
      reason: "no such thing",
    },
    { file: "a.test.ts", name: "g > bad", outcome: "fail" },
    { file: "a.test.ts", name: "multi\nline", outcome: "pass" },
  ]);
});

const tallied = (more: Partial<Parameters<typeof tallyBunTest>[0]>) =>
  tallyLine(tallyBunTest({ junit, status: 1, files: ["a.test.ts"], ...more }));

test("every case counts once", () => {
  expect(tallied({})).toBe("2 passed, 1 failed, 1 skipped");
});

test("a test file none of whose tests ran is a failure", () => {
  expect(tallied({ files: ["a.test.ts", "b.test.ts"] })).toBe("2 passed, 2 failed, 1 skipped");
});

test("a skip without a reason is a failure", () => {
  expect(tallied({ junit: junit.replace("[skipped: no such thing]", "") })).toBe(
    "2 passed, 2 failed, 0 skipped",
  );
});

test("a bad status without a failed test is a failure; so is a run without results", () => {
  const green = junit.replace(/<failure.*<\/failure>/s, "");
  expect(tallied({ junit: green })).toBe("3 passed, 1 failed, 1 skipped");
  expect(tallied({ junit: green, status: 0 })).toBe("3 passed, 0 failed, 1 skipped");
  expect(tallied({ junit: null, status: 134 })).toBe("0 passed, 1 failed, 0 skipped");
});

test("tallies add up, notes included", () => {
  const one = tallyBunTest({ junit, status: 1, files: [] });
  expect(sum([one, one])).toEqual({ passed: 4, failed: 2, skipped: 2, notes: [...one.notes, ...one.notes] });
});
