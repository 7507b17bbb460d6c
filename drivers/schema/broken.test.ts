/** What is wrong in a schema is said with code, file, line and column. */
import { expect, test } from "bun:test";
import { join, relative } from "node:path";
import { root } from "../../harness/build/root.ts";
import { type YamlCode, YamlError } from "../../harness/yaml/index.ts";
import { miniSchemaDir } from "./mini.ts";
import { readSchema } from "./model/read.ts";

function problems(file: string, from: string, to: string): string[] {
  using dir = miniSchemaDir(file, from, to);
  try {
    readSchema(dir.path);
    return [];
  } catch (error) {
    if (!(error instanceof YamlError)) throw error;
    return error.issues.map(
      ({ code, place }) =>
        `${code} ${relative(dir.path, join(root, place.file))}:${place.line}:${place.column}`,
    );
  }
}

test("the mini schema itself is right", () => {
  using dir = miniSchemaDir();
  const schema = readSchema(dir.path);
  expect(schema.events.map(({ symbol, name }) => [symbol, name])).toEqual([
    ["GENERIC_E", "NA"],
    ["GENERIC_X", "syscall"],
    ["OPEN_E", "NA"],
    ["OPEN_X", "open"],
  ]);
  expect(schema.events[3]?.params.map(({ dirfd, table, variants }) => dirfd ?? table ?? variants)).toEqual([
    undefined,
    0,
    "bits",
    "either",
  ]);
});

type Row = [what: string, from: string, to: string, code: YamlCode, at: string];

/** Broken file → how it is broken, and where that is said (in the file itself unless another one is named). */
const files: Record<string, Row[]> = {
  "types.yaml": [["gap in type codes", "code: 4", "code: 5", "conflict", "6:15"]],
  "events/all.yaml": [
    ["no YAML", "flags: [USES_FD]", "flags: [USES_FD", "syntax", "12:3"],
    ["unknown key", "category: OTHER\n  flags", "categry: OTHER\n  flags", "unknown-key", "10:3"],
    ["unknown type", "fd: FD", "fd: DF", "unknown-name", "13:9"],
    ["unknown table", "FLAGS8 bits", "FLAGS8 bots", "unknown-name", "15:12"],
    ["no table", "FLAGS8 bits", "FLAGS8", "value", "15:12"],
    ["a table too many", "fd: FD", "fd: FD bits", "value", "13:9"],
    ["unknown variants", "DYN either", "DYN neither", "unknown-name", "16:12"],
    ["directory that is no param", "PATH fd", "PATH df", "unknown-name", "14:11"],
    ["unknown format", "fd: FD", "fd: FD OCT", "unknown-name", "13:9"],
    ["no type at all", "fd: FD", "fd: descriptor", "value", "13:9"],
    ["unknown event flag", "[USES_FD]", "[USES]", "unknown-name", "11:11"],
    ["unknown category", "OTHER\n  flags", "OTTER\n  flags", "unknown-name", "10:13"],
    ["gap in event codes", "code: 2", "code: 4", "conflict", "8:9"],
    ["event code twice", "code: 2", "code: 0", "conflict", "8:9"],
  ],
  "flags/all.yaml": [["flag too wide", "0x80", "0x100", "value", "4:8"]],
  "constants.yaml": [["constant with two values", "PPM_OTHER: 5", "PPM_A: 5", "conflict", "1:1"]],
  "syscalls/all.yaml": [
    ["gap in syscall codes", "sc: 2", "sc: 7", "conflict", "syscalls/tracepoints.yaml:1:14"],
    ["unknown event", "event: OPEN", "event: OPNE", "unknown-name", "2:22"],
    ["number twice", "x86_64: 39", "x86_64: 500", "conflict", "2:32"],
    ["generic number twice", "generic: 172", "generic: 500", "conflict", "2:32"],
    ["ia32 number twice", "ia32: 20", "ia32: 500", "conflict", "2:32"],
    ["only ia32, without own filler", "x86_64: 39, ", "", "value", "1:43"],
    ["filler for the generic event", "ia32: 20", "filler: getpid", "value", "1:57"],
    ["enter event without own event", "ia32: 20", "sends_enter: true", "value", "1:49"],
    ["syscall twice", "getpid:", "switch:", "conflict", "syscalls/tracepoints.yaml:1:1"],
  ],
  "syscalls/tracepoints.yaml": [["tracepoint with a number", "event", "nr: 7, event", "value", "1:17"]],
  "flagmaps/all.yaml": [
    ["unknown kernel constant", "[A, B]", "[A, C]", "unknown-name", "3:13"],
    ["unknown PPM constant", "[A, B]", "{A: PPM_X}", "unknown-name", "3:13"],
    ["result too wide", "[A, B]", "{A: 256}", "value", "3:13"],
  ],
};

for (const [file, rows] of Object.entries(files))
  test.each(rows)(`${file}: %s`, (_what, from, to, code, at) => {
    const place = at.includes("yaml") ? at : `${file}:${at}`;
    expect(problems(file, from, to)).toContain(`${code} ${place}`);
  });
