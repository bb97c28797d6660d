import {
  dateTime,
  either,
  group,
  hexOrInteger,
  integer,
  list,
  maybe,
  oneOf,
  oneOrList,
  text,
  untold,
  usually,
} from './kinds.ts';
import { object } from './object.ts';

/** Searches for recordings, log entries and days with recordings (§5.8, §5.9, field notes §7.3). */

function fileQuery() {
  return group('', {
    BeginTime: dateTime('from'),
    EndTime: dateTime('until'),
    Channel: integer('channel, from 0', { min: 0 }),
    DriverTypeMask: hexOrInteger('kinds of drive to search, 0x0000FFFF for all'),
    Event: text('A alarm, M motion, R regular, H manual, in any combination; * for all'),
    StreamType: maybe(hexOrInteger('streams to search, 0x00000000 for the main one')),
    Type: usually('ending of the files', { h264: 'recordings', jpg: 'pictures', '*': 'all' }),
  });
}

/** §6.2.10, JsonConfigFormat 10.23: of several channels at once. */
export function fileQueryByTime() {
  return group('', {
    BeginTime: dateTime('from'),
    EndTime: dateTime('until'),
    HighChannel: integer('channels 33 to 64, one bit each'),
    LowChannel: integer('channels 1 to 32, one bit each'),
    Event: text('A alarm, M motion, R regular, H manual, in any combination; * for all'),
    Sync: maybe(integer('search all channels at once', { min: 0, max: 1 })),
    Type: usually('ending of the files', { h264: 'recordings', jpg: 'pictures', '*': 'all' }),
  });
}

function file() {
  return group('one file', {
    BeginTime: maybe(dateTime('start')),
    EndTime: maybe(dateTime('end')),
    DiskNo: maybe(integer('number of the disk')),
    SerialNo: maybe(integer('number of the partition on it')),
    FileLength: maybe(hexOrInteger('size, rounded up', 'KiB')),
    FileName: text('path: date, channel from 001, start and end, kind of recording in brackets'),
  });
}

function logQuery() {
  return group('', {
    BeginTime: dateTime('from'),
    EndTime: dateTime('until'),
    LogPosition: integer('0 at first, then one beyond the last Position of the answer before', { min: 0 }),
    Type: usually('which entries', [
      ...['LogAll', 'LogConfig', 'LogData', 'LogAlarm', 'LogRecord', 'LogAccount', 'LogFileAccess'],
      ...['All', 'Config', 'Data', 'Alarm', 'Record', 'Account', 'FileAccess'],
    ]),
  });
}

function logEntry() {
  return group('one entry', {
    Data: maybe(text('details')),
    Position: maybe(integer('number of the entry')),
    Time: maybe(dateTime('when, device time')),
    Type: maybe(text('what happened, as LogIn, ShutDown, SaveConfig')),
    User: maybe(text('who caused it')),
  });
}

/** Of a month the mask has one bit a day; of a year it is a list of twelve. */
function calendar() {
  return group('', {
    Event: maybe(text('A alarm, M motion, R regular, H manual, in any combination; * for all')),
    FileType: maybe(text('ending of the files')),
    Year: maybe(integer('year')),
    Month: maybe(integer('month, from 1')),
    Channel: maybe(integer('channel, from 0')),
    Rev: maybe(text('reserved')),
    Mask: maybe(
      either('days with recordings', [
        hexOrInteger('bit 0 is the first day of the month'),
        list('one mask for each month', hexOrInteger('bit 0 is the first day of the month')),
      ]),
    ),
  });
}

export const SEARCHES = [
  object({
    name: 'OPFileQuery',
    meaning: 'which recordings or pictures there are',
    source: 'doc 10.11, 10.12; spec 5.8; field-notes 7.3',
    family: 'operation',
    value: fileQuery,
    reply: () => oneOrList('files, at most 64 at a time', file()),
  }),
  object({
    name: 'FileList',
    meaning: 'the answer to OPFileQuery, as the specification names it',
    source: 'spec 5.8',
    family: 'operation',
    value: () => list('files', file()),
  }),
  object({
    name: 'OPLogQuery',
    meaning: 'entries of the log',
    source: 'doc 10.13, 10.14; spec 5.9; field',
    family: 'operation',
    value: logQuery,
    reply: () => oneOrList('entries, at most 128 at a time', logEntry()),
  }),
  object({
    name: 'LogList',
    meaning: 'the answer to OPLogQuery, as the specification names it',
    source: 'spec 5.9',
    family: 'operation',
    value: () => list('entries', logEntry()),
  }),
  object({
    name: 'OPSCalendar',
    meaning: 'days of a month or year that have recordings',
    source: 'field-notes 3.3; documents of the vendor’s SDK',
    family: 'operation',
    value: calendar,
  }),
  object({
    name: 'OPNetSerach',
    meaning: 'recorded span and capacity of the storage',
    source: 'field-notes 3.3',
    family: 'operation',
    value: () =>
      group('', {
        BeginTime: maybe(dateTime('start of the oldest recording')),
        EndTime: maybe(dateTime('end of the newest recording')),
        StorageCapacity: maybe(untold('capacity of the storage; no source tells the form')),
      }),
  }),
  object({
    name: 'OPLocalSearch',
    meaning: 'which protocol a recorder searches its network with for cameras',
    source: 'doc 10.27',
    family: 'operation',
    value: () =>
      group('', {
        SerchProtocol: oneOf('protocol', ['NAT', 'DAHUA', 'ONVIF', 'TCP', 'ALL', 'MAC', 'ONVIF-Default']),
      }),
  }),
  object({
    name: 'OPMusicFileQuery',
    meaning: 'sound files on the device',
    source: 'field-notes 3.3',
    family: 'operation',
    value: () =>
      group('', {
        Action: maybe(text('what to do')),
        FileName: maybe(oneOrList('names of files', text('name'))),
      }),
  }),
  object({
    name: 'OPBreviaryPic',
    meaning: 'thumbnails of recordings; the field notes have the name only',
    source: 'field-notes 3.3',
    family: 'operation',
    value: () => untold('not known'),
  }),
] as const;
