/** fast-check generators of events that a writer accepts: any known type, any parameters that fit. */
import fc from "fast-check";
import { events, PPME } from "#schema/events";
import type { EventParts } from "../frame.ts";

const param = fc.uint8Array({ maxLength: 40 });
const largeTypes = [PPME.PLUGINEVENT_E, PPME.CONTAINER_JSON_2_E, PPME.ASYNCEVENT_E];

export const eventParts: fc.Arbitrary<EventParts> = fc.record({
  ts: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  tid: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  type: fc.oneof(fc.nat({ max: events.length - 1 }), fc.constantFrom(...largeTypes)),
  params: fc.array(param, { maxLength: 12 }),
});

/** How an event is filed: its CPU and flags. */
export const filing = fc.record({ cpu: fc.nat({ max: 65535 }), flags: fc.constantFrom(0, 1, 2, 3) });
