/** Fields of the event itself. */
import { events, PPME } from "#schema/events";
import { clockText, dateText, fraction, isoText, nineDigits } from "../print/time.ts";
import { exact, type GetterMaker, type Getters, of, type SinspEvent } from "./getter.ts";

const second = 1_000_000_000n;

const sinceFirst = (evt: SinspEvent) => evt.raw.ts - evt.source.firstTs;

const isMeta = ({ raw }: SinspEvent) => raw.info.source === "METAEVENT";

/** What comes from a plugin has that plugin's source, and no plugin is known. */
function sourceName(evt: SinspEvent): string | null {
  const { code } = evt;
  const mayBePlugins = code === PPME.PLUGINEVENT_E || code === PPME.ASYNCEVENT_E;
  return mayBePlugins && (evt.param(0) ?? 0) !== 0 ? null : "syscall";
}

export const generic: Getters = {
  "evt.num": of((evt) => evt.num),
  "evt.time": of(({ raw }) => `${clockText(raw.seconds)}.${nineDigits(raw.nanoseconds)}`),
  "evt.time.s": of((evt) => clockText(evt.raw.seconds)),
  "evt.time.iso8601": of((evt) => isoText(evt.raw.ts)),
  "evt.datetime": of((evt) => `${dateText(evt.raw.ts)}.${fraction(evt.raw.ts)}`),
  "evt.datetime.s": of((evt) => dateText(evt.raw.ts)),
  "evt.rawtime": of((evt) => exact(evt.raw.ts)),
  "evt.rawtime.s": of((evt) => evt.raw.seconds),
  "evt.rawtime.ns": of((evt) => evt.raw.nanoseconds),
  "evt.reltime": of((evt) => exact(sinceFirst(evt))),
  "evt.reltime.s": of((evt) => Number(sinceFirst(evt) / second)),
  "evt.reltime.ns": of((evt) => Number(sinceFirst(evt) % second)),
  "evt.source": of(sourceName),
  "evt.is_async": of(isMeta),
  "evt.asynctype": of((evt) => (isMeta(evt) ? evt.name : null)),
  "evt.hostname": of((evt) => evt.state.machine?.hostname ?? null),
};

/** Fields that are no longer computed. */
const deprecated: Getters = {
  "evt.latency": of(() => 0),
  "evt.latency.s": of(() => 0),
  "evt.latency.ns": of(() => 0),
  "evt.latency.quantized": of(() => 0),
  "evt.latency.human": of(() => "0ns"),
  "evt.wait_latency": of(() => 0),
};

const io: Getters = {
  "evt.is_io": of((evt) => evt.has("READS_FROM_FD") || evt.has("WRITES_TO_FD")),
  "evt.is_io_read": of((evt) => evt.has("READS_FROM_FD")),
  "evt.is_io_write": of((evt) => evt.has("WRITES_TO_FD")),
  "evt.io_dir": of((evt) => (evt.has("WRITES_TO_FD") ? "write" : evt.has("READS_FROM_FD") ? "read" : null)),
  "evt.is_wait": of((evt) => evt.has("WAITS")),
  "evt.is_syslog": of((evt) => evt.has("WRITES_TO_FD") && (evt.fd?.name.includes("/dev/log") ?? false)),
};

const ioCategories = new Set(["IO_READ", "IO_WRITE", "IO_OTHER"]);
const ipcTypes = new Set(["pipe", "unix", "event", "signalfd", "inotify", "userfaultfd"]);

function category(evt: SinspEvent): string {
  const { category } = evt.raw.info;
  if (!ioCategories.has(category)) return category === "IPC" ? category : category.toLowerCase();
  const word = evt.fd?.word;
  if (word === "file" || word === "directory") return "file";
  if (word === "ipv4" || word === "ipv6") return "net";
  return word && ipcTypes.has(word) ? "ipc" : "unknown";
}

/** The result of I/O on a known descriptor. */
function transferred(evt: SinspEvent, only?: "IO_READ" | "IO_WRITE"): number | null {
  const { category } = evt.raw.info;
  if (only ? category !== only : !ioCategories.has(category)) return null;
  const { result } = evt;
  return evt.fd && result !== null && result >= 0 ? result : null;
}

const onFile = (evt: SinspEvent) => evt.fd?.isFile ?? false;
const onNet = (evt: SinspEvent) => (evt.fd?.isIp || evt.fd?.isIpServer) ?? false;

const lengths: Getters = {
  "evt.buflen": of((evt) => transferred(evt)),
  "evt.buflen.in": of((evt) => transferred(evt, "IO_READ")),
  "evt.buflen.out": of((evt) => transferred(evt, "IO_WRITE")),
  "evt.buflen.file": of((evt) => (onFile(evt) ? transferred(evt) : null)),
  "evt.buflen.file.in": of((evt) => (onFile(evt) ? transferred(evt, "IO_READ") : null)),
  "evt.buflen.file.out": of((evt) => (onFile(evt) ? transferred(evt, "IO_WRITE") : null)),
  "evt.buflen.net": of((evt) => (onNet(evt) ? transferred(evt) : null)),
  "evt.buflen.net.in": of((evt) => (onNet(evt) ? transferred(evt, "IO_READ") : null)),
  "evt.buflen.net.out": of((evt) => (onNet(evt) ? transferred(evt, "IO_WRITE") : null)),
};

/** 1 for the first event of that name and its exit. */
const isType: GetterMaker = (name) => {
  const first = events.findIndex((info) => info.name === name);
  return ({ code }) => (code === first || code === first + 1 ? 1 : 0);
};

export const event: Getters = {
  ...deprecated,
  ...io,
  ...lengths,
  "evt.dir": of((evt) => (evt.isExit ? "<" : ">")),
  "evt.type": of((evt) => evt.name),
  "evt.type.is": isType,
  "syscall.type": of((evt) => (evt.raw.info.source === "SYSCALL" ? evt.name : null)),
  "evt.category": of(category),
  "evt.cpu": of((evt) => (evt.raw.cpu << 16) >> 16),
  "evt.count": of(() => 1),
  "evt.count.exit": of((evt) => (evt.isExit ? 1 : null)),
  "evt.count.procinfo": of((evt) => (evt.code === PPME.PROCINFO_E && evt.thread?.isMain ? 1 : 0)),
  "evt.count.threadinfo": of((evt) => (evt.code === PPME.PROCINFO_E ? 1 : 0)),
};
