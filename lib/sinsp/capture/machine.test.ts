/** The machine that the tests run on. */
import { expect, test } from "bun:test";
import { closeSync, openSync, readdirSync } from "node:fs";
import { ensure } from "../../../harness/build/step.ts";
import { libscapShared } from "../../libscap/build.ts";
import { arch } from "../../scap/ffi.ts";
import { Lookup } from "../state/lookup.ts";
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

test("what it knows of a thread", () => {
  using machine = new ThisMachine();
  const found = machine.thread(process.pid);
  expect(found?.thread).toMatchObject({ tid: process.pid, pid: process.pid, ptid: process.ppid });
  expect(found?.fds.map(({ fd }) => Number(fd))).toContain(0);
  expect(machine.thread(2 ** 30)).toBeNull();
});

test("a thread that is not its process's first is of that process", () => {
  using machine = new ThisMachine();
  const other = readdirSync("/proc/self/task")
    .map(Number)
    .find((tid) => tid !== process.pid)!;
  const state = new State();
  new Lookup((tid) => machine.thread(tid)).into(state, other);
  expect(state.threads.get(other)).toMatchObject({ pid: process.pid, isMain: false });
  expect(state.threads.get(other)?.main?.tid).toBe(process.pid);
  expect(state.threads.get(other)?.fd(0)).toBe(state.threads.get(process.pid)!.fd(0)!);
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
