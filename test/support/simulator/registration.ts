/** The client's side of active registration: devices come to it and log in (specification 4.1.2, 4.8.2). */
import { createServer, type Server } from 'node:net';
import { numberAt, parseBody, sessionText, textAt } from './body-text.ts';
import { Client, type ClientOptions } from './client.ts';
import { Connection } from './connection.ts';
import { Log } from './log.ts';
import { MediaLink } from './media-link.ts';
import { sofiaHash } from './password.ts';
import { ID, type Message } from './wire.ts';

const WRONG_PASSWORD = 203;

export class RegistrationServer {
  readonly #options: ClientOptions;
  readonly #log: Log;
  readonly #server: Server;
  readonly #arrived: Connection[] = [];
  readonly #waiting: ((connection: Connection) => void)[] = [];

  private constructor(options: ClientOptions) {
    this.#log = options.log ?? new Log('client');
    this.#options = { ...options, log: this.#log };
    this.#server = createServer((socket) => {
      const connection = new Connection(socket, { log: this.#log, opener: false, hook: options.hook });
      const waiting = this.#waiting.shift();
      if (waiting === undefined) this.#arrived.push(connection);
      else waiting(connection);
    });
  }

  /** Listens on the host and port of the options. */
  static async open(options: ClientOptions): Promise<RegistrationServer> {
    const server = new RegistrationServer(options);
    await new Promise<void>((resolve, reject) => {
      server.#server.once('error', reject);
      server.#server.listen(options.port, options.host, resolve);
    });
    return server;
  }

  get port(): number {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('nobody is listening');
    return address.port;
  }

  /** Waits for a device, and gives it a session when it knows the password. */
  async acceptDevice(sessionId: number, user: string, password: string): Promise<Client> {
    const control = await this.#nextConnection();
    const client = Client.over(control, this.#options);
    const request = await control.wait(({ id }) => id === ID.login, 'a registration');
    const body = parseBody(request.body);
    const known = textAt(body, 'UserName') === user && textAt(body, 'PassWord') === sofiaHash(password);
    if (known) client.sessionId = sessionId;
    const text = sessionText.padded(client.sessionId);
    client.answer(request, { Name: 'Login', Ret: known ? 100 : WRONG_PASSWORD, SessionID: text });
    if (numberAt(body, 'ChannelNum') < 1) throw new Error('the device did not say how many channels it has');
    return client;
  }

  /** Waits for the socket that the device opens for media, and agrees to its claim. */
  async acceptClaim(client: Client, claimId: number, name: string): Promise<MediaLink> {
    const connection = await this.#nextConnection();
    const link = new MediaLink(connection);
    const claim: Message = await connection.wait(({ id }) => id === claimId, `the claim ${claimId}`);
    const text = sessionText.padded(client.sessionId);
    client.answer(claim, { Name: name, Ret: 100, SessionID: text }, connection);
    return link;
  }

  close(): void {
    this.#server.close();
  }

  #nextConnection(): Promise<Connection> {
    const arrived = this.#arrived.shift();
    if (arrived !== undefined) return Promise.resolve(arrived);
    return new Promise((resolve) => this.#waiting.push(resolve));
  }
}
