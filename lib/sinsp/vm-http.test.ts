/** The capture of lib/scap/testdata against what the existing tools print of it (testdata/README.md). */
import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { ensure } from "../../harness/build/step.ts";
import { libscapShared } from "../libscap/build.ts";
import { arch } from "../scap/ffi.ts";
import { Inspector, type SinspEvent } from "./index.ts";

await ensure(libscapShared(arch));

const savefile = `${import.meta.dir}/../scap/testdata/vm-http.scap.gz`;
const lines = (await Bun.file(`${import.meta.dir}/testdata/vm-http.lines.txt`).text())
  .replace(/\n$/, "")
  .split("\n");

const fieldNames = [
  "evt.num",
  "evt.rawtime",
  "evt.cpu",
  "proc.name",
  "thread.tid",
  "evt.dir",
  "evt.type",
  "evt.args",
];

function line(evt: SinspEvent): string {
  const [num, time, cpu, name, tid, ...rest] = fieldNames.map((field) => evt.getText(field) ?? "<NA>");
  return [num, time, cpu, name, `(${tid})`, ...rest].join(" ");
}

test("events are numbered, those that only change the state are not shown", () => {
  using inspector = Inspector.open({ savefile });
  const nums = Array.from(inspector, (evt) => evt.num);
  expect(nums.length).toBe(16913);
  expect([nums[0], nums.at(-1)]).toEqual([10, 16922]);
});

test("lines are those of the existing tools", () => {
  const wanted = new Map(lines.map((text) => [Number.parseInt(text, 10), text]));
  using inspector = Inspector.open({ bytes: readFileSync(savefile) });
  const got: string[] = [];
  for (const evt of inspector) if (wanted.has(evt.num)) got.push(line(evt));
  expect(got).toEqual(lines);
});

function eventAt(num: number, look: (evt: SinspEvent) => unknown): unknown {
  using inspector = Inspector.open({ savefile });
  for (const evt of inspector) if (evt.num === num) return look(evt);
  throw new Error(`no event ${num}`);
}

test("native values", () => {
  const names = [
    "proc.aname[1]",
    "proc.pid.ts",
    "fd.cip",
    "fd.sport",
    "fd.connected",
    "fd.types",
    "evt.arg.tuple",
  ];
  expect(eventAt(3555, (evt) => names.map((name) => evt.get(name)))).toEqual([
    "init",
    1795470137192014664n,
    "127.0.0.1",
    8081,
    true,
    expect.arrayContaining(["ipv4", "file"]),
    "127.0.0.1:33682->127.0.0.1:8081",
  ]);
});

test("a field that is not there, or cannot be read, is an error", () => {
  const message = (field: string) => eventAt(10, (evt) => expect(() => evt.get(field)).toThrow(RangeError));
  for (const field of ["proc.nam", "proc.name[1]", "evt.arg", "evt.around[1]"]) message(field);
});
