import { type Decoded, TSHARK_IS_WRONG } from '../dissectors/public-packets.ts';
import type { OraclePacket } from '../dissectors/tshark-oracle.ts';

const FIN = 1;
const SYN = 2;
const RST = 4;
const ACK = 16;

/** What the headers say of one direction, as sequence numbers from its first byte on. */
interface Direction {
  first: number | undefined;
  /** Behind the last byte that was sent, captured or cut off by the snap length. */
  sent: number;
  fin: number | undefined;
  acknowledged: number;
}

/**
 * How many bytes each direction of the connections is long by the headers that tshark decodes: up to the FIN, else up to
 * what the peer has acknowledged or the last segment reaches. By file, tshark's number of the connection, and sender.
 */
export class KnownEnds {
  readonly #directions = new Map<string, Direction>();

  constructor(packets: readonly Decoded[], answers: readonly OraclePacket[]) {
    packets.forEach(({ file, number }, i) => {
      const answer = answers[i];
      if (answer?.kind !== 'tcp' || TSHARK_IS_WRONG[`${file} ${number}`] !== undefined) return;
      const [from = '', to = '', fromPort = '', toPort = '', ...rest] = answer.fields.split(' ');
      const [length = 0, sequence = 0, acknowledgement = 0, flags = 0] = rest.map(Number);
      this.#take(this.#of(file, answer.stream, `${from}:${fromPort}`), length, sequence, flags);
      if ((flags & ACK) !== 0) {
        note(this.#of(file, answer.stream, `${to}:${toPort}`), acknowledgement);
      }
    });
  }

  /** The connections of a file, by tshark's numbers, in order. */
  streams(file: string): readonly string[] {
    const keys = [...this.#directions.keys()].map((key) => key.split(' '));
    return [...new Set(keys.filter(([name]) => name === file).map(([, stream = '']) => stream))];
  }

  /** Bytes from the first to the last that are known of. */
  length(file: string, stream: string, sender: string): number {
    const { first, sent, fin, acknowledged } = this.#of(file, stream, sender);
    if (first === undefined) return 0;
    if (fin !== undefined) return fin;
    // One number alone may be that of a FIN that was not captured.
    return acknowledged > sent + 1 ? acknowledged : sent;
  }

  #of(file: string, stream: string, sender: string): Direction {
    const key = `${file} ${stream} ${sender}`;
    const found = this.#directions.get(key) ?? { first: undefined, sent: 0, fin: undefined, acknowledged: 0 };
    this.#directions.set(key, found);
    return found;
  }

  #take(direction: Direction, length: number, sequence: number, flags: number): void {
    const payload = (flags & RST) !== 0 ? 0 : length;
    const start = (flags & SYN) !== 0 ? (sequence + 1) | 0 : sequence;
    if ((flags & (SYN | FIN)) !== 0 || payload > 0) direction.first ??= start;
    if (direction.first === undefined) return;
    let at = (start - direction.first) | 0;
    // A direction that was captured from its middle on may show its beginning late.
    if (at < 0 && payload > 1 && direction.sent > 0) {
      direction.first = start;
      direction.sent -= at;
      direction.acknowledged -= at;
      at = 0;
    }
    direction.sent = Math.max(direction.sent, at + payload);
    // A FIN behind what has been sent belongs to another connection.
    if ((flags & FIN) !== 0 && at + payload >= direction.sent) direction.fin ??= at + payload;
  }
}

function note(direction: Direction, acknowledgement: number): void {
  if (direction.first === undefined) return;
  direction.acknowledged = Math.max(direction.acknowledged, (acknowledgement - direction.first) | 0);
}
