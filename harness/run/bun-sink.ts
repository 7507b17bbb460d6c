/** Under `bun test`, each case is a test on the target that SCAPYARD_TARGET names. */
import { afterAll, test } from "bun:test";
import { collectCases, type SyscallCase } from "./case.ts";
import { CaseSession } from "./session.ts";

/** Milliseconds: the first case may build a driver and boot; deadlines that know the guest end everything earlier. */
const patience = 300_000;

let session: CaseSession | null = null;

function addTest(item: SyscallCase): void {
  session ??= openSession();
  const current = session;
  if (current.selects(item)) test(item.id, () => current.run(item), patience);
}

/** One session for each test file: its guest goes when the file's tests are done. */
function openSession(): CaseSession {
  afterAll(async () => {
    const done = session;
    session = null;
    await done?.[Symbol.asyncDispose]();
  });
  return CaseSession.fromEnvironment();
}

collectCases(addTest);
