import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Analysis } from '../../src/analysis/analysis.ts';
import { readCaptures } from '../../src/capture/read-captures.ts';
import { flowRecord } from '../../src/report/records/flow-record.ts';
import { messageRecord } from '../../src/report/records/message-record.ts';
import type { FlowRecord, MessageRecord } from '../../src/report/records/schemas.ts';
import { StreamDigests } from '../../src/report/stream-digests.ts';

/** What the simulator logged; captures/README.md describes it. */
interface Expected {
  readonly packets: number;
  readonly flows: readonly {
    readonly protocol: string;
    readonly client: unknown;
    readonly server: unknown;
    readonly role: string;
    readonly streams: readonly {
      readonly from: string;
      readonly bytes: number;
      readonly sha256: string;
      readonly gapBytes?: number;
    }[];
  }[];
  readonly messages: {
    readonly total: number;
    readonly control: number;
    readonly media: number;
    readonly list: readonly {
      readonly flow: number;
      readonly from: string;
      readonly id: number;
      readonly sessionId: string;
      readonly sequence: number;
      readonly length: number;
      readonly ret?: number;
      readonly fragments?: number;
      readonly complete?: false;
    }[];
  };
  readonly media: {
    readonly videoFrames: number;
    readonly videoBytes: number;
    readonly audioFrames: number;
    readonly audioBytes: number;
    readonly cutFrames?: number;
  };
  readonly skippedBytes?: number;
  readonly sessions: readonly { readonly sessionId: string; readonly flows: readonly number[] }[];
}

interface Seen {
  readonly packets: number;
  readonly flows: readonly FlowRecord[];
  readonly messages: readonly MessageRecord[];
  readonly media: Analysis['conversations']['media']['totals'];
  readonly sessions: number;
  readonly skippedBytes: number;
  readonly broken: number;
}

const SAMPLES = new URL('../../captures/', import.meta.url);
const names = readdirSync(SAMPLES, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);

async function analyse(path: string): Promise<Seen> {
  const digests = new StreamDigests();
  const flows: FlowRecord[] = [];
  const messages: MessageRecord[] = [];
  let skippedBytes = 0;
  const analysis = new Analysis(
    { tap: (stream) => digests.open(stream) },
    {
      flowEnded: (flow, dvrip) => flows.push(flowRecord(flow, dvrip, digests.take(flow))),
      message: (message) => messages.push(messageRecord(message, { body: false, showSecrets: false })),
      streamFinding: (_dvrip, _side, finding) => {
        if (finding.code === 'framing/skipped-bytes') skippedBytes += finding.params.skipped;
      },
    },
  );
  const files = await readCaptures([path], { packet: (p) => analysis.push(p), drained: () => undefined });
  analysis.end();
  flows.sort((a, b) => a.flow - b.flow);
  return {
    packets: analysis.packets,
    flows,
    messages,
    media: analysis.conversations.media.totals,
    sessions: analysis.conversations.sessions.count,
    skippedBytes,
    broken: files.filter((file) => file.error !== undefined).length,
  };
}

/** By flow and direction, in the order of sending: the order in which both ends spoke is the network's business. */
function byDirection<T extends { readonly flow: number; readonly from: string }>(
  messages: readonly T[],
): T[] {
  return [...messages].sort((a, b) => a.flow - b.flow || a.from.localeCompare(b.from));
}

describe.each(names)('the sample %s', (name) => {
  const folder = new URL(`${name}/`, SAMPLES);
  const expected = JSON.parse(readFileSync(new URL('expected.json', folder), 'utf8')) as Expected;
  const seen = analyse(new URL('capture.pcapng', folder).pathname);

  it('is read whole', async () => {
    expect((await seen).broken).toBe(0);
    expect((await seen).packets).toBe(expected.packets);
  });

  it('has the flows that were opened, with their bytes', async () => {
    const flows = (await seen).flows.map(({ protocol, client, server, role, streams }) => ({
      protocol,
      client,
      server,
      role,
      streams: streams.map(({ from, bytes, sha256, gapBytes }) => ({
        from,
        bytes,
        sha256,
        ...(gapBytes > 0 && { gapBytes }),
      })),
    }));
    expect(flows).toEqual(
      expected.flows.map(({ protocol, client, server, role, streams }) => ({
        protocol,
        client,
        server,
        role,
        streams,
      })),
    );
  });

  it('has the messages that were sent, one by one', async () => {
    const messages = (await seen).messages.map((message) => ({
      flow: message.flow,
      from: message.from,
      id: message.id,
      sessionId: message.sessionId,
      sequence: message.sequence,
      length: message.length,
      ...(message.ret !== undefined && { ret: message.ret }),
      ...(message.fragments !== undefined && { fragments: message.fragments }),
      ...(message.findings.some((f) => f.rule.startsWith('framing/')) && { complete: false as const }),
    }));
    const sent = byDirection(expected.messages.list);
    const found = byDirection(messages);
    expect(found).toEqual(sent);
  });

  it('counts control and media messages, frames and sessions as they were sent', async () => {
    const { messages, media, sessions, skippedBytes } = await seen;
    const carriesMedia = messages.filter((message) => message.channel !== undefined).length;
    expect({
      media: carriesMedia,
      control: messages.length - carriesMedia,
      frames: media,
      sessions,
      skippedBytes,
    }).toEqual({
      media: expected.messages.media,
      control: expected.messages.control,
      frames: { cutFrames: 0, ...expected.media },
      sessions: expected.sessions.length,
      skippedBytes: expected.skippedBytes ?? 0,
    });
  });

  it('assigns each flow to its session', async () => {
    const assigned = new Map((await seen).flows.map((flow) => [flow.flow, flow.session]));
    for (const { flows } of expected.sessions) {
      const numbers = new Set(flows.map((flow) => assigned.get(flow)));
      expect(numbers.size).toBe(1);
      expect(numbers).not.toContain(undefined);
    }
  });

  it('says how it was made', () => {
    expect(readFileSync(new URL('about.md', folder), 'utf8').length).toBeGreaterThan(200);
  });
});

it('there are at least eight samples', () => {
  expect(names.length).toBeGreaterThanOrEqual(8);
});
