/** All that is known of the machine at one event. */
import type { MachineInfo } from "../../scap/machine.ts";
import { Interfaces } from "./interfaces.ts";
import { Threads } from "./threads.ts";
import { Users } from "./users.ts";

export class State {
  readonly threads = new Threads();
  readonly users = new Users();
  readonly interfaces = new Interfaces();
  readonly machine: MachineInfo | null;

  constructor(machine: MachineInfo | null = null) {
    this.machine = machine;
  }
}
