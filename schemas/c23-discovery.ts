import type { BodySource } from './body.ts';
import { ACKNOWLEDGEMENT, BARE_REQUEST, carrying } from './body-sources.ts';
import { ENCRYPTION_NUMBERS } from './field-operations.ts';
import { choice, either, flag, hex, integer, maybe, oneOf, secret, text } from './kinds.ts';
import { ENCRYPTION_NAMES } from './login-bodies.ts';
import { type MessageDefinition, message } from './message.ts';

/** The new settings stand at the top level, beside the account that allows them (field notes §7.10). */
const SET_ADDRESS: BodySource = {
  members: () => ({
    DvrMac: maybe(text('MAC address of the device that is meant')),
    MAC: text('MAC address'),
    Username: text('account'),
    Password: secret('hash of the password'),
    EncryptType: either('form of the password', [
      choice('as a number', ENCRYPTION_NUMBERS),
      oneOf('by name', ENCRYPTION_NAMES),
    ]),
    GateWay: maybe(hex('IPv4 address of the gateway, little-endian')),
    HostIP: maybe(hex('IPv4 address, little-endian')),
    HostName: maybe(text('name of the device')),
    HttpPort: maybe(port('HTTP port')),
    MaxBps: maybe(integer('most bits in a second, 0 for no limit')),
    MonMode: maybe(text('transport of live streams')),
    SSLPort: maybe(port('port for encrypted connections')),
    Submask: maybe(hex('IPv4 mask, little-endian')),
    TCPMaxConn: maybe(integer('most connections')),
    TCPPort: maybe(port('TCP port')),
    TransferPlan: maybe(text('what counts when the line is slow')),
    UDPPort: maybe(port('UDP port')),
    UseHSDownLoad: maybe(flag('fast download')),
  }),
};

function port(meaning: string) {
  return integer(meaning, { min: 0, max: 65_535 });
}

/** C23, discovery by UDP broadcast (§4.19, §5.16, which calls it C22). */
export const DISCOVERY: readonly MessageDefinition[] = [
  message({
    id: 1530,
    name: 'IPSEARCH_REQ',
    from: 'client',
    reply: 1531,
    spec: '6.2.16',
    body: BARE_REQUEST,
  }),
  message({
    id: 1531,
    name: 'IPSEARCH_RSP',
    from: 'device',
    replyTo: 1530,
    spec: '6.2.16',
    body: carrying('NetWork.NetCommon'),
  }),
  message({ id: 1532, name: 'IP_SET_REQ', from: 'client', reply: 1533, spec: '6.2.16', body: SET_ADDRESS }),
  message({
    id: 1533,
    name: 'IP_SET_RSP',
    from: 'device',
    replyTo: 1532,
    spec: '6.2.16',
    body: ACKNOWLEDGEMENT,
  }),
];
