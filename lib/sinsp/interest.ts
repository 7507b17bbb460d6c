/** Which system calls and tracepoints a live capture has to record, so that a filter sees what it asks for. */
import { EF, events } from "#schema/events";
import { type SyscallInfo, syscalls } from "#schema/syscalls";

/** What of a filter is needed here. */
export interface Asking {
  mayMatch(code: number, name?: string): boolean;
}

export interface InterestOptions {
  /**
   * state: besides what the filter can match, all that changes the state. repair: only what the state of those events comes
   * from: processes, and descriptors if one of the events has one.
   */
  readonly needs: "state" | "repair";
  /** Without calls that move data, unless the filter matches them. */
  readonly withoutIo?: boolean;
}

const processes = new Set([
  "clone",
  "clone3",
  "fork",
  "vfork",
  "execve",
  "execveat",
  "procexit",
  "prctl",
  "chdir",
  "fchdir",
  "chroot",
  "setsid",
  "capset",
]);
const ids = /^set(re|res)?[ug]id$/;
const ioCategories = new Set(["IO_READ", "IO_WRITE"]);
const fdFlags = EF.CREATES_FD | EF.USES_FD | EF.DESTROYS_FD;

/** @returns PPM_SC codes, for `setInterest()` */
export function interestOf(filter: Asking, { needs, withoutIo = false }: InterestOptions): number[] {
  const matched = syscalls.filter(
    (one) => one.events.some((code) => filter.mayMatch(code, one.name)) || matchesGeneric(filter, one),
  );
  const withFds = matched.some((one) => flagsOf(one) & fdFlags);
  const needed = syscalls.filter((one) => {
    if ((flagsOf(one) & EF.MODIFIES_STATE) === 0 && !isTracepointOfProcesses(one)) return false;
    if (withoutIo && isIo(one)) return false;
    if (needs === "state") return true;
    return (
      processes.has(one.name) || isTracepointOfProcesses(one) || ids.test(one.name) || (withFds && !isIo(one))
    );
  });
  return [...new Set([...matched, ...needed].map(({ sc }) => sc))].sort((a, b) => a - b);
}

const flagsOf = ({ events: codes }: SyscallInfo) =>
  codes.reduce((flags, code) => flags | (events[code]?.flags ?? 0), 0);

const isIo = ({ events: codes }: SyscallInfo) =>
  codes.some((code) => ioCategories.has(events[code]?.category ?? ""));

/** A call without an event of its own comes as a generic one. */
const matchesGeneric = (filter: Asking, { name, exit }: SyscallInfo) => filter.mayMatch(exit, name);

/** Programs and their ends are told by tracepoints. */
const isTracepointOfProcesses = ({ kind, name }: SyscallInfo) =>
  kind === "tracepoint" && name === "sched_process_exit";
