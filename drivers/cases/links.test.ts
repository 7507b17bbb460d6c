/** Names that get a file, or another file: link, rename, mknod. */
import { PPM } from "#schema/flags";
import {
  AT_FDCWD,
  AT_SYMLINK_FOLLOW,
  O_CREAT,
  RENAME_EXCHANGE,
  RENAME_NOREPLACE,
  S_IFBLK,
  S_IFCHR,
  S_IFIFO,
  S_IFREG,
  S_IFSOCK,
} from "../../harness/program/constants.ts";
import type { BlockBuilder } from "../../harness/program/index.ts";
import { syscallCase } from "../../harness/run/case.ts";
import { event } from "../../harness/run/expected-event.ts";
import { empty, i64, text, u32 } from "../../harness/run/values.ts";

const create = (p: BlockBuilder, name: string) => p.openat(AT_FDCWD, name, O_CREAT, 0o600);
const oldAndNew = { oldpath: text("old"), newpath: text("new") };
const bothHere = { olddirfd: i64(AT_FDCWD), newdirfd: i64(AT_FDCWD), ...oldAndNew };

syscallCase("link", "a second name", (p) => {
  create(p, "old");
  const res = p.link("old", "new");
  return [event("link", { res: i64(res), ...oldAndNew })];
});

syscallCase("link", "fails with ENOENT", (p) => {
  const res = p.link("old", "new", { errno: "ENOENT" });
  return [event("link", { res: i64(res), ...oldAndNew })];
});

syscallCase("linkat", "to what a symbolic link means", (p) => {
  create(p, "file");
  p.symlink("file", "old");
  const res = p.linkat(AT_FDCWD, "old", AT_FDCWD, "new", AT_SYMLINK_FOLLOW);
  const dirs = { olddir: i64(AT_FDCWD), newdir: i64(AT_FDCWD) };
  return [event("linkat", { res: i64(res), ...dirs, ...oldAndNew, flags: u32(PPM.PPM_AT_SYMLINK_FOLLOW) })];
});

syscallCase("linkat", "fails with EBADF", (p) => {
  const res = p.linkat(-5, "old", -6, "new", 0, { errno: "EBADF" });
  return [event("linkat", { res: i64(res), olddir: i64(-5), newdir: i64(-6), ...oldAndNew, flags: u32(0) })];
});

syscallCase("rename", "a file", (p) => {
  create(p, "old");
  const res = p.rename("old", "new");
  return [event("rename", { res: i64(res), ...oldAndNew })];
});

syscallCase("rename", "fails with EFAULT", (p) => {
  const res = p.rename("old", p.badPointer, { errno: "EFAULT" });
  return [event("rename", { res: i64(res), oldpath: text("old"), newpath: empty })];
});

syscallCase("renameat", "a file", (p) => {
  create(p, "old");
  const res = p.renameat(AT_FDCWD, "old", AT_FDCWD, "new");
  return [event("renameat", { res: i64(res), ...bothHere })];
});

syscallCase("renameat", "fails with EBADF", (p) => {
  const res = p.renameat(40, "old", 41, "new", { errno: "EBADF" });
  return [event("renameat", { res: i64(res), olddirfd: i64(40), newdirfd: i64(41), ...oldAndNew })];
});

syscallCase("renameat2", "exchanges two files", (p) => {
  create(p, "old");
  create(p, "new");
  const res = p.renameat2(AT_FDCWD, "old", AT_FDCWD, "new", RENAME_EXCHANGE);
  return [event("renameat2", { res: i64(res), ...bothHere, flags: u32(PPM.PPM_RENAME_EXCHANGE) })];
});

syscallCase("renameat2", "fails with EEXIST", (p) => {
  create(p, "old");
  create(p, "new");
  const res = p.renameat2(AT_FDCWD, "old", AT_FDCWD, "new", RENAME_NOREPLACE, { errno: "EEXIST" });
  return [event("renameat2", { res: i64(res), ...bothHere, flags: u32(PPM.PPM_RENAME_NOREPLACE) })];
});

const kinds = [
  ["a fifo", S_IFIFO | 0o640, PPM.PPM_S_IFIFO | 0o640, 0],
  ["a socket", S_IFSOCK | 0o600, PPM.PPM_S_IFSOCK | 0o600, 0],
  ["a regular file", S_IFREG | 0o4755, PPM.PPM_S_IFREG | 0o4755, 0],
  ["a regular file by default", 0o600, PPM.PPM_S_IFREG | 0o600, 0],
  ["a character device", S_IFCHR | 0o666, PPM.PPM_S_IFCHR | 0o666, 0x103],
  ["a block device", S_IFBLK | 0o660, PPM.PPM_S_IFBLK | 0o660, 0x700],
] as const;

for (const [title, mode, ppm, dev] of kinds) {
  syscallCase("mknod", title, (p) => {
    const res = p.mknod("node", mode, dev);
    return [event("mknod", { res: i64(res), path: text("node"), mode: u32(ppm), dev: u32(dev) })];
  });

  syscallCase("mknodat", title, (p) => {
    const res = p.mknodat(AT_FDCWD, "node", mode, dev);
    const where = { dirfd: i64(AT_FDCWD), path: text("node") };
    return [event("mknodat", { res: i64(res), ...where, mode: u32(ppm), dev: u32(dev) })];
  });
}

syscallCase("mknod", "fails with EEXIST", (p) => {
  const res = p.mknod("/", S_IFIFO, 9, { errno: "EEXIST" });
  return [event("mknod", { res: i64(res), path: text("/"), mode: u32(PPM.PPM_S_IFIFO), dev: u32(9) })];
});

syscallCase("mknodat", "fails with EBADF", (p) => {
  const res = p.mknodat(-3, "node", S_IFIFO, 9, { errno: "EBADF" });
  const where = { dirfd: i64(-3), path: text("node") };
  return [event("mknodat", { res: i64(res), ...where, mode: u32(PPM.PPM_S_IFIFO), dev: u32(9) })];
});
