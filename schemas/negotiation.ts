import { flag, group, integer, list, map, maybe, text } from './kinds.ts';

/** What both sides agree on before an encrypted session (field notes §8), in a 1413 claim or in 1010. */

/** Beside the claimed stream, a newer client gives its random text. */
export function claimMembers() {
  return { DHParameter: maybe(randomTexts()) };
}

/** The public key of the device, the forms of login and encryption it takes, and the ids it never encrypts. */
export function negotiationMembers() {
  return {
    Bits: maybe(integer('length of the RSA key', { unit: 'bit' })),
    EncryptAlgo: maybe(text('algorithm for the login, RSA_V1.5')),
    PublicKey: maybe(text('RSA modulus and exponent, hexadecimal, between them a comma')),
    CommunicateBits: maybe(integer('length of the session key', { unit: 'bit' })),
    CommunicateEncryptAlgo: maybe(text('algorithm for the session, AES')),
    DataEncryptionType: maybe(map('encryptions of the session', flag('supported'))),
    LoginEncryptionType: maybe(map('forms of the password', flag('supported'))),
    NotEncryptMsgID: maybe(list('messages that are never encrypted', integer('message id'))),
    DHParameter: maybe(randomTexts()),
  };
}

function randomTexts() {
  return group('random texts that go into the hash of the password', {
    RandomStrA: maybe(text('of the client')),
    RandomStrB: maybe(text('of the device')),
  });
}
