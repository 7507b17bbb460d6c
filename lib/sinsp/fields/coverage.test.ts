/** No field without a test: either the existing tools have been asked for it (golden), or a story tells what it must be. */
import { expect, test } from "bun:test";
import { readdirSync, readFileSync } from "node:fs";
import { goldenNames } from "../testdata/vm-http.ts";
import { builtinFields } from "./catalogue.ts";

test("every field has a test", () => {
  const sources = readdirSync(import.meta.dir)
    .filter((name) => name.endsWith(".test.ts"))
    .map((name) => readFileSync(`${import.meta.dir}/${name}`, "utf8"))
    .join("\n");
  const golden = new Set(goldenNames.map((name) => name.replace(/\[.*$/, "")));
  // Written with their prefixes, in tables.
  const composed = (name: string) => /^(fs\.path|evt\.buflen|evt\.count\.error)/.test(name);
  const untested = [...builtinFields.fields()]
    .map(({ name }) => name)
    .filter(
      (name) =>
        !golden.has(name) &&
        !composed(name) &&
        !new RegExp(`["]${name}["[.]|${name} |${name}\\[`).test(sources),
    );
  expect(untested).toEqual([]);
});
