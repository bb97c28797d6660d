import { choice, flagOrInteger, group, hexOrInteger, integer, list, maybe, text, usually } from '../kinds.ts';
import { object } from '../object.ts';
import { perChannel, percentage } from './shapes.ts';

/**
 * The camera itself: exposure, colour, lamps. No document of the vendor has them; they are known from devices, and the
 * meanings from the headers of the vendor's SDK.
 */
export const CAMERA = [
  object({
    name: 'Camera.Param',
    meaning: 'exposure, day and night, noise filter and orientation of each camera',
    source: 'field',
    family: 'config',
    value: () => perChannel(cameraParam()),
  }),
  object({
    name: 'Camera.ParamEx',
    meaning: 'more settings of each camera: dynamic range, lens, style',
    source: 'field',
    family: 'config',
    value: () => perChannel(cameraParamEx()),
  }),
  object({
    name: 'Camera.ClearFog',
    meaning: 'haze removal of each camera',
    source: 'field',
    family: 'config',
    value: () => perChannel(clearFog()),
  }),
  object({
    name: 'Camera.WhiteLight',
    meaning: 'the white lamp',
    source: 'python-dvr',
    family: 'config',
    value: () => perChannel(whiteLight()),
  }),
] as const;

/** What the sensor can do. The name is also that of the branch with the configurations above, so it has both. */
export const CAMERA_ABILITY = [
  object({
    name: 'Camera',
    meaning: 'exposure times and abilities of the sensor (1360), or all configurations of the camera (1042)',
    source: 'field; python-dvr',
    family: 'ability',
    value: () =>
      group('abilities of the sensor, then the branch of configurations', {
        Count: maybe(integer('number of exposure times')),
        Speeds: maybe(list('exposure times', hexOrInteger('one exposure time', 'µs'))),
        ElecLevel: maybe(percentage('level of exposure')),
        Luminance: maybe(integer('measured brightness')),
        Status: maybe(integer('state of the camera')),
        IsFishLens: maybe(flagOrInteger('fish-eye lens')),
        SupportIntellDoubleLight: maybe(flagOrInteger('has infrared and white lamps')),
        SupportPreventOverExpo: maybe(flagOrInteger('can guard against over-exposure')),
        Version: maybe(text('version of the sensor driver')),
        Param: maybe(perChannel(cameraParam())),
        ParamEx: maybe(perChannel(cameraParamEx())),
        ClearFog: maybe(perChannel(clearFog())),
        WhiteLight: maybe(perChannel(whiteLight())),
      }),
  }),
] as const;

function cameraParam() {
  const noiseLevel = { min: 0, max: 5, open: true } as const;
  return group('one camera', {
    AeSensitivity: maybe(integer('sensitivity of automatic exposure', { min: 1, max: 10, open: true })),
    ApertureMode: maybe(hexOrInteger('automatic iris')),
    BLCMode: maybe(hexOrInteger('back light compensation')),
    DayNightColor: maybe(hexOrInteger('0 automatic, 1 colour, 2 black and white; newer firmware has more')),
    Day_nfLevel: maybe(integer('noise filter by day, 0 is off', noiseLevel)),
    Night_nfLevel: maybe(integer('noise filter by night, 0 is off', noiseLevel)),
    DncThr: maybe(integer('brightness at which day turns to night')),
    ElecLevel: maybe(percentage('reference level of exposure')),
    EsShutter: maybe(hexOrInteger('slow shutter')),
    ExposureParam: maybe(
      group('exposure', {
        Level: maybe(integer('0 automatic, else an exposure time')),
        LeastTime: maybe(hexOrInteger('shortest', 'µs')),
        MostTime: maybe(hexOrInteger('longest', 'µs')),
      }),
    ),
    GainParam: maybe(gain('gain', 'limit')),
    IRCUTMode: maybe(choice('infrared filter', { 0: 'with the infrared lamp', 1: 'automatic' }, 'open')),
    IrcutSwap: maybe(flagOrInteger('infrared filter wired the other way round')),
    InfraredSwap: maybe(flagOrInteger('infrared lamp wired the other way round')),
    PictureFlip: maybe(hexOrInteger('upside down')),
    PictureMirror: maybe(hexOrInteger('left and right swapped')),
    RejectFlicker: maybe(hexOrInteger('filter for the flicker of lamps')),
    WhiteBalance: maybe(hexOrInteger('white balance')),
  });
}

function cameraParamEx() {
  return group('one camera', {
    AeMeansure: maybe(choice('where brightness is measured', { 0: 'average', 1: 'centre' }, 'open')),
    AutomaticAdjustment: maybe(integer('mode of automatic adjustment')),
    BroadTrends: maybe(gain('wide dynamic range', 'strength')),
    CorridorMode: maybe(flagOrInteger('picture turned for corridors')),
    Dis: maybe(flagOrInteger('digital image stabiliser')),
    ExposureTime: maybe(hexOrInteger('exposure time in effect', 'µs')),
    Ldc: maybe(flagOrInteger('correction of lens distortion')),
    LightRestrainLevel: maybe(integer('suppression of bright lights')),
    LowLuxMode: maybe(flagOrInteger('mode for little light')),
    PreventOverExpo: maybe(flagOrInteger('guard against over-exposure')),
    SoftPhotosensitivecontrol: maybe(flagOrInteger('the picture serves as light sensor')),
    Style: maybe(usually('style of the picture', ['typedefault', 'type1', 'type2'])),
  });
}

function gain(meaning: string, strength: string) {
  return group(meaning, {
    AutoGain: maybe(flagOrInteger('on')),
    Gain: maybe(percentage(strength)),
  });
}

function clearFog() {
  return group('one camera', {
    enable: maybe(flagOrInteger('haze removal on')),
    level: maybe(percentage('strength')),
  });
}

function whiteLight() {
  return group('one lamp', {
    WorkMode: maybe(
      usually('when the lamp burns', ['Auto', 'Timing', 'KeepOpen', 'Close', 'Intelligent', 'Atmosphere']),
    ),
    Brightness: maybe(percentage('brightness')),
    MoveTrigLight: maybe(
      group('lamp on motion', {
        Duration: maybe(integer('how long it burns', { unit: 's' })),
        Level: maybe(integer('sensitivity')),
      }),
    ),
    WorkPeriod: maybe(
      group('hours of the lamp', {
        Enable: maybe(flagOrInteger('hours apply')),
        SHour: maybe(integer('hour of the start', { min: 0, max: 24, open: true })),
        SMinute: maybe(integer('minute of the start', { min: 0, max: 59, open: true })),
        EHour: maybe(integer('hour of the end', { min: 0, max: 24, open: true })),
        EMinute: maybe(integer('minute of the end', { min: 0, max: 59, open: true })),
      }),
    ),
  });
}
