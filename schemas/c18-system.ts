import { ACKNOWLEDGEMENT, asksFor, carrying } from './body-sources.ts';
import { type MessageDefinition, message } from './message.ts';

const SYSTEM_OPERATIONS = [
  ...['OPMachine', 'OPLogManager', 'OPDefaultConfig', 'OPTimeSetting', 'OPNetModeSwitch', 'SerialPortsInfo'],
] as const;

/** C18, system management and time (§5.10, §5.11). */
export const SYSTEM: readonly MessageDefinition[] = [
  message({
    id: 1450,
    name: 'SYSMANAGER_REQ',
    from: 'client',
    reply: 1451,
    spec: '6.2.11',
    body: carrying(...SYSTEM_OPERATIONS),
  }),
  message({
    id: 1451,
    name: 'SYSMANAGER_RSP',
    from: 'device',
    replyTo: 1450,
    spec: '6.2.11',
    body: ACKNOWLEDGEMENT,
  }),
  message({
    id: 1452,
    name: 'TIMEQUERY_REQ',
    from: 'client',
    reply: 1453,
    spec: '6.2.11',
    body: asksFor('OPTimeQuery'),
  }),
  message({
    id: 1453,
    name: 'TIMEQUERY_RSP',
    from: 'device',
    replyTo: 1452,
    spec: '6.2.11',
    body: carrying('OPTimeQuery'),
  }),
];
