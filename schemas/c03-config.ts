import { type Message, message } from './message.ts';

/** C3 to C11, configuration (§5.3). The specification prints the channel titles as CHANNELTILE. */
export const CONFIG: readonly Message[] = [
  message({ id: 1040, name: 'CONFIG_SET', from: 'client', reply: 1041, spec: '6.2.3' }),
  message({ id: 1041, name: 'CONFIG_SET_RSP', from: 'device', replyTo: 1040, spec: '6.2.3' }),
  message({ id: 1042, name: 'CONFIG_GET', from: 'client', reply: 1043, spec: '6.2.3' }),
  message({ id: 1043, name: 'CONFIG_GET_RSP', from: 'device', replyTo: 1042, spec: '6.2.3' }),
  message({ id: 1044, name: 'DEFAULT_CONFIG_GET', from: 'client', reply: 1045, spec: '6.2.3' }),
  message({ id: 1045, name: 'DEFAULT_CONFIG_GET_RSP', from: 'device', replyTo: 1044, spec: '6.2.3' }),
  message({
    id: 1046,
    name: 'CONFIG_CHANNELTITLE_SET',
    alias: 'CONFIG_CHANNELTILE_SET',
    from: 'client',
    reply: 1047,
    spec: '6.2.3',
  }),
  message({
    id: 1047,
    name: 'CONFIG_CHANNELTITLE_SET_RSP',
    alias: 'CONFIG_CHANNELTILE_SET_RSP',
    from: 'device',
    replyTo: 1046,
    spec: '6.2.3',
  }),
  message({
    id: 1048,
    name: 'CONFIG_CHANNELTITLE_GET',
    alias: 'CONFIG_CHANNELTILE_GET',
    from: 'client',
    reply: 1049,
    spec: '6.2.3',
  }),
  message({
    id: 1049,
    name: 'CONFIG_CHANNELTITLE_GET_RSP',
    alias: 'CONFIG_CHANNELTILE_GET_RSP',
    from: 'device',
    replyTo: 1048,
    spec: '6.2.3',
  }),
  // Width, height, 12 zero bytes and one bit a pixel (field-notes 7.9).
  message({
    id: 1050,
    name: 'CONFIG_CHANNELTITLE_DOT_SET',
    alias: 'CONFIG_CHANNELTILE_DOT_SET',
    from: 'client',
    carrier: 'bitmap',
    reply: 1051,
    spec: '6.2.3',
  }),
  message({
    id: 1051,
    name: 'CONFIG_CHANNELTITLE_DOT_SET_RSP',
    alias: 'CONFIG_CHANNELTILE_DOT_SET_RSP',
    from: 'device',
    replyTo: 1050,
    spec: '6.2.3',
  }),
];
