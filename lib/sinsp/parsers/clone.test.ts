import { expect, test } from "bun:test";
import { PPM } from "#schema/flags";
import { State } from "../state/state.ts";
import { Story, start } from "../testdata/story.ts";

const { PPM_CL_CLONE_THREAD: THREAD, PPM_CL_CLONE_VFORK, PPM_CL_CLONE_PARENT, PPM_CL_CLONE_NEWPID } = PPM;

/** What both sides of a clone tell. */
const process = {
  exe: "/bin/cat",
  args: ["-n"],
  comm: "cat",
  pid: 100,
  ptid: 1,
  uid: 5,
  gid: 6,
  fdlimit: 64,
};
const virtual = { vtid: 200, vpid: 200 };

/** The child's side of a fork of 100 that makes 200. */
const child = { ...process, ...virtual, res: 0, tid: 200, pid: 200, ptid: 100, flags: 0 };

test("the caller's exit makes the child, which takes after it", () => {
  const story = new Story().tell("openat", { fd: 3, dirfd: -100, name: "/a", flags: 1 });
  story.tell("clone", { ...process, res: 200, flags: 0 });
  const [cat, made] = [100, 200].map((tid) => story.state.threads.get(tid)!);
  expect(made).toMatchObject({ pid: 200, ptid: 100, vtid: 200, comm: "cat", uid: 5, exePath: cat!.exePath });
  expect([made!.cwd, made!.fd(3)?.name]).toEqual(["/home/", "/a"]);
  made!.fds.own(3)!.name = "/b";
  expect(cat!.fd(3)?.name).toBe("/a");
  expect(cat!.children).toEqual(new Set([made!]));
});

test("a new thread shares its process's descriptors, directory and parent", () => {
  const story = new Story().tell("clone", { ...process, res: 101, flags: THREAD });
  story.tell("openat", { fd: 3, dirfd: -100, name: "x" }, { tid: 101 });
  const made = story.state.threads.get(101)!;
  expect(made).toMatchObject({ pid: 100, ptid: 1, isMain: false });
  expect(story.state.threads.get(100)!.fd(3)?.name).toBe("/home/x");
  expect([story.get("proc.nthreads"), story.get("proc.nchilds")]).toEqual([2, 1]);
});

test.each([
  ["CLONE_VFORK", "clone", PPM_CL_CLONE_VFORK],
  ["CLONE_PARENT", "clone", PPM_CL_CLONE_PARENT],
  ["CLONE_NEWPID", "clone3", PPM_CL_CLONE_NEWPID],
  ["vfork", "vfork", 0],
])("of %s only the child tells who it is", (_, name, flags) => {
  const story = new Story().tell(name, { ...process, res: 200, flags });
  expect(story.state.threads.get(200)).toBeUndefined();
  story.tell(name, { ...child, flags }, { tid: 200 });
  expect(story.state.threads.get(200)).toMatchObject({ pid: 200, ptid: 100 });
});

test("the child came first: the caller changes nothing", () => {
  const story = new Story().tell("clone", child, { tid: 200 });
  const made = story.state.threads.get(200);
  story.tell("execve", { res: 0, exe: "ls", comm: "ls", pid: 200 }, { tid: 200 });
  story.tell("clone", { ...process, res: 200, flags: 0 });
  expect(story.state.threads.get(200)).toBe(made!);
  expect(made!.comm).toBe("ls");
});

test.each([
  ["a process", 0, 100],
  ["a thread", THREAD, 1],
])("the child came first and has ended: the caller does not bring %s back", (_, flags, ptid) => {
  const story = new Story();
  story.tell("clone", { ...child, ptid, flags, pid: flags ? 100 : 200 }, { tid: 200, ts: start });
  story.tell("procexit", { status: 0 }, { tid: 200, ts: start });
  story.tell("clone", { ...process, res: 200, flags }, { ts: start + 1_999_999_999n });
  expect(story.state.threads.get(200)).toBeUndefined();
  story.tell("clone", { ...process, res: 200, flags }, { ts: start + 2_000_000_000n });
  expect(story.state.threads.get(200)).toBeDefined();
});

test("the caller came first: the child changes nothing, unless two seconds have passed", () => {
  const story = new Story().tell("clone", { ...process, res: 200, flags: 0 }, { ts: start });
  const made = story.state.threads.get(200);
  story.tell("clone", child, { tid: 200, ts: start + 1_999_999_999n });
  expect(story.state.threads.get(200)).toBe(made!);
  story.tell("clone", child, { tid: 200, ts: start + 2_000_000_000n });
  expect(story.state.threads.get(200)).not.toBe(made!);
  expect(story.get("proc.pid.ts")).toBe(1_700_000_002_000_000_000n);
});

test("a number that is used again is another process, whose predecessor's threads have gone", () => {
  const story = new Story();
  story.thread(200);
  story.thread(201, { pid: 200 });
  story.thread(202, { ptid: 200 });
  story.tell("clone", { ...process, res: 200, flags: 0 });
  const { threads } = story.state;
  expect(threads.get(201)).toBeUndefined();
  expect(threads.get(202)?.ptid).toBe(1);
  expect(threads.get(200)?.group?.threads.size).toBe(1);
});

test("callers and main threads that nobody knew are known from then on", () => {
  const story = new Story().tell(
    "clone",
    { ...process, res: 501, pid: 500, vtid: 500, vpid: 500 },
    { tid: 500 },
  );
  expect(story.state.threads.get(500)).toMatchObject({
    pid: 500,
    ptid: 1,
    comm: "cat",
    isPlaceholder: false,
  });
  story.tell("clone", { ...child, tid: 601, pid: 600, vtid: 601, vpid: 600, flags: THREAD }, { tid: 601 });
  expect(story.state.threads.get(600)).toMatchObject({ pid: 600, ptid: 100, comm: "cat" });
  expect(story.get("proc.nthreads")).toBe(2);
});

test("in a pid namespace, its start is that of its init", () => {
  const story = new Story(new State({ bootTs: 1000n } as never));
  story.tell("clone", { ...child, vtid: 7, vpid: 7, pidns_init_start_ts: 500 }, { tid: 200 });
  expect(story.get("proc.pidns_init_start_ts")).toBe(1500);
  story.tell("clone", { ...child, tid: 201, pid: 201, vtid: 201, vpid: 201 }, { tid: 201 });
  expect(story.get("proc.pidns_init_start_ts")).toBe(1000);
});

test("a failed clone changes nothing, and makes no thread of a caller that is not known", () => {
  const story = new Story().tell("clone", { ...process, res: -11 }, { tid: 900 });
  expect(story.state.threads.get(900)).toBeUndefined();
  expect(story.state.threads.size).toBe(2);
});
