/** A throwaway signing key, for archives that tests make up. */
import { join } from "node:path";
import { $ } from "zx";

export interface SigningKey {
  /** File that gpgv takes as keyring. */
  readonly keyring: string;
  clearSign(input: string, output: string): Promise<void>;
}

/** @param home a directory with a short path: gpg's agent makes a socket in it */
export async function makeSigningKey(home: string): Promise<SigningKey> {
  const gpg = [
    "gpg",
    "--homedir",
    home,
    "--batch",
    "--quiet",
    "--yes",
    "--passphrase",
    "",
    "--pinentry-mode",
    "loopback",
  ];
  const keyring = join(home, "keyring.gpg");
  await $({ quiet: true })`${gpg} --quick-generate-key ${"Archive of a test"} ed25519 sign never`;
  await $({ quiet: true })`${gpg} --output ${keyring} --export`;
  return {
    keyring,
    clearSign: async (input, output) => {
      await $({ quiet: true })`${gpg} --output ${output} --clear-sign ${input}`;
    },
  };
}
