import { expect, test } from "bun:test";
import { PPM } from "#schema/flags";
import { type Params, Story } from "../testdata/story.ts";

const fields = (story: Story, ...names: string[]) => names.map((name) => story.get(name));

test.each([
  ["eventfd", { res: 5 }, "event", ""],
  ["eventfd2", { res: 5 }, "event", ""],
  ["signalfd", { res: 5, fd: -1 }, "signalfd", ""],
  ["signalfd4", { res: 5, fd: -1 }, "signalfd", ""],
  ["timerfd_create", { res: 5 }, "timerfd", ""],
  ["inotify_init", { res: 5 }, "inotify", ""],
  ["inotify_init1", { res: 5 }, "inotify", ""],
  ["bpf", { fd: 5, cmd: 5 }, "bpf", ""],
  ["userfaultfd", { res: 5 }, "userfaultfd", ""],
  ["io_uring_setup", { res: 5 }, "io_uring", ""],
  ["epoll_create", { res: 5 }, "eventpoll", ""],
  ["epoll_create1", { res: 5 }, "eventpoll", ""],
  ["memfd_create", { fd: 5, name: "secret" }, "memfd", "secret"],
  ["pidfd_open", { fd: 5, pid: 42 }, "pidfd", "/proc/42"],
  ["socket", { fd: 5, domain: 1, type: 1 }, "unix", ""],
  ["socket", { fd: 5, domain: 16, type: 3 }, "netlink", ""],
  ["socket", { fd: 5, domain: 17, type: 3 }, "<NA>", ""],
  ["open", { fd: 5, name: "/d", flags: PPM.PPM_O_DIRECTORY }, "directory", "/d"],
] as [string, Params, string, string][])("%s %p makes a %s", (name, params, type, text) => {
  expect(fields(new Story().tell(name, params), "fd.num", "fd.type", "fd.name")).toEqual([5, type, text]);
});

test.each(["eventfd2", "epoll_create1", "inotify_init1"])("a failed %s makes nothing", (name) => {
  expect(fields(new Story().tell(name, { res: -24 }), "fd.num", "fd.type", "fd.name")).toEqual([
    -1,
    null,
    "",
  ]);
});

test("commands of bpf() that answer with 0 open nothing", () => {
  const story = new Story().tell("bpf", { fd: 0, cmd: 1 });
  expect(story.state.threads.get(100)!.fds.size).toBe(0);
});

test("pipes: two ends of one inode", () => {
  const story = new Story().tell("pipe2", { res: 0, fd1: 3, fd2: 4, ino: 99 });
  expect(fields(story, "fd.num", "fd.type", "fd.ino", "fd.types[3]")).toEqual([4, "pipe", 99, ["pipe"]]);
});

test("dup, dup2, dup3, fcntl: another number for the same thing", () => {
  const story = new Story().tell("open", { fd: 3, name: "/a" });
  for (const [name, params] of [
    ["dup", { res: 4, oldfd: 3 }],
    ["dup2", { res: 5, oldfd: 3, newfd: 5 }],
    ["dup3", { res: 6, oldfd: 3, newfd: 6 }],
    ["fcntl", { res: 7, fd: 3, cmd: PPM.PPM_FCNTL_F_DUPFD }],
  ] as const)
    expect(fields(story.tell(name, params), "fd.num", "fd.name", "fd.name_changed")).toEqual([
      params.res,
      "/a",
      false,
    ]);
  story.tell("dup", { res: -9, oldfd: 3 });
  expect(story.get("fd.num")).toBe(3);
});

test("closed descriptors are there until the event has been seen", () => {
  const story = new Story().tell("open", { fd: 3, name: "/a" }).tell("close", { res: 0, fd: 3 });
  expect(fields(story, "fd.name", "proc.fdopencount")).toEqual(["/a", 1]);
  story.tell("mprotect");
  expect(story.get("proc.fdopencount")).toBe(0);
  story.tell("open", { fd: 3, name: "/b" }).tell("close", { res: -9, fd: 3 }).tell("mprotect");
  expect(story.get("proc.fdopencount")).toBe(1);
});

test("close_range ends all between", () => {
  const story = new Story();
  for (const fd of [3, 4, 5, 6]) story.tell("open", { fd, name: `/${fd}` });
  story.tell("close_range", { res: 0, first: 4, last: 5 });
  expect([...story.state.threads.get(100)!.fds.entries()].map(([fd]) => fd)).toEqual([3, 6]);
});

test("pidfd_getfd: another process's descriptor", () => {
  const story = new Story().tell("open", { fd: 8, name: "/secret" }, { tid: 1 });
  story.tell("pidfd_open", { fd: 3, pid: 1 }).tell("pidfd_getfd", { fd: 4, pid_fd: 3, target_fd: 8 });
  expect(fields(story, "fd.num", "fd.name")).toEqual([4, "/secret"]);
});

test("a full table leaves descriptors unknown, and takes new ones when there is room", () => {
  const story = new Story();
  for (let fd = 0; fd <= 4096; fd++) story.tell("open", { fd, name: "/x" });
  expect(fields(story, "fd.num", "fd.type", "proc.fdopencount")).toEqual([4096, null, 4096]);
  story.tell("close", { res: 0, fd: 0 }).tell("open", { fd: 4096, name: "/y" });
  expect(fields(story, "fd.name", "proc.fdopencount")).toEqual(["/y", 4096]);
});
