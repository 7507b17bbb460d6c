import { expect, test } from "bun:test";
import { PT } from "#schema/types";
import { builtinFields, classes } from "./catalogue.ts";
import { isProblem, resolveField } from "./reference.ts";

const all = classes.flatMap(({ fields }) => fields);

test("233 fields, each described, of types that exist, no name twice", () => {
  expect(all.length).toBe(233);
  expect(new Set(all.map(({ name }) => name)).size).toBe(233);
  expect(all.filter(({ type, desc }) => !(type in PT) || desc.length < 5)).toEqual([]);
});

test("keys and flags of the catalogue's files are those of the type", () => {
  const keys = ["name", "type", "argument", "format", "flags", "match", "json", "desc"];
  const flags = [
    "hidden",
    "deprecated",
    "filter-only",
    "print-only",
    "no-rhs",
    "no-transformer",
    "list",
    "event-name",
    "stateful",
  ];
  expect(all.flatMap((field) => Object.keys(field)).filter((key) => !keys.includes(key))).toEqual([]);
  expect(all.flatMap((field) => [...field.flags]).filter((flag) => !flags.includes(flag))).toEqual([]);
  expect(all.filter(({ json }) => json && !builtinFields.get(json))).toEqual([]);
});

test.each([
  ["proc.aname", "2", 2, "CHARBUF"],
  ["proc.env", "HOME", "HOME", "CHARBUF"],
  ["evt.arg.name", undefined, "name", "CHARBUF"],
  ["evt.arg", "0", 0, "CHARBUF"],
  ["evt.rawarg.res", undefined, "res", "ERRNO"],
  ["evt.type.is.openat", undefined, "openat", "UINT32"],
  ["thread.cgroup.cpuacct", undefined, "cpuacct", "CHARBUF"],
  ["evt.abspath", undefined, null, "CHARBUF"],
] as const)("%s[%s] has the argument %p", (name, bracket, argument, type) => {
  const ref = resolveField(builtinFields, name, bracket);
  if (isProblem(ref)) throw new Error(ref.message);
  expect({ argument: ref.argument, type: ref.type }).toEqual({ argument, type });
});

test("the longest name wins", () => {
  expect(builtinFields.longestPrefix("evt.time.sx")?.name).toBe("evt.time.s");
  expect(builtinFields.longestPrefix("evt.tim")).toBeUndefined();
});
