/** Which end of a socket is on the machine that was captured. */
import type { FdInfo } from "../state/fd.ts";
import type { SinspEvent } from "./getter.ts";

const sourceIsLocal = ({ ends }: FdInfo, { state }: SinspEvent) => state.interfaces.isLocal(ends.source);

export const localAddress = (info: FdInfo, evt: SinspEvent) =>
  sourceIsLocal(info, evt) ? info.ends.source : info.ends.dest;
export const remoteAddress = (info: FdInfo, evt: SinspEvent) =>
  sourceIsLocal(info, evt) ? info.ends.dest : info.ends.source;
export const localPort = (info: FdInfo, evt: SinspEvent) =>
  sourceIsLocal(info, evt) ? info.ends.sourcePort : info.ends.destPort;
export const remotePort = (info: FdInfo, evt: SinspEvent) =>
  sourceIsLocal(info, evt) ? info.ends.destPort : info.ends.sourcePort;
