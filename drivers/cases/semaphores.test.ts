/** System V semaphores. Each case removes what it made. */
import { PPM } from "#schema/flags";
import {
  GETVAL,
  IPC_CREAT,
  IPC_EXCL,
  IPC_NOWAIT,
  IPC_PRIVATE,
  IPC_RMID,
  SEM_UNDO,
  SETVAL,
} from "../../harness/program/constants.ts";
import type { BlockBuilder, ResultRef } from "../../harness/program/index.ts";
import { syscallCase } from "../../harness/run/case.ts";
import { event } from "../../harness/run/expected-event.ts";
import { i64, u16, u32 } from "../../harness/run/values.ts";

const two = (p: BlockBuilder) => p.semget(IPC_PRIVATE, 2, IPC_CREAT | 0o600);
const remove = (p: BlockBuilder, id: ResultRef) => p.semctl(id, 0, IPC_RMID, 0);

syscallCase("semget", "a private set", (p) => {
  const id = p.semget(IPC_PRIVATE, 2, IPC_CREAT | IPC_EXCL | 0o600);
  remove(p, id);
  const semflg = u32(PPM.PPM_IPC_CREAT | PPM.PPM_IPC_EXCL);
  return [event("semget", { res: i64(id), key: u32(IPC_PRIVATE), nsems: u32(2), semflg })];
});

syscallCase("semget", "fails with ENOENT", (p) => {
  const res = p.semget(-0x7357, 1, 0o600, { errno: "ENOENT" });
  return [event("semget", { res: i64(res), key: u32(-0x7357), nsems: u32(1), semflg: u32(0) })];
});

const none = { sem_num_1: u16(0), sem_op_1: u16(0), sem_flg_1: u16(0) };

syscallCase("semop", "one operation", (p) => {
  const id = two(p);
  const res = p.semop(id, p.structs("sembuf", [{ num: 1, op: 3 }]), 1);
  remove(p, id);
  const first = { sem_num_0: u16(1), sem_op_0: u16(3), sem_flg_0: u16(0) };
  return [event("semop", { res: i64(res), nsops: u32(1), ...first, ...none, semid: u32(id) })];
});

syscallCase("semop", "three operations, of which two are told", (p) => {
  const id = two(p);
  const operations = p.structs("sembuf", [
    { num: 1, op: 3, flg: SEM_UNDO },
    { num: 1, op: -2, flg: IPC_NOWAIT | SEM_UNDO },
    { num: 0, op: 0 },
  ]);
  const res = p.semop(id, operations, 3);
  remove(p, id);
  return [
    event("semop", {
      res: i64(res),
      nsops: u32(3),
      sem_num_0: u16(1),
      sem_op_0: u16(3),
      sem_flg_0: u16(PPM.PPM_SEM_UNDO),
      sem_num_1: u16(1),
      sem_op_1: u16(-2),
      sem_flg_1: u16(PPM.PPM_IPC_NOWAIT | PPM.PPM_SEM_UNDO),
      semid: u32(id),
    }),
  ];
});

syscallCase("semop", "a failed call tells no operations", (p) => {
  const id = two(p);
  const res = p.semop(id, p.structs("sembuf", [{ num: 0, op: -1, flg: IPC_NOWAIT }]), 1, { errno: "EAGAIN" });
  remove(p, id);
  const first = { sem_num_0: u16(0), sem_op_0: u16(0), sem_flg_0: u16(0) };
  return [event("semop", { res: i64(res), nsops: u32(1), ...first, ...none, semid: u32(id) })];
});

syscallCase("semctl", "a value set and read, and the set removed", (p) => {
  const id = two(p);
  const set = p.semctl(id, 1, SETVAL, 5);
  const get = p.semctl(id, 1, GETVAL, 99);
  const removed = remove(p, id);
  const semid = u32(id);
  return [
    event("semctl", { res: i64(set), semid, semnum: u32(1), cmd: u16(PPM.PPM_SETVAL), val: u32(5) }),
    event("semctl", { res: i64(get), semid, semnum: u32(1), cmd: u16(PPM.PPM_GETVAL), val: u32(0) }),
    event("semctl", { res: i64(removed), semid, semnum: u32(0), cmd: u16(PPM.PPM_IPC_RMID), val: u32(0) }),
  ];
});

syscallCase("semctl", "fails with EINVAL", (p) => {
  const res = p.semctl(-1, 3, 99, 7, { errno: "EINVAL" });
  return [event("semctl", { res: i64(res), semid: u32(-1), semnum: u32(3), cmd: u16(0), val: u32(0) })];
});
