import { expect, test } from "bun:test";
import { PPM } from "#schema/flags";
import { State } from "../state/state.ts";
import { Texts } from "../state/texts.ts";
import { fieldsOf } from "../testdata/rows.ts";
import { Story, start } from "../testdata/story.ts";

/** init (1) → sh (50), its session's leader → cat (100), and a thread of it (101). */
function family(): Story {
  const story = new Story(new State({ bootTs: 1000n } as never));
  const init = story.state.threads.get(1)!;
  Object.assign(init, { exe: "/sbin/init", exePath: "/lib/systemd" });
  init.setEnv(Texts.of(["PATH=/bin", "LANG=C"]));
  const ids = { sid: 50, vpgid: 50, pgid: 50 };
  const shell = story.thread(50, { ptid: 1, comm: "sh", exe: "-sh", exePath: "/bin/dash", ...ids });
  shell.setArgs(Texts.of(["-i"]));
  shell.setEnv(Texts.of(["PATH=", "HOME= /root "]));
  story.thread(100, { ptid: 50, comm: "cat", exe: "cat", exePath: "/bin/cat", ...ids }).cwd = "/home";
  story.state.threads.get(100)!.setEnv(Texts.of(["A=", "A=1", "B=2"]));
  story.thread(101, { pid: 100, ptid: 50, comm: "worker" });
  return story.tell("close");
}

fieldsOf("ancestors", family, [
  ["proc.aexe", ["-sh", "/sbin/init"], "-sh /sbin/init", '"-sh /sbin/init"'],
  ["proc.aexe[0]", "cat"],
  ["proc.aexe[2]", "/sbin/init"],
  ["proc.aexe[3]", null],
  ["proc.pexepath", "/bin/dash"],
  ["proc.aexepath", ["/bin/dash", "/lib/systemd"], "/bin/dash /lib/systemd", '"/bin/dash /lib/systemd"'],
  ["proc.aexepath[1]", "/bin/dash"],
  ["proc.aname", ["sh", "init"], "sh init", '"sh init"'],
  ["proc.aargs", "-i "],
  ["proc.aargs[1]", "-i"],
  ["proc.acmdline", ["sh -i", "init"], "sh -i init", '"sh -i init"'],
  ["proc.acmdline[2]", "init"],
  ["proc.apid", [50, 1], "100", "100"],
  ["proc.apid[1]", 50],
  ["proc.pvpid", 50],
  ["proc.ppid", 50],
  ["proc.loginshellid", 50],
]);

fieldsOf("leaders", family, [
  ["proc.sname", "sh"],
  ["proc.sid.exe", "-sh"],
  ["proc.sid.exepath", "/bin/dash"],
  ["proc.vpgid.name", "sh"],
  ["proc.vpgid.exe", "-sh"],
  ["proc.vpgid.exepath", "/bin/dash"],
  ["proc.pgid.name", "sh"],
  ["proc.pgid.exe", "-sh"],
  ["proc.pgid.exepath", "/bin/dash"],
  ["proc.is_sid_leader", false],
  ["proc.is_vpgid_leader", false],
  ["proc.is_pgid_leader", false],
]);

fieldsOf("a leader", () => family().tell("close", {}, { tid: 50 }), [
  ["proc.is_sid_leader", true],
  ["proc.is_vpgid_leader", true],
  ["proc.is_pgid_leader", true],
  ["proc.sname", "sh"],
]);

/** Numbers of a namespace are not those of the host: leaders are looked for among ancestors. */
function contained(): Story {
  const story = new Story();
  story.thread(50, { ptid: 1, comm: "runc" });
  story.thread(60, { ptid: 50, comm: "inner", vtid: 1, vpid: 1, sid: 1, vpgid: 1, pgid: 60 });
  story.thread(70, { ptid: 60, comm: "sh", vtid: 7, vpid: 7, sid: 1, vpgid: 7, pgid: 70 });
  return story.tell("close", {}, { tid: 70 });
}
fieldsOf("leaders in a pid namespace", contained, [
  ["proc.sname", "inner"],
  ["proc.vpgid.name", ""],
  ["proc.pgid.name", "sh"],
]);

fieldsOf("environment", family, [
  ["proc.env", "A= A=1 B=2"],
  ["proc.env[A]", "1"],
  ["proc.env[C]", ""],
  ["proc.env[0]", "A= A=1 B=2"],
  ["proc.aenv", ["PATH= HOME= /root ", "PATH=/bin LANG=C"], "A= A=1 B=2", '"A= A=1 B=2"'],
  ["proc.aenv[0]", "A= A=1 B=2"],
  ["proc.aenv[1]", "PATH= HOME= /root "],
  ["proc.aenv[9]", null],
  ["proc.aenv[PATH]", "/bin"],
  ["proc.aenv[HOME]", "/root"],
  ["proc.aenv[A]", ""],
]);

fieldsOf("a thread has the environment of its process", () => family().tell("close", {}, { tid: 101 }), [
  ["proc.env[A]", "1"],
  ["thread.vmsize", 0],
  ["thread.vmsize.b", 0],
  ["thread.vmrss", 0],
  ["thread.vmrss.b", 0],
]);

test("filters match any ancestor", () => {
  const story = family();
  const holds = (filter: string) => story.passes(filter);
  expect(
    [
      "proc.aname = init",
      "proc.aname != init",
      "proc.aname = cat",
      "proc.apid in (1, 2)",
      "proc.apid = 100",
      "proc.aenv contains LANG",
      "proc.aexe exists",
      "proc.acmdline endswith -i",
      "proc.aexepath startswith /lib",
    ].map(holds),
  ).toEqual([true, true, false, true, false, true, true, true, true]);
  expect(story.tell("close", {}, { tid: 1 }).passes("proc.aname exists")).toBe(false);
});

function executed(): Story {
  const story = new Story(new State({ bootTs: 1000n } as never));
  const names = { exe: "x", comm: "x", pid: 200, ptid: 100, vtid: 200, vpid: 200 };
  story.tell("fork", { ...names, res: 0 }, { tid: 200, ts: start });
  const times = { exe_ino: 7, exe_ino_ctime: start - 1_000_000n, exe_ino_mtime: start - 5_000_000n };
  const caps = { cap_inheritable: 1n << 40n, cap_permitted: 3, cap_effective: 0 };
  const faults = { pgft_maj: 1, pgft_min: 2, vm_size: 3, vm_rss: 4, vm_swap: 5, fdlimit: 3 };
  const execve = {
    ...times,
    ...caps,
    ...faults,
    res: 0,
    exe: "x",
    comm: "x",
    pid: 200,
    ptid: 100,
    flags: 0b1100,
  };
  story.tell("execve", { ...execve, cgroups: ["cpu=/a", "io=/b"] }, { tid: 200 });
  return story.tell("open", { fd: 1, name: "/out" }, { tid: 200, ts: start + 9n });
}

fieldsOf("an executed program", executed, [
  ["proc.is_exe_lower_layer", true],
  ["proc.is_exe_from_memfd", true],
  ["proc.exe_ino.ctime", start - 1_000_000n],
  ["proc.exe_ino.mtime", start - 5_000_000n],
  ["proc.exe_ino.ctime_duration_proc_start", 1_000_000],
  ["proc.exe_ino.ctime_duration_pidns_start", start - 1_000_000n - 1000n],
  ["proc.pidns_init_start_ts", 1000],
  ["proc.duration", 9],
  ["proc.pid.ts", start],
  ["proc.ppid.ts", 0],
  ["proc.ppid.duration", null],
  ["thread.cap_permitted", "CAP_CHOWN CAP_DAC_OVERRIDE"],
  ["thread.cap_inheritable", "CAP_CHECKPOINT_RESTORE"],
  ["thread.cgroup.cpu", "/a"],
  ["thread.cgroup.blkio", "/b"],
  ["thread.cgroup.memory", null],
  ["proc.fdusage", 100 / 3, "33.3"],
  ["proc.vmswap", 5],
  ["thread.pfmajor", 1],
  ["thread.pfminor", 2],
  ["thread.vmsize", 3],
  ["thread.vmsize.b", 3072],
  ["thread.vmrss", 4],
  ["thread.vmrss.b", 4096],
  ["proc.stdin.type", null],
  ["proc.stdin.name", null],
  ["proc.stdout.type", "file"],
  ["proc.stdout.name", "/out"],
  ["proc.stderr.type", null],
  ["proc.stderr.name", null],
]);

test("of a parent that has been seen to start, its age", () => {
  const story = executed();
  story.tell(
    "fork",
    { res: 0, exe: "x", comm: "x", pid: 300, ptid: 200, vtid: 300, vpid: 300 },
    { tid: 300, ts: start + 20n },
  );
  story.tell("close", {}, { tid: 300, ts: start + 25n });
  expect(["proc.ppid.duration", "proc.ppid.ts"].map((field) => story.get(field))).toEqual([25, start]);
});

test("of a thread that nobody knows there is nothing but its number", () => {
  const story = new Story().tell("switch", { next: 1 }, { tid: 77 });
  const fields = [
    "proc.name",
    "proc.aname",
    "proc.env",
    "proc.pid",
    "user.uid",
    "group.gid",
    "thread.tid",
    "proc.fdusage",
  ];
  expect(fields.map((field) => story.get(field))).toEqual([null, null, null, null, null, null, 77, null]);
});

test("ids and limits: setuid and its kin, rlimits, capabilities", () => {
  const story = new Story();
  story.state.users.add({ uid: 5, gid: 6, name: "five", home: "/five", shell: "/bin/sh" });
  story
    .tell("setuid", { res: 0, uid: 5 })
    .tell("setgid", { res: 0, gid: 6 })
    .tell("setreuid", { res: -1, euid: 9 });
  story.tell("setresuid", { res: 0, ruid: 7, euid: 0xffffffff, suid: 0xffffffff });
  story
    .tell("setrlimit", { res: 0, cur: 10, max: 20, resource: 7 })
    .tell("setrlimit", { res: 0, cur: 11, resource: 6 });
  story.tell("prlimit", { res: 0, newcur: -1, oldcur: 99, pid: 0, resource: 7 });
  story.tell("capset", { res: 0, cap_inheritable: 1, cap_permitted: 2, cap_effective: 4 });
  const fields = [
    "user.name",
    "user.homedir",
    "user.shell",
    "group.gid",
    "group.name",
    "proc.fdlimit",
    "thread.cap_effective",
  ];
  expect(fields.map((field) => story.get(field))).toEqual([
    "five",
    "/five",
    "/bin/sh",
    6,
    "<NA>",
    10,
    "CAP_DAC_READ_SEARCH",
  ]);
  expect(story.tell("prlimit", { res: 0, newcur: 12, pid: 100, resource: 7 }).get("proc.fdlimit")).toBe(12);
  story.tell("unshare", { res: 0, flags: PPM.PPM_CL_CLONE_NEWUSER });
  expect(String(story.get("thread.cap_permitted")).split(" ").length).toBe(41);
});
