/** One thread, and what it shares with the others of its process. */
import { PPM } from "#schema/flags";
import type { Int } from "../../scap/int.ts";
import type { FdInfo } from "./fd.ts";
import { FdTable } from "./fd-table.ts";
import { asDirectory, joinPath } from "./path.ts";
import { Texts } from "./texts.ts";

export const noUser = 0xffffffff;

/** Threads of one pid. The main thread stays, dead, until the last of the others has gone. */
export class ThreadGroup {
  readonly pid: number;
  readonly threads = new Set<Thread>();
  /** Children of dead processes have come, or will come, to this one. */
  reaper = false;

  constructor(pid: number) {
    this.pid = pid;
  }

  /** The first one. */
  get main(): Thread | undefined {
    for (const thread of this.threads) if (thread.isMain) return thread;
    return undefined;
  }

  get alive(): number {
    let count = 0;
    for (const thread of this.threads) if (!thread.dead) count++;
    return count;
  }
}

export class Thread {
  readonly tid: number;
  pid = -1;
  ptid = -1;
  vtid = -1;
  vpid = -1;
  sid = -1;
  vpgid = -1;
  pgid = -1;
  reaperTid = -1;
  comm = "<NA>";
  exe = "<NA>";
  exePath = "";
  root = "/";
  #args = Texts.none;
  #commandLine: string | null = "<NA>";
  /** The name that the command line begins with. */
  #commandName = "";
  #env = Texts.none;
  #cgroups = Texts.none;
  #shownCgroups: readonly string[] | null = null;
  /** PPM_CL_* bits. */
  flags = 0;
  uid = noUser;
  gid = noUser;
  loginuid = noUser;
  tty = 0;
  fdLimit: Int = 0;
  vmSize = 0;
  vmRss = 0;
  vmSwap = 0;
  pfMajor: Int = 0;
  pfMinor: Int = 0;
  capPermitted: Int = 0;
  capInheritable: Int = 0;
  capEffective: Int = 0;
  exeWritable = false;
  exeUpperLayer = false;
  exeLowerLayer = false;
  exeFromMemfd = false;
  exeIno: Int = 0;
  /** Times are ns since the epoch; 0: not known. */
  exeCtime = 0n;
  exeMtime = 0n;
  cloneTs = 0n;
  pidnsInitStartTs = 0n;
  ctimeToStart = 0n;
  pidnsToCtime = 0n;
  dead = false;
  group: ThreadGroup | null = null;
  #ownCwd = "";
  #ownFds = new FdTable();
  /** The call that this thread is in: its enter event's code, for matching it with its exit. */
  enterType = -1;
  enterPath = "";

  constructor(tid: number) {
    this.tid = tid;
  }

  /** Nothing is known but that it exists. */
  get isPlaceholder(): boolean {
    return this.pid < 0;
  }

  get isMain(): boolean {
    return this.tid === this.pid || (this.flags & PPM.PPM_CL_IS_MAIN_THREAD) !== 0;
  }

  get inPidNamespace(): boolean {
    return (this.flags & PPM.PPM_CL_CHILD_IN_PIDNS) !== 0 || this.tid !== this.vtid;
  }

  get main(): Thread | undefined {
    return this.isMain ? this : this.group?.main;
  }

  get args(): readonly string[] {
    return this.#args.list;
  }

  /** Also fixes the command line, which later names of the thread do not change. */
  setArgs(args: Texts): void {
    this.#args = args;
    this.#commandName = this.comm;
    this.#commandLine = null;
  }

  /** `NAME=value` items. */
  get env(): readonly string[] {
    return this.#env.list;
  }

  setEnv(env: Texts): void {
    this.#env = env;
  }

  /** `subsystem=path` items. Version 2 calls "io" what was "blkio": one name for both, that of rules written long ago. */
  get cgroups(): readonly string[] {
    this.#shownCgroups ??= this.#cgroups.list.map((item) => (item.startsWith("io=") ? `blk${item}` : item));
    return this.#shownCgroups;
  }

  setCgroups(items: Texts): void {
    this.#cgroups = items;
    this.#shownCgroups = null;
  }

  get commandLine(): string {
    this.#commandLine ??= [this.#commandName, ...this.args].join(" ");
    return this.#commandLine || [this.comm, ...this.args].join(" ");
  }

  /** What a new process has of its maker, besides what its own event says. */
  inherit(from: Thread): void {
    this.exePath = from.exePath;
    this.root = from.root;
    this.#env = from.#env;
    this.sid = from.sid;
    this.vpgid = from.vpgid;
    this.pgid = from.pgid;
    this.loginuid = from.loginuid;
    this.tty = from.tty;
    this.exeWritable = from.exeWritable;
    this.exeUpperLayer = from.exeUpperLayer;
    this.exeLowerLayer = from.exeLowerLayer;
    this.exeFromMemfd = from.exeFromMemfd;
    this.exeIno = from.exeIno;
    this.exeCtime = from.exeCtime;
    this.exeMtime = from.exeMtime;
    this.ctimeToStart = from.ctimeToStart;
    this.capPermitted = from.capPermitted;
    this.capInheritable = from.capInheritable;
    this.capEffective = from.capEffective;
  }

  /** Threads of a process share one; the main thread holds it. */
  get fds(): FdTable {
    if (this.isMain || !(this.flags & PPM.PPM_CL_CLONE_FILES)) return this.#ownFds;
    return this.main?.fds ?? this.#ownFds;
  }

  set fds(table: FdTable) {
    this.#ownFds = table;
  }

  fd(number: number): FdInfo | undefined {
    return number >= 0 ? this.fds.get(number) : undefined;
  }

  /** As stored: usually with a slash at the end. "./" if nobody knows. */
  get cwd(): string {
    return this.main?.storedCwd ?? "./";
  }

  get storedCwd(): string {
    return this.#ownCwd;
  }

  set cwd(path: string) {
    const owner = this.main ?? this;
    owner.#ownCwd = asDirectory(path);
  }

  /** The facts of now, in a thread of its own; its process and descriptors remain the ones that are in the tables. */
  snapshot(): Thread {
    const copy = Object.assign(new Thread(this.tid), this);
    copy.#args = this.#args;
    copy.#commandLine = this.#commandLine;
    copy.#commandName = this.#commandName;
    copy.#env = this.#env;
    copy.#cgroups = this.#cgroups;
    copy.#ownCwd = this.#ownCwd;
    copy.#ownFds = this.#ownFds;
    return copy;
  }

  changeDirectory(path: string): void {
    if (this.main) this.cwd = joinPath(this.cwd, path);
  }
}
