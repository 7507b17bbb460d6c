/** Where the reader is: an address (of a target, or of a cell), and the filter. Both stand in the URL, after `#`. */
export interface Place {
  readonly address: string;
  readonly filter: string;
}

/** `#x86_64/debian-6.12/kmod/openat?is:fail` */
export function parsePlace(hash: string): Place {
  const [address = "", ...rest] = hash.replace(/^#/, "").split("?");
  return { address: decode(address), filter: decode(rest.join("?")) };
}

export function formatPlace({ address, filter }: Place): string {
  const path = encodeURI(address).replaceAll("?", "%3F").replaceAll("#", "%23");
  return filter ? `#${path}?${encodeURI(filter).replaceAll("#", "%23")}` : `#${path}`;
}

/** A stray % is itself. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
