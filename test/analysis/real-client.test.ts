import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { Analysis } from '../../src/analysis/analysis.ts';
import { readCaptures } from '../../src/capture/read-captures.ts';

const ROOT = fileURLToPath(new URL('../../../shared/captures/real-clients/', import.meta.url));
const isHere = existsSync(ROOT);

/** A line of the log that the device program wrote: what it received and sent, that a client came or went. */
interface Logged {
  readonly dir: 'accept' | 'rx' | 'tx' | 'end';
  readonly port: number;
  readonly id: number;
  readonly sid: number;
  readonly seq: number;
  readonly len: number;
}

describe('the capture of the public Python client', () => {
  it.skipIf(!isHere)('holds, message by message, what the device received and sent', async () => {
    const lines = readFileSync(`${ROOT}python-dvr.log.ndjson`, 'utf8').trimEnd().split('\n');
    const logged: Logged[] = lines.map((line) => JSON.parse(line));
    const seen: Logged[] = [];
    const invalid: string[] = [];
    const analysis = new Analysis(
      {},
      {
        message({ flow, from, header, length, valid, name, number }) {
          const port = flow.port(flow.client);
          const dir = from === 'client' ? 'rx' : 'tx';
          seen.push({
            dir,
            port,
            id: header.messageId,
            sid: header.sessionId,
            seq: header.sequence,
            len: length,
          });
          if (!valid) invalid.push(`${number} ${name}`);
        },
        streamFinding: (_dvrip, _side, finding) => invalid.push(finding.code),
      },
    );
    await readCaptures([`${ROOT}python-dvr.pcapng`], {
      packet: (packet) => analysis.push(packet),
      drained: () => undefined,
    });
    analysis.end();
    const messages = logged.filter(({ dir }) => dir === 'rx' || dir === 'tx');
    expect(messages.length).toBeGreaterThan(500);
    expect(seen).toEqual(messages);
    expect(analysis.tcpFlows).toBe(logged.filter(({ dir }) => dir === 'accept').length);
    expect(invalid).toEqual([]);
  });
});
