import { type Message, message } from './message.ts';

const NOTES = 'field-notes 3.3';

/** A request of the client and its answer, which has the next id (field-notes 2: even an unknown id is answered so). */
function exchange(id: number, stem: string, suffix: '_REQ' | '' = '_REQ'): readonly Message[] {
  return [
    message({ id, name: `${stem}${suffix}`, from: 'client', reply: id + 1, spec: NOTES }),
    message({ id: id + 1, name: `${stem}_RSP`, from: 'device', replyTo: id, spec: NOTES }),
  ];
}

/** Purpose unknown; binary, hence exempt from encryption (the devices' own NotEncryptMsgID list). */
function binary(id: number): Message {
  return message({ id, name: `BINARY_${id}`, from: 'either', carrier: 'binary', spec: NOTES });
}

/**
 * Ids that real devices use and the specification does not list (field-notes 3.3), named after the object
 * that their body carries. Ids that were answered but that nobody can name are {@link UNNAMED}.
 */
export const FIELD: readonly Message[] = [
  // Before login, session 0: the RSA key, and what is encrypted afterwards (field-notes 8).
  ...exchange(1010, 'ENCRYPTION_INFO'),
  // Name `ChannelSystemFunction@…`: the abilities of one channel.
  ...exchange(1362, 'CHANNEL_ABILITY_GET', ''),

  // Video and audio towards the device (field-notes 6.6): Start and Stop, claim of the data socket, media.
  ...exchange(1415, 'AVTALK'),
  ...exchange(1417, 'AVTALK_CLAIM', ''),
  message({ id: 1419, name: 'AVTALK_DATA', from: 'client', kind: 'media', spec: NOTES }),

  // OPSCalendar with one month's mask; 2026 is the one with twelve.
  ...exchange(1446, 'CALENDAR'),
  ...exchange(1448, 'SEARCH_VARIANT'),
  ...exchange(1610, 'TUP_DATA_1'),
  ...exchange(1612, 'TUP_DATA_2'),
  ...exchange(1636, 'MAIL_TEST'),
  // OPNetSerach: the recorded span and the capacity of the storage.
  ...exchange(1640, 'NET_SEARCH'),
  ...exchange(1642, 'NET_FILE_CONTROL'),
  message({ id: 1644, name: 'CUSTOM_EXPORT_REQ', from: 'client', reply: 1645, spec: NOTES }),
  message({
    id: 1645,
    name: 'CUSTOM_EXPORT_RSP',
    from: 'device',
    carrier: 'zip-or-json',
    replyTo: 1644,
    spec: NOTES,
  }),
  ...exchange(1646, 'MUSIC_FILE_QUERY'),
  ...exchange(1650, 'AUTHORIZE_STATUS'),
  ...exchange(1656, 'OSD_SET', ''),
  // GetRandomUser and ChangeRandomUser, told apart by Name; needs no session (field-notes 8).
  ...exchange(1660, 'RANDOM_USER'),
  message({ id: 1666, name: 'EVENT_TEXT_GET', from: 'client', reply: 1667, spec: NOTES }),
  // `Event.X=Text` lines with a byte order mark, not JSON (field-notes 2).
  message({
    id: 1667,
    name: 'EVENT_TEXT_GET_RSP',
    from: 'device',
    carrier: 'text',
    replyTo: 1666,
    spec: NOTES,
  }),

  ...exchange(2000, 'VERSION_LIST'),
  ...exchange(2008, 'FTP_TEST'),
  ...exchange(2012, 'CONSUMER_PRO_CMD'),
  ...exchange(2016, 'VERSION_REPORT'),
  ...exchange(2026, 'CALENDAR_YEAR'),
  ...exchange(2038, 'BREVIARY_PICTURE'),
  ...exchange(2040, 'TELNET_CONTROL'),
  ...exchange(2044, 'RECORD_SNAP'),
  ...exchange(2126, 'DEVICE_INFO'),
  ...exchange(2210, 'PGS_STATE_GET', ''),
  ...exchange(2212, 'PGS_IMAGE_GET', ''),
  ...exchange(2214, 'CUSTOM_DATA_SET', ''),
  ...exchange(2216, 'CUSTOM_DATA_GET', ''),
  ...exchange(2218, 'ACTIVATION_CODE_GET', ''),
  ...exchange(2220, 'DVR_INFO_CONTROL'),

  // Pet feeders.
  ...exchange(2300, 'FEED_BOOK_SET', ''),
  ...exchange(2302, 'FEED_BOOK_GET', ''),
  ...exchange(2304, 'FEED_MANUAL_SET', ''),
  ...exchange(2306, 'FEED_HISTORY_GET', ''),
  ...exchange(2308, 'FEED_HISTORY_SET', ''),

  // OPFile: alarm voices and the like. The request is never encrypted, so it may carry the file itself.
  message({ id: 3502, name: 'FILE_REQ', from: 'client', carrier: 'binary', reply: 3503, spec: NOTES }),
  message({ id: 3503, name: 'FILE_RSP', from: 'device', replyTo: 3502, spec: NOTES }),

  binary(2062),
  binary(2063),
  binary(2122),
  binary(2123),
  binary(2140),
  binary(3016),
];

/**
 * Ids that devices answered, or list as exempt from encryption, without anyone knowing what they are for
 * (field-notes 3.3). They stay `UNKNOWN_n`, but a header that carries one is no garbage.
 */
export const UNNAMED: readonly number[] = [
  1008, 1009, 1017, 1054, 1436, 1490, 1648, 1652, 1653, 1654, 1668, 1770, 1772, 1774, 1775, 2002, 2004, 2014,
  2018, 2024, 2036,
];
