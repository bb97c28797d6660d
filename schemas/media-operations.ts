import { dateTime, group, integer, maybe, oneOf, text, usually } from './kinds.ts';
import { object } from './object.ts';

/**
 * Live view, playback, two-way audio, pan and tilt, snapshots, keys (§5.4.1, §5.5, §5.6, §5.7, §5.18): what a client
 * asks of a device, hence strict. The actions are those of the specification and of the field notes §7 and §10.
 */

const TRANSPORTS = ['TCP', 'UDP', 'RTP', 'Mcast', 'MCAST'] as const;

function channel() {
  return integer('channel, from 0', { min: 0 });
}

const PTZ_COMMANDS = {
  DirectionUp: '',
  DirectionDown: '',
  DirectionLeft: '',
  DirectionRight: '',
  DirectionLeftUp: '',
  DirectionLeftDown: '',
  DirectionRightUp: '',
  DirectionRightDown: '',
  ZoomTile: 'zoom in; a misprint of tele',
  ZoomWide: 'zoom out',
  FocusNear: '',
  FocusFar: '',
  IrisSmall: '',
  IrisLarge: '',
  SetPreset: 'store the position as the preset',
  GotoPreset: 'move to the preset',
  ClearPreset: 'forget the preset',
  StartTour: '',
  StopTour: '',
  EndTour: '',
  AutoPanOn: '',
  AutoPanOff: '',
  Menu: 'see MenuOpts',
} as const;

function pan() {
  return group('', {
    Command: oneOf('movement or command', PTZ_COMMANDS),
    Parameter: group('its parameters', {
      AUX: maybe(
        group('auxiliary output', {
          Number: integer('number of the output'),
          Status: oneOf('switched on or off', ['On', 'Off']),
        }),
      ),
      Channel: channel(),
      MenuOpts: maybe(text('choice in the menu of the camera, as Enter')),
      Pattern: maybe(usually('scan pattern', ['Start', 'Stop', 'SetBegin', 'SetEnd'])),
      POINT: maybe(
        group('rectangle to look at', {
          bottom: integer('lower edge'),
          left: integer('left edge'),
          right: integer('right edge'),
          top: integer('upper edge'),
        }),
      ),
      Preset: maybe(integer('number of the preset; 65535 begins a movement, -1 ends it')),
      Step: maybe(integer('speed, 5 as a rule', { min: 0 })),
      Tour: maybe(integer('number of the tour')),
    }),
  });
}

function monitor() {
  const action = {
    Claim: 'this socket is to carry the stream',
    Start: '',
    Stop: '',
    Pause: '',
    Continue: '',
    Request: 'active registration: the device is to open a socket',
  } as const;
  return group('', {
    Action: oneOf('what to do', action),
    Action1: maybe(oneOf('what to do next, at once', action)),
    Parameter: group('which stream', {
      Channel: channel(),
      CombinMode: maybe(usually('combined channels', ['NONE', 'CONNECT_ALL'])),
      StreamType: oneOf('which stream of the channel', {
        Main: 'main stream',
        Extra: 'second stream, as the specification writes it',
        Extra1: 'second stream, as devices take it',
      }),
      TransMode: oneOf('transport', TRANSPORTS),
    }),
  });
}

const PLAYBACK_ACTIONS = {
  Claim: 'this socket is to carry the recording',
  Start: 'play',
  Play: 'play, in the document',
  Stop: 'end playing, keep the socket',
  Close: 'end playing and close the socket',
  Pause: '',
  Continue: '',
  Fast: '',
  Slow: '',
  Locate: 'go to a place',
  Seek: 'go to a place',
  EOF: 'the recording is at its end',
  Request: 'active registration: the device is to open a socket',
  DownloadStart: 'as a file, as fast as it goes',
  DownloadStop: '',
  DownloadPause: '',
  DownloadContinue: '',
  DownlaodContinue: 'misprint of the document',
  AcrossStart: '',
  AcrossStop: '',
  DownloadStartCollection: '',
  DownloadStopCollection: '',
  StartCollection: '',
  StopCollection: '',
  ForceIframe: 'send a key frame now',
  OpenSound: '',
  CloseSound: '',
  VDResume: '',
} as const;

function playback() {
  return group('', {
    Action: oneOf('what to do', PLAYBACK_ACTIONS),
    StartTime: dateTime('start of the recording'),
    EndTime: dateTime('end of the recording'),
    Parameter: group('which recording', {
      Channel: maybe(channel()),
      FileName: text('path, as the file query gave it'),
      IntelligentPlayBackEvent: maybe(text('event that slows the playing down')),
      IntelligentPlayBackSpeed: maybe(integer('speed elsewhere')),
      PlayMode: maybe(oneOf('how the recording is chosen', ['ByName', 'ByTime'])),
      StreamType: maybe(integer('0 main stream, 1 second stream', { min: 0 })),
      TransMode: oneOf('transport', TRANSPORTS),
      Value: maybe(integer('speed or place, 0 where unused')),
    }),
  });
}

/** How talk is encoded; some clients name the codec only (field notes §10). */
function askedAudio() {
  return group('how the sound is encoded', {
    BitRate: maybe(integer('bit rate', { min: 0, unit: 'kbit/s' })),
    EncodeType: text('codec, G711_ALAW as a rule'),
    SampleBit: maybe(integer('bits of a sample', { min: 0 })),
    SampleRate: maybe(integer('sample rate; in Hz, or in kHz where small', { min: 0 })),
  });
}

function talk() {
  const action = {
    Claim: 'this socket is to carry the sound',
    Start: '',
    Stop: '',
    Request: 'active registration: the device is to open a socket',
  } as const;
  return group('', {
    Action: oneOf('what to do', action),
    AudioFormat: maybe(askedAudio()),
    // JsonConfigFormat 10.7 has the format one level deeper.
    Parameter: maybe(group('parameters', { AudioFormat: maybe(askedAudio()), Channel: maybe(channel()) })),
  });
}

/** What a device answers: the format that it takes. */
function talkReply() {
  return group('', {
    Action: maybe(text('what was done')),
    AudioFormat: maybe(
      group('how the sound is encoded', {
        BitRate: maybe(integer('bit rate', { unit: 'kbit/s' })),
        EncodeType: maybe(text('codec')),
        SampleBit: maybe(integer('bits of a sample')),
        SampleRate: maybe(integer('sample rate; in Hz, or in kHz where small')),
      }),
    ),
    Parameter: maybe(group('parameters', {})),
  });
}

/** Video and sound towards the device (field notes §6.6). */
function audioVideoTalk() {
  return group('', {
    Action: oneOf('what to do', ['Claim', 'Start', 'Stop']),
    Channel: maybe(channel()),
    ProType: maybe(integer('not known, 0')),
    Video: maybe(
      group('picture', {
        Enc: maybe(text('codec, as H265')),
        W: maybe(integer('width', { min: 0, unit: 'pixel' })),
        H: maybe(integer('height', { min: 0, unit: 'pixel' })),
        FPS: maybe(integer('frames in a second', { min: 0 })),
      }),
    ),
    Audio: maybe(
      group('sound', {
        Enc: maybe(text('codec, as g711a')),
        SB: maybe(integer('bits of a sample', { min: 0 })),
        SR: maybe(integer('sample rate', { min: 0, unit: 'Hz' })),
      }),
    ),
  });
}

function snapshotRequest() {
  return group('', { Channel: channel() });
}

export const MEDIA_OPERATIONS = [
  object({
    name: 'OPPTZControl',
    meaning: 'moves a camera',
    source: 'spec 5.4.1; field-notes 10',
    family: 'operation',
    value: pan,
  }),
  object({
    name: 'OPMonitor',
    meaning: 'starts, stops or claims a live stream',
    source: 'doc 10.5; spec 5.5; field',
    family: 'operation',
    value: monitor,
  }),
  object({
    name: 'OPPlayBack',
    meaning: 'plays or downloads a recording',
    source: 'doc 10.6; spec 5.6; field-notes 7.2',
    family: 'operation',
    value: playback,
  }),
  object({
    name: 'OPTalk',
    meaning: 'starts, stops or claims two-way audio',
    source: 'doc 10.7; spec 5.7; field-notes 7.4',
    family: 'operation',
    value: talk,
    reply: talkReply,
  }),
  object({
    name: 'AVTalk',
    meaning: 'starts, stops or claims video and audio towards the device',
    source: 'field-notes 6.6',
    family: 'operation',
    value: audioVideoTalk,
  }),
  object({
    name: 'OPSNAP',
    meaning: 'takes a picture',
    source: 'field',
    family: 'operation',
    value: snapshotRequest,
  }),
  object({
    name: 'OPSnap',
    meaning: 'takes a picture; another spelling',
    source: 'field-notes 10',
    family: 'operation',
    value: snapshotRequest,
  }),
  object({
    name: 'OPNetKeyboard',
    meaning: 'a key of the front panel or remote control',
    source: 'spec 5.18; field-notes 10',
    family: 'operation',
    value: () =>
      group('', {
        Status: oneOf('pressed or released', ['KeyDown', 'KeyUp']),
        Value: text('digit, or name of the key, as Menu, Esc, Left'),
      }),
  }),
] as const;
