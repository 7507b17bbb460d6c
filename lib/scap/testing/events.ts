/** Event blocks of every kind. Parameters come as bytes: what is in them is another matter. */
import { Annotated, type ByteOrder } from "./annotated.ts";
import { block } from "./blocks.ts";

export interface EventKind {
  readonly name: string;
  readonly code: number;
  /** 1: the header does not say how many parameters there are. */
  readonly version: 1 | 2;
  readonly flags: boolean;
  readonly large: boolean;
}

const kind = (code: number, version: 1 | 2, flags = false, large = false): EventKind => ({
  name: `event${flags ? " with flags" : ""} v${version}${large ? " large" : ""}`,
  code,
  version,
  flags,
  large,
});

export const eventKinds: readonly EventKind[] = [
  kind(0x204, 1),
  kind(0x8010abcd, 1),
  kind(0x208, 1, true),
  kind(0x216, 2),
  kind(0x217, 2, true),
  kind(0x221, 2, false, true),
  kind(0x222, 2, true, true),
];

export interface Event {
  readonly ts: bigint;
  readonly tid: bigint;
  readonly type: number;
  readonly cpu: number;
  readonly flags: number;
  /** Makes a parameter, since numbers in it have the order of the file. */
  readonly params: readonly ((part: Annotated) => Annotated)[];
  /** Files of format 1 say 3 bytes too many for two event types. */
  readonly excess?: number;
}

export function event(
  order: ByteOrder,
  { name, code, version, flags, large }: EventKind,
  e: Event,
): Annotated {
  const params = e.params.map((make) => make(new Annotated(order)));
  const lengths = new Annotated(order);
  for (const [i, { length }] of params.entries())
    if (large) lengths.u32(`length of parameter ${i}`, length);
    else lengths.u16(`length of parameter ${i}`, length);
  const data = params.reduce((sum, { length }) => sum + length, lengths.length);
  const body = new Annotated(order).u16("CPU", e.cpu);
  if (flags) body.u32("flags", e.flags);
  body.u64("time, ns", e.ts).u64("tid", e.tid);
  body.u32("event length", (version === 1 ? 22 : 26) + data + (e.excess ?? 0)).u16("event type", e.type);
  if (version === 2) body.u32("parameters", params.length);
  body.add(lengths);
  for (const param of params) body.add(param);
  return block(code, name, body);
}
