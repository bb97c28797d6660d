import type { BodySource } from './body.ts';
import { carrying } from './body-sources.ts';
import { maybe, untold, usually } from './kinds.ts';
import { type MessageDefinition, message } from './message.ts';
import { fileQueryByTime } from './searches.ts';

const BY_TIME: BodySource = {
  members: () => ({ Name: usually('what is asked for', ['OPFileQuery']), OPFileQuery: fileQueryByTime() }),
};

/** Never seen, and described nowhere (field notes §3.2). */
const BY_TIME_REPLY: BodySource = {
  members: () => ({ OPFileQuery: maybe(untold('recordings by channel and time; no source tells the form')) }),
};

/** C17, searches for recordings and log entries (§5.8, §5.9). */
export const SEARCH: readonly MessageDefinition[] = [
  message({
    id: 1440,
    name: 'FILESEARCH_REQ',
    from: 'client',
    reply: 1441,
    spec: '6.2.10',
    body: carrying('OPFileQuery'),
  }),
  message({
    id: 1441,
    name: 'FILESEARCH_RSP',
    from: 'device',
    replyTo: 1440,
    spec: '6.2.10',
    body: carrying('OPFileQuery', 'FileList'),
  }),
  message({
    id: 1442,
    name: 'LOGSEARCH_REQ',
    from: 'client',
    reply: 1443,
    spec: '6.2.10',
    body: carrying('OPLogQuery'),
  }),
  message({
    id: 1443,
    name: 'LOGSEARCH_RSP',
    from: 'device',
    replyTo: 1442,
    spec: '6.2.10',
    body: carrying('OPLogQuery', 'LogList'),
  }),
  message({
    id: 1444,
    name: 'FILESEARCH_BYTIME_REQ',
    from: 'client',
    reply: 1445,
    spec: '6.2.10',
    body: BY_TIME,
  }),
  message({
    id: 1445,
    name: 'FILESEARCH_BYTIME_RSP',
    from: 'device',
    replyTo: 1444,
    spec: '6.2.10',
    body: BY_TIME_REPLY,
  }),
];
