import { OBJECTS, ObjectSchemas } from '../../schemas/objects.ts';
import { MESSAGES } from '../../schemas/registry.ts';
import { exampleBody, exampleOf } from '../../src/report/schema-example.ts';
import { ALL_RULES } from '../../src/rules/all-rules.ts';
import { jsonBody } from '../support/dvrip-writer.ts';
import { examplePackets } from '../support/example-packets.ts';
import { writeInput } from './pcap.ts';

const CONFIG_GET_REPLY = 1043;
const ABILITY_GET_REPLY = 1361;

/** The conversations that rules bring as their examples: small, and each goes another way through the rules. */
export function exampleConversations(): readonly Buffer[] {
  return ALL_RULES.flatMap(({ rule }) => {
    const { obeys, breaks, unsure = [] } = rule.examples();
    return [...obeys, ...breaks, ...unsure].map((example) => {
      const records = examplePackets(example).map(({ bytes, seconds = 0, nanoseconds = 0, wireLength }) => ({
        seconds,
        nanoseconds,
        wireLength: wireLength ?? bytes.length,
        bytes: Buffer.from(bytes),
      }));
      return writeInput({ linkType: 1, records });
    });
  });
}

/** Bodies behind the two bytes that choose a message. */
export function bodySeed(message: number, body: Uint8Array): Buffer {
  const front = Buffer.alloc(2);
  front.writeUInt16LE(message);
  return Buffer.concat([front, body]);
}

/** A body of every message with all that it may say, and every object that messages carry. */
export function exampleBodies(): readonly Buffer[] {
  const schemas = new ObjectSchemas();
  const messages = MESSAGES.flatMap((message, place) => {
    const value = exampleBody(message);
    return value === undefined ? [] : [bodySeed(place, jsonBody(value))];
  });
  const placeOf = (id: number) => MESSAGES.findIndex((message) => message.id === id);
  const places = { ability: placeOf(ABILITY_GET_REPLY), other: placeOf(CONFIG_GET_REPLY) };
  const objects = OBJECTS.flatMap(({ name, family }) => {
    const schema = schemas.select(name, true)?.schema;
    if (schema === undefined) return [];
    const value = { Name: name, Ret: 100, SessionID: '0x01', [name]: exampleOf(schema, 'full') };
    return [bodySeed(family === 'ability' ? places.ability : places.other, jsonBody(value))];
  });
  return [...messages, ...objects];
}
