import { expect, test } from "bun:test";
import { builtinFields } from "./catalogue.ts";
import { pagePath, referencePage } from "./page.ts";

test("docs/07-fields.md is what the catalogue says now (bun lib/sinsp/fields/page.ts)", async () => {
  expect(await Bun.file(pagePath).text()).toBe(referencePage());
});

test("every field is in it, once", () => {
  const page = referencePage();
  const names = [...page.matchAll(/^- `([a-z0-9_.]+?)(?:[([,].*?|\.[A-Z]+)?` /gm)].map(([, name]) => name!);
  expect(names).toEqual([...builtinFields.fields()].map(({ name }) => name));
});
