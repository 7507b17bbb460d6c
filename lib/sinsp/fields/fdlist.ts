/** Fields of the descriptors that poll and ppoll wait for. */
import { PPME } from "#schema/events";
import type { PolledFd } from "../../scap/decode.ts";
import type { FdInfo } from "../state/fd.ts";
import { type Getter, type Getters, of, type SinspEvent } from "./getter.ts";

const polls = new Set<number>([PPME.SYSCALL_POLL_X, PPME.SYSCALL_PPOLL_X]);
const listIndex = 1;

function listOf(evt: SinspEvent): readonly PolledFd[] {
  if (!polls.has(evt.code) || !evt.thread || !evt.raw.has(listIndex)) return [];
  return (evt.param(listIndex) as readonly PolledFd[] | null) ?? [];
}

/** Comma-separated; null: nothing left. What has no text is left out. */
const each = (text: (number: number, info: FdInfo | undefined) => string | null): Getter => {
  return (evt) => {
    const texts = listOf(evt).map(({ fd }) => text(Number(fd), evt.thread!.fd(Number(fd))));
    const shown = texts.filter((one) => one !== null);
    return shown.length > 0 ? shown.join(",") : null;
  };
};

export const fdLists: Getters = {
  "fdlist.nums": of(each(String)),
  "fdlist.names": of(each((_, info) => info?.name || "<NA>")),
  "fdlist.cips": of(each((_, info) => (info?.isIp ? info.ends.source : null))),
  "fdlist.sips": of(each((_, info) => (info?.isIp || info?.isIpServer ? info.ends.dest : null))),
  "fdlist.cports": of(each((_, info) => (info?.isIp ? String(info.ends.sourcePort) : null))),
  "fdlist.sports": of(each((_, info) => (info?.isIp ? String(info.ends.destPort) : null))),
};
