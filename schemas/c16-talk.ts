import { carrying } from './body-sources.ts';
import { type MessageDefinition, message } from './message.ts';

/** C16, two-way audio (§4.11, §5.7). In active registration the PU claims the data socket (§4.11.2). */
export const TALK: readonly MessageDefinition[] = [
  message({
    id: 1430,
    name: 'TALK_REQ',
    from: 'client',
    reply: 1431,
    spec: '6.2.9',
    body: carrying('OPTalk'),
  }),
  message({
    id: 1431,
    name: 'TALK_RSP',
    from: 'device',
    replyTo: 1430,
    spec: '6.2.9',
    body: carrying('OPTalk'),
  }),
  message({ id: 1432, name: 'TALK_CU_PU_DATA', from: 'client', kind: 'media', spec: '6.2.9' }),
  message({ id: 1433, name: 'TALK_PU_CU_DATA', from: 'device', kind: 'media', spec: '6.2.9' }),
  message({
    id: 1434,
    name: 'TALK_CLAIM',
    from: 'either',
    reply: 1435,
    spec: '6.2.9',
    body: carrying('OPTalk'),
  }),
  message({
    id: 1435,
    name: 'TALK_CLAIM_RSP',
    from: 'either',
    replyTo: 1434,
    spec: '6.2.9',
    body: carrying('OPTalk'),
  }),
];
