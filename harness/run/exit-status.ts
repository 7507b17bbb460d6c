/** Exit status of every command. */
export const exitStatus = {
  ok: 0,
  /** A case failed, is partial or flaky, or a listed non-pass passed. */
  fail: 1,
  usage: 2,
  /** No verdict: something other than the code under test broke. */
  infra: 3,
  interrupted: 130,
} as const;
