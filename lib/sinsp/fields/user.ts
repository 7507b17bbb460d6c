/** Fields of the user and group that an event's thread runs as. */
import type { Thread } from "../state/thread.ts";
import { noUser } from "../state/thread.ts";
import type { Users } from "../state/users.ts";
import { type FieldValue, type GetterMaker, type Getters, of } from "./getter.ts";

const thread = (get: (thread: Thread, users: Users) => FieldValue): GetterMaker =>
  of((evt) => (evt.thread ? get(evt.thread, evt.state.users) : null));

export const user: Getters = {
  "user.uid": thread(({ uid }) => uid),
  "user.name": thread(({ uid }, users) => users.user(uid).name),
  "user.homedir": thread(({ uid }, users) => users.user(uid).home),
  "user.shell": thread(({ uid }, users) => users.user(uid).shell),
  "user.loginuid": thread(({ loginuid }) => (loginuid === noUser ? -1 : loginuid)),
  "user.loginname": thread(({ loginuid }, users) => users.user(loginuid).name),
  "group.gid": thread(({ gid }) => gid),
  "group.name": thread(({ gid }, users) => users.group(gid).name),
};
