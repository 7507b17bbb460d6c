/**
 * New programs. A successful execve is told by sched_process_exec, when the new image is there; a failed one by its exit,
 * with the arguments as the caller has them.
 */
import { PPM } from "#schema/flags";
import {
  AT_EMPTY_PATH,
  AT_FDCWD,
  O_CREAT,
  O_DIRECTORY,
  O_NOCTTY,
  O_RDONLY,
  O_RDWR,
  O_WRONLY,
  TIOCGPTPEER,
  TIOCSPTLCK,
} from "../../harness/program/constants.ts";
import type { Arg, BlockBuilder } from "../../harness/program/index.ts";
import { syscallCase } from "../../harness/run/case.ts";
import { event } from "../../harness/run/expected-event.ts";
import { empty, strings, text, u32 } from "../../harness/run/values.ts";
import { executed, helper, meeting, notExecuted } from "./support/exec.ts";

const { PPM_EXE_WRITABLE: writable, PPM_EXE_FROM_MEMFD: fromMemfd } = PPM;
const argv = (p: BlockBuilder, ...more: string[]) => p.pointers([helper, "0", meeting, ...more]);
const noStrings = (p: BlockBuilder) => p.pointers([]);

syscallCase("execve", "a program in a process group of its own", (p) => {
  const run = (c: BlockBuilder) => {
    c.setpgid(0, 0);
    c.execve(helper, argv(c, "", "last"), c.pointers(["A=1", "B=", "NAME=value"]));
  };
  return [executed(p, run, { exe_flags: writable, filename: text(helper) }).event];
});

syscallCase("execve", "a controlling terminal", (p) => {
  // The first terminal that a session's leader opens is its controlling one.
  const run = (c: BlockBuilder) => {
    c.setsid();
    const terminal = c.openat(AT_FDCWD, "/dev/ptmx", O_RDWR | O_NOCTTY);
    c.ioctl(terminal, TIOCSPTLCK, c.int(0));
    c.ioctl(terminal, TIOCGPTPEER, O_RDWR);
    c.execve(helper, argv(c), noStrings(c));
  };
  return [executed(p, run, { exe_flags: writable, filename: text(helper) }).event];
});

syscallCase("execve", "a relative path without environment", (p) => {
  const run = (c: BlockBuilder) => c.execve("../exec-me", argv(c), noStrings(c));
  return [executed(p, run, { exe_flags: writable, filename: text("../exec-me") }).event];
});

syscallCase("execve", "without the right to write to the program", (p) => {
  const run = (c: BlockBuilder) => {
    c.setresgid(100, 101, 102);
    c.setresuid(200, 201, 202);
    c.execve(helper, argv(c), noStrings(c));
  };
  return [executed(p, run, { exe_flags: 0, filename: text(helper) }).event];
});

syscallCase("execve", "arguments and environment beyond 4096 bytes are cut", (p) => {
  const long = "x".repeat(3000);
  const run = (c: BlockBuilder) => c.execve(helper, argv(c, long, long), c.pointers([long, long]));
  const { event: whole, child } = executed(p, run, { exe_flags: writable, filename: text(helper) });
  const byName = whole.event.params.map(({ name }, i) => [name, whole.params[i]!] as const);
  const kept = 4096 - `${helper}\0${"0"}\0${meeting}\0${long}\0`.length - 1;
  const cut = {
    args: strings(["0", meeting, long, "x".repeat(kept)]),
    env: strings([long, "x".repeat(4096 - long.length - 2)]),
  };
  return [event("execve", { ...Object.fromEntries(byName), ...cut }, child)];
});

syscallCase("execve", "a script: the interpreter is the program, the script its file name", (p) => {
  const script = p.openat(AT_FDCWD, "script", O_CREAT | O_WRONLY, 0o755);
  const line = `#!${helper} 0\n`;
  p.write(script, p.bytes(line), line.length);
  p.close(script);
  // The kernel puts the interpreter, its argument and the script's path before the arguments.
  p.symlink("script", meeting);
  const run = (c: BlockBuilder) => c.execve(meeting, c.pointers(["ignored", "last"]), noStrings(c));
  return [executed(p, run, { exe_flags: writable, filename: text(meeting) }).event];
});

syscallCase(
  "execveat",
  "a program below a directory",
  (p) => {
    const run = (c: BlockBuilder) => {
      const dir = c.openat(AT_FDCWD, "/scapyard", O_DIRECTORY);
      c.dup2(dir, 50);
      c.execveat(50, "exec-me", argv(c), noStrings(c), 0);
    };
    return [executed(p, run, { exe_flags: writable, filename: text("/dev/fd/50/exec-me") }).event];
  },
  { alsoCapture: ["execveat"] },
);

syscallCase(
  "execveat",
  "a memfd",
  (p) => {
    const run = (c: BlockBuilder) => {
      const file = c.openat(AT_FDCWD, helper, O_RDONLY);
      const size = c.fstat(file).size;
      c.memfd_create("nameless", 0);
      const memfd = c.dup2(c.memfd_create("program", 0), 50);
      c.sendfile(memfd, file, null, size);
      c.execveat(memfd, "", argv(c), noStrings(c), AT_EMPTY_PATH);
    };
    const expected = {
      exe_flags: writable | fromMemfd,
      filename: text("/dev/fd/50"),
      trusted_exepath: text("memfd:program"),
    };
    return [executed(p, run, expected).event];
  },
  { alsoCapture: ["execveat"] },
);

// ---- failures ----

syscallCase("execve", "fails with ENOENT", (p) => {
  const run = () =>
    p.execve("no-such-program", p.pointers(["name", "", "two"]), p.pointers(["A=1", "B="]), {
      errno: "ENOENT",
    });
  const params = notExecuted(p, run);
  const lists = { exe: text("name"), args: strings(["", "two"]), env: strings(["A=1", "B="]) };
  const filename = text("no-such-program");
  return [event("execve", { ...params, ...lists, flags: u32(writable), filename })];
});

syscallCase("execve", "fails without arguments", (p) => {
  const params = notExecuted(p, () => p.execve("no-such-program", null, null, { errno: "ENOENT" }));
  const lists = { exe: text(""), args: empty, env: empty };
  const filename = text("no-such-program");
  return [event("execve", { ...params, ...lists, flags: u32(writable), filename })];
});

syscallCase("execve", "lists and a path that cannot be read", (p) => {
  const bad = p.badPointer;
  const params = notExecuted(p, () => p.execve(bad, bad, bad, { errno: "EFAULT" }));
  const lists = { exe: text(""), args: empty, env: empty };
  return [event("execve", { ...params, ...lists, flags: u32(writable), filename: empty })];
});

syscallCase("execve", "of twenty arguments sixteen are looked at", (p) => {
  const names = Array.from({ length: 20 }, (_, i) => `${i}`);
  const run = () => p.execve("/dev/null", p.pointers(names), p.pointers(names), { errno: "EACCES" });
  const params = notExecuted(p, run);
  const lists = { exe: text("0"), args: strings(names.slice(1, 16)), env: strings(names.slice(0, 16)) };
  return [event("execve", { ...params, ...lists, flags: u32(writable), filename: text("/dev/null") })];
});

for (const [title, path, flags] of [
  ["fails with ENOENT", "no-such-program", 0],
  ["fails with ENOEXEC on an empty memfd", "", AT_EMPTY_PATH],
] as const)
  syscallCase("execveat", title, (p) => {
    const dir: Arg = path ? AT_FDCWD : p.memfd_create("empty", 0);
    const errno = path ? "ENOENT" : "ENOEXEC";
    const run = () =>
      p.execveat(dir, path, p.pointers(["name", "one"]), p.pointers(["A=1"]), flags, { errno });
    const params = notExecuted(p, run);
    const lists = { exe: text("name"), args: strings(["one"]), env: strings(["A=1"]) };
    return [event("execveat", { ...params, ...lists, flags: u32(writable) })];
  });
