/** Descriptors that come in messages of unix sockets: SCM_RIGHTS. */
import { FdType } from "../state/fd.ts";
import type { Context, Parser } from "./context.ts";

const SOL_SOCKET = 1;
const SCM_RIGHTS = 1;
/** The kernel sends no more in one message: SCM_MAX_FD. */
const maxDescriptors = 253;

/** `struct cmsghdr` of a 64-bit machine: u64 length with this header, i32 level, i32 type. */
const header = 16;

/**
 * The numbers that received descriptors have in the receiver.
 * @param control control messages as recvmsg() gives them; what does not hold together ends the list
 */
export function receivedDescriptors(control: Uint8Array): number[] {
  const view = new DataView(control.buffer, control.byteOffset, control.length);
  const found: number[] = [];
  for (let at = 0; at + header <= control.length; ) {
    const length = Number(view.getBigUint64(at, true));
    if (length < header || length > control.length - at) break;
    const isRights =
      view.getInt32(at + 8, true) === SOL_SOCKET && view.getInt32(at + 12, true) === SCM_RIGHTS;
    const size = length - header;
    if (isRights && (size % 4 !== 0 || size > 4 * maxDescriptors)) break;
    if (isRights) for (let i = 0; i < size; i += 4) found.push(view.getInt32(at + header + i, true));
    at += (length + 7) & ~7;
  }
  return found;
}

/**
 * What they are open on stands in no event: only the machine itself can tell, so a capture file leaves them unknown, like
 * the existing library.
 */
export function receivesDescriptors(control: number, parse: Parser): Parser {
  return (context) => {
    parse(context);
    if (context.fd?.type === FdType.UNIX && context.result >= 0 && context.has(control))
      lookUp(context, receivedDescriptors(context.event.raw(control)));
  };
}

function lookUp({ state, thread }: Context, numbers: readonly number[]): void {
  if (!thread || !state.host || numbers.length === 0) return;
  for (const [number, info] of state.host.fds(thread.pid, numbers, state)) thread.fds.set(number, info);
}
