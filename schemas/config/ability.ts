import { either, flag, group, integer, list, maybe, text, usually } from '../kinds.ts';
import { object } from '../object.ts';

/**
 * Names beginning with `Ability.`: abilities by their meaning, but devices give them where configurations are asked
 * for, with 1042 (JsonConfigFormat 1.17, 8.10 to 8.16; captures of the field).
 */
export const ABILITY_SETTINGS = [
  object({
    name: 'Ability.EncodePower',
    meaning: 'highest resolution of each channel',
    source: 'doc 1.17',
    family: 'config',
    value: () =>
      group('', {
        MaxResolution: maybe(
          list(
            'by channel',
            usually('resolution', [
              'D1',
              'HD1',
              'BCIF',
              'CIF',
              'QCIF',
              'VGA',
              'QVGA',
              'SVCD',
              'QQVGA',
              'SXVGA',
              'UXGA',
            ]),
          ),
        ),
      }),
  }),
  object({
    name: 'Ability.SupportVstd',
    meaning: 'television standards',
    source: 'doc 8.10',
    family: 'config',
    value: () => text('PAL and NTSC, joined by a vertical bar'),
  }),
  object({
    name: 'Ability.DeviceDesc',
    meaning: 'what the device consists of',
    source: 'doc 8.11',
    family: 'config',
    value: () =>
      group('', {
        CaptureInChannel: maybe(integer('video inputs')),
        AudioInChannel: maybe(integer('audio inputs', { min: 0, max: 16, open: true })),
        AlarmInChannel: maybe(integer('alarm inputs', { min: 0, max: 16, open: true })),
        AlarmOutChannel: maybe(integer('alarm outputs', { min: 0, max: 16, open: true })),
        localPalyDefault: maybe(integer('windows of local playback from the factory')),
        localPalyMax: maybe(integer('most windows of local playback')),
        EnablePlayDefault: maybe(flag('use the number of windows from the factory')),
        EnableComm: maybe(flag('has a serial port')),
        EnablePtz: maybe(flag('has a pan and tilt link')),
        AutoBoot: maybe(flag('switches itself on and off')),
        GUITheme: maybe(text('look of the screen, General from the factory')),
        PadType: maybe(integer('kind of front panel')),
        PadName: maybe(text('name of the front panel')),
        RemoteType: maybe(integer('kind of remote control')),
        RemoteName: maybe(text('name of the remote control')),
        TrailDays: maybe(integer('trial period', { unit: 'days' })),
        TrailDay: maybe(integer('of which are used', { unit: 'days' })),
        PenaltyPaDay: maybe(integer('penalty period', { unit: 'days' })),
      }),
  }),
  object({
    name: 'Ability.VGAResolution',
    meaning: 'resolutions of the screen',
    source: 'doc 8.12',
    family: 'config',
    value: () => group('', { Resolution: maybe(text('800*600, 1024*768, …, joined by vertical bars')) }),
  }),
  object({
    name: 'Ability.GUIThemeList',
    meaning: 'looks of the screen',
    source: 'doc 8.13',
    family: 'config',
    value: () => group('', { ThemeList: maybe(text('General, Satow, …, joined by vertical bars')) }),
  }),
  object({
    name: 'Ability.DigitalReal',
    meaning: 'how a hybrid recorder may divide its channels between analogue and digital ones',
    source: 'doc 8.16',
    family: 'config',
    // The document prints Hide, curMode and nHVRCap beside the list without a key for the list itself.
    value: () =>
      either('', [
        list('divisions to choose from', channelDivision()),
        group('', {
          Hide: maybe(list('by division', flag('not offered'))),
          curMode: maybe(integer('division in use')),
          nHVRCap: maybe(integer('divisions')),
        }),
      ]),
  }),
  object({
    name: 'Ability.SerialNo',
    meaning: 'serial number; null on the camera that answered',
    source: 'schema',
    family: 'config',
    value: () =>
      group('', {
        ProductType: maybe(text('product')),
        SerialNo: maybe(text('serial number')),
      }),
  }),
  object({
    name: 'Ability.VoiceTipType',
    meaning: 'voice prompts that the device can play',
    source: 'field',
    family: 'config',
    value: () =>
      group('', {
        VoiceTip: maybe(
          list(
            'prompts',
            group('one prompt', {
              VoiceEnum: maybe(integer('number, as VoiceType of an event handler has it')),
              VoiceText: maybe(text('what is said')),
            }),
          ),
        ),
      }),
  }),
];

const SIZES = ['CIF', 'D1', 'HD1', '960H', '720P', '960P', '1080P', '3M', '5M', 'WUXGA'] as const;

/** One number for each size of picture, analogue and digital: `AnalogCap720PChn`, `DigitalCapD1Chn`. */
function channelDivision() {
  const shape: Record<string, ReturnType<typeof channels>> = {};
  for (const size of SIZES) {
    shape[`AnalogCap${size}Chn`] = channels(`analogue channels of ${size}`);
    shape[`DigitalCap${size}Chn`] = channels(`digital channels of ${size}`);
  }
  for (const kind of ['Analog', 'Digital']) {
    shape[`${kind}CapDigiTalChn`] = channels('digital channels');
    shape[`${kind}CapPlayChn`] = channels('playback channels');
  }
  return group('one division', shape);
}

function channels(meaning: string) {
  return maybe(integer(meaning));
}
