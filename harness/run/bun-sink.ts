/** Under `bun test`, each case is a test on the target that SCAPYARD_TARGET names. */
import { afterAll, test } from "bun:test";
import { collectCases } from "./case.ts";
import { CaseSession } from "./session.ts";

/** Milliseconds: the first case may build a driver and boot; deadlines that know the guest end everything earlier. */
const patience = 300_000;

let session: CaseSession | null = null;

collectCases((item) => {
  session ??= CaseSession.fromEnvironment();
  const current = session;
  if (current.selects(item)) test(item.id, () => current.run(item), patience);
});

// This file is preloaded, so it is about the whole run and not about one test file.
afterAll(() => session?.[Symbol.asyncDispose]());
