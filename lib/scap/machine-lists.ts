/** Interfaces, users and groups: `struct scap_interface`, `scap_user`, `scap_group` of scap.h. */
import { getU64, type Int } from "./int.ts";
import type { Item } from "./list-builder.ts";
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

export function interfaceInto(to: Item, item: Interface): void {
  to.u64(0, item.linkspeed);
  to.text(8, item.name);
  to.address(16, item.address, item.ipVersion);
  to.address(32, item.netmask, item.ipVersion);
  to.address(48, item.broadcast, item.ipVersion);
  to.u32(64, item.ipVersion);
}

export function userInto(to: Item, user: User): void {
  to.u32(0, user.uid, user.gid);
  to.text(8, user.name);
  to.text(16, user.home);
  to.text(24, user.shell);
}

export function groupInto(to: Item, group: Group): void {
  to.u32(0, group.gid);
  to.text(4, group.name);
}
