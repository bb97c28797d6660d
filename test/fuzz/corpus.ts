import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MESSAGES } from '../../schemas/registry.ts';
import { Analysis } from '../../src/analysis/analysis.ts';
import type { Message } from '../../src/session/message.ts';
import { bodySeed, exampleBodies, exampleConversations } from './made-seeds.ts';
import { feed, type PcapInput, readFile, writeInput } from './pcap.ts';

/** Enough for a whole conversation; what is longer is begun at several places. */
const PACKETS = 250;
const FILE_BYTES = 200_000;
const STREAM_BYTES = 40_000;
const MOST_BODIES = 800;

/** What the fuzzer begins with: the sample captures, and the public ones where they are at hand. */
export interface Corpus {
  /** Capture files as they are. */
  readonly files: readonly Buffer[];
  /** DVRIP conversations, as plain pcap. */
  readonly conversations: readonly Buffer[];
  /** Small ones that rules bring as their examples. */
  readonly examples: readonly Buffer[];
  /** Packets of public captures by the folder they lie in (ip, linktypes, tcp, tunnels …), as plain pcap. */
  readonly publicOnes: ReadonlyMap<string, readonly Buffer[]>;
  /** Bytes of one direction of a connection. */
  readonly streams: readonly Buffer[];
  /** Control bodies, behind two bytes that choose a message. */
  readonly bodies: readonly Buffer[];
  /** What media messages of one direction carry. */
  readonly media: readonly Buffer[];
}

/** @param root of the project */
export async function loadCorpus(root: string): Promise<Corpus> {
  const samples = join(root, 'captures');
  const paths = readdirSync(samples, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => join(samples, name, 'capture.pcapng'))
    .sort();
  const conversations = (await Promise.all(paths.map((path) => readFile(path, 4 * PACKETS)))).flatMap(
    windows,
  );
  const publicOnes = new Map<string, readonly Buffer[]>();
  const files = paths.map(beginning);
  const shared = join(root, '../shared/captures/public');
  const folders = existsSync(shared) ? readdirSync(shared, { withFileTypes: true }) : [];
  for (const { name } of folders.filter((entry) => entry.isDirectory())) {
    const found = readdirSync(join(shared, name))
      .sort()
      .map((file) => join(shared, name, file));
    files.push(...found.map(beginning));
    publicOnes.set(name, (await Promise.all(found.map((path) => readFile(path, PACKETS)))).flatMap(windows));
  }
  const { streams, bodies, media } = partsOf(conversations);
  return {
    files,
    conversations,
    examples: exampleConversations(),
    publicOnes,
    streams,
    bodies: [...bodies, ...exampleBodies()],
    media,
  };
}

function beginning(path: string): Buffer {
  return readFileSync(path).subarray(0, FILE_BYTES);
}

function windows(inputs: readonly PcapInput[]): readonly Buffer[] {
  return inputs.flatMap(({ linkType, records }) => {
    const all: Buffer[] = [];
    for (let at = 0; at < records.length; at += PACKETS) {
      all.push(writeInput({ linkType, records: records.slice(at, at + PACKETS) }));
    }
    return all;
  });
}

function partsOf(conversations: readonly Buffer[]): Pick<Corpus, 'streams' | 'bodies' | 'media'> {
  const streams: Buffer[] = [];
  const bodies = new Map<string, Buffer>();
  const media: Buffer[] = [];
  for (const conversation of conversations) {
    const heard = new Map<object, Buffer[]>();
    const payload: Buffer[] = [];
    const message = (m: Message) => {
      const body = Buffer.from(m.body.subarray(m.bodyStart, m.bodyEnd));
      if (m.definition === undefined || body.length === 0) return;
      if (m.name === 'MONITOR_DATA') payload.push(body);
      if (bodies.size < MOST_BODIES)
        bodies.set(body.toString('latin1'), bodySeed(MESSAGES.indexOf(m.definition), body).subarray(0, 4000));
    };
    const analysis = new Analysis(
      {
        keptMediaBytes: 1 << 16,
        tap: (stream) => ({
          data: (bytes, start, end) => {
            const before = heard.get(stream) ?? [];
            heard.set(stream, before);
            before.push(Buffer.from(bytes.subarray(start, end)));
          },
          gap: () => undefined,
          end: () => undefined,
        }),
      },
      { message },
    );
    feed(conversation, (packet) => analysis.push(packet));
    analysis.end();
    for (const parts of heard.values()) streams.push(Buffer.concat(parts).subarray(0, STREAM_BYTES));
    if (payload.length > 0) media.push(Buffer.concat(payload).subarray(0, STREAM_BYTES));
  }
  return { streams, bodies: [...bodies.values()], media };
}
