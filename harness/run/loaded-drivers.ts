/** Drivers in a booted guest: loading them, and what the guest said of them. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Agent } from "../agent/client.ts";
import type { DriverInfo, LoadOptions } from "../agent/messages.ts";
import type { Machine } from "../vm/index.ts";
import { type Cause, causes } from "./results.ts";
import type { Driver } from "./target.ts";
import { TargetUnusable } from "./unusable.ts";

/** Names of the drivers' files in the guest's root directory. */
export const guestModule = "scapyard.ko";
export const guestBtf = "kernel.btf";

/** JSON-safe. */
export type LoadedDriver = Omit<DriverInfo, "apiVersion" | "schemaVersion">;

/** Leaves the agent waiting for its next request. @throws TargetUnusable if a driver does not load */
export async function loadDrivers(
  machine: Machine,
  drivers: readonly Driver[],
  load: Partial<LoadOptions>,
): Promise<LoadedDriver[]> {
  const agent = await Agent.connect(machine.channel, { slowdown: machine.slowdown });
  const loaded: LoadedDriver[] = [];
  for (const engine of drivers) {
    const reply = await agent.load({
      ...load,
      engine,
      ...(engine === "kmod" ? { modulePath: `/${guestModule}` } : {}),
    });
    if (!reply.ok) throw loadFailure(engine, reply.text);
    loaded.push(driverInfo(reply.info));
  }
  return loaded;
}

/** What results tell of it. */
export function driverInfo({ apiVersion: _api, schemaVersion: _schema, ...info }: DriverInfo): LoadedDriver {
  return info;
}

const unsupported: ReadonlySet<Cause> = new Set(["no-btf", "lockdown", "version", "missing-feature"]);

/** libscap's text begins with a cause word and a colon. */
export function loadFailure(driver: Driver, text: string): TargetUnusable {
  const word = text.split(":", 1)[0] as Cause;
  const cause = causes.includes(word) ? word : "other";
  const outcome = unsupported.has(cause) ? "unsupported" : "infra-error";
  const message = `${driver} does not load: ${text}`;
  if (cause !== "verifier") return new TargetUnusable(outcome, cause, message);
  // libscap joins the last lines of the log.
  const lines = text.slice("verifier: ".length).split(" | ");
  return new TargetUnusable(outcome, cause, `${driver} does not load: ${lines.at(-1)}`, {
    verifierLog: lines.join("\n"),
  });
}

/** What is known of a snapshot besides its machine. */
export interface LoadedSnapshot {
  readonly loaded: readonly LoadedDriver[];
  /** Milliseconds of its cold boot, until the agent had opened its port. */
  readonly bootMs: number;
}

/** Of the file below: snapshots with another one are of no use. */
export const loadedFormat = 3;

const file = (directory: string) => join(directory, "drivers.json");

/** Into the directory of a snapshot that is being made. */
export function writeLoaded(directory: string, snapshot: LoadedSnapshot): void {
  writeFileSync(file(directory), JSON.stringify(snapshot));
}

export function readLoaded(directory: string): LoadedSnapshot {
  return JSON.parse(readFileSync(file(directory), "utf8"));
}
