/** Fields that most lines have, written as bytes instead of read as values: see `FieldSource.writer`. */
import type { AsciiWriter } from "../print/ascii.ts";
import { clockText } from "../print/time.ts";
import { writeArgs } from "../print/write-args.ts";
import type { SinspEvent } from "./getter.ts";
import type { DirectWriter } from "./source.ts";

type Write = DirectWriter<SinspEvent>["write"];

const string = (write: Write): DirectWriter<SinspEvent> => ({ write, quoted: true });
const number = (value: (event: SinspEvent) => number): DirectWriter<SinspEvent> => ({
  write: (event, out) => {
    out.decimal(value(event));
    return true;
  },
  quoted: false,
});

function time({ raw }: SinspEvent, out: AsciiWriter): boolean {
  out.constant(clockText(raw.seconds));
  out.plain(0x2e);
  out.digits(raw.nanoseconds, 9);
  return true;
}

function rawTime({ raw }: SinspEvent, out: AsciiWriter): boolean {
  const { seconds } = raw;
  if (seconds === 0) return false;
  out.decimal(seconds);
  out.digits(raw.nanoseconds, 9);
  return true;
}

const args: Write = (event, out) => writeArgs(event.raw, event, out);

function threadId({ raw }: SinspEvent, out: AsciiWriter): boolean {
  const tid = raw.tidNumber;
  if (!(tid >= -1 && tid <= 0xffffffff)) return false;
  out.decimal(tid);
  return true;
}

export const directWriters: Readonly<Record<string, DirectWriter<SinspEvent>>> = {
  "evt.num": number((event) => event.num),
  "evt.time": string(time),
  "evt.rawtime": { write: rawTime, quoted: false },
  "evt.cpu": number(({ raw }) => (raw.cpu << 16) >> 16),
  "evt.dir": string((event, out) => out.text(event.isExit ? "<" : ">")),
  "evt.type": string((event, out) => out.text(event.name)),
  "evt.args": string(args),
  "evt.info": string(args),
  "proc.name": {
    ...string(({ thread }, out) => out.text(thread!.comm)),
    isMissing: ({ thread }) => thread === undefined,
  },
  "thread.tid": { write: threadId, quoted: false },
};
