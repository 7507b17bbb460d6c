/** Fields of a socket's two ends at once, and of networks: what filters compare. */
import type { FdInfo } from "../state/fd.ts";
import { ofFd, ofIp } from "./fd.ts";
import type { FieldValue, GetterMaker, Getters, SinspEvent } from "./getter.ts";
import { localAddress, remoteAddress } from "./local.ts";

/** Of a listening socket its one; of what is no IP socket none. */
const addresses = ({ isIp, isIpServer, ends }: FdInfo) =>
  isIp ? [ends.source, ends.dest] : isIpServer ? [ends.dest] : [];

const ports = ({ isIp, isIpServer, ends }: FdInfo) =>
  isIp ? [ends.sourcePort, ends.destPort] : isIpServer ? [ends.destPort] : [];

const serverAddress: GetterMaker = ofFd(({ isIpServer, isIp, role, ends }) =>
  (isIp || isIpServer) && role ? ends.dest : null,
);

/** The name that the user of this library gave an address. Nobody else is asked: a capture means the same everywhere. */
const named = (address: (fd: FdInfo, evt: SinspEvent) => FieldValue): GetterMaker =>
  ofIp((fd, evt) => evt.state.hostNames.get(address(fd, evt) as string) ?? null);

export const bothEnds: Getters = {
  "fd.ip": ofFd(addresses),
  "fd.port": ofFd(ports),
  "fd.proto": ofFd(ports),
  "fd.net": ofFd(addresses),
  "fd.cnet": ofIp(({ ends }) => ends.source),
  "fd.snet": serverAddress,
  "fd.lnet": ofIp(localAddress),
  "fd.rnet": ofIp(remoteAddress),
  "fd.cip.name": named(({ ends }) => ends.source),
  "fd.sip.name": named(({ ends }) => ends.dest),
  "fd.lip.name": named(localAddress),
  "fd.rip.name": named(remoteAddress),
};
