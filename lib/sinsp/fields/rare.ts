/** Fields of plugins' events and of what the orchestrator of containers once sent. */
import { PPME } from "#schema/events";
import { type Getter, type Getters, of } from "./getter.ts";

/** Index of `Event:start;ID:…;name:…;Image:…` in an infrastructure event. */
const description = 2;

/** What stands between the first colon and the next one, of the first piece that begins so. */
const piece = (begin: string, shape: (value: string, all: string) => string = (value) => value): Getter => {
  return (evt) => {
    if (evt.code !== PPME.INFRASTRUCTURE_EVENT_E || !evt.raw.has(description)) return null;
    const pieces = (evt.param(description) as string).split(";").map((one) => one.trim());
    const found = pieces.find((one) => one.startsWith(begin));
    const colon = found?.indexOf(":") ?? -1;
    if (colon < 0) return null;
    const all = found!.slice(colon + 1);
    return shape(all.replace(/:.*$/s, "").trim(), all.trim());
  };
};

/** A name may be followed by the digest of what it names; an image without a name has the digest only. */
const imageName = (image: string, all: string) =>
  image.includes("sha256") && !image.includes("@") ? all : image.replace(/@.*$/s, "").trim();

const idLength = 12;

export const rare: Getters = {
  // No plugin can be loaded yet, so no event has one.
  "evt.pluginname": of(() => null),
  "evt.plugininfo": of(() => null),
  "evt.infra.docker.name": of(piece("Event")),
  "evt.infra.docker.container.id": of(piece("ID", (id) => id.slice(0, idLength))),
  "evt.infra.docker.container.name": of(piece("name")),
  "evt.infra.docker.container.image": of(piece("Image", imageName)),
};
