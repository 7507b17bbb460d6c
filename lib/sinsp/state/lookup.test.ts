/** Events of threads that nothing has told of, of a machine that is played. */
import { expect, test } from "bun:test";
import type { Thread as ListedThread } from "../../scap/index.ts";
import { Story } from "../testdata/story.ts";
import { type Found, Lookup, questionsPerSecond } from "./lookup.ts";

const ids = { sid: 1, vpgid: 1, pgid: 1, fdlimit: 1024, pfmajor: 0, pfminor: 0, pidnsInitStartTs: 0 };
const caps = { capInheritable: 0, capPermitted: 0, capEffective: 0 };
const file = { exeIno: 7, exeInoCtime: 0, exeInoMtime: 0, exepath: "/bin/nginx", cwd: "/srv", root: "/" };
const lists = { args: ["-g"], env: ["A=1"], cgroups: [], flags: 0, uid: 33, gid: 33, loginuid: 33, tty: 0 };
const sizes = { vmsizeKb: 0, vmrssKb: 0, vmswapKb: 0 };
const layers = { exeWritable: false, exeUpperLayer: false, exeLowerLayer: false, exeFromMemfd: false };

/** A thread of nginx, whose process has descriptor 3. */
function nginx(tid: number, pid: number): Found {
  const common = { ...ids, ...caps, ...file, ...lists, ...sizes, ...layers, comm: "nginx", exe: "nginx" };
  const thread: ListedThread = { ...common, tid, pid, ptid: 1, vtid: tid, vpid: pid };
  const fd = { tid: pid, fd: 3, ino: 5, type: "file", name: "/srv/index", openFlags: 1, dev: 8 } as const;
  return { thread, fds: [{ ...fd, mountId: 0 }] as unknown as Found["fds"] };
}

/** A capture of that machine: process 500 with the threads 500 and 501. `asked`: the questions so far. */
function live() {
  const story = new Story();
  const asked: number[] = [];
  const clock = { ms: 0 };
  const ask = (tid: number) => {
    asked.push(tid);
    return tid === 500 || tid === 501 ? nginx(tid, 500) : null;
  };
  const lookup = new Lookup(ask, () => clock.ms);
  story.state.threads.lookUp = (tid) => lookup.into(story.state, tid);
  return { story, asked, clock };
}

test("an unknown process is looked up once, with its descriptors", () => {
  const { story, asked } = live();
  story.tell("read", { res: 1, fd: 3 }, { tid: 500 }).tell("read", { res: 1, fd: 3 }, { tid: 500 });
  expect(asked).toEqual([500]);
  expect([story.get("proc.name"), story.get("proc.pname"), story.get("fd.name")]).toEqual([
    "nginx",
    "init",
    "/srv/index",
  ]);
});

test("a thread brings its process with it", () => {
  const { story, asked } = live();
  story.tell("read", { res: 1, fd: 3 }, { tid: 501 });
  expect(asked).toEqual([501, 500]);
  const { threads } = story.state;
  expect(threads.get(501)).toMatchObject({ pid: 500, isMain: false, cwd: "/srv/" });
  expect(threads.get(501)!.main).toBe(threads.get(500)!);
  expect(story.get("fd.name")).toBe("/srv/index");
});

test("one that has ended is a placeholder, and is not asked for again", () => {
  const { story, asked } = live();
  story.tell("close", { res: 0, fd: 3 }, { tid: 9 }).tell("close", { res: 0, fd: 3 }, { tid: 9 });
  expect(asked).toEqual([9]);
  expect(story.state.threads.get(9)?.isPlaceholder).toBe(true);
});

test("ends of processes are no reason to ask", () => {
  const { story, asked } = live();
  story.tell("procexit", {}, { tid: 500 }).tell("switch", { next: 1 }, { tid: 500 });
  expect(asked).toEqual([]);
});

test("so many questions a second, and no more", () => {
  const { story, asked, clock } = live();
  const tell = (from: number) => {
    for (let tid = from; tid < from + 3 * questionsPerSecond; tid++) story.tell("close", {}, { tid });
  };
  tell(1000);
  expect(asked).toHaveLength(questionsPerSecond);
  clock.ms += 500;
  tell(2000);
  expect(asked).toHaveLength(1.5 * questionsPerSecond);
  clock.ms += 3_600_000;
  tell(3000);
  expect(asked).toHaveLength(2.5 * questionsPerSecond);
});
