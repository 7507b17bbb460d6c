/** Fields of a process's executable, environment, resources and time. */
import { capabilityNames } from "../print/names.ts";
import { typeWord } from "../state/fd.ts";
import type { Thread } from "../state/thread.ts";
import { exact, type FieldValue, type GetterMaker, type Getters, of, type SinspEvent } from "./getter.ts";

const thread = (get: (thread: Thread, evt: SinspEvent) => FieldValue): GetterMaker =>
  of((evt) => (evt.thread ? get(evt.thread, evt) : null));

/** 0 is "not known". */
const known = (value: number | bigint) => {
  const number = exact(BigInt(value));
  return number === 0 ? null : number;
};

const executable: Getters = {
  "proc.is_exe_writable": thread(({ exeWritable }) => exeWritable),
  "proc.is_exe_upper_layer": thread(({ exeUpperLayer }) => exeUpperLayer),
  "proc.is_exe_lower_layer": thread(({ exeLowerLayer }) => exeLowerLayer),
  "proc.is_exe_from_memfd": thread(({ exeFromMemfd }) => exeFromMemfd),
  "proc.exe_ino": thread(({ exeIno }) => known(exeIno)),
  "proc.exe_ino.ctime": thread(({ exeCtime }) => known(exeCtime)),
  "proc.exe_ino.mtime": thread(({ exeMtime }) => known(exeMtime)),
  "proc.exe_ino.ctime_duration_proc_start": thread(({ ctimeToStart }) => known(ctimeToStart)),
  "proc.exe_ino.ctime_duration_pidns_start": thread(({ pidnsToCtime }) => known(pidnsToCtime)),
};

const times: Getters = {
  "proc.duration": thread(({ cloneTs }, evt) => (cloneTs ? exact(evt.raw.ts - cloneTs) : null)),
  "proc.pid.ts": thread(({ cloneTs }) => known(cloneTs)),
  "proc.ppid.duration": thread((self, evt) => {
    const started = evt.state.threads.ancestor(self, 1)?.cloneTs;
    return started ? exact(evt.raw.ts - started) : null;
  }),
  "proc.ppid.ts": thread(({ ptid }, evt) => {
    const parent = evt.state.threads.get(ptid);
    return parent ? exact(parent.cloneTs) : null;
  }),
  "proc.pidns_init_start_ts": thread(({ pidnsInitStartTs }) => known(pidnsInitStartTs)),
};

const openFds = ({ main }: Thread) => main?.fds.size ?? 0;
const fdLimit = ({ main }: Thread) => main?.fdLimit ?? 0;

function fdUsage(self: Thread): number {
  const limit = Number(fdLimit(self));
  return limit <= 0 ? 0 : Math.min(100, (100 * openFds(self)) / limit);
}

const stream = (fd: number): [type: GetterMaker, name: GetterMaker] => [
  thread((self) => {
    const info = self.fd(fd);
    return info ? typeWord(info) : null;
  }),
  thread((self) => self.fd(fd)?.name ?? null),
];
const [[stdinType, stdinName], [stdoutType, stdoutName], [stderrType, stderrName]] = [
  stream(0),
  stream(1),
  stream(2),
];

const resources: Getters = {
  "proc.fdopencount": thread(openFds),
  "proc.fdlimit": thread(fdLimit),
  "proc.fdusage": thread(fdUsage),
  "proc.vmsize": thread(({ vmSize }) => vmSize),
  "proc.vmrss": thread(({ vmRss }) => vmRss),
  "proc.vmswap": thread(({ vmSwap }) => vmSwap),
  "thread.pfmajor": thread(({ pfMajor }) => pfMajor),
  "thread.pfminor": thread(({ pfMinor }) => pfMinor),
  "thread.vmsize": thread((self) => (self.isMain ? self.vmSize : 0)),
  "thread.vmrss": thread((self) => (self.isMain ? self.vmRss : 0)),
  "thread.vmsize.b": thread((self) => (self.isMain ? self.vmSize * 1024 : 0)),
  "thread.vmrss.b": thread((self) => (self.isMain ? self.vmRss * 1024 : 0)),
  "proc.stdin.type": stdinType,
  "proc.stdout.type": stdoutType,
  "proc.stderr.type": stderrType,
  "proc.stdin.name": stdinName,
  "proc.stdout.name": stdoutName,
  "proc.stderr.name": stderrName,
};

/** Those alive, with the main thread or without. */
const nthreads = ({ group }: Thread) => group?.alive ?? 0;
function nchilds({ group }: Thread): number {
  if (!group) return 0;
  return group.alive - (group.main && !group.main.dead ? 1 : 0);
}

const validTid = (tid: number) => (tid >= -1 && tid <= 0xffffffff ? tid : null);

export const procFacts: Getters = {
  ...executable,
  ...times,
  ...resources,
  "proc.nthreads": thread(nthreads),
  "proc.nchilds": thread(nchilds),
  "thread.tid": of((evt) => validTid(evt.raw.tidNumber)),
  "thread.ismain": thread(({ isMain }) => isMain),
  "thread.vtid": thread(({ vtid }) => (vtid === -1 ? null : vtid)),
  "thread.nametid": thread(({ comm }, evt) => `${comm}${evt.raw.tidNumber}`),
  "thread.cap_permitted": thread(({ capPermitted }) => capabilityNames(capPermitted)),
  "thread.cap_inheritable": thread(({ capInheritable }) => capabilityNames(capInheritable)),
  "thread.cap_effective": thread(({ capEffective }) => capabilityNames(capEffective)),
  "thread.cgroups": thread(({ cgroups }) => cgroups.join(" ") || null),
  "thread.cgroup": (argument) => (evt) =>
    evt.thread?.cgroups.find((item) => item.startsWith(`${argument}=`))?.slice(`${argument}=`.length) ?? null,
};
