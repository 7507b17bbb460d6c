/** `junit.xml`: a suite for each target. `fail` and `flaky` are failures; what gave no verdict is an error. */
import type { CaseResult, Outcome } from "../../harness/run/results.ts";
import type { Report } from "../report.ts";
import { xmlText } from "./xml.ts";

const elements: Readonly<Record<Exclude<Outcome, "pass">, "failure" | "error" | "skipped">> = {
  fail: "failure",
  flaky: "failure",
  "infra-error": "error",
  "not-run": "error",
  unsupported: "skipped",
  skipped: "skipped",
};

/** In pieces, since it can be long. */
export function* junitXml({ grid }: Report): Generator<string> {
  yield '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="scapyard">\n';
  for (const target of grid.targets) {
    const cases = grid.cells(target).flatMap((cell) => cell.cases);
    if (cases.length > 0) yield suite(target, cases);
  }
  yield "</testsuites>\n";
}

function suite(target: string, cases: readonly CaseResult[]): string {
  const count = (name: string) =>
    cases.filter(({ outcome }) => outcome !== "pass" && elements[outcome] === name).length;
  const attributes = [
    `name="${xmlText(target)}"`,
    `tests="${cases.length}"`,
    `failures="${count("failure")}"`,
    `errors="${count("error")}"`,
    `skipped="${count("skipped")}"`,
    `time="${seconds(cases.reduce((sum, { ms }) => sum + ms, 0))}"`,
  ];
  const tests = cases.map((result) => testCase(target, result)).join("");
  return `<testsuite ${attributes.join(" ")}>\n${tests}</testsuite>\n`;
}

function testCase(target: string, { case: id, outcome, cause, reason, diff, repro, ms }: CaseResult): string {
  const head = `<testcase name="${xmlText(id)}" classname="${xmlText(target)}" time="${seconds(ms)}"`;
  if (outcome === "pass") return `${head}/>\n`;
  const message = xmlText([outcome, cause, reason].filter(Boolean).join(": "));
  const name = elements[outcome];
  // The schema has no attribute here.
  if (name === "skipped") return `${head}><skipped>${message}</skipped></testcase>\n`;
  const body = xmlText([diff, repro].filter(Boolean).join("\n"));
  return `${head}><${name} type="${cause ?? outcome}" message="${message}">${body}</${name}></testcase>\n`;
}

const seconds = (ms: number) => (ms / 1000).toFixed(3);
