/** Interfaces, users and groups: `struct scap_interface`, `scap_user`, `scap_group` of scap.h. */
import { getU64, type Int } from "./int.ts";
import type { ListView } from "./list-view.ts";

export interface Interface {
  readonly ipVersion: 4 | 6;
  readonly name: string;
  readonly address: string;
  readonly netmask: string;
  readonly broadcast: string;
  /** bit/s; 0 if not known */
  readonly linkspeed: Int;
}

export interface User {
  readonly uid: number;
  readonly gid: number;
  readonly name: string;
  readonly home: string;
  readonly shell: string;
}

export interface Group {
  readonly gid: number;
  readonly name: string;
}

export const interfaceSize = 72;
export const userSize = 32;
export const groupSize = 12;

export function interfaceFrom(list: ListView, at: number): Interface {
  const ipVersion = list.view.getUint32(at + 64, true) === 4 ? 4 : 6;
  return {
    ipVersion,
    name: list.text(at + 8),
    address: list.address(at + 16, ipVersion),
    netmask: list.address(at + 32, ipVersion),
    broadcast: list.address(at + 48, ipVersion),
    linkspeed: getU64(list.view, at),
  };
}

export function userFrom(list: ListView, at: number): User {
  return {
    uid: list.view.getUint32(at, true),
    gid: list.view.getUint32(at + 4, true),
    name: list.text(at + 8),
    home: list.text(at + 16),
    shell: list.text(at + 24),
  };
}

export function groupFrom(list: ListView, at: number): Group {
  return { gid: list.view.getUint32(at, true), name: list.text(at + 4) };
}
