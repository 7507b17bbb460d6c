/** What captures mean: threads, descriptors, users, and fields of events. */
export { SinspEvent } from "./event.ts";
export { Inspector, type InspectorSource } from "./inspector.ts";
