import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { checkValue } from '../../schemas/check.ts';
import { ObjectSchemas } from '../../schemas/objects.ts';

const objects = new ObjectSchemas();

/** What is said about the value under a name, in a reply: `odd number-as-text at Server/Port`. */
function judged(name: string, value: unknown): readonly string[] {
  const selection = objects.select(name, true);
  if (selection === undefined) throw new Error(`${name} selects nothing`);
  return checkValue(selection.schema, value).map(
    ({ level, kind, path }) => `${level} ${kind} at ${path.join('/')}`,
  );
}

describe('bodies that devices send', () => {
  it('flags come as true and false in an answer, as 1 and 0 in a request of the vendor’s client', () => {
    const answer = { AutoCheck: true, Enable: false, IgnoreCurTime: '0x00000000', ServerPort: 8083 };
    expect(judged('NetWork.OnlineUpgrade', answer)).toEqual([]);
    expect(judged('NetWork.OnlineUpgrade', { AutoCheck: 1, Enable: 0 })).toEqual([]);
    expect(judged('NetWork.NetEmail', { UseSSL: 0, Recievers: ['none', 'none'] })).toEqual([]);
    expect(judged('NetWork.NetEmail', { UseSSL: false })).toEqual([]);
  });

  it('the FTP server is an object in the field, a list in the document', () => {
    const server = { Address: '0x6700A8C0', Anonymity: false, Name: 'FTP', Password: 'x', Port: 21 };
    const ftp = { Directory: '/', Enable: false, MaxFileLen: 0, Server: server };
    expect(judged('NetWork.NetFTP', ftp)).toEqual([]);
    expect(judged('NetWork.NetFTP', [ftp])).toEqual([]);
    expect(judged('NetWork.NetFTP', 'ftp')).toEqual(['wrong wrong-type at ']);
  });

  it('lists of names come bare or in an object', () => {
    expect(judged('DDNSService', ['CN99', 'NO-IP'])).toEqual([]);
    expect(judged('DDNSService', { DDNSType: ['CN99'] })).toEqual([]);
    expect(judged('UartProtocol', [{ ProtocolName: ['NONE'] }])).toEqual([]);
    expect(judged('MultiLanguage', ['English', 7])).toEqual(['odd text-as-number at 1']);
    expect(judged('TalkAudioFormat', [{ BitRate: 128, EncodeType: 'G711_ALAW', SampleBit: 8 }])).toEqual([]);
  });

  it('flags of SystemFunction that nobody knows are not even odd, those known must be flags', () => {
    const flags = { SmartH264: true, MadeTomorrow: true, MadeTheDayAfter: 3 };
    expect(judged('SystemFunction', { EncodeFunction: flags })).toEqual([]);
    expect(judged('SystemFunction', { EncodeFunction: [flags] })).toEqual([]);
    expect(judged('SystemFunction', { AlarmFunction: { MotionDetect: 'often' } })).toEqual([
      'wrong wrong-type at AlarmFunction/MotionDetect',
    ]);
    expect(judged('SystemFunction', { FutureFunction: {} })).toEqual(['odd unknown-key at FutureFunction']);
  });

  it('addresses may be dotted, empty or zero where hexadecimal is the rule', () => {
    expect(judged('NetWork.NetDNS', { Address: '0x08080808', SpareAddress: '0x0' })).toEqual([]);
    expect(judged('NetWork.NetDNS', { Address: '192.168.1.1', SpareAddress: '' })).toEqual([
      'odd unusual-form at Address',
      'odd unusual-form at SpareAddress',
    ]);
  });

  it('numbers beyond the usual range are odd', () => {
    expect(judged('General.AutoMaintain', { AutoRebootHour: 255 })).toEqual([
      'odd unusual-value at AutoRebootHour',
    ]);
    expect(judged('Uart.Comm', [{ Attribute: [115_200, 'NONE', 8, 1] }])).toEqual([]);
    expect(judged('Uart.Comm', [{ Attribute: [115_200, 'NONE', 9, 1] }])).toEqual([
      'odd unusual-value at 0/Attribute/2',
    ]);
  });

  it('misspelt keys are those on the wire: the right spelling is the odd one', () => {
    expect(judged('NetWork.NetEmail', { Receivers: [] })).toEqual(['odd unknown-key at Receivers']);
    expect(judged('Status.NatInfo', { NaInfoCode: '0:ok', NatStatus: 'Probing' })).toEqual([]);
    expect(judged('NetWork.Wifi', { EncrypType: 'AES', Keys: 'k' })).toEqual([]);
  });

  it('a secret is never repeated in a complaint', () => {
    const complaints = checkValue(objects.select('NetWork.Wifi', true)?.schema ?? z.never(), {
      Keys: 24_681,
    });
    expect(complaints).toMatchObject([{ level: 'odd', kind: 'text-as-number' }]);
    expect(JSON.stringify(complaints)).not.toContain('24681');
  });
});

describe('names select', () => {
  it.each([
    ['NetWork.NetCommon', 'whole', { HostName: 'hall' }],
    ['NetWork.NetCommon.HostName', 'field', 'hall'],
    ['NetWork.NetFTP.Server', 'field', { Port: 21 }],
    ['NetWork', 'tree', { NetCommon: { TCPPort: 34_567 }, NetDHCP: [{ Enable: true, Interface: 'eth0' }] }],
    ['Uart.PTZ.[0]', 'element', { DeviceNo: 1 }],
    ['Ability.SerialNo', 'whole', { SerialNo: 'abc' }],
    ['ChannelSystemFunction@SmartH264', 'whole', [true]],
  ])('%s: %s', (name, form, value) => {
    expect(objects.select(name, true)?.form).toBe(form);
    expect(judged(name, value)).toEqual([]);
  });

  it('any number of flags of ChannelSystemFunction by one schema', () => {
    const first = objects.select('ChannelSystemFunction@A', true);
    expect(first).toBeDefined();
    expect(objects.select('ChannelSystemFunction@B', true)).toBe(first);
    expect(objects.select('General.Madeup@B', true)).toBeUndefined();
  });
});
