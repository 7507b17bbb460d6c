/** One thread, and what it shares with the others of its process. */
import { PPM } from "#schema/flags";
import type { SockAddr } from "../../scap/address.ts";
import type { Int } from "../../scap/int.ts";
import type { FdInfo } from "./fd.ts";
import { type FdCounters, FdTable } from "./fd-table.ts";
import { asDirectory, joinPath } from "./path.ts";
import { Texts } from "./texts.ts";

export const noUser = 0xffffffff;

/** Threads of one pid. The main thread stays, dead, until the last of the others has gone. */
export class ThreadGroup {
  readonly pid: number;
  readonly threads = new Set<Thread>();
  main: Thread | undefined;
  /** How many of the threads live. */
  alive = 0;
  /** Children of dead processes have come, or will come, to this one. */
  reaper = false;

  constructor(pid: number) {
    this.pid = pid;
  }

  add(thread: Thread): void {
    if (this.threads.has(thread)) return;
    this.threads.add(thread);
    thread.group = this;
    if (!thread.dead) this.alive++;
    if (thread.isMain) this.main = thread;
  }

  /** Of a thread that is dead. */
  delete(thread: Thread): void {
    this.threads.delete(thread);
    if (this.main === thread) this.main = undefined;
  }
}

/** What an enter event said of the call that the thread is in: the caller's memory before the kernel read it. */
export interface EnterCall {
  /** Code of the enter event. */
  readonly type: number;
  readonly path: string;
  readonly dirfd: number;
  readonly flags: number;
  readonly address: SockAddr | null;
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
  group: ThreadGroup | null = null;
  /** Threads whose `ptid` is this one's tid. */
  children: Set<Thread> | null = null;
  #dead = false;
  #ownCwd = "";
  #ownFds: FdTable | null = null;
  /** Of the table that it is in. */
  fdCounters: FdCounters | undefined;
  /** null: in none, or in one whose enter event is not sent. */
  enter: EnterCall | null = null;

  constructor(tid: number) {
    this.tid = tid;
  }

  /** Nothing is known but that it exists. */
  get isPlaceholder(): boolean {
    return this.pid < 0 || this.ptid < 0;
  }

  get dead(): boolean {
    return this.#dead;
  }

  /** A thread that execs takes the place of its main thread, even of one that had ended. */
  set dead(dead: boolean) {
    if (dead === this.#dead) return;
    this.#dead = dead;
    if (this.group) this.group.alive += dead ? -1 : 1;
  }

  /** The child's parent becomes this thread. */
  adopt(child: Thread): void {
    child.ptid = this.tid;
    this.children ??= new Set();
    this.children.add(child);
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

  /** `subsystem=path` items. Subsystems have one name each, that of rules written long ago. */
  get cgroups(): readonly string[] {
    this.#shownCgroups ??= this.#cgroups.list.filter((item) => item.includes("=")).map(nameSubsystem);
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

  /** What a new thread has of its maker, besides what its own event says; a new process has more. */
  inherit(from: Thread): void {
    this.exePath = from.exePath;
    this.root = from.root;
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
    if (this.flags & PPM.PPM_CL_CLONE_THREAD) return;
    this.#env = from.#env;
    this.#ownFds = from.fds.copy();
    this.#ownCwd = from.cwd;
  }

  /** Threads of a process share one; the main thread holds it. */
  get fds(): FdTable {
    const main = this.flags & PPM.PPM_CL_CLONE_FILES && !this.isMain ? this.main : undefined;
    if (main) return main.fds;
    this.#ownFds ??= new FdTable(undefined, this.fdCounters);
    return this.#ownFds;
  }

  set fds(table: FdTable) {
    this.#ownFds = table;
  }

  /** It has ended: they are open no more. What still looks at the thread sees them. */
  forgetFds(): void {
    if (this.#ownFds && this.fdCounters) this.fdCounters.removed += this.#ownFds.size;
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
    const copy: Thread = Object.assign(new Thread(this.tid), this);
    copy.#args = this.#args;
    copy.#commandLine = this.#commandLine;
    copy.#commandName = this.#commandName;
    copy.#env = this.#env;
    copy.#cgroups = this.#cgroups;
    copy.#dead = this.#dead;
    copy.#ownCwd = this.#ownCwd;
    copy.#ownFds = this.#ownFds;
    return copy;
  }

  changeDirectory(path: string): void {
    if (this.main) this.cwd = joinPath(this.cwd, path);
  }
}

const subsystems: Readonly<Record<string, string>> = { io: "blkio", perf: "perf_event", mem: "memory" };

/** Drivers call them as the kernel's structures are called: `mem_cgroup`, and `io` what was `blkio` in version 1. */
function nameSubsystem(item: string): string {
  const equals = item.indexOf("=");
  const name = item.slice(0, equals).replace("_cgroup", "");
  return (subsystems[name] ?? name) + item.slice(equals);
}

/** What the kernel adds to the path of a file that is no more. */
export const withoutDeleted = (path: string) =>
  path.length > deleted.length && path.endsWith(deleted) ? path.slice(0, -deleted.length) : path;
const deleted = " (deleted)";
