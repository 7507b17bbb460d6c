/** quotactl: what the address points to depends on the command. No file system here has quotas; arguments are told all the same. */
import { PPM } from "#schema/flags";
import {
  Q_GETFMT,
  Q_GETNEXTQUOTA,
  Q_QUOTAON,
  Q_SETINFO,
  Q_SETQUOTA,
  QFMT_VFS_V0,
  QFMT_VFS_V1,
  QIF_BLIMITS,
  QIF_BTIME,
  QIF_ILIMITS,
} from "../../harness/program/constants.ts";
import type { BlockBuilder, Memory } from "../../harness/program/index.ts";
import { syscallCase } from "../../harness/run/case.ts";
import { event } from "../../harness/run/expected-event.ts";
import { empty, i64, text, u8, u16, u32, u64 } from "../../harness/run/values.ts";

/** The first argument: command and kind of quota. */
const qcmd = (command: number, kind: number) => (command << 8) | kind;
const USRQUOTA = 0;
const GRPQUOTA = 1;

const noBlock = {
  dqb_bhardlimit: u64(0),
  dqb_bsoftlimit: u64(0),
  dqb_curspace: u64(0),
  dqb_ihardlimit: u64(0),
  dqb_isoftlimit: u64(0),
  dqb_btime: u64(0),
  dqb_itime: u64(0),
};
const noInfo = { dqi_bgrace: u64(0), dqi_igrace: u64(0), dqi_flags: u8(0) };
const noFormat = u8(PPM.PPM_QFMT_NOT_USED);
const nothing = {
  ...noBlock,
  ...noInfo,
  quotafilepath: empty,
  quota_fmt_out: noFormat,
  quota_fmt: noFormat,
  id: u32(0),
};
const nowhere = { special: text("no-such-device") };

function words(p: BlockBuilder, values: readonly number[]): Memory {
  const memory = p.buffer(8 * values.length);
  for (const [i, value] of values.entries()) p.store(memory.slice(8 * i, 8), value);
  return memory;
}

syscallCase("quotactl", "limits of a user; fails with ENOENT", (p) => {
  // struct if_dqblk: block limits, space, inode limits, inodes, two times, which of them count
  const block = words(p, [11, 12, 13, 14, 15, 16, 17, 18, 0]);
  p.store(block.slice(64, 4), QIF_BLIMITS | QIF_ILIMITS | QIF_BTIME);
  const res = p.quotactl(qcmd(Q_SETQUOTA, USRQUOTA), "no-such-device", 1001, block, { errno: "ENOENT" });
  const limits = {
    dqb_bhardlimit: u64(11),
    dqb_bsoftlimit: u64(12),
    dqb_ihardlimit: u64(14),
    dqb_isoftlimit: u64(15),
  };
  const what = { cmd: u16(PPM.PPM_Q_SETQUOTA), type: u8(PPM.PPM_USRQUOTA), id: u32(1001) };
  return [
    event("quotactl", { ...nothing, ...nowhere, res: i64(res), ...limits, dqb_btime: u64(17), ...what }),
  ];
});

syscallCase("quotactl", "grace times of groups; fails with ENOENT", (p) => {
  // struct if_dqinfo: two times, u32 flags, u32 which of them count
  const info = p.buffer(24);
  p.store(info, 604_800, 8);
  p.store(info.slice(8, 8), 86_400, 8);
  p.store(info.slice(16, 4), 1);
  p.store(info.slice(20, 4), 7);
  const res = p.quotactl(qcmd(Q_SETINFO, GRPQUOTA), "no-such-device", 5, info, { errno: "ENOENT" });
  const times = { dqi_bgrace: u64(604_800), dqi_igrace: u64(86_400), dqi_flags: u8(1) };
  const what = { cmd: u16(PPM.PPM_Q_SETINFO), type: u8(PPM.PPM_GRPQUOTA) };
  return [event("quotactl", { ...nothing, ...nowhere, res: i64(res), ...times, ...what })];
});

syscallCase("quotactl", "quotas on; fails with ENOENT", (p) => {
  const command = qcmd(Q_QUOTAON, USRQUOTA);
  const res = p.quotactl(command, "no-such-device", QFMT_VFS_V1, "/aquota.user", { errno: "ENOENT" });
  const what = { cmd: u16(PPM.PPM_Q_QUOTAON), type: u8(PPM.PPM_USRQUOTA) };
  const format = { quotafilepath: text("/aquota.user"), quota_fmt: u8(PPM.PPM_QFMT_VFS_V1) };
  return [event("quotactl", { ...nothing, ...nowhere, res: i64(res), ...what, ...format })];
});

syscallCase("quotactl", "a format; fails with ENOENT", (p) => {
  const command = qcmd(Q_GETFMT, USRQUOTA);
  const res = p.quotactl(command, "no-such-device", 0, p.int(QFMT_VFS_V0), { errno: "ENOENT" });
  const what = { cmd: u16(PPM.PPM_Q_GETFMT), type: u8(PPM.PPM_USRQUOTA) };
  const format = { quota_fmt_out: u8(PPM.PPM_QFMT_VFS_V0) };
  return [event("quotactl", { ...nothing, ...nowhere, res: i64(res), ...what, ...format })];
});

syscallCase("quotactl", "a command without a name in the table", (p) => {
  const command = qcmd(Q_GETNEXTQUOTA, USRQUOTA);
  const res = p.quotactl(command, p.badPointer, 77, words(p, [9, 9, 9]), { errno: "EFAULT" });
  const what = { special: empty, cmd: u16(0), type: u8(PPM.PPM_USRQUOTA) };
  return [event("quotactl", { ...nothing, res: i64(res), ...what })];
});
