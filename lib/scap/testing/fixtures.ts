/**
 * The fixtures in blocks/: every block version in both byte orders, each field with its meaning. `bun lib/scap/testing/fixtures.ts`
 * writes them anew; look at what changed.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { type ByteOrder, parseAnnotated } from "./annotated.ts";
import { type Sample, samples } from "./samples.ts";

export const orders = ["little", "big"] as const;

const pathOf = ({ name }: Sample) => `${import.meta.dir}/blocks/${name}.txt`;

/** What the generator makes of it now. */
export function fixtureText(sample: Sample): string {
  return orders.map((order) => `${order}-endian\n${sample.make(order)}`).join("\n");
}

export function readFixture(sample: Sample): string {
  return readFileSync(pathOf(sample), "utf8");
}

/** The bytes that a fixture shows. */
export function fixtureBytes(sample: Sample, order: ByteOrder): Uint8Array {
  const text = readFixture(sample);
  const start = text.indexOf(`${order}-endian`);
  const end = text.indexOf("\n\n", start);
  return parseAnnotated(text.slice(start, end < 0 ? text.length : end));
}

if (import.meta.main) for (const sample of samples) writeFileSync(pathOf(sample), fixtureText(sample));
