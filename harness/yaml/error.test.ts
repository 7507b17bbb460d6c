import { expect, test } from "bun:test";
import * as v from "valibot";
import { loadYaml, prettyIssue, YamlError } from "./index.ts";

test("an issue is printed as file:line:column, the line, and a caret", () => {
  const place = { file: "a/b.yaml", line: 3, column: 4, source: "  size: x" };
  expect(prettyIssue({ code: "type", message: "no number", place })).toBe(
    "a/b.yaml:3:4: no number\n    size: x\n     ^",
  );
});

test("the caret stands under its column in a line with tabs", () => {
  const place = { file: "f", line: 1, column: 3, source: "\t\tx" };
  expect(prettyIssue({ code: "type", message: "m", place }).split("\n").at(-1)).toBe("  \t\t^");
});

test("a file that is not there is an issue of that file", () => {
  try {
    loadYaml("/nowhere/at/all.yaml", v.string(), "all.yaml");
    expect.unreachable();
  } catch (error) {
    expect(error).toBeInstanceOf(YamlError);
    expect((error as YamlError).code).toBe("unreadable");
    expect((error as YamlError).file).toBe("all.yaml");
  }
});
