/** Parameters and mismatches as a person reads them. Display only: nothing here decides whether a case passes. */
import { events, type ParamInfo } from "#schema/events";
import { typeSize } from "#schema/types";
import type { CapturedEvent, Mismatch } from "./match.ts";

const hexOf = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

/** `-2 (feffffffffffffff)`, `"/etc" (2f65746300)`, `empty`. */
export function showParam(info: ParamInfo | undefined, bytes: Uint8Array): string {
  if (bytes.length === 0) return "empty";
  const readable = info && readableValue(info.type, bytes);
  return readable === undefined ? hexOf(bytes) : `${readable} (${hexOf(bytes)})`;
}

const textTypes = /^(CHARBUF|FSPATH|FSRELPATH|CHARBUFARRAY|BYTEBUF)$/;

function readableValue(type: ParamInfo["type"], bytes: Uint8Array): string | undefined {
  if (textTypes.test(type)) {
    const text = Buffer.from(bytes).toString("latin1");
    return /^[\x20-\x7e\0\n\t]*$/.test(text) ? JSON.stringify(text.replace(/\0$/, "")) : undefined;
  }
  if (bytes.length > 8) return undefined;
  if (typeSize[type] !== bytes.length) return undefined;
  const value = bytes.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  return String(
    /INT|FD|PID|ERRNO/.test(type) && !type.startsWith("UINT")
      ? BigInt.asIntN(bytes.length * 8, value)
      : value,
  );
}

/** `close res=0 (0000000000000000) fd=3 (0300000000000000) [tid 7]` */
export function showEvent(event: CapturedEvent): string {
  const info = events[event.type];
  const params = event.params.map(
    (bytes, i) => `${info?.params[i]?.name ?? `#${i}`}=${showParam(info?.params[i], bytes)}`,
  );
  const direction = info?.dir === "enter" ? " enter" : "";
  return `${info?.name ?? `event ${event.type}`}${direction} ${params.join(" ")} [tid ${event.tid}]`;
}

export function showMismatch(mismatch: Mismatch): string {
  const { index } = mismatch;
  switch (mismatch.kind) {
    case "missing":
      return `event ${index}: ${mismatch.expected.event.name} is missing`;
    case "extra":
      return `event ${index}: not expected: ${showEvent(mismatch.got)}`;
    case "type":
      return `event ${index}: expected ${mismatch.expected.event.name} (${mismatch.expected.event.code}), got ${showEvent(mismatch.got)}`;
    case "count":
      return `event ${index}: ${mismatch.expected.event.name} has ${mismatch.got.params.length} parameters, expected ${mismatch.expected.params.length}`;
    case "param": {
      const info = mismatch.expected.event.params[mismatch.param];
      const want = mismatch.plausible ?? showParam(info, mismatch.want);
      const got = showParam(info, mismatch.got.params[mismatch.param]!);
      return `event ${index}: ${mismatch.expected.event.name}.${info?.name}\n  expected ${want}\n  got      ${got}`;
    }
  }
}
