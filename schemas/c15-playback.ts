import type { BodySource } from './body.ts';
import { ACKNOWLEDGEMENT, carrying } from './body-sources.ts';
import { dateTime, group, maybe, returnCode, untold, usually } from './kinds.ts';
import { type MessageDefinition, message } from './message.ts';

/** Action EOF, it seems (JsonConfigFormat 10.6); no example is known. */
const END_OF_PLAYBACK: BodySource = {
  members: () => ({
    OPPlayBack: maybe(
      group('the playback that ended', {
        Action: maybe(usually('what happened', ['EOF'])),
        StartTime: maybe(dateTime('start of the recording')),
        EndTime: maybe(dateTime('end of the recording')),
        Parameter: maybe(untold('as in the request')),
      }),
    ),
    Ret: maybe(returnCode()),
  }),
  mayBeEmpty: true,
};

/** C15, playback and download (§4.9, §4.10, §5.6). In active registration the PU claims the data socket (§4.9.2). */
export const PLAYBACK: readonly MessageDefinition[] = [
  message({
    id: 1420,
    name: 'PLAY_REQ',
    from: 'client',
    reply: 1421,
    spec: '6.2.8',
    body: carrying('OPPlayBack'),
  }),
  message({
    id: 1421,
    name: 'PLAY_RSP',
    from: 'device',
    replyTo: 1420,
    spec: '6.2.8',
    body: ACKNOWLEDGEMENT,
  }),
  message({ id: 1422, name: 'PLAY_DATA', from: 'device', kind: 'media', spec: '6.2.8' }),
  // Devices end with EndFlag or an empty packet instead; never seen (field-notes 3.2).
  message({ id: 1423, name: 'PLAY_EOF', from: 'device', spec: '6.2.8', body: END_OF_PLAYBACK }),
  message({
    id: 1424,
    name: 'PLAY_CLAIM',
    from: 'either',
    reply: 1425,
    spec: '6.2.8',
    body: carrying('OPPlayBack'),
  }),
  message({
    id: 1425,
    name: 'PLAY_CLAIM_RSP',
    from: 'either',
    replyTo: 1424,
    spec: '6.2.8',
    body: ACKNOWLEDGEMENT,
  }),
  message({ id: 1426, name: 'DOWNLOAD_DATA', from: 'device', kind: 'media', spec: '6.2.8' }),
];
