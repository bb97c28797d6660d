import type { BodySource } from './body.ts';
import { ACKNOWLEDGEMENT, ANY_OBJECT, ASKS_BY_NAME, BARE_REQUEST, carrying } from './body-sources.ts';
import { changedAccount } from './field-operations.ts';
import { maybe, secret, text, untold } from './kinds.ts';
import { type MessageDefinition, message } from './message.ts';
import { negotiationMembers } from './negotiation.ts';

const NOTES = 'field-notes 3.3';

interface Bodies {
  readonly request: BodySource;
  readonly reply: BodySource;
}

/** A request of the client and its answer, which has the next id (field-notes 2: even an unknown id is answered so). */
function exchange(
  id: number,
  stem: string,
  { request, reply }: Bodies,
  suffix: '_REQ' | '' = '_REQ',
): readonly MessageDefinition[] {
  return [
    message({ id, name: `${stem}${suffix}`, from: 'client', reply: id + 1, spec: NOTES, body: request }),
    message({ id: id + 1, name: `${stem}_RSP`, from: 'device', replyTo: id, spec: NOTES, body: reply }),
  ];
}

/** The request carries the object. */
function tells(...objects: readonly string[]): Bodies {
  return { request: carrying(...objects), reply: carrying(...objects) };
}

/** The answer carries the object; the request may carry what narrows it down. */
function asks(...objects: readonly string[]): Bodies {
  return {
    request: {
      members: () => ({
        Name: maybe(text('what is asked for')),
        ...Object.fromEntries(objects.map((name) => [name, maybe(untold('what narrows the question down'))])),
      }),
      mayBeEmpty: true,
    },
    reply: carrying(...objects),
  };
}

const NEGOTIATION: Bodies = { request: BARE_REQUEST, reply: { members: negotiationMembers } };

/** Nobody tells what these carry beside the envelope. */
const ENVELOPE_ONLY: Bodies = { request: BARE_REQUEST, reply: ACKNOWLEDGEMENT };

const AUTHORIZATION: Bodies = {
  request: { members: authorizationMembers, mayBeEmpty: true },
  reply: { members: authorizationMembers },
};

function authorizationMembers() {
  return { authorizeStat: maybe(untold('null in all that was seen')) };
}

/** Needs no session. Whether the account stands under the name or beside it differs between the notes. */
const RANDOM_USER: Bodies = {
  request: {
    members: () => ({
      Name: text('GetRandomUser or ChangeRandomUser'),
      ChangeRandomUser: maybe(changedAccount()),
    }),
  },
  reply: {
    carries: true,
    objects: ['GetRandomUser'],
    members: () => ({ Info: maybe(secret('account, password and token, encrypted')) }),
  },
};

/** Purpose unknown; binary, hence exempt from encryption (the devices' own NotEncryptMsgID list). */
function binary(id: number): MessageDefinition {
  return message({ id, name: `BINARY_${id}`, from: 'either', carrier: 'binary', spec: NOTES });
}

/**
 * Ids that real devices use and the specification does not list (field-notes 3.3), named after the object
 * that their body carries. Ids that were answered but that nobody can name are {@link UNNAMED}.
 */
export const FIELD: readonly MessageDefinition[] = [
  // Before login, session 0: the RSA key, and what is encrypted afterwards (field-notes 8).
  ...exchange(1010, 'ENCRYPTION_INFO', NEGOTIATION),
  // Name `ChannelSystemFunction@…`: the abilities of one channel.
  ...exchange(1362, 'CHANNEL_ABILITY_GET', { request: ASKS_BY_NAME, reply: ANY_OBJECT }, ''),

  // Video and audio towards the device (field-notes 6.6): Start and Stop, claim of the data socket, media.
  ...exchange(1415, 'AVTALK', tells('AVTalk')),
  ...exchange(1417, 'AVTALK_CLAIM', tells('AVTalk'), ''),
  message({ id: 1419, name: 'AVTALK_DATA', from: 'client', kind: 'media', spec: NOTES }),

  // OPSCalendar with one month's mask; 2026 is the one with twelve.
  ...exchange(1446, 'CALENDAR', tells('OPSCalendar')),
  ...exchange(1448, 'SEARCH_VARIANT', ENVELOPE_ONLY),
  ...exchange(1610, 'TUP_DATA_1', asks('OPTUpData')),
  ...exchange(1612, 'TUP_DATA_2', asks('OPTUpData')),
  ...exchange(1636, 'MAIL_TEST', tells('OPMailTest')),
  // OPNetSerach: the recorded span and the capacity of the storage.
  ...exchange(1640, 'NET_SEARCH', asks('OPNetSerach')),
  ...exchange(1642, 'NET_FILE_CONTROL', tells('OPNetFileContral')),
  message({
    id: 1644,
    name: 'CUSTOM_EXPORT_REQ',
    from: 'client',
    reply: 1645,
    spec: NOTES,
    body: BARE_REQUEST,
  }),
  message({
    id: 1645,
    name: 'CUSTOM_EXPORT_RSP',
    from: 'device',
    carrier: 'zip-or-json',
    replyTo: 1644,
    spec: NOTES,
    body: ACKNOWLEDGEMENT,
  }),
  ...exchange(1646, 'MUSIC_FILE_QUERY', tells('OPMusicFileQuery')),
  ...exchange(1650, 'AUTHORIZE_STATUS', AUTHORIZATION),
  ...exchange(1656, 'OSD_SET', tells('OPSetOSD'), ''),
  // GetRandomUser and ChangeRandomUser, told apart by Name; needs no session (field-notes 8).
  ...exchange(1660, 'RANDOM_USER', RANDOM_USER),
  message({ id: 1666, name: 'EVENT_TEXT_GET', from: 'client', reply: 1667, spec: NOTES, body: BARE_REQUEST }),
  // `Event.X=Text` lines with a byte order mark, not JSON (field-notes 2).
  message({
    id: 1667,
    name: 'EVENT_TEXT_GET_RSP',
    from: 'device',
    carrier: 'text',
    replyTo: 1666,
    spec: NOTES,
  }),

  ...exchange(2000, 'VERSION_LIST', asks('OPVersionList')),
  ...exchange(2008, 'FTP_TEST', tells('OPFTPTest')),
  ...exchange(2012, 'CONSUMER_PRO_CMD', tells('OPConsumerProCmd')),
  ...exchange(2016, 'VERSION_REPORT', asks('OPVersionRep')),
  ...exchange(2026, 'CALENDAR_YEAR', tells('OPSCalendar')),
  ...exchange(2038, 'BREVIARY_PICTURE', tells('OPBreviaryPic')),
  ...exchange(2040, 'TELNET_CONTROL', tells('OPTelnetControl')),
  ...exchange(2044, 'RECORD_SNAP', tells('OPRecordSnap')),
  ...exchange(2126, 'DEVICE_INFO', asks('DevInfo')),
  ...exchange(2210, 'PGS_STATE_GET', asks('OPGetPgsState'), ''),
  ...exchange(2212, 'PGS_IMAGE_GET', asks('OPPgsGetImg'), ''),
  ...exchange(2214, 'CUSTOM_DATA_SET', tells('OPSetCustomData'), ''),
  ...exchange(2216, 'CUSTOM_DATA_GET', asks('OPGetCustomData'), ''),
  ...exchange(2218, 'ACTIVATION_CODE_GET', asks('OPGetActivationCode'), ''),
  ...exchange(2220, 'DVR_INFO_CONTROL', tells('OPCtrlDVRInfo')),

  // Pet feeders.
  ...exchange(2300, 'FEED_BOOK_SET', tells('OPFeedBook'), ''),
  ...exchange(2302, 'FEED_BOOK_GET', asks('OPFeedBook'), ''),
  ...exchange(2304, 'FEED_MANUAL_SET', tells('OPFeedManual'), ''),
  ...exchange(2306, 'FEED_HISTORY_GET', asks('OPFeedHistory'), ''),
  ...exchange(2308, 'FEED_HISTORY_SET', tells('OPFeedHistory'), ''),

  // OPFile: alarm voices and the like. The request is never encrypted, so it may carry the file itself.
  message({ id: 3502, name: 'FILE_REQ', from: 'client', carrier: 'binary', reply: 3503, spec: NOTES }),
  message({
    id: 3503,
    name: 'FILE_RSP',
    from: 'device',
    replyTo: 3502,
    spec: NOTES,
    body: carrying('OPFile'),
  }),

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
