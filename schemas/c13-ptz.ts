import { ACKNOWLEDGEMENT, carrying } from './body-sources.ts';
import { type MessageDefinition, message } from './message.ts';

/** C13, pan, tilt and zoom (the second §5.4, under 5.6). */
export const PTZ: readonly MessageDefinition[] = [
  message({
    id: 1400,
    name: 'PTZ_REQ',
    from: 'client',
    reply: 1401,
    spec: '6.2.6',
    body: carrying('OPPTZControl'),
  }),
  message({ id: 1401, name: 'PTZ_RSP', from: 'device', replyTo: 1400, spec: '6.2.6', body: ACKNOWLEDGEMENT }),
];
