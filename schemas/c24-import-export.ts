import type { BodySource } from './body.ts';
import { ACKNOWLEDGEMENT } from './body-sources.ts';
import { maybe } from './kinds.ts';
import { type MessageDefinition, message } from './message.ts';
import { systemConfig } from './operations.ts';

/** Devices answer without OPSystemConfig too (§5.17.1). */
const EXPORT: BodySource = {
  members: () => ({ OPSystemConfig: maybe(systemConfig()) }),
  mayBeEmpty: true,
};

/** C24, import and export of configuration and log (§5.17). The files are zip archives, failures JSON (field-notes 7.8). */
export const IMPORT_EXPORT: readonly MessageDefinition[] = [
  message({
    id: 1540,
    name: 'CONFIG_IMPORT_REQ',
    from: 'client',
    carrier: 'zip',
    reply: 1541,
    spec: '6.2.17',
  }),
  message({
    id: 1541,
    name: 'CONFIG_IMPORT_RSP',
    from: 'device',
    replyTo: 1540,
    spec: '6.2.17',
    body: ACKNOWLEDGEMENT,
  }),
  message({ id: 1542, name: 'CONFIG_EXPORT_REQ', from: 'client', reply: 1543, spec: '6.2.17', body: EXPORT }),
  message({
    id: 1543,
    name: 'CONFIG_EXPORT_RSP',
    from: 'device',
    carrier: 'zip-or-json',
    replyTo: 1542,
    spec: '6.2.17',
    body: ACKNOWLEDGEMENT,
  }),
  message({ id: 1544, name: 'LOG_EXPORT_REQ', from: 'client', reply: 1545, spec: '6.2.17', body: EXPORT }),
  // A log may also come as plain text.
  message({
    id: 1545,
    name: 'LOG_EXPORT_RSP',
    from: 'device',
    carrier: 'zip-or-json',
    replyTo: 1544,
    spec: '6.2.17',
    body: ACKNOWLEDGEMENT,
  }),
];
