/** The machine that the tests run on. */
import { expect, test } from "bun:test";
import { closeSync, openSync } from "node:fs";
import { ensure } from "../../../harness/build/step.ts";
import { libscapShared } from "../../libscap/build.ts";
import { arch } from "../../scap/ffi.ts";
import { State } from "../state/state.ts";
import { Thread } from "../state/thread.ts";
import { ThisMachine } from "./machine.ts";

await ensure(libscapShared(arch));

test("which threads live", () => {
  using machine = new ThisMachine();
  const lives = (pid: number, tid: number) => machine.isAlive(Object.assign(new Thread(tid), { pid }));
  const { pid } = process;
  expect([lives(pid, pid), lives(pid, 1), lives(2 ** 30, 2 ** 30)]).toEqual([true, false, false]);
});

test("what descriptors of a process are open on", () => {
  const fd = openSync(import.meta.path, "r");
  try {
    using machine = new ThisMachine();
    const found = machine.fds(process.pid, [fd, 9999], new State());
    expect([...found].map(([number, { name, word }]) => [number, name, word])).toEqual([
      [fd, import.meta.path, "file"],
    ]);
    expect(machine.fds(2 ** 30, [fd], new State()).size).toBe(0);
  } finally {
    closeSync(fd);
  }
});
