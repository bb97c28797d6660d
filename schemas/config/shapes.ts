import type { z } from 'zod';
import {
  choice,
  either,
  flag,
  group,
  hex,
  hexOrInteger,
  integer,
  list,
  maybe,
  oneOrList,
  orNull,
  row,
  secret,
  text,
  timeSection,
  usually,
} from '../kinds.ts';

/** Shapes that several configuration objects share (JsonConfigFormat chapters 1 to 5). All members are optional: a set request may be sparse. */

/**
 * One element for each channel. A lone element is taken too: devices that have one channel only, and clients that set
 * one only, are known to leave the list out (field notes §10, NetFTP and GUISet).
 */
export function perChannel<S extends z.ZodType>(element: S) {
  return oneOrList('one for each channel', element);
}

/** Six intervals of each weekday, Sunday first; the document prints one list of six (1.9), devices give 7 × 6. */
export function weekSchedule(meaning: string) {
  const day = list('intervals of one weekday', timeSection('1 active or 0 inactive, then from-to'));
  return either(meaning, [list('weekdays, Sunday first', day), day]);
}

/** One mask for each interval of a {@link weekSchedule}. */
export function weekMasks(meaning: string, mask: string) {
  const day = list('masks of one weekday', hexOrInteger(mask));
  return either(meaning, [list('weekdays, Sunday first', day), day]);
}

/** Bit n stands for channel or output n; 8 or 32 hexadecimal digits. */
export function bitMask(meaning: string) {
  return hexOrInteger(`${meaning}, bit n for number n`);
}

/** A coordinate or length on the picture, whatever its resolution. */
export function coordinate(meaning: string) {
  return integer(meaning, { min: 0, max: 8192, unit: '1/8192 of the picture', open: true });
}

/** 0 to 100, the scale of most picture settings. */
export function percentage(meaning: string) {
  return integer(meaning, { min: 0, max: 100, unit: '%', open: true });
}

/** A TCP or UDP port; 0 where it is not set. */
export function port(meaning: string) {
  return integer(meaning, { min: 0, max: 65_535, open: true });
}

/** A place on the network and the account there (3.5 to 3.12). */
export function server(meaning: string) {
  return group(meaning, {
    Name: maybe(text('host name or address')),
    Address: maybe(hex('IPv4 address, little-endian')),
    Anonymity: maybe(flag('log in without an account')),
    UserName: maybe(text('account')),
    Password: maybe(secret('password of the account')),
    Port: maybe(port('port')),
  });
}

/** What a device does when something happens (1.13): the tail of every detection and alarm object. */
export function eventHandler() {
  return maybe(
    group('what to do when it happens', {
      ...handlerTimes(),
      ...handlerTargets(),
      ...handlerSwitches(),
      PtzLink: maybe(
        list(
          'action of each PTZ channel',
          // Channels that the device has not are filled up with [null, null].
          row('kind of action and its number', [
            orNull(usually('action', ['None', 'Preset', 'Tour', 'Pattern'])),
            orNull(integer('number of the preset, tour or pattern')),
          ]),
        ),
      ),
      AlarmInfo: maybe(text('text of the alarm')),
      ShowInfo: maybe(flag('show the text on the picture')),
      VoiceType: maybe(integer('number of the voice prompt, see Ability.VoiceTipType')),
    }),
  );
}

function handlerTimes() {
  const latch = { min: 0, max: 300, unit: 's', open: true } as const;
  return {
    TimeSection: maybe(weekSchedule('when the handler is armed; without it, always')),
    EventLatch: maybe(integer('delay before the event counts', { unit: 's' })),
    RecordLatch: maybe(integer('recording goes on after the event', latch)),
    AlarmOutLatch: maybe(integer('alarm outputs stay on after the event', latch)),
    Dejitter: maybe(integer('repeated events within this time count once', { unit: 's' })),
    VoiceTipInterval: maybe(integer('pause between voice prompts', { unit: 's' })),
  };
}

function handlerTargets() {
  return {
    RecordMask: maybe(bitMask('channels to record')),
    SnapShotMask: maybe(bitMask('channels to photograph')),
    TourMask: maybe(bitMask('channels in the tour')),
    AlarmOutMask: maybe(bitMask('alarm outputs to switch')),
    MatrixMask: maybe(bitMask('video matrix outputs')),
    ShowInfoMask: maybe(bitMask('channels that show the text')),
  };
}

function handlerSwitches() {
  return {
    RecordEnable: maybe(flag('record')),
    SnapEnable: maybe(flag('take pictures')),
    AlarmOutEnable: maybe(flag('switch alarm outputs')),
    PtzEnable: maybe(flag('move cameras as PtzLink says')),
    TourEnable: maybe(flag('start the tour')),
    MatrixEnable: maybe(flag('switch the video matrix')),
    TipEnable: maybe(flag('message on the local screen')),
    BeepEnable: maybe(flag('buzzer')),
    VoiceEnable: maybe(flag('voice prompt')),
    LogEnable: maybe(flag('write the log')),
    MailEnable: maybe(flag('send mail, with pictures if taken')),
    FTPEnable: maybe(flag('upload by FTP')),
    MessageEnable: maybe(flag('report to the alarm server')),
    MsgtoNetEnable: maybe(flag('report to network clients')),
    ShortMsgEnable: maybe(flag('send a short message')),
    MMSEnable: maybe(flag('send a multimedia message')),
    MultimediaMsgEnable: maybe(flag('send a multimedia message')),
  };
}

/** Resolution names: the document's, then those of newer devices. */
const RESOLUTIONS = [
  ...['D1', 'HD1', 'BCIF', 'CIF', 'QCIF', 'VGA', 'QVGA', 'SVCD', 'QQVGA', 'SXVGA', 'UXGA'],
  ...['WSVGA', 'ND1', '650TVL', '960H', 'NHD', '720P', '720N', '1_3M', '1080P', '1080N', 'WUXGA'],
  ...['2_5M', '3M', '4M', '5M', '5M_X', '6M', '8M', '9M', '12M', '4K'],
] as const;

/** Settings of one video stream (1.1). */
function videoFormat(meaning: string) {
  return group(meaning, {
    Compression: maybe(
      usually('codec', [
        ...['MPEG4', 'MPEG2', 'MPEG1', 'MJPG', 'H.263', 'H.264', 'H.265', 'AVS', 'H.264MF', 'H.264HF'],
        'JPEG',
      ]),
    ),
    Resolution: maybe(usually('picture size by name', RESOLUTIONS)),
    BitRateControl: maybe(
      usually('rate control', { CBR: 'constant', VBR: 'variable', MBR: 'mixed', AVBR: 'adaptive' }),
    ),
    BitRate: maybe(integer('bit rate', { unit: 'kbit/s' })),
    FPS: maybe(
      integer('frames in a second; -n is one frame in n seconds', { min: -3600, max: 60, open: true }),
    ),
    GOP: maybe(integer('time between key frames', { min: 1, max: 12, unit: 's', open: true })),
    Quality: maybe(
      integer('picture quality of a variable rate, larger is better', { min: 1, max: 6, open: true }),
    ),
    VirtualGOP: maybe(integer('virtual group of pictures')),
  });
}

/** Settings of one stream, picture and sound (1.1): the main stream, an extra one, or the snapshots. */
export function streamFormat(meaning: string) {
  return group(meaning, {
    VideoEnable: maybe(flag('send video')),
    Video: maybe(videoFormat('video settings')),
    AudioEnable: maybe(flag('send audio')),
    Audio: maybe(
      group('audio settings', {
        BitRate: maybe(integer('bit rate', { unit: 'kbit/s' })),
        MaxVolume: maybe(integer('highest volume')),
        SampleRate: maybe(integer('sample rate; in Hz, or in kHz where small')),
      }),
    ),
  });
}

/** H.264 profile and level of one stream. */
export function staticEncodeParameters(meaning: string) {
  return group(meaning, {
    Level: maybe(integer('level times ten, 41 is 4.1')),
    Profile: maybe(choice('profile', { 1: 'baseline', 2: 'main', 3: 'high' }, 'open')),
  });
}

/** Names of audio codecs (10.7 has the first two only; the rest are those of the vendor's firmware). */
const AUDIO_CODECS = [
  ...['NONE', 'G711_ALAW', 'G711_ULAW', 'PCM_ALAW', 'PCM_ULAW', 'PCM_8TO16BIT', 'G729_8KBIT', 'G726_16KBIT'],
  ...['G726_24KBIT', 'G726_32KBIT', 'G726_40KBIT', 'ADPCM8K16BIT', 'ADPCM16K16BIT', 'IMA_ADPCM_8K16BIT'],
  ...['MPEG2_LAYER1', 'AMR8K16BIT'],
] as const;

/** What an audio channel sounds like (1.6, 8.8, 10.7). */
export function audioFormatMembers() {
  return {
    BitRate: maybe(integer('bit rate', { unit: 'kbit/s' })),
    EncodeType: maybe(usually('codec', AUDIO_CODECS)),
    SampleBit: maybe(choice('width of a sample in bits', { 8: '8 bit', 16: '16 bit' }, 'open')),
    SampleRate: maybe(integer('sample rate; in Hz, or in kHz where small')),
  };
}

/** How a text or a privacy mask is drawn (1.2). */
export function widget(meaning: string) {
  return group(meaning, {
    BackColor: maybe(hexOrInteger('background colour with its opacity')),
    FrontColor: maybe(hexOrInteger('foreground colour with its opacity')),
    EncodeBlend: maybe(flag('drawn into the encoded video')),
    PreviewBlend: maybe(flag('drawn on the local screen')),
    RelativePos: maybe(
      list(
        'left, top, then right and bottom (document) or width and height (devices)',
        coordinate('one coordinate'),
      ),
    ),
  });
}

/** When an infrared sensor is armed: two intervals of the day, each on some weekdays. */
export function pirSchedule() {
  const interval = group('one interval', {
    Enable: maybe(flag('interval in use')),
    StartTime: maybe(text('from, hours:minutes')),
    EndTime: maybe(text('to, hours:minutes')),
    WeekMask: maybe(integer('weekdays, one bit each')),
  });
  return group('when the sensor is armed', {
    PirTimeSectionOne: maybe(interval),
    PirTimeSectionTwo: maybe(interval),
  });
}
