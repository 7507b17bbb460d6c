/** Enter events: what a call was given, before the kernel read it. They are kept until the exit. */
import type { SockAddr } from "../../scap/address.ts";
import type { EnterCall } from "../state/thread.ts";
import type { Context, Parser } from "./context.ts";
import { AT_FDCWD } from "./paths.ts";

export interface EnterParams {
  readonly path?: number;
  readonly dirfd?: number;
  readonly flags?: number;
  readonly address?: number;
}

export function enter({ path, dirfd, flags, address }: EnterParams): Parser {
  return (context) => {
    const { thread, event } = context;
    const { counters } = context.state.threads;
    if (!thread) {
      counters.unstoredEnters++;
      return;
    }
    counters.storedEnters++;
    thread.enter = {
      type: event.type,
      path: path === undefined ? "<NA>" : context.text(path),
      dirfd: dirfd === undefined ? AT_FDCWD : context.num(dirfd),
      flags: flags === undefined ? 0 : context.num(flags),
      address: address !== undefined && context.has(address) ? (event.param(address) as SockAddr) : null,
    };
  };
}

/** The enter event of the call that this is the exit of; null if it was not seen. */
export function enterOf({ event, thread, state }: Context): EnterCall | null {
  const call = thread?.enter?.type === event.type - 1 ? thread.enter : null;
  if (call) state.threads.counters.retrievedEnters++;
  else state.threads.counters.missedEnters++;
  return call;
}
