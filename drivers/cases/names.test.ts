/** Names made and removed: directories, files, symbolic links. */
import { PPM } from "#schema/flags";
import { AT_FDCWD, AT_REMOVEDIR, O_CREAT, O_DIRECTORY, O_RDONLY } from "../../harness/program/constants.ts";
import { syscallCase } from "../../harness/run/case.ts";
import { event } from "../../harness/run/expected-event.ts";
import { empty, i64, text, u32 } from "../../harness/run/values.ts";

syscallCase("mkdir", "a directory", (p) => {
  const res = p.mkdir("dir", 0o1751);
  return [event("mkdir", { res: i64(res), path: text("dir"), mode: u32(0o1751) })];
});

syscallCase("mkdir", "fails with EEXIST", (p) => {
  const res = p.mkdir("/", 0o755, { errno: "EEXIST" });
  return [event("mkdir", { res: i64(res), path: text("/"), mode: u32(0o755) })];
});

syscallCase("mkdir", "a path that cannot be read", (p) => {
  const res = p.mkdir(p.badPointer, 0o755, { errno: "EFAULT" });
  return [event("mkdir", { res: i64(res), path: empty, mode: u32(0o755) })];
});

syscallCase("mkdir", "the longest path and one byte more", (p) => {
  const path = "/".repeat(4095);
  const fits = p.mkdir(path, 0, { errno: "EEXIST" });
  const tooLong = p.mkdir(`${path}/`, 0, { errno: "ENAMETOOLONG" });
  return [
    event("mkdir", { res: i64(fits), path: text(path), mode: u32(0) }),
    event("mkdir", { res: i64(tooLong), path: text(path), mode: u32(0) }),
  ];
});

syscallCase("mkdirat", "below the current directory", (p) => {
  const res = p.mkdirat(AT_FDCWD, "dir", 0o755);
  return [event("mkdirat", { res: i64(res), dirfd: i64(-100), path: text("dir"), mode: u32(0o755) })];
});

syscallCase("mkdirat", "below an open directory", (p) => {
  const up = p.mkdirat(AT_FDCWD, "up", 0o755);
  const dirfd = p.openat(AT_FDCWD, "up", O_RDONLY | O_DIRECTORY);
  const res = p.mkdirat(dirfd, "down", 0o700);
  return [
    event("mkdirat", { res: i64(up), dirfd: i64(AT_FDCWD), path: text("up"), mode: u32(0o755) }),
    event("mkdirat", { res: i64(res), dirfd: i64(dirfd), path: text("down"), mode: u32(0o700) }),
  ];
});

syscallCase("mkdirat", "fails with EBADF", (p) => {
  const res = p.mkdirat(-2, "dir", 0o755, { errno: "EBADF" });
  return [event("mkdirat", { res: i64(res), dirfd: i64(-2), path: text("dir"), mode: u32(0o755) })];
});

syscallCase("rmdir", "a directory", (p) => {
  p.mkdir("dir", 0o755);
  const res = p.rmdir("dir");
  return [event("rmdir", { res: i64(res), path: text("dir") })];
});

syscallCase("rmdir", "fails with ENOENT", (p) => {
  const res = p.rmdir("no-such-dir", { errno: "ENOENT" });
  return [event("rmdir", { res: i64(res), path: text("no-such-dir") })];
});

syscallCase("unlink", "a file", (p) => {
  p.openat(AT_FDCWD, "file", O_CREAT, 0o600);
  const res = p.unlink("file");
  return [event("unlink", { res: i64(res), path: text("file") })];
});

syscallCase("unlink", "fails with EISDIR, then with EFAULT", (p) => {
  p.mkdir("dir", 0o755);
  const directory = p.unlink("dir", { errno: "EISDIR" });
  const nothing = p.unlink(null, { errno: "EFAULT" });
  return [
    event("unlink", { res: i64(directory), path: text("dir") }),
    event("unlink", { res: i64(nothing), path: empty }),
  ];
});

syscallCase("unlinkat", "a directory", (p) => {
  p.mkdir("dir", 0o755);
  const res = p.unlinkat(AT_FDCWD, "dir", AT_REMOVEDIR);
  const flags = u32(PPM.PPM_AT_REMOVEDIR);
  return [event("unlinkat", { res: i64(res), dirfd: i64(AT_FDCWD), name: text("dir"), flags })];
});

syscallCase("unlinkat", "fails with EINVAL for unknown flags", (p) => {
  const res = p.unlinkat(7, "file", 0x10000, { errno: "EINVAL" });
  return [event("unlinkat", { res: i64(res), dirfd: i64(7), name: text("file"), flags: u32(0) })];
});

syscallCase("symlink", "a dangling one", (p) => {
  const res = p.symlink("no/where", "link");
  return [event("symlink", { res: i64(res), target: text("no/where"), linkpath: text("link") })];
});

syscallCase("symlink", "fails with ENOENT for an empty target", (p) => {
  const res = p.symlink("", "link", { errno: "ENOENT" });
  return [event("symlink", { res: i64(res), target: text(""), linkpath: text("link") })];
});

syscallCase("symlinkat", "below the current directory", (p) => {
  const res = p.symlinkat("/etc", AT_FDCWD, "link");
  const paths = { target: text("/etc"), linkpath: text("link") };
  return [event("symlinkat", { res: i64(res), linkdirfd: i64(AT_FDCWD), ...paths })];
});

syscallCase("symlinkat", "fails with EFAULT", (p) => {
  const res = p.symlinkat("/etc", 3, p.badPointer, { errno: "EFAULT" });
  return [event("symlinkat", { res: i64(res), linkdirfd: i64(3), target: text("/etc"), linkpath: empty })];
});
