import type { Dialect } from '../../schemas/registry.ts';

/** A body as the specification prints it or as the field notes describe it: its message, who sent it, what it says. */
export interface GoodBody {
  readonly id: number;
  readonly from: 'client' | 'device';
  readonly body: Readonly<Record<string, unknown>>;
  /** In the one dialect only; else in both. */
  readonly dialect?: Dialect;
}

export const SessionID = '0x0000000B';
export const time = '2026-11-22 10:00:00';

export function asked(id: number, body: Readonly<Record<string, unknown>>): GoodBody {
  return { id, from: 'client', body: { SessionID, ...body } };
}

export function answered(id: number, body: Readonly<Record<string, unknown>> = {}): GoodBody {
  return { id, from: 'device', body: { Name: '', Ret: 100, SessionID, ...body } };
}

export function carried(id: number, Name: string, value: unknown): GoodBody {
  return asked(id, { Name, [Name]: value });
}

export function gave(id: number, Name: string, value: unknown): GoodBody {
  return answered(id, { Name, [Name]: value });
}

/** What both sides agree on before an encrypted session (field notes §8). */
export const negotiation = {
  Bits: 1024,
  CommunicateBits: 128,
  CommunicateEncryptAlgo: 'AES',
  DataEncryptionType: { AES: true },
  DHParameter: { RandomStrB: 'x' },
  EncryptAlgo: 'RSA_V1.5',
  LoginEncryptionType: { MD5: true, RSA: true },
  NotEncryptMsgID: [1000, 1001],
  PublicKey: '89D8,010001',
  Ret: 100,
};
