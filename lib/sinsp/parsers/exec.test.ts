import { expect, test } from "bun:test";
import { PPM } from "#schema/flags";
import { Texts } from "../state/texts.ts";
import { Story, start } from "../testdata/story.ts";

const program = {
  res: 0,
  exe: "ls",
  comm: "ls",
  args: ["-l", "/"],
  pid: 100,
  ptid: 1,
  trusted_exepath: "/usr/bin/ls",
};

test("another program: names, arguments, environment, ids, capabilities, executable", () => {
  const story = new Story().tell("execve", {
    ...program,
    env: ["HOME=/root", "A= b "],
    cgroups: ["cpu_cgroup=/a", "io=/b"],
    tty: 34816,
    vpgid: 99,
    pgid: 98,
    loginuid: 1000,
    uid: 1,
    gid: 2,
    flags: 0b1111,
    cap_inheritable: 1,
    cap_permitted: 2,
    cap_effective: 3,
    exe_ino: 77,
    exe_ino_ctime: start - 5n,
    exe_ino_mtime: start - 6n,
    fdlimit: 1024,
    pgft_maj: 1,
    pgft_min: 2,
    vm_size: 3,
    vm_rss: 4,
    vm_swap: 5,
  });
  const expected = {
    "proc.exe": "ls",
    "proc.name": "ls",
    "proc.cmdline": "ls -l /",
    "proc.exepath": "/usr/bin/ls",
    "proc.env[A]": "b",
    "thread.cgroups": "cpu=/a blkio=/b",
    "proc.tty": 34816,
    "proc.vpgid": 99,
    "proc.pgid": 98,
    "user.loginuid": 1000,
    "user.uid": 1,
    "group.gid": 2,
    "proc.is_exe_writable": true,
    "proc.is_exe_upper_layer": true,
    "proc.is_exe_lower_layer": true,
    "proc.is_exe_from_memfd": true,
    "thread.cap_effective": "CAP_CHOWN CAP_DAC_OVERRIDE",
    "proc.exe_ino": 77,
    "proc.exe_ino.mtime": start - 6n,
    "proc.fdlimit": 1024,
    "proc.vmswap": 5,
  };
  const fields = Object.keys(expected);
  expect(Object.fromEntries(fields.map((field) => [field, story.get(field)]))).toEqual(expected);
});

test("what an old event does not tell stays, but for the process group", () => {
  const story = new Story();
  const thread = Object.assign(story.state.threads.get(100)!, {
    loginuid: 5,
    pgid: 4,
    exePath: "/old",
    tty: 3,
  });
  thread.setEnv(Texts.of(["A=1"]));
  story.tell("execve", { res: 0, exe: "/bin/x", pid: 100 });
  const fields = [
    "proc.env",
    "user.loginuid",
    "proc.pgid",
    "proc.exepath",
    "proc.tty",
    "proc.name",
    "proc.args",
  ];
  expect(fields.map((field) => story.get(field))).toEqual(["A=1", 5, -1, "/old", 3, "/bin/x", ""]);
});

test("a failed exec changes nothing", () => {
  const story = new Story().tell("execve", { ...program, res: -2 });
  expect(story.get("proc.name")).toBe("cat");
});

test("descriptors that close on exec are gone, others stay", () => {
  const { PPM_O_CLOEXEC: CLOEXEC } = PPM;
  const story = new Story()
    .tell("open", { fd: 3, name: "/a", flags: CLOEXEC })
    .tell("open", { fd: 4, name: "/b" })
    .tell("dup3", { res: 5, oldfd: 4, newfd: 5, flags: CLOEXEC })
    .tell("dup", { res: 6, oldfd: 3 })
    .tell("fcntl", { res: 7, fd: 4, cmd: PPM.PPM_FCNTL_F_DUPFD_CLOEXEC })
    .tell("fcntl", { res: 0, fd: 4, cmd: PPM.PPM_FCNTL_F_GETFD })
    .tell("pipe2", { res: 0, fd1: 8, fd2: 9, flags: CLOEXEC })
    .tell("socket", { fd: 10, domain: 2, type: 1, flags: CLOEXEC })
    .tell("accept4", { fd: 11, tuple: { unix: "", source: 1n, dest: 2n }, flags: CLOEXEC })
    .tell("eventfd2", { res: 12, flags: CLOEXEC })
    .tell("epoll_create1", { res: 13, flags: PPM.PPM_EPOLL_CLOEXEC })
    .tell("memfd_create", { fd: 14, name: "m", flags: PPM.PPM_MFD_CLOEXEC })
    .tell("pidfd_open", { fd: 15, pid: 1 })
    .tell("socketpair", { res: 0, fd1: 16, fd2: 17, source: 1, peer: 2, domain: 1, type: 0o2000001 })
    .tell("dup", { res: 18, oldfd: 4 })
    .tell("fcntl", { res: 0, fd: 18, cmd: PPM.PPM_FCNTL_F_SETFD, arg: 1 })
    .tell("close_range", { res: 0, first: 6, last: 6, flags: PPM.PPM_CLOSE_RANGE_CLOEXEC });
  expect(story.state.threads.get(100)!.fds.size).toBe(16);
  story.tell("execve", program);
  expect([...story.state.threads.get(100)!.fds.entries()].map(([fd]) => fd)).toEqual([4]);
});

test("of the threads only the one that calls is left, even if the main one had ended", () => {
  const story = new Story();
  story.thread(101, { pid: 100, ptid: 1 });
  story.thread(102, { pid: 100, ptid: 1 });
  story.tell("procexit", { status: 0 }).tell("execve", program);
  expect(story.get("proc.nthreads")).toBe(1);
  expect([100, 101, 102].map((tid) => story.state.threads.get(tid)?.dead)).toEqual([
    false,
    undefined,
    undefined,
  ]);
});

test("a process that nobody knew", () => {
  const story = new Story().tell("execve", { ...program, pid: 700, ptid: 100 }, { tid: 700 });
  expect(["proc.pid", "proc.pname", "proc.vpid"].map((field) => story.get(field))).toEqual([700, "cat", 700]);
});

test.each([
  ["execve>", { filename: "bin/x" }, "/home/bin/x"],
  ["execve>", { filename: "/usr/../x" }, "/x"],
  ["execveat>", { dirfd: -100, pathname: "x", flags: 0 }, "/home/x"],
  ["execveat>", { dirfd: 3, pathname: "x", flags: 0 }, "/opt/x"],
  ["execveat>", { dirfd: 3, flags: PPM.PPM_EXVAT_AT_EMPTY_PATH }, "/opt"],
  ["execveat>", { dirfd: 9, pathname: "x", flags: 0 }, "<NA>"],
  ["execveat>", { dirfd: 3, flags: 0 }, "<NA>"],
  ["execve>", {}, "/old"],
])("old captures: the path comes from %s %p", (name, params, path) => {
  const story = new Story().tell("open", { fd: 3, name: "/opt", flags: PPM.PPM_O_DIRECTORY });
  story.state.threads.get(100)!.exePath = "/old";
  const isUnknown = name === "execve>" && !("filename" in params);
  if (!isUnknown) story.tell(name, params);
  story.tell("execve", { res: 0, exe: "x", pid: 100 });
  expect(story.get("proc.exepath")).toBe(path);
});

test("the path of a file that has been deleted", () => {
  const story = new Story().tell("execve", { ...program, trusted_exepath: "/tmp/x (deleted)" });
  expect(story.get("proc.exepath")).toBe("/tmp/x");
});
