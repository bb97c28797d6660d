import { audioFormatMembers } from './config/shapes.ts';
import {
  either,
  flag,
  flagOrInteger,
  group,
  hexOrInteger,
  integer,
  list,
  maybe,
  oneOrList,
  text,
  untold,
  usually,
} from './kinds.ts';
import { object } from './object.ts';
import { SYSTEM_FUNCTION } from './system-function.ts';

/**
 * What a device can do, asked for with 1360 and 1362 (§5.4, JsonConfigFormat chapter 8). The ability `Camera` shares
 * its name with a branch of the configuration: config/camera.ts has both.
 */
export const ABILITIES = [
  SYSTEM_FUNCTION,
  object({
    name: 'EncodeCapability',
    meaning: 'streams, codecs and resolutions, and how much can be encoded at once',
    source: 'doc 8.2; spec 5.4; field',
    family: 'ability',
    value: () =>
      group('', {
        MaxEncodePower: maybe(hexOrInteger('what all channels together may encode', 'pixels/s')),
        MaxEncodePowerPerChannel: maybe(
          list('what each channel may encode', hexOrInteger('one channel', 'pixels/s')),
        ),
        MaxBitrate: maybe(
          either('bit rate of all channels together; an empty object in the document', [
            integer('bit rate', { unit: 'kbit/s' }),
            group('nothing', {}),
          ]),
        ),
        ChannelMaxSetSync: maybe(flagOrInteger('all channels must have the same resolution')),
        ImageSizePerChannel: maybe(list('main stream, by channel', resolutionMask())),
        ExImageSizePerChannel: maybe(list('extra stream, by channel', resolutionMask())),
        ExImageSizePerChannelEx: maybe(
          list(
            'extra stream, by channel',
            list('one channel, by resolution of its main stream', resolutionMask()),
          ),
        ),
        ThirdStreamImageSize: maybe(list('third stream, by channel', resolutionMask())),
        FourthStreamImageSize: maybe(list('fourth stream, by channel', resolutionMask())),
        Compression: maybe(list('further codecs', hexOrInteger('mask'))),
        EncodeInfo: maybe(list('streams', encodeInfo())),
        CombEncodeInfo: maybe(list('streams of combined encoding', encodeInfo())),
      }),
  }),
  object({
    name: 'BlindCapability',
    meaning: 'privacy masks',
    source: 'doc 8.3; spec 5.4; field',
    family: 'ability',
    value: () => group('', { BlindCoverNum: maybe(integer('how many masks; 0 is none')) }),
  }),
  object({
    name: 'MotionArea',
    meaning: 'grid of motion detection',
    source: 'doc 8.4; spec 5.4; field',
    family: 'ability',
    value: () =>
      group('', {
        GridRow: maybe(integer('rows')),
        GridColumn: maybe(integer('columns')),
      }),
  }),
  object({
    name: 'DDNSService',
    meaning: 'dynamic DNS providers',
    source: 'doc 8.5; spec 5.4; field',
    family: 'ability',
    value: () => names('provider', 'DDNSType'),
  }),
  object({
    name: 'ComProtocol',
    meaning: 'protocols of an RS-232 port',
    source: 'doc 8.6; spec 5.4; field',
    family: 'ability',
    value: () => names('protocol: NONE, Console, General, …', 'ProtocolName'),
  }),
  object({
    name: 'PTZProtocol',
    meaning: 'protocols of pan and tilt heads',
    source: 'spec 5.4; field',
    family: 'ability',
    value: () => names('protocol: NONE, PELCOD, PELCOP, …', 'ProtocolName'),
  }),
  object({
    name: 'UartProtocol',
    meaning: 'protocols of an RS-485 port',
    source: 'doc 8.15; field',
    family: 'ability',
    value: () => names('protocol: NONE, General, Transparent, …', 'ProtocolName'),
  }),
  object({
    name: 'MultiLanguage',
    meaning: 'languages of the device',
    source: 'doc 8.9; spec 5.4; field',
    family: 'ability',
    value: () => names('language: English, SimpChinese, …', 'LanguageName'),
  }),
  object({
    name: 'MultiVstd',
    meaning: 'television standards',
    source: 'field',
    family: 'ability',
    value: () => text('PAL and NTSC, joined by a vertical bar'),
  }),
  object({
    name: 'TalkAudioFormat',
    meaning: 'audio formats of two-way audio',
    source: 'doc 8.8; spec 5.4; field-notes 10',
    family: 'ability',
    value: () =>
      either('bare in the field, in an object in the document', [
        list('formats', group('one format', audioFormatMembers())),
        group('', { TalkAudio: maybe(list('formats', group('one format', audioFormatMembers()))) }),
      ]),
  }),
  object({
    name: 'VideoAbility',
    meaning: 'JPEG coding',
    source: 'doc 8.14',
    family: 'ability',
    value: () =>
      group('', {
        JpegEnc: maybe(flag('encodes JPEG')),
        JpegDec: maybe(flag('decodes JPEG')),
      }),
  }),
  object({
    name: 'Intelligent',
    meaning: 'video analysis: AVD diagnosis of the picture, PEA perimeter, OSC objects',
    source: 'doc 8.17',
    family: 'ability',
    value: () =>
      group('', {
        IntelAVD: maybe(hexOrInteger('channels with AVD, bit 0 is channel 0')),
        AlgorithmAVD: maybe(hexOrInteger('kinds of AVD')),
        IntelPEA: maybe(hexOrInteger('channels with PEA, bit 0 is channel 0')),
        AlgorithmPEA: maybe(hexOrInteger('kinds of PEA')),
        IntelOSC: maybe(hexOrInteger('channels with OSC, bit 0 is channel 0')),
        AlgorithmOSC: maybe(hexOrInteger('kinds of OSC')),
      }),
  }),
  object({
    name: 'NetAbility',
    meaning: 'connections, now and at most',
    source: 'doc 8.18',
    family: 'ability',
    value: () =>
      group('', {
        CurTcpNum: maybe(integer('TCP connections now')),
        MaxTcpNum: maybe(integer('most TCP connections; -1 is no limit')),
        CurNatNum: maybe(integer('cloud connections now')),
        MaxNatNum: maybe(integer('most cloud connections; -1 is no limit')),
      }),
  }),
  object({
    name: 'NetOrder',
    meaning: 'whether the order of networks can be set; the devices seen refuse it',
    source: 'field-notes 10',
    family: 'ability',
    value: () => untold('no source shows it'),
  }),
  object({
    name: 'EncStaticParam',
    meaning: 'H.264 profiles',
    source: 'doc 8.19',
    family: 'ability',
    value: () =>
      group('', {
        EncStaticParam: maybe(usually('profile', { '0': 'baseline', '1': 'main', '2': 'high' })),
      }),
  }),
  object({
    name: 'MaxPreRecord',
    meaning: 'how much can be recorded before an event',
    source: 'doc 8.22',
    family: 'ability',
    value: () => group('', { AbilityPram: maybe(hexOrInteger('longest time', 'seconds')) }),
  }),
  object({
    name: 'SupportExtRecord',
    meaning: 'recording of the extra stream',
    source: 'field',
    family: 'ability',
    value: () => group('', { AbilityPram: maybe(hexOrInteger('which streams can be recorded')) }),
  }),
  object({
    name: 'AHDEncodeL',
    meaning: 'analogue channels of the kind AHD-L',
    source: 'schema',
    family: 'ability',
    value: () => group('', { AHDLMask: maybe(hexOrInteger('channels, bit 0 is channel 0')) }),
  }),
  object({
    name: 'Encode264ability',
    meaning: 'smart encoding',
    source: 'field',
    family: 'ability',
    value: () =>
      group('', {
        uIntel264: maybe(oneOrList('smart codec, by stream', hexOrInteger('mask'))),
        uIntel264Plus: maybe(oneOrList('smart codec, second form, by stream', hexOrInteger('mask'))),
      }),
  }),
  object({
    name: 'VencMaxFps',
    meaning: 'highest frame rate; no source shows its form',
    source: 'field-notes 10',
    family: 'ability',
    value: () => untold('no source shows it'),
  }),
  object({
    name: 'DimenCode',
    meaning: 'QR codes that the device shows',
    source: 'field; schema',
    family: 'ability',
    value: () =>
      group('', {
        CombineTwo: maybe(flagOrInteger('draw both codes together')),
        SN: maybe(code('serial number')),
        appAndroid: maybe(code('app for Android')),
        appIOS: maybe(code('app for iOS')),
        otherInfo: maybe(code('something else')),
      }),
  }),
  object({
    name: 'QuestionDelivery',
    meaning: 'security questions to choose from',
    source: 'field',
    family: 'ability',
    value: () => list('', text('question; General.PwdSafety has its place in the list')),
  }),
  object({
    name: 'ChannelSystemFunction',
    meaning:
      'one flag of SystemFunction for each digital channel, named after an @; no source shows the answer',
    source: 'field-notes 3.3',
    family: 'ability',
    value: () => untold('no source shows it'),
  }),
];

/** Bits 0 to 8: D1, HD1, BCIF, CIF, QCIF, VGA, QVGA, SVCD, QQVGA; 9 to 18: ND1 up to 9M, not alike on all devices. */
function resolutionMask() {
  return hexOrInteger('resolutions, bit 0 is D1, 1 HD1, 2 BCIF, 3 CIF, 4 QCIF, 5 VGA, 6 QVGA, …');
}

function encodeInfo() {
  return group('one stream', {
    Enable: maybe(flag('the stream can be used')),
    StreamType: maybe(
      usually('stream', [
        'MainStream',
        'ExtraStream',
        'ExtraStream1',
        'ExtraStream2',
        'ExtraStream3',
        'ExtraStream4',
        'JPEGStream',
      ]),
    ),
    HaveAudio: maybe(flag('audio can go with it')),
    CompressionMask: maybe(hexOrInteger('codecs; bit 5 is MJPEG, 7 H.264')),
    ResolutionMask: maybe(resolutionMask()),
  });
}

/** The document wraps the list in an object, devices give it bare (8.5, 8.6, 8.9, 8.15). */
function names(meaning: string, key: string) {
  return either('bare in the field, in an object in the document', [
    list('', text(meaning)),
    group('', { [key]: maybe(list('', text(meaning))) }),
    list('', group('', { [key]: either('', [list('', text(meaning)), text(meaning)]) })),
  ]);
}

function code(meaning: string) {
  return group(meaning, {
    Text: maybe(text('caption')),
    code: maybe(text('modules of the code, as hexadecimal digits')),
    size: maybe(integer('modules on each side')),
  });
}
