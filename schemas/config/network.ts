import {
  dateTime,
  either,
  flag,
  group,
  hex,
  integer,
  list,
  map,
  maybe,
  oneOrList,
  secret,
  text,
  untold,
  usually,
} from '../kinds.ts';
import { object } from '../object.ts';
import { port, server } from './shapes.ts';

const MONITOR_MODES = ['TCP', 'UDP', 'MCAST'];
const TRANSFER_PLANS = ['Quality', 'Fluency', 'AutoAdapt'];

/** How the device is reached: addresses, interfaces, dialling in, name services (JsonConfigFormat chapter 3). */
export const NETWORK = [
  object({
    name: 'NetWork.NetCommon',
    meaning: 'address, ports and limits of the device; in the answer to a search also what it is',
    source: 'doc 3.2; spec 5.16.2; field',
    family: 'config',
    value: () =>
      group('', {
        HostName: maybe(text('name of the device')),
        HostIP: maybe(hex('IPv4 address, little-endian')),
        Submask: maybe(hex('network mask, little-endian')),
        GateWay: maybe(hex('gateway, little-endian')),
        HttpPort: maybe(port('port of the web pages')),
        TCPPort: maybe(port('DVRIP port, 34567 from the factory')),
        UDPPort: maybe(port('UDP port')),
        SSLPort: maybe(port('TLS port')),
        MAC: maybe(text('hardware address, aa:bb:cc:dd:ee:ff')),
        MaxBps: maybe(integer('limit of the bit rate; 0 is none')),
        MonMode: maybe(usually('transport of live view', MONITOR_MODES)),
        TCPMaxConn: maybe(integer('most TCP connections at once')),
        TransferPlan: maybe(usually('what counts most when the line is slow', TRANSFER_PLANS)),
        UseHSDownLoad: maybe(flag('fast download of recordings')),
        DeviceID: maybe(hex('number of the device')),
        BuildDate: maybe(dateTime('when the firmware was built; in a search answer')),
        ChannelNum: maybe(integer('channels; in a search answer')),
        DeviceType: maybe(integer('class of device, 24 an IP camera; in a search answer')),
        NetConnectState: maybe(integer('state of the cloud connection; in a search answer')),
        OtherFunction: maybe(text('date and version, D=… V=…; in a search answer')),
        Pid: maybe(text('product; in a search answer')),
        SN: maybe(text('serial number; in a search answer')),
        Version: maybe(text('firmware; in a search answer')),
      }),
  }),
  object({
    name: 'NetIP',
    meaning: 'addresses and ports by interface, the older form of NetWork.NetCommon',
    source: 'doc 3',
    family: 'config',
    value: () =>
      group('', {
        DefaultInterface: maybe(text('the interface that is used')),
        eth0: maybe(networkInterface('first interface')),
        eth1: maybe(networkInterface('second interface')),
      }),
  }),
  object({
    name: 'NetWork.NetDHCP',
    meaning: 'which interfaces get their address by DHCP',
    source: 'doc 3.4; field',
    family: 'config',
    value: () =>
      oneOrList(
        '',
        group('one interface', {
          Enable: maybe(flag('DHCP on')),
          Interface: maybe(usually('interface', ['eth0', 'eth1', 'eth2', 'eth3'])),
        }),
      ),
  }),
  object({
    name: 'NetWork.NetDNS',
    meaning: 'name servers',
    source: 'doc 3.10; field',
    family: 'config',
    value: () =>
      group('', {
        Address: maybe(hex('first name server, little-endian')),
        SpareAddress: maybe(hex('second name server, little-endian')),
      }),
  }),
  object({
    name: 'NetWork.NetPPPoE',
    meaning: 'dialling in by PPPoE',
    source: 'doc 3.9; spec 5.3.1',
    family: 'config',
    value: () =>
      group('', {
        Enable: maybe(flag('PPPoE on')),
        HostIP: maybe(hex('address obtained, little-endian')),
        Server: maybe(server('account to dial with')),
      }),
  }),
  object({
    name: 'NetWork.Net3G',
    meaning: 'dialling in by mobile network',
    source: 'doc 3.15',
    family: 'config',
    value: () =>
      group('', {
        Enable: maybe(flag('dialling on')),
        NetworkType: maybe(usually('standard', ['AUTO', 'TD_SCDMA', 'WCDMA', 'CDMA_1X', 'EDGE', 'EVDO'])),
        APN: maybe(text('access point')),
        DialNum: maybe(text('number to dial')),
        UserName: maybe(text('account')),
        Password: maybe(secret('password of the account')),
        Address: maybe(text('address obtained, dotted')),
      }),
  }),
  object({
    name: 'NetWork.Wifi',
    meaning: 'wireless network that the device joins',
    source: 'field',
    family: 'config',
    value: () =>
      group('', {
        Enable: maybe(flag('Wi-Fi on')),
        SSID: maybe(text('name of the network')),
        Keys: maybe(secret('key of the network')),
        KeyType: maybe(integer('form of the key: 0 hexadecimal, 1 text, as its values suggest')),
        Auth: maybe(
          usually('authentication', [
            'OPEN',
            'SHARED',
            'WEPAUTO',
            'WPAPSK',
            'WPA2PSK',
            'WPANONE',
            'WPA',
            'WPA2',
          ]),
        ),
        EncrypType: maybe(usually('cipher', ['NONE', 'WEP', 'TKIP', 'AES'])),
        NetType: maybe(usually('kind of network', ['Infra', 'Adhoc'])),
        Channel: maybe(integer('radio channel; 0 is automatic')),
        HostIP: maybe(hex('IPv4 address, little-endian')),
        Submask: maybe(hex('network mask, little-endian')),
        GateWay: maybe(hex('gateway, little-endian')),
      }),
  }),
  object({
    name: 'NetWork.NetOrder',
    meaning: 'which kind of network is preferred',
    source: 'doc 3.23',
    family: 'config',
    value: () =>
      group('', {
        Enable: maybe(flag('order of preference on')),
        NetCount: maybe(integer('kinds of network')),
        NetOrder: maybe(
          list(
            'the kinds with their ranks',
            group('one kind', {
              NetType: maybe(integer('0 wired, 1 Wi-Fi, 2 mobile')),
              NetOrder: maybe(integer('rank; 0 comes first')),
            }),
          ),
        ),
      }),
  }),
  object({
    name: 'NetWork.IPAdaptive',
    meaning: 'whether the device changes its address to suit the network of the client',
    source: 'field-notes 10',
    family: 'config',
    value: () => group('', { IPAdaptive: maybe(flag('adapt the address')) }),
  }),
  object({
    name: 'NetWork.NetIPFilter',
    meaning: 'addresses that may or may not connect',
    source: 'doc 3.20; field',
    family: 'config',
    value: () =>
      group('', {
        Enable: maybe(flag('filter on')),
        Banned: maybe(list('addresses refused', hex('IPv4 address, little-endian; zero is an empty place'))),
        Trusted: maybe(list('addresses let in', hex('IPv4 address, little-endian; zero is an empty place'))),
      }),
  }),
  object({
    name: 'NetWork.NetDDNS',
    meaning: 'dynamic DNS providers',
    source: 'doc 3.5; field',
    family: 'config',
    value: () =>
      oneOrList(
        '',
        group('one provider', {
          Enable: maybe(flag('in use')),
          // Hidden as its name asks for, although it only names the provider.
          DDNSKey: maybe(secret('provider: CN99, DynDns, NO-IP, Oray, MYQ-SEE, …')),
          HostName: maybe(text('name registered')),
          Online: maybe(flag('registered at present')),
          Server: maybe(server('server and account of the provider')),
        }),
      ),
  }),
  object({
    name: 'NetWork.NetARSP',
    meaning: 'registration with a directory of devices',
    source: 'doc 3.12; schema',
    family: 'config',
    value: () =>
      oneOrList(
        '',
        group('one directory', {
          ARSPKey: maybe(secret('kind of directory, DNS')),
          Enable: maybe(flag('in use')),
          HttpPort: maybe(port('port of the web pages to announce')),
          Interval: maybe(integer('time between two reports', { unit: 'minutes' })),
          Server: maybe(server('directory')),
          URL: maybe(text('address to report to')),
        }),
      ),
  }),
  object({
    name: 'NetWork.Upnp',
    meaning: 'ports that the router is asked to open',
    source: 'doc 3.18; field',
    family: 'config',
    value: () =>
      group('', {
        Enable: maybe(flag('UPnP on')),
        HTTPPort: maybe(port('port for the web pages')),
        MediaPort: maybe(port('port for DVRIP')),
        MobilePort: maybe(port('port for phones')),
        State: maybe(flag('the ports are open; set by the device')),
      }),
  }),
  object({
    name: 'NetWork.ChnStatus',
    meaning: 'states of the digital channels; no source shows their form',
    source: 'field-notes 10',
    family: 'config',
    value: () =>
      either('', [
        list('states, by channel', untold('no source tells more')),
        map('states, by name', untold('no source tells more')),
      ]),
  }),
];

/** One interface of NetIP: addresses dotted here, hexadecimal in NetWork.NetCommon. */
function networkInterface(meaning: string) {
  return group(meaning, {
    HostIP: maybe(text('IPv4 address, dotted')),
    Submask: maybe(text('network mask, dotted')),
    HostName: maybe(text('name of the device')),
    HttpPort: maybe(port('port of the web pages')),
    TCPPort: maybe(port('TCP port')),
    UDPPort: maybe(port('UDP port')),
    SSLPort: maybe(port('TLS port')),
    MonMode: maybe(usually('transport of live view', MONITOR_MODES)),
    TCPMaxConn: maybe(integer('most TCP connections at once')),
    TransferPolicy: maybe(usually('what counts most when the line is slow', TRANSFER_PLANS)),
    UseHSDownLoad: maybe(flag('fast download of recordings')),
  });
}
