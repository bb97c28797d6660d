/** Discovery over UDP, both ports 34569 (specification 4.19, 5.16; field notes 7.10). */
import { type JsonObject, jsoncppText, parseBody, sessionText, TRAILER_DEVICE, textAt } from './body-text.ts';
import { openDatagramPort } from './datagrams.ts';
import type { Endpoint, Log } from './log.ts';
import { sofiaHash } from './password.ts';
import { ID, type Message, VERSION_CLIENT, VERSION_DEVICE } from './wire.ts';

export const BROADCAST = '255.255.255.255';
/** What clients put in octet 2 of IP_SET (field notes 1). */
const IP_SET_MARK = 0xfe;

export interface DiscoveryResponder {
  close(): void;
}

interface ResponderOptions {
  readonly address: string;
  readonly port: number;
  readonly log: Log;
  /** The NetWork.NetCommon object to answer with. */
  readonly announcement: JsonObject;
}

function datagram(id: number, version: number, octet2: number, body: Buffer): Message {
  return { id, version, octet2, octet3: 0, sessionId: 0, sequence: 0, octet12: 0, octet13: 0, body };
}

/** Answers a probe by broadcast, or straight back where the prober has another address than the network's. */
export async function startDiscoveryResponder(options: ResponderOptions): Promise<DiscoveryResponder> {
  const { address, port, log } = options;
  const datagrams = await openDatagramPort({ address, port, log });
  let announcement = options.announcement;
  const answerTo: Endpoint | undefined = address.startsWith('127.')
    ? undefined
    : { address: BROADCAST, port };
  datagrams.onMessage((message, from) => {
    const to = answerTo ?? from;
    if (message.id === ID.discover) {
      const fields = { 'NetWork.NetCommon': announcement, Ret: 100, SessionID: sessionText.padded(0) };
      const body = Buffer.concat([Buffer.from(jsoncppText(fields)), TRAILER_DEVICE]);
      void datagrams.send(datagram(ID.discover + 1, VERSION_DEVICE, 0, body), to, { ret: 100 });
    } else if (message.id === ID.ipSet) {
      const wanted = parseBody(message.body);
      const allowed = textAt(wanted, 'Password') === sofiaHash('');
      const ret = allowed ? 100 : 203;
      if (allowed) announcement = { ...announcement, HostName: textAt(wanted, 'HostName') };
      const fields = { Name: '', Ret: ret, SessionID: sessionText.padded(0) };
      const body = Buffer.concat([Buffer.from(jsoncppText(fields)), TRAILER_DEVICE]);
      void datagrams.send(datagram(ID.ipSet + 1, VERSION_DEVICE, 0, body), to, { ret });
    }
  });
  return datagrams;
}

/** The searching side. Replies are collected as they come in. */
export class Finder {
  readonly replies: Message[] = [];
  readonly #datagrams: Awaited<ReturnType<typeof openDatagramPort>>;

  private constructor(datagrams: Awaited<ReturnType<typeof openDatagramPort>>) {
    this.#datagrams = datagrams;
    datagrams.onMessage((message) => this.replies.push(message));
  }

  static async open(options: { address: string; port: number; log: Log }): Promise<Finder> {
    return new Finder(await openDatagramPort(options));
  }

  /** An empty-bodied probe. */
  probe(to: Endpoint): Promise<void> {
    return this.#datagrams.send(datagram(ID.discover, VERSION_CLIENT, 0, Buffer.alloc(0)), to);
  }

  /** Asks the device with that MAC address to take over `settings`, signed with a user name and a password's hash. */
  setAddress(to: Endpoint, settings: JsonObject, user: string, password: string): Promise<void> {
    const fields = { ...settings, EncryptType: 1, Password: sofiaHash(password), Username: user };
    const body = Buffer.concat([Buffer.from(JSON.stringify(fields)), TRAILER_DEVICE]);
    return this.#datagrams.send(datagram(ID.ipSet, VERSION_CLIENT, IP_SET_MARK, body), to);
  }

  close(): void {
    this.#datagrams.close();
  }
}
