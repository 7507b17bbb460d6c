/** Fields of the process that an event is of, and of its ancestors. */
import type { Thread } from "../state/thread.ts";
import {
  type FieldValue,
  type Getter,
  type GetterMaker,
  type Getters,
  of,
  type SinspEvent,
  wantsAll,
} from "./getter.ts";
import type { Scalar } from "./source.ts";

/** A fact of the event's thread; null if that is not known. */
const thread = (get: (thread: Thread, evt: SinspEvent) => FieldValue): GetterMaker =>
  of((evt) => (evt.thread ? get(evt.thread, evt) : null));

const ancestorOf = (evt: SinspEvent, n: number) => evt.thread && evt.state.threads.ancestor(evt.thread, n);

/** The same of the parent. */
const parent = (get: (thread: Thread, evt: SinspEvent) => FieldValue): GetterMaker =>
  of((evt) => {
    const found = ancestorOf(evt, 1);
    return found ? get(found, evt) : null;
  });

const walk = (evt: SinspEvent) => (evt.thread ? [...evt.state.threads.walk(evt.thread)] : []);

/** [N]: of that ancestor; without, of all of them, which output puts in one text. */
function ancestors(get: (thread: Thread) => string): GetterMaker {
  return (argument, purpose): Getter => {
    if (typeof argument === "number") return ancestor(argument, get);
    return wantsAll(purpose) ? all(get) : joined(get);
  };
}

const ancestor =
  (n: number, get: (thread: Thread) => FieldValue): Getter =>
  (evt) => {
    const found = ancestorOf(evt, n);
    return found ? get(found) : null;
  };

/** Absent if there is none. */
const all =
  (get: (thread: Thread) => Scalar): Getter =>
  (evt) => {
    const found = walk(evt);
    return found.length > 0 ? found.map(get) : null;
  };

const joined =
  (get: (thread: Thread) => string): Getter =>
  (evt) =>
    walk(evt).map(get).join(" ") || null;

const name = ({ comm }: Thread) => comm;
const exe = (thread: Thread) => thread.exe;
const exePath = (thread: Thread) => thread.exePath;
const commandLine = (thread: Thread) => thread.commandLine;
const argsText = ({ args }: Thread) => args.join(" ");

/** Ids that are none are absent. */
const id = (value: number) => (value >= -1 && value <= 0xffffffff ? value : null);

const ids: Getters = {
  "proc.pid": thread(({ pid }) => id(pid)),
  "proc.ppid": parent(({ pid }) => id(pid)),
  "proc.apid": (argument, purpose) =>
    argument === null && wantsAll(purpose)
      ? all(({ pid }) => pid)
      : ancestor((argument as number | null) ?? 0, ({ pid }) => id(pid)),
  "proc.vpid": thread(({ vpid }) => (vpid === -1 ? null : vpid)),
  "proc.pvpid": thread(({ ptid }, evt) => evt.state.threads.get(ptid)?.vpid ?? null),
  "proc.sid": thread(({ sid }) => sid),
  "proc.vpgid": thread(({ vpgid }) => vpgid),
  "proc.pgid": thread(({ pgid }) => pgid),
  "proc.is_sid_leader": thread(({ sid, vpid }) => sid === vpid),
  "proc.is_vpgid_leader": thread(({ vpgid, vpid }) => vpgid === vpid),
  "proc.is_pgid_leader": thread(({ pgid, pid }) => pgid === pid),
  "proc.tty": thread(({ tty }) => tty),
};

function leader(idOf: (thread: Thread) => number, virtual: boolean, get: (thread: Thread) => string) {
  return thread((self, evt) => {
    const found = evt.state.threads.leader(self, idOf(self), idOf, virtual);
    return found ? get(found) : "";
  });
}

const sid = (thread: Thread) => thread.sid;
const vpgid = (thread: Thread) => thread.vpgid;
const pgid = (thread: Thread) => thread.pgid;

const leaders: Getters = {
  "proc.sname": leader(sid, true, name),
  "proc.sid.exe": leader(sid, true, exe),
  "proc.sid.exepath": leader(sid, true, exePath),
  "proc.vpgid.name": leader(vpgid, true, name),
  "proc.vpgid.exe": leader(vpgid, true, exe),
  "proc.vpgid.exepath": leader(vpgid, true, exePath),
  "proc.pgid.name": leader(pgid, false, name),
  "proc.pgid.exe": leader(pgid, false, exe),
  "proc.pgid.exepath": leader(pgid, false, exePath),
};

const loginShell: Getter = (evt) => {
  const main = evt.thread?.main;
  if (!main) return null;
  const shell = [main, ...walk(evt)].findLast(({ comm }) => comm.endsWith("sh"));
  return shell ? shell.pid : null;
};

export const proc: Getters = {
  ...ids,
  ...leaders,
  "proc.exe": thread(exe),
  "proc.pexe": parent(exe),
  "proc.aexe": ancestors(exe),
  "proc.exepath": thread(exePath),
  "proc.pexepath": parent(exePath),
  "proc.aexepath": ancestors(exePath),
  "proc.name": thread(name),
  "proc.pname": parent(name),
  "proc.aname": ancestors(name),
  "proc.args": (argument) => (evt) =>
    evt.thread
      ? typeof argument === "number"
        ? (evt.thread.args[argument] ?? "")
        : argsText(evt.thread)
      : null,
  "proc.aargs": (argument) =>
    typeof argument === "number" ? ancestor(argument, argsText) : joined(argsText),
  "proc.cmdline": thread(commandLine),
  "proc.pcmdline": parent(commandLine),
  "proc.acmdline": ancestors(commandLine),
  "proc.cmdnargs": thread(({ args }) => args.length),
  "proc.cmdlenargs": thread(({ args }) => args.reduce((sum, arg) => sum + Buffer.byteLength(arg), 0)),
  "proc.exeline": thread((self) => `${self.exe} ${argsText(self)}`),
  "proc.cwd": thread(({ cwd }) => cwd),
  "proc.loginshellid": of(loginShell),
};
