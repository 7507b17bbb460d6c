/** The machine's state when a capture began, as one value. */
import { type Fd, fdInto, fdSize } from "./fd.ts";
import { listsStruct, pack, TextPool } from "./list-builder.ts";
import {
  type Group,
  groupInto,
  groupSize,
  type Interface,
  interfaceInto,
  interfaceSize,
  type User,
  userInto,
  userSize,
} from "./machine-lists.ts";
import { type Thread, threadInto, threadSize } from "./thread.ts";

export interface Lists {
  readonly threads?: readonly Thread[];
  readonly fds?: readonly Fd[];
  readonly interfaces?: readonly Interface[];
  readonly users?: readonly User[];
  readonly groups?: readonly Group[];
}

/** Lists in C's memory layout. `keep` holds what `struct` points at. */
export interface PackedLists {
  readonly struct: Uint8Array<ArrayBuffer>;
  readonly keep: readonly Uint8Array[];
}

export function packLists({
  threads = [],
  fds = [],
  interfaces = [],
  users = [],
  groups = [],
}: Lists): PackedLists {
  const pool = new TextPool();
  const arrays = [
    pack(threads, threadSize, pool, threadInto),
    pack(fds, fdSize, pool, fdInto),
    pack(interfaces, interfaceSize, pool, interfaceInto),
    pack(users, userSize, pool, userInto),
    pack(groups, groupSize, pool, groupInto),
  ];
  const texts = pool.bytes();
  const counts = [threads, fds, interfaces, users, groups].map(({ length }) => length);
  const keep = [...arrays, texts];
  return { struct: listsStruct(keep, [...counts, texts.length]), keep };
}
