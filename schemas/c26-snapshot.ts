import { ACKNOWLEDGEMENT, BARE_REQUEST, carrying } from './body-sources.ts';
import { type MessageDefinition, message } from './message.ts';

/** C26, snapshot and key-frame request. The picture is a bare JPEG, a failure JSON (field-notes 6.2). */
export const SNAPSHOT: readonly MessageDefinition[] = [
  message({
    id: 1560,
    name: 'NET_SNAP_REQ',
    from: 'client',
    reply: 1561,
    spec: '6.2.19',
    body: carrying('OPSNAP', 'OPSnap'),
  }),
  message({
    id: 1561,
    name: 'NET_SNAP_RSP',
    from: 'device',
    carrier: 'jpeg-or-json',
    replyTo: 1560,
    spec: '6.2.19',
    body: ACKNOWLEDGEMENT,
  }),
  message({
    id: 1562,
    name: 'SET_IFRAME_REQ',
    from: 'client',
    reply: 1563,
    spec: '6.2.19',
    body: BARE_REQUEST,
  }),
  message({
    id: 1563,
    name: 'SET_IFRAME_RSP',
    from: 'device',
    replyTo: 1562,
    spec: '6.2.19',
    body: ACKNOWLEDGEMENT,
  }),
];
