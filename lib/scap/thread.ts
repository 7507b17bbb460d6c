/** `struct scap_thread` of scap.h. */
import { getI64, getU64, type Int } from "./int.ts";
import type { Item } from "./list-builder.ts";
import type { ListView } from "./list-view.ts";

/** A thread as it was when the capture began. What an old file does not tell is 0, empty, or as said. */
export interface Thread {
  readonly tid: Int;
  readonly pid: Int;
  /** Thread id of the parent. */
  readonly ptid: Int;
  /** These five: −1 if not known. */
  readonly sid: Int;
  readonly vpgid: Int;
  readonly pgid: Int;
  readonly vtid: Int;
  readonly vpid: Int;
  readonly fdlimit: Int;
  readonly pfmajor: Int;
  readonly pfminor: Int;
  readonly pidnsInitStartTs: Int;
  /** PPM_CAP_* bits. */
  readonly capInheritable: Int;
  readonly capPermitted: Int;
  readonly capEffective: Int;
  readonly exeIno: Int;
  /** Nanoseconds since the epoch. */
  readonly exeInoCtime: Int;
  readonly exeInoMtime: Int;
  readonly comm: string;
  /** argv[0] */
  readonly exe: string;
  readonly exepath: string;
  /** Without argv[0]. */
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: readonly string[];
  /** `controller=path` */
  readonly cgroups: readonly string[];
  readonly root: string;
  /** PPM_CL_* bits. */
  readonly flags: number;
  readonly uid: number;
  readonly gid: number;
  /** 4294967295: none, or not known. */
  readonly loginuid: number;
  readonly tty: number;
  readonly vmsizeKb: number;
  readonly vmrssKb: number;
  readonly vmswapKb: number;
  readonly exeWritable: boolean;
  readonly exeUpperLayer: boolean;
  readonly exeLowerLayer: boolean;
  readonly exeFromMemfd: boolean;
}

export const threadSize = 248;

export function threadFrom(list: ListView, at: number): Thread {
  return { ...wide(list.view, at), ...strings(list, at + 144), ...narrow(list.view, at + 208) };
}

function wide(view: DataView, at: number) {
  const i64 = (index: number) => getI64(view, at + 8 * index);
  const u64 = (index: number) => getU64(view, at + 8 * index);
  return {
    tid: u64(0),
    pid: u64(1),
    ptid: u64(2),
    sid: i64(3),
    vpgid: i64(4),
    pgid: i64(5),
    vtid: i64(6),
    vpid: i64(7),
    fdlimit: i64(8),
    pfmajor: u64(9),
    pfminor: u64(10),
    pidnsInitStartTs: u64(11),
    capInheritable: u64(12),
    capPermitted: u64(13),
    capEffective: u64(14),
    exeIno: u64(15),
    exeInoCtime: u64(16),
    exeInoMtime: u64(17),
  };
}

function strings(list: ListView, at: number) {
  return {
    comm: list.text(at),
    exe: list.text(at + 8),
    exepath: list.text(at + 16),
    args: list.texts(at + 24),
    cwd: list.text(at + 32),
    env: list.texts(at + 40),
    cgroups: list.texts(at + 48),
    root: list.text(at + 56),
  };
}

function narrow(view: DataView, at: number) {
  const u32 = (index: number) => view.getUint32(at + 4 * index, true);
  const bool = (index: number) => view.getUint8(at + 32 + index) !== 0;
  return {
    flags: u32(0),
    uid: u32(1),
    gid: u32(2),
    loginuid: u32(3),
    tty: u32(4),
    vmsizeKb: u32(5),
    vmrssKb: u32(6),
    vmswapKb: u32(7),
    exeWritable: bool(0),
    exeUpperLayer: bool(1),
    exeLowerLayer: bool(2),
    exeFromMemfd: bool(3),
  };
}

/** The counterpart of {@link threadFrom}. */
export function threadInto(to: Item, thread: Thread): void {
  to.u64(0, thread.tid, thread.pid, thread.ptid, thread.sid, thread.vpgid, thread.pgid, thread.vtid);
  to.u64(56, thread.vpid, thread.fdlimit, thread.pfmajor, thread.pfminor, thread.pidnsInitStartTs);
  to.u64(96, thread.capInheritable, thread.capPermitted, thread.capEffective);
  to.u64(120, thread.exeIno, thread.exeInoCtime, thread.exeInoMtime);
  to.text(144, thread.comm);
  to.text(152, thread.exe);
  to.text(160, thread.exepath);
  to.texts(168, thread.args);
  to.text(176, thread.cwd);
  to.texts(184, thread.env);
  to.texts(192, thread.cgroups);
  to.text(200, thread.root);
  to.u32(208, thread.flags, thread.uid, thread.gid, thread.loginuid, thread.tty);
  to.u32(228, thread.vmsizeKb, thread.vmrssKb, thread.vmswapKb);
  to.u8(240, thread.exeWritable);
  to.u8(241, thread.exeUpperLayer);
  to.u8(242, thread.exeLowerLayer);
  to.u8(243, thread.exeFromMemfd);
}
