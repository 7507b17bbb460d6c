/** A duplex byte stream to the agent: a virtio-serial port's socket, or a pipe pair in tests. */
export interface Channel {
  /** The next bytes in the order sent, or null when the peer has closed. One reader at a time. */
  read(): Promise<Uint8Array | null>;
  write(data: Uint8Array): Promise<void>;
  close(): void;
}
