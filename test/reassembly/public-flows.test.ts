import { describe, expect, it } from 'vitest';
import {
  type Answer,
  type Decoded,
  decodePublicCaptures,
  decodeWithTshark,
  isHere,
  ROOT,
  TSHARK_IS_WRONG,
} from '../dissectors/public-packets.ts';
import { hasTshark, type OraclePacket } from '../dissectors/tshark-oracle.ts';
import { flowsOf } from './public-flows.ts';

const mustRun = process.env.DVRSCOPE_REQUIRE_TOOLS === '1';

/** A conversation: its ends in the order of their texts, what is counted in it. */
interface Conversation {
  readonly ends: string;
  packets: number;
  /** UDP: captured payload from the first end and from the second (for TCP the streams are held against an own layout). */
  readonly bytes: [number, number];
}

/** The conversations of tshark, in order of their first packets. */
class Conversations {
  readonly #byStream = new Map<string, Conversation>();

  count({ kind, fields }: Answer, stream: string, captured: number): void {
    const [from = '', to = '', fromPort = '', toPort = ''] = fields.split(' ');
    const sender = `${from}:${fromPort}`;
    const receiver = `${to}:${toPort}`;
    const ends = endsOf(kind, [sender, receiver]);
    // The number tells incarnations of a connection apart; datagrams have none.
    const key = kind === 'tcp' ? stream : ends;
    const conversation = this.#byStream.get(key) ?? { ends, packets: 0, bytes: [0, 0] };
    this.#byStream.set(key, conversation);
    conversation.packets += 1;
    conversation.bytes[sender <= receiver ? 0 : 1] += captured;
  }

  get all(): readonly Conversation[] {
    return [...this.#byStream.values()];
  }
}

function endsOf(kind: string, ends: readonly [string, string]): string {
  return `${kind} ${[...ends].sort().join(' ')}`;
}

/** What is right where tshark is not: the one datagram among these was captured whole. */
function corrected({ file, number, answer }: Decoded, oracle: OraclePacket): OraclePacket {
  if (TSHARK_IS_WRONG[`${file} ${number}`] === undefined) return oracle;
  const captured = answer.kind === 'udp' ? Number(answer.fields.split(' ').at(-1)) : 0;
  return { ...oracle, ...answer, stream: 'corrected', captured };
}

async function ours(file: string): Promise<readonly Conversation[]> {
  const flows = await flowsOf(ROOT + file);
  return flows.map(({ protocol, client, server, packets, streams }) => {
    const ends = [`${client.address}:${client.port}`, `${server.address}:${server.port}`] as const;
    const [one, two] = protocol === 'udp' ? [streams[0].bytes, streams[1].bytes] : [0, 0];
    return { ends: endsOf(protocol, ends), packets, bytes: ends[0] <= ends[1] ? [one, two] : [two, one] };
  });
}

describe('the flows of the public captures', () => {
  it.skipIf(!isHere || !(mustRun || hasTshark()))(
    'are the conversations that tshark finds, with as many packets, and for UDP as many bytes (tshark)',
    async () => {
      const packets = await decodePublicCaptures();
      const answers = decodeWithTshark(packets);
      const expected = new Map<string, Conversations>();
      packets.forEach((packet, i) => {
        const conversations = expected.get(packet.file) ?? new Conversations();
        expected.set(packet.file, conversations);
        const oracle = answers[i];
        if (oracle === undefined) throw new Error(`tshark says nothing of ${packet.file}`);
        const answer = corrected(packet, oracle);
        if (answer.kind !== 'other') conversations.count(answer, answer.stream, answer.captured);
      });
      const seen: [string, readonly Conversation[]][] = [];
      for (const file of expected.keys()) seen.push([file, await ours(file)]);
      expect(seen).toEqual([...expected].map(([file, { all }]) => [file, all]));
      const all = seen.flatMap(([, conversations]) => conversations);
      expect(all.filter(({ ends }) => ends.startsWith('tcp')).length).toBeGreaterThan(90);
      expect(all.filter(({ ends }) => ends.startsWith('udp')).length).toBeGreaterThan(90);
    },
    120_000,
  );
});
