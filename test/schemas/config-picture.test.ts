import { describe, expect, it } from 'vitest';
import { checkValue } from '../../schemas/check.ts';
import { ObjectSchemas } from '../../schemas/objects.ts';

const levels = (complaints: readonly { readonly level: string }[]) => complaints.map(({ level }) => level);

describe('names of the picture side', () => {
  const objects = new ObjectSchemas();
  const check = (name: string, value: unknown) => {
    const selection = objects.select(name, true);
    if (selection === undefined) throw new Error(`${name} selects nothing`);
    return { form: selection.form, complaints: checkValue(selection.schema, value) };
  };

  it('select the whole object, and take a lone element for the list', () => {
    expect(check('Record', [{ PreRecord: 5 }])).toEqual({ form: 'whole', complaints: [] });
    expect(check('Record', { PreRecord: 5 })).toEqual({ form: 'whole', complaints: [] });
  });

  it('select one element by its index, and the list inside AVEnc.VideoColor', () => {
    expect(check('Camera.Param.[0]', { IrcutSwap: 0 })).toEqual({ form: 'element', complaints: [] });
    expect(check('Record.[31]', { PreRecord: 5 })).toEqual({ form: 'element', complaints: [] });
    expect(levels(check('Camera.Param.[0]', [{ IrcutSwap: 0 }]).complaints)).toEqual(['wrong']);
    const sections = [{ Enable: true, TimeSection: '0 00:00:00-24:00:00', VideoColorParam: { Hue: 50 } }];
    expect(check('AVEnc.VideoColor.[0]', sections)).toEqual({ form: 'element', complaints: [] });
    expect(check('AVEnc.VideoColor', [sections])).toEqual({ form: 'whole', complaints: [] });
  });

  it('complain about the members of a list, not that it is no lone element', () => {
    const channels = [{ PreRecord: {}, PacketLength: {}, RecordMode: {} }, { Redundancy: 'no' }];
    expect(
      check('Record', channels)
        .complaints.map(({ path }) => path.join('/'))
        .sort(),
    ).toEqual(['0/PacketLength', '0/PreRecord', '0/RecordMode', '1/Redundancy']);
    expect(check('Record', { PreRecord: {} }).complaints.map(({ path }) => path)).toEqual([['PreRecord']]);
  });

  it('select a whole branch', () => {
    const storage = { StoragePosition: { SATA: true }, Snapshot: [{ PreSnap: 1 }] };
    expect(check('Storage', storage)).toEqual({ form: 'tree', complaints: [] });
    const complaints = check('Detect', { MotionDetect: 'on', Another: null }).complaints;
    expect(complaints.map(({ level, path }) => `${level} ${path.join('/')}`).sort()).toEqual([
      'odd Another',
      'wrong MotionDetect',
    ]);
  });

  it('select the branch Camera as well as the ability of the same name', () => {
    expect(check('Camera', { Count: 2, Speeds: ['0x100', '0x200'] }).complaints).toEqual([]);
    const branch = { ClearFog: [{ enable: 0, level: 50 }], WhiteLight: { WorkMode: 'Auto' }, FishViCut: [] };
    expect(check('Camera', branch).complaints).toMatchObject([{ level: 'odd', path: ['FishViCut'] }]);
  });

  it('select a member of an object, of an element, and of an object that may be a list', () => {
    expect(check('Storage.StoragePosition.SATA', true)).toEqual({ form: 'field', complaints: [] });
    expect(check('Simplify.Encode.[0].MainFormat', { VideoEnable: true })).toEqual({
      form: 'field',
      complaints: [],
    });
    expect(check('fVideo.GUISet.DeviceName', 'hall')).toEqual({ form: 'field', complaints: [] });
    expect(levels(check('fVideo.GUISet.DeviceName', ['hall']).complaints)).toEqual(['wrong']);
    expect(objects.select('fVideo.GUISet.NoSuchMember', true)).toBeUndefined();
  });
});

describe('habits of devices', () => {
  const check = (name: string, value: unknown) => {
    const selection = new ObjectSchemas().select(name, true);
    if (selection === undefined) throw new Error(`${name} selects nothing`);
    return checkValue(selection.schema, value);
  };

  it('are clean where both forms are known', () => {
    const day = ['1 00:00:00-24:00:00', '0 00:00:00-24:00:00'];
    expect(check('Record.[0]', { TimeSection: [day, day], Mask: [['0x6', '0x00000007']] })).toEqual([]);
    expect(check('Record.[0]', { TimeSection: day })).toEqual([]);
    expect(check('Camera.ClearFog', [{ enable: true, level: 50 }])).toEqual([]);
    expect(check('AVEnc.Encode', [{ MainFormat: { VideoEnable: true } }])).toEqual([]);
    const handler = {
      AlarmOutMask: '0x0000000000000000000000000000000F',
      PtzLink: [
        ['None', 0],
        ['Preset', 3],
        [null, null],
      ],
    };
    expect(check('Alarm.LocalAlarm.[0]', { Enable: false, EventHandler: handler })).toEqual([]);
    expect(check('ChannelTitle', ['Gate', ''])).toEqual([]);
  });

  it('are odd where only one form is', () => {
    const odd = (name: string, value: unknown) =>
      check(name, value)
        .map(({ level, kind, path }) => `${level} ${kind} ${path.join('/')}`)
        .sort();
    expect(odd('Detect.LossDetect.[0]', { Level: null, Region: null })).toEqual([
      'odd null Level',
      'odd null Region',
    ]);
    expect(odd('Storage.StoragePosition', { SATA: 1, 'USB ': true })).toEqual([
      'odd number-for-flag SATA',
      'odd padded-key USB ',
    ]);
    expect(odd('Detect.MotionDetect.[0]', { EventHandler: { FtpEnable: true } })).toEqual([
      'odd other-case-key EventHandler/FtpEnable',
    ]);
    expect(odd('Simplify.Encode.[0]', { MainFormat: { Video: { Resolution: '7M', Quality: '4' } } })).toEqual(
      ['odd number-as-text MainFormat/Video/Quality', 'odd unusual-value MainFormat/Video/Resolution'],
    );
  });

  it('do not hide what is wrong, however many they are', () => {
    const channels = Array.from({ length: 64 }, () => ({ NewInThisFirmware: 1 }));
    const complaints = check('Record', [...channels, { PreRecord: {} }]);
    expect(complaints).toHaveLength(50);
    expect(complaints[0]).toMatchObject({ level: 'wrong', path: [64, 'PreRecord'] });
  });
});
