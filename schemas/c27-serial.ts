import { type Message, message } from './message.ts';

/** C27, serial ports. No body is documented. */
export const SERIAL: readonly Message[] = [
  message({ id: 1570, name: 'RS232_READ_REQ', from: 'client', reply: 1571, spec: '6.2.20' }),
  message({ id: 1571, name: 'RS232_READ_RSP', from: 'device', replyTo: 1570, spec: '6.2.20' }),
  message({ id: 1572, name: 'RS232_WRITE_REQ', from: 'client', reply: 1573, spec: '6.2.20' }),
  message({ id: 1573, name: 'RS232_WRITE_RSP', from: 'device', replyTo: 1572, spec: '6.2.20' }),
  message({ id: 1574, name: 'RS485_READ_REQ', from: 'client', reply: 1575, spec: '6.2.20' }),
  message({ id: 1575, name: 'RS485_READ_RSP', from: 'device', replyTo: 1574, spec: '6.2.20' }),
  message({ id: 1576, name: 'RS485_WRITE_REQ', from: 'client', reply: 1577, spec: '6.2.20' }),
  message({ id: 1577, name: 'RS485_WRITE_RSP', from: 'device', replyTo: 1576, spec: '6.2.20' }),
  message({ id: 1578, name: 'TRANSPARENT_COMM_REQ', from: 'client', reply: 1579, spec: '6.2.20' }),
  message({ id: 1579, name: 'TRANSPARENT_COMM_RSP', from: 'device', replyTo: 1578, spec: '6.2.20' }),
  message({ id: 1580, name: 'RS485_TRANSPARENT_DATA_REQ', from: 'client', reply: 1581, spec: '6.2.20' }),
  message({ id: 1581, name: 'RS485_TRANSPARENT_DATA_RSP', from: 'device', replyTo: 1580, spec: '6.2.20' }),
  message({ id: 1582, name: 'RS232_TRANSPARENT_DATA_REQ', from: 'client', reply: 1583, spec: '6.2.20' }),
  message({ id: 1583, name: 'RS232_TRANSPARENT_DATA_RSP', from: 'device', replyTo: 1582, spec: '6.2.20' }),
];
