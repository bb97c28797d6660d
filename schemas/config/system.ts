import { flag, flagOrInteger, group, hex, integer, list, maybe, secret, text } from '../kinds.ts';
import { object } from '../object.ts';
import { port } from './shapes.ts';

/** Time zone, the second user table, and what the vendor and the cloud keep in the device; known from the field. */
export const SYSTEM_SETTINGS = [
  object({
    name: 'System.TimeZone',
    meaning: 'time zone of the device',
    source: 'field',
    family: 'config',
    value: () =>
      group('', {
        timeMin: maybe(integer('west of UTC; -480 is UTC+8', { unit: 'minutes' })),
        FirstUserTimeZone: maybe(flagOrInteger('still to be set by its first user')),
      }),
  }),
  object({
    name: 'System.ExUserMap',
    meaning: 'second table of users, with passwords that can be recovered',
    source: 'field; field-notes 8',
    family: 'config',
    value: () =>
      group('', {
        User: maybe(list('accounts', extraUser())),
        UserNum: maybe(integer('accounts in the table')),
      }),
  }),
  object({
    name: 'Status.NatInfo',
    meaning: 'state of the cloud connection',
    source: 'field',
    family: 'config',
    value: () =>
      group('', {
        NatStatus: maybe(text('state; Probing while connecting')),
        NaInfoCode: maybe(text('details for diagnosis')),
      }),
  }),
  object({
    name: 'PMS.num',
    meaning: 'number of phones that push messages go to',
    source: 'schema',
    family: 'config',
    value: () => group('', { AbilityPram: maybe(hex('how many')) }),
  }),
  object({
    name: 'OEMcfg.Correspondent',
    meaning: 'what the device says of itself over ONVIF',
    source: 'field',
    family: 'config',
    value: () =>
      group('', {
        BrandInfo: maybe(text('brand')),
        Model: maybe(text('model')),
        HardwareId: maybe(text('hardware')),
        FirmwareVersion: maybe(text('firmware')),
        Port: maybe(port('ONVIF port, 8899')),
        Scope: maybe(list('ONVIF scopes', text('URI'))),
        RevSpace: maybe(text('reserved')),
      }),
  }),
  object({
    name: 'AppDowloadLink',
    meaning: 'links to the phone apps, shown as codes',
    source: 'field',
    family: 'config',
    value: () =>
      group('', {
        AndroidEnable: maybe(flagOrInteger('show the link for Android')),
        AndroidLink: maybe(text('link for Android')),
        IOSEnable: maybe(flagOrInteger('show the link for iOS')),
        IOSLink: maybe(text('link for iOS')),
        OtherEnable: maybe(flagOrInteger('show the third link')),
        OtherLink: maybe(text('third link')),
        NameOther: maybe(text('caption of the third link')),
        SNEnable: maybe(flagOrInteger('show the serial number')),
      }),
  }),
  object({
    name: 'BrowserLanguage',
    meaning: 'language of the web pages',
    source: 'field',
    family: 'config',
    value: () => group('', { BrowserLanguageType: maybe(integer('number of the language')) }),
  }),
];

/** As in `Users`, with a password that is only disguised: four digits, then base64 (field notes §8). */
function extraUser() {
  return group('one account', {
    Name: maybe(text('name')),
    Password: maybe(secret('password, disguised')),
    PasswordV2: maybe(secret('password, in another disguise')),
    Group: maybe(text('group')),
    Memo: maybe(text('note')),
    Reserved: maybe(flag('built in')),
    Sharable: maybe(flag('may be logged in more than once')),
    AuthorityList: maybe(list('rights; null where it has all', text('right'))),
  });
}
