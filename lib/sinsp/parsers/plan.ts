/** What is done with an event of a code before and besides its parser; worked out once. */
import { EF, type EventInfo, events, PPME } from "#schema/events";
import { numberReader, type Reader } from "./reader.ts";

export interface Plan {
  /** Something did happen in the event's thread: a placeholder is made if it is not in the table. */
  readonly makesThread: boolean;
  /** Index of the parameter with the descriptor, or −1. */
  readonly fd: number;
  /** Its parser may change a descriptor: it gets one that no other table has, and the name before is kept. */
  readonly changesFd: boolean;
  readonly isEnter: boolean;
  /** It happens to the thread, which may be in a system call all the while. */
  readonly isPassive: boolean;
  /** Not of a thread, but of the capture or the machine. */
  readonly isMeta: boolean;
  readonly readFd: Reader<number>;
  /** Parameter 0 of system calls' exits is their result. */
  readonly hasResult: boolean;
  readonly readResult: Reader<number>;
  /** Numbered, but not handed to the user. */
  readonly hidden: boolean;
  /** At the head of a capture, hidden too: there it tells how the machine was. */
  readonly isInitial: boolean;
  /** Neither of the two. */
  readonly isShown: boolean;
}

const knownOnly = new Set<number>([
  PPME.SYSCALL_CLONE_20_X,
  PPME.SYSCALL_CLONE3_X,
  PPME.SYSCALL_FORK_20_X,
  PPME.SYSCALL_VFORK_20_X,
  PPME.SCHEDSWITCH_6_E,
  PPME.PROCEXIT_1_E,
]);

const hiddenCodes = new Set<number>([
  PPME.SYSCALL_OPEN_E,
  PPME.SYSCALL_OPENAT_2_E,
  PPME.SYSCALL_OPENAT2_E,
  PPME.SYSCALL_CREAT_E,
  PPME.SOCKET_CONNECT_E,
]);

const initialCodes = new Set<number>([
  PPME.USER_ADDED_E,
  PPME.USER_DELETED_E,
  PPME.GROUP_ADDED_E,
  PPME.GROUP_DELETED_E,
  PPME.CONTAINER_E,
  PPME.CONTAINER_JSON_E,
  PPME.CONTAINER_JSON_2_E,
]);

/** Sources of events that say nothing of what a thread does. */
const foreign = new Set<EventInfo["source"]>(["METAEVENT", "PLUGIN"]);

/** They change their descriptor hardly ever; their parser says when. */
const onlyMoveData = new Set<number>([
  PPME.SYSCALL_READ_X,
  PPME.SYSCALL_READV_X,
  PPME.SYSCALL_PREAD_X,
  PPME.SYSCALL_PREADV_X,
  PPME.SYSCALL_WRITE_X,
  PPME.SYSCALL_WRITEV_X,
  PPME.SYSCALL_PWRITE_X,
  PPME.SYSCALL_PWRITEV_X,
]);

export const plans: readonly Plan[] = events.map(({ code, dir, flags, params, source }) => {
  const usesFd = (flags & (EF.USES_FD | EF.DESTROYS_FD)) !== 0;
  const isFd = ({ type }: (typeof params)[number]) => type === "FD";
  // The result of a call that also takes a descriptor comes first.
  const fd = usesFd
    ? params.findIndex(
        (param, i) => isFd(param) && !(i === 0 && params.filter(isFd).length > 1 && dir === "exit"),
      )
    : -1;
  // Such events say nothing of what their thread does: they make none.
  const passive = knownOnly.has(code) || (flags & EF.SKIPPARSERESET) !== 0;
  return {
    makesThread: !passive && !foreign.has(source),
    fd,
    changesFd:
      (flags & (EF.CREATES_FD | EF.USES_FD)) !== 0 &&
      (flags & EF.DESTROYS_FD) === 0 &&
      !onlyMoveData.has(code),
    isEnter: dir === "enter",
    isPassive: (flags & EF.SKIPPARSERESET) !== 0 || source === "METAEVENT" || code === PPME.SCHEDSWITCH_6_E,
    isMeta: source === "METAEVENT",
    readFd: numberReader(code, Math.max(0, fd)),
    readResult: numberReader(code, 0),
    hasResult:
      dir === "exit" &&
      source === "SYSCALL" &&
      code !== PPME.GENERIC_X &&
      (params[0]?.type ?? "DYN") !== "DYN",
    hidden: hiddenCodes.has(code),
    isInitial: initialCodes.has(code),
    isShown: !hiddenCodes.has(code) && !initialCodes.has(code),
  };
});
