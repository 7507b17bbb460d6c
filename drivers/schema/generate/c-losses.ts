/** scap_losses.h: the kinds that losses are counted by, for BPF, kernel and user space. */
import type { Schema } from "../model/model.ts";
import { cEnum, cHeader, cXMacro } from "./c.ts";

export function lossesHeader({ losses }: Schema): string {
  const constant = (name: string) => `SCAP_LOSS_${name.toUpperCase()}`;
  const members = ["other", ...losses.map(({ name }) => name), "max"];
  const parts = [
    cEnum(
      "scap_loss",
      members.map((name, value) => [constant(name), value]),
    ),
    "\n/* X(event code, enum scap_loss): the rest is SCAP_LOSS_OTHER. */",
    cXMacro(
      "SCAP_LOSSES",
      losses.flatMap(({ name, events }) => events.map((symbol) => `PPME_${symbol}, ${constant(name)}`)),
    ),
    "\n/* X(enum scap_loss, name), in their order, without SCAP_LOSS_OTHER. */",
    cXMacro(
      "SCAP_LOSS_NAMES",
      losses.map(({ name }) => `${constant(name)}, ${name}`),
    ),
  ];
  return cHeader("What lost events are counted as.", "SCAP_LOSSES_H", parts.join("\n"));
}
