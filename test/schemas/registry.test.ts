import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Dialect,
  describeMessage,
  isKnownId,
  isMediaId,
  MESSAGES,
  type MessageDefinition,
  messageName,
} from '../../schemas/registry.ts';

const TABLE = new URL('../../../shared/spec/messages.tsv', import.meta.url);
const DIALECTS: readonly Dialect[] = ['field', 'spec'];

function inDialect(dialect: Dialect): readonly MessageDefinition[] {
  return MESSAGES.filter((entry) => entry.dialect === undefined || entry.dialect === dialect);
}

describe('the message registry', () => {
  it.skipIf(!existsSync(TABLE))(
    'has every row of the specification, under its name or the printed one',
    () => {
      const rows = readFileSync(TABLE, 'utf8').trim().split('\n').slice(1);
      expect(rows).toHaveLength(128);
      for (const row of rows) {
        const [section, ids = '', name] = row.split('\t');
        for (const id of ids.split('/').map(Number)) {
          const found = inDialect('spec').filter(
            (entry) => entry.id === id && (entry.name === name || entry.alias === name),
          );
          expect(found, row).toHaveLength(1);
          expect(found[0]?.spec, row).toBe(section);
        }
      }
    },
  );

  it.each([
    [1020, 'SYSINFO_REQ', 'client', '6.2.2'],
    [1042, 'CONFIG_GET', 'client', '6.2.3'],
    [1049, 'CONFIG_CHANNELTITLE_GET_RSP', 'device', '6.2.3'],
    [1053, 'SYSTEM_DEBUG_RSP', 'device', '6.2.4'],
    [1361, 'ABILITY_GET_RSP', 'device', '6.2.5'],
    [1400, 'PTZ_REQ', 'client', '6.2.6'],
    [1412, 'MONITOR_DATA', 'device', '6.2.7'],
    [1413, 'MONITOR_CLAIM', 'either', '6.2.7'],
    [1426, 'DOWNLOAD_DATA', 'device', '6.2.8'],
    [1432, 'TALK_CU_PU_DATA', 'client', '6.2.9'],
    [1433, 'TALK_PU_CU_DATA', 'device', '6.2.9'],
    [1445, 'FILESEARCH_BYTIME_RSP', 'device', '6.2.10'],
    [1452, 'TIMEQUERY_REQ', 'client', '6.2.11'],
    [1460, 'DISKMANAGER_REQ', 'client', '6.2.12'],
    [1489, 'MODIFYPASSWORD_RSP', 'device', '6.2.13'],
    [1504, 'ALARM_REQ', 'device', '6.2.14'],
    [1505, 'ALARM_RSP', 'client', '6.2.14'],
    [1507, 'NET_ALARM_RSP', 'device', '6.2.14'],
    [1524, 'UPGRADE_PROGRESS', 'device', '6.2.15'],
    [1526, 'UPGRADE_INFO_RSP', 'device', '6.2.15'],
    [1530, 'IPSEARCH_REQ', 'client', '6.2.16'],
    [1543, 'CONFIG_EXPORT_RSP', 'device', '6.2.17'],
    [1550, 'NET_KEYBOARD_REQ', 'client', '6.2.18'],
    [1562, 'SET_IFRAME_REQ', 'client', '6.2.19'],
    [1583, 'RS232_TRANSPARENT_DATA_RSP', 'device', '6.2.20'],
    [1591, 'SYNC_TIME_RSP', 'device', '6.2.21'],
    [1601, 'PHOTO_GET_RSP', 'device', '6.2.22'],
  ])('names %i %s in both dialects', (id, name, from, spec) => {
    for (const dialect of DIALECTS) {
      expect(describeMessage(dialect, id)).toMatchObject({ id, name, from, spec });
      expect(messageName(dialect, id)).toBe(name);
    }
  });

  it('shifts the login block by one between the dialects', () => {
    const names = (dialect: Dialect) =>
      [999, 1000, 1001, 1002, 1003, 1004, 1005, 1006, 1007].map((id) => messageName(dialect, id));
    expect(names('field')).toEqual([
      'UNKNOWN_999',
      'LOGIN_REQ',
      'LOGIN_RSP',
      'LOGOUT_REQ',
      'LOGOUT_RSP',
      'FORCELOGOUT_REQ',
      'FORCELOGOUT_RSP',
      'KEEPALIVE_REQ',
      'KEEPALIVE_RSP',
    ]);
    expect(names('spec')).toEqual([
      'LOGIN_REQ',
      'LOGIN_RSP',
      'LOGOUT_REQ',
      'LOGOUT_RSP',
      'FORCELOGOUT_REQ',
      'FORCELOGOUT_RSP',
      'KEEPALIVE_REQ',
      'KEEPALIVE_RSP',
      'UNKNOWN_1007',
    ]);
  });

  it('tells the two messages with id 1000 of the specification apart by their sender', () => {
    expect(messageName('spec', 1000, 'client')).toBe('LOGIN_REQ');
    expect(messageName('spec', 1000, 'device')).toBe('LOGIN_RSP');
    expect(messageName('field', 1000, 'device')).toBe('LOGIN_REQ');
  });

  it('has the device force a logout and the client acknowledge it', () => {
    expect(describeMessage('field', 1004)?.from).toBe('device');
    expect(describeMessage('field', 1005)?.from).toBe('client');
    expect(describeMessage('spec', 1003)?.from).toBe('device');
  });

  it('keeps the printed misspellings as aliases', () => {
    const aliases = MESSAGES.flatMap(({ id, alias }) => (alias === undefined ? [] : [[id, alias]]));
    expect(aliases).toEqual([
      [1046, 'CONFIG_CHANNELTILE_SET'],
      [1047, 'CONFIG_CHANNELTILE_SET_RSP'],
      [1048, 'CONFIG_CHANNELTILE_GET'],
      [1049, 'CONFIG_CHANNELTILE_GET_RSP'],
      [1050, 'CONFIG_CHANNELTILE_DOT_SET'],
      [1051, 'CONFIG_CHANNELTILE_DOT_SET_RSP'],
      [1460, 'DSIKMANAGER_REQ'],
      [1461, 'DSIKMANAGER_RSP'],
      [1507, 'NET_ALARM_REQ'],
      [1526, 'UPGRADE_INFO_RSQ'],
    ]);
  });

  it('uses each id once and each name once in a dialect, the doubled 1000 apart', () => {
    for (const dialect of DIALECTS) {
      const entries = inDialect(dialect).filter(
        (entry) => !(dialect === 'spec' && entry.id === 1000 && entry.from === 'client'),
      );
      expect(new Set(entries.map((entry) => entry.id)).size).toBe(entries.length);
      expect(new Set(entries.map((entry) => entry.name)).size).toBe(entries.length);
    }
  });

  it('links requests and replies both ways, between opposite senders', () => {
    let links = 0;
    for (const dialect of DIALECTS) {
      for (const request of inDialect(dialect)) {
        if (request.reply === undefined || (dialect === 'spec' && request.id === 1000)) continue;
        const reply = describeMessage(dialect, request.reply);
        expect(reply?.replyTo, request.name).toBe(request.id);
        if (request.from !== 'either') expect(reply?.from, request.name).not.toBe(request.from);
        links += 1;
      }
      for (const reply of inDialect(dialect)) {
        if (reply.replyTo === undefined) continue;
        expect(describeMessage(dialect, reply.replyTo)?.reply, reply.name).toBe(reply.id);
      }
    }
    expect(links).toBeGreaterThan(180);
  });

  it('answers with the next id wherever devices answer', () => {
    for (const { id, reply, name } of inDialect('field'))
      if (reply !== undefined) expect(reply, name).toBe(id + 1);
  });

  it.each([
    [1010, 'ENCRYPTION_INFO_REQ', 'client'],
    [1011, 'ENCRYPTION_INFO_RSP', 'device'],
    [1362, 'CHANNEL_ABILITY_GET', 'client'],
    [1415, 'AVTALK_REQ', 'client'],
    [1417, 'AVTALK_CLAIM', 'client'],
    [1418, 'AVTALK_CLAIM_RSP', 'device'],
    [1419, 'AVTALK_DATA', 'client'],
    [1446, 'CALENDAR_REQ', 'client'],
    [1637, 'MAIL_TEST_RSP', 'device'],
    [1645, 'CUSTOM_EXPORT_RSP', 'device'],
    [1660, 'RANDOM_USER_REQ', 'client'],
    [2001, 'VERSION_LIST_RSP', 'device'],
    [2040, 'TELNET_CONTROL_REQ', 'client'],
    [2302, 'FEED_BOOK_GET', 'client'],
    [3502, 'FILE_REQ', 'client'],
  ])('names %i %s, which only the field knows', (id, name, from) => {
    for (const dialect of DIALECTS) {
      expect(describeMessage(dialect, id)).toMatchObject({ name, from, spec: 'field-notes 3.3' });
    }
  });

  it('shows an id nobody can name as UNKNOWN, and still takes one that devices use for known', () => {
    expect(messageName('field', 1009)).toBe('UNKNOWN_1009');
    expect(describeMessage('field', 1009)).toBeUndefined();
    expect(isKnownId(1009)).toBe(true);
    expect(messageName('spec', 1234)).toBe('UNKNOWN_1234');
    expect(isKnownId(1234)).toBe(false);
  });

  it('takes exactly the stream ids for media', () => {
    const media = Array.from({ length: 0x10000 }, (_, id) => id).filter(isMediaId);
    expect(media).toEqual([1412, 1419, 1422, 1426, 1432, 1433, 1522]);
  });

  it('says which control bodies are files, and which may be a JSON error instead', () => {
    const carriers = MESSAGES.filter(({ kind, carrier }) => kind === 'control' && carrier !== 'json');
    expect(carriers.map(({ id, carrier }) => [id, carrier])).toEqual([
      [1050, 'bitmap'],
      [1540, 'zip'],
      [1543, 'zip-or-json'],
      [1545, 'zip-or-json'],
      [1561, 'jpeg-or-json'],
      [1601, 'jpeg-or-json'],
      [1645, 'zip-or-json'],
      [1667, 'text'],
      [3502, 'binary'],
      [2062, 'binary'],
      [2063, 'binary'],
      [2122, 'binary'],
      [2123, 'binary'],
      [2140, 'binary'],
      [3016, 'binary'],
    ]);
    expect(describeMessage('field', 1522)?.carrier).toBe('firmware');
    expect(describeMessage('field', 1412)?.carrier).toBe('media');
  });

  it('answers for every id without throwing, and knows each one that it names', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffff }), fc.constantFrom(...DIALECTS), (id, dialect) => {
        const described = describeMessage(dialect, id);
        if (described === undefined) return messageName(dialect, id) === `UNKNOWN_${id}`;
        return isKnownId(id) && isMediaId(id) === (described.kind === 'media') && described.id === id;
      }),
    );
  });

  it('names no id outside the 16 bits of the header', () => {
    for (const { id } of MESSAGES) expect(id >= 0 && id <= 0xffff).toBe(true);
    expect(isMediaId(70_000)).toBe(false);
    expect(isKnownId(-1)).toBe(false);
  });
});
