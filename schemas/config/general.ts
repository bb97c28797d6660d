import {
  choice,
  flag,
  flagOrInteger,
  group,
  integer,
  list,
  maybe,
  secret,
  text,
  timeSection,
  usually,
} from '../kinds.ts';
import { object } from '../object.ts';

const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** General settings (JsonConfigFormat chapter 6). */
export const GENERAL = [
  object({
    name: 'General.General',
    meaning: 'name and number of the device, its screen, what happens when the disk is full',
    source: 'doc 6.1; field',
    family: 'config',
    value: () =>
      group('', {
        MachineName: maybe(text('name of the device')),
        LocalNo: maybe(integer('number of the device', { min: 0, max: 998, open: true })),
        AutoLogout: maybe(integer('log out after this; 0 never', { unit: 'minutes' })),
        OverWrite: maybe(
          usually('when the disk is full', {
            StopRecord: 'stop recording',
            OverWrite: 'overwrite the oldest',
          }),
        ),
        VideoOutPut: maybe(usually('screen output', ['Auto', 'AUTO', 'TV', 'VGA'])),
        ScreenAutoShutdown: maybe(integer('screen off after this', { unit: 'minutes' })),
        ScreenSaveTime: maybe(integer('screen saver after this', { unit: 'minutes' })),
        SnapInterval: maybe(integer('time between two snapshots', { unit: 'seconds' })),
        FontSize: maybe(integer('size of the text in the picture')),
        IranCalendarEnable: maybe(flagOrInteger('Iranian calendar')),
      }),
  }),
  object({
    name: 'General.Location',
    meaning: 'language, television standard, how dates are written, daylight saving',
    source: 'doc 6.2; field',
    family: 'config',
    value: () =>
      group('', {
        DateFormat: maybe(usually('order of the date', ['YYMMDD', 'MMDDYY', 'DDMMYY'])),
        DateSeparator: maybe(usually('between year, month and day', ['.', '-', '/'])),
        TimeFormat: maybe(usually('hours to a day', ['12', '24'])),
        Language: maybe(usually('language of the device', LANGUAGES)),
        VideoFormat: maybe(usually('television standard', ['PAL', 'NTSC', 'SECAM', 'SCEAM'])),
        DSTRule: maybe(usually('daylight saving', ['Off', 'On'])),
        DSTStart: maybe(daylightSaving('when daylight saving begins')),
        DSTEnd: maybe(daylightSaving('when daylight saving ends')),
        WorkDay: maybe(integer('working days: bit 0 is Sunday, 62 Monday to Friday')),
        IranCalendar: maybe(flagOrInteger('Iranian calendar')),
        Week: maybe(integer('no source tells; the devices seen give null')),
      }),
  }),
  object({
    name: 'General.AutoMaintain',
    meaning: 'when the device restarts by itself and deletes old recordings',
    source: 'doc 6.3; field',
    family: 'config',
    value: () =>
      group('', {
        AutoDeleteFilesDays: maybe(
          integer('delete recordings older than this; 0 keeps them', {
            min: 0,
            max: 365,
            open: true,
            unit: 'days',
          }),
        ),
        AutoRebootDay: maybe(usually('day of the restart', ['Never', 'EveryDay', 'Everyday', ...WEEKDAYS])),
        AutoRebootHour: maybe(integer('hour of the restart', { min: 0, max: 24, open: true })),
      }),
  }),
  object({
    name: 'General.SystemState',
    meaning: 'how the screen was divided last, and the working hours',
    source: 'doc 1.19',
    family: 'config',
    value: () =>
      group('', {
        LastSpt: maybe(integer('division of the screen chosen last')),
        LastSubSpt: maybe(integer('page of that division')),
        WorkTime: maybe(timeSection('working hours')),
      }),
  }),
  object({
    name: 'General.PwdSafety',
    meaning: 'how a forgotten password is recovered',
    source: 'field',
    family: 'config',
    value: () =>
      group('', {
        PwdReset: maybe(
          list(
            'security questions',
            group('one question', {
              QuestionIndex: maybe(integer('which question of QuestionDelivery')),
              QuestionAnswer: maybe(secret('the answer')),
            }),
          ),
        ),
        SecurityEmail: maybe(text('address for recovery')),
        TipPageHide: maybe(flag('do not remind')),
      }),
  }),
];

const LANGUAGES = [
  'English',
  'SimpChinese',
  'TradChinese',
  'Arabic',
  'Brazilian',
  'Bulgarian',
  'Czech',
  'Dansk',
  'Dutch',
  'Estonian',
  'Farsi',
  'Finnish',
  'French',
  'German',
  'Greek',
  'Hebrew',
  'Hungarian',
  'Indonesian',
  'Italian',
  'Japanese',
  'Korean',
  'Poland',
  'Portugal',
  'Romanian',
  'Russian',
  'Slovakia',
  'Spanish',
  'Swedish',
  'Thai',
  'Turkey',
  'Vietnamese',
];

function daylightSaving(meaning: string) {
  return group(meaning, {
    Year: maybe(integer('year; 0 is every year')),
    Month: maybe(integer('month', { min: 0, max: 12, open: true })),
    Week: maybe(
      choice(
        'week of the month',
        { 0: 'Day is a day of the month', 1: 'first', 2: 'second', 3: 'third', 4: 'fourth', [-1]: 'last' },
        'open',
      ),
    ),
    Day: maybe(
      integer('weekday, 0 is Sunday; where Week is 0 the day of the month', { min: 0, max: 31, open: true }),
    ),
    Hour: maybe(integer('hour', { min: 0, max: 24, open: true })),
    Minute: maybe(integer('minute', { min: 0, max: 59, open: true })),
  });
}
