/** Users and groups by number, of the host or of a container. */

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

const key = (container: string, id: number) => `${container} ${id}`;

/** The container id of the host itself. */
export const host = "";

const ofHost = <T>(all: ReadonlyMap<string, T>): T[] =>
  [...all].filter(([at]) => at.startsWith(`${host} `)).map(([, one]) => one);

export class Users {
  readonly #users = new Map<string, User>();
  readonly #groups = new Map<string, Group>();
  #closed = false;

  /** Forget all, and learn no more. */
  close(): void {
    this.#users.clear();
    this.#groups.clear();
    this.#closed = true;
  }

  add(user: User, container = host): void {
    if (!this.#closed) this.#users.set(key(container, user.uid), user);
  }

  remove(uid: number, container = host): void {
    this.#users.delete(key(container, uid));
  }

  addGroup(group: Group, container = host): void {
    if (!this.#closed) this.#groups.set(key(container, group.gid), group);
  }

  removeGroup(gid: number, container = host): void {
    this.#groups.delete(key(container, gid));
  }

  /** Those that a capture file lists. */
  get hostUsers(): User[] {
    return ofHost(this.#users);
  }

  get hostGroups(): Group[] {
    return ofHost(this.#groups);
  }

  known(uid: number, container = host): User | undefined {
    return this.#users.get(key(container, uid));
  }

  knownGroup(gid: number, container = host): Group | undefined {
    return this.#groups.get(key(container, gid));
  }

  /** An unknown user is a value, too: root for 0, else "<NA>". */
  user(uid: number, container = host): User {
    return (
      this.known(uid, container) ??
      (uid === 0
        ? { uid, gid: 0, name: "root", home: "/root", shell: "<NA>" }
        : { uid, gid: uid, name: "<NA>", home: "<NA>", shell: "<NA>" })
    );
  }

  group(gid: number, container = host): Group {
    return this.#groups.get(key(container, gid)) ?? { gid, name: gid === 0 ? "root" : "<NA>" };
  }
}
