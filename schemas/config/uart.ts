import { group, integer, list, maybe, oneOrList, row, text, usually } from '../kinds.ts';
import { object } from '../object.ts';
import { perChannel } from './shapes.ts';

/** Serial ports and what is wired to them (JsonConfigFormat 2.2 to 2.7). */
export const UART = [
  object({
    name: 'Uart.Comm',
    meaning: 'RS-232 ports',
    source: 'doc 2.2; field',
    family: 'config',
    value: () =>
      oneOrList(
        '',
        group('one port', {
          Name: maybe(usually('use of the port', ['Console', 'NMEA-0183', 'MinYang'])),
          ProtocolName: maybe(usually('protocol', ['NONE', 'Console', 'General', 'MinYang', 'Transparent'])),
          PortNo: maybe(integer('number of the port')),
          Attribute: maybe(lineSettings()),
        }),
      ),
  }),
  object({
    name: 'Uart.PTZ',
    meaning: 'RS-485 link to the pan and tilt head of each channel',
    source: 'doc 2.3; field',
    family: 'config',
    value: () =>
      perChannel(busDevice('one channel', 'protocol, one of PTZProtocol; NONE, PELCOD, PELCOP, …')),
  }),
  object({
    name: 'Uart.RS485',
    meaning: 'RS-485 ports',
    source: 'doc 2.7; field',
    family: 'config',
    value: () => oneOrList('', busDevice('one port', 'protocol, one of UartProtocol; NONE, IPKeyBoard, …')),
  }),
  object({
    name: 'Uart.PTZPreset',
    meaning: 'preset positions, by channel',
    source: 'doc 2.5',
    family: 'config',
    value: () =>
      perChannel(
        list(
          'one channel',
          group('one preset', {
            Name: maybe(text('name')),
            Window: maybe(list('field of view: left, top, right, bottom', integer('in units of the head'))),
            Focus: maybe(integer('focus')),
          }),
        ),
      ),
  }),
  object({
    name: 'Uart.PTZTour',
    meaning: 'tours from preset to preset',
    source: 'doc 2.6',
    family: 'config',
    value: () =>
      oneOrList(
        '',
        group('one tour', {
          Id: maybe(integer('number of the tour')),
          Name: maybe(text('name of the tour')),
          Tour: maybe(
            list(
              'stops in order',
              group('one stop', {
                Id: maybe(integer('number of the preset')),
                Name: maybe(text('name of the preset')),
                Time: maybe(integer('stay', { unit: 'seconds' })),
              }),
            ),
          ),
        }),
      ),
  }),
];

/** `[115200, "NONE", 8, 1]` */
function lineSettings() {
  return row('settings of the line', [
    integer('speed', { unit: 'baud' }),
    usually('parity', ['NONE', 'None', 'ODD', 'EVEN', 'MARK', 'SPACE']),
    integer('data bits', { min: 4, max: 8, open: true }),
    integer('stop bits', { min: 0, max: 2, open: true }),
  ]);
}

function busDevice(meaning: string, protocol: string) {
  return group(meaning, {
    ProtocolName: maybe(text(protocol)),
    PortNo: maybe(integer('number of the port')),
    DeviceNo: maybe(integer('address on the bus', { min: 0, max: 255, open: true })),
    NumberInMatrixs: maybe(integer('number in the matrix')),
    Attribute: maybe(lineSettings()),
  });
}
