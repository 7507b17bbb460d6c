import { expect, test } from "bun:test";
import { parseJunit } from "../../harness/cli/junit.ts";
import { report, result, run, target, targetLine } from "../testing/results.ts";
import { badgeSvg, badges, shieldsEndpoint } from "./badges.ts";
import { junitXml } from "./junit.ts";
import { resultsJson } from "./results-json.ts";
import { summaryMarkdown } from "./summary-md.ts";

const bpf = "x86_64/debian-6.12/modern_bpf";
const sample = report([
  run(1),
  targetLine(),
  targetLine(bpf),
  result("close/a", "pass"),
  result("openat/a", "pass", { ms: 12 }),
  result("openat/b", "fail", { cause: "mismatch", reason: "flags differ", diff: "flags: expected 1, got 2" }),
  result("openat/a", "flaky", { target: bpf, reason: "failed, then passed" }),
  result("close/a", "unsupported", { target: bpf, cause: "enosys", reason: "not there" }),
  result("close/b", "not-run", { target: bpf }),
]);

const json = [...resultsJson(sample)].join("");

test("results.json", () => expect(JSON.stringify(JSON.parse(json), null, 1)).toMatchSnapshot());
test("summary.md", () => expect(summaryMarkdown(sample)).toMatchSnapshot());
test("junit.xml", () => expect([...junitXml(sample)].join("")).toMatchSnapshot());

test("junit.xml is read back with the same outcomes", () => {
  const cases = parseJunit([...junitXml(sample)].join(""));
  expect(cases.map(({ name, outcome }) => [name.replace(/.* > /, ""), outcome])).toEqual([
    ["close/a", "pass"],
    ["openat/a", "pass"],
    ["openat/b", "fail"],
    ["close/a", "skip"],
    ["close/b", "fail"],
    ["openat/a", "fail"],
  ]);
});

test("strings of a guest are no markup, and XML holds what it can", () => {
  const evil = '</failure><x a="\u0000\u001b[31m">|`_y_`\ud800';
  const evilReport = report([run(1), result("openat/a", "fail", { reason: evil, diff: evil, target: evil })]);
  const xml = [...junitXml(evilReport)].join("");
  expect(xml).not.toContain("<x");
  expect(xml).toContain("&#60;/failure&#62;&#60;x a=&#34;\ufffd\ufffd[31m&#34;&#62;");
  const markdown = summaryMarkdown(evilReport);
  for (const mark of ["<x", "`", "\u001b"]) expect(markdown).not.toContain(mark);
  const [badge] = badges(evilReport.grid);
  expect(badge!.name).toMatch(/^badge-[\w.-]+$/);
  expect(badgeSvg(badge!)).not.toContain("<x");
});

test("a badge for each architecture and driver tells how much passes, on how many kernels", () => {
  const older = "x86_64/debian-5.10/kmod";
  const { grid } = report([
    result("openat/a", "pass"),
    result("openat/a", "pass", { target: older }),
    result("openat/a", "unsupported", { target: "s390x/debian-6.12/kmod" }),
    targetLine("s390x/debian-6.12/modern_bpf"),
  ]);
  expect(badges(grid).map(({ name, message, outcome }) => [name, message, outcome])).toEqual([
    ["badge-x86_64-kmod", "all 2 pass on 2 kernels", "pass"],
    ["badge-s390x-kmod", "unsupported on 1 kernel", "unsupported"],
    ["badge-s390x-modern_bpf", "not run", "not-run"],
  ]);
  expect(JSON.parse(shieldsEndpoint(badges(grid)[0]!))).toEqual({
    schemaVersion: 1,
    label: "x86_64 kmod",
    message: "all 2 pass on 2 kernels",
    color: "#1a6b34",
  });
});

test("the target of a sample is told in each file", () => {
  for (const text of [json, summaryMarkdown(sample), [...junitXml(sample)].join("")])
    expect(text).toContain(target);
});
