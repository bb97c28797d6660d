import {
  flag,
  flagOrInteger,
  group,
  hex,
  integer,
  list,
  maybe,
  oneOrList,
  secret,
  text,
  timeSection,
  usually,
} from '../kinds.ts';
import { object } from '../object.ts';
import { perChannel, port, server } from './shapes.ts';

/** What the device does over the network: mail, FTP, time, alarms, push, cloud, RTSP (JsonConfigFormat chapter 3). */
export const NETWORK_SERVICES = [
  object({
    name: 'NetWork.AlarmServer',
    meaning: 'alarm centres that the device reports to',
    source: 'doc 1.20, 3.29; field',
    family: 'config',
    value: () =>
      oneOrList(
        '',
        group('one alarm centre', {
          Enable: maybe(flag('reporting on')),
          Alarm: maybe(flag('report alarms')),
          Log: maybe(flag('report log entries')),
          Protocol: maybe(usually('protocol of the centre', ['GENERAL', 'NONE'])),
          Server: maybe(server('address of the centre')),
        }),
      ),
  }),
  object({
    name: 'NetWork.NetEmail',
    meaning: 'mail that the device sends on alarms',
    source: 'doc 3.6; field',
    family: 'config',
    value: () =>
      group('', {
        Enable: maybe(flag('mail on')),
        MailServer: maybe(server('SMTP server and account')),
        Port: maybe(port('SMTP port, where MailServer has none')),
        UseSSL: maybe(flagOrInteger('encrypted connection')),
        Title: maybe(text('subject')),
        SendAddr: maybe(text('sender')),
        Recievers: maybe(list('recipients', text('address; «none» where unused'))),
        Schedule: maybe(list('when mail is sent', timeSection('one span of the day'))),
      }),
  }),
  object({
    name: 'NetWork.NetFTP',
    meaning: 'FTP server that recordings and snapshots are sent to',
    source: 'doc 3.11; field',
    family: 'config',
    value: () =>
      oneOrList(
        '',
        group('one FTP server', {
          Enable: maybe(flag('FTP on')),
          Directory: maybe(text('directory on the server')),
          MaxFileLen: maybe(integer('longest file; the document gives no unit', { unit: 'MB' })),
          Server: maybe(server('server and account')),
        }),
      ),
  }),
  object({
    name: 'NetWork.NetNTP',
    meaning: 'time server',
    source: 'doc 3.7; field',
    family: 'config',
    value: () =>
      group('', {
        Enable: maybe(flag('NTP on')),
        Server: maybe(server('time server')),
        TimeZone: maybe(
          integer('place in the list of time zones, no offset', { min: 0, max: 33, open: true }),
        ),
        UpdatePeriod: maybe(
          integer('time between two queries', { min: 1, max: 65_536, open: true, unit: 'minutes' }),
        ),
      }),
  }),
  object({
    name: 'NetWork.NetMobile',
    meaning: 'service for phones',
    source: 'doc 3.19',
    family: 'config',
    value: () =>
      group('', {
        Enable: maybe(flag('live view on phones')),
        Server: maybe(server('server')),
      }),
  }),
  object({
    name: 'NetWork.ShortMsg',
    meaning: 'text messages that the device sends on alarms',
    source: 'doc 3.24',
    family: 'config',
    value: () =>
      group('', {
        Enable: maybe(flag('text messages on')),
        PhoneNum: maybe(list('recipients', text('telephone number'))),
        SendTimes: maybe(integer('messages to each number')),
      }),
  }),
  object({
    name: 'NetWork.MultimediaMsg',
    meaning: 'multimedia messages that the device sends on alarms',
    source: 'doc 3.25',
    family: 'config',
    value: () =>
      group('', {
        Enable: maybe(flag('multimedia messages on')),
        PhoneNum: maybe(list('recipients', text('telephone number'))),
        GateWayDomain: maybe(text('gateway')),
        GateWayPort: maybe(port('port of the gateway')),
        MmscDomain: maybe(text('message centre')),
        MmscPort: maybe(port('port of the message centre')),
      }),
  }),
  object({
    name: 'NetWork.DAS',
    meaning: 'active registration: the device connects to this server and logs in there',
    source: 'doc 3.26; spec 4.1.2; schema',
    family: 'config',
    value: () =>
      group('', {
        Enable: maybe(flag('active registration on')),
        ServerAddr: maybe(text('server')),
        Port: maybe(port('port of the server')),
        DeviceID: maybe(text('id of the device there')),
        UserName: maybe(text('account')),
        Password: maybe(secret('password of the account')),
      }),
  }),
  object({
    name: 'NetWork.PMS',
    meaning: 'push messages to phones',
    source: 'doc 3.27; field',
    family: 'config',
    value: () =>
      group('', {
        Enable: maybe(flag('push on')),
        ServName: maybe(text('push server')),
        Port: maybe(port('port of the push server')),
        BoxID: maybe(text('id of the device there')),
        PushInterval: maybe(integer('shortest time between two messages', { unit: 'seconds' })),
      }),
  }),
  object({
    name: 'NetWork.Nat',
    meaning: 'the vendor’s cloud, by which the device is reached from outside',
    source: 'doc 3.28; field',
    family: 'config',
    value: () =>
      group('', {
        NatEnable: maybe(flag('cloud on')),
        Addr: maybe(text('cloud server')),
        Port: maybe(port('port of the cloud server')),
        DnsServer1: maybe(hex('name server of the cloud client, little-endian')),
        DnsServer2: maybe(hex('second name server of the cloud client, little-endian')),
        XMeyeMTU: maybe(integer('largest packet', { unit: 'bytes' })),
      }),
  }),
  object({
    name: 'NetWork.OnlineUpgrade',
    meaning: 'firmware updates from the vendor’s server',
    source: 'field',
    family: 'config',
    value: () =>
      group('', {
        Enable: maybe(flagOrInteger('online updates on')),
        AutoCheck: maybe(flagOrInteger('look for updates')),
        AutoUpgradeImp: maybe(flagOrInteger('install important updates')),
        JustImpVersion: maybe(flagOrInteger('important updates only')),
        IgnoreAllVersion: maybe(flagOrInteger('pass over every update')),
        IgnoreCurVersion: maybe(flagOrInteger('pass over this update')),
        IgnoreCurTime: maybe(hex('until when this update is passed over')),
        ServerAddr: maybe(text('update server')),
        ServerPort: maybe(port('port of the update server')),
      }),
  }),
  object({
    name: 'NetWork.OnvifPwdCheckout',
    meaning: 'whether ONVIF clients must give a password',
    source: 'field',
    family: 'config',
    value: () => group('', { Enable: maybe(flag('password asked for')) }),
  }),
  object({
    name: 'NetWork.RTSP',
    meaning: 'RTSP server and client of the device',
    source: 'field',
    family: 'config',
    value: () =>
      group('', {
        IsServer: maybe(flag('RTSP server on')),
        Server: maybe(server('where the server listens')),
        IsClient: maybe(flag('RTSP client on')),
        Client: maybe(server('where the client connects to')),
      }),
  }),
  object({
    name: 'NetWork.TranCommData',
    meaning: 'bridge between a serial port and a server',
    source: 'field',
    family: 'config',
    value: () =>
      group('', {
        bEnable: maybe(flag('bridge on')),
        SerialType: maybe(integer('kind of port: 0 RS-232, 1 RS-485, as its values suggest')),
        ServerAddr: maybe(text('server')),
        ServerPort: maybe(port('port of the server')),
        ServerType: maybe(integer('transport; no source names its values')),
      }),
  }),
  object({
    name: 'NetWork.RemoteDevice',
    meaning: 'devices whose picture a recorder decodes, one for each channel',
    source: 'doc 3.14',
    family: 'config',
    value: () =>
      perChannel(
        group('one decoding channel', {
          Enable: maybe(flag('channel on')),
          IPAddress: maybe(text('address or name of the device')),
          Port: maybe(port('its port')),
          Protocol: maybe(usually('transport', ['TCP', 'UDP'])),
          Channel: maybe(integer('channel of that device')),
          UserName: maybe(text('account on that device')),
          PassWord: maybe(secret('password of the account')),
        }),
      ),
  }),
  object({
    name: 'NetWork.RemoteDeviceV3',
    meaning: 'IP cameras of a recorder, one or several for each digital channel',
    source: 'doc 3.3',
    family: 'config',
    value: () =>
      perChannel(
        group('one digital channel', {
          Enable: maybe(flag('channel on')),
          ConnType: maybe(usually('one camera, or several in turn', ['SINGLE', 'MULTI'])),
          SingleConnId: maybe(hex('which camera is shown; 0 is none')),
          TourIntv: maybe(integer('time for each camera', { unit: 'seconds' })),
          EnCheckTime: maybe(flag('set the clocks of the cameras')),
          Decoder: maybe(list('cameras', remoteCamera())),
        }),
      ),
  }),
  object({
    name: 'NetWork.DigTimeSyn',
    meaning: 'how the clocks of the cameras of a recorder are set',
    source: 'doc 3.22',
    family: 'config',
    value: () =>
      perChannel(
        group('one channel', {
          TimeSyn: maybe(usually('what is sent to the camera', ['OFF', 'UTC', 'Local', 'T&Z'])),
        }),
      ),
  }),
];

function remoteCamera() {
  return group('one camera', {
    ConfName: maybe(text('name of the entry')),
    Enable: maybe(flag('in use')),
    DevType: maybe(text('kind of device; IPC is a camera')),
    IPAddress: maybe(text('address or name')),
    Port: maybe(port('port')),
    Protocol: maybe(usually('protocol', ['TCP', 'UDP', 'NAT', 'ONVIF', 'MAC'])),
    Channel: maybe(integer('channel of that device')),
    StreamType: maybe(usually('stream', ['MAIN', 'EXTRA'])),
    Interval: maybe(integer('not used')),
    UserName: maybe(text('account on that device')),
    PassWord: maybe(secret('password of the account')),
  });
}
