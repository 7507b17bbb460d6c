/** How sockets are called. */
import type { SockAddr, SockTuple } from "../../scap/address.ts";
import type { IpEnds } from "./fd.ts";

export const endsText = ({ source, sourcePort, dest, destPort }: IpEnds) =>
  `${source}:${sourcePort}->${dest}:${destPort}`;

export function tupleText(tuple: SockTuple): string {
  if (tuple.family === "unix") {
    const { source, dest, path } = tuple as Extract<SockTuple, { family: "unix" }>;
    return `${source.toString(16)}->${dest.toString(16)} ${path}`;
  }
  const ends = tupleEnds(tuple);
  return ends ? endsText(ends) : `family ${tuple.family}`;
}

/** undefined: not of IP. */
export function tupleEnds(tuple: SockTuple): IpEnds | undefined {
  if (tuple.family !== "inet" && tuple.family !== "inet6") return undefined;
  const { source, dest } = tuple as Extract<SockTuple, { family: "inet" | "inet6" }>;
  return { source: source.address, sourcePort: source.port, dest: dest.address, destPort: dest.port };
}

export function addressText(address: SockAddr): string {
  if ("path" in address) return address.path;
  return "port" in address ? `${address.address}:${address.port}` : `family ${address.family}`;
}
