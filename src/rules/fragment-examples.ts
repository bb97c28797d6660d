import { client, device, example, login } from './example.ts';

/** The two halves of a request that goes in two packets. */
export const HALVES = ['{"Name":"SystemInfo",', '"SessionID":"0x0000000B"}'] as const;

/** The request in two packets, as it should be. */
export function inTwoPackets() {
  return example(
    'a request in two packets',
    login(),
    client(1, 1020, HALVES[0], { byte12: 2, byte13: 0, sequence: 1 }),
    client(1.1, 1020, HALVES[1], { byte12: 2, byte13: 1, sequence: 1 }),
    device(1.2, 1021),
  );
}
