import { describe, expect, it } from 'vitest';
import { ACK, FIN, SYN } from '../support/tcp-writer.ts';
import { TcpHarness } from './tcp-harness.ts';

const client = (port: number, address = '10.0.0.1') => ({ address, port });

describe('the flow table', () => {
  it('tells flows apart by both addresses and both ports, in both directions', () => {
    const h = new TcpHarness();
    for (const who of [client(1), client(2), client(1, '10.0.0.3'), client(256), client(1)]) {
      h.send({ client: who, sequence: 9, flags: SYN });
      h.send({ client: who, side: 1, sequence: 9, acknowledgement: 10, flags: SYN | ACK });
    }
    h.end();
    expect(h.closed.map((f) => [f.number, f.packets])).toEqual([
      [1, 4],
      [2, 2],
      [3, 2],
      [4, 2],
    ]);
  });

  it('finds each of very many flows again', () => {
    const h = new TcpHarness({}, 20_000);
    for (const round of [0, 1]) {
      for (let i = 0; i < 5000; i++) {
        const who = client(1 + (i % 50), `10.1.${i % 100}.${Math.floor(i / 100)}`);
        h.send({ client: who, sequence: round, side: round === 0 ? 0 : 1 });
      }
    }
    h.end();
    expect(h.table.opened).toBe(5000);
    expect(h.closed.every((f) => f.packets === 2)).toBe(true);
    expect(h.closed.map((f) => f.number)).toEqual(Array.from({ length: 5000 }, (_, i) => i + 1));
  });

  it('takes the sender of the SYN for the client, without one the higher port', () => {
    const h = new TcpHarness().send(
      { client: client(7), side: 1, sequence: 1, acknowledgement: 5, flags: SYN | ACK },
      { client: client(50_000), side: 1, sequence: 1 },
      { client: client(80), sequence: 1, flags: SYN },
    );
    h.end();
    expect(h.closed.map((f) => f.port(f.client))).toEqual([7, 50_000, 80]);
  });

  it('makes room at the limit: closes what has ended first, and counts only flows that had not', () => {
    const h = new TcpHarness({}, 8);
    for (let port = 1; port <= 8; port++)
      h.send({ client: client(port), sequence: 0, data: 'x', seconds: port });
    h.send({ client: client(5), sequence: 1, flags: FIN | ACK, seconds: 20 });
    h.send({ client: client(5), side: 1, sequence: 1, flags: FIN | ACK, seconds: 20 });
    h.send({ client: client(100), sequence: 0, seconds: 30 });
    expect(h.closed.map((f) => f.port0)).toEqual([5]);
    expect(h.table.evicted).toBe(0);
    h.send({ client: client(101), sequence: 0, seconds: 31 });
    expect(h.closed.map((f) => f.port0)).toEqual([5, 1]);
    expect([h.table.evicted, h.table.size, h.table.opened]).toEqual([1, 8, 10]);
    // What the evicted flow still held is told before it goes.
    expect(h.text('client', 1)).toBe('x.');
  });

  it('stays at its limit under a flood of SYNs', () => {
    const h = new TcpHarness({}, 100);
    for (let i = 0; i < 3000; i++) h.send({ client: client(1 + i), sequence: i, flags: SYN, seconds: i });
    expect([h.table.evicted, h.table.size, h.table.opened]).toEqual([2900, 100, 3000]);
    h.end();
    expect([h.table.size, h.closed.length]).toEqual([0, 3000]);
  });
});
