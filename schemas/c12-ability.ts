import { ANY_OBJECT, ASKS_BY_NAME } from './body-sources.ts';
import { type MessageDefinition, message } from './message.ts';

/** C12, abilities (§5.4). */
export const ABILITY: readonly MessageDefinition[] = [
  message({ id: 1360, name: 'ABILITY_GET', from: 'client', reply: 1361, spec: '6.2.5', body: ASKS_BY_NAME }),
  message({
    id: 1361,
    name: 'ABILITY_GET_RSP',
    from: 'device',
    replyTo: 1360,
    spec: '6.2.5',
    body: ANY_OBJECT,
  }),
];
