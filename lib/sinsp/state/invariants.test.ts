/** Whatever events come, in whatever order and with whatever holes, what is known fits together, and does not grow. */
import { expect, test } from "bun:test";
import fc from "fast-check";
import { PPM } from "#schema/flags";
import { type Params, Story } from "../testdata/story.ts";
import { State } from "./state.ts";
import type { Thread } from "./thread.ts";
import type { Threads } from "./threads.ts";

const tid = fc.integer({ min: 2, max: 9 });
const fd = fc.integer({ min: -1, max: 6 });
const end = fc.record({
  ip: fc.constantFrom("10.0.0.1", "10.0.0.2", "0.0.0.0"),
  port: fc.integer({ min: 0, max: 2 }),
});
const tuple = fc.record({ source: end, dest: end });
const path = fc.constantFrom("/a", "b", "../c", "");
const flags = fc
  .subarray([
    PPM.PPM_CL_CLONE_THREAD,
    PPM.PPM_CL_CLONE_FILES,
    PPM.PPM_CL_CLONE_PARENT,
    PPM.PPM_CL_CLONE_NEWPID,
    PPM.PPM_CL_CHILD_IN_PIDNS,
    PPM.PPM_CL_CLONE_VFORK,
  ])
  .map((bits) => bits.reduce((all, bit) => all | bit, 0));
const texts = { exe: fc.constant("x"), comm: fc.constantFrom("sh", "cat"), args: fc.constant(["-a"]) };
const ids = { pid: tid, ptid: fc.integer({ min: 0, max: 9 }), vtid: tid, vpid: tid };

const kinds: Readonly<Record<string, Record<string, fc.Arbitrary<unknown>>>> = {
  clone: { res: fc.integer({ min: -1, max: 9 }), tid, ...ids, ...texts, flags },
  fork: { res: fc.integer({ min: -1, max: 9 }), tid, ...ids, ...texts, flags },
  execve: { res: fc.integer({ min: -1, max: 0 }), ...texts, pid: tid, ptid: tid, env: fc.constant(["A=1"]) },
  procexit: { reaper_tid: fc.integer({ min: -1, max: 9 }) },
  prctl: { res: fc.constant(0), option: fc.constantFrom(36, 37), arg2_int: fc.integer({ min: 0, max: 1 }) },
  "open>": { name: path },
  open: { fd, name: path, flags: fc.constantFrom(0, PPM.PPM_O_CLOEXEC, PPM.PPM_O_DIRECTORY) },
  openat: { fd, dirfd: fc.oneof(fd, fc.constant(-100)), name: path },
  close: { res: fc.integer({ min: -1, max: 0 }), fd },
  dup2: { res: fd, oldfd: fd, newfd: fd },
  pipe: { res: fc.constant(0), fd1: fd, fd2: fd },
  socket: { fd, domain: fc.constantFrom(1, 2, 10, 99), type: fc.integer({ min: 1, max: 3 }) },
  bind: { res: fc.constant(0), fd, addr: end },
  connect: { res: fc.constantFrom(0, -115, -111), fd, tuple },
  accept4: { fd, tuple },
  sendto: { res: fc.integer({ min: -1, max: 5 }), fd, tuple },
  recvfrom: { res: fc.integer({ min: -1, max: 5 }), fd, tuple },
  pidfd_open: { fd, pid: tid },
  pidfd_getfd: { fd, pid_fd: fd, target_fd: fd },
  chdir: { res: fc.constant(0), path },
  fchdir: { res: fc.constant(0), fd },
  "switch>": { next: tid },
  close_range: { res: fc.constant(0), first: fd, last: fd, flags: fc.constantFrom(0, 4) },
};

interface Step {
  readonly name: string;
  readonly params: Params;
  readonly tid: number;
}

const step: fc.Arbitrary<Step> = fc.oneof(
  ...Object.entries(kinds).map(([name, params]) => ({
    weight: name === "clone" || name === "procexit" ? 10 : 1,
    arbitrary: fc.record({
      name: fc.constant(name),
      // Old events and lossy drivers leave parameters out.
      params: fc.record(params, { requiredKeys: "res" in params ? ["res"] : [] }) as fc.Arbitrary<Params>,
      tid,
    }),
  })),
);

function checkThread(thread: Thread, threads: Threads): void {
  expect(threads.get(thread.tid)).toBe(thread);
  if (thread.isPlaceholder) {
    expect([thread.group, thread.children]).toEqual([null, null]);
    return;
  }
  expect(thread.group?.pid).toBe(thread.pid);
  expect(thread.group?.threads.has(thread)).toBe(true);
  const parent = threads.get(thread.ptid);
  if (thread.pid !== 1 && thread.ptid !== 0) expect(parent?.children?.has(thread)).toBe(true);
  for (const child of thread.children ?? [])
    expect([threads.get(child.tid) === child, child.ptid]).toEqual([true, thread.tid]);
}

function checkGroups(threads: Threads, ending: number): void {
  const groups = new Set([...threads].flatMap(({ group }) => (group ? [group] : [])));
  expect(groups.size).toBe(threads.processes);
  for (const group of groups) {
    const members = [...group.threads];
    expect(members.filter(({ dead }) => !dead).length).toBe(group.alive);
    for (const member of members) {
      expect(threads.get(member.tid)).toBe(member);
      // A thread that has ended is kept as long as it is its process's main one, or is being looked at.
      const isNeeded = member.isMain && (group.alive > 0 || members.some((other) => other.tid === ending));
      if (member.dead && member.tid !== ending) expect(isNeeded).toBe(true);
    }
    if (group.main) expect(members).toContain(group.main);
  }
}

function checkAll(story: Story): void {
  const { threads } = story.state;
  for (const thread of threads) checkThread(thread, threads);
  checkGroups(threads, story.runner.context.ending);
}

test("threads, processes and parents fit together after any events", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const story = new Story();
      for (const { name, params, tid: by } of steps) {
        story.tell(name, params, { tid: by });
        checkAll(story);
        for (const field of ["proc.aname", "proc.sname", "fd.name", "evt.args", "proc.cwd"]) story.get(field);
      }
    }),
    { numRuns: 150 },
  );
});

test("when all have ended nobody is left", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const story = new Story();
      for (const { name, params, tid: by } of steps) story.tell(name, params, { tid: by });
      const tids = [...story.state.threads].map((thread) => thread.tid);
      for (const by of tids) story.tell("procexit", {}, { tid: by });
      story.runner.finish();
      expect([story.state.threads.size, story.state.threads.processes]).toEqual([0, 0]);
    }),
    { numRuns: 150 },
  );
});

test("a full table refuses and counts, keeps what it has, and takes again when there is room", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const story = new Story(new State(null, { maxThreads: 4 }));
      for (const { name, params, tid: by } of steps) {
        story.tell(name, params, { tid: by });
        expect(story.state.threads.size).toBeLessThanOrEqual(4);
        checkAll(story);
      }
      for (const thread of [...story.state.threads]) story.tell("procexit", {}, { tid: thread.tid });
      const dropped = story.state.threads.counters.dropped;
      story.tell("chdir", { res: 0, path: "/" }, { tid: 50 });
      expect([story.evt.thread?.tid, story.state.threads.counters.dropped]).toEqual([50, dropped]);
    }),
    { numRuns: 100 },
  );
});

test("a storm of processes that come and go leaves nothing behind", () => {
  const story = new Story();
  for (let i = 0; i < 5000; i++) {
    const child = 1000 + (i % 300);
    story.tell("fork", { res: child, exe: "x", comm: "x", pid: 100, ptid: 1, vtid: 100, vpid: 100 });
    story.tell(
      "fork",
      { res: 0, exe: "x", comm: "x", pid: child, ptid: 100, vtid: child, vpid: child },
      { tid: child },
    );
    story.tell("open", { fd: 3, name: "/x" }, { tid: child });
    // Every hundredth end is lost: the number comes again.
    if (i % 100 !== 0) story.tell("procexit", {}, { tid: child });
  }
  story.runner.finish();
  expect(story.state.threads.size).toBeLessThan(10);
  expect(story.state.threads.get(100)!.children!.size).toBe(story.state.threads.size - 2);
});
