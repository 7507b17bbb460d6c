import { expect, test } from "bun:test";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensure } from "../../../harness/build/step.ts";
import { libscapShared } from "../../libscap/build.ts";
import { arch } from "../../scap/ffi.ts";
import { Inspector, type InspectorSource, type SinspEvent } from "../index.ts";

await ensure(libscapShared(arch));

const savefile = `${import.meta.dir}/../../scap/testdata/vm-http.scap.gz`;

/** Everything about an event that the state tells, except its number. */
const format =
  "*%evt.rawtime %thread.tid %evt.type %evt.args %proc.cmdline %proc.pname %proc.cwd %proc.fdopencount %fd.name %fd.type %user.name %thread.cgroups";

function lines(source: InspectorSource, wanted: (evt: SinspEvent) => boolean = () => true): string[] {
  using inspector = Inspector.open(source);
  const line = inspector.formatter(format);
  const all: string[] = [];
  // Which end of a socket is the client no file's list tells: the protocol is not shown then.
  for (const evt of inspector) if (wanted(evt)) all.push(line(evt)!.replace(/<4t>/g, "<4>"));
  return all;
}

function dumped(options: { filter?: string; stateOnly?: boolean; from?: number }): Uint8Array {
  using inspector = Inspector.open({ savefile });
  for (let left = options.from ?? 0; left > 0; left--) inspector.next();
  const { filter, stateOnly = false } = options;
  using dumper = inspector.dump(undefined, {
    stateOnly,
    ...(filter && { filter: inspector.filter(filter) }),
  });
  while (inspector.next());
  return dumper.bytes();
}

test("a dump of everything says the same", () => {
  expect(lines({ bytes: dumped({}) })).toEqual(lines({ savefile }));
});

test("a dump that begins later has the state of that moment at its head", () => {
  const from = 9000;
  expect(lines({ bytes: dumped({ from }) })).toEqual(lines({ savefile }).slice(from));
});

test("what a filter matched, with all that the state needs", () => {
  const filter = "evt.type in (read, write, close) and fd.name startswith /";
  const bytes = dumped({ filter, stateOnly: true });
  using inspector = Inspector.open({ savefile });
  const wanted = lines({ savefile }, inspector.filter(filter));
  expect(wanted.length).toBeGreaterThan(100);
  expect(lines({ bytes })).toEqual(wanted);
  expect(lines({ bytes: dumped({ filter }) })).toHaveLength(wanted.length);
  expect(dumped({ filter }).length).toBeLessThan(bytes.length);
});

test("a series of files, each complete", () => {
  const dir = mkdtempSync(join(tmpdir(), "dump-"));
  try {
    using inspector = Inspector.open({ savefile });
    inspector.dump(join(dir, "part.scap"), { rotation: { maxEvents: 5000 } });
    while (inspector.next());
    inspector.close();
    const parts = readdirSync(dir).sort();
    expect(parts.length).toBe(4);
    expect(parts.flatMap((part) => lines({ savefile: join(dir, part) }))).toEqual(lines({ savefile }));
  } finally {
    rmSync(dir, { recursive: true });
  }
});
