import {
  choice,
  either,
  flag,
  group,
  integer,
  list,
  map,
  maybe,
  oneOrList,
  text,
  untold,
  usually,
} from '../kinds.ts';
import { object } from '../object.ts';
import { audioFormatMembers, bitMask, perChannel, percentage, widget } from './shapes.ts';

/** What the device's own screen and loudspeaker show, and the titles (JsonConfigFormat 1.3 to 1.25, 4.1). */
export const VIDEO = [
  object({
    name: 'fVideo.Volume',
    meaning: 'loudness of each audio channel',
    source: 'doc 1.3; field',
    family: 'config',
    value: () =>
      perChannel(
        group('one audio channel', {
          AudioMode: maybe(usually('arrangement of the channels', ['Single', 'Double'])),
          LeftVolume: maybe(percentage('left')),
          RightVolume: maybe(percentage('right')),
        }),
      ),
  }),
  object({
    name: 'fVideo.VideoOut',
    meaning: 'resolution of each video output',
    source: 'doc 1.4',
    family: 'config',
    value: () =>
      perChannel(
        group('one output', {
          Mode: maybe(
            group('resolution', {
              Width: maybe(integer('width', { unit: 'px' })),
              Height: maybe(integer('height', { unit: 'px' })),
            }),
          ),
        }),
      ),
  }),
  object({
    name: 'fVideo.AudioInFormat',
    meaning: 'format of the intercom, by channel',
    source: 'doc 1.6; field-notes 10',
    family: 'config',
    value: () => perChannel(group('one intercom channel', audioFormatMembers())),
  }),
  object({
    name: 'fVideo.Tour',
    meaning: 'which channels the local screen shows in turn',
    source: 'doc 1.7',
    family: 'config',
    value: () =>
      oneOrList(
        'kinds of tour',
        group('one kind', {
          Enable: maybe(flag('tour on')),
          // The document lists the words and prints true in its sample.
          Type: maybe(
            either('what starts the tour', [
              usually('', ['Monitor', 'Alarm', 'Motion', 'Montion']),
              flag(''),
            ]),
          ),
          Interval: maybe(integer('time for each picture', { min: 5, max: 120, unit: 's', open: true })),
          Mask: maybe(list('channels, by split of the screen', bitMask('channels'))),
          Return: maybe(flag('go back to the former picture afterwards')),
        }),
      ),
  }),
  object({
    name: 'fVideo.TVAdjust',
    meaning: 'picture of the television output',
    source: 'doc 1.14',
    family: 'config',
    value: () =>
      perChannel(
        group('one output', {
          AntiDither: maybe(integer('strength of the flicker filter')),
          BlackMargin: maybe(list('black border of the four sides', integer('width'))),
          Brightness: maybe(percentage('brightness')),
          Contrast: maybe(percentage('contrast')),
          Margin: maybe(list('shrinking of the four sides', percentage('one side'))),
        }),
      ),
  }),
  object({
    name: 'fVideo.Play',
    meaning: 'playback on the local screen',
    source: 'doc 1.18',
    family: 'config',
    value: () =>
      perChannel(
        group('playback', {
          Channels: maybe(integer('channels played at once')),
          Continue: maybe(flag('go on with the next file')),
          SearchType: maybe(usually('how recordings are looked for', ['ByTime', 'ByCard'])),
          Volume: maybe(list('loudness, by channel', percentage('one channel'))),
        }),
      ),
  }),
  object({
    name: 'fVideo.VideoOutPriority',
    meaning: 'which output counts when the device has several',
    source: 'doc 1.24',
    family: 'config',
    value: () => perChannel(group('choice', { Mode: maybe(outputKind()) })),
  }),
  object({
    name: 'fVideo.OSDInfo',
    meaning: 'lines of text drawn into the picture; the document prints VideoOutPriority here by mistake',
    source: 'doc 1.25; python-dvr',
    family: 'config',
    value: () =>
      perChannel(
        group('texts', {
          Mode: maybe(outputKind()),
          Align: maybe(integer('alignment of the text')),
          OSDInfo: maybe(
            oneOrList(
              'blocks of text',
              group('one block', {
                Info: maybe(list('lines', text('one line'))),
                OSDInfoWidget: maybe(widget('how it is drawn')),
              }),
            ),
          ),
          strEnc: maybe(text('character set of the lines: UTF-8')),
        }),
      ),
  }),
  object({
    name: 'fVideo.GUISet',
    meaning: 'what the local screen shows over the pictures',
    source: 'doc 4.1; field',
    family: 'config',
    value: () =>
      oneOrList(
        'one for each output in the document, a plain object from devices',
        group('one output', {
          WindowAlpha: maybe(integer('opacity of windows', { min: 128, max: 255, open: true })),
          TimeTitleEnable: maybe(flag('show the time')),
          ChannelTitleEnable: maybe(flag('show channel titles')),
          AlarmStateEnable: maybe(flag('show alarms')),
          RecordStateEnable: maybe(flag('show recording')),
          ChanStateLckEnable: maybe(flag('show locked channels')),
          ChanStateVlsEnable: maybe(flag('show loss of video')),
          ChanStateRecEnable: maybe(flag('show recording channels')),
          ChanStateMtdEnable: maybe(flag('show motion')),
          ChanStateBitRateEnable: maybe(flag('show bit rates')),
          AutoLogout: maybe(
            integer('log the local user out after', { min: 0, max: 120, unit: 'min', open: true }),
          ),
          DeviceName: maybe(text('name of the device on the screen')),
          Deflick: maybe(flag('flicker filter')),
          RemoteEnable: maybe(flag('remote control accepted')),
          CarInfo: maybe(flag('show data of the vehicle')),
          GPSInfo: maybe(flag('show position')),
        }),
      ),
  }),
  object({
    name: 'VideoDec',
    meaning: 'windows of local playback',
    source: 'doc 1.8',
    family: 'config',
    value: () =>
      perChannel(
        group('playback', {
          Channels: maybe(integer('windows')),
          Continue: maybe(flag('start again after the last file')),
        }),
      ),
  }),
  object({
    name: 'VideoChannel',
    meaning: 'which channel each window of the local screen shows',
    source: 'doc 1.11',
    family: 'config',
    value: () =>
      oneOrList(
        'windows',
        group('one window', {
          Channel: maybe(integer('channel')),
          Mode: maybe(usually('source', { Digit: 'network camera', Simulate: 'analogue input' })),
        }),
      ),
  }),
  object({
    name: 'Media.DecodeParam',
    meaning: 'how long the decoder may lag behind, by decoding channel',
    source: 'doc 1.23',
    family: 'config',
    value: () =>
      perChannel(
        group('one decoding channel', {
          deleyTimeMs: maybe(
            integer('longest delay: 150, 250, 333, 667, 1000, 2000 or 3000', { unit: 'ms' }),
          ),
        }),
      ),
  }),
  object({
    name: 'ChannelTitle',
    meaning: 'title of each channel; travels in messages of its own, 1046 to 1049',
    source: 'doc 1.21; spec 5.3.1, 6.2.3; field',
    family: 'config',
    // The document draws an object in the list, devices give plain texts.
    value: () => list('titles by channel', either('one title', [text(''), map('', untold(''))])),
  }),
] as const;

function outputKind() {
  return choice('output', { 0: 'HDMI', 1: 'VGA' }, 'open');
}
