/** Looking at files and directories, and the directories a process stands in. */
import { PPM } from "#schema/flags";
import {
  AT_EMPTY_PATH,
  AT_FDCWD,
  AT_NO_AUTOMOUNT,
  AT_SYMLINK_NOFOLLOW,
  O_DIRECTORY,
  O_RDONLY,
} from "../../harness/program/constants.ts";
import { syscallCase } from "../../harness/run/case.ts";
import { event } from "../../harness/run/expected-event.ts";
import { empty, i64, text, u32 } from "../../harness/run/values.ts";

for (const name of ["stat", "lstat"] as const) {
  syscallCase(name, "a directory", (p) => {
    const { result } = p[name]("/");
    return [event(name, { res: i64(result), path: text("/") })];
  });

  syscallCase(name, "fails with ENOENT", (p) => {
    const { result } = p[name]("no-such-file", { errno: "ENOENT" });
    return [event(name, { res: i64(result), path: text("no-such-file") })];
  });
}

syscallCase("fstat", "a directory", (p) => {
  const fd = p.openat(AT_FDCWD, "/", O_RDONLY);
  const { result } = p.fstat(fd);
  return [event("fstat", { res: i64(result), fd: i64(fd) })];
});

syscallCase("fstat", "fails with EBADF", (p) => {
  const { result } = p.fstat(-1, { errno: "EBADF" });
  return [event("fstat", { res: i64(result), fd: i64(-1) })];
});

syscallCase("newfstatat", "every flag", (p) => {
  const { result } = p.newfstatat(AT_FDCWD, "/", AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT | AT_EMPTY_PATH);
  const flags = u32(PPM.PPM_AT_SYMLINK_NOFOLLOW | PPM.PPM_AT_NO_AUTOMOUNT | PPM.PPM_AT_EMPTY_PATH);
  return [event("newfstatat", { res: i64(result), dirfd: i64(AT_FDCWD), path: text("/"), flags })];
});

syscallCase("newfstatat", "fails with EFAULT", (p) => {
  const { result } = p.newfstatat(5, p.badPointer, 0, { errno: "EFAULT" });
  return [event("newfstatat", { res: i64(result), dirfd: i64(5), path: empty, flags: u32(0) })];
});

syscallCase("chdir", "to the root", (p) => {
  const res = p.chdir("/");
  return [event("chdir", { res: i64(res), path: text("/") })];
});

syscallCase("chdir", "fails with ENOENT, then with EFAULT", (p) => {
  const nowhere = p.chdir("no-such-dir", { errno: "ENOENT" });
  const bad = p.chdir(p.badPointer, { errno: "EFAULT" });
  return [
    event("chdir", { res: i64(nowhere), path: text("no-such-dir") }),
    event("chdir", { res: i64(bad), path: empty }),
  ];
});

syscallCase("fchdir", "to an open directory", (p) => {
  const fd = p.openat(AT_FDCWD, "/", O_RDONLY | O_DIRECTORY);
  const res = p.fchdir(fd);
  return [event("fchdir", { res: i64(res), fd: i64(fd) })];
});

syscallCase("fchdir", "fails with EBADF", (p) => {
  const res = p.fchdir(-9, { errno: "EBADF" });
  return [event("fchdir", { res: i64(res), fd: i64(-9) })];
});

syscallCase("getcwd", "where the program runs", (p) => {
  const said = p.buffer(4096);
  p.readlink("/proc/self/cwd", said, said.size);
  const buffer = p.buffer(4096);
  const res = p.getcwd(buffer, buffer.size);
  return [event("getcwd", { res: i64(res), path: text(said.text()) })];
});

syscallCase("getcwd", "fails with ERANGE", (p) => {
  const res = p.getcwd(p.string("old content"), 1, { errno: "ERANGE" });
  return [event("getcwd", { res: i64(res), path: empty })];
});

syscallCase("chroot", "to the root itself", (p) => {
  const res = p.chroot("/");
  return [event("chroot", { res: i64(res), path: text("/") })];
});

syscallCase("chroot", "fails with ENOTDIR", (p) => {
  const res = p.chroot("/proc/version", { errno: "ENOTDIR" });
  return [event("chroot", { res: i64(res), path: text("/proc/version") })];
});

for (const name of ["getdents", "getdents64"] as const) {
  syscallCase(name, "a directory", (p) => {
    const fd = p.openat(AT_FDCWD, "/", O_RDONLY | O_DIRECTORY);
    const res = p[name](fd, p.buffer(4096), 4096);
    return [event(name, { res: i64(res), fd: i64(fd) })];
  });

  syscallCase(name, "fails with EBADF", (p) => {
    const res = p[name](-1, p.buffer(64), 64, { errno: "EBADF" });
    return [event(name, { res: i64(res), fd: i64(-1) })];
  });
}
