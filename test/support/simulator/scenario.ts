/** What a sample capture is made from: a device's options and a client's script. */
import { setTimeout as delay } from 'node:timers/promises';
import { Client, type ClientOptions } from './client.ts';
import type { DamageStep } from './damage.ts';
import type { DeviceOptions } from './device-options.ts';
import { Finder } from './discovery.ts';
import type { Log } from './log.ts';
import type { Footage } from './media-source.ts';
import { RegistrationServer } from './registration.ts';

/** The media that the recorder has ready. */
export interface Reels {
  /** 352x288, 12 frames a second, a key frame every 2 seconds. */
  readonly main: Footage;
  /** 176x144, the same otherwise. */
  readonly extra: Footage;
  /** H.265, 240x320, 12 frames a second, a key frame every 2 seconds. */
  readonly h265: Footage;
  readonly snapshot: Buffer;
}

export interface Places {
  readonly deviceAddress: string;
  readonly clientAddress: string;
  readonly port: number;
  readonly discoveryPort: number;
  /** Where probes go: the broadcast address, or the device where there is no broadcast. */
  readonly probeAddress: string;
}

/** What a client's script works with. */
export class Stage {
  readonly places: Places;
  readonly reels: Reels;
  readonly log: Log;
  #nextLocalPort = 50124;

  constructor(places: Places, reels: Reels, log: Log) {
    this.places = places;
    this.reels = reels;
    this.log = log;
  }

  /** A client of the simulated device; each has local ports of its own. */
  connect(options: Partial<ClientOptions> = {}): Promise<Client> {
    const first = this.#nextLocalPort;
    this.#nextLocalPort += 8;
    const { deviceAddress, clientAddress, port } = this.places;
    const localPorts = Array.from({ length: 8 }, (_, at) => first + at);
    return Client.connect({
      host: deviceAddress,
      port,
      localAddress: clientAddress,
      localPorts,
      log: this.log,
      ...options,
    });
  }

  /** A client that waits for devices to come, on the port of the protocol. Says so to whoever started this process. */
  async awaitDevices(): Promise<RegistrationServer> {
    const { clientAddress: host, port } = this.places;
    const server = await RegistrationServer.open({ host, port, log: this.log });
    process.stdout.write('awaiting devices\n');
    return server;
  }

  find(): Promise<Finder> {
    return Finder.open({
      address: this.places.clientAddress,
      port: this.places.discoveryPort,
      log: this.log,
    });
  }

  pause(milliseconds: number): Promise<void> {
    return delay(milliseconds);
  }
}

export interface Scenario {
  readonly name: string;
  readonly title: string;
  /** What happens in it, for about.md: one statement a line. */
  readonly story: readonly string[];
  readonly device?: (reels: Reels) => Partial<DeviceOptions>;
  readonly client: (stage: Stage) => Promise<void>;
  /** Active registration: with this account the device logs in to the client, once that awaits devices. */
  readonly registersAs?: { readonly user: string; readonly password: string };
  /** Time stamps in nanoseconds; microseconds otherwise. */
  readonly nanoseconds?: true;
  /** What is done to the clean recording before it becomes the sample. */
  readonly damage?: readonly DamageStep[];
}
