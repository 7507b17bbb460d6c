/**
 * Every way in which a driver could have got one thing wrong: each parameter changed (a bit in its first, middle and
 * last byte, cut, lengthened, emptied), each event's type, thread and parameter count changed, each event dropped and
 * duplicated, neighbours swapped. A case is good if it fails under every one of them.
 */
import type { CapturedEvent } from "./match.ts";

export interface Mutation {
  readonly what: string;
  /** Index of the event and, where one parameter is touched, of the parameter. */
  readonly event: number;
  readonly param?: number;
  readonly events: readonly CapturedEvent[];
}

export function* mutations(events: readonly CapturedEvent[]): Generator<Mutation> {
  for (let i = 0; i < events.length; i++) {
    const event = events[i]!;
    const replace = (...by: CapturedEvent[]) => [...events.slice(0, i), ...by, ...events.slice(i + 1)];
    yield { what: "event dropped", event: i, events: replace() };
    yield { what: "event duplicated", event: i, events: replace(event, event) };
    yield { what: "event type changed", event: i, events: replace({ ...event, type: event.type ^ 2 }) };
    yield { what: "thread changed", event: i, events: replace({ ...event, tid: event.tid ^ 1n }) };
    yield {
      what: "parameter added",
      event: i,
      events: replace({ ...event, params: [...event.params, new Uint8Array(1)] }),
    };
    if (event.params.length > 0)
      yield {
        what: "last parameter dropped",
        event: i,
        events: replace({ ...event, params: event.params.slice(0, -1) }),
      };
    for (let p = 0; p < event.params.length; p++)
      for (const [what, value] of changedParams(event.params[p]!)) {
        const params = event.params.with(p, value);
        yield { what: `parameter ${what}`, event: i, param: p, events: replace({ ...event, params }) };
      }
  }
}

function* changedParams(value: Uint8Array): Generator<[string, Uint8Array]> {
  yield ["lengthened", Uint8Array.from([...value, 0])];
  if (value.length === 0) return;
  yield ["cut", value.slice(0, -1)];
  yield ["emptied", new Uint8Array(0)];
  for (const at of new Set([0, value.length >> 1, value.length - 1]))
    yield [`byte ${at} changed`, value.with(at, value[at]! ^ 1)];
}
