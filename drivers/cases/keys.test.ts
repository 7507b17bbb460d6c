/** keyctl: number and types of arguments depend on the operation. */
import { PPM } from "#schema/flags";
import {
  KEY_SPEC_SESSION_KEYRING,
  KEYCTL_CLEAR,
  KEYCTL_DESCRIBE,
  KEYCTL_GET_KEYRING_ID,
  KEYCTL_JOIN_SESSION_KEYRING,
  KEYCTL_RESTRICT_KEYRING,
  KEYCTL_SEARCH,
} from "../../harness/program/constants.ts";
import { syscallCase } from "../../harness/run/case.ts";
import { event } from "../../harness/run/expected-event.ts";
import { dyn, empty, i64, type Num, text, u32 } from "../../harness/run/values.ts";

const number = (value: Num) => dyn(PPM.PPM_KEYCTL_IDX_INT64, i64(value));
const string = (value: string) => dyn(PPM.PPM_KEYCTL_IDX_CHARBUF, text(value));
const noString = dyn(PPM.PPM_KEYCTL_IDX_CHARBUF, empty);
const none = number(0);
const session = number(KEY_SPEC_SESSION_KEYRING);

syscallCase("keyctl", "joins a session by name", (p) => {
  const res = p.keyctl(KEYCTL_JOIN_SESSION_KEYRING, "scapyard", 1, 2, 3);
  const operation = u32(PPM.PPM_KEYCTL_JOIN_SESSION_KEYRING);
  const rest = { arg3: none, arg4: none, arg5: none };
  return [event("keyctl", { res: i64(res), operation, arg2: string("scapyard"), ...rest })];
});

syscallCase("keyctl", "joins a new session without a name", (p) => {
  const res = p.keyctl(KEYCTL_JOIN_SESSION_KEYRING, null);
  const operation = u32(PPM.PPM_KEYCTL_JOIN_SESSION_KEYRING);
  return [event("keyctl", { res: i64(res), operation, arg2: noString, arg3: none, arg4: none, arg5: none })];
});

syscallCase("keyctl", "the id of a keyring", (p) => {
  const res = p.keyctl(KEYCTL_GET_KEYRING_ID, KEY_SPEC_SESSION_KEYRING, 1, 77, 88);
  const operation = u32(PPM.PPM_KEYCTL_GET_KEYRING_ID);
  const rest = { arg3: number(1), arg4: none, arg5: none };
  return [event("keyctl", { res: i64(res), operation, arg2: session, ...rest })];
});

syscallCase("keyctl", "a description", (p) => {
  const joined = p.keyctl(KEYCTL_JOIN_SESSION_KEYRING, null);
  const buffer = p.buffer(128);
  const res = p.keyctl(KEYCTL_DESCRIBE, KEY_SPEC_SESSION_KEYRING, buffer, 128);
  const described = { arg2: session, arg3: number(buffer.at()), arg4: number(128), arg5: none };
  const join = u32(PPM.PPM_KEYCTL_JOIN_SESSION_KEYRING);
  return [
    event("keyctl", {
      res: i64(joined),
      operation: join,
      arg2: noString,
      arg3: none,
      arg4: none,
      arg5: none,
    }),
    event("keyctl", { res: i64(res), operation: u32(PPM.PPM_KEYCTL_DESCRIBE), ...described }),
  ];
});

syscallCase("keyctl", "a search fails with ENOKEY", (p) => {
  const target = 0x1234;
  const res = p.keyctl(KEYCTL_SEARCH, KEY_SPEC_SESSION_KEYRING, "user", "no such key", target, {
    errno: "ENOKEY",
  });
  const operation = u32(PPM.PPM_KEYCTL_SEARCH);
  const rest = { arg3: string("user"), arg4: string("no such key"), arg5: number(target) };
  return [event("keyctl", { res: i64(res), operation, arg2: session, ...rest })];
});

syscallCase("keyctl", "a restriction by an unknown type", (p) => {
  const res = p.keyctl(KEYCTL_RESTRICT_KEYRING, KEY_SPEC_SESSION_KEYRING, "no-type", "no-rule", 5, {
    any: true,
  });
  const operation = u32(PPM.PPM_KEYCTL_RESTRICT_KEYRING);
  const rest = { arg3: string("no-type"), arg4: string("no-rule"), arg5: none };
  return [event("keyctl", { res: i64(res), operation, arg2: session, ...rest })];
});

syscallCase("keyctl", "a key that does not exist fails with EINVAL", (p) => {
  const res = p.keyctl(KEYCTL_CLEAR, -100, 0, 0, 0, { errno: "EINVAL" });
  const operation = u32(PPM.PPM_KEYCTL_CLEAR);
  return [
    event("keyctl", { res: i64(res), operation, arg2: number(-100), arg3: none, arg4: none, arg5: none }),
  ];
});

syscallCase("keyctl", "an unknown operation has no arguments", (p) => {
  const res = p.keyctl(999, 1, 2, 3, 4, { errno: "EOPNOTSUPP" });
  return [
    event("keyctl", { res: i64(res), operation: u32(999), arg2: none, arg3: none, arg4: none, arg5: none }),
  ];
});
