import { Flow } from '../../src/reassembly/flow.ts';
import { DvripFlow } from '../../src/session/dvrip-flow.ts';
import { Message } from '../../src/session/message.ts';

export const FLOW = new Flow(
  3,
  6,
  Uint8Array.of(10, 0, 0, 1, 10, 0, 0, 2),
  [50_000, 34_567],
  [0, 0, 0, 0, 0, 0, 0, 0],
  0,
);

/** A control message, filled with what a test says. */
export function plainMessage(number: number, fields: Partial<Message> = {}): Message {
  const made = Object.assign(new Message(new DvripFlow(FLOW, 1)), { number, ...fields });
  made.header.messageId = 1042;
  made.header.bodyLength = made.length;
  return made;
}
