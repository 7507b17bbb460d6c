/** Fields of the descriptor that an event works on. */
import { EF, PPME } from "#schema/events";
import { AT_FDCWD, directoryOf } from "../parsers/paths.ts";
import { type FdInfo, typeWord } from "../state/fd.ts";
import { joinPath, mergeSlashes } from "../state/path.ts";
import {
  type FieldValue,
  type Getter,
  type GetterMaker,
  type Getters,
  of,
  type SinspEvent,
} from "./getter.ts";
import { localAddress, localPort, remoteAddress, remotePort } from "./local.ts";

const fdFlags = EF.CREATES_FD | EF.USES_FD | EF.DESTROYS_FD;

/** Other events, and those of unknown threads, have no field of this class. */
const applies = ({ raw, thread }: SinspEvent) =>
  thread !== undefined && ((raw.info?.flags ?? 0) & fdFlags) !== 0;

const any = (get: Getter): GetterMaker => of((evt) => (applies(evt) ? get(evt) : null));

/** Needs to know what the descriptor is. */
export const ofFd = (get: (fd: FdInfo, evt: SinspEvent) => FieldValue): GetterMaker =>
  of((evt) => (evt.fd && applies(evt) ? get(evt.fd, evt) : null));

/** Of a socket of which it is known who is the client. */
export const ofIp = (get: (fd: FdInfo, evt: SinspEvent) => FieldValue): GetterMaker =>
  ofFd((info, evt) => (info.isIp && info.role ? get(info, evt) : null));

const printedText = (evt: SinspEvent, index: number) => {
  const printed = evt.printed(index);
  return printed ? printed.resolved || printed.raw : null;
};

const pathIsParam1 = new Set<number>([
  PPME.SYSCALL_OPEN_X,
  PPME.SYSCALL_CREAT_X,
  PPME.SOCKET_ACCEPT_5_X,
  PPME.SOCKET_ACCEPT4_6_X,
  PPME.SOCKET_CONNECT_X,
]);
const openats = new Set<number>([PPME.SYSCALL_OPENAT_2_X, PPME.SYSCALL_OPENAT2_X]);

/** What the event says itself, of a descriptor that is not there (any more). */
function eventPath(evt: SinspEvent, raw: boolean): string | null {
  if (!evt.isExit) return null;
  if (pathIsParam1.has(evt.code)) return printedText(evt, 1);
  if (evt.code === PPME.SYSCALL_OPEN_BY_HANDLE_AT_X) return printedText(evt, 3);
  if (!openats.has(evt.code)) return "";
  const dirfd = evt.param(1) as number | null;
  const path = evt.param(2) as string | null;
  if (dirfd === null || path === null) return null;
  if (raw) return mergeSlashes(path);
  return path.startsWith("/")
    ? joinPath("", path)
    : joinPath(directoryOf(evt.thread!, dirfd ?? AT_FDCWD), path);
}

const name: Getter = (evt) => (applies(evt) ? (evt.fd ? evt.fd.name : eventPath(evt, false)) : null);

const nameRaw: Getter = (evt) =>
  applies(evt) ? (evt.fd ? mergeSlashes(evt.fd.nameRaw) : eventPath(evt, true)) : null;

function directory(evt: SinspEvent): string | null {
  if (!applies(evt)) return null;
  if (evt.fd?.word === "directory") return evt.fd.name;
  if (evt.fd && !evt.fd.isFile) return null;
  const path = evt.fd ? evt.fd.name : eventPath(evt, false);
  if (path === null || path.endsWith("/")) return path;
  const slash = path.lastIndexOf("/");
  return slash <= 0 ? "/" : path.slice(0, slash);
}

function filename(info: FdInfo): string | null {
  if (!info.isFile) return null;
  if (info.name.endsWith("/")) return info.name;
  const slash = info.name.lastIndexOf("/");
  return slash < 0 ? "/" : info.name.slice(slash + 1);
}

/** Types of what failed to be opened, by event name. */
const guesses: Readonly<Record<string, string>> = {
  openat: "f",
  openat2: "f",
  creat: "f",
  socket: "4",
  accept: "4",
  accept4: "4",
  pipe: "p",
  pipe2: "p",
  eventfd: "e",
  eventfd2: "e",
  signalfd: "s",
  signalfd4: "s",
  timerfd_create: "t",
  inotify_init: "i",
  inotify_init1: "i",
};

const server = (get: (fd: FdInfo) => FieldValue): GetterMaker =>
  ofFd((info) => (info.isIpServer || (info.isIp && info.role) ? get(info) : null));

/** A port as text; other descriptors with a role have an empty one. */
const protocol = (get: (fd: FdInfo, evt: SinspEvent) => number): GetterMaker =>
  ofFd((info, evt) => (info.role === null ? null : info.isIp ? String(get(info, evt)) : ""));

const isServer = (info: FdInfo, evt: SinspEvent) =>
  info.isIpServer || (info.isIp && evt.state.interfaces.isLocal(info.ends.dest));

const sockets: Getters = {
  "fd.cip": ofIp(({ ends }) => ends.source),
  "fd.sip": ofFd(({ isIpServer, isIp, role, ends }) => ((isIp || isIpServer) && role ? ends.dest : null)),
  "fd.lip": ofIp(localAddress),
  "fd.rip": ofIp(remoteAddress),
  "fd.cport": ofIp(({ ends }) => ends.sourcePort),
  "fd.sport": server(({ ends }) => ends.destPort),
  "fd.lport": ofIp(localPort),
  "fd.rport": ofIp(remotePort),
  "fd.cproto": protocol(({ ends }) => ends.sourcePort),
  "fd.sproto": ofFd(({ isIp, isIpServer, role, ends }) =>
    role && isIp ? String(ends.destPort) : isIpServer ? "" : null,
  ),
  "fd.lproto": ofIp((info, evt) => String(localPort(info, evt))),
  "fd.rproto": ofIp((info, evt) => String(remotePort(info, evt))),
  "fd.l4proto": ofFd(({ l4Name }) => l4Name),
  "fd.sockfamily": ofFd(({ isIp, isIpServer, word }) =>
    isIp || isIpServer ? "ip" : word === "unix" ? "unix" : null,
  ),
  "fd.is_server": ofFd(isServer),
  "fd.connected": ofFd(({ connected }) => connected),
};

const types: GetterMaker = (argument) => (evt) => {
  if (!applies(evt)) return null;
  if (typeof argument === "number") {
    const info = evt.thread!.fd(argument);
    return info ? [typeWord(info)] : null;
  }
  return [...new Set(Array.from(evt.thread!.fds.values(), typeWord))];
};

/** Device numbers as the kernel's new_encode_dev() makes them. */
const major = (dev: number) => (dev & 0xfff00) >> 8;
const minor = (dev: number) => (dev & 0xff) | ((dev >> 12) & 0xfff00);

export const fds: Getters = {
  ...sockets,
  "fd.num": any((evt) => evt.fdNumber),
  "fd.type": ofFd(typeWord),
  "fd.typechar": any((evt) => evt.fd?.char ?? guesses[evt.name] ?? "o"),
  "fd.name": of(name),
  "fd.nameraw": of(nameRaw),
  "fd.directory": of(directory),
  "fd.filename": ofFd(filename),
  "fd.uid": any((evt) => `${evt.raw.tidNumber}${evt.fdNumber}`),
  "fd.containername": of((evt) => {
    const text = name(evt);
    return text === null ? null : `:${text}`;
  }),
  "fd.containerdirectory": of((evt) => {
    const text = directory(evt);
    return text === null ? null : `:${text}`;
  }),
  "fd.name_changed": ofFd((_, evt) => evt.fdNameChanged),
  "fd.dev": ofFd(({ dev }) => dev),
  "fd.dev.major": ofFd(({ dev }) => major(dev)),
  "fd.dev.minor": ofFd(({ dev }) => minor(dev)),
  "fd.ino": ofFd(({ ino }) => ino),
  "fd.types": types,
  "fd.is_upper_layer": ofFd(({ upperLayer }) => upperLayer),
  "fd.is_lower_layer": ofFd(({ lowerLayer }) => lowerLayer),
};
