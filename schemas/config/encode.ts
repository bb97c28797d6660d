import { flagOrInteger, group, integer, list, maybe, oneOrList, text, timeSection } from '../kinds.ts';
import { object } from '../object.ts';
import { perChannel, percentage, staticEncodeParameters, streamFormat, widget } from './shapes.ts';

/** How picture and sound are encoded (JsonConfigFormat 1.1 to 1.5, 7.1), by channel. */
export const ENCODE = [
  object({
    name: 'AVEnc.Encode',
    meaning: 'all streams of each channel, one format for each kind of recording',
    source: 'doc 1.1; spec 5.3.1; field',
    family: 'config',
    value: () => perChannel(channelStreams()),
  }),
  object({
    name: 'Simplify.Encode',
    meaning: 'main and extra stream of each channel, the short form that clients use',
    source: 'doc 7.1; field',
    family: 'config',
    value: () =>
      perChannel(
        group('one channel', {
          MainFormat: maybe(oneOrList('main stream', streamFormat('main stream'))),
          ExtraFormat: maybe(oneOrList('extra stream', streamFormat('extra stream'))),
        }),
      ),
  }),
  object({
    name: 'AVEnc.CombineEncode',
    meaning: 'streams of the channels that are put together from several, as AVEnc.Encode has them',
    source: 'spec 5.3.1; vendor ExchangeAL',
    family: 'config',
    value: () => perChannel(channelStreams()),
  }),
  object({
    name: 'AVEnc.EncodeStaticParam',
    meaning: 'profile and level of H.264, by channel',
    source: 'field',
    family: 'config',
    value: () => perChannel(staticEncodeParameters('one channel')),
  }),
  object({
    name: 'AVEnc.SmartH264',
    meaning: 'whether the codec saves bits by content, by channel',
    source: 'field',
    family: 'config',
    value: () => perChannel(group('one channel', { SmartH264: maybe(flagOrInteger('smart codec on')) })),
  }),
  object({
    name: 'AVEnc.SmartH264V2',
    meaning: 'the smart codecs of each channel, by stream',
    source: 'field',
    family: 'config',
    value: () =>
      perChannel(
        group('one channel', {
          Smart264V2: maybe(
            oneOrList(
              'smart codec, by stream',
              group('one stream', { SmartH264: maybe(flagOrInteger('smart codec on')) }),
            ),
          ),
          Smart264PlusV2: maybe(
            oneOrList(
              'smart+ codec, by stream',
              group('one stream', { SmartH264Plus: maybe(flagOrInteger('smart+ codec on')) }),
            ),
          ),
        }),
      ),
  }),
  object({
    name: 'AVEnc.VideoColor',
    meaning: 'brightness, contrast and the like of each channel, by time of day',
    source: 'doc 1.5; field-notes 10',
    family: 'config',
    // The element is a list again: `AVEnc.VideoColor.[0]` gives the sections of channel 0.
    value: () => list('channels', oneOrList('sections of the day', colorSection())),
  }),
  object({
    name: 'AVEnc.VideoWidget',
    meaning: 'titles, time and privacy masks drawn into the picture of each channel',
    source: 'doc 1.2; field',
    family: 'config',
    value: () =>
      perChannel(
        group('one channel', {
          ChannelTitle: maybe(
            group('title of the channel', {
              Name: maybe(text('words')),
              SerialNo: maybe(text('serial number shown with it')),
            }),
          ),
          ChannelTitleAttribute: maybe(widget('how the title is drawn')),
          TimeTitleAttribute: maybe(widget('how date and time are drawn')),
          Covers: maybe(list('privacy masks', widget('one mask'))),
          CoversNum: maybe(integer('how many masks are in use', { min: 0 })),
          // Devices send both spellings side by side.
          coversNum: maybe(integer('how many masks are in use', { min: 0 })),
        }),
      ),
  }),
] as const;

function channelStreams() {
  return group('one channel', {
    MainFormat: maybe(oneOrList('main stream: regular, motion, alarm', streamFormat('one of them'))),
    ExtraFormat: maybe(oneOrList('extra streams', streamFormat('one extra stream'))),
    SnapFormat: maybe(oneOrList('snapshots: regular, motion, alarm', streamFormat('one of them'))),
    EncodeStaticParam: maybe(oneOrList('fixed parameters, by stream', staticEncodeParameters('one stream'))),
  });
}

function colorSection() {
  return group('one section', {
    Enable: maybe(flagOrInteger('section in use')),
    TimeSection: maybe(timeSection('when the colours apply')),
    VideoColorParam: maybe(
      group('picture settings', {
        Brightness: maybe(percentage('brightness')),
        Contrast: maybe(percentage('contrast')),
        Saturation: maybe(percentage('saturation')),
        Hue: maybe(percentage('hue')),
        Gain: maybe(integer('gain, 0 to 100; bit 7 set is automatic', { min: 0, max: 228, open: true })),
        Whitebalance: maybe(integer('white balance')),
        Acutance: maybe(integer('sharpness, horizontal in the high byte and vertical in the low one')),
      }),
    ),
  });
}
