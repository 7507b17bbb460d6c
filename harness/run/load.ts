/** What a load test proves: every event that the writers made is in the capture, whole and in order, or counted as lost. */
import { PPM_SC } from "#schema/syscalls";
import { ScapReader } from "../../lib/scap/index.ts";
import { loadMagic } from "../agent/client.ts";
import type { LoadTestReply } from "../agent/messages.ts";

export const writeInterest: readonly number[] = [PPM_SC.WRITE];

export interface LoadReport {
  readonly driver: string;
  /** Writes that succeeded, as the writers counted them. */
  readonly sent: number;
  /** Write events that the reader got. */
  readonly read: number;
  /** Counted by the driver: events that a filler recorded and that did not reach the reader. */
  readonly lost: number;
  /** Counted by the kernel: runs of the hooks that it skipped, for whatever syscall. */
  readonly skipped: number;
  /** sent − read − lost: what nobody counted as an event. It must be within 0…skipped. */
  readonly missing: number;
  /** Payloads damaged, repeated, out of order; time going back. */
  readonly faults: readonly string[];
}

export function loadReports(reply: LoadTestReply): LoadReport[] {
  const sent = reply.sent.reduce((sum, count) => sum + count, 0);
  return reply.streams.map(({ engine, stats, scap }) => {
    const { read, back, faults } = checkStream(scap);
    // On a machine that is too busy for so many CPUs an event may come late; it is counted then.
    if (back > stats.late)
      faults.push(`time goes back ${back} times, ${stats.late} events were counted as late`);
    const lost = stats.lostRing + stats.lostScratch + stats.lostBug;
    return {
      driver: engine,
      sent,
      read,
      lost,
      skipped: stats.lostRecursion,
      missing: sent - read - lost,
      faults: reply.timedOut ? [...faults, "the load test ran into its timeout"] : faults,
    };
  });
}

const maxFaults = 10;

/** `back`: how often an event is older than the one before it. */
function checkStream(scap: Uint8Array): { read: number; back: number; faults: string[] } {
  using reader = ScapReader.open({ bytes: scap }, { raw: true });
  const faults: string[] = [];
  const next = new Map<number, bigint>();
  let read = 0;
  let back = 0;
  let before = 0n;
  for (const event of reader) {
    read++;
    const data = event.raw(1);
    if (event.ts < before) back++;
    const fault = payloadFault(data, next);
    if (fault && faults.length < maxFaults) faults.push(`event ${read}: ${fault}`);
    before = event.ts;
  }
  return { read, back, faults };
}

/** Sequence numbers of one writer rise; gaps are what the counters must explain. */
function payloadFault(data: Uint8Array, next: Map<number, bigint>): string | null {
  const view = new DataView(data.buffer, data.byteOffset, data.length);
  if (data.length < 16 || view.getUint32(0, true) !== loadMagic) return "no payload of a writer";
  const writer = view.getUint32(4, true);
  const sequence = view.getBigUint64(8, true);
  const due = next.get(writer) ?? 0n;
  next.set(writer, sequence + 1n);
  if (sequence < due) return `writer ${writer} repeats ${sequence}, ${due} was next`;
  for (let i = 16; i < data.length; i++)
    if (data[i] !== ((Number(sequence & 255n) + i) & 255))
      return `writer ${writer}, ${sequence}: byte ${i} is damaged`;
  return null;
}
