/** Points of time as text. Local time is that of the process's TZ. */

const second = 1_000_000_000n;

const pad = (value: number, width = 2) => String(value).padStart(width, "0");

/** Nanoseconds of a second as nine digits. */
export const nineDigits = (nanoseconds: number) => String(1_000_000_000 + nanoseconds).slice(1);

/** The nine digits behind the second. */
export const fraction = (ns: bigint) => nineDigits(Number(ns % second));

/** Most events share their second with the one before: a Date is made once for it. */
let cached = { seconds: -1, date: "", clock: "" };

function local(seconds: number): typeof cached {
  if (seconds !== cached.seconds) {
    const at = new Date(seconds * 1000);
    cached = {
      seconds,
      date: `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}`,
      clock: `${pad(at.getHours())}:${pad(at.getMinutes())}:${pad(at.getSeconds())}`,
    };
  }
  return cached;
}

/** HH:MM:SS, local. @param seconds since the epoch */
export const clockText = (seconds: number) => local(seconds).clock;

/** YYYY-MM-DD HH:MM:SS, local. */
export function dateText(ns: bigint): string {
  const { date, clock } = local(Number(ns / second));
  return `${date} ${clock}`;
}

/** 2026-11-23T21:42:16.654362571+0000, always UTC. */
export function isoText(ns: bigint): string {
  const whole = new Date(Number(ns / second) * 1000).toISOString().slice(0, 19);
  return `${whole}.${fraction(ns)}+0000`;
}
