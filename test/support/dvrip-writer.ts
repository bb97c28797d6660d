/** Builds DVRIP messages by the table of specification 3.1, for tests; knows nothing of the analyzer's decoders. */

export interface WrittenMessage {
  readonly id: number;
  readonly version?: number;
  readonly reserved1?: number;
  readonly reserved2?: number;
  readonly sessionId?: number;
  readonly sequence?: number;
  /** Total packets, or the channel. */
  readonly byte12?: number;
  /** Number of the packet, or the end flag. */
  readonly byte13?: number;
  readonly body?: Uint8Array;
  /** What the header says; the length of `body` unless given. */
  readonly length?: number;
}

export function writeMessage(message: WrittenMessage): Buffer {
  const body = message.body ?? Buffer.alloc(0);
  const header = Buffer.alloc(20);
  header[0] = 0xff;
  header[1] = message.version ?? 0;
  header[2] = message.reserved1 ?? 0;
  header[3] = message.reserved2 ?? 0;
  header.writeUInt32LE(message.sessionId ?? 0, 4);
  header.writeUInt32LE(message.sequence ?? 0, 8);
  header[12] = message.byte12 ?? 0;
  header[13] = message.byte13 ?? 0;
  header.writeUInt16LE(message.id, 14);
  header.writeUInt32LE(message.length ?? body.length, 16);
  return Buffer.concat([header, body]);
}

/** A JSON body with the trailer that devices append. */
export function jsonBody(value: unknown): Buffer {
  return Buffer.from(`${JSON.stringify(value)}\n\0`);
}

/** A media chunk: key frame (FC), inter frame (FD), audio (FA), information (F9) or picture (FE). */
export function writeChunk(type: number, payload: Uint8Array): Buffer {
  const isLong = type === 0xfc || type === 0xfe;
  const header = Buffer.alloc(isLong ? 16 : 8);
  header[2] = 1;
  header[3] = type;
  if (isLong) header.writeUInt32LE(payload.length, 12);
  else if (type === 0xfd) header.writeUInt32LE(payload.length, 4);
  else header.writeUInt16LE(payload.length, 6);
  return Buffer.concat([header, payload]);
}
