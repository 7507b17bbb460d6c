/** The names that `evt.type` can have. */
import { events } from "#schema/events";
import { syscalls } from "#schema/syscalls";
import { didYouMean } from "../../../harness/yaml/nearest.ts";
import type { Literal } from "./ast.ts";
import { Fault } from "./error.ts";

const known = new Set([...events, ...syscalls].map(({ name }) => name));

/** @throws {Fault} unless the literal names an event */
export function checkEventName(literal: Literal, others: ReadonlySet<string>): void {
  const { text } = literal;
  if (known.has(text) || others.has(text)) return;
  const hint = didYouMean(text, [...known, ...others]).replace(/^; /, "");
  throw new Fault("UNKNOWN_EVENT", literal, `there is no event ${text}`, hint || undefined);
}
