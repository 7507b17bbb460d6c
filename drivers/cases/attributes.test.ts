/** Modes, owners and permissions of files. */
import { PPM } from "#schema/flags";
import {
  AT_EMPTY_PATH,
  AT_FDCWD,
  AT_SYMLINK_NOFOLLOW,
  O_CREAT,
  O_RDWR,
  R_OK,
  W_OK,
  X_OK,
} from "../../harness/program/constants.ts";
import type { BlockBuilder } from "../../harness/program/index.ts";
import { syscallCase } from "../../harness/run/case.ts";
import { event } from "../../harness/run/expected-event.ts";
import { empty, i64, text, u32 } from "../../harness/run/values.ts";

const file = (p: BlockBuilder) => p.openat(AT_FDCWD, "file", O_CREAT | O_RDWR, 0o600);
const owner = { uid: u32(1001), gid: u32(1002) };
const unchanged = { uid: u32(0xffffffff), gid: u32(0xffffffff) };

syscallCase("chmod", "every bit of a mode", (p) => {
  file(p);
  const res = p.chmod("file", 0o7777);
  return [event("chmod", { res: i64(res), filename: text("file"), mode: u32(0o7777) })];
});

syscallCase("chmod", "each bit of a mode", (p) => {
  file(p);
  const bits = Array.from({ length: 12 }, (_, bit) => 1 << bit);
  return bits.map((bit) => {
    const res = p.chmod("file", bit);
    return event("chmod", { res: i64(res), filename: text("file"), mode: u32(bit) });
  });
});

syscallCase("chmod", "fails with ENOENT, with a type in the mode", (p) => {
  const res = p.chmod("no-such-file", 0o100644, { errno: "ENOENT" });
  return [event("chmod", { res: i64(res), filename: text("no-such-file"), mode: u32(0o644) })];
});

syscallCase("fchmod", "a file", (p) => {
  const fd = file(p);
  const res = p.fchmod(fd, 0o640);
  return [event("fchmod", { res: i64(res), fd: i64(fd), mode: u32(0o640) })];
});

syscallCase("fchmod", "fails with EBADF", (p) => {
  const res = p.fchmod(-1, 0o640, { errno: "EBADF" });
  return [event("fchmod", { res: i64(res), fd: i64(-1), mode: u32(0o640) })];
});

syscallCase("fchmodat", "a file", (p) => {
  file(p);
  const res = p.fchmodat(AT_FDCWD, "file", 0o2711);
  const name = { dirfd: i64(AT_FDCWD), filename: text("file") };
  return [event("fchmodat", { res: i64(res), ...name, mode: u32(0o2711) })];
});

syscallCase("fchmodat", "fails with EFAULT", (p) => {
  const res = p.fchmodat(AT_FDCWD, p.badPointer, 0o711, { errno: "EFAULT" });
  return [event("fchmodat", { res: i64(res), dirfd: i64(AT_FDCWD), filename: empty, mode: u32(0o711) })];
});

for (const name of ["chown", "lchown"] as const) {
  syscallCase(name, "a file", (p) => {
    file(p);
    const res = p[name]("file", 1001, 1002);
    return [event(name, { res: i64(res), path: text("file"), ...owner })];
  });

  syscallCase(name, "fails with ENOENT", (p) => {
    const res = p[name]("no-such-file", -1, -1, { errno: "ENOENT" });
    return [event(name, { res: i64(res), path: text("no-such-file"), ...unchanged })];
  });
}

syscallCase("fchown", "a file", (p) => {
  const fd = file(p);
  const res = p.fchown(fd, 1001, 1002);
  return [event("fchown", { res: i64(res), fd: i64(fd), ...owner })];
});

syscallCase("fchown", "fails with EBADF", (p) => {
  const res = p.fchown(-1, -1, -1, { errno: "EBADF" });
  return [event("fchown", { res: i64(res), fd: i64(-1), ...unchanged })];
});

syscallCase("fchownat", "a symbolic link itself", (p) => {
  p.symlink("no/where", "link");
  const res = p.fchownat(AT_FDCWD, "link", 1001, 1002, AT_SYMLINK_NOFOLLOW);
  // The parameter's table has its own value for AT_SYMLINK_NOFOLLOW.
  const rest = { dirfd: i64(AT_FDCWD), pathname: text("link"), flags: u32(1024) };
  return [event("fchownat", { res: i64(res), ...owner, ...rest })];
});

syscallCase("fchownat", "an open file", (p) => {
  const fd = file(p);
  const res = p.fchownat(fd, "", 1001, 1002, AT_EMPTY_PATH);
  const rest = { dirfd: i64(fd), pathname: text(""), flags: u32(PPM.PPM_AT_EMPTY_PATH) };
  return [event("fchownat", { res: i64(res), ...owner, ...rest })];
});

syscallCase("fchownat", "fails with EBADF", (p) => {
  const res = p.fchownat(-7, "file", 1001, 1002, 0, { errno: "EBADF" });
  const rest = { dirfd: i64(-7), pathname: text("file"), flags: u32(0) };
  return [event("fchownat", { res: i64(res), ...owner, ...rest })];
});

syscallCase("access", "all three permissions", (p) => {
  const res = p.access("/", R_OK | W_OK | X_OK);
  const mode = u32(PPM.PPM_R_OK | PPM.PPM_W_OK | PPM.PPM_X_OK);
  return [event("access", { res: i64(res), name: text("/"), mode })];
});

syscallCase("access", "fails with ENOENT", (p) => {
  const res = p.access("no-such-file", R_OK, { errno: "ENOENT" });
  return [event("access", { res: i64(res), name: text("no-such-file"), mode: u32(PPM.PPM_R_OK) })];
});
