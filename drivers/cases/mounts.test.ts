/** Whole file systems: mounted, unmounted, configured. */
import { PPM } from "#schema/flags";
import {
  MNT_DETACH,
  MNT_EXPIRE,
  MNT_FORCE,
  MS_NODEV,
  MS_NOSUID,
  MS_RDONLY,
  UMOUNT_NOFOLLOW,
} from "../../harness/program/constants.ts";
import { syscallCase } from "../../harness/run/case.ts";
import { event } from "../../harness/run/expected-event.ts";
import { empty, i64, text, u32 } from "../../harness/run/values.ts";

syscallCase("mount", "a tmpfs", (p) => {
  p.mkdir("dir", 0o755);
  const res = p.mount("some source", "dir", "tmpfs", MS_RDONLY | MS_NOSUID, "size=64k");
  p.umount2("dir", MNT_DETACH);
  const what = { dev: text("some source"), dir: text("dir"), type: text("tmpfs") };
  return [event("mount", { res: i64(res), ...what, flags: u32(PPM.PPM_MS_RDONLY | PPM.PPM_MS_NOSUID) })];
});

/** MS_MGC_VAL, which mount(2) needed before Linux 2.4. */
const magic = 0xc0ed_0000;

syscallCase("mount", "the magic number of old is no flag; fails with ENODEV", (p) => {
  p.mkdir("dir", 0o755);
  const res = p.mount(null, "dir", "no-such-fs", magic | MS_NODEV, null, { errno: "ENODEV" });
  const what = { dev: empty, dir: text("dir"), type: text("no-such-fs") };
  return [event("mount", { res: i64(res), ...what, flags: u32(PPM.PPM_MS_NODEV) })];
});

syscallCase("umount2", "a tmpfs", (p) => {
  p.mkdir("dir", 0o755);
  p.mount("none", "dir", "tmpfs", 0);
  const res = p.umount2("dir", MNT_DETACH | UMOUNT_NOFOLLOW);
  const flags = u32(PPM.PPM_MNT_DETACH | PPM.PPM_UMOUNT_NOFOLLOW);
  return [event("umount2", { res: i64(res), name: text("dir"), flags })];
});

syscallCase("umount2", "fails with EINVAL", (p) => {
  p.mkdir("dir", 0o755);
  const res = p.umount2("dir", MNT_FORCE | MNT_EXPIRE, { errno: "EINVAL" });
  const flags = u32(PPM.PPM_MNT_FORCE | PPM.PPM_MNT_EXPIRE);
  return [event("umount2", { res: i64(res), name: text("dir"), flags })];
});

const FSCONFIG_SET_FLAG = 0;
const FSCONFIG_SET_STRING = 1;
const FSCONFIG_SET_BINARY = 2;
const FSCONFIG_CMD_CREATE = 6;

syscallCase("fsconfig", "a flag, a string, and the file system made", (p) => {
  const fd = p.fsopen("tmpfs", 0);
  const flag = p.fsconfig(fd, FSCONFIG_SET_FLAG, "ro", null, 0);
  const string = p.fsconfig(fd, FSCONFIG_SET_STRING, "size", "64k", 0);
  const create = p.fsconfig(fd, FSCONFIG_CMD_CREATE, null, null, 0);
  const common = { fd: i64(fd), value_bytebuf: empty, aux: u32(0) };
  const of = (res: typeof flag, cmd: number) => ({ ...common, res: i64(res), cmd: u32(cmd) });
  return [
    event("fsconfig", { ...of(flag, PPM.PPM_FSCONFIG_SET_FLAG), key: text("ro"), value_charbuf: empty }),
    event("fsconfig", {
      ...of(string, PPM.PPM_FSCONFIG_SET_STRING),
      key: text("size"),
      value_charbuf: text("64k"),
    }),
    event("fsconfig", { ...of(create, PPM.PPM_FSCONFIG_CMD_CREATE), key: empty, value_charbuf: empty }),
  ];
});

syscallCase("fsconfig", "a failed call tells no value", (p) => {
  const res = p.fsconfig(-1, FSCONFIG_SET_BINARY, "blob", p.bytes("secret"), 6, { any: true });
  const nothing = { value_bytebuf: empty, value_charbuf: empty };
  const rest = { fd: i64(-1), cmd: u32(PPM.PPM_FSCONFIG_SET_BINARY), key: text("blob"), aux: u32(6) };
  return [event("fsconfig", { res: i64(res), ...rest, ...nothing })];
});
